import { type CivilDate, civilDate, legalDayOf, plusDays, startOfLegalDay } from '@zhijiao/law/civil-date'
import { type DutyWindow, plusDutyTime, readDutyHours } from '@zhijiao/law/duty-hours'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal } from '@zhijiao/law/refusals'
import type { RuleId } from '@zhijiao/law/rule'
import { Refusal } from '../refusals.ts'
import { type CivilStart, countCivil, lastInstantOf, ofLaw } from './civil.ts'
import { dutyHours } from './counted.ts'
import type { TaskRow } from './store.ts'

/** The columns of a task that say when it is due and how that was counted. */
export type Clockwork = Pick<
  TaskRow,
  'clock_rule' | 'clock_from' | 'due_on' | 'clock_counted' | 'clock_unknown' | 'clock_min' | 'clock_said' | 'due_at'
>

/** A due day that a unit or an event sets: no rule counts it. */
export interface SetDay {
  readonly on: CivilDate
  readonly from?: CivilDate
  /** The rule that asks for the duty and leaves the day to others. */
  readonly rule?: RuleId
  /** How it was set, in words. */
  readonly said: { readonly zh: string; readonly en: string }
}

export interface ClockWish {
  readonly due?: CivilStart
  readonly dueDay?: SetDay
  readonly waits?: RuleId
  readonly dueAt?: number
  readonly clockMin?: number
  readonly clockFor?: string
  readonly level?: number
}

const minuteMs = 60_000
/** Minutes after midnight at which a unit without readable hours of duty begins its day. */
const morning = 510
const none = {
  clock_rule: null,
  clock_from: null,
  due_on: null,
  clock_counted: null,
  clock_unknown: null,
  clock_said: null,
} as const

/** The hours of duty of a unit; those that ship when nobody can read what it set. */
export function windowsOf(law: Law): readonly DutyWindow[] {
  const windows = readDutyHours(law.text(dutyHours))
  return isRefusal(windows) ? [{ from: morning, until: 1050 }] : windows
}

/** Whether the unit lets clocks of this name run only in hours of duty; the gravest never do. */
function onlyOnDuty(name: string | undefined, level: number, law: Law): boolean {
  if (!name || level <= 1) return false
  return law
    .text('SET-24')
    .split(/[,，、]/)
    .some((kind) => kind.trim() === name)
}

/** Counts the clock of a new task that is delivered at `at`, milliseconds UTC. */
export function clockworkOf(wish: ClockWish, at: number, law: Law): Clockwork | Refusal {
  if (wish.due) {
    const civil = countCivil(wish.due, law)
    if (civil instanceof Refusal) return civil
    return {
      clock_rule: civil.rule,
      clock_from: civil.from,
      due_on: civil.dueOn,
      clock_counted: civil.counted,
      clock_unknown: civil.unknown,
      clock_min: null,
      clock_said: null,
      due_at: civil.dueAt === null ? null : new Date(civil.dueAt),
    }
  }
  if (wish.waits) return { ...none, clock_rule: wish.waits, clock_min: null, due_at: null }
  if (wish.dueDay) {
    const { on, from, rule, said } = wish.dueDay
    return {
      clock_rule: rule ?? null,
      clock_from: from ?? null,
      due_on: on,
      clock_counted: 'calendar',
      clock_unknown: null,
      clock_min: null,
      clock_said: said,
      due_at: new Date(lastInstantOf(on)),
    }
  }
  if (wish.dueAt !== undefined) return { ...none, clock_min: wish.clockMin ?? null, due_at: new Date(wish.dueAt) }
  if (wish.clockMin === undefined) return { ...none, clock_min: null, due_at: null }
  if (!onlyOnDuty(wish.clockFor, wish.level ?? 3, law))
    return { ...none, clock_min: wish.clockMin, due_at: new Date(at + wish.clockMin * minuteMs) }
  return dutyClockOf(at, wish.clockMin, law)
}

/** A clock of minutes that runs only in hours of duty. */
export function dutyClockOf(at: number, clockMin: number, law: Law): Clockwork | Refusal {
  const due = plusDutyTime(at, clockMin * minuteMs, windowsOf(law), law.calendar)
  const clock = { ...none, clock_min: clockMin, clock_counted: 'duty' } as const
  if (!isRefusal(due)) return { ...clock, due_at: new Date(due) }
  if (due.refused !== 'ZJ_LAW_CALENDAR_UNKNOWN') return ofLaw(due)
  return { ...clock, clock_unknown: Number(due.detail.year), due_at: null }
}

/** The first instant of duty from `at` on; on a day whose holidays are unknown, any morning. */
function nextDuty(at: number, law: Law): number {
  const windows = windowsOf(law)
  const next = plusDutyTime(at, 0, windows, law.calendar)
  if (!isRefusal(next)) return next
  const begins = (windows[0]?.from ?? morning) * minuteMs
  const today = startOfLegalDay(legalDayOf(at)) + begins
  return today >= at ? today : today + 86_400_000
}

/** When a task that is not done is first carried to the superior: at once for a running clock, on the next morning of duty for a day that has passed. */
export function firstClimbAt(clock: Pick<Clockwork, 'due_at' | 'due_on' | 'clock_counted'>, law: Law): Date | null {
  if (!clock.due_at) return null
  return isDayClock(clock) ? new Date(nextDuty(clock.due_at.getTime() + 1, law)) : clock.due_at
}

const isDayClock = (clock: Pick<Clockwork, 'due_on' | 'clock_counted'>) =>
  clock.due_on !== null && clock.clock_counted !== 'hours'

const numbersOf = (text: string, otherwise: readonly number[]) => {
  const read = text
    .split(/[,，、;；]/)
    .map((t) => Number(t.trim()))
    .filter((n) => Number.isFinite(n) && n > 0)
  return read.length > 0 ? read : otherwise
}

/**
 * When whoever has the task is next reminded: the configured days ahead on the morning of duty for clocks that end with
 * a day, the configured hours ahead for the others. Never before the task was delivered or after it is due; null: no more.
 */
export function nextReminderAt(
  clock: Pick<Clockwork, 'due_at' | 'due_on' | 'clock_counted'>,
  after: number,
  law: Law,
): Date | null {
  const due = clock.due_at?.getTime()
  if (due === undefined) return null
  const begins = (windowsOf(law)[0]?.from ?? morning) * minuteMs
  const times = isDayClock(clock)
    ? numbersOf(law.text('SET-22'), [3, 1]).map((n) => startOfLegalDay(plusDays(dayOf(clock), -Math.round(n))) + begins)
    : numbersOf(law.text('SET-23'), [24, 2]).map((n) => due - n * 3_600_000)
  const next = Math.min(...times.filter((t) => t > after && t < due))
  return Number.isFinite(next) ? new Date(next) : null
}

const dayOf = (clock: Pick<Clockwork, 'due_on'>): CivilDate => civilDate(clock.due_on ?? '1970-01-01')
