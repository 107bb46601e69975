/**
 * Legal days (日) and their arithmetic. Pure integer arithmetic on the proleptic Gregorian calendar: the answer is the
 * same in every time zone of the machine.
 */
import { isRefusal, LawError, type LawRefusal, refuse, settled } from './refusals.ts'

declare const civilDateBrand: unique symbol

/** A legal day `YYYY-MM-DD`, Asia/Shanghai. Two of them compare with `<` and `===` as days do. */
export type CivilDate = string & { readonly [civilDateBrand]: true }

const dayMs = 86_400_000
/** China Standard Time. The summer time of 1986–1991 is left out: no instant of this platform is that old. */
const shanghaiMs = 8 * 3_600_000
const firstDay = -719_162
const lastDay = 2_932_896

const two = (n: number) => String(n).padStart(2, '0')

export function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
}

/** Days in a month, `month` 1–12. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** A legal day from its parts; refused when there is no such day. */
export function civilDateOf(year: number, month: number, day: number): CivilDate | LawRefusal {
  const whole = Number.isInteger(year) && Number.isInteger(month) && Number.isInteger(day)
  const given = `${year}-${month}-${day}`
  if (!whole || year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month))
    return refuse('ZJ_LAW_DATE_INVALID', { given })
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}` as CivilDate
}

/** Reads `2026-11-21` or `20261121`, nothing else. */
export function parseCivilDate(text: string): CivilDate | LawRefusal {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? /^(\d{4})(\d{2})(\d{2})$/.exec(text)
  const date = parts && civilDateOf(Number(parts[1]), Number(parts[2]), Number(parts[3]))
  return date === null || isRefusal(date) ? refuse('ZJ_LAW_DATE_INVALID', { given: text }) : date
}

/** The legal day that a trusted text names; throws `LawError` when it names none. Outside data goes through `parseCivilDate`. */
export function civilDate(text: string): CivilDate {
  return settled(parseCivilDate(text))
}

/** Whether the text is a legal day in its stored form `YYYY-MM-DD`. */
export function isCivilDate(text: string): text is CivilDate {
  return text.length === 10 && !isRefusal(parseCivilDate(text))
}

/** Year, month 1–12, day 1–31. */
export function partsOf(date: CivilDate): { year: number; month: number; day: number } {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** Days since 1970-01-01, negative before it (Hinnant, days_from_civil). */
export function dayNumber(date: CivilDate): number {
  const { year, month, day } = partsOf(date)
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const yearOfEra = y - era * 400
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

/** The inverse of `dayNumber`; throws ZJ_LAW_DATE_OUT_OF_RANGE outside years 1–9999. */
export function dateOfDayNumber(days: number): CivilDate {
  if (!Number.isInteger(days) || days < firstDay || days > lastDay)
    throw new LawError(refuse('ZJ_LAW_DATE_OUT_OF_RANGE'))
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const day = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return settled(civilDateOf(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day))
}

/** `days` may be negative. Throws ZJ_LAW_DATE_OUT_OF_RANGE outside years 1–9999. */
export function plusDays(date: CivilDate, days: number): CivilDate {
  return dateOfDayNumber(dayNumber(date) + days)
}

/**
 * The same day of the month `months` later (or earlier when negative), or that month's last day when it has no such day:
 * 01-31 + 1 month = 02-28. Throws ZJ_LAW_DATE_OUT_OF_RANGE outside years 1–9999.
 */
export function plusMonths(date: CivilDate, months: number): CivilDate {
  const { year, month, day } = partsOf(date)
  const index = year * 12 + (month - 1) + months
  const toYear = Math.floor(index / 12)
  const toMonth = index - toYear * 12 + 1
  const to = civilDateOf(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
  if (isRefusal(to)) throw new LawError(refuse('ZJ_LAW_DATE_OUT_OF_RANGE'))
  return to
}

/** As `plusMonths` by twelves: 02-29 + 1 year = 02-28. */
export function plusYears(date: CivilDate, years: number): CivilDate {
  return plusMonths(date, years * 12)
}

/** Days from `from` to `to`: 0 on the same day, negative when `to` is earlier. */
export function daysBetween(from: CivilDate, to: CivilDate): number {
  return dayNumber(to) - dayNumber(from)
}

/** Days of a span with both its ends counted; 1 for a single day. */
export function daysInclusive(first: CivilDate, last: CivilDate): number {
  return daysBetween(first, last) + 1
}

/** 1 Monday … 7 Sunday (GB/T 7408). */
export function weekday(date: CivilDate): number {
  return ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1
}

export function earlier(a: CivilDate, b: CivilDate): CivilDate {
  return a < b ? a : b
}

export function later(a: CivilDate, b: CivilDate): CivilDate {
  return a > b ? a : b
}

/** Whole years of age on a day. A birthday of 02-29 is reached on 03-01 in a common year (civil practice: the day after). */
export function ageOn(birth: CivilDate, on: CivilDate): number {
  const b = partsOf(birth)
  const o = partsOf(on)
  return o.year - b.year - (o.month < b.month || (o.month === b.month && o.day < b.day) ? 1 : 0)
}

/** The legal day (Asia/Shanghai) in which an instant falls; milliseconds UTC or a Date. */
export function legalDayOf(instant: number | Date): CivilDate {
  return dateOfDayNumber(Math.floor((Number(instant) + shanghaiMs) / dayMs))
}

/** 00:00 Asia/Shanghai of a legal day, milliseconds UTC. */
export function startOfLegalDay(date: CivilDate): number {
  return dayNumber(date) * dayMs - shanghaiMs
}

/** 00:00 Asia/Shanghai of the day after: the first instant that no longer belongs to the day, milliseconds UTC. */
export function endOfLegalDay(date: CivilDate): number {
  return startOfLegalDay(date) + dayMs
}

/** An instant with the offset in which it was written, so that it can be answered in the same. */
export interface WrittenInstant {
  /** Milliseconds UTC. */
  readonly ms: number
  /** Minutes east of UTC. */
  readonly offset: number
  /** Written with `Z`. */
  readonly zulu: boolean
}

/**
 * Reads `2026-11-21T09:30:00+08:00`, with or without seconds and a fraction. Without an offset it is Asia/Shanghai,
 * because legal documents are written in that time.
 */
export function parseInstant(text: string): WrittenInstant | LawRefusal {
  const invalid = refuse('ZJ_LAW_INSTANT_INVALID', { given: text })
  const parts =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(?:(Z)|([+-])(\d{2}):?(\d{2}))?$/.exec(text)
  if (!parts) return invalid
  const day = parseCivilDate(String(parts[1]))
  const [hour, minute, second] = [Number(parts[2]), Number(parts[3]), Number(parts[4] ?? 0)]
  const [offsetHour, offsetMinute] = [Number(parts[8] ?? 8), Number(parts[9] ?? 0)]
  if (isRefusal(day) || hour > 23 || minute > 59 || second > 59 || offsetHour > 14 || offsetMinute > 59) return invalid
  const zulu = parts[6] === 'Z'
  const offset = zulu ? 0 : (parts[7] === '-' ? -1 : 1) * (offsetHour * 60 + offsetMinute)
  const fraction = Math.floor(Number(`0.${parts[5] ?? 0}`) * 1000)
  const local = dayNumber(day) * dayMs + ((hour * 60 + minute) * 60 + second) * 1000 + fraction
  return { ms: local - offset * 60_000, offset, zulu }
}

/** Writes an instant; by default in Asia/Shanghai: `2026-11-21T09:30:00+08:00`. Milliseconds appear only when there are any. */
export function formatInstant(
  ms: number,
  { offset, zulu }: Omit<WrittenInstant, 'ms'> = { offset: 480, zulu: false },
): string {
  const local = ms + offset * 60_000
  const day = Math.floor(local / dayMs)
  const rest = local - day * dayMs
  const seconds = Math.floor(rest / 1000)
  const clock = `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  const fraction = rest % 1000 === 0 ? '' : `.${String(rest % 1000).padStart(3, '0')}`
  const east = Math.abs(offset)
  const zone = zulu ? 'Z' : `${offset < 0 ? '-' : '+'}${two(Math.floor(east / 60))}:${two(east % 60)}`
  return `${dateOfDayNumber(day)}T${clock}${fraction}${zone}`
}
