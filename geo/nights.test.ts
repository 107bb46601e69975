import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, dayStart, HOUR, type LegalDay, MINUTE } from './day.ts'
import { localFrame, metresBetween } from './distance.ts'
import { type Fix, FixFlag } from './fix.ts'
import { findNightPattern, judgeNight, type Night } from './nights.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix, seeded } from './testing/fixes.ts'

const frame = localFrame(liuzhou)
const cafe = { x: 2_400, y: 900 }
const first = '2020-03-01'

/** A month of five-minute fixes with 3 % lost and 2 % from cell towers; nights at the café of seed case 002, or at home. */
function month(where: 'cafe' | 'home', seed: number): Fix[] {
  const random = seeded(seed)
  const fixes: Fix[] = []
  for (let ts = dayStart(first); ts < dayStart(addDays(first, 30)); ts += 5 * MINUTE) {
    if (random() < 0.03) continue
    const cell = random() < 0.02
    const night = (ts - dayStart(first)) % (24 * HOUR) < 8 * HOUR || (ts - dayStart(first)) % (24 * HOUR) >= 22 * HOUR
    const noise = cell ? 900 : 25
    const base = night && where === 'cafe' ? cafe : { x: 0, y: 0 }
    const place = frame.toPlace({ x: base.x + (random() - 0.5) * noise, y: base.y + (random() - 0.5) * noise })
    fixes.push(aFix({ ts, ...place, accuracyM: cell ? 800 : 20, source: cell ? 'cell' : 'wifi' }))
  }
  return fixes
}

const nightsOf = (fixes: readonly Fix[]) =>
  Array.from({ length: 29 }, (_, i) => judgeNight(fixes, addDays(first, i), liuzhou))
const night = (day: LegalDay, verdict: Night['verdict'] = 'absent', x = cafe.x): Night => ({
  day,
  verdict,
  coverage: 1,
  homeMs: 0,
  awayMs: 10 * HOUR,
  away: frame.toPlace({ x, y: cafe.y }),
})
const days = (...offsets: number[]) => offsets.map((offset) => night(addDays(first, offset)))
const until = addDays(first, 29)

describe('nights', () => {
  test('29 of 29 nights at the café are absent, at one place', () => {
    const nights = nightsOf(month('cafe', 1))
    expect(nights.filter((one) => one.verdict === 'absent')).toHaveLength(29)
    const pattern = findNightPattern(nights, { until: addDays(first, 28) })
    expect(pattern).toMatchObject({ rule: 'three-of-seven', placeShare: 1 })
    const truth = frame.toPlace(cafe)
    expect(metresBetween(pattern?.place?.lat ?? 0, pattern?.place?.lon ?? 0, truth.lat, truth.lon)).toBeLessThan(30)
  })

  test('29 of 29 nights at home are home', () => {
    const nights = nightsOf(month('home', 2))
    expect(nights.filter((one) => one.verdict === 'home')).toHaveLength(29)
    expect(findNightPattern(nights, { until })).toBeNull()
  })

  test('missing, simulated or faulty data is never absence', () => {
    const away = month('cafe', 3)
    expect(judgeNight([], first, liuzhou)).toMatchObject({ verdict: 'no-data', away: null })
    expect(
      judgeNight(
        away.map((fix) => ({ ...fix, flags: FixFlag.mock })),
        first,
        liuzhou,
      ).verdict,
    ).toBe('no-data')
    expect(
      judgeNight(
        away.map((fix) => ({ ...fix, fault: 6 as const })),
        first,
        liuzhou,
      ).verdict,
    ).toBe('no-data')
    expect(
      judgeNight(
        away.filter((_, i) => i % 12 === 0),
        first,
        liuzhou,
      ).verdict,
    ).toBe('no-data')
  })

  test('part of a night is partial', () => {
    const evening = dayStart(first) + 22 * HOUR
    const mixed = Array.from({ length: 120 }, (_, i) =>
      aFix({ ts: evening + i * 5 * MINUTE, ...frame.toPlace(i < 36 ? cafe : { x: 0, y: 0 }) }),
    )
    expect(judgeNight(mixed, first, liuzhou)).toMatchObject({
      verdict: 'partial',
      coverage: 1,
      awayMs: 3 * HOUR,
      homeMs: 7 * HOUR,
    })
  })

  test('more time away never gives a milder verdict', () => {
    const order = ['home', 'partial', 'absent']
    const evening = dayStart(first) + 22 * HOUR
    const verdict = (away: number) =>
      order.indexOf(
        judgeNight(
          Array.from({ length: 120 }, (_, i) =>
            aFix({ ts: evening + i * 5 * MINUTE, ...frame.toPlace(i < away ? cafe : { x: 0, y: 0 }) }),
          ),
          first,
          liuzhou,
        ).verdict,
      )
    fc.assert(
      fc.property(fc.nat(120), fc.nat(120), (a, b) => {
        expect(verdict(Math.max(a, b))).toBeGreaterThanOrEqual(verdict(Math.min(a, b)))
      }),
      { numRuns: 40 },
    )
  })
})

describe('patterns', () => {
  test('three of seven, five of thirty, two under a ban', () => {
    expect(findNightPattern(days(27, 28, 29), { until })?.rule).toBe('three-of-seven')
    expect(findNightPattern(days(22, 28, 29), { until })).toBeNull()
    expect(findNightPattern(days(1, 8, 15, 22, 29), { until })?.rule).toBe('five-of-thirty')
    expect(findNightPattern(days(1, 8, 15, 22), { until })).toBeNull()
    expect(findNightPattern(days(28, 29), { until, nightBan: true })?.rule).toBe('banned')
    expect(findNightPattern(days(28, 29), { until })).toBeNull()
  })

  test('excused nights do not count', () => {
    expect(findNightPattern(days(27, 28, 29), { until, excused: [addDays(first, 28)] })).toBeNull()
  })

  test('nights at different places name none', () => {
    const scattered = [27, 28, 29].map((offset, i) => night(addDays(first, offset), 'absent', i * 4_000))
    expect(findNightPattern(scattered, { until })).toMatchObject({ place: null, placeShare: expect.closeTo(1 / 3) })
  })
})
