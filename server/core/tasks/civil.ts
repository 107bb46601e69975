import {
  type CivilDate,
  civilDate,
  endOfLegalDay,
  isCivilDate,
  legalDayOf,
  parseInstant,
} from '@zhijiao/law/civil-date'
import { type Circumstances, type Due, dueOf } from '@zhijiao/law/due'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal, type LawRefusal } from '@zhijiao/law/refusals'
import type { RuleId } from '@zhijiao/law/rule'
import { Refusal } from '../refusals.ts'

/** A clock that the law counts: which rule, and from which day (or instant, where the law counts hours). */
export interface CivilStart extends Pick<Circumstances, 'inCustody' | 'months'> {
  readonly rule: RuleId
  readonly from: CivilDate | string
}

/** What a civil clock came to. */
export interface CivilClock {
  readonly rule: RuleId
  readonly from: string
  /** The last lawful day; null for hours, for words, and while it cannot be counted. */
  readonly dueOn: CivilDate | null
  /** Milliseconds UTC: the last instant of that day in Asia/Shanghai, or the hour. */
  readonly dueAt: number | null
  readonly counted: Due['counted'] | null
  /** The year whose holidays are not known, which keeps the clock from being counted. */
  readonly unknown: number | null
}

/** What the statute refuses is refused in its own words. */
export const ofLaw = (refused: LawRefusal): Refusal =>
  new Refusal({ code: refused.refused, status: 422, zh: refused.zh, en: refused.en }, refused.detail)

/**
 * Counts a clock by the law in force. A year without its holiday notice is no refusal here: the duty exists all the
 * same, so its task opens without a due day, says why, and is counted once the notice is loaded. Everything else that
 * the statute refuses is a mistake of whoever asked, and is refused.
 */
export function countCivil({ rule, from, ...circumstances }: CivilStart, law: Law): CivilClock | Refusal {
  const due = dueOf(rule, from, { ...circumstances, law })
  if (isRefusal(due)) {
    if (due.refused !== 'ZJ_LAW_CALENDAR_UNKNOWN') return ofLaw(due)
    return { rule, from, dueOn: null, dueAt: null, counted: null, unknown: Number(due.detail.year) }
  }
  const base = { rule, from, counted: due.counted, unknown: null }
  if (due.due === null) return { ...base, dueOn: null, dueAt: null }
  if (isCivilDate(due.due)) return { ...base, dueOn: civilDate(due.due), dueAt: lastInstantOf(civilDate(due.due)) }
  const instant = parseInstant(due.due)
  return isRefusal(instant) ? ofLaw(instant) : { ...base, dueOn: legalDayOf(instant.ms), dueAt: instant.ms }
}

/** The last instant of a legal day, milliseconds UTC: what is done at 23:59 is done in time. */
export const lastInstantOf = (day: CivilDate): number => endOfLegalDay(day) - 1
