import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Area, mapPositions, type Polygon, type Ring } from './area.ts'
import { fromWgs84 } from './datum.ts'
import { localFrame, type Place } from './distance.ts'
import { GeoJsonError, parseGeoJson, tidyArea, toGeoJson } from './geojson.ts'
import { inspectArea, squareMetres } from './inspect.ts'
import { crossings, prepareArea } from './prepared.ts'
import { simplifyArea } from './simplify.ts'
import { box, county, liuzhou, naiveDistanceM, ringAbout } from './testing/areas.ts'
import { seeded } from './testing/fixes.ts'

const frame = localFrame(liuzhou)
const offset = (reach: number) =>
  fc.record({
    x: fc.double({ min: -reach, max: reach, noNaN: true }),
    y: fc.double({ min: -reach, max: reach, noNaN: true }),
  })

function agrees(area: Polygon, place: Place): void {
  const ready = prepareArea(area)
  const naive = naiveDistanceM(area.coordinates.flat(), place.lat, place.lon)
  const told = ready.distanceToEdgeM(place.lat, place.lon)
  if (Math.abs(naive) > 0.001) {
    expect(Math.sign(told)).toBe(Math.sign(naive))
    expect(ready.contains(place.lat, place.lon)).toBe(naive < 0)
  }
  if (Math.abs(naive) < ready.exactWithinM) expect(told).toBeCloseTo(naive, 3)
  else {
    expect(Math.abs(told)).toBeGreaterThanOrEqual(ready.exactWithinM)
    expect(Math.abs(told)).toBeLessThanOrEqual(Math.abs(naive) * 1.001)
  }
}

describe('a prepared polygon', () => {
  const sizes = fc.constantFrom(
    [4, 300],
    [12, 80],
    [40, 500],
    [300, 2_000],
    [700, 25_000],
    [5_000, 25_000],
  ) as fc.Arbitrary<[number, number]>

  test('agrees with looking at every edge, anywhere about it', () => {
    fc.assert(
      fc.property(sizes, fc.nat(20), offset(1), ([corners, radius], seed, { x, y }) => {
        const reach = radius * 1.6 + 800
        agrees(county(corners, radius, liuzhou, seed), frame.toPlace({ x: x * reach, y: y * reach }))
      }),
      { numRuns: 150 },
    )
  })

  test('agrees near its own line and corners', () => {
    fc.assert(
      fc.property(sizes, fc.nat(5_000), offset(60), ([corners, radius], pick, { x, y }) => {
        const area = county(corners, radius)
        const ring = area.coordinates[0]?.[0] ?? []
        const [lon, lat] = ring[pick % ring.length] ?? [0, 0]
        agrees(area, localFrame({ lat, lon }).toPlace({ x, y }))
      }),
      { numRuns: 150 },
    )
  })

  test('agrees with holes and several parts', () => {
    const area: Polygon = {
      kind: 'polygon',
      coordinates: [
        [ringAbout(200, 6_000, liuzhou, 1), ringAbout(60, 2_000, liuzhou, 2), ringAbout(30, 500, liuzhou, 4)],
        [box(12_000, 0, 900, 4_000)],
      ],
    }
    fc.assert(fc.property(offset(14_000), (place) => agrees(area, frame.toPlace(place))))
  })

  test('a long thin one costs no more than its corners', () => {
    const area: Polygon = {
      kind: 'polygon',
      coordinates: [
        [ringAbout(400, 20_000, liuzhou).map(([lon, lat]) => [lon, liuzhou.lat + (lat - liuzhou.lat) / 500])],
      ],
    }
    fc.assert(
      fc.property(offset(20_000), ({ x, y }) => agrees(area, frame.toPlace({ x, y: y / 50 }))),
      { numRuns: 60 },
    )
  })

  test('districts that touch have no line between them', () => {
    const city = prepareArea({
      kind: 'polygon',
      coordinates: [[box(0, 0, 5_000, 5_000)], [box(5_000, 0, 5_000, 5_000)]],
    })
    const between = frame.toPlace({ x: 5_000, y: 2_500 })
    expect(city.contains(between.lat, between.lon)).toBe(true)
    expect(city.distanceToEdgeM(between.lat, between.lon)).toBeLessThanOrEqual(-city.exactWithinM)
  })

  test('knows how deep it is', () => {
    expect(prepareArea(county(50)).depthM).toBe(500)
    const depth = prepareArea({ kind: 'polygon', coordinates: [[box(0, 0, 100, 60)]] }).depthM
    expect(depth).toBeGreaterThan(25)
    expect(depth).toBeLessThanOrEqual(30)
  })

  test('a county of 5,000 corners answers by the million', () => {
    const ready = prepareArea(county(5_000))
    const random = seeded(1)
    const places = Array.from({ length: 20_000 }, () =>
      frame.toPlace({ x: (random() - 0.5) * 6e4, y: (random() - 0.5) * 6e4 }),
    )
    let inside = 0
    const run = () => {
      for (const { lat, lon } of places) if (ready.distanceToEdgeM(lat, lon) < 0) inside++
    }
    for (let i = 0; i < 10; i++) run()
    const before = process.cpuUsage().user
    for (let i = 0; i < 25; i++) run()
    const perSecond = 500_000 / ((process.cpuUsage().user - before) / 1e6)
    expect(inside).toBeGreaterThan(0)
    // The aim is 2 M/s; a crowded machine may halve it twice before the grid is to blame.
    expect(perSecond).toBeGreaterThan(500_000)
  })
})

