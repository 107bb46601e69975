import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { apartM, bearingDeg, haversineM, localFrame, metresBetween, transplant } from './distance.ts'

const aPlace = fc.record({
  lat: fc.double({ min: 3, max: 54, noNaN: true }),
  lon: fc.double({ min: 73, max: 136, noNaN: true }),
})
const aStep = fc.record({
  x: fc.double({ min: -30_000, max: 30_000, noNaN: true }),
  y: fc.double({ min: -30_000, max: 30_000, noNaN: true }),
})

describe('distance', () => {
  test('Liuzhou to Guilin is about 137 km', () => {
    expect(haversineM(24.3264, 109.4281, 25.2736, 110.29) / 1000).toBeCloseTo(136.6, 0)
  })

  test('the local plane agrees with the sphere', () => {
    fc.assert(
      fc.property(aPlace, aStep, (place, step) => {
        const other = localFrame(place).toPlace(step)
        const far = haversineM(place.lat, place.lon, other.lat, other.lon)
        expect(Math.abs(metresBetween(place.lat, place.lon, other.lat, other.lon) - far)).toBeLessThanOrEqual(
          far / 1000 + 1e-3,
        )
      }),
    )
  })

  test('a frame goes there and back', () => {
    fc.assert(
      fc.property(aPlace, aStep, (place, step) => {
        const frame = localFrame(place)
        const back = frame.toMetres(frame.toPlace(step))
        expect(Math.hypot(back.x - step.x, back.y - step.y)).toBeLessThan(1e-3)
      }),
    )
  })

  test('bearings run clockwise from north', () => {
    const here = { lat: 24.3, lon: 109.4 }
    expect(bearingDeg(here, { lat: 24.4, lon: 109.4 })).toBeCloseTo(0, 6)
    expect(bearingDeg(here, { lat: 24.3, lon: 109.5 })).toBeCloseTo(90, 1)
    expect(bearingDeg(here, { lat: 24.2, lon: 109.4 })).toBeCloseTo(180, 6)
    expect(bearingDeg(here, { lat: 24.3, lon: 109.3 })).toBeCloseTo(270, 1)
  })

  test('a trace keeps its lengths when it is moved', () => {
    const home = { lat: 37.391, lon: -122.0865 }
    const trace = [home, { lat: 37.395, lon: -122.08 }, { lat: 37.36, lon: -122.06 }]
    const moved = transplant(trace, home, { lat: 24.3264, lon: 109.4281 })
    for (let i = 1; i < trace.length; i++) {
      const [a, b, c, d] = [trace[i - 1], trace[i], moved[i - 1], moved[i]]
      if (a && b && c && d) expect(apartM(c, d) / apartM(a, b)).toBeCloseTo(1, 2)
    }
  })
})
