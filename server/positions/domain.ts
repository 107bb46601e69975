import type { LatestPosition } from '@zhijiao/contract/positions'
import { dayEnd, dayStart } from '@zhijiao/geo/day'
import type { Fix } from '@zhijiao/geo/fix'
import { findGaps } from '@zhijiao/geo/gaps'
import { mergeLate, type ReceivedFix, type Segment } from '@zhijiao/geo/track'
import { filedUnder } from './days.ts'

/** Intervals without a new position after which it is no longer live, and no longer recent. */
export const liveIntervals = 1.5
export const recentIntervals = 3
const dayMs = 86_400_000

/** How old a position is against what was to be expected. Nothing old is shown as live. */
export function freshness(ageMs: number, intervalS: number): LatestPosition['freshness'] {
  const interval = intervalS * 1000
  if (ageMs <= interval * liveIntervals) return 'live'
  if (ageMs <= Math.max(interval * recentIntervals, 0)) return 'recent'
  return ageMs <= dayMs ? 'stale' : 'lost'
}

/** One activation's legal day from its compacted blob and what came since. */
export function dayOf(day: string, known: readonly ReceivedFix[], segments: readonly Segment[]): ReceivedFix[] {
  const fresh = segments
    .map((s) => ({ ...s, fixes: s.fixes.filter((f) => filedUnder(f, s.receivedAt) === day) }))
    .filter((s) => s.fixes.length > 0)
  return fresh.length === 0 ? [...known] : mergeLate(known, fresh)
}

/** Stretches of a day in which a term ran and no believed fix came, yellow and worse (positioning.md §3.6). */
export function gapsOf(
  day: string,
  terms: readonly { startsAt: number; endsAt: number; intervalS: number; fixes: readonly Fix[] }[],
  now: number,
): { from: number; until: number; blindLater: boolean; simulated: boolean }[] {
  return terms.flatMap(({ startsAt, endsAt, intervalS, fixes }) => {
    const from = Math.max(dayStart(day), startsAt)
    const to = Math.min(dayEnd(day), endsAt, now)
    if (to <= from) return []
    const plan = { intervalS, heartbeatS: 180, asleep: false }
    return findGaps(fixes, { from, to, plan }).map((gap) => ({
      from: gap.start,
      until: gap.end,
      blindLater: gap.explanations.some((e) => e.kind === 'blind-covered' || e.kind === 'blind-partly-covered'),
      simulated: gap.explanations.some((e) => e.kind === 'simulated'),
    }))
  })
}
