const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const DAY_MS = 86_400_000

/** Minutes east of Greenwich of China Standard Time, which JT/T 808 devices speak (JT/T 808—2019 table 23: GMT+8). */
export const CHINA_OFFSET_MINUTES = 480

/**
 * Milliseconds UTC of a civil date and time at `offsetMinutes` east of Greenwich, or null where no such moment exists.
 * Written without `Date`, because a batch of stored positions calls it once per fix and the machine's zone must not matter.
 */
export function utcOf(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
  offsetMinutes: number,
): number | null {
  if (month < 1 || month > 12 || day < 1 || hour > 23 || minute > 59 || second > 59) return null
  if (day > 28 && day > daysIn(year, month)) return null
  const minutes = hour * 60 + minute - offsetMinutes
  return daysSinceEpoch(year, month, day) * DAY_MS + minutes * 60_000 + second * 1000
}

function daysIn(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0)
}

/** Days from 1970-01-01 in the proleptic Gregorian calendar; years start in March so that the leap day comes last. */
function daysSinceEpoch(year: number, month: number, day: number): number {
  const y = month > 2 ? year : year - 1
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month > 2 ? month - 3 : month + 9) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}
