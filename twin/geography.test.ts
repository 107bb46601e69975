import { positionsOf } from '@zhijiao/geo/area'
import { inspectArea } from '@zhijiao/geo/inspect'
import { describe, expect, test } from 'vitest'
import { drawGeography, livingAreaFile, officesInCity } from './geography.ts'

describe('Z8 the twin’s city', { timeout: 30_000 }, () => {
  const city = drawGeography(1)

  test('the same seed draws the same city, another seed another one', () => {
    const again = drawGeography(1)
    expect(again.offices).toEqual(city.offices)
    expect(again.counties.map((c) => c.area)).toEqual(city.counties.map((c) => c.area))
    expect(drawGeography(2).offices).not.toEqual(city.offices)
  })

  test('nine counties and 170 offices, each office within its county', () => {
    expect(city.counties).toHaveLength(9)
    expect(city.offices).toHaveLength(officesInCity)
    expect(new Set(city.offices.map((o) => o.zh)).size).toBe(officesInCity)
    for (const office of city.offices) {
      const county = city.counties.find((c) => c.code === office.county)
      expect(county?.prepared.contains(office.at.lat, office.at.lon)).toBe(true)
    }
  })

  test.each([1, 2, 3, 4, 5, 6])('seed %i: the fence import would refuse no outline', (seed) => {
    for (const county of drawGeography(seed).counties) {
      expect(inspectArea(county.area).filter((f) => f.weight === 'refuse')).toEqual([])
      expect(livingAreaFile(county).properties.synthetic).toBe(true)
    }
  })

  test('neighbours share their border corner by corner', () => {
    const owners = new Map<string, number>()
    for (const county of city.counties)
      for (const key of new Set(positionsOf(county.area).map(String))) owners.set(key, (owners.get(key) ?? 0) + 1)
    const shared = [...owners.values()].filter((n) => n > 1).length
    expect(shared).toBeGreaterThan(300)
    const { area } = city.territoryOf('459001')
    for (const county of city.counties.filter((c) => c.urban))
      expect(area.contains(county.town.lat, county.town.lon)).toBe(true)
  })

  test('roads never leave the living area, and pass no closed place', () => {
    for (const county of city.counties) {
      const { roads, area } = city.territoryOf(county.code)
      const offices = city.offices.filter((o) => o.county === county.code)
      for (const office of offices)
        for (const corner of roads.way(county.town, office.at)) expect(area.contains(corner.lat, corner.lon)).toBe(true)
    }
  })
})