describe('circles and corridors', () => {
  test('a circle is signed metres from its rim', () => {
    const home = prepareArea({ kind: 'circle', coordinates: [liuzhou.lon, liuzhou.lat], radiusM: 100 })
    fc.assert(
      fc.property(offset(1_000), ({ x, y }) => {
        const { lat, lon } = frame.toPlace({ x, y })
        expect(home.distanceToEdgeM(lat, lon)).toBeCloseTo(Math.hypot(x, y) - 100, 0)
      }),
    )
  })

  test('a corridor is signed metres from its sides', () => {
    const line = [
      [0, 0],
      [3_000, 0],
      [3_000, 4_000],
    ].map(([x = 0, y = 0]) => {
      const { lat, lon } = frame.toPlace({ x, y })
      return [lon, lat] as const
    })
    const bank = prepareArea({ kind: 'corridor', coordinates: line, halfWidthM: 50 })
    const at = (x: number, y: number) => {
      const { lat, lon } = frame.toPlace({ x, y })
      return bank.distanceToEdgeM(lat, lon)
    }
    expect(at(1_000, 0)).toBeCloseTo(-50, 0)
    expect(at(1_000, 200)).toBeCloseTo(150, 0)
    expect(at(3_120, 2_000)).toBeCloseTo(70, 0)
    expect(at(-9_000, 0)).toBeGreaterThanOrEqual(500)
  })
})

describe('crossings', () => {
  const river = prepareArea({ kind: 'polygon', coordinates: [[box(1_000, -5_000, 80, 10_000)]] })

  test('two dry fixes on either bank crossed the river', () => {
    const found = crossings(river, frame.toPlace({ x: 0, y: 0 }), frame.toPlace({ x: 3_000, y: 0 }))
    expect(found.map((crossing) => crossing.to)).toEqual(['in', 'out'])
    expect(frame.toMetres(found[0]?.place ?? liuzhou).x).toBeCloseTo(1_000, -1)
    expect(frame.toMetres(found[1]?.place ?? liuzhou).x).toBeCloseTo(1_080, -1)
  })

  test('standing still or walking along crosses nothing', () => {
    const bank = frame.toPlace({ x: 990, y: 0 })
    expect(crossings(river, bank, bank)).toEqual([])
    expect(crossings(river, bank, frame.toPlace({ x: 990, y: 4_000 }))).toEqual([])
  })
})

describe('simplifying', () => {
  test('keeps every old corner within the tolerance', () => {
    const area = county(3_000)
    const simple = simplifyArea(area, 5)
    if (simple.kind !== 'polygon') throw new Error('kind changed')
    const rings = simple.coordinates.flat()
    expect(rings[0]?.length).toBeLessThan(2_900)
    for (const [lon, lat] of area.coordinates.flat(2))
      expect(Math.abs(naiveDistanceM(rings, lat, lon))).toBeLessThan(5.05)
  })

  test('a shared outline stays shared', () => {
    const wave = Array.from({ length: 200 }, (_, i) => frame.toPlace({ x: Math.sin(i / 3) * 2, y: i * 20 })).map(
      ({ lat, lon }) => [lon, lat] as const,
    )
    const [west, east] = [-5_000, 5_000].map((x) =>
      [frame.toPlace({ x, y: 3_980 }), frame.toPlace({ x, y: 0 })].map(({ lat, lon }) => [lon, lat] as const),
    )
    const [start] = wave
    if (!start || !west || !east) throw new Error('no line')
    const area: Polygon = { kind: 'polygon', coordinates: [[[...wave, ...west, start]], [[...wave, ...east, start]]] }
    const simple = simplifyArea(area, 5)
    const middle = frame.toPlace({ x: 0, y: 2_000 })
    expect(prepareArea(simple).distanceToEdgeM(middle.lat, middle.lon)).toBeLessThanOrEqual(-500)
    expect(simple.coordinates.flat(2).length).toBeLessThan(20)
  })
})

