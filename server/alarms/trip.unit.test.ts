import { HOUR, MINUTE, SECOND } from '@zhijiao/geo/day'
import { type Fix, FixFlag } from '@zhijiao/geo/fix'
import { prepareArea } from '@zhijiao/geo/prepared'
import { presenceDefaults } from '@zhijiao/geo/presence'
import { aFix } from '@zhijiao/geo/testing/fixes'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Approval,
  type Destination,
  judgeTrip,
  noTrip,
  sayTrip,
  seeTrip,
  type Trip,
  type TripParameters,
} from './trip.ts'

const parameters: TripParameters = { presence: presenceDefaults, stayMs: 60 * MINUTE, stayM: 2000 }
const start = Date.parse('2026-11-20T02:00:00Z')
/** Degrees that are some metres: enough for places of a test on one parallel. */
const place = (eastM: number) => ({ lat: 24, lon: 109 + eastM / 101_700 })
const outline = (eastM: number, radiusM: number) => {
  const { lat, lon } = place(eastM)
  return prepareArea({ kind: 'circle', coordinates: [lon, lat], radiusM })
}
const fix = (ts: number, eastM: number, more: Partial<Fix> = {}): Fix =>
  aFix({ ts, ...place(eastM), flags: FixFlag.authenticated, ...more })
const leave = (more: Partial<Approval> = {}): Approval => ({
  id: 'l',
  what: 'leave',
  from: '2026-11-18',
  until: '2026-11-24',
  places: '示例二县',
  areas: ['459002'],
  ...more,
})
/** Home lies about 0; the destination 30 km east of it. */
const to = (more: Partial<Approval> = {}, drawn = true): Destination => ({
  approval: leave(more),
  outline: drawn ? outline(30_000, 5_000) : null,
})
const middle = '2026-11-20'
/** Seen at these places, every so often. */
const seen = (
  eastM: readonly number[],
  everyMs: number,
  destinations: readonly Destination[] = [to()],
  more: Partial<Fix> = {},
) =>
  eastM.reduce<Trip>((trip, x, i) => seeTrip(trip, fix(start + i * everyMs, x, more), destinations, parameters), noTrip)
const last = (n: number, everyMs: number) => start + (n - 1) * everyMs
const many = (n: number, eastM: number) => Array<number>(n).fill(eastM)
const why = (trip: Trip, day = middle, destinations: readonly Destination[] = [to()], now = trip.lastTs) =>
  judgeTrip(trip, destinations, day, now, parameters)?.why

