import { localFrame, metresBetween, type Place } from '@zhijiao/geo/distance'
import type { PreparedArea } from '@zhijiao/geo/prepared'
import { chanceOf } from '../chance.ts'

/** A way from one place to another, both ends included. */
export type Way = readonly Place[]

export interface Roads {
  /** Along the roads, never out of the area the roads were laid in. */
  way(from: Place, to: Place): Way
  readonly lines: readonly Way[]
}

/** Roads stay this far within the area, metres: more than a lawful traveller's fix can be off and still be believed. */
const marginM = 600
const neighbours = 4

interface Road {
  readonly to: number
  readonly line: Way
  readonly lengthM: number
}

/** Lays roads between places of one living area: each to its nearest, and what it takes to hang together. */
export function layRoads(seed: number, places: readonly Place[], area: PreparedArea): Roads {
  const roads: Road[][] = places.map(() => [])
  const join = (a: number, b: number): boolean => {
    const [from, to] = [places[a], places[b]]
    if (!from || !to || a === b || roads[a]?.some((road) => road.to === b)) return false
    const line = winding(seed, a, b, from, to)
    if (!line.every(({ lat, lon }) => area.distanceToEdgeM(lat, lon) < -marginM / 2)) return false
    const lengthM = lengthOf(line)
    roads[a]?.push({ to: b, line, lengthM })
    roads[b]?.push({ to: a, line: [...line].reverse(), lengthM })
    return true
  }
  const byDistance = places.map((place, i) =>
    places
      .map((other, j) => ({ j, m: metresBetween(place.lat, place.lon, other.lat, other.lon) }))
      .filter(({ j }) => j !== i)
      .sort((x, y) => x.m - y.m),
  )
  byDistance.forEach((near, i) => {
    for (const { j } of near.slice(0, neighbours)) join(i, j)
  })
  // A place that no road reaches gets the nearest road that can be built to one that is reached.
  for (let reached = reach(roads); reached.size < places.length; reached = reach(roads)) {
    const wanted = byDistance
      .flatMap((near, i) =>
        reached.has(i) ? [] : near.filter(({ j }) => reached.has(j)).map(({ j, m }) => ({ i, j, m })),
      )
      .sort((x, y) => x.m - y.m)
    if (!wanted.some(({ i, j }) => join(i, j))) break
  }
  const ways = new Map<string, Way>()
  const lines = roads.flatMap((from, i) => from.filter((road) => road.to > i).map((road) => road.line))
  return {
    lines,
    way(from, to) {
      if (metresBetween(from.lat, from.lon, to.lat, to.lon) < 600) return [from, to]
      const [a, b] = [entry(places, from, area), entry(places, to, area)]
      const key = `${a}-${b}`
      const known = ways.get(key) ?? shortest(roads, places, a, b)
      ways.set(key, known)
      return [from, ...known, to]
    },
  }
}

function reach(roads: readonly (readonly Road[])[]): Set<number> {
  const seen = new Set([0])
  const open = [0]
  for (let at = open.pop(); at !== undefined; at = open.pop())
    for (const { to } of roads[at] ?? [])
      if (!seen.has(to)) {
        seen.add(to)
        open.push(to)
      }
  return seen
}

/** The nearest place of the network that can be walked to without leaving the area. */
function entry(places: readonly Place[], from: Place, area: PreparedArea): number {
  const near = places
    .map((place, i) => ({ i, place, m: metresBetween(place.lat, place.lon, from.lat, from.lon) }))
    .sort((x, y) => x.m - y.m)
  const open = near.slice(0, 12).find(({ place }) =>
    [0.15, 0.3, 0.45, 0.6, 0.75, 0.9].every((t) => {
      const lat = from.lat + (place.lat - from.lat) * t
      const lon = from.lon + (place.lon - from.lon) * t
      return area.distanceToEdgeM(lat, lon) < -marginM / 3
    }),
  )
  return (open ?? near[0])?.i ?? 0
}

function shortest(roads: readonly (readonly Road[])[], places: readonly Place[], from: number, to: number): Way {
  const cost = new Map([[from, 0]])
  const came = new Map<number, { readonly at: number; readonly line: Way }>()
  const done = new Set<number>()
  for (;;) {
    let at = -1
    for (const [i, m] of cost) if (!done.has(i) && (at < 0 || m < (cost.get(at) ?? Number.POSITIVE_INFINITY))) at = i
    if (at < 0 || at === to) break
    done.add(at)
    for (const road of roads[at] ?? []) {
      const m = (cost.get(at) ?? 0) + road.lengthM
      if (m >= (cost.get(road.to) ?? Number.POSITIVE_INFINITY)) continue
      cost.set(road.to, m)
      came.set(road.to, { at, line: road.line })
    }
  }
  const legs: Way[] = []
  for (let at = to; at !== from; ) {
    const step = came.get(at)
    if (!step) break
    legs.unshift(step.line)
    at = step.at
  }
  const start = places[from]
  return legs.length === 0 ? (start ? [start] : []) : legs.flatMap((leg, i) => (i === 0 ? leg : leg.slice(1)))
}

/** A road bends a little: up to a tenth of its length aside. */
function winding(seed: number, a: number, b: number, from: Place, to: Place): Way {
  const frame = localFrame(from)
  const end = frame.toMetres(to)
  const chance = chanceOf(seed, 'road', Math.min(a, b), Math.max(a, b))
  const bends = Math.min(9, Math.floor(Math.hypot(end.x, end.y) / 800))
  const inner = Array.from({ length: bends }, (_, i) => {
    const t = (i + 1) / (bends + 1)
    const aside = chance.between(-0.08, 0.08) * Math.sin(Math.PI * t)
    return frame.toPlace({ x: end.x * t - end.y * aside, y: end.y * t + end.x * aside })
  })
  return [from, ...inner, to]
}

export function lengthOf(way: Way): number {
  let sum = 0
  way.forEach((here, i) => {
    const before = way[i - 1]
    if (before) sum += metresBetween(before.lat, before.lon, here.lat, here.lon)
  })
  return sum
}