describe('import', () => {
  const square: Ring = box(0, 0, 4_000, 4_000)
  const polygon = (...rings: Ring[]): Area => ({ kind: 'polygon', coordinates: [rings] })
  const kinds = (area: Area, residences: Place[] = []) => inspectArea(area, residences).map((finding) => finding.kind)
  const homes = Array.from({ length: 40 }, (_, i) => frame.toPlace({ x: 50 + i * 98, y: 50 + ((i * 7) % 40) * 98 }))

  test('a sound county has no finding', () => expect(kinds(polygon(square), homes)).toEqual([]))

  test('what is wrong is named', () => {
    const swapped = mapPositions(polygon(square), ([lon, lat]) => [lat, lon])
    const bowTie: Ring = [square[0], square[2], square[1], square[3], square[0]].filter((p) => p !== undefined)
    expect(kinds(polygon([...square].reverse()))).toEqual(['wrong-orientation'])
    expect(kinds(polygon(square.slice(0, -1)))).toEqual(['ring-open'])
    expect(kinds(polygon(bowTie))).toContain('self-intersection')
    expect(kinds(swapped)).toEqual(['axes-swapped'])
    expect(kinds(mapPositions(polygon(square), ([lon, lat]) => [lon - 200, lat]))).toEqual(['outside-china'])
    expect(kinds(mapPositions(polygon(square), ([lon, lat]) => [lon * 1e4, lat]))).toEqual(['out-of-range'])
    expect(kinds(polygon(square.slice(0, 2)))).toEqual(['too-few-corners'])
    expect(kinds(polygon(box(0, 0, 3, 3)))).toEqual(['too-small'])
    expect(
      kinds(
        polygon(square),
        homes.map((home) => ({ ...home, lat: home.lat + 1 })),
      ),
    ).toEqual(['residences-outside'])
  })

  test.each(['GCJ02', 'BD09'] as const)('a file in %s is recognised by the residences that fall out', (datum) => {
    const file = mapPositions(polygon(square), ([lon, lat]) => {
      const place = fromWgs84(datum, lat, lon)
      return [place.lon, place.lat]
    })
    const [finding] = inspectArea(file, homes)
    expect(finding).toMatchObject({ kind: 'datum-mismatch', weight: 'refuse', datum })
  })

  test('what can be mended is mended', () => {
    const tidy = tidyArea(polygon([...square].reverse().slice(0, -1)))
    expect(inspectArea(tidy)).toEqual([])
    expect(squareMetres(tidy) / 16e6).toBeCloseTo(1, 2)
  })

  test('GeoJSON is read and written', () => {
    const areas: Area[] = [
      polygon(square, ringAbout(12, 100, liuzhou)),
      { kind: 'circle', coordinates: [109.4, 24.3], radiusM: 150 },
      {
        kind: 'corridor',
        coordinates: [
          [109.4, 24.3],
          [109.5, 24.3],
        ],
        halfWidthM: 30,
      },
    ]
    for (const area of areas) expect(parseGeoJson(JSON.parse(JSON.stringify(toGeoJson(area))))).toEqual(area)
    const collection = {
      type: 'FeatureCollection',
      features: [toGeoJson(polygon(square)), toGeoJson(polygon(box(4_000, 0, 10, 10)))],
    }
    expect(parseGeoJson(collection)).toMatchObject({ kind: 'polygon', coordinates: { length: 2 } })
  })

  test('GeoJSON that is not is refused with the reason', () => {
    const point = { type: 'Point', coordinates: [109, 24] }
    const mixed = {
      type: 'GeometryCollection',
      geometries: [
        { type: 'Polygon', coordinates: [square] },
        { type: 'Polygon', coordinates: 1 },
      ],
    }
    for (const bad of [null, [], 'x', {}, { type: 'Curve' }, point, { type: 'Polygon', coordinates: [] }, mixed]) {
      expect(() => parseGeoJson(bad)).toThrow(GeoJsonError)
    }
    expect(() => parseGeoJson({ type: 'Polygon', coordinates: [[[109, '24']]] })).toThrow('not a position')
    expect(() => parseGeoJson({ type: 'Feature', geometry: point, properties: { radiusM: -1 } })).toThrow('radiusM')
  })
})
