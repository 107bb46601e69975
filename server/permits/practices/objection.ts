import { procedureOf } from '@zhijiao/contract/procedures/all'
import { endOfLegalDay, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { refuse } from '../../core/refusals.ts'
import type { DevicesDoor } from '../../devices/index.ts'
import { declarePractice, type Moment, type Weighing } from '../../procedures/index.ts'
import { CauseMissing, Contested, DeciderHimself, NotContestable, WayOnUntold } from '../refusals.ts'
import { removeDevice } from './device-use.ts'
import { hint, noticeBlanks, textOf } from './words.ts'

/** Who had a hand in the decision that is contested. */
async function hands(w: Weighing): Promise<readonly string[]> {
  const rows = await w.db
    .selectFrom('matter_passage')
    .select(['by_id', 'step'])
    .where('matter_id', '=', w.cause?.id ?? '')
    .execute()
  return rows.flatMap(({ by_id }) => by_id ?? [])
}

const nameOf = ({ cause }: Weighing) => procedureOf(cause?.kind ?? '')

/** 异议: against a decided matter of the same person; nothing rests unless the county says so. */
export function practiseObjection(devices: DevicesDoor): void {
  declarePractice('objection', {
    weigh: async (w) => {
      const { cause } = w
      if (!cause || cause.person_id !== w.person?.id) return refuse(CauseMissing)
      const contested = nameOf(w)
      const decided = (
        await w.db.selectFrom('matter_passage').select('step').where('matter_id', '=', cause.id).execute()
      ).some(({ step }) => contested?.steps.find((s) => s.id === step)?.kind === 'decision')
      const { zh: name = '', en: nameEn = '' } = contested ?? {}
      if (!contested?.contestable || !decided) return refuse(NotContestable, { name, nameEn })
      const before = await w.db
        .selectFrom('matter')
        .select(['id', 'end_id'])
        .where('cause_id', '=', cause.id)
        .where('kind', '=', 'objection')
        .where((eb) => eb.or([eb('end_id', 'is', null), eb('end_id', '<>', 'withdrawn')]))
        .executeTakeFirst()
      if (before) return refuse(Contested, { name, nameEn })
      const by = plusDays(w.today, w.law.number('SET-31', 10))
      return [
        hint(
          w.law,
          'must',
          'PEN-10',
          `由县级另行指定人员审查,${by} 前书面答复;作出或参与原决定的人不得审查。`,
          `Somebody of the county who had no hand in the decision reviews it and answers in writing by ${by}.`,
        ),
        hint(
          w.law,
          'careful',
          'PEN-10',
          '异议不当然停止原决定的执行;暂缓执行须由县级决定并写入答复。',
          'An objection does not stop the decision by itself; only the county may let it rest, and says so in the answer.',
        ),
        hint(
          w.law,
          'good',
          'SUP-01',
          '对答复仍不服的,本人可向人民检察院提出。',
          'Who is not satisfied with the answer may turn to the procuratorate.',
        ),
      ]
    },
    advise: async (w) => [
      hint(
        w.law,
        'careful',
        'PEN-10',
        `最迟 ${legalDayOf(endOfLegalDay(plusDays(legalDayOf(w.matter.opened_at.getTime()), w.law.number('SET-31', 10))) - 1)} 答复;审查期间原决定继续执行,除非另行决定暂缓。`,
        'The decision goes on during the review unless it is decided otherwise.',
      ),
    ],
    check: async (m, step) => {
      if (step === 'review' && (await hands(m)).includes(m.by.id)) return refuse(DeciderHimself)
      if (step.startsWith('tell') && m.form.wayOn !== true) return refuse(WayOnUntold)
      return undefined
    },
    on: { 'review:revoke': (m) => undo(m, devices) },
    blanks: async (m) => {
      const contested = nameOf(m)
      const answer = textOf(m.forms.review, 'answer')
      return noticeBlanks(m, {
        about: `对${contested?.zh ?? ''}（${m.cause?.on_day ?? ''}）的异议`,
        why: answer,
        must: [
          m.forms.review?.meanwhile === 'rested'
            ? '审查期间原决定暂缓执行,自本答复之日起按答复办理'
            : '审查期间原决定继续执行,自本答复之日起按答复办理',
          '对本答复不服的,可以向人民检察院提出',
        ],
        basis: ['PEN-10', 'SUP-01'],
      })
    },
  })
}

/** A revoked approval of a device ends the term that it began. */
async function undo(m: Moment, devices: DevicesDoor): Promise<void> {
  if (m.cause?.kind !== 'deviceUse') return
  const term = await devices.termOf(m.db, m.cause.id)
  if (term?.state === 'running') await removeDevice(devices, m, textOf(m.form, 'answer'))
}
