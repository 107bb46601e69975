import { isPlace } from './counts.ts'
import { MINUTE, SECOND } from './day.ts'
import { apartM } from './distance.ts'
import { type Fix, FixFlag } from './fix.ts'
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

/** One measurement of both devices at nearly one time. */
export interface ApartPair {
  /** The later of both, ms UTC. */
  readonly ts: number
  /** Metres apart beyond both radii; negative while the radii overlap. */
  readonly beyondM: number
}

/** The pair of two fixes, or null where they cannot be compared: too far apart in time, or too vague. */
export function pairOf(
  one: Pick<Fix, 'ts' | 'lat' | 'lon' | 'accuracyM'>,
  other: Pick<Fix, 'ts' | 'lat' | 'lon' | 'accuracyM'>,
  { pairMs, accuracyGateM }: ApartParameters = apartDefaults,
): ApartPair | null {
  if (Math.abs(one.ts - other.ts) > pairMs || one.accuracyM > accuracyGateM || other.accuracyM > accuracyGateM)
    return null
  return { ts: Math.max(one.ts, other.ts), beyondM: apartM(one, other) - one.accuracyM - other.accuracyM }
}

/** What a run of pairs apart becomes by one more pair; null: together. */
export function nextRun(
  run: ApartEpisode | null,
  { ts, beyondM }: ApartPair,
  { apartM: limit }: ApartParameters = apartDefaults,
): ApartEpisode | null {
  if (beyondM <= limit) return null
  const far = Math.round(beyondM)
  if (run === null) return { from: ts, to: ts, pairs: 1, farthestM: far }
  return { from: run.from, to: ts, pairs: run.pairs + 1, farthestM: Math.max(run.farthestM, far) }
}

/** Whether a run is long enough to be believed. */
export const showsApart = (run: ApartEpisode, { pairs, spanMs }: ApartParameters = apartDefaults): boolean =>
  run.pairs >= pairs && run.to - run.from >= spanMs

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
  let run: ApartEpisode | null = null
  for (const pair of pairsOf(one, other, parameters)) {
    const next = nextRun(run, pair, parameters)
    if (next === null && run !== null && showsApart(run, parameters)) episodes.push(run)
    run = next
  }
  if (run !== null && showsApart(run, parameters)) episodes.push(run)
  return episodes
}

function pairsOf(one: readonly Fix[], other: readonly Fix[], parameters: ApartParameters): ApartPair[] {
  const counts = (fix: Fix) => isPlace(fix) && fix.accuracyM <= parameters.accuracyGateM
  const [a, b] = [one, other].map((fixes) => fixes.filter(counts).sort(byTime))
  const pairs: ApartPair[] = []
  let j = 0
  for (const fix of a ?? []) {
    // Each fix meets the one of the other device nearest in time, and that one only once.
    while (b && j + 1 < b.length && gap(b[j + 1], fix) <= gap(b[j], fix)) j++
    const met = b?.[j]
    const pair = met ? pairOf(fix, met, parameters) : null
    if (pair) pairs.push(pair)
  }
  return pairs
}

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
    .filter((fix) => fix.ts >= from && fix.ts < to && isPlace(fix) && fix.accuracyM <= 100)
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
