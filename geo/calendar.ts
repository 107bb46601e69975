import { addDays, DAY, dayStart, type LegalDay, legalDay, weekday } from './day.ts'

/**
 * One daily stretch of time, in Asia/Shanghai. It belongs to the day it begins on: 22:00–08:00 on Fridays runs into
 * Saturday morning.
 */
export interface TimeWindow {
  /** 'HH:mm', 00:00–24:00. An end not after the start lies on the next day; equal means twenty-four hours. */
  readonly start: string
  readonly end: string
  /** 1 = Monday … 7 = Sunday; left out: every day. */
  readonly weekdays?: readonly number[]
  /** First and last legal day, both included; left out: open. */
  readonly from?: LegalDay
  readonly until?: LegalDay
  /** Legal days on which the window does not begin (a holiday, an approved leave). */
  readonly except?: readonly LegalDay[]
}

/** When a fence is in force. `null` means always. */
export type Calendar = { readonly windows: readonly TimeWindow[] } | null

/** A half-open stretch of time, ms UTC. */
export interface Span {
  readonly from: number
  readonly to: number
}

/** Whether the calendar is in force at an instant. */
export function isActive(calendar: Calendar, ts: number): boolean {
  return calendar === null || spanAt(calendar, ts) !== null
}

/** The window an instant lies in; the longest-running where several overlap. Null when none, or when always. */
export function spanAt(calendar: Calendar, ts: number): Span | null {
  if (calendar === null) return null
  const day = legalDay(ts)
  let best: Span | null = null
  for (const window of calendar.windows) {
    for (const begin of [addDays(day, -1), day]) {
      const span = spanOn(window, begin)
      if (span && span.from <= ts && ts < span.to && (!best || span.from < best.from)) best = span
    }
  }
  return best
}

/** Every stretch in force within [from, to), cut to it, joined where windows touch, in order. */
export function activeSpans(calendar: Calendar, from: number, to: number): Span[] {
  if (calendar === null) return from < to ? [{ from, to }] : []
  const spans: Span[] = []
  for (let start = dayStart(legalDay(from)) - DAY; start < to; start += DAY) {
    for (const window of calendar.windows) {
      const span = spanOn(window, legalDay(start))
      if (span && span.to > from && span.from < to)
        spans.push({ from: Math.max(from, span.from), to: Math.min(to, span.to) })
    }
  }
  return joined(spans)
}

/** When a calendar next comes into or goes out of force after an instant, within 8 days; null when it does not. */
export function nextChange(calendar: Calendar, ts: number): number | null {
  if (calendar === null) return null
  const [first] = activeSpans(calendar, ts, ts + 8 * DAY)
  if (!first) return null
  if (first.from > ts) return first.from
  return first.to < ts + 8 * DAY ? first.to : null
}

function spanOn(window: TimeWindow, day: LegalDay): Span | null {
  if (window.weekdays && !window.weekdays.includes(weekday(day))) return null
  if ((window.from && day < window.from) || (window.until && day > window.until)) return null
  if (window.except?.includes(day)) return null
  const start = clockMs(window.start)
  const end = clockMs(window.end)
  const midnight = dayStart(day)
  return { from: midnight + start, to: midnight + (end > start ? end : end + DAY) }
}

function clockMs(text: string): number {
  const [, hours = '', minutes = ''] = /^(\d\d):(\d\d)$/.exec(text) ?? []
  const ms = Number(hours) * 3_600_000 + Number(minutes) * 60_000
  if (hours === '' || Number(minutes) > 59 || ms > DAY) throw new RangeError(`not a time of day: ${text}`)
  return ms
}

function joined(spans: Span[]): Span[] {
  const result: Span[] = []
  for (const span of spans.sort((a, b) => a.from - b.from)) {
    const last = result.at(-1)
    if (last && span.from <= last.to) result[result.length - 1] = { from: last.from, to: Math.max(last.to, span.to) }
    else result.push(span)
  }
  return result
}
