import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import type { Fence } from './fence.ts'
import { type Fix, FixFlag } from './fix.ts'
import { type PresenceInterval, replay } from './history.ts'
import { prepareArea } from './prepared.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix } from './testing/fixes.ts'

const from = Date.UTC(2024, 4, 5, 16)
const to = from + 24 * HOUR
const frame = localFrame(liuzhou)
const area = prepareArea({ kind: 'circle', coordinates: [liuzhou.lon, liuzhou.lat], radiusM: 100 })
const home: Fence = { rule: 'stay-in', area, size: 'small', calendar: null, dwellMinutes: 0 }
const at = (x: number, minute: number, over: Partial<Fix> = {}) =>
  aFix({ ts: from + minute * MINUTE, ...frame.toPlace({ x, y: 0 }), ...over })
const told = (intervals: readonly PresenceInterval[]) =>
  intervals.map((interval) => [
    interval.at,
    interval.reason,
    (interval.from - from) / MINUTE,
    (interval.to - from) / MINUTE,
  ])
const stay = (x: number, start: number, end: number, over: Partial<Fix> = {}) =>
  Array.from({ length: (end - start) / 10 }, (_, i) => at(x, start + i * 10, over))

describe('a day told afterwards', () => {
  test('home, out, home', () => {
    const fixes = [...stay(0, 0, 600), ...stay(900, 600, 720), ...stay(0, 720, 1_440)]
    expect(told(replay(fixes, home, { from, to }))).toEqual([
      ['in', 'confirmed', 0, 600],
      ['out', 'confirmed', 600, 720],
      ['in', 'confirmed', 720, 1_440],
    ])
  })

  test('a stored upload fills what was unknown', () => {
    const live = [...stay(0, 0, 600), ...stay(0, 900, 1_440)]
    const blind = stay(900, 600, 900, { flags: FixFlag.blind | FixFlag.late })
    expect(told(replay(live, home, { from, to }))).toEqual([
      ['in', 'confirmed', 0, 590],
      ['unknown', 'silence', 590, 900],
      ['in', 'confirmed', 900, 1_440],
    ])
    expect(told(replay([...live, ...blind], home, { from, to }))[1]).toEqual(['out', 'confirmed', 600, 900])
  })

  test('too little to tell is said to be', () => {
    expect(told(replay([], home, { from, to }))).toEqual([['unknown', 'nothing-yet', 0, 1_440]])
    expect(told(replay([at(0, 60)], home, { from, to }))).toEqual([
      ['unknown', 'nothing-yet', 0, 60],
      ['unknown', 'silence', 60, 1_440],
    ])
    const last = [...stay(0, 0, 600), at(900, 600), at(900, 610)]
    expect(told(replay(last, home, { from, to: from + 615 * MINUTE }))).toEqual([
      ['in', 'confirmed', 0, 600],
      ['unknown', 'unconfirmed', 600, 615],
    ])
  })

  test('intervals always fill the time, in order, whatever came in', () => {
    const anyDay = fc.array(
      fc.record({
        x: fc.integer({ min: -500, max: 500 }),
        minute: fc.nat(1_439),
        acc: fc.integer({ min: 5, max: 250 }),
      }),
      { maxLength: 80 },
    )
    fc.assert(
      fc.property(anyDay, (steps) => {
        const fixes = steps.map(({ x, minute, acc }) => at(x, minute, { accuracyM: acc }))
        const intervals = replay(fixes, home, { from, to })
        expect(intervals[0]?.from).toBe(from)
        expect(intervals.at(-1)?.to).toBe(to)
        intervals.forEach((interval, i) => {
          expect(interval.to).toBeGreaterThan(interval.from)
          if (i > 0) expect(interval.from).toBe(intervals[i - 1]?.to)
        })
        expect(replay([...fixes].reverse(), home, { from, to })).toHaveLength(intervals.length)
      }),
    )
  })
})
