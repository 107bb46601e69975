import { legalDay } from '@zhijiao/geo/day'
import type { Fix } from '@zhijiao/geo/fix'
import {
  beside,
  isTimeless,
  MOST_FIXES,
  mergeLate,
  mergeSegments,
  type ReceivedFix,
  type Segment,
} from '@zhijiao/geo/track'

/** The legal day under which a fix is kept: a time that no clock could have shown is filed under the day it came. */
export function filedUnder(fix: Fix, receivedAt: number): string {
  return legalDay(isTimeless(fix) ? receivedAt : fix.ts)
}

/** What one activation brought for one legal day. */
export interface DayPart {
  readonly activationNo: number
  readonly day: string
  readonly segments: readonly JudgedSegment[]
}

/** What arrived together, with the version of the rules that judged it. */
export type JudgedSegment = Segment & { readonly rules: string }

/** Sorts segments by activation and day; a segment that reaches over midnight is cut. */
export function byDay(segments: Iterable<JudgedSegment>): DayPart[] {
  const parts = new Map<string, DayPart & { readonly segments: JudgedSegment[] }>()
  for (const segment of segments) {
    const days = new Map<string, Fix[]>()
    for (const fix of segment.fixes) {
      const day = filedUnder(fix, segment.receivedAt)
      const same = days.get(day)
      if (same) same.push(fix)
      else days.set(day, [fix])
    }
    for (const [day, fixes] of days) {
      const key = `${segment.activationNo} ${day}`
      const part = parts.get(key) ?? { activationNo: segment.activationNo, day, segments: [] }
      part.segments.push({ ...segment, fixes })
      parts.set(key, part)
    }
  }
  return [...parts.values()]
}

/** One part of a day as it is packed: nearly every day has this one alone. */
export interface KnownPart {
  readonly part: number
  readonly fixes: readonly ReceivedFix[]
}

/** A part that is to be written, and what was added to the day by it. */
export interface GrownPart {
  readonly part: number
  readonly fixes: readonly ReceivedFix[]
  readonly added: number
  /** What came to it. */
  readonly segments: readonly JudgedSegment[]
}

/**
 * What becomes of a day by what came to it. The last part grows until another fix would be more than a blob holds; then it
 * stays as it is, with its seal, and what is new begins the next. `segments` bring nothing that an earlier part holds.
 */
export function grow(last: KnownPart | null, segments: readonly JudgedSegment[], most = MOST_FIXES): GrownPart[] {
  const part = last?.part ?? 0
  const known = last?.fixes ?? []
  const merged = mergeLate(known, segments)
  if (merged.length <= most) return [{ part, fixes: merged, added: merged.length - known.length, segments }]
  const rest = known.length === 0 ? segments : beside(known, segments)
  const fresh = known.length === 0 ? merged : mergeSegments(rest)
  const grown: GrownPart[] = []
  for (let at = 0; at < fresh.length; at += most) {
    const fixes = fresh.slice(at, at + most)
    grown.push({ part: part + grown.length + (last ? 1 : 0), fixes, added: fixes.length, segments: rest })
  }
  return grown
}