describe('an approval excuses where it leads', () => {
  test('inside the destination, however long', () => {
    expect(why(seen(many(20, 30_000), 30 * MINUTE))).toBe('there')
    // One position inside is enough for the benefit of the doubt.
    expect(why(seen([30_000], MINUTE))).toBe('there')
  })

  test('on the way: seen at ever other places, outside for hours', () => {
    const road = Array.from({ length: 40 }, (_, i) => -100_000 + i * 3_000)
    expect(why(seen(road, 5 * MINUTE))).toBe('moving')
  })

  test('a rest on the way is no stay until it lasted as long as the province says', () => {
    expect(why(seen(many(12, 10_000), 5 * MINUTE))).toBe('moving')
    expect(why(seen(many(13, 10_000), 5 * MINUTE))).toBe('elsewhere')
  })

  test('a confirmed stay clearly elsewhere: not excused, and since when', () => {
    const trip = seen(many(14, 10_000), 5 * MINUTE)
    expect(judgeTrip(trip, [to()], middle, trip.lastTs, parameters)).toMatchObject({
      excuses: false,
      why: 'elsewhere',
      since: start,
    })
  })

  test('walking about in one town is a stay; driving on ends it', () => {
    const about = Array.from({ length: 20 }, (_, i) => 10_000 + (i % 3) * 700)
    expect(why(seen(about, 5 * MINUTE))).toBe('elsewhere')
    expect(why(seen([...about, 14_000], 5 * MINUTE))).toBe('moving')
  })

  test('the first and the last day are days of travel, wherever he is; every day of recurrent travel counts', () => {
    const stay = seen(many(30, 10_000), 5 * MINUTE)
    expect(why(stay, '2026-11-18')).toBe('edge')
    expect(why(stay, '2026-11-24')).toBe('edge')
    expect(why(stay, '2026-11-19')).toBe('elsewhere')
    const travel = [to({ what: 'travel' })]
    expect(why(seen(many(30, 10_000), 5 * MINUTE, travel), '2026-11-18', travel)).toBe('elsewhere')
  })

  test('beyond accuracy: what lies in the band along the line decides nothing', () => {
    // 35,000 m is the line; within the buffer and the radius of the fix nobody is out.
    expect(why(seen(many(30, 35_100), 5 * MINUTE))).toBe('unsure')
    expect(why(seen(many(30, 35_150), 5 * MINUTE))).toBe('elsewhere')
    expect(why(seen(many(30, 35_150), 5 * MINUTE, [to()], { accuracyM: 120 }))).toBe('unsure')
  })

  test('the hysteresis of fences: three positions over two minutes', () => {
    const short = { ...parameters, stayMs: 0 }
    const judge = (n: number, everyMs: number) => {
      const trip = many(n, 10_000).reduce<Trip>(
        (t, x, i) => seeTrip(t, fix(start + i * everyMs, x), [to()], short),
        noTrip,
      )
      return judgeTrip(trip, [to()], middle, last(n, everyMs), short)?.why
    }
    expect([judge(2, 2 * MINUTE), judge(3, 30 * SECOND), judge(3, MINUTE)]).toEqual(['unsure', 'unsure', 'elsewhere'])
  })

  test('after a silence nothing is known, and the unknown accuses nobody', () => {
    const trip = seen(many(30, 10_000), 5 * MINUTE)
    expect(why(trip, middle, [to()], trip.lastTs + 61 * MINUTE)).toBe('unsure')
    // Seen again at the same place: the stay begins anew.
    const again = seeTrip(trip, fix(trip.lastTs + 3 * HOUR, 10_000), [to()], parameters)
    expect(again.stay).toMatchObject({ from: trip.lastTs + 3 * HOUR })
  })

  test('rough, simulated and late positions never decide', () => {
    for (const more of [{ accuracyM: 800 }, { flags: FixFlag.mock }, { flags: FixFlag.blind }])
      expect(why(seen(many(40, 10_000), 5 * MINUTE, [to()], more))).toBe('unsure')
    // Nor does a rough one in between end a stay.
    const steady = seen(many(20, 10_000), 5 * MINUTE)
    const rough = seeTrip(steady, fix(steady.lastTs + MINUTE, 40_000, { accuracyM: 2_000 }), [to()], parameters)
    expect(why(rough)).toBe('elsewhere')
  })

  test('a position that is not newer changes nothing', () => {
    const trip = seen(many(5, 10_000), MINUTE)
    expect(seeTrip(trip, fix(trip.lastTs, 30_000), [to()], parameters)).toBe(trip)
  })

  test('without an outline it excuses as ever, and says that it could not be checked', () => {
    const trip = seen(many(40, 10_000), 5 * MINUTE, [to({}, false)])
    const verdict = judgeTrip(trip, [to({}, false)], middle, trip.lastTs, parameters)
    expect(verdict).toMatchObject({ excuses: true, why: 'unchecked' })
    expect(verdict && sayTrip(verdict, null, null).zh).toBe(
      '已批准外出至 2026-11-24（示例二县）；目的地边界未导入，未能核对位置',
    )
    const nameless = judgeTrip(trip, [to({ areas: [] }, false)], middle, trip.lastTs, parameters)
    expect(nameless && sayTrip(nameless, null, null).zh).toContain('未登记目的地区划代码')
  })

  test('one approval that excuses is enough; nothing approved is no verdict', () => {
    const other: Destination = { approval: leave({ id: 'o', places: '示例三县' }), outline: outline(10_000, 3_000) }
    const both = [to(), other]
    expect(why(seen(many(30, 10_000), 5 * MINUTE, both), middle, both)).toBe('there')
    const unknown = [to(), to({ id: 'u' }, false)]
    expect(why(seen(many(30, 10_000), 5 * MINUTE, unknown), middle, unknown)).toBe('unchecked')
    expect(judgeTrip(noTrip, [], middle, start, parameters)).toBeNull()
  })

  test('reached after all, it excuses again', () => {
    const path = [...many(20, 10_000), 20_000, ...many(4, 30_000)]
    expect(why(seen(path, 5 * MINUTE))).toBe('there')
  })
})

