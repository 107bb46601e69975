import { prepareArea } from '@zhijiao/geo/prepared'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { makeBook } from './book.ts'
import { livingTerritories } from './domain.ts'
import type { StoredFence } from './store.ts'
import { unionOf } from './union.ts'

const box = (west: number, east: number): StoredFence['area'] => ({
  kind: 'polygon',
  coordinates: [
    [
      [
        [west, 24],
        [east, 24],
        [east, 24.2],
        [west, 24.2],
        [west, 24],
      ],
    ],
  ],
})
const fence = (
  id: string,
  org: string,
  area: StoredFence['area'],
  kind: StoredFence['kind'] = 'livingArea',
): StoredFence => ({
  id,
  org,
  name: id,
  kind,
  area,
  datum: 'WGS84',
  sourceNote: '',
  calendar: null,
  dwellMin: 0,
  basis: '',
  synthetic: true,
  personal: false,
  active: true,
  createdBy: null,
  createdAt: new Date(0),
  revision: 1,
})
const east = { code: '450202', name: '城东区', urban: true }
const west = { code: '450203', name: '城西区', urban: true }
const rural = { code: '450221', name: '河口县', urban: false }
const far = { code: '450302', name: '外市区', urban: true }
const all = [east, west, rural, far]

describe('living area 市、县 (实施办法 26, handbook trap 6)', () => {
  test('an urban resident moves in every district of the same city, and no other city', () =>
    expect(livingTerritories('450202001', all)).toEqual([east, west]))
  test('a county resident moves in that county', () => expect(livingTerritories('450221003', all)).toEqual([rural]))
  test('an unknown unit has no living area', () => expect(livingTerritories('45', all)).toEqual([]))

  const districts = [fence('w', west.code, box(109, 109.2)), fence('e', east.code, box(109.2001, 109.4))]
  test('crossing from district to district is no crossing; the sliver between two files is no hole', () => {
    const [living] = makeBook(districts, [], all).bindings('p', '450202001', '2026-11-20')
    const distance = (lon: number) => living?.rule.area.distanceToEdgeM(24.1, lon) ?? Number.NaN
    expect(living).toMatchObject({ id: 'e', kind: 'livingArea' })
    expect(distance(109.1)).toBeLessThan(0)
    expect(distance(109.3)).toBeLessThan(0)
    expect(distance(109.20005)).toBeLessThan(20)
    expect(distance(109.45)).toBeGreaterThan(400)
  })
  test('with one district missing nobody of the city is watched, a county resident still is', () => {
    const book = makeBook([fence('e', east.code, box(109.2, 109.4)), fence('r', rural.code, box(110, 110.2))], [], all)
    expect(book.bindings('p', '450202001', '2026-11-20')).toEqual([])
    expect(book.bindings('p', '450221001', '2026-11-20')).toMatchObject([{ id: 'r' }])
  })
  test('an area drawn for one person takes the place of the unit’s, for its days only', () => {
    const own = { ...fence('own', west.code, box(108, 111)), personal: true }
    const book = makeBook(
      [...districts, own],
      [{ person: 'p', fence: 'own', from: '2026-11-01', until: '2026-11-30' }],
      all,
    )
    expect(book.bindings('p', '450202001', '2026-11-20').map((b) => b.id)).toEqual(['own'])
    expect(book.bindings('p', '450202001', '2026-12-01').map((b) => b.id)).toEqual(['e'])
    expect(book.bindings('q', '450202001', '2026-11-20').map((b) => b.id)).toEqual(['e'])
  })
  test('what was drawn for one person under a county’s code is no part of that county, bound or not', () => {
    const own = { ...fence('own', rural.code, box(110.2, 110.4)), personal: true }
    const county = fence('r', rural.code, box(110, 110.2))
    const bound = [{ person: 'p', fence: 'own', from: '2026-11-01', until: '2026-11-30' }]
    for (const assigned of [[], bound]) {
      const book = makeBook([own, county], assigned, all)
      const [living] = book.bindings('q', '450221001', '2026-11-20')
      expect(living).toMatchObject({ id: 'r' })
      expect([living?.rule.area.contains(24.1, 110.1), living?.rule.area.contains(24.1, 110.3)]).toEqual([true, false])
      expect(book.destination([rural.code])?.contains(24.1, 110.3)).toBe(false)
      expect([book.territoryAt(24.1, 110.1), book.territoryAt(24.1, 110.3)]).toEqual(['河口县', null])
    }
    // Nor does it stand in for an outline that was never imported.
    const alone = makeBook([own], bound, all)
    expect(alone.bindings('q', '450221001', '2026-11-20')).toEqual([])
    expect(alone.bindings('p', '450221001', '2026-11-20')).toMatchObject([{ id: 'own' }])
    expect(alone.destination([rural.code])).toBeNull()
  })
  test('one outline is prepared once and shared', () => {
    const book = makeBook(
      [fence('x', '4502', box(109, 109.1), 'forbidden')],
      [
        { person: 'p', fence: 'x', from: '2026-01-01', until: null },
        { person: 'q', fence: 'x', from: '2026-01-01', until: null },
      ],
      all,
    )
    expect(book.bindings('p', '45', '2026-11-20')[0]).toBe(book.bindings('q', '45', '2026-11-20')[0])
  })
})

describe('where an approval leads', () => {
  const drawn = [
    fence('w', west.code, box(109, 109.2)),
    fence('e', east.code, box(109.2, 109.4)),
    fence('r', rural.code, box(110, 110.2)),
  ]
  const book = makeBook(drawn, [], all)
  const holds = (areas: readonly string[], lon: number) => book.destination(areas)?.contains(24.1, lon)
  test('a district means its whole city, a county itself, a city’s own code all of its counties', () => {
    expect([holds([west.code], 109.3), holds([west.code], 110.1)]).toEqual([true, false])
    expect([holds([rural.code], 109.1), holds([rural.code], 110.1)]).toEqual([false, true])
    expect([109.1, 109.3, 110.1, 111].map((lon) => holds(['450200'], lon))).toEqual([true, true, true, false])
  })
  test('several places are one; one that is not drawn, or that nobody knows, leaves all of it unknown', () => {
    expect([holds([west.code, rural.code], 109.1), holds([west.code, rural.code], 110.1)]).toEqual([true, true])
    expect(book.destination([west.code, '450999'])).toBeNull()
    expect(book.destination([])).toBeNull()
    expect(makeBook(drawn.slice(1), [], all).destination([east.code])).toBeNull()
  })
  test('an outline is joined once', () => {
    expect(book.destination([west.code])).toBe(book.destination([west.code]))
  })
  test('the territory of a place by its name, none where nothing is drawn', () => {
    expect(book.territoryAt(24.1, 109.3)).toBe(east.name)
    expect(book.territoryAt(24.1, 110.1)).toBe(rural.name)
    expect(book.territoryAt(25, 109.3)).toBeNull()
  })
})

test('a union contains what any of its parts contains', () => {
  const parts = [box(109, 109.2), box(109.1, 109.3), box(109.5, 109.6)].map((a) => prepareArea(a))
  const joined = unionOf(parts)
  fc.assert(
    fc.property(
      fc.double({ min: 23.9, max: 24.3, noNaN: true }),
      fc.double({ min: 108.9, max: 109.7, noNaN: true }),
      (lat, lon) => {
        const any = parts.some((p) => p.contains(lat, lon))
        expect(joined?.contains(lat, lon)).toBe(any)
        expect((joined?.distanceToEdgeM(lat, lon) ?? 0) > 0).toBe(!any)
      },
    ),
  )
  expect(unionOf([])).toBeNull()
})
