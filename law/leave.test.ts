import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type CivilDate, civilDate as d, daysInclusive, plusDays } from './civil-date.ts'
import { type Law, lawInForce, type ParameterValue } from './in-force.ts'
import {
  compareLeaveLevels,
  type LeaveCompetence,
  type LeaveRequest,
  leaveCompetence,
  type PastLeave,
} from './leave.ts'
import { readLeaveHistory, readLeaveRequest } from './leave-file.ts'
import { settled } from './refusals.ts'
import { isAbroad, leavesTerritory, territoryOf } from './territory.ts'

const span = (departure: string, last: string): { departure: CivilDate; return: CivilDate } => ({
  departure: d(departure),
  return: d(last),
})
const lawWith = (values: Record<string, ParameterValue>): Law =>
  lawInForce(d('2026-04-01'), '45', [{ id: 'r1', org: '', state: 'published', from: d('2020-07-01'), values }])

function decide(request: LeaveRequest, history: readonly PastLeave[] = [], law?: Law): LeaveCompetence {
  const answer = settled(leaveCompetence(request, history, law))
  if (answer.outcome !== 'leave') throw new Error('expected a leave')
  return answer
}

describe('one leave', () => {
  test.each([
    ['2026-04-01', '2026-04-01', 1, 'office', 'LVE-02'],
    ['2026-04-01', '2026-04-07', 7, 'office', 'LVE-02'],
    ['2026-04-01', '2026-04-08', 8, 'county', 'LVE-03'],
    ['2026-04-01', '2026-04-30', 30, 'county', 'LVE-03'],
    ['2026-04-01', '2026-05-01', 31, 'city', 'LVE-05'],
  ])('%s to %s is %i days: %s by %s', (from, to, days, level, rule) => {
    const answer = decide(span(from, to))
    expect(answer).toMatchObject({
      days,
      joinedDays: days,
      level,
      filedWithCounty: level === 'office',
      tellProcuratorate: level === 'city',
    })
    expect(answer.reasons[0]?.citation.id).toBe(rule)
    expect(answer.reasons.map(({ actual, threshold }) => actual > threshold)).toEqual(
      answer.reasons.map(() => level !== 'office'),
    )
  })

  test('three days ahead, with a reason', () => {
    expect(decide({ ...span('2026-04-10', '2026-04-12'), appliedOn: d('2026-04-07'), reason: '01' })).toMatchObject({
      applyBy: '2026-04-07',
      shortNotice: false,
      missing: [],
    })
    expect(decide({ ...span('2026-04-10', '2026-04-12'), appliedOn: d('2026-04-08'), reason: '77' })).toMatchObject({
      shortNotice: true,
      missing: ['reason'],
    })
    expect(decide(span('2026-04-10', '2026-04-12'))).toMatchObject({ shortNotice: false, missing: ['reason'] })
  })

  test('an office that was not delegated approves nothing', () => {
    const answer = decide(span('2026-04-01', '2026-04-03'), [], lawWith({ 'SET-02': 0 }))
    expect(answer).toMatchObject({ level: 'county', filedWithCounty: false })
    expect(answer.reasons[0]?.zh).toContain('未受委托')
  })

  test('the days of departure and return both count, unless set otherwise', () => {
    const law = lawWith({ 'SET-01': 'departure' })
    expect(decide(span('2026-04-01', '2026-04-08'), [], law)).toMatchObject({ days: 7, level: 'office' })
    expect(decide(span('2026-04-01', '2026-04-01'), [], law).days).toBe(1)
    // Divided back to back, the inner day of return is a day away all the same.
    expect(decide(span('2026-04-05', '2026-04-09'), [span('2026-04-01', '2026-04-04')], law)).toMatchObject({
      joinedDays: 8,
      level: 'county',
    })
  })

  test('dates the wrong way round are refused', () =>
    expect(leaveCompetence(span('2026-04-02', '2026-04-01'), [])).toMatchObject({ refused: 'ZJ_LAW_LEAVE_DATES' }))
})

