import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { DAY, HOUR, MINUTE } from './day.ts'
import { localFrame, metresBetween } from './distance.ts'
import { type Fence, standing } from './fence.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { crossings, prepareArea } from './prepared.ts'
import {
  lapse,
  nothingKnown,
  observe,
  type PresenceSignal,
  type PresenceState,
  presenceDefaults,
  sureness,
} from './presence.ts'
import { box, liuzhou } from './testing/areas.ts'
import { aFix } from './testing/fixes.ts'
import { readTrace, traceNames } from './testing/traces.ts'

const start = Date.UTC(2024, 4, 6, 2)
const frame = localFrame(liuzhou)
const home: Fence = {
  rule: 'stay-in',
  area: prepareArea({ kind: 'circle', coordinates: [liuzhou.lon, liuzhou.lat], radiusM: 100 }),
  size: 'small',
  calendar: null,
  dwellMinutes: 0,
}
const casino: Fence = { ...home, rule: 'keep-out' }
const district: Fence = {
  ...home,
  area: prepareArea({ kind: 'polygon', coordinates: [[box(-5e3, -5e3, 1e4, 1e4)]] }),
  size: 'county',
}

/** A fix `x` metres east of the middle at a minute. */
const at = (x: number, minute: number, over: Partial<Fix> = {}) =>
  aFix({ ts: start + minute * MINUTE, ...frame.toPlace({ x, y: 0 }), ...over })

function watch(fixes: readonly Fix[], fence = home, from: PresenceState = nothingKnown) {
  let state = from
  const signals: PresenceSignal[] = []
  for (const fix of fixes) {
    const seen = observe(state, fix, fence)
    state = seen.state
    if (seen.signal) signals.push(seen.signal)
  }
  return { state, signals, told: signals.map((signal) => `${signal.kind} ${signal.to}`) }
}

const settled = watch([0, 1, 2].map((minute) => at(0, minute))).state

describe('hysteresis', () => {
  test('one decisive fix decides the unknown, three make it firm', () => {
    expect(watch([at(0, 0)])).toMatchObject({ state: { at: 'in', firm: false }, told: ['suspected in'] })
    expect(watch([0, 1, 2].map((minute) => at(0, minute)))).toMatchObject({
      state: { at: 'in', firm: true, since: start },
      told: ['suspected in', 'confirmed in'],
    })
  })

  test('leaving is suspected, then confirmed, from the first fix past the line', () => {
    const { state, signals, told } = watch([at(120, 10), at(300, 11), at(310, 12), at(320, 13)], home, settled)
    expect(told).toEqual(['suspected out', 'confirmed out'])
    expect(signals[1]).toMatchObject({ eventTs: start + 11 * MINUTE, detectedTs: start + 13 * MINUTE })
    expect(signals[1]?.evidenceFor).toHaveLength(3)
    expect(signals[1]?.sureness).toBeGreaterThan(0.9)
    expect(state).toMatchObject({ at: 'out', firm: true, since: start + 11 * MINUTE, run: null })
  })

  test('coming back in time clears the suspicion', () => {
    const { state, told } = watch([at(300, 10), at(300, 11), at(0, 12)], home, settled)
    expect(told).toEqual(['suspected out', 'cleared in'])
    expect(state).toMatchObject({ at: 'in', firm: true, since: start, run: null })
  })

  test('three fixes in a few seconds prove no more than one', () => {
    const burst = [0, 0.1, 0.2, 0.3].map((minute) => at(300, 10 + minute))
    expect(watch(burst, home, settled).told).toEqual(['suspected out'])
    expect(watch([...burst, at(300, 11)], home, settled).told).toEqual(['suspected out', 'confirmed out'])
    const slow = [10, 11, 11.5].map((minute) => at(5_600, minute))
    const inDistrict = watch(
      [0, 1, 2, 3].map((minute) => at(0, minute)),
      district,
    ).state
    expect(watch(slow, district, inDistrict).told).toEqual(['suspected out'])
    expect(watch([...slow, at(5_600, 12)], district, inDistrict).told).toEqual(['suspected out', 'confirmed out'])
  })

  test('the band along the line neither counts nor breaks', () => {
    const { signals } = watch([at(300, 10), at(140, 11), at(300, 12), at(120, 13), at(300, 14)], home, settled)
    expect(signals.map((signal) => signal.kind)).toEqual(['suspected', 'confirmed'])
    expect(signals[1]?.evidenceAgainst).toEqual([{ kind: 'near-the-line', count: 2 }])
    const band = [-95, 100, 129, 144].map((x, i) => at(x, 10 + i))
    expect(watch(band, home, settled).told).toEqual([])
    expect(watch(band, home, settled).state).toMatchObject({ at: 'in', run: null })
  })

  test.each([
    ['simulated', { flags: FixFlag.mock }],
    ['late', { flags: FixFlag.late }],
    ['stored', { flags: FixFlag.blind }],
    ['imported', { flags: FixFlag.imported }],
    ['unpositioned', { flags: FixFlag.notFixed }],
    ['faulty', { fault: FixFault.tooFast }],
    ['vague', { accuracyM: 201 }],
    ['of unknown radius', { accuracyM: Number.NaN }],
  ] as const)('a fix that is %s never decides live', (_, over) => {
    const { state, told } = watch(
      [10, 11, 12, 13].map((minute) => at(9_000, minute, over)),
      home,
      settled,
    )
    expect(told).toEqual([])
    expect(state).toEqual(settled)
  })

  test('stored fixes count in history, simulated ones not even there', () => {
    const blind = observe(nothingKnown, at(0, 0, { flags: FixFlag.blind | FixFlag.late }), home, presenceDefaults, {
      use: 'history',
    })
    expect(blind.state.at).toBe('in')
    expect(
      observe(nothingKnown, at(0, 0, { flags: FixFlag.mock }), home, presenceDefaults, { use: 'history' }).state.at,
    ).toBe('unknown')
  })

  test('an older or repeated fix changes nothing', () => {
    const seen = observe(settled, at(900, 1), home)
    expect(seen).toEqual({ state: settled, signal: null })
  })

  test('a forbidden place must be entered by more than the radius', () => {
    const outside = watch(
      [0, 1, 2].map((minute) => at(900, minute)),
      casino,
    ).state
    const near = [10, 11, 12].map((minute) => at(0, minute, { accuracyM: 150 }))
    expect(watch(near, casino, outside).told).toEqual([])
    expect(watch(near).state.at).toBe('in')
    const sharp = [10, 11, 12].map((minute) => at(20, minute))
    expect(watch(sharp, casino, outside).told).toEqual(['suspected in', 'confirmed in'])
  })

  test('before anything is firm the latest decisive fix stands, and a good one clears', () => {
    expect(watch([at(900, 0), at(0, 1), at(900, 2)]).told).toEqual(['suspected out', 'cleared in', 'suspected out'])
  })
})

