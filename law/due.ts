/**
 * When a duty falls due (期限届满). The first day is not counted, months clamp to the month's last day, and only a
 * procedure deadline moves off a holiday (CPL 105, TRM-08); a term ends one day before its anniversary (TRM-07).
 */
import { nextWorkingDay, plusWorkingDays } from './calendar.ts'
import {
  type CivilDate,
  formatInstant,
  legalDayOf,
  parseCivilDate,
  parseInstant,
  plusDays,
  plusMonths,
  startOfLegalDay,
  type WrittenInstant,
} from './civil-date.ts'
import type { Law } from './in-force.ts'
import { lawInForce } from './in-force.ts'
import { isRefusal, type LawRefusal, refuse } from './refusals.ts'
import type { Range, Rule } from './rule.ts'
import { lastDayOfTerm } from './term.ts'

export interface Circumstances {
  /** The law to count by; by default the shipped one on the day of `from`. */
  readonly law?: Law
  /** The person is in custody: a last day on a holiday does not move (CPL 105). */
  readonly inCustody?: boolean
  /** Length in months set by the judgment or approval, for rules that give only its limits (TRM-01, TRM-03, TRM-04). */
  readonly months?: number
}

export interface Due {
  readonly rule: string
  /** `YYYY-MM-DD`, an instant where the law counts hours, null where it only says promptly or at once. */
  readonly due: string | null
  readonly article: string
  readonly counted: 'working' | 'calendar' | 'hours' | 'words'
  readonly source: string
  /** Not read in its source: to be confirmed by the operator. */
  readonly recalled: boolean
  /** The law's own words where it gives no number. */
  readonly words?: { readonly zh: string; readonly en: string }
}

const words = {
  promptly: { zh: '及时', en: 'promptly' },
  immediately: { zh: '立即', en: 'immediately' },
} as const

const hourMs = 3_600_000

/** `from` as a legal day and as an instant; a bare date counts hours from its 00:00, the earliest reading. */
function readFrom(from: string): { day: CivilDate; instant: WrittenInstant } | LawRefusal {
  const day = parseCivilDate(from)
  if (!isRefusal(day)) return { day, instant: { ms: startOfLegalDay(day), offset: 480, zulu: false } }
  const instant = parseInstant(from)
  if (!isRefusal(instant)) return { day: legalDayOf(instant.ms), instant }
  return from.includes(':') ? instant : day
}

/** The clock of a rule: how much of what, or between which limits. Null where it states no time limit. */
function clockOf(rule: Rule): { unit: 'day' | 'month' | 'hour'; amount: number | Range } | null {
  if ((rule.kind !== 'deadline' && rule.kind !== 'duration') || rule.value === null) return null
  // "1 per month" and "every 3 months" give the day by which the next report is due.
  return { unit: rule.unit === 'hour' || rule.unit === 'day' ? rule.unit : 'month', amount: rule.value }
}

/**
 * The day or instant by which the duty under `ruleId` must be done, counted from `from` (a date, or an instant whose
 * legal day counts). Rules that ask for something ahead of `from` count back to the latest lawful day; rules with a term
 * give its last day. Refused: ZJ_LAW_RULE_UNKNOWN, ZJ_LAW_RULE_NOT_IN_FORCE, ZJ_LAW_RULE_HAS_NO_CLOCK,
 * ZJ_LAW_TERM_NEEDED, ZJ_LAW_DATE_INVALID, ZJ_LAW_INSTANT_INVALID, ZJ_LAW_CALENDAR_UNKNOWN.
 */
export function dueOf(ruleId: string, from: string, circumstances: Circumstances = {}): Due | LawRefusal {
  const start = readFrom(from)
  if (isRefusal(start)) return start
  const law = circumstances.law ?? lawInForce(start.day, '')
  const rule = law.rule(ruleId)
  if (isRefusal(rule)) return rule
  const { recalled, source, article } = law.cite(rule.id)
  const answer = (due: string | null, counted: Due['counted']): Due => ({
    rule: rule.id,
    due,
    article,
    counted,
    source,
    recalled,
  })

  if (rule.unit === 'promptly' || rule.unit === 'immediately')
    return { ...answer(null, 'words'), words: words[rule.unit] }

  const clock = clockOf(rule)
  if (!clock) return refuse('ZJ_LAW_RULE_HAS_NO_CLOCK', { rule: rule.id, zh: rule.zh, en: rule.en })
  const amount =
    typeof clock.amount === 'number' ? clock.amount : termWithin(rule.id, clock.amount, circumstances.months)
  if (isRefusal(amount)) return amount

  if (clock.unit === 'hour') return answer(formatInstant(start.instant.ms + amount * hourMs, start.instant), 'hours')
  const shift = (by: number) => (clock.unit === 'month' ? plusMonths(start.day, by) : plusDays(start.day, by))
  // What a court set between two limits is counted as it counts it.
  if (rule.kind === 'duration' && typeof clock.amount !== 'number')
    return answer(lastDayOfTerm(start.day, amount), 'calendar')
  if (rule.kind === 'duration') return answer(plusDays(shift(amount), -1), 'calendar')
  if (rule.operator === 'ge') return answer(shift(-amount), 'calendar')
  if (rule.dayType === 'working') {
    const due = plusWorkingDays(law.calendar, start.day, amount)
    return isRefusal(due) ? due : answer(due, 'working')
  }
  const last = shift(amount)
  const due = rule.rolls && !circumstances.inCustody ? nextWorkingDay(law.calendar, last) : last
  return isRefusal(due) ? due : answer(due, 'calendar')
}

/** Months that the judgment set, checked against the limits of the rule. */
function termWithin(rule: string, { min, max }: Range, months: number | undefined): number | LawRefusal {
  const lawful = months !== undefined && Number.isInteger(months) && months >= min && months <= max
  return lawful ? months : refuse('ZJ_LAW_TERM_NEEDED', { rule, range: `${min}–${max}` })
}
