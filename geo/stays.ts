import { isPlace } from './counts.ts'
import { MINUTE } from './day.ts'
import { metresBetween, type Place } from './distance.ts'
import type { Fix } from './fix.ts'
import { byTime } from './order.ts'

/** Limits of finding stays (positioning.md §3.4, after Li et al. 2008). */
export interface StayParameters {
  /** Distance from the centre of the stay, metres, plus half the radius of the fix up to `slackM`. */
  readonly withinM: number
  readonly slackM: number
  readonly atLeastMs: number
  /** A radius above this takes no part, metres. */
  readonly accuracyGateM: number
  /** Longer silence is bridged only when both ends are this near each other. */
  readonly gapMs: number
  readonly bridgeM: number
  /** Neighbouring stays this close in time and space are one. */
  readonly mergeMs: number
  readonly mergeM: number
}

export const stayDefaults: StayParameters = {
  withinM: 100,
  slackM: 75,
  atLeastMs: 5 * MINUTE,
  accuracyGateM: 500,
  gapMs: 10 * MINUTE,
  bridgeM: 300,
  mergeMs: 5 * MINUTE,
  mergeM: 100,
}

/** For persons whose device gives cell positions only; what comes out is a rough place, to be said as such. */
export const cellOnlyStays: StayParameters = {
  ...stayDefaults,
  withinM: 500,
  slackM: 500,
  atLeastMs: 20 * MINUTE,
  accuracyGateM: 2_000,
  bridgeM: 1_000,
  mergeM: 500,
}

/** A time spent in one place (停留). */
export interface Stay extends Place {
  /** ms UTC. */
  readonly from: number
  readonly to: number
  /** Of that, bridged without any fix, ms: what is not known. */
  readonly silentMs: number
  readonly fixes: number
}

interface Growing {
  from: number
  to: number
  lat: number
  lon: number
  weight: number
  silentMs: number
  fixes: number
}

/** Stays in time order. Stored and late fixes take part; what does not count (`isPlace`) takes none. */
export function findStays(fixes: readonly Fix[], parameters: StayParameters = stayDefaults): Stay[] {
  const ordered = fixes.filter((fix) => counts(fix, parameters)).sort(byTime)
  const found: Growing[] = []
  let current: Growing | null = null
  for (const fix of ordered) {
    if (current !== null && belongs(current, fix, parameters)) {
      take(current, fix, parameters)
      continue
    }
    current = { from: fix.ts, to: fix.ts, lat: fix.lat, lon: fix.lon, weight: weightOf(fix), silentMs: 0, fixes: 1 }
    found.push(current)
  }
  const long = merged(found, parameters).filter((stay) => stay.to - stay.from >= parameters.atLeastMs)
  return long.map(({ from, to, lat, lon, silentMs, fixes: count }) => ({ from, to, lat, lon, silentMs, fixes: count }))
}

function counts(fix: Fix, { accuracyGateM }: StayParameters): boolean {
  return isPlace(fix) && fix.accuracyM <= accuracyGateM
}

function belongs(stay: Growing, fix: Fix, { withinM, slackM, gapMs, bridgeM }: StayParameters): boolean {
  const distance = metresBetween(stay.lat, stay.lon, fix.lat, fix.lon)
  if (fix.ts - stay.to > gapMs) return distance <= bridgeM
  return distance <= withinM + Math.min(slackM, fix.accuracyM / 2)
}

function take(stay: Growing, fix: Fix, { gapMs }: StayParameters): void {
  if (fix.ts - stay.to > gapMs) stay.silentMs += fix.ts - stay.to
  const weight = weightOf(fix)
  stay.weight += weight
  stay.lat += ((fix.lat - stay.lat) * weight) / stay.weight
  stay.lon += ((fix.lon - stay.lon) * weight) / stay.weight
  stay.to = fix.ts
  stay.fixes++
}

/** A fix of half the radius says four times as much about the centre; below 10 m radii are not to be believed. */
function weightOf(fix: Fix): number {
  return 1 / Math.max(10, fix.accuracyM) ** 2
}

function merged(stays: readonly Growing[], { mergeMs, mergeM, atLeastMs }: StayParameters): Growing[] {
  const result: Growing[] = []
  for (const stay of stays) {
    if (stay.to - stay.from < atLeastMs) continue
    const last = result.at(-1)
    if (!last || stay.from - last.to > mergeMs || metresBetween(last.lat, last.lon, stay.lat, stay.lon) >= mergeM) {
      result.push(stay)
      continue
    }
    const weight = last.weight + stay.weight
    last.lat += ((stay.lat - last.lat) * stay.weight) / weight
    last.lon += ((stay.lon - last.lon) * stay.weight) / weight
    last.weight = weight
    last.to = stay.to
    last.silentMs += stay.silentMs
    last.fixes += stay.fixes
  }
  return result
}