describe('silence', () => {
  test('makes unknown, never the other side', () => {
    const out = watch(
      [10, 11, 12].map((minute) => at(900, minute)),
      home,
      settled,
    ).state
    expect(lapse(out, start + 72 * MINUTE)).toBe(out)
    expect(lapse(out, start + 73 * MINUTE)).toMatchObject({ at: 'unknown', since: start + 12 * MINUTE })
    expect(lapse(nothingKnown, start)).toBe(nothingKnown)
  })

  test('a fix after it begins anew', () => {
    const { state, told } = watch([at(900, 200)], home, settled)
    expect(state).toMatchObject({ at: 'out', firm: false })
    expect(told).toEqual(['suspected out'])
  })
})

describe('properties', () => {
  const aStep = fc.record({
    x: fc.integer({ min: -600, max: 600 }),
    gap: fc.integer({ min: 1, max: 90 }),
    accuracyM: fc.integer({ min: 3, max: 300 }),
    flags: fc.constantFrom(0, 0, 0, FixFlag.mock, FixFlag.late),
  })
  const aWalk = fc.array(aStep, { maxLength: 40 }).map((steps) => {
    let minute = 20
    return steps.map(({ x, gap, ...over }) => {
      minute += gap
      return at(x, minute, over)
    })
  })

  test('more absence never clears', () => {
    fc.assert(
      fc.property(aWalk, fc.integer({ min: 1, max: 5 }), fc.integer({ min: 100, max: 5_000 }), (walk, more, far) => {
        const before = watch(walk, home, settled).state
        const last = Math.max(before.lastTs, walk.at(-1)?.ts ?? 0)
        const absent = Array.from({ length: more }, (_, i) => at(far + 200, (last - start) / MINUTE + 1 + i))
        const { told, state } = watch(absent, home, before)
        expect(told.filter((line) => line.endsWith(' in'))).toEqual([])
        if (before.at === 'out') expect(state.at).toBe('out')
      }),
    )
  })

  test('a side becomes firm only by three decisive fixes over a minute', () => {
    fc.assert(
      fc.property(aWalk, (walk) => {
        for (const signal of watch(walk, home, settled).signals) {
          if (signal.kind !== 'confirmed') continue
          expect(signal.evidenceFor.length).toBeGreaterThanOrEqual(3)
          expect(signal.detectedTs - signal.eventTs).toBeGreaterThanOrEqual(MINUTE)
        }
      }),
    )
  })

  test('the state is small plain data', () => {
    fc.assert(
      fc.property(aWalk, (walk) => {
        const { state } = watch(walk)
        expect(JSON.parse(JSON.stringify(state))).toEqual(state)
        expect(JSON.stringify(state).length).toBeLessThan(700)
      }),
    )
  })

  test('more, farther and finer fixes are surer', () => {
    const mark = { ts: 0, marginM: 100, accuracyM: 50, source: 'wifi' as const }
    const later = (ms: number) => ({ ...mark, ts: ms })
    expect(sureness([mark, later(60_000)])).toBeGreaterThan(sureness([mark]))
    // Two of one minute share what misled them; a quarter of an hour apart they are two witnesses.
    expect(sureness([mark, later(900_000)])).toBeGreaterThan(sureness([mark, later(60_000)]))
    expect(sureness([mark, later(3_600_000)])).toBe(sureness([mark, later(900_000)]))
    expect(sureness([{ ...mark, marginM: 300 }])).toBeGreaterThan(sureness([mark]))
    expect(sureness([{ ...mark, accuracyM: 10 }])).toBeGreaterThan(sureness([mark]))
    expect(sureness([{ ...mark, source: 'gnss' }])).toBeGreaterThan(sureness([mark]))
    expect(sureness(Array.from({ length: 50 }, (_, i) => later(i * 900_000)))).toBe(0.99)
    expect(sureness([])).toBe(0)
  })
})

