/**
 * Days away (外出天数): leaves as spans of days, those that touch joined into one absence, and the fullest two months.
 * Each day counts once, however many leaves cover it.
 */
import { type CivilDate, dayNumber, later, plusDays, plusMonths } from './civil-date.ts'

/** First and last day away. */
export interface Span {
  readonly id: string
  readonly first: CivilDate
  readonly last: CivilDate
}

/** Two months and the days away in them. */
export interface Window {
  readonly from: CivilDate
  readonly to: CivilDate
  readonly days: number
}

/**
 * Joins spans that overlap, or that leave at most `gap` days at home between them; with 0 a departure on the day of
 * return or the day after continues the same absence.
 */
export function joinSpans(spans: readonly Span[], gap: number): readonly (readonly Span[])[] {
  const joined: { spans: Span[]; last: CivilDate }[] = []
  for (const span of [...spans].sort((a, b) => dayNumber(a.first) - dayNumber(b.first))) {
    const before = joined.at(-1)
    if (before && span.first <= plusDays(before.last, gap + 1)) {
      before.spans.push(span)
      before.last = later(before.last, span.last)
    } else joined.push({ spans: [span], last: span.last })
  }
  return joined.map((absence) => absence.spans)
}

/**
 * The days of one absence that count. Where the return day does not count, only the last return of the joined absence is
 * left out, and a one-day trip still counts one: else dividing a leave would shorten it.
 */
export function daysAway(absence: readonly Span[], countReturnDay: boolean): readonly CivilDate[] {
  const days = new Set<CivilDate>()
  for (const { first, last } of absence) for (let day = first; day <= last; day = plusDays(day, 1)) days.add(day)
  const inOrder = [...days].sort()
  return countReturnDay || inOrder.length === 1 ? inOrder : inOrder.slice(0, -1)
}

/**
 * The fullest two months that hold at least one of the request's days. A window loses nothing by starting on a day away,
 * so only those are tried.
 */
export function fullestTwoMonths(days: readonly CivilDate[], request: Span): Window {
  const windows = days
    .map((from) => ({ from, to: plusDays(plusMonths(from, 2), -1) }))
    .filter(({ from, to }) => from <= request.last && to >= request.first)
    .map(({ from, to }) => ({ from, to, days: days.filter((day) => day >= from && day <= to).length }))
  return windows.reduce((fullest, window) => (window.days > fullest.days ? window : fullest), {
    from: request.first,
    to: plusDays(plusMonths(request.first, 2), -1),
    days: 0,
  })
}
