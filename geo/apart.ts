import { MINUTE, SECOND } from './day.ts'
import { apartM } from './distance.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { byTime } from './order.ts'

/** Limits of telling two devices of one person apart (人机分离, positioning.md §3.7). */
export interface ApartParameters {
  /** Two fixes taken within this are a pair, ms. */
  readonly pairMs: number
  /** Apart beyond both radii by more than this, metres. */
  readonly apartM: number
  /** So many pairs in a row, spanning at least this, ms. */
  readonly pairs: number
  readonly spanMs: number
  /** A radius above this makes no pair, metres. */
  readonly accuracyGateM: number
}

export const apartDefaults: ApartParameters = {
  pairMs: 30 * SECOND,
  apartM: 200,
  pairs: 3,
  spanMs: 10 * MINUTE,
  accuracyGateM: 500,
}

/** A stretch in which phone and band were apart, with the pairs that show it. */
export interface ApartEpisode {
  readonly from: number
  readonly to: number
  readonly pairs: number
  /** Largest distance beyond both radii, metres. */
  readonly farthestM: number
}

/**
 * Stretches in which two devices that one person should carry were apart. A single pair says little: carried together,
 * two phones are told 700 m apart one time in a hundred.
 */
export function findApart(
  one: readonly Fix[],
  other: readonly Fix[],
  parameters: ApartParameters = apartDefaults,
): ApartEpisode[] {
  const episodes: ApartEpisode[] = []
  let run: { from: number; to: number; pairs: number; farthestM: number } | null = null
  const close = () => {
    if (run && run.pairs >= parameters.pairs && run.to - run.from >= parameters.spanMs) episodes.push(run)
    run = null
  }
  for (const { ts, beyondM } of pairsOf(one, other, parameters)) {
    if (beyondM <= parameters.apartM) close()
    else if (run === null) run = { from: ts, to: ts, pairs: 1, farthestM: Math.round(beyondM) }
    else run = { from: run.from, to: ts, pairs: run.pairs + 1, farthestM: Math.max(run.farthestM, Math.round(beyondM)) }
  }
  close()
  return episodes
}

function pairsOf(one: readonly Fix[], other: readonly Fix[], { pairMs, accuracyGateM }: ApartParameters) {
  const counts = (fix: Fix) =>
    fix.fault === FixFault.none && (fix.flags & unusable) === 0 && fix.accuracyM <= accuracyGateM
  const [a, b] = [one, other].map((fixes) => fixes.filter(counts).sort(byTime))
  const pairs: { ts: number; beyondM: number }[] = []
  let j = 0
  for (const fix of a ?? []) {
    // Each fix meets the one of the other device nearest in time, and that one only once.
    while (b && j + 1 < b.length && gap(b[j + 1], fix) <= gap(b[j], fix)) j++
    const met = b?.[j]
    if (!met || Math.abs(met.ts - fix.ts) > pairMs) continue
    pairs.push({ ts: Math.max(fix.ts, met.ts), beyondM: apartM(fix, met) - fix.accuracyM - met.accuracyM })
  }
  return pairs
}

const unusable = FixFlag.mock | FixFlag.notFixed

function gap(fix: Fix | undefined, other: Fix): number {
  return fix ? Math.abs(fix.ts - other.ts) : Number.POSITIVE_INFINITY
}

/** Limits of "lies somewhere without its owner". */
export interface StillParameters {
  readonly withinM: number
  readonly atLeastMs: number
  /** Days alike before it is worth an alarm. */
  readonly days: number
}

export const stillDefaults: StillParameters = { withinM: 30, atLeastMs: 10 * 60 * MINUTE, days: 3 }

/** A device that did not move while its owner should have been awake. */
export interface StillStretch {
  readonly from: number
  readonly to: number
  readonly place: { readonly lat: number; readonly lon: number }
}

/**
 * The longest time within waking hours [from, to) in which a device stayed within 30 m, took no step and was not charging;
 * null when it is too short to mean anything. Missing data ends a stretch: silence is not stillness.
 */
export function findStill(
  fixes: readonly Fix[],
  { from, to, maxGapMs = 60 * MINUTE }: { readonly from: number; readonly to: number; readonly maxGapMs?: number },
  parameters: StillParameters = stillDefaults,
): StillStretch | null {
  const awake = fixes
    .filter((fix) => fix.ts >= from && fix.ts < to && fix.fault === FixFault.none && fix.accuracyM <= 100)
    .sort(byTime)
  let best: StillStretch | null = null
  let anchor: Fix | null = null
  let last: Fix | null = null
  for (const fix of awake) {
    const goes = anchor !== null && last !== null && staysWith(anchor, last, fix, parameters.withinM, maxGapMs)
    if (!goes) anchor = fix
    last = fix
    if (anchor && (!best || fix.ts - anchor.ts > best.to - best.from)) {
      best = { from: anchor.ts, to: fix.ts, place: { lat: anchor.lat, lon: anchor.lon } }
    }
  }
  return best && best.to - best.from >= parameters.atLeastMs ? best : null
}

function staysWith(anchor: Fix, last: Fix, fix: Fix, withinM: number, maxGapMs: number): boolean {
  const stepped = fix.steps !== null && last.steps !== null && fix.steps !== last.steps
  if (stepped || (fix.flags & (FixFlag.moving | FixFlag.charging)) !== 0 || fix.ts - last.ts > maxGapMs) return false
  return apartM(anchor, fix) - Math.max(anchor.accuracyM, fix.accuracyM) <= withinM
}

/** Whether the latest days are alike enough to be one alarm: still on each of them. Days are given oldest first. */
export function isLeftBehind(
  days: readonly (StillStretch | null)[],
  parameters: StillParameters = stillDefaults,
): boolean {
  const latest = days.slice(-parameters.days)
  return latest.length === parameters.days && latest.every((stretch) => stretch !== null)
}