describe('accumulation', () => {
  const weeks = [span('2026-04-01', '2026-04-07'), span('2026-04-08', '2026-04-14'), span('2026-04-15', '2026-04-21')]

  test('7 + 7 + 7 is not three office approvals', () => {
    expect(weeks.map((week, index) => decide(week, weeks.slice(0, index)).level)).toEqual([
      'office',
      'county',
      'county',
    ])
    const third = decide(span('2026-04-15', '2026-04-21'), [
      { ...span('2026-04-01', '2026-04-07'), id: 'L1' },
      span('2026-04-08', '2026-04-14'),
    ])
    expect(third).toMatchObject({ days: 7, joinedDays: 21, joinedWith: ['L1', '#2'] })
  })

  test('the middle week, asked for last, joins both sides', () =>
    expect(
      decide(span('2026-04-08', '2026-04-14'), [span('2026-04-15', '2026-04-21'), span('2026-04-01', '2026-04-07')]),
    ).toMatchObject({ joinedDays: 21, level: 'county' }))

  test('departing on the day of return joins; a day at home does not, unless set', () => {
    const past = [span('2026-04-01', '2026-04-07')]
    expect(decide(span('2026-04-07', '2026-04-09'), past)).toMatchObject({ joinedDays: 9, level: 'county' })
    expect(decide(span('2026-04-09', '2026-04-11'), past)).toMatchObject({ joinedDays: 3, level: 'office' })
    expect(decide(span('2026-04-09', '2026-04-11'), past, lawWith({ 'SET-04': 1 }))).toMatchObject({
      joinedDays: 10,
      level: 'county',
    })
  })

  test('over thirty days in any two months, the request included, go to the city', () => {
    const past = [span('2026-03-05', '2026-03-18'), span('2026-03-25', '2026-04-07')]
    expect(decide(span('2026-04-20', '2026-04-21'), past)).toMatchObject({
      level: 'office',
      window: { from: '2026-03-05', to: '2026-05-04', days: 30 },
    })
    const city = decide(span('2026-04-20', '2026-04-22'), past)
    expect(city).toMatchObject({ level: 'city', window: { days: 31 }, tellProcuratorate: true })
    expect(city.reasons.map(({ citation }) => citation.id)).toEqual(['LVE-06'])
  })

  test('a leave approved for later counts as well', () =>
    expect(decide(span('2026-04-01', '2026-04-07'), [span('2026-04-20', '2026-05-15')])).toMatchObject({
      level: 'city',
      window: { days: 33 },
    }))

  test('what lies outside the two months does not', () =>
    expect(
      decide(span('2026-06-01', '2026-06-05'), [span('2026-03-01', '2026-03-30'), span('2026-09-01', '2026-09-30')]),
    ).toMatchObject({ level: 'office', window: { days: 5 } }))

  test('the actual dates count: early return, overstay, late departure, not back yet', () => {
    const request = span('2026-04-20', '2026-04-22')
    const past = { ...span('2026-03-10', '2026-04-08') }
    expect(decide(request, [past])).toMatchObject({ level: 'city' })
    expect(decide(request, [{ ...past, returned: d('2026-03-20') }])).toMatchObject({
      level: 'office',
      window: { days: 14 },
    })
    expect(decide(request, [{ ...past, departed: d('2026-03-12') }])).toMatchObject({ window: { days: 31 } })
    expect(decide(request, [{ ...past, departed: d('2026-03-20'), returned: d('2026-03-19') }])).toMatchObject({
      window: { days: 4 },
    })
    expect(decide(request, [{ ...past, returned: d('2026-04-19') }])).toMatchObject({ joinedDays: 44 })
    expect(decide({ ...request, on: d('2026-04-19') }, [{ ...past, returned: null }])).toMatchObject({ joinedDays: 44 })
    expect(decide({ ...request, on: d('2026-03-01') }, [{ ...past, returned: null }])).toMatchObject({ joinedDays: 3 })
  })

  test('only approved leaves count', () => {
    for (const state of ['pending', 'refused', 'cancelled'] as const)
      expect(decide(span('2026-04-08', '2026-04-14'), [{ ...span('2026-04-01', '2026-04-07'), state }]).level).toBe(
        'office',
      )
    expect(
      decide(span('2026-04-08', '2026-04-14'), [{ ...span('2026-04-01', '2026-04-07'), state: 'approved' }]).level,
    ).toBe('county')
  })
})

