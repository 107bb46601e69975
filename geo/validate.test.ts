import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { HOUR, MINUTE, SECOND } from './day.ts'
import { localFrame } from './distance.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import { liuzhou } from './testing/areas.ts'
import { aFix, anyFix } from './testing/fixes.ts'
import {
  type Arrival,
  GEO_RULES,
  type Verdict,
  validate,
  validationAfter,
  validationDefaults,
  validationStart,
} from './validate.ts'

const now = Date.UTC(2024, 4, 6, 2)
const frame = localFrame(liuzhou)
const live: Arrival = { receivedAt: now, connectedAt: now - HOUR }
const judge = (over: Partial<Fix>, arrival: Partial<Arrival> = {}) =>
  validate(validationStart, aFix({ ts: now, ...over }), { ...live, ...arrival }).verdict

/** Runs fixes in order; `lag` is how long each took to arrive, ms. */
function run(fixes: readonly Fix[], lag = 2 * SECOND, arrival: Partial<Arrival> = {}): Verdict[] {
  let state = validationStart
  return fixes.map((fix) => {
    const step = validate(state, fix, { connectedAt: null, ...arrival, receivedAt: fix.ts + lag })
    state = step.state
    return step.verdict
  })
}

/** Fixes `every` apart on a straight line eastwards, metres from the start. */
const path = (metres: readonly number[], every = MINUTE, over: Partial<Fix> = {}) =>
  metres.map((x, i) => aFix({ ts: now + i * every, ...frame.toPlace({ x, y: 0 }), ...over }))

describe('one fix', () => {
  test('a good one is live, under a named version of the rules', () => {
    expect(judge({})).toMatchObject({ outcome: 'live', rules: GEO_RULES, events: [], fix: { fault: FixFault.none } })
  })

  test('whoever judges by other numbers says so', () => {
    const strict = { ...validationDefaults, rules: 'geo-1+province', futureMs: 10 * SECOND }
    const { verdict } = validate(validationStart, aFix({ ts: now + 20 * SECOND }), live, strict)
    expect(verdict).toMatchObject({
      rules: 'geo-1+province',
      outcome: 'faulty',
      fix: { fault: FixFault.fromTheFuture },
    })
  })

  test.each([
    ['latitude off the globe', { lat: 91 }, FixFault.outOfRange],
    ['not a number', { lon: Number.NaN }, FixFault.outOfRange],
    ['negative radius', { accuracyM: -1 }, FixFault.outOfRange],
    ['zero island', { lat: 0, lon: 0 }, FixFault.zeroIsland],
    ['California', { lat: 37.39, lon: -122.08 }, FixFault.outsideChina],
    ['just north of 54°', { lat: 54.001 }, FixFault.outsideChina],
    ['301 s ahead', { ts: now + 301 * SECOND }, FixFault.fromTheFuture],
    ['1970', { ts: 86_400_000 }, FixFault.clockWrong],
    ['not positioned', { flags: FixFlag.notFixed }, FixFault.notFixed],
    ['cached from before the connection', { ts: now - HOUR - 61 * SECOND }, FixFault.stale],
  ] as const)('%s is named', (_, over, fault) => {
    expect(judge(over)).toMatchObject({ outcome: 'faulty', fix: { fault } })
  })

  test('what waited for more than half an hour is stored, whatever the device says of it, and moves nothing', () => {
    const arrival = { connectedAt: null }
    const old = judge({ ts: now - 64 * MINUTE }, arrival)
    expect(old).toMatchObject({ outcome: 'history', fix: { flags: FixFlag.blind, fault: FixFault.none } })
    expect(judge({ ts: now - 30 * MINUTE }, arrival)).toMatchObject({ outcome: 'live', fix: { flags: 0 } })
    // On a connection it is a cached one or, where the line stood then, as old.
    expect(judge({ ts: now - 64 * MINUTE })).toMatchObject({ outcome: 'faulty', fix: { fault: FixFault.stale } })
    const stood = { connectedAt: now - 2 * HOUR }
    expect(judge({ ts: now - 64 * MINUTE }, stood)).toMatchObject({ outcome: 'history', fix: { flags: FixFlag.blind } })
    fc.assert(
      fc.property(fc.nat(7 * 24 * HOUR), fc.constantFrom(null, now - 8 * 24 * HOUR), (age, connectedAt) => {
        const { outcome, fix } = judge({ ts: now - age }, { connectedAt })
        expect((fix.flags & FixFlag.blind) !== 0).toBe(age > 30 * MINUTE)
        if (age > 30 * MINUTE) expect(outcome).toBe('history')
      }),
    )
  })

  test('eight days old is quarantined, even when stored blind', () => {
    const verdict = judge({ ts: now - 8 * 24 * HOUR, flags: FixFlag.blind })
    expect(verdict).toMatchObject({ outcome: 'quarantine', fix: { fault: FixFault.tooOld } })
  })

  test('a blind upload from before the connection is history, not stale', () => {
    expect(judge({ ts: now - 5 * HOUR, flags: FixFlag.blind })).toMatchObject({ outcome: 'history', fix: { fault: 0 } })
  })

  test('the limits themselves pass', () => {
    expect(judge({ ts: now + 300 * SECOND }).outcome).toBe('live')
    const since = now - 25 * MINUTE
    expect(judge({ ts: since - 60 * SECOND }, { connectedAt: since }).outcome).toBe('live')
    expect(judge({ lat: 54, lon: 136 }).outcome).toBe('live')
  })
})

