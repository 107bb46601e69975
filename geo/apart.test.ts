import { describe, expect, test } from 'vitest'
import { findApart, findStill, isLeftBehind } from './apart.ts'
import { HOUR, MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import { type Fix, FixFlag } from './fix.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix } from './testing/fixes.ts'
import { readTrace, traceNames } from './testing/traces.ts'

const start = Date.UTC(2024, 4, 6, 0)
const frame = localFrame(liuzhou)
const at = (x: number, minute: number, over: Partial<Fix> = {}) =>
  aFix({ ts: start + minute * MINUTE, ...frame.toPlace({ x, y: 0 }), ...over })
const line = (x: number, from: number, to: number, over: Partial<Fix> = {}) =>
  Array.from({ length: to - from }, (_, i) => at(x, from + i, over))

describe('apart', () => {
  test('a phone left at home while the band goes out', () => {
    const band = [...line(0, 0, 30), ...line(5_000, 30, 60), ...line(0, 60, 90)]
    expect(findApart(line(0, 0, 90), band)).toEqual([
      { from: start + 30 * MINUTE, to: start + 59 * MINUTE, pairs: 30, farthestM: expect.closeTo(4_970, -1) },
    ])
  })

  test('too short, too vague or too far apart in time says nothing', () => {
    expect(findApart(line(0, 0, 60), [...line(0, 0, 20), ...line(5_000, 20, 29), ...line(0, 29, 60)])).toEqual([])
    expect(findApart(line(0, 0, 60), line(1_000, 0, 60, { accuracyM: 800 }))).toEqual([])
    expect(findApart(line(0, 0, 60), line(300, 0, 60, { accuracyM: 100 }))).toEqual([])
    const halfMinutes = line(5_000, 0, 60).map((fix) => ({ ...fix, ts: fix.ts + 30_001 }))
    const evenMinutes = line(0, 0, 60).filter((_, i) => i % 2 === 0)
    expect(
      findApart(
        evenMinutes,
        halfMinutes.filter((_, i) => i % 2 === 0),
      ),
    ).toEqual([])
    expect(findApart([], line(0, 0, 9))).toEqual([])
  })

  const carried = traceNames('moving')
  const pairs = carried.flatMap((a, i) => carried.slice(i + 1).map((b) => [a, b] as const))
  test.each(pairs)('%s and %s were carried together', (a, b) => {
    const about = { lat: 37.3941795, lon: -122.0799218 }
    const [one, other] = [readTrace(a, about).fixes, readTrace(b, about).fixes]
    expect(findApart(one, other)).toEqual([])
    const away = other.map((fix) => ({ ...fix, lat: fix.lat + 0.02 }))
    expect(findApart(one, away).length).toBeGreaterThan(0)
  })
})

describe('still too long', () => {
  const day = { from: start, to: start + 16 * HOUR }
  const lying = Array.from({ length: 96 }, (_, i) => at((i * 7) % 11, i * 10, { steps: 500 }))

  test('a device on a shelf all day', () => {
    expect(findStill(lying, day)).toMatchObject({ from: start, to: start + 950 * MINUTE })
    expect(isLeftBehind([null, lying, lying, lying].map((fixes) => fixes && findStill(fixes, day)))).toBe(true)
    expect(isLeftBehind([findStill(lying, day), null, findStill(lying, day)])).toBe(false)
    expect(isLeftBehind([findStill(lying, day)])).toBe(false)
  })

  test('steps, charging, movement and silence end it', () => {
    const middle = (over: Partial<Fix>) => lying.map((fix, i) => (i === 48 ? { ...fix, ...over } : fix))
    for (const over of [{ steps: 501 }, { flags: FixFlag.charging }, { flags: FixFlag.moving }, at(400, 480)]) {
      expect(findStill(middle(over), day)).toBeNull()
    }
    expect(
      findStill(
        lying.filter((_, i) => i < 40 || i > 50),
        day,
      ),
    ).toBeNull()
    expect(findStill([], day)).toBeNull()
  })
})
