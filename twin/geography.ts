/**
 * The ground the twin stands on: one invented city of nine counties and 170 judicial offices, drawn anew from a seed and
 * placed at Liuzhou's latitude. No border, name or cell of it is a real one (positioning.md §6: no county boundary ships).
 */
import type { Area, Position } from '@zhijiao/geo/area'
import { localFrame, type Metres, metresBetween, type Place } from '@zhijiao/geo/distance'
import { tidyArea, toGeoJson } from '@zhijiao/geo/geojson'
import { inspectArea } from '@zhijiao/geo/inspect'
import { type PreparedArea, prepareArea } from '@zhijiao/geo/prepared'
import { type Chance, chanceOf } from './chance.ts'
import { raiseTowers, type Tower } from './geography/cells.ts'
import { cityName, countyNames, provinceName, townshipNames } from './geography/names.ts'
import { bend, type Outline, oval, shares } from './geography/outline.ts'
import { layRoads, type Roads } from './geography/roads.ts'

/** Degrees WGS-84. The middle of the invented city. */
export const origin: Place = { lat: 24.33, lon: 109.42 }
const halfEastM = 52_000
const halfNorthM = 44_000
/** Rough radius of the urban districts together, metres. */
const urbanM = 14_000
export const officesInCity = 170

export interface Named {
  readonly code: string
  readonly zh: string
  readonly en: string
}

export interface County extends Named {
  readonly urban: boolean
  readonly area: Area
  readonly prepared: PreparedArea
  readonly town: Place
}

export interface Office extends Named {
  readonly county: string
  readonly at: Place
}

/** A place an injunction may close to somebody: a street of internet cafés, a bar. */
export interface ForbiddenPlace extends Named {
  readonly county: string
  readonly at: Place
  readonly radiusM: number
}

/** Where people go: what for, and in which county. */
export interface Spot {
  readonly kind: 'hospital' | 'market' | 'factory' | 'school' | 'park'
  readonly county: string
  readonly at: Place
}

/** What a resident of a county may move in: the county, or all urban districts together (实施办法 26). */
export interface Territory {
  readonly counties: readonly string[]
  readonly area: PreparedArea
  readonly roads: Roads
}

export interface Geography {
  readonly seed: number
  readonly province: Named
  readonly city: Named
  readonly counties: readonly County[]
  readonly offices: readonly Office[]
  readonly forbidden: readonly ForbiddenPlace[]
  readonly spots: readonly Spot[]
  readonly towers: readonly Tower[]
  territoryOf(county: string): Territory
  /** A place of the county, at least `marginM` within its living area. */
  somewhereIn(county: string, chance: Chance, marginM?: number): Place
}

/** Draws the city of a seed. About a quarter of a second. */
export function drawGeography(seed: number): Geography {
  const chance = chanceOf(seed, 'geography')
  const sites = countySites(chance)
  const outlines = drawBorders(seed, sites)
  const counties = countyNames.map((name, i): County => {
    const area = areaOf(outlines[i] ?? [])
    const code = `45900${i + 1}`
    return {
      code,
      zh: name.zh,
      en: name.en,
      urban: name.urban,
      area,
      prepared: prepareArea(area),
      town: placeOf(sites[i]),
    }
  })
  const offices = foundOffices(seed, counties)
  const territories = new Map<string, Territory>()
  const urban = counties.filter((c) => c.urban)
  const places = (of: readonly County[]) => [
    ...of.map((c) => c.town),
    ...offices.filter((o) => of.some((c) => c.code === o.county)).map((o) => o.at),
  ]
  const territory = (of: readonly County[]): Territory => {
    const area = of.length === 1 && of[0] ? of[0].prepared : prepareArea(joined(of))
    return { counties: of.map((c) => c.code), area, roads: layRoads(seed, places(of), area) }
  }
  const downtown = territory(urban)
  for (const county of counties) territories.set(county.code, county.urban ? downtown : territory([county]))
  const territoryOf = (code: string) => territories.get(code) ?? downtown
  const somewhereIn = (code: string, by: Chance, marginM = 700): Place => {
    const county = counties.find((c) => c.code === code) ?? counties[0]
    if (!county) return origin
    const { area } = territoryOf(code)
    const frame = localFrame(county.town)
    const reach = county.urban ? 5_000 : 9_000
    for (let tries = 0; tries < 40; tries++) {
      // Denser toward the town, as people live.
      const far = reach * by.unit() ** 0.8
      const angle = by.between(0, 2 * Math.PI)
      const at = frame.toPlace({ x: far * Math.cos(angle), y: far * Math.sin(angle) })
      if (county.prepared.contains(at.lat, at.lon) && area.distanceToEdgeM(at.lat, at.lon) < -Math.min(marginM, 480))
        return at
    }
    return county.town
  }
  return {
    seed,
    province: { code: '45', ...provinceName },
    city: { code: '4590', ...cityName },
    counties,
    offices,
    forbidden: closePlaces(seed, counties, territoryOf),
    spots: openSpots(seed, counties, somewhereIn),
    towers: raiseTowers(seed, origin, halfEastM, halfNorthM, urbanM),
    territoryOf,
    somewhereIn,
  }
}