describe('order', () => {
  test('the same instant again is a duplicate; an older one is late', () => {
    const [first, second] = path([0, 10])
    if (!first || !second) throw new Error('no path')
    const verdicts = run([second, second, first])
    expect(verdicts.map((verdict) => verdict.outcome)).toEqual(['live', 'duplicate', 'history'])
    expect(verdicts[2]?.fix.flags).toBe(FixFlag.late)
  })
})

describe('speed', () => {
  test('one wild fix is held and forgotten', () => {
    expect(run(path([0, 50, 40_000, 100])).map((verdict) => verdict.outcome)).toEqual(['live', 'live', 'held', 'live'])
  })

  test('a second that agrees makes a teleport', () => {
    const verdicts = run(path([0, 50, 40_000, 40_060, 40_100]))
    expect(verdicts.map((verdict) => verdict.outcome)).toEqual(['live', 'live', 'held', 'live', 'live'])
    expect(verdicts[3]?.events).toEqual([{ kind: 'teleport', metres: expect.closeTo(40_010, -2), seconds: 120 }])
  })

  test('a fast train is followed from its third fix', () => {
    const train = path([0, 5_000, 10_000, 15_000, 20_000].map((x) => x))
    const verdicts = run(train)
    expect(verdicts.map((verdict) => verdict.outcome)).toEqual(['live', 'held', 'held', 'live', 'held'])
    expect(verdicts[3]?.events[0]?.kind).toBe('fast-journey')
    expect(run(train, 2 * SECOND, { fastTravelApproved: true }).every((verdict) => verdict.outcome === 'live')).toBe(
      true,
    )
  })

  test('nobody travelled to a simulated place, nor back from it', () => {
    const [home, far, back, jump] = path([0, 40_000, 60, 40_000])
    if (!home || !far || !back || !jump) throw new Error('no path')
    const verdicts = run([home, { ...far, flags: FixFlag.mock }, back, jump])
    expect(verdicts.map((verdict) => verdict.outcome)).toEqual(['live', 'live', 'live', 'held'])
    // Simulated or not, what comes once more is known, and what is older is late.
    const again = run([home, { ...far, flags: FixFlag.mock }, { ...far, flags: FixFlag.mock }, home])
    expect(again.map((verdict) => verdict.outcome)).toEqual(['live', 'live', 'duplicate', 'history'])
    expect(validationAfter({ ...far, flags: FixFlag.mock })).toMatchObject({ last: { ts: far.ts }, real: null })
    expect(validationAfter({ ...home, flags: 0 }).real).toMatchObject({ ts: home.ts })
  })

  test('large radii explain a jump', () => {
    expect(run(path([0, 4_500], MINUTE, { accuracyM: 800 })).map((verdict) => verdict.outcome)).toEqual([
      'live',
      'live',
    ])
  })
})

describe('clocks', () => {
  const still = (count: number) => path(Array.from({ length: count }, () => 0))

  test('eight hours ahead is a wrong zone at once', () => {
    const [verdict] = run(still(1), -8 * HOUR + SECOND)
    expect(verdict).toMatchObject({ outcome: 'live', events: [{ kind: 'wrong-zone', byMs: -8 * HOUR }] })
    expect(verdict?.fix.ts).toBe(now - 8 * HOUR)
  })

  test('eight hours behind is one when it repeats', () => {
    const verdicts = run(still(5), 8 * HOUR + SECOND)
    expect(verdicts.map((verdict) => verdict.fix.ts - now)).toEqual([
      0,
      MINUTE,
      8 * HOUR + 2 * MINUTE,
      8 * HOUR + 3 * MINUTE,
      8 * HOUR + 4 * MINUTE,
    ])
    expect(verdicts[2]?.events[0]?.kind).toBe('wrong-zone')
  })

  test('an upload of stored fixes is not a wrong zone', () => {
    let state = validationStart
    for (const fix of still(60)) {
      const step = validate(state, fix, { receivedAt: now + 8 * HOUR + 30 * MINUTE, connectedAt: null })
      state = step.state
      expect(step.verdict.fix.ts).toBe(fix.ts)
      expect(step.verdict.events.every((event) => event.kind === 'clock-unsteady')).toBe(true)
    }
  })

  test('seven hours ahead is from the future', () => {
    expect(run(still(1), -7 * HOUR)[0]).toMatchObject({ outcome: 'faulty', fix: { fault: FixFault.fromTheFuture } })
  })

  test('a steady five minutes slow is corrected after twenty', () => {
    const verdicts = run(still(25), 5 * MINUTE)
    expect(verdicts.slice(0, 19).every((verdict) => verdict.events.length === 0)).toBe(true)
    expect(verdicts[24]).toMatchObject({ events: [{ kind: 'clock-corrected', byMs: 5 * MINUTE }] })
    expect(verdicts[24]?.fix.ts).toBe(now + 29 * MINUTE)
  })
})

test('whatever arrives, something is answered, and the state stays small', () => {
  fc.assert(
    fc.property(fc.array(anyFix, { maxLength: 60 }), (fixes) => {
      let state = validationStart
      for (const fix of fixes) {
        const { state: next, verdict } = validate(state, { ...fix, fault: 0 }, { receivedAt: now, connectedAt: null })
        expect(verdict.outcome === 'faulty' || verdict.outcome === 'held').toBe(
          verdict.fix.fault !== FixFault.none && verdict.outcome !== 'quarantine',
        )
        state = next
      }
      expect(state.skews.length).toBeLessThanOrEqual(validationDefaults.skewSamples)
      expect(JSON.parse(JSON.stringify(state))).toEqual(state)
    }),
  )
})
