import { type CivilDate, civilDate, earlier, later, plusDays } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { ReleaseReason } from '@zhijiao/law/release-words'
import type { Practice } from '../procedures/index.ts'

type SetDay = ReturnType<NonNullable<Practice['dueDay']>>
type Asked = Parameters<NonNullable<Practice['dueDay']>>[0]

/** Steps ahead of the announcement whose day no rule counts, and the setting that says how many days before the last day. */
const aheadBy: Readonly<Record<string, { readonly setting: string; readonly days: number }>> = {
  appraisal: { setting: 'SET-41', days: 14 },
  county: { setting: 'SET-42', days: 7 },
}

/** So many days before the last of the term; for who comes to it late today, and the last day itself at the latest. */
function ahead(end: CivilDate, today: CivilDate, { setting, days }: { setting: string; days: number }, law: Law) {
  const wished = plusDays(end, -law.number(setting, days))
  return earlier(end, later(wished, today))
}

/**
 * The day by which a step of a release must be done: the announcement on the last day of the term as the file has it now
 * (END-02), what goes before it early enough that it can be kept. A pardon waits for no term: each step in the days that
 * the unit set. The summary of an expiry has END-01.
 */
export function releaseDay(
  reason: ReleaseReason,
  { step, person, today, law }: Pick<Asked, 'step' | 'person' | 'today' | 'law'>,
): SetDay {
  const rule = 'END-02'
  // What was put off has the interval of its next look.
  if (step === 'hold') return undefined
  if (reason === 'pardon') {
    const days = law.number('SET-43', 1)
    const said = { zh: `被赦免：本环节 ${days} 日内办结`, en: `Pardon: this step within ${days} days` }
    return { on: plusDays(today, days), from: today, rule, said }
  }
  if (!person) return undefined
  const end = civilDate(person.term_end)
  const early = aheadBy[step]
  if (early) {
    const on = ahead(end, today, early, law)
    return {
      on,
      from: end,
      rule,
      said: { zh: `矫正止日 ${end} 当日须宣告，本环节提前办结`, en: `Release is due on ${end}; this step before it` },
    }
  }
  if (step === 'summary') return undefined
  return { on: end, from: end, rule, said: { zh: `矫正止日 ${end} 当日`, en: `On the last day of the term, ${end}` } }
}
