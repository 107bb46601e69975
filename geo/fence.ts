import { type Calendar, isActive, spanAt } from './calendar.ts'
import type { PreparedArea } from './prepared.ts'

/**
 * A rule about a place (围栏). stay-in: a living area 活动区域 (市/县) or a place one must be at in time windows.
 * keep-out: a forbidden place 禁止进入的场所, perhaps only after `dwellMinutes` (passing by a station is not visiting it).
 */
export interface Fence {
  readonly rule: 'stay-in' | 'keep-out'
  readonly area: PreparedArea
  /** Living areas are outlines of whole counties, drawn coarser and disputed more than the outline of a house. */
  readonly size: 'county' | 'small'
  /** When the rule holds; null = always. */
  readonly calendar: Calendar
  /** keep-out only: minutes inside before it is a breach; 0 = at once. */
  readonly dwellMinutes: number
}

/** Which side of the outline a person is on; unknown is an answer, not a breach. */
export type Side = 'in' | 'out'

/** The side that breaks the rule. */
export function breachSide(fence: Fence): Side {
  return fence.rule === 'stay-in' ? 'out' : 'in'
}

/** Whether a confirmed side breaks the rule at an instant, and since when. */
export type Standing =
  | { readonly kind: 'off' }
  | { readonly kind: 'kept' }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'dwelling'; readonly since: number; readonly breachAt: number }
  | { readonly kind: 'breached'; readonly since: number }

/**
 * Reads a side as the rule does. Someone already out when a window opens breaks it from the opening, not before.
 * `since` is when the side was taken, ms UTC.
 */
export function standing(fence: Fence, at: Side | 'unknown', since: number, now: number): Standing {
  if (!isActive(fence.calendar, now)) return { kind: 'off' }
  if (at === 'unknown') return { kind: 'unknown' }
  if (at !== breachSide(fence)) return { kind: 'kept' }
  const begun = Math.max(since, spanAt(fence.calendar, now)?.from ?? since)
  const dwell = fence.rule === 'keep-out' ? fence.dwellMinutes * 60_000 : 0
  if (now - begun < dwell) return { kind: 'dwelling', since: begun, breachAt: begun + dwell }
  return { kind: 'breached', since: begun }
}
