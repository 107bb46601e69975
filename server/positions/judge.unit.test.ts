import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import { expect, test } from 'vitest'
import type { KnownActivation, KnownDevice } from '../devices/index.ts'
import { shippedGates } from './gates.ts'
import { judge, mostPerDay, promptMs, Standing } from './judge.ts'

const now = Date.parse('2026-03-10T12:00:00+08:00')
const hour = 3_600_000
const term = (over: Partial<KnownActivation> = {}): KnownActivation => ({
  no: 7,
  id: 'a',
  personId: 'p',
  deviceId: 'd',
  org: '450102001',
  regime: 'device',
  startsAt: now - 24 * hour,
  endsAt: now + 24 * hour,
  ceilingMs: null,
  intervalS: 60,
  last: null,
  ...over,
})
const device = (...activations: KnownActivation[]): KnownDevice => ({
  id: 'd',
  protocol: 'jt808',
  identity: '1',
  org: '450102',
  kind: 'wristband',
  crs: 'WGS84',
  secret: null,
  handed: false,
  provenOnce: false,
  provenAt: null,
  activations,
})
const fix = (ts: number, over: Partial<Fix> = {}): Fix => ({
  ts,
  lat: 24.3,
  lon: 109.4 + ts / 1e14,
  accuracyM: 15,
  source: 'gnss',
  speedKmh: null,
  course: null,
  altitudeM: null,
  satellites: null,
  batteryPct: null,
  steps: null,
  seq: null,
  flags: FixFlag.blind,
  fault: FixFault.none,
  ...over,
})
/** A device with its standings, judged at a time of receipt. */
function judged(known: KnownDevice, gates = shippedGates) {
  const standings = new Map<number, Standing>()
  const standingOf = (a: KnownActivation) => {
    const found = standings.get(a.no) ?? new Standing(a, gates)
    standings.set(a.no, found)
    return found
  }
  return {
    at: (receivedAt: number, one: Fix) =>
      judge(known, standingOf, one, { receivedAt, connectedAt: null, session: 1, newest: true }),
    standing: (a: KnownActivation) => standingOf(a),
  }
}
const word = (answer: ReturnType<typeof judge>) => (answer.kept ? (answer.live ? 'live' : 'history') : answer.reason)

test('by rail as fast as a train where leave says so, for its time only', () => {
  const run = (journeys: Standing['journeys']) => {
    const a = term({ startsAt: now - hour, endsAt: now + 2 * hour })
    const { at, standing } = judged(device(a))
    standing(a).journeys = journeys
    const seen = (ts: number, lon: number) => word(at(ts, fix(ts, { lat: 24, lon, flags: FixFlag.authenticated })))
    // 5 km in a minute: 85 m/s.
    return [seen(now, 109), seen(now + 60_000, 109.05), seen(now + 120_000, 109.1)]
  }
  expect(run([{ from: now - hour, until: now + hour }])).toEqual(['live', 'live', 'live'])
  // Held, each of them, until the device has said the same for long enough.
  expect(run([])).toEqual(['live', 'history', 'history'])
  expect(run([{ from: now - hour, until: now + 60_000 }])).toEqual(['live', 'history', 'history'])
})

test('fix time decides, to the millisecond, and lateness up to 72 hours is history', () => {
  const a = term({ startsAt: now - hour, endsAt: now })
  const { at } = judged(device(a))
  expect(word(at(now - 10, fix(now - hour - 1)))).toBe('outOfTerm')
  expect(word(at(now - 10, fix(now - hour)))).toBe('history')
  expect(word(at(now + 5, fix(now - 1)))).toBe('history')
  expect(word(at(now + 5, fix(now)))).toBe('outOfTerm')
  expect(word(at(now + 72 * hour - 1, fix(now - 2)))).toBe('history')
  expect(word(at(now + 72 * hour, fix(now - 3)))).toBe('tooLate')
  expect(word(judged(device()).at(now, fix(now)))).toBe('noActivation')
})