describe('what the officer reads', () => {
  const elsewhere = () => {
    const trip = seen(many(30, 10_000), 5 * MINUTE)
    const verdict = judgeTrip(trip, [to()], middle, trip.lastTs, parameters)
    if (!verdict) throw new Error('no verdict')
    return verdict
  }
  test('where it leads, where he is, how far from it, since when', () => {
    expect(sayTrip(elsewhere(), '示例三县', place(10_000))).toEqual({
      zh: '已批准前往 示例二县，当前位置在 示例三县，自 11月20日10:00 起停留',
      en: 'approved for 示例二县, the position is elsewhere, in 示例三县, staying since 20 Nov 10:00',
    })
    expect(sayTrip(elsewhere(), null, place(10_000)).zh).toContain('当前位置在批准地以外')
    expect(sayTrip(elsewhere(), null, place(24_700)).zh).toMatch(/（距目的地边界 29\d 米）/)
  })
  test('every reason has its words', () => {
    const said = (['there', 'edge', 'moving', 'unsure', 'unchecked'] as const).map((reason) =>
      sayTrip({ excuses: true, why: reason, by: leave() }, null, null),
    )
    expect(new Set(said.map((s) => s.zh)).size).toBe(5)
    for (const { zh, en } of said) {
      expect(zh).toContain('已批准外出至 2026-11-24（示例二县）')
      expect(en).toMatch(/^leave approved until 2026-11-24/)
    }
  })
})

describe('whatever he does', () => {
  const steps = fc.array(fc.tuple(fc.integer({ min: -60_000, max: 60_000 }), fc.integer({ min: 1, max: 90 })), {
    minLength: 1,
    maxLength: 60,
  })
  const walk = (path: readonly (readonly [number, number])[], accuracyM = 15) => {
    let ts = start
    let trip = noTrip
    for (const [x, minutes] of path) {
      ts += minutes * MINUTE
      trip = seeTrip(trip, fix(ts, x, { accuracyM }), [to()], parameters)
    }
    return trip
  }

  test('nobody inside the destination, and nobody on a day of travel, is told elsewhere', () => {
    fc.assert(
      fc.property(steps, (path) => {
        const inside = walk(path.map(([x, m]) => [30_000 + (x % 4_000), m] as const))
        expect(why(inside)).toBe('there')
        expect(['there', 'edge']).toContain(why(walk(path), '2026-11-18'))
      }),
    )
  })

  test('a rougher position never gives a harder answer', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 15, max: 400 }), (path, accuracyM) => {
        if (why(walk(path)) !== 'elsewhere') expect(why(walk(path, accuracyM))).not.toBe('elsewhere')
      }),
    )
  })

  test('one more approval never gives a harder answer', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: -60_000, max: 60_000 }), (path, x) => {
        const more: Destination = { approval: leave({ id: 'o' }), outline: outline(x, 4_000) }
        let ts = start
        let [one, two] = [noTrip, noTrip]
        for (const [at, minutes] of path) {
          ts += minutes * MINUTE
          one = seeTrip(one, fix(ts, at), [to()], parameters)
          two = seeTrip(two, fix(ts, at), [to(), more], parameters)
        }
        if (judgeTrip(one, [to()], middle, ts, parameters)?.excuses)
          expect(judgeTrip(two, [to(), more], middle, ts, parameters)?.excuses).toBe(true)
      }),
    )
  })
})
