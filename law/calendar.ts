/**
 * Working days (工作日): Monday to Friday, less the holidays and plus the make-up days (调休) that the State Council
 * publishes each year (CAL-02). Make-up days cannot be derived, so a year without its notice has no answer.
 */
import { type CivilDate, parseCivilDate, plusDays, weekday } from './civil-date.ts'
import data from './data/holidays.json' with { type: 'json' }
import { isRefusal, type LawRefusal, refuse, settled } from './refusals.ts'

/** One year's notice: days off (weekends inside a holiday included) and weekend days worked. */
export interface HolidayYear {
  readonly off: ReadonlySet<CivilDate>
  readonly work: ReadonlySet<CivilDate>
}

/** Notices by year. A plain value: extending gives another. */
export interface Calendar {
  readonly years: ReadonlyMap<number, HolidayYear>
}

export const emptyCalendar: Calendar = { years: new Map() }

const invalid = (detail: string) => refuse('ZJ_LAW_CALENDAR_INVALID', { detail })

function readDays(given: unknown, year: string): ReadonlySet<CivilDate> | LawRefusal {
  if (!Array.isArray(given)) return invalid(`${year}: off / work`)
  const days = new Set<CivilDate>()
  for (const text of given as unknown[]) {
    const day = parseCivilDate(String(text))
    if (isRefusal(day) || !day.startsWith(year)) return invalid(`${year}: ${String(text)}`)
    days.add(day)
  }
  return days
}

/**
 * Reads a holidays file: `{"2026":{"off":["2026-01-01",…],"work":["2026-01-04",…]}}`, any number of years; keys that are
 * no year (`note`) are passed over. Refused with ZJ_LAW_CALENDAR_INVALID.
 */
export function readCalendar(file: unknown): Calendar | LawRefusal {
  if (typeof file !== 'object' || file === null || Array.isArray(file)) return invalid('{}')
  const years = new Map<number, HolidayYear>()
  for (const [year, given] of Object.entries(file as Record<string, unknown>)) {
    if (!/^\d{4}$/.test(year)) continue
    if (typeof given !== 'object' || given === null) return invalid(year)
    const off = readDays('off' in given ? given.off : undefined, year)
    if (isRefusal(off)) return off
    const work = readDays('work' in given ? given.work : undefined, year)
    if (isRefusal(work)) return work
    const both = [...off].find((day) => work.has(day))
    if (both) return invalid(`${both}: off + work`)
    years.set(Number(year), { off, work })
  }
  return { years }
}

/** A calendar with the years of both; where both know a year the later argument wins. */
export function extendCalendar(calendar: Calendar, more: Calendar): Calendar {
  return { years: new Map([...calendar.years, ...more.years]) }
}

/** The notices shipped with the package, recalled: an operator confirms or replaces them every year. */
export const shippedCalendar: Calendar = settled(readCalendar(data))

/** Whether a day is worked; refused with ZJ_LAW_CALENDAR_UNKNOWN in a year without its notice. */
export function isWorkingDay(calendar: Calendar, date: CivilDate): boolean | LawRefusal {
  const year = Number(date.slice(0, 4))
  const notice = calendar.years.get(year)
  if (!notice) return refuse('ZJ_LAW_CALENDAR_UNKNOWN', { year })
  return notice.work.has(date) || (weekday(date) <= 5 && !notice.off.has(date))
}

/** The day itself when it is worked, else the next one that is. */
export function nextWorkingDay(calendar: Calendar, date: CivilDate): CivilDate | LawRefusal {
  for (let day = date; ; day = plusDays(day, 1)) {
    const works = isWorkingDay(calendar, day)
    if (isRefusal(works)) return works
    if (works) return day
  }
}

/** The `count`th working day after `from`, which itself is not counted; `count` ≥ 0, and 0 is `from`. */
export function plusWorkingDays(calendar: Calendar, from: CivilDate, count: number): CivilDate | LawRefusal {
  let day = from
  for (let counted = 0; counted < count; counted++) {
    const next = nextWorkingDay(calendar, plusDays(day, 1))
    if (isRefusal(next)) return next
    day = next
  }
  return day
}

/** Working days after `from` up to and including `to`; 0 when `to` is not later. */
export function workingDaysBetween(calendar: Calendar, from: CivilDate, to: CivilDate): number | LawRefusal {
  let count = 0
  for (let day = plusDays(from, 1); day <= to; day = plusDays(day, 1)) {
    const works = isWorkingDay(calendar, day)
    if (isRefusal(works)) return works
    if (works) count++
  }
  return count
}
