import { refuse } from '../../core/refusals.ts'
import { declarePractice } from '../../procedures/index.ts'
import { BanNotReported, PapersUnsaid } from '../refusals.ts'
import { hint, rowsIn } from './words.ts'

/** 法定不准出境人员报备 and its lifting. */
export function practiseExitBan(): void {
  declarePractice('exitBan', {
    weigh: async (w) => {
      const none = w.form.none === true
      if ('none' in w.form || 'papers' in w.form)
        if (none === rowsIn(w.form, 'papers').length > 0) return refuse(PapersUnsaid)
      return [
        hint(
          w.law,
          'must',
          'LVE-14',
          `刑罚未执行完毕不准出境；自登记之日起 ${w.law.number('SET-32', 5)} 日内报备。`,
          `Nobody leaves the country before the sentence is served; report within ${w.law.number('SET-32', 5)} days.`,
        ),
      ]
    },
  })
  declarePractice('exitBanLifting', {
    weigh: async (w) => {
      const standing = await w.db
        .selectFrom('matter')
        .select('id')
        .where('person_id', '=', w.person?.id ?? '')
        .where('kind', '=', 'exitBan')
        .where('end_id', '=', 'reported')
        .executeTakeFirst()
      return standing ? [] : refuse(BanNotReported)
    },
  })
}
