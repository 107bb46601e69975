import { describe, expect, test } from 'vitest'
import { addDays, dayStart, HOUR, MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import { type Fix, FixFlag } from './fix.ts'
import { findPlaces } from './places.ts'
import { findStays, type Stay } from './stays.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix, seeded } from './testing/fixes.ts'
import { namesWithTrips, readTrace, readTrips } from './testing/traces.ts'

const start = dayStart('2024-05-06')
const frame = localFrame(liuzhou)
const at = (x: number, minute: number, over: Partial<Fix> = {}) =>
  aFix({ ts: start + minute * MINUTE, ...frame.toPlace({ x, y: 0 }), ...over })
const line = (x: number, from: number, to: number, over: Partial<Fix> = {}) =>
  Array.from({ length: to - from }, (_, i) => at(x, from + i, over))
const minutes = (stays: readonly Stay[]) =>
  stays.map((stay) => [(stay.from - start) / MINUTE, (stay.to - start) / MINUTE])

describe('stays', () => {
  test('home, a way, work', () => {
    const way = Array.from({ length: 10 }, (_, i) => at(500 * (i + 1), 60 + i))
    expect(minutes(findStays([...line(0, 0, 60), ...way, ...line(5_500, 70, 100)]))).toEqual([
      [0, 59],
      [70, 99],
    ])
  })

  test('one wild fix does not cut a stay in two', () => {
    expect(minutes(findStays([...line(0, 0, 30), at(900, 30), ...line(0, 31, 60)]))).toEqual([[0, 59]])
  })

  test('silence is bridged at one place only, and said', () => {
    const [stay] = findStays([...line(0, 0, 20), ...line(50, 140, 160)])
    expect(stay).toMatchObject({ from: start, silentMs: 121 * MINUTE })
    expect(findStays([...line(0, 0, 20), ...line(400, 140, 160)])).toHaveLength(2)
  })

  test('short stops, simulated and vague fixes make none', () => {
    expect(findStays(line(0, 0, 5))).toEqual([])
    expect(findStays(line(0, 0, 60, { flags: FixFlag.mock }))).toEqual([])
    expect(findStays(line(0, 0, 60, { accuracyM: 800 }))).toEqual([])
    expect(findStays([])).toEqual([])
  })

  test('real days agree with their accepted trips', () => {
    const tolerance = 10 * MINUTE
    let [truths, hits, found, right] = [0, 0, 0, 0]
    for (const name of namesWithTrips()) {
      const trips = readTrips(name)
      const stays = findStays(readTrace(name).fixes)
      const between = trips.slice(1).map((trip, i) => ({ from: trips[i]?.end ?? 0, to: trip.start }))
      const agrees = (stay: Stay, truth: { from: number; to: number }) =>
        Math.abs(stay.from - truth.from) <= tolerance && Math.abs(stay.to - truth.to) <= tolerance
      const [first, last] = [trips[0]?.start ?? 0, trips.at(-1)?.end ?? 0]
      const inside = stays.filter((stay) => stay.from > first && stay.to < last)
      truths += between.length
      hits += between.filter((truth) => stays.some((stay) => agrees(stay, truth))).length
      found += inside.length
      right += inside.filter((stay) => between.some((truth) => agrees(stay, truth))).length
    }
    const recall = hits / truths
    const precision = right / found
    console.info(
      `stays on ${truths} accepted: recall ${recall.toFixed(2)}, precision ${precision.toFixed(2)} (±10 min at both ends)`,
    )
    expect(truths).toBeGreaterThan(20)
    expect(recall).toBeGreaterThanOrEqual(0.7)
    expect(precision).toBeGreaterThanOrEqual(0.7)
  })
})

describe('places', () => {
  test('are stays that lie together; home is where the small hours pass', () => {
    const random = seeded(2)
    const days = Array.from({ length: 10 }, (_, i) => i).flatMap((day) => {
      const base = dayStart(addDays('2024-05-06', day))
      const stay = (x: number, from: number, to: number): Stay => ({
        ...frame.toPlace({ x: x + random() * 40, y: 0 }),
        from: base + from * HOUR,
        to: base + to * HOUR,
        silentMs: 0,
        fixes: 10,
      })
      return [stay(0, 0, 7), stay(3_000, 8, 19), stay(0, 20, 24)]
    })
    const places = findPlaces(days)
    expect(places.map((place) => [place.role, place.stays.length])).toEqual(
      expect.arrayContaining([
        ['home', 20],
        ['other', 10],
      ]),
    )
    expect(places.find((place) => place.role === 'home')?.nightMs).toBe(60 * HOUR)
    expect(findPlaces([])).toEqual([])
  })
})
