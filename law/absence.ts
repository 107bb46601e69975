/** Days out of supervision (脱管), as the ladder counts them (IM 34, 35, 46, 47). */
import { type CivilDate, plusDays } from './civil-date.ts'

/** First and last day that were missed; both count. */
export interface Missed {
  readonly from: CivilDate
  /** Absent while it lasts. */
  readonly to?: CivilDate
}

/**
 * The days missed by somebody lost on one day and found on another: the day of the loss counts, the day of the return does
 * not, and a loss within one day is one day. Who is late to report in is lost on the day on which he was due, so that
 * there are as many days as he is late (CPL 105). Refuses nothing: a return before the loss counts as the same day.
 */
export function missedDays(lost: CivilDate, found?: CivilDate): Missed {
  if (found === undefined) return { from: lost }
  return { from: lost, to: found <= lost ? lost : plusDays(found, -1) }
}
