/**
 * Hours of duty (工作时间): clocks that a unit lets run only while it works. No statute knows them; a clock that the law
 * sets in hours or days runs on through nights and holidays.
 */
import { type Calendar, isWorkingDay } from './calendar.ts'
import { type CivilDate, legalDayOf, plusDays, startOfLegalDay } from './civil-date.ts'
import { isRefusal, type LawRefusal, refuse } from './refusals.ts'

/** Part of a day, minutes after 00:00 Asia/Shanghai; `until` is the first minute that no longer belongs to it. */
export interface DutyWindow {
  readonly from: number
  readonly until: number
}

const minuteMs = 60_000
/** A clock that found no working day within this many days is counted by a calendar that cannot be right. */
const farthest = 400

/** Reads `08:30-12:00,14:30-17:30`: windows in order that do not touch. Refused with ZJ_LAW_FACTS_INVALID. */
export function readDutyHours(text: string): readonly DutyWindow[] | LawRefusal {
  const wrong = refuse('ZJ_LAW_FACTS_INVALID', { detail: `08:30-12:00,14:30-17:30 ≠ ${text}` })
  const windows: DutyWindow[] = []
  for (const part of text.split(/[,，、;；]/)) {
    const given = /^\s*([01]?\d|2[0-4]):([0-5]\d)\s*[-–—~]\s*([01]?\d|2[0-4]):([0-5]\d)\s*$/.exec(part)
    if (!given) return wrong
    const from = Number(given[1]) * 60 + Number(given[2])
    const until = Number(given[3]) * 60 + Number(given[4])
    if (until <= from || until > 1440 || from < (windows.at(-1)?.until ?? 0)) return wrong
    windows.push({ from, until })
  }
  return windows
}

/** The hours of duty of a day as instants; none on a day that is not worked. */
function windowsOf(day: CivilDate, windows: readonly DutyWindow[], calendar: Calendar) {
  const works = isWorkingDay(calendar, day)
  if (isRefusal(works)) return works
  const midnight = startOfLegalDay(day)
  return works ? windows.map((w) => ({ from: midnight + w.from * minuteMs, until: midnight + w.until * minuteMs })) : []
}

/**
 * The instant at which `ms` of duty have passed since `start`; both milliseconds UTC. With `ms` 0 the first instant of
 * duty from `start` on. Refused with ZJ_LAW_CALENDAR_UNKNOWN in a year without its notice.
 */
export function plusDutyTime(
  start: number,
  ms: number,
  windows: readonly DutyWindow[],
  calendar: Calendar,
): number | LawRefusal {
  let left = ms
  const first = legalDayOf(start)
  for (let passed = 0; passed <= farthest; passed++) {
    const spans = windowsOf(plusDays(first, passed), windows, calendar)
    if (isRefusal(spans)) return spans
    for (const { from, until } of spans) {
      const begins = Math.max(from, start)
      if (begins >= until) continue
      if (left <= until - begins) return begins + left
      left -= until - begins
    }
  }
  return refuse('ZJ_LAW_FACTS_INVALID', { detail: 'no hours of duty' })
}

/** How much duty lies between two instants, milliseconds; 0 when `to` is not later. Refused as `plusDutyTime`. */
export function dutyTimeBetween(
  from: number,
  to: number,
  windows: readonly DutyWindow[],
  calendar: Calendar,
): number | LawRefusal {
  let sum = 0
  for (let day = legalDayOf(from); startOfLegalDay(day) < to; day = plusDays(day, 1)) {
    const spans = windowsOf(day, windows, calendar)
    if (isRefusal(spans)) return spans
    for (const span of spans) sum += Math.max(0, Math.min(span.until, to) - Math.max(span.from, from))
  }
  return sum
}
