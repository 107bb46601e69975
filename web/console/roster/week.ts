import type { Shift } from '@zhijiao/contract/roster'
import { addDays, daysBetween, startOfDay } from '../../ui/format.ts'

/** A stretch of one shift within one civil day of Asia/Shanghai; minutes from 0 to 1440. */
export interface Stretch {
  readonly shift: Shift
  readonly from: number
  readonly until: number
  /** When the civil day begins, milliseconds UTC. */
  readonly dayStart: number
}
export interface Gap {
  readonly from: number
  readonly until: number
}

const minuteMs = 60_000
const dayMinutes = 1440
/** 1970-01-05 was a Monday. */
const someMonday = '1970-01-05'

export const mondayOf = (day: string): string => addDays(day, -(((daysBetween(someMonday, day) % 7) + 7) % 7))
export const daysOf = (monday: string): string[] => Array.from({ length: 7 }, (_, i) => addDays(monday, i))

/** When a shift truly was over: at its end, or earlier when it was ended, struck or handed over. */
export const overAt = (shift: Shift): number =>
  Math.min(Date.parse(shift.until), shift.endedAt ? Date.parse(shift.endedAt) : Number.POSITIVE_INFINITY)

export type Standing = 'coming' | 'running' | 'over'
export const standingOf = (shift: Shift, at: number): Standing =>
  overAt(shift) <= at ? 'over' : Date.parse(shift.from) > at ? 'coming' : 'running'

/** The same of the part that falls on one day: a shift over a week is not running on each of its days at once. */
export function standingOn({ dayStart, from, until }: Stretch, at: number): Standing {
  if (dayStart + until * minuteMs <= at) return 'over'
  return dayStart + from * minuteMs > at ? 'coming' : 'running'
}

/** What of the shifts falls on this day, in order. A shift struck before it began leaves nothing. */
export function stretchesOf(shifts: readonly Shift[], day: string): Stretch[] {
  const start = Date.parse(startOfDay(day))
  return shifts
    .map((shift) => ({
      shift,
      dayStart: start,
      from: Math.max(0, Math.floor((Date.parse(shift.from) - start) / minuteMs)),
      until: Math.min(dayMinutes, Math.floor((overAt(shift) - start) / minuteMs)),
    }))
    .filter((s) => s.until >= s.from && s.until > 0 && overAt(s.shift) > Date.parse(s.shift.from))
    .filter((s) => s.from < dayMinutes)
    .sort((a, b) => a.from - b.from)
}

/** What of a day no stretch covers. */
export function gapsOf(stretches: readonly Stretch[]): Gap[] {
  const gaps: Gap[] = []
  let reached = 0
  for (const s of stretches) {
    if (s.from > reached) gaps.push({ from: reached, until: s.from })
    reached = Math.max(reached, s.until)
  }
  if (reached < dayMinutes) gaps.push({ from: reached, until: dayMinutes })
  return gaps
}

/** 510 → 08:30; the end of the day reads 24:00. */
export const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** 08:30, 0830 or 8：30 as typed, to minutes; null when it is no time of day. */
export function typedClock(text: string | undefined): number | null {
  const found = /^\s*([01]?\d|2[0-3])[:：]?([0-5]\d)\s*$/.exec(text ?? '')
  return found ? Number(found[1]) * 60 + Number(found[2]) : null
}

export interface Plan {
  readonly staff: readonly string[]
  readonly firstDay: string
  readonly lastDay: string
  readonly starts: number
  readonly ends: number
}
export interface PlannedShift {
  readonly staff: string
  readonly day: string
  readonly from: string
  readonly until: string
}

/** One shift a day, the staff taking turns in the order given. An end at or before the start is on the next day. */
export function plan({ staff, firstDay, lastDay, starts, ends }: Plan): PlannedShift[] {
  const days = daysBetween(firstDay, lastDay) + 1
  if (staff.length === 0 || days < 1) return []
  const at = (day: string, minutes: number) => new Date(Date.parse(startOfDay(day)) + minutes * minuteMs).toISOString()
  return Array.from({ length: days }, (_, i) => {
    const day = addDays(firstDay, i)
    return {
      staff: staff[i % staff.length] ?? '',
      day,
      from: at(day, starts),
      until: at(day, ends > starts ? ends : ends + dayMinutes),
    }
  })
}

const weekMs = 7 * dayMinutes * minuteMs

/** Last week's shifts of one unit a week later, without those already over and those whose time is taken. */
export function repeated(last: readonly Shift[], there: readonly Shift[], org: string, at: number) {
  const later = (instant: string) => new Date(Date.parse(instant) + weekMs).toISOString()
  return last
    .filter((s) => s.org === org && overAt(s) > Date.parse(s.from))
    .map((s) => ({ org, staff: s.staff.id, place: s.place, from: later(s.from), until: later(s.until) }))
    .filter((s) => Date.parse(s.until) > at)
    .filter(
      (s) =>
        !there.some(
          (o) =>
            o.org === org &&
            o.place === s.place &&
            Date.parse(o.from) < Date.parse(s.until) &&
            Date.parse(s.from) < overAt(o),
        ),
    )
}
