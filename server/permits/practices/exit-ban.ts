import { placeWritten } from '@zhijiao/law/article'
import { plusDays } from '@zhijiao/law/civil-date'
import { refuse } from '../../core/refusals.ts'
import { declarePractice, type Form, type Weighing } from '../../procedures/index.ts'
import { exitBanStore } from '../exit-ban-store.ts'
import { BanGoesOn, BanNotReleased, BanNotReported, PapersUnsaid } from '../refusals.ts'
import { hint, rowsIn } from './words.ts'

/** Whether a form says which travel papers there are, or that there are none. */
const says = (form: Form | undefined) => form?.none === true || rowsIn(form, 'papers').length > 0
/** Papers, and none of them. */
const contradicts = (form: Form | undefined) => form?.none === true && rowsIn(form, 'papers').length > 0

/** 法定不准出境人员报备 and its lifting. */
export function practiseExitBan(): void {
  declarePractice('exitBan', {
    weigh: async (w) => {
      if (('none' in w.form || 'papers' in w.form) && (contradicts(w.form) || !says(w.form)))
        return refuse(PapersUnsaid)
      const days = w.law.number('SET-32', 5)
      const from = w.person ? await exitBanStore(w.db).registeredOn(w.person.id) : null
      const until = from ? plusDays(from, days) : ''
      return [
        hint(
          w.law,
          'must',
          'LVE-14',
          `刑罚未执行完毕不准出境；自登记接收之日（${from ?? ''}）起 ${days} 日内即 ${until} 前报备。`,
          `Nobody leaves the country before the sentence is served; report within ${days} days of the reception (${from ?? ''}), by ${until}.`,
        ),
      ]
    },
    clockFrom: async ({ db, matter }) =>
      matter.person_id ? ((await exitBanStore(db).registeredOn(matter.person_id)) ?? undefined) : undefined,
    // Begun by the reception it says nothing of travel papers yet; whoever reports says it.
    check: async ({ forms, form }) =>
      contradicts(form) || !(says(form) || says(forms.register)) ? refuse(PapersUnsaid) : undefined,
  })
  /** Released or dead: nothing else ends the reason of the ban. */
  const unfounded = async (w: Pick<Weighing, 'db' | 'person' | 'law'>, why: unknown) => {
    if (!w.person || (why !== 'released' && why !== 'terminated')) return undefined
    const at = await exitBanStore(w.db).reasonOver(w.person.id)
    if (at?.over && (why === 'released') === (at.state === 'released')) return undefined
    const article = placeWritten(w.law.cite('LVE-14'))
    return why === 'released' ? refuse(BanNotReleased, { article }) : refuse(BanGoesOn, { article })
  }
  declarePractice('exitBanLifting', {
    check: async (m) => unfounded(m, m.forms.register?.why),
    weigh: async (w) => {
      const standing = await w.db
        .selectFrom('matter')
        .select('id')
        .where('person_id', '=', w.person?.id ?? '')
        .where('kind', '=', 'exitBan')
        .where('end_id', '=', 'reported')
        .executeTakeFirst()
      if (!standing) return refuse(BanNotReported)
      return (await unfounded(w, w.form.why)) ?? []
    },
  })
}