/** A county's outline as the fence import reads it; synthetic by its own word. */
export function livingAreaFile(county: County) {
  const feature = toGeoJson(county.area)
  return { ...feature, properties: { ...feature.properties, name: county.zh, code: county.code, synthetic: true } }
}

function countySites(chance: Chance): Metres[] {
  return countyNames.map((name, i) => {
    const ring = name.urban ? 4 : 5
    const angle = ((name.urban ? i : i - 4) / ring) * 2 * Math.PI + chance.between(-0.15, 0.15)
    const far = name.urban ? chance.between(5_000, 6_500) : chance.between(27_000, 30_000)
    return { x: far * Math.cos(angle), y: far * Math.sin(angle) * 0.9 }
  })
}

/** Borders as rough as they can be without crossing themselves. */
function drawBorders(seed: number, sites: readonly Metres[]): Outline[] {
  const straight = shares(sites, oval(halfEastM, halfNorthM))
  for (const roughness of [0.14, 0.1, 0.06, 0.03]) {
    const bent = straight.map((outline) => bend(outline, seed, roughness))
    if (bent.every((outline) => inspectArea(areaOf(outline)).every((finding) => finding.weight !== 'refuse')))
      return bent
  }
  return straight
}

function foundOffices(seed: number, counties: readonly County[]): Office[] {
  const names = townshipNames(seed, officesInCity)
  const each = Math.ceil(officesInCity / counties.length)
  return counties.flatMap((county, c) => {
    const chance = chanceOf(seed, 'offices', county.code)
    const count = Math.min(each, officesInCity - c * each)
    const frame = localFrame(county.town)
    const taken: Place[] = [county.town]
    return Array.from({ length: count }, (_, i): Office => {
      const name = names[c * each + i] ?? { zh: `第${i}`, en: `No ${i}` }
      // Of many places the one farthest from its neighbours, so that offices spread over the county.
      let best: Place = county.town
      let bestM = -1
      for (let tries = 0; tries < 60; tries++) {
        const reach = county.urban ? 7_000 : 16_000
        const at = frame.toPlace({ x: chance.between(-reach, reach), y: chance.between(-reach, reach) })
        if (county.prepared.distanceToEdgeM(at.lat, at.lon) > -499) continue
        const m = Math.min(...taken.map((t) => metresBetween(t.lat, t.lon, at.lat, at.lon)))
        if (m > bestM) [best, bestM] = [at, m]
      }
      taken.push(best)
      return {
        code: `${county.code}${String(i + 1).padStart(3, '0')}`,
        zh: `${name.zh}${county.urban ? '街道' : i % 4 === 3 ? '乡' : '镇'}司法所`,
        en: `${name.en} Judicial Office`,
        county: county.code,
        at: best,
      }
    })
  })
}

const closedKinds = [
  { zh: '网吧一条街', en: 'Internet café street' },
  { zh: '夜色酒吧', en: 'Night Colours Bar' },
  { zh: '旧货市场', en: 'Second-hand market' },
] as const

