import { DAY, HOUR, timeOfDay } from './day.ts'
import { apartM, type Place } from './distance.ts'
import type { Stay } from './stays.ts'

/** A place somebody keeps coming back to (常去地点): stays that lie together. */
export interface KnownPlace extends Place {
  readonly stays: readonly Stay[]
  /** Time spent there and how much of it between 00:00 and 06:00 Asia/Shanghai, ms. */
  readonly totalMs: number
  readonly nightMs: number
  /** home: where most of the small hours were spent. */
  readonly role: 'home' | 'other'
}

/**
 * Groups stays into places: stays within `withinM` (120 m) of each other, directly or through others, are one place. Most
 * visited first. A tower block is one place; two houses across a lane may be.
 */
export function findPlaces(stays: readonly Stay[], withinM = 120): KnownPlace[] {
  const group = stays.map((_, i) => i)
  const root = (i: number): number => {
    let at = i
    while (group[at] !== at) at = group[at] ?? at
    return at
  }
  stays.forEach((stay, i) => {
    for (let j = 0; j < i; j++) {
      const other = stays[j]
      if (other && apartM(stay, other) <= withinM) group[root(i)] = root(j)
    }
  })
  const together = new Map<number, Stay[]>()
  stays.forEach((stay, i) => {
    together.set(root(i), [...(together.get(root(i)) ?? []), stay])
  })
  const places = [...together.values()].map(placeOf).sort((a, b) => b.totalMs - a.totalMs)
  const home = places.reduce<Unnamed | null>((a, b) => (a && a.nightMs >= b.nightMs ? a : b), null)
  return places.map((place) => ({ ...place, role: place === home && place.nightMs > 0 ? 'home' : 'other' }))
}

type Unnamed = Omit<KnownPlace, 'role'>

function placeOf(stays: readonly Stay[]): Unnamed {
  const totalMs = stays.reduce((sum, stay) => sum + stay.to - stay.from, 0)
  const heft = (stay: Stay) => Math.max(1, stay.to - stay.from)
  const weight = stays.reduce((sum, stay) => sum + heft(stay), 0)
  const centre = (pick: (stay: Stay) => number) =>
    stays.reduce((sum, stay) => sum + pick(stay) * heft(stay), 0) / weight
  return {
    lat: centre((stay) => stay.lat),
    lon: centre((stay) => stay.lon),
    stays,
    totalMs,
    nightMs: stays.reduce((sum, stay) => sum + smallHours(stay.from, stay.to), 0),
  }
}

/** Milliseconds of [from, to) between 00:00 and 06:00 Asia/Shanghai. */
function smallHours(from: number, to: number): number {
  let sum = 0
  for (let midnight = from - timeOfDay(from); midnight < to; midnight += DAY) {
    sum += Math.max(0, Math.min(to, midnight + 6 * HOUR) - Math.max(from, midnight))
  }
  return sum
}
