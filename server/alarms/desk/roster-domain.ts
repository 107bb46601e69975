import { type Refusal, refuse } from '../../core/refusals.ts'
import { Elsewhere, Overlap, Span, StaffUnfit } from './roster-refusals.ts'

/** A shift (班次) of one person in one place of a unit's roster; milliseconds UTC, [from, until). */
export interface ShiftTime {
  readonly org: string
  readonly staff: string
  readonly place: 'duty' | 'head'
  readonly from: number
  readonly until: number
}

/** Longest shift, and how far ahead one may be set. */
const longestMs = 31 * 86_400_000
const aheadMs = 400 * 86_400_000

const touch = (a: ShiftTime, b: ShiftTime) =>
  a.org === b.org && a.place === b.place && a.from < b.until && b.from < a.until

/**
 * Whether shifts may be added: to a county's or office's roster under one's own unit, in a span of sense, one person at a
 * time in one place. `fit` tells who may be called: active, of the unit or above, in a post that handles alarms.
 */
export function addShifts(
  wishes: readonly ShiftTime[],
  there: readonly ShiftTime[],
  { unit, now, fit }: { unit: string; now: number; fit: (shift: ShiftTime) => boolean },
): true | Refusal {
  for (const [i, wish] of wishes.entries()) {
    if (!wish.org.startsWith(unit) || wish.org.length < 6) return refuse(Elsewhere, { org: wish.org })
    if (wish.until <= wish.from || wish.until - wish.from > longestMs || wish.until <= now || wish.from > now + aheadMs)
      return refuse(Span, { row: i + 1 })
    if (!fit(wish)) return refuse(StaffUnfit, { row: i + 1 })
    const other = [...there, ...wishes.slice(0, i)].find((s) => touch(s, wish))
    if (other) return refuse(Overlap, { row: i + 1, from: new Date(other.from).toISOString() })
  }
  return true
}