/** Away from every road by more than their radius and a fix's error, so that nobody enters one by passing. */
function closePlaces(
  seed: number,
  counties: readonly County[],
  territoryOf: (code: string) => Territory,
): ForbiddenPlace[] {
  return counties.flatMap((county) =>
    closedKinds.map((kind, i): ForbiddenPlace => {
      const chance = chanceOf(seed, 'forbidden', county.code, i)
      const frame = localFrame(county.town)
      const radiusM = 150
      const { roads, area } = territoryOf(county.code)
      const corners = roads.lines.flatMap(dense)
      let at = county.town
      for (let tries = 0; tries < 200; tries++) {
        const far = chance.between(1_200, 4_500)
        const angle = chance.between(0, 2 * Math.PI)
        at = frame.toPlace({ x: far * Math.cos(angle), y: far * Math.sin(angle) })
        const clear = corners.every((p) => metresBetween(p.lat, p.lon, at.lat, at.lon) > radiusM + 250)
        if (clear && area.distanceToEdgeM(at.lat, at.lon) < -499) break
      }
      return {
        code: `${county.code}-F${i + 1}`,
        zh: `${county.zh}${kind.zh}`,
        en: `${kind.en}, ${county.en}`,
        county: county.code,
        at,
        radiusM,
      }
    }),
  )
}

function openSpots(
  seed: number,
  counties: readonly County[],
  somewhereIn: (county: string, chance: Chance, marginM?: number) => Place,
): Spot[] {
  const plan = { hospital: 2, market: 4, factory: 6, school: 2, park: 3 } as const
  return counties.flatMap((county) =>
    (Object.keys(plan) as (keyof typeof plan)[]).flatMap((kind) =>
      Array.from({ length: plan[kind] }, (_, i): Spot => {
        const chance = chanceOf(seed, 'spot', county.code, kind, i)
        return { kind, county: county.code, at: somewhereIn(county.code, chance) }
      }),
    ),
  )
}

/** A road's bends and three points between each two. */
function dense(line: readonly Place[]): Place[] {
  return line.flatMap((to, i) => {
    const from = line[i - 1]
    if (!from) return [to]
    return [0.25, 0.5, 0.75, 1].map((t) => ({
      lat: from.lat + (to.lat - from.lat) * t,
      lon: from.lon + (to.lon - from.lon) * t,
    }))
  })
}

/** Several counties as one area. Where two of them touch, both rings run along the shared border: it is no edge of the whole. */
function joined(counties: readonly County[]): Area {
  const rings = counties.flatMap((c) =>
    c.area.kind === 'polygon' ? c.area.coordinates.flatMap((r) => r.slice(0, 1)) : [],
  )
  const key = (p: Position) => `${p[0]},${p[1]}`
  const next = new Map<string, Position>()
  const held = new Set(rings.flatMap((ring) => ring.slice(1).map((to, i) => `${key(ring[i] ?? to)}>${key(to)}`)))
  for (const ring of rings)
    for (let i = 1; i < ring.length; i++) {
      const [from, to] = [ring[i - 1], ring[i]]
      if (from && to && !held.has(`${key(to)}>${key(from)}`)) next.set(key(from), to)
    }
  const outer: Position[][] = []
  while (next.size > 0) {
    const [first] = next.keys()
    const ring: Position[] = []
    for (let at = first; at !== undefined; ) {
      const to = next.get(at)
      if (!to) break
      next.delete(at)
      ring.push(to)
      at = key(to)
    }
    const start = ring[0]
    if (start && ring.length > 3) outer.push(key(start) === key(ring.at(-1) ?? start) ? ring : [...ring, start])
  }
  return tidyArea({ kind: 'polygon', coordinates: outer.map((ring) => [ring]) })
}

const plane = localFrame(origin)
/** Corners at a millionth of a degree, the same from either side of a border. */
const placeOf = (at: Metres | undefined): Place => {
  const { lat, lon } = at ? plane.toPlace(at) : origin
  return { lat: Math.round(lat * 1e6) / 1e6, lon: Math.round(lon * 1e6) / 1e6 }
}

function areaOf(outline: Outline): Area {
  const ring = outline.map((corner): Position => {
    const { lat, lon } = placeOf(corner)
    return [lon, lat]
  })
  return tidyArea({ kind: 'polygon', coordinates: [[ring]] })
}
