import fc from 'fast-check'
import { type Fix, FixFlag } from '../fix.ts'

/** A plain accepted fix in Liuzhou with whatever a test cares about laid over it. */
export function aFix(over: Partial<Fix> = {}): Fix {
  return {
    ts: Date.UTC(2024, 4, 6, 2),
    lat: 24.3264,
    lon: 109.4281,
    accuracyM: 15,
    source: 'gnss',
    speedKmh: null,
    course: null,
    altitudeM: null,
    satellites: null,
    batteryPct: null,
    steps: null,
    seq: null,
    flags: 0,
    fault: 0,
    ...over,
  }
}

const tenths = (min: number, max: number) => fc.integer({ min: min * 10, max: max * 10 }).map((n) => n / 10)
const maybe = <T>(arb: fc.Arbitrary<T>) => fc.option(arb, { nil: null, freq: 3 })

/** Any fix the house can hold, already on the grid it is stored on. */
export const anyFix: fc.Arbitrary<Fix> = fc.record({
  ts: fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) }),
  lat: fc.integer({ min: -900_000_000, max: 900_000_000 }).map((n) => n / 1e7),
  lon: fc.integer({ min: -1_800_000_000, max: 1_800_000_000 }).map((n) => n / 1e7),
  accuracyM: tenths(0, 20_000),
  source: fc.constantFrom('gnss', 'fused', 'wifi', 'cell', 'unknown'),
  speedKmh: maybe(tenths(0, 400)),
  course: maybe(tenths(0, 360)),
  altitudeM: maybe(tenths(-500, 9_000)),
  satellites: maybe(fc.integer({ min: 0, max: 60 })),
  batteryPct: maybe(tenths(0, 100)),
  steps: maybe(fc.integer({ min: 0, max: 10_000_000 })),
  seq: maybe(fc.integer({ min: 0, max: 2 ** 40 })),
  flags: fc.integer({ min: 0, max: 1023 }),
  fault: fc.constantFrom(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
})

/** A band (手环) on a five-minute plan: still at home, walking to work, still there, with the noise bands have. */
export function bandDay(start: number, count = 288): Fix[] {
  const random = seeded(7)
  const fixes: Fix[] = []
  let [lat, lon, battery] = [24.3264, 109.4281, 96]
  for (let i = 0; i < count; i++) {
    const moving = (i > 90 && i < 102) || (i > 200 && i < 212)
    if (moving) {
      lat += (i > 150 ? -1 : 1) * (0.0015 + random() * 0.002)
      lon += (i > 150 ? -1 : 1) * (0.001 + random() * 0.002)
    }
    if (i % 5 === 0 && battery > 10) battery--
    fixes.push(
      aFix({
        ts: start + i * 300_000 + Math.floor(random() * 3) * 1000,
        lat: round(lat + (random() - 0.5) * 0.0001, 6),
        lon: round(lon + (random() - 0.5) * 0.0001, 6),
        speedKmh: moving ? round(4 + random() * 30, 1) : 0,
        course: moving ? Math.floor(random() * 360) : 0,
        altitudeM: 90 + Math.floor(random() * 10),
        satellites: 8 + Math.floor(random() * 5),
        batteryPct: battery,
        flags: FixFlag.authenticated | (moving ? FixFlag.moving : 0),
      }),
    )
  }
  return fixes
}

/** Twenty fixes ten seconds apart from a vehicle-like JT/T 808 device (1e-6 degrees, whole metres and degrees). */
export function denseBatch(start: number, seed = 1): Fix[] {
  const random = seeded(seed)
  let [lat, lon, speed, course] = [24.3264, 109.4281, 40, 70]
  return Array.from({ length: 20 }, (_, i) => {
    speed = Math.max(0, speed + (random() - 0.5) * 10)
    course = (course + (random() - 0.5) * 20 + 360) % 360
    const metres = (speed / 3.6) * 10
    lat += (Math.cos((course * Math.PI) / 180) * metres) / 111_195
    lon += (Math.sin((course * Math.PI) / 180) * metres) / 101_300
    return aFix({
      ts: start + i * 10_000,
      lat: round(lat, 6),
      lon: round(lon, 6),
      speedKmh: round(speed, 1),
      course: Math.floor(course),
      altitudeM: 90 + Math.floor(random() * 6),
      satellites: 10 + Math.floor(random() * 3),
      flags: FixFlag.authenticated | FixFlag.moving,
    })
  })
}

/** A repeatable source of numbers in [0, 1) (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = state
    t = Math.imul(t ^ (t >>> 15), t | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}
