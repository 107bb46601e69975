/**
 * Legal days (法定日). A legal day is a civil day in Asia/Shanghai, which has been UTC+8 without summer time since 1991;
 * older instants are treated the same, because nothing in the system is older. No locale or zone table is consulted, so
 * the answer does not depend on the machine.
 */

/** A civil date 'YYYY-MM-DD' in Asia/Shanghai. */
export type LegalDay = string

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** Asia/Shanghai minus UTC, milliseconds. */
export const SHANGHAI = 8 * HOUR

// Nearly every question is about one of a few days, some hundred thousand times a second: their names are kept, by day number.
const keptNumbers = [Number.NaN, Number.NaN, Number.NaN, Number.NaN]
const keptDays: LegalDay[] = ['', '', '', '']

/** The legal day that contains an instant (milliseconds UTC). */
export function legalDay(ts: number): LegalDay {
  const number = Math.floor((ts + SHANGHAI) / DAY)
  const kept = keptDays[number & 3]
  if (kept !== undefined && keptNumbers[number & 3] === number) return kept
  const day = new Date(ts + SHANGHAI).toISOString().slice(0, 10)
  keptNumbers[number & 3] = number
  keptDays[number & 3] = day
  return day
}

/** First instant of a legal day. Throws RangeError for text that is not a real date. */
export function dayStart(day: LegalDay): number {
  if (day !== '') {
    const kept = keptNumbers[keptDays.indexOf(day)]
    if (kept !== undefined) return kept * DAY - SHANGHAI
  }
  const midnight = Date.parse(`${day}T00:00:00Z`)
  if (Number.isNaN(midnight) || new Date(midnight).toISOString().slice(0, 10) !== day) {
    throw new RangeError(`not a civil date: ${day}`)
  }
  return midnight - SHANGHAI
}

/** First instant after a legal day: terms and windows are half open, [start, end). */
export function dayEnd(day: LegalDay): number {
  return dayStart(day) + DAY
}

/** The legal day `days` later (negative: earlier). */
export function addDays(day: LegalDay, days: number): LegalDay {
  return legalDay(dayStart(day) + days * DAY)
}

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: LegalDay, to: LegalDay): number {
  return Math.round((dayStart(to) - dayStart(from)) / DAY)
}

/** Day of the week of a legal day, 1 = Monday … 7 = Sunday (ISO 8601). */
export function weekday(day: LegalDay): number {
  return (((((dayStart(day) + SHANGHAI) / DAY + 3) % 7) + 7) % 7) + 1
}

/** Milliseconds since local midnight in Asia/Shanghai, 0 … 86,399,999. */
export function timeOfDay(ts: number): number {
  return (((ts + SHANGHAI) % DAY) + DAY) % DAY
}

/** Every legal day that [from, to) touches, in order. */
export function legalDays(from: number, to: number): LegalDay[] {
  const days: LegalDay[] = []
  for (let start = dayStart(legalDay(from)); start < to; start += DAY) days.push(legalDay(start))
  return days
}
