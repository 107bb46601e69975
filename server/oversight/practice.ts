import { toTheOrgan } from '@zhijiao/contract/procedures/oversight'
import { isCivilDate, plusDays } from '@zhijiao/law/civil-date'
import { dueOf } from '@zhijiao/law/due'
import { isRefusal } from '@zhijiao/law/refusals'
import type { Refusal } from '../core/refusals.ts'
import { refuse } from '../core/refusals.ts'
import { dayWritten, declarePractice, hint, type Moment, type Weighing } from '../procedures/index.ts'
import * as says from './refusals.ts'
import { oversightStore } from './store.ts'

const isToTheOrgan = (kind: unknown) => (toTheOrgan as readonly unknown[]).includes(kind)
const days = ({ law }: Pick<Weighing, 'law'>) => law.number('SET-45', 30)
const textOf = (value: unknown) => String(value ?? '')

/** The time the law gives the procuratorate itself, from the day the copy reached it. */
function ownTime(w: Weighing) {
  const rule = w.form.kind === 'temporaryService' ? 'SUP-03' : 'SUP-04'
  const from = textOf(w.form.copyOn)
  const counted = isCivilDate(from) ? dueOf(rule, from, { law: w.law }) : null
  const last = counted && !isRefusal(counted) ? counted.due : null
  if (!last)
    return hint(
      w.law,
      'must',
      '法定期限自收到决定书、裁定书副本之日起算',
      'The time of the law runs from the day on which the copy arrived',
      rule,
    )
  const late = textOf(w.form.issuedOn) > last
  return late
    ? hint(
        w.law,
        'careful',
        `法定期限至 ${last}，提出日期已超过，请核对`,
        `The law gave until ${last}; it was issued later: check the days`,
        rule,
      )
    : hint(w.law, 'good', `在法定期限（至 ${last}）内提出`, `Within the time of the law (until ${last})`, rule)
}

function unfit(w: Weighing): Refusal | undefined {
  const { about, through } = w.form
  if (about === 'person' && !w.person) return refuse(says.OfPerson)
  if (about === 'matter' && !w.cause) return refuse(says.OfMatter)
  const procurator = w.by.roles.includes('procurator')
  if (through === 'desk' && !procurator) return refuse(says.NotHisDesk)
  if (through === 'paper' && procurator) return refuse(says.NotPaper)
  return undefined
}

const replied = { yes: '采纳', partly: '部分采纳', no: '不采纳', reconsider: '不同意，提请复议' } as const
const kinds = { notice: '纠正违法通知书', suggestion: '检察建议书', opinion: '纠正意见', oral: '口头纠正意见' } as const

/** 检察监督 (Law 62): where it leads, in which time it is answered, how the reply reads. */
export function practiseOversight(): void {
  declarePractice('oversight', {
    weigh: async (w) => {
      const why = unfit(w)
      if (why) return why
      if (isToTheOrgan(w.form.kind)) return [ownTime(w)]
      const by = textOf(w.form.replyBy)
      return [
        hint(
          w.law,
          'must',
          by
            ? `${by} 前书面回复采纳情况；没有采纳的说明理由。`
            : `法律未定回复天数，按本地设置，${plusDays(w.today, days(w))} 前书面回复采纳情况；没有采纳的说明理由。`,
          by
            ? `Answered in writing by ${by}: whether it is adopted, and if not, why.`
            : `The law names no days; as set here, answered in writing by ${plusDays(w.today, days(w))}: whether adopted, and if not, why.`,
          'SUP-02',
        ),
      ]
    },
    route: (m, step, way) => {
      const { register = {}, prepare = {} } = m.forms
      if (step === 'register') return isToTheOrgan(m.form.kind) ? 'note' : undefined
      if (step !== 'sign' || way !== 'sign') return undefined
      const paper = register.through === 'paper'
      if (prepare.adopted === 'reconsider') return paper ? 'reconsiderPaper' : 'reconsider'
      return paper ? 'readingPaper' : undefined
    },
    clockFrom: ({ db, matter }) => oversightStore(db).askedAgain(matter.id),
    blanks: async (m) => replyOf(m),
  })
}

function replyOf({ forms: { register = {}, prepare = {} } }: Moment): Record<string, string> {
  const kind = kinds[register.kind as keyof typeof kinds] ?? '监督意见'
  return {
    检察机关: textOf(register.organ),
    来文: `${kind}${register.number ? `（${textOf(register.number)}）` : ''}`,
    提出日期: dayWritten(textOf(register.issuedOn)),
    采纳情况: replied[prepare.adopted as keyof typeof replied] ?? '',
    核查情况: textOf(prepare.found),
    ...(prepare.measures ? { 整改措施: textOf(prepare.measures) } : {}),
    ...(prepare.reasons ? { 不采纳的理由: textOf(prepare.reasons) } : {}),
  }
}