describe('the rule', () => {
  const nights = { windows: [{ start: '22:00', end: '08:00' }] }
  const tenPm = start + 12 * HOUR

  test('out before the window opens counts from the opening', () => {
    const fence = { ...home, calendar: nights }
    expect(standing(fence, 'out', start, tenPm - 1)).toEqual({ kind: 'off' })
    expect(standing(fence, 'out', start, tenPm + HOUR)).toEqual({ kind: 'breached', since: tenPm })
    expect(standing(fence, 'in', start, tenPm + HOUR)).toEqual({ kind: 'kept' })
    expect(standing(fence, 'unknown', start, tenPm + HOUR)).toEqual({ kind: 'unknown' })
  })

  test('a forbidden place may allow passing by', () => {
    const fence = { ...casino, dwellMinutes: 10 }
    expect(standing(fence, 'in', start, start + 5 * MINUTE)).toEqual({
      kind: 'dwelling',
      since: start,
      breachAt: start + 10 * MINUTE,
    })
    expect(standing(fence, 'in', start, start + 10 * MINUTE)).toEqual({ kind: 'breached', since: start })
    expect(standing(fence, 'out', start, start + DAY)).toEqual({ kind: 'kept' })
  })
})

describe('real phones', () => {
  test.each(traceNames('stationary'))('%s lies still and never leaves', (name) => {
    const { fixes } = readTrace(name)
    const precise = fixes.filter((fix) => fix.accuracyM <= 200)
    const middle = {
      lat: precise.reduce((sum, fix) => sum + fix.lat, 0) / precise.length,
      lon: precise.reduce((sum, fix) => sum + fix.lon, 0) / precise.length,
    }
    const area = prepareArea({ kind: 'circle', coordinates: [middle.lon, middle.lat], radiusM: 100 })
    const { signals, state } = watch(fixes, { ...home, area })
    expect(fixes.length).toBeGreaterThan(40)
    expect(signals.filter((signal) => signal.to === 'out')).toEqual([])
    expect(signals.filter((signal) => signal.kind === 'confirmed' && signal.to === 'in').length).toBeGreaterThan(0)
    expect(state.at).toBe('in')
  })

  test.each(traceNames('moving'))('%s is seen to leave the district it is driven out of', (name) => {
    const { fixes } = readTrace(name)
    const [first] = fixes
    if (!first) throw new Error('empty trace')
    const farthest = Math.max(...fixes.map((fix) => metresBetween(first.lat, first.lon, fix.lat, fix.lon)))
    const reach = farthest / 2
    const { x, y } = frame.toMetres(first)
    const area = prepareArea({ kind: 'polygon', coordinates: [[box(x - reach, y - reach, 2 * reach, 2 * reach)]] })
    const { signals } = watch(fixes, { ...district, area })
    const left = signals.find((signal) => signal.kind === 'confirmed' && signal.to === 'out')
    expect(left).toBeDefined()
    const around = fixes.findIndex((fix) => fix.ts === left?.eventTs)
    const steps = fixes.slice(Math.max(0, around - 20), around + 1)
    const hints = steps.flatMap((fix, i) => crossings(area, steps[i - 1] ?? fix, fix))
    expect(hints.filter((hint) => hint.to === 'out').length).toBeGreaterThan(0)
  })
})