const day = (n: number) => plusDays(d('2026-03-01'), n)
/** Distinct leaves with days at home between them or none. */
const someLeaves = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 20 })), { maxLength: 6 })
  .map((pairs) => {
    let next = 0
    return pairs.map(([home, length]) => {
      const departure = day(next + home)
      next += home + length
      return { departure, return: day(next - 1) }
    })
  })

describe('in every case', () => {
  for (const counting of ['both', 'departure'])
    test(`no division of a leave, asked for in any order, avoids the authority of the whole (${counting})`, () =>
      fc.assert(
        fc.property(
          fc.array(fc.integer({ min: 1, max: 12 }), { minLength: 1, maxLength: 7 }).chain((lengths) =>
            fc.tuple(
              fc.constant(lengths),
              fc.shuffledSubarray(
                lengths.map((_, i) => i),
                { minLength: lengths.length },
              ),
            ),
          ),
          ([lengths, order]) => {
            const law = lawWith({ 'SET-01': counting })
            const starts = lengths.map((_, index) => lengths.slice(0, index).reduce((a, b) => a + b, 0))
            const part = (index: number) => ({
              departure: day(starts[index] ?? 0),
              return: day((starts[index] ?? 0) + (lengths[index] ?? 1) - 1),
            })
            const whole = decide({ departure: day(0), return: day(lengths.reduce((a, b) => a + b, 0) - 1) }, [], law)
            const levels = order.map((index, asked) => decide(part(index), order.slice(0, asked).map(part), law).level)
            expect(levels.some((level) => compareLeaveLevels(level, whole.level) >= 0)).toBe(true)
          },
        ),
      ))

  test('scattered parts of more than thirty days in two months reach the city', () =>
    fc.assert(
      fc.property(someLeaves, (leaves) => {
        const inTwoMonths = leaves.filter((leave) => leave.return <= '2026-04-30')
        const sum = inTwoMonths.reduce((total, leave) => total + daysInclusive(leave.departure, leave.return), 0)
        const levels = inTwoMonths.map((leave, asked) => decide(leave, inTwoMonths.slice(0, asked)).level)
        if (sum > 30) expect(levels).toContain('city')
      }),
    ))

  test('more history, or a longer request, never lowers the authority', () =>
    fc.assert(
      fc.property(
        someLeaves,
        fc.integer({ min: 0, max: 80 }),
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 20 }),
        (leaves, at, length, more) => {
          const level = (last: number, history: readonly PastLeave[]) =>
            decide({ departure: day(at), return: day(at + last) }, history).level
          expect(compareLeaveLevels(level(length, leaves), level(length, leaves.slice(1)))).toBeGreaterThanOrEqual(0)
          expect(compareLeaveLevels(level(length + more, leaves), level(length, leaves))).toBeGreaterThanOrEqual(0)
        },
      ),
    ))
})

