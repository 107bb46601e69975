import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'

/**
 * Signs that positions are made up (positioning.md §3.8). Each is common among honest phones, so none accuses alone:
 * only different signs together make a suspicion.
 */
export interface SpoofSigns {
  /** Fixes the phone itself called simulated. */
  mock: number
  /** Leaps no vehicle makes. */
  leaps: number
  /** Fixes in a row with the same radius and height to the last digit while moving. */
  frozen: number
  /** Fixes in a row exactly on a grid of 1e-4 degrees. */
  grid: number
  /** First of them, ms UTC. */
  since: number
  told: 0 | 1 | 2
  lastAccuracy: number
  lastAltitude: number
}

export const spoofStart = (): SpoofSigns => ({
  mock: 0,
  leaps: 0,
  frozen: 0,
  grid: 0,
  since: 0,
  told: 0,
  lastAccuracy: -1,
  lastAltitude: Number.NaN,
})

/** Whether a fix is worth a second look at all; false for nearly all of them. */
export function looksOdd(fix: Fix): boolean {
  return (fix.flags & FixFlag.mock) !== 0 || fix.fault === FixFault.tooFast || onGrid(fix)
}

function onGrid(fix: Fix): boolean {
  const lat = fix.lat * 1e4
  const lon = fix.lon * 1e4
  return Math.abs(lat - Math.round(lat)) < 1e-6 && Math.abs(lon - Math.round(lon)) < 1e-6
}

/** Counts the signs of one fix. */
export function count(signs: SpoofSigns, fix: Fix): void {
  if ((fix.flags & FixFlag.mock) !== 0) signs.mock++
  if (fix.fault === FixFault.tooFast) signs.leaps++
  signs.grid = onGrid(fix) ? signs.grid + 1 : 0
  const moving = (fix.flags & FixFlag.moving) !== 0 || (fix.speedKmh ?? 0) > 5
  const same = fix.accuracyM === signs.lastAccuracy && fix.altitudeM !== null && fix.altitudeM === signs.lastAltitude
  signs.frozen = moving && same ? signs.frozen + 1 : 0
  signs.lastAccuracy = fix.accuracyM
  signs.lastAltitude = fix.altitudeM ?? Number.NaN
  if (signs.since === 0 && scoreOf(signs).score > 0) signs.since = fix.ts
}

/** How much the signs say together, 0–1, and how many different ones there are. */
export function scoreOf(signs: SpoofSigns): { readonly score: number; readonly different: number } {
  const weights = [
    signs.mock >= 3 ? 0.55 : signs.mock > 0 ? 0.3 : 0,
    signs.leaps >= 2 ? 0.4 : signs.leaps > 0 ? 0.2 : 0,
    signs.frozen > 50 ? 0.4 : 0,
    signs.grid >= 10 ? 0.3 : 0,
  ]
  return {
    score: 1 - weights.reduce((doubt, w) => doubt * (1 - w), 1),
    different: weights.filter((w) => w > 0).length,
  }
}
