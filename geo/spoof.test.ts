import { describe, expect, test } from 'vitest'
import { DAY, MINUTE } from './day.ts'
import { localFrame } from './distance.ts'
import { type Fix, FixFlag } from './fix.ts'
import { replayedRuns } from './replayed.ts'
import { scoreSpoofing } from './spoof.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix, seeded } from './testing/fixes.ts'
import { readTrace, traceNames } from './testing/traces.ts'

const start = Date.UTC(2024, 4, 6, 2)
const frame = localFrame(liuzhou)

/** An honest walk: noisy places, speeds, radii and heights, counted steps. */
function walk(count: number, seed: number, over: (i: number) => Partial<Fix> = () => ({})): Fix[] {
  const random = seeded(seed)
  return Array.from({ length: count }, (_, i) =>
    aFix({
      ts: start + i * MINUTE,
      ...frame.toPlace({ x: i * 70 + random() * 12, y: random() * 12 }),
      speedKmh: 3 + random() * 3,
      accuracyM: 5 + random() * 20,
      altitudeM: 90 + random() * 8,
      steps: i * 95,
      ...over(i),
    }),
  )
}

const kinds = (fixes: readonly Fix[], context = {}) =>
  scoreSpoofing(fixes, context).signals.map((signal) => signal.kind)

describe('one signal', () => {
  test('an honest walk has none', () =>
    expect(scoreSpoofing(walk(200, 1))).toEqual({ score: 0, suspicious: false, signals: [] }))

  test('each trick is named', () => {
    expect(kinds(walk(60, 2, (i) => ({ flags: i > 30 ? FixFlag.mock : 0 })))).toEqual(['mock-flag'])
    expect(kinds(walk(60, 3, () => ({ accuracyM: 5, altitudeM: 90 })))).toEqual(['same-accuracy-and-height'])
    expect(kinds(walk(60, 4, () => ({ speedKmh: 4.2 })))).toEqual(['noiseless-speed'])
    expect(kinds(walk(60, 5, (i) => ({ lat: 24.3264, lon: Number((109.4281 + i * 0.0007).toFixed(4)) })))).toEqual([
      'exact-grid',
    ])
    expect(kinds(walk(60, 6, () => ({ steps: 100 })))).toEqual(['no-steps'])
    expect(kinds(walk(60, 7), { teleports: [{ ts: start, metres: 5_000 }] })).toEqual(['teleport'])
    const elsewhere = [1, 2, 3].map((i) => ({ ts: start + i, metres: 9_000 }))
    expect(kinds(walk(60, 8), { disagreements: elsewhere })).toEqual(['elsewhere'])
    expect(kinds(walk(60, 8), { disagreements: elsewhere.slice(1) })).toEqual([])
  })

  test('is never enough', () => {
    const { score, suspicious } = scoreSpoofing(walk(60, 2, () => ({ flags: FixFlag.mock })))
    expect(score).toBe(0.7)
    expect(suspicious).toBe(false)
  })

  test('together they are', () => {
    const { score, suspicious } = scoreSpoofing(
      walk(60, 3, () => ({ accuracyM: 5, altitudeM: 90, flags: FixFlag.mock })),
    )
    expect(score).toBeGreaterThan(0.7)
    expect(suspicious).toBe(true)
  })
})

describe('replay', () => {
  const month = Array.from({ length: 30 }, (_, day) =>
    walk(120, day + 50).map((fix) => ({ ...fix, ts: fix.ts + (day - 30) * DAY })),
  ).flat()

  test('a stretch played again is found, even begun elsewhere', () => {
    const shifted = month.slice(1_210, 1_300).map((fix, i) => ({ ...fix, ts: start + i * 30_000, lat: fix.lat + 0.05 }))
    const [run] = replayedRuns(shifted, month, 20)
    expect(run?.steps).toBeGreaterThanOrEqual(85)
    expect(run?.firstTs).toBe(month[1_211]?.ts)
    expect(kinds(shifted, { earlier: month })).toContain('replay')
  })

  test('the same way walked honestly again is not', () => {
    expect(replayedRuns(walk(120, 99), month, 20)).toEqual([])
  })
})

test.each([...traceNames('stationary'), ...traceNames('moving'), ...traceNames('day')])('%s is honest', (name) => {
  expect(scoreSpoofing(readTrace(name).fixes).suspicious).toBe(false)
})