describe('where to', () => {
  test('never abroad, Hong Kong, Macao and Taiwan included', () => {
    for (const destination of [
      { country: 'MM' },
      { country: 'HK' },
      { area: '810001' },
      { area: '820001' },
      { area: '710100' },
    ])
      expect(leaveCompetence({ ...span('2026-04-01', '2026-04-02'), destination }, [])).toMatchObject({
        refused: 'ZJ_LAW_LEAVE_ABROAD',
      })
    expect(isAbroad('CN', '450203')).toBe(false)
  })

  test.each([
    ['450203', '450205', false, 'two districts of Liuzhou'],
    ['450203', '450223', true, 'a district to a county of the city'],
    ['450223', '450203', true, 'a county to a district of the city'],
    ['450223', '450223001', false, 'inside the county'],
    ['450203', '450103', true, 'another city'],
    ['110101', '110108', false, 'districts of Beijing'],
    ['500151', '500101', false, 'districts of Chongqing numbered above fifty'],
    ['455101', '455102', false, 'districts of a city numbered above fifty'],
    ['222401', '222402', true, 'county-level cities of a prefecture are not districts'],
    ['320581', '320505', true, 'a county-level city is its own'],
    ['450203', '45', true, 'a vague destination leaves'],
  ])('from %s to %s: leaves %s, %s', (home, to, leaves) => expect(leavesTerritory(home, to)).toBe(leaves))

  test('the boundary of a resident is the city or the county', () => {
    expect(territoryOf('450203007')).toBe('4502')
    expect(territoryOf('450223')).toBe('450223')
    expect(territoryOf('441900')).toBe('441900')
  })

  test('a trip inside the territory is no leave', () => {
    const trip = { ...span('2026-04-01', '2026-04-20'), home: '450203', destination: { area: '450205' } }
    expect(leaveCompetence(trip, [])).toMatchObject({ outcome: 'notLeaving', citation: { id: 'LVE-08' } })
    expect(decide({ ...trip, leavesTerritory: true }).level).toBe('county')
    expect(leaveCompetence({ ...span('2026-04-01', '2026-04-20'), leavesTerritory: false }, [])).toMatchObject({
      outcome: 'notLeaving',
    })
    expect(decide({ ...trip, destination: { area: '450103' } }).level).toBe('county')
    expect(decide({ ...trip, destination: undefined }).level).toBe('county')
  })
})

describe('files', () => {
  test('the documented examples are read', () => {
    const history = settled(
      readLeaveHistory([
        { id: 'L1', departure: '2026-03-01', return: '2026-03-07', returned: '2026-03-06' },
        { id: 'L2', departure: '20260320', return: '2026-03-22', returned: null },
        { departure: '2026-04-10', departed: '2026-04-11', return: '2026-04-12', state: 'cancelled' },
      ]),
    )
    expect(history).toMatchObject([
      { id: 'L1', returned: '2026-03-06' },
      { departure: '2026-03-20', returned: null },
      { state: 'cancelled', departed: '2026-04-11' },
    ])
    expect(settled(readLeaveHistory({ leaves: [] }))).toEqual([])
    const request = settled(
      readLeaveRequest({
        departure: '2026-04-01',
        return: '2026-04-07',
        reason: '01',
        appliedOn: '2026-03-27',
        home: '450203',
        destination: { area: '450103', country: 'CN' },
      }),
    )
    expect(decide(request, history)).toMatchObject({ level: 'office', joinedDays: 7, joinedWith: [], missing: [] })
    // Still not back the day before departure: one absence from the 20th on.
    expect(decide({ ...request, on: d('2026-03-31') }, history)).toMatchObject({
      level: 'county',
      joinedDays: 19,
      joinedWith: ['L2'],
    })
    expect(
      settled(
        readLeaveRequest({ departure: '2026-04-01', return: '2026-04-07', leavesTerritory: true, on: '2026-03-30' }),
      ),
    ).toMatchObject({ leavesTerritory: true, on: '2026-03-30' })
  })

  test.each([
    [null, /history/],
    [{}, /leaves/],
    [[3], /leaves\[0\]/],
    [[{ departure: 'x', return: '2026-04-01' }], /departure/],
    [[{ departure: '2026-04-01', return: '2026-04-01', state: 'lost' }], /state/],
    [[{ id: '', departure: '2026-04-01', return: '2026-04-01' }], /id/],
  ])('history %j is refused by its place', (file, place) =>
    expect(readLeaveHistory(file)).toMatchObject({ refused: 'ZJ_LAW_FACTS_INVALID', en: expect.stringMatching(place) }),
  )

  test.each([
    [[], /request/],
    [{ departure: '2026-04-01' }, /return/],
    [{ departure: '2026-04-01', return: '2026-04-01', destination: 'Nanning' }, /destination/],
    [{ departure: '2026-04-01', return: '2026-04-01', leavesTerritory: 'yes' }, /leavesTerritory/],
  ])('request %j is refused by its place', (file, place) =>
    expect(readLeaveRequest(file)).toMatchObject({ refused: 'ZJ_LAW_FACTS_INVALID', en: expect.stringMatching(place) }),
  )
})