test('inside a term a failed fix is kept with its fault; a clock that never ran is judged by receipt', () => {
  const { at } = judged(device(term()))
  const zero = at(now, fix(now - 1000, { lat: 0, lon: 0 }))
  expect(zero.kept && zero.fix.fault).toBe(FixFault.zeroIsland)
  const reset = at(now, fix(0))
  expect(reset.kept && reset.fix.fault).toBe(FixFault.clockWrong)
  const ended = judged(device(term({ endsAt: now - 1 })))
  expect(word(ended.at(now, fix(0)))).toBe('outOfTerm')
})

test('a day takes so many, on whatever days they come and however many days they are filed under', () => {
  const day = 24 * hour
  const a = term({ startsAt: now - 30 * day, endsAt: now + 30 * day })
  const { at, standing } = judged(device(a))
  const filed = now - 5 * day
  // Half of it each day, all of it dated the same.
  const half = mostPerDay / 2
  const counts = [0, 1, 2].map((later) => {
    let kept = 0
    for (let i = 0; i < half; i++) if (at(now + later * day, fix(filed - (later * half + i))).kept) kept++
    return kept
  })
  expect(counts).toEqual([half, half, 0])
  expect(word(at(now + 2 * day, fix(filed - 1)))).toBe('flood')
  expect(word(at(now + 2 * day, fix(filed + day)))).toBe('history')
  expect([...standing(a).perFiledDay.values()]).toEqual([mostPerDay, 1])
})

test('the same place at the same instant is one fix, another place at it is kept beside it', () => {
  const { at } = judged(device(term()))
  expect(word(at(now, fix(now, { flags: 0 })))).toBe('live')
  expect(word(at(now, fix(now, { flags: 0 })))).toBe('duplicate')
  expect(word(at(now, fix(now, { flags: 0, lat: 24.4 })))).toBe('history')
})

test('a ceiling keeps one in each interval whatever the order of arrival, and one for each question', () => {
  const a = term({ regime: 'check', ceilingMs: hour })
  const { at, standing } = judged(device(a))
  expect(word(at(now, fix(now - 3 * hour)))).toBe('history')
  expect(word(at(now, fix(now - 3 * hour + 600_000)))).toBe('overCeiling')
  expect(word(at(now, fix(now - hour)))).toBe('history')
  expect(word(at(now, fix(now - 2 * hour)))).toBe('history')
  expect(word(at(now, fix(now - 90 * 60_000)))).toBe('overCeiling')
  standing(a).prompts = 1
  standing(a).promptUntil = now + promptMs
  expect(word(at(now, fix(now - 30 * 60_000)))).toBe('history')
  expect(word(at(now, fix(now - 29 * 60_000)))).toBe('overCeiling')
})

test('each person is judged by the numbers of his unit, and by others as soon as they hold', () => {
  const a = term()
  const wide = { ...shippedGates, rules: 'wide', maxSpeedMs: 100, futureMs: 30_000 }
  const far = (ts: number) => fix(ts, { flags: 0, lat: 24.3 + (ts - now) / 1.7e6 })
  const answers = (gates: typeof shippedGates) => {
    const { at } = judged(device(a), gates)
    at(now, far(now))
    // Some 66 m/s.
    const leap = at(now + 60_000, far(now + 60_000))
    const ahead = at(now + 60_000, fix(now + 60_000 + 60_000, { flags: 0 }))
    return [leap.kept && leap.fix.fault, ahead.kept && ahead.fix.fault]
  }
  expect(answers(shippedGates)).toEqual([FixFault.tooFast, FixFault.none])
  expect(answers(wide)).toEqual([FixFault.none, FixFault.fromTheFuture])
  const { at, standing } = judged(device(a))
  at(now, far(now))
  standing(a).gates = wide
  const leap = at(now + 60_000, far(now + 60_000))
  expect(leap.kept && leap.fix.fault).toBe(FixFault.none)
})
