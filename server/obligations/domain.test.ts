import { civilDate, plusDays } from '@zhijiao/law/civil-date'
import { lawInForce, type ParameterValue } from '@zhijiao/law/in-force'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  becomes,
  type Last,
  type ObligationKind,
  outageWithin,
  type Standing,
  termWatches,
  wantedOf,
} from './domain.ts'
import { everyAt, everySaid, lengthSaid, nextOnLattice, periodAt, readEvery, stepFrom } from './periods.ts'

const today = civilDate('2026-11-18')
const lawWith = (values: Record<string, ParameterValue> = {}) =>
  lawInForce(today, '459001001', [{ id: 'r', org: '45', state: 'published', from: civilDate('2026-01-01'), values }])
const law = lawWith()
const person = (more: Partial<Standing> = {}): Standing => ({
  id: 'p',
  org: '459001001',
  category: '02',
  level: '2',
  state: 'inCorrection',
  termStart: civilDate('2026-09-01'),
  termEnd: civilDate('2028-08-31'),
  effectiveOn: null,
  receivedOn: civilDate('2026-09-07'),
  injunctions: [],
  injunctionUndated: false,
  medical: false,
  putOff: null,
  leaves: [],
  ...more,
})
const wants = (p: Standing, last: ReadonlyMap<ObligationKind, Last> = new Map(), l = law, on = today) =>
  wantedOf(p, last, l, on)
const of = (kind: ObligationKind, ...args: Parameters<typeof wants>) => wants(...args).find((w) => w.kind === kind)
const had = (kind: ObligationKind, from: string, due: string, state: Last['state'] = 'fulfilled') =>
  new Map([[kind, { kind, slot: from, from: civilDate(from), due: civilDate(due), state, extendedTo: null }]])

describe('periods', () => {
  test('are read from settings, or are none', () => {
    expect(readEvery('2w')).toEqual({ count: 2, unit: 'w' })
    expect(lengthSaid({ count: 3, unit: 'm' })).toEqual({ zh: '3 个月', en: '3 months' })
    expect(lengthSaid({ count: 1, unit: 'd' })).toEqual({ zh: '1 日', en: '1 day' })
    for (const nothing of ['', '-', '0d', 'w', '2x', '2w1']) expect(readEvery(nothing)).toBeNull()
    expect(everyAt('1=1m,2=2w，3=1w', '3', ['1', '2', '3'])).toEqual({ count: 1, unit: 'w' })
    expect(everyAt('2=1m', '1', ['1', '2'])).toBeNull()
    expect(everyAt('-', '1', ['1'])).toBeNull()
  })
  test('of a level that is not named are those of the nearest milder one', () => {
    const order = ['1', '2', '3', '4']
    const at = (setting: string) => everyAt(setting, '4', order)
    expect(at('1=1m,2=2w,3=1w')).toEqual({ count: 1, unit: 'w' })
    expect(at('1=1m')).toEqual({ count: 1, unit: 'm' })
    expect(at('1=1m,2=2w,3=1w,4=3d')).toEqual({ count: 3, unit: 'd' })
    // Said outright: nothing, whatever the milder ones do.
    expect(at('1=1m,2=2w,3=1w,4=-')).toBeNull()
    // A level that the place no longer has: its own period or none.
    expect(everyAt('1=1m,4=3d', '4', ['1', '2'])).toEqual({ count: 3, unit: 'd' })
    expect(everyAt('1=1m', '4', ['1', '2'])).toBeNull()
    // Never less is asked of a stricter level than of a milder one that is named.
    fc.assert(
      fc.property(fc.subarray(order, { minLength: 1 }), fc.constantFrom(...order), (named, level) => {
        const first = named[0] ?? ''
        expect(everyAt(named.map((code) => `${code}=1w`).join(','), level, order) !== null).toBe(level >= first)
      }),
    )
  })
  test('are said in words', () => {
    expect(everySaid({ count: 1, unit: 'm' }).zh).toBe('每月一次')
    expect(everySaid({ count: 2, unit: 'w' })).toEqual({ zh: '每 2 周一次', en: 'once every 2 weeks' })
    expect(everySaid({ count: 1, unit: 'd' })).toEqual({ zh: '每日一次', en: 'once every day' })
  })
  test('months clamp and are counted from the anchor, never from a clamped day', () => {
    const anchor = civilDate('2026-01-31')
    const month = { count: 1, unit: 'm' } as const
    expect([1, 2, 3].map((n) => stepFrom(anchor, month, n))).toEqual(['2026-02-28', '2026-03-31', '2026-04-30'])
    expect(periodAt(anchor, month, civilDate('2026-03-30'))).toBe('2026-02-28')
    expect(nextOnLattice(anchor, month, civilDate('2026-02-28'))).toBe('2026-03-31')
  })
})

describe('what begins', () => {
  test('a report every two weeks at the ordinary level, weekly at the strict one, on the lattice of the entry', () => {
    expect(of('report', person())).toMatchObject({ from: '2026-11-16', due: '2026-11-29', rule: 'REP-01' })
    expect(of('report', person({ level: '3' }))).toMatchObject({ from: '2026-11-16', due: '2026-11-22' })
    expect(of('report', person({ level: '1' }))).toMatchObject({ from: '2026-11-07', due: '2026-12-06' })
  })
  test('as the province sets it, or not at all', () => {
    expect(of('report', person(), new Map(), lawWith({ 'SET-25': '2=10d' }))).toMatchObject({
      from: '2026-11-16',
      due: '2026-11-25',
    })
    expect(of('report', person(), new Map(), lawWith({ 'SET-25': '-' }))).toBeUndefined()
    // A fourth level has the period it is given, else that of the nearest milder one.
    const four = { 'SET-34': '1=宽管,2=普管,3=严管,4=重点' }
    const key = (more: Record<string, string>) =>
      of('report', person({ level: '4' }), new Map(), lawWith({ ...four, ...more }))
    expect(key({})).toMatchObject({ from: '2026-11-16', due: '2026-11-22' })
    expect(key({ 'SET-25': '1=1m,2=2w,3=1w,4=3d' })).toMatchObject({ from: '2026-11-18', due: '2026-11-20' })
    expect(key({ 'SET-25': '1=1m,2=2w,3=1w,4=-' })).toBeUndefined()
    expect(of('publicGood', person())).toBeUndefined()
    expect(of('publicGood', person(), new Map(), lawWith({ 'SET-27': '2=1m' }))).toMatchObject({ rule: null })
  })
  test('the next period follows the one before; one that is over was asked of nobody and is not made', () => {
    const last = had('report', '2026-11-02', '2026-11-15')
    expect(of('report', person(), last)).toMatchObject({ from: '2026-11-16', due: '2026-11-29' })
    expect(of('report', person(), had('report', '2026-11-16', '2026-11-29'))).toBeUndefined()
    expect(of('report', person(), had('report', '2026-06-01', '2026-06-14'))).toMatchObject({ due: '2026-11-29' })
  })
  test('the last period ends with the term', () =>
    expect(of('report', person({ termEnd: civilDate('2026-11-20') }))?.due).toBe('2026-11-20'))
  test('monthly report and three-monthly review of a temporary service, by the law, of nobody else', () => {
    const serving = person({ category: '04', medical: true })
    expect(of('bodyReport', serving)).toMatchObject({ from: '2026-11-07', due: '2026-12-07', rule: 'REP-03' })
    expect(of('medicalReview', serving)).toMatchObject({ from: '2026-09-07', due: '2026-12-07', rule: 'REP-04' })
    expect(of('medicalReview', person({ category: '04' }))).toBeUndefined()
    expect(of('bodyReport', person())).toBeUndefined()
    expect(of('bodyReport', serving, had('bodyReport', '2026-10-07', '2026-11-07'))).toMatchObject({
      from: '2026-11-07',
    })
  })
  test('the first report within ten days of effect; a temporary service is handed over, not awaited', () => {
    const awaited = person({ state: 'awaiting', effectiveOn: civilDate('2026-11-12'), receivedOn: null })
    expect(wants(awaited)).toMatchObject([{ kind: 'firstReport', due: '2026-11-23', rule: 'RPT-01' }])
    expect(wants({ ...awaited, category: '04' })).toEqual([])
    expect(wants({ ...awaited, effectiveOn: civilDate('2026-11-19') })).toEqual([])
    expect(wants(awaited, had('firstReport', '2026-11-12', '2026-11-23', 'missed'))).toEqual([])
    expect(
      wants({ ...awaited, effectiveOn: civilDate('2026-12-25') }, new Map(), law, civilDate('2026-12-26')),
    ).toMatchObject([{ due: '2027-01-04' }])
  })
  describe('REP-07 a report on keeping an injunction', () => {
    const bound = (from: string | null, until: string | null, more: Partial<Standing> = {}) =>
      person({
        injunctions: [{ from: from ? civilDate(from) : null, until: until ? civilDate(until) : null }],
        ...more,
      })
    const asked = (p: Standing, ...more: [ReadonlyMap<ObligationKind, Last>?, typeof law?, typeof today?]) =>
      of('injunctionReport', p, ...more)
    test('every month while it is in force, from the entry where it is older, else from its own day', () => {
      expect(asked(bound('2026-09-01', '2028-08-31'))).toMatchObject({
        from: '2026-11-07',
        due: '2026-12-06',
        rule: 'REP-07',
        counted: false,
        said: { zh: '每月一次（本地设置 SET-35）' },
      })
      expect(asked(bound('2026-10-15', '2028-08-31'))).toMatchObject({ from: '2026-11-15', due: '2026-12-14' })
    })
    test('of nobody without one, nor before its first day or after its last', () => {
      expect(asked(person())).toBeUndefined()
      expect(asked(bound('2026-11-19', null))).toBeUndefined()
      expect(asked(bound('2026-11-18', null))).toMatchObject({ from: '2026-11-18' })
      expect(asked(bound(null, '2026-11-17'))).toBeUndefined()
      expect(asked(bound(null, '2026-11-18'))).toMatchObject({ from: '2026-11-07', due: '2026-11-18' })
    })
    test('the last period ends with the injunction, or with the term where that is shorter', () => {
      expect(asked(bound('2026-09-01', '2026-11-25'))?.due).toBe('2026-11-25')
      expect(asked(bound('2026-09-01', '2029-01-01', { termEnd: civilDate('2026-11-20') }))?.due).toBe('2026-11-20')
    })
    test('of control and suspended sentences only: a parolee and who serves outside prison have none', () => {
      const words = ['01', '02', '03', '04', 'unknown'].map((category) =>
        Boolean(asked(bound(null, null, { category }))),
      )
      expect(words).toEqual([true, true, false, false, false])
    })
    test('words without a term hold for the term of correction; a term on file is the word', () => {
      expect(asked(person({ injunctionUndated: true }))).toMatchObject({ from: '2026-11-07', due: '2026-12-06' })
      expect(asked(person({ injunctionUndated: true, category: '03' }))).toBeUndefined()
    })
    test('of several the one that holds, and the longest while they overlap', () => {
      const two = (...spans: [string, string][]) =>
        person({ injunctions: spans.map(([from, until]) => ({ from: civilDate(from), until: civilDate(until) })) })
      expect(asked(two(['2026-09-01', '2026-10-31'], ['2026-12-01', '2027-03-31']))).toBeUndefined()
      expect(asked(two(['2026-11-10', '2026-11-20'], ['2026-09-10', '2026-11-30']))).toMatchObject({
        from: '2026-11-10',
        due: '2026-11-30',
      })
    })
    test('as the province sets it by level, or not at all', () => {
      const p = bound('2026-09-01', null)
      expect(asked(p, undefined, lawWith({ 'SET-35': '2=1w' }))).toMatchObject({
        from: '2026-11-16',
        due: '2026-11-22',
      })
      expect(asked(p, undefined, lawWith({ 'SET-35': '3=1w' }))).toBeUndefined()
      expect(asked(p, undefined, lawWith({ 'SET-35': '-' }))).toBeUndefined()
    })
    test('the next period follows the one before; a second injunction begins anew', () => {
      expect(asked(bound('2026-09-01', null), had('injunctionReport', '2026-10-07', '2026-11-06'))).toMatchObject({
        from: '2026-11-07',
        due: '2026-12-06',
      })
      expect(asked(bound('2026-11-10', null), had('injunctionReport', '2026-09-07', '2026-09-30'))).toMatchObject({
        from: '2026-11-10',
        due: '2026-12-09',
      })
    })
    test('property: it is asked for on the days of the injunction, and on no other', () =>
      fc.assert(
        fc.property(
          fc.integer({ min: -40, max: 800 }),
          fc.integer({ min: 0, max: 400 }),
          fc.integer({ min: -60, max: 900 }),
          fc.constantFrom('1', '2', '3'),
          (start, length, days, level) => {
            const from = plusDays(civilDate('2026-09-01'), start)
            const until = plusDays(from, length)
            const on = plusDays(civilDate('2026-09-07'), days)
            const p = person({ level, injunctions: [{ from, until }] })
            const wanted = asked(p, new Map(), law, on)
            const holds = on >= civilDate('2026-09-07') && on <= p.termEnd && from <= on && on <= until
            expect(Boolean(wanted)).toBe(holds)
            if (wanted) {
              expect(wanted.from <= on && on <= wanted.due).toBe(true)
              expect(wanted.from >= from && wanted.due <= until && wanted.due <= p.termEnd).toBe(true)
            }
          },
        ),
      ))
  })
  test('back from leave by its last day', () => {
    const leave = { id: 'l', from: today, until: plusDays(today, 4), state: 'approved', returnedOn: null } as const
    expect(of('leaveReturn', person({ leaves: [leave] }))).toMatchObject({
      slot: 'l',
      due: '2026-11-22',
      rule: 'LVE-09',
    })
    expect(of('leaveReturn', person({ leaves: [{ ...leave, state: 'asked' }] }))).toBeUndefined()
  })
  test('the own summary thirty days before the end, asked for thirty days before that', () => {
    const ending = (day: string) => of('selfSummary', person({ termEnd: civilDate(day) }))
    expect(ending('2027-01-10')).toMatchObject({ due: '2026-12-11', rule: 'END-01' })
    expect(ending('2027-01-18')).toBeUndefined()
    expect(ending('2026-12-10')).toBeUndefined()
  })
  test('nothing of who is held, missing or gone, nor before the start or after the end', () => {
    for (const state of ['detained', 'missing', 'released', 'terminated', 'transferred'])
      expect(wants(person({ state }))).toEqual([])
    expect(wants(person({ receivedOn: plusDays(today, 1) }))).toEqual([])
    expect(wants(person({ termEnd: plusDays(today, -1) }))).toEqual([])
  })
  test('property: a period holds its day, ends no sooner than it begins and never lies wholly in the past', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 700 }),
        fc.constantFrom('1', '2', '3'),
        fc.constantFrom('1=1m,2=2w,3=1w', '1=3m,2=1d,3=10d'),
        (days, level, setting) => {
          const on = plusDays(civilDate('2026-09-07'), days)
          const wanted = of('report', person({ level }), new Map(), lawWith({ 'SET-25': setting }), on)
          expect(wanted && wanted.from <= on && on <= wanted.due && wanted.from <= wanted.due).toBe(true)
        },
      ),
    ))
})

describe('what becomes of what runs', () => {
  const running = (kind: ObligationKind, from: string, due: string, slot = from) => ({
    kind,
    slot,
    from: civilDate(from),
    due: civilDate(due),
    lastDay: civilDate(due),
  })
  const report = running('report', '2026-11-16', '2026-11-29')
  const is = (p: Standing, row = report, l = law) => becomes(row, p, l, today)
  test('it runs on, rests in custody and on leave, and is dropped when correction ends', () => {
    expect(is(person())).toEqual({ is: 'runs' })
    expect(is(person({ state: 'detained' }))).toEqual({ is: 'rests', cause: 'custody' })
    const leave = { id: 'l', from: today, until: today, state: 'approved', returnedOn: null } as const
    expect(is(person({ leaves: [leave] }))).toEqual({ is: 'rests', cause: 'away' })
    expect(is(person({ leaves: [{ ...leave, state: 'returned' }] }))).toEqual({ is: 'runs' })
    expect(is(person({ category: '04', leaves: [leave] }), running('bodyReport', '2026-11-07', '2026-12-07'))).toEqual({
      is: 'runs',
    })
    for (const state of ['released', 'terminated', 'transferred'])
      expect(is(person({ state }))).toEqual({ is: 'dropped', why: 'ended' })
    expect(is(person({ state: 'missing' }))).toEqual({ is: 'runs' })
  })
  test('a stricter level does not wait for the longer period to end; a laxer one changes nothing that runs', () => {
    const monthly = running('report', '2026-11-07', '2026-12-06')
    expect(is(person({ level: '3' }), monthly)).toEqual({ is: 'dropped', why: 'levelChanged' })
    expect(is(person({ level: '1' }))).toEqual({ is: 'runs' })
    expect(is(person(), report, lawWith({ 'SET-25': '-' }))).toEqual({ is: 'dropped', why: 'levelChanged' })
    const dropped = had('report', '2026-11-07', '2026-12-06', 'dropped')
    expect(of('report', person({ level: '3' }), dropped)).toMatchObject({ from: '2026-11-18', due: '2026-11-24' })
  })
  test('a report on an injunction is dropped when that is over, missed when it was not made in its time', () => {
    const row = running('injunctionReport', '2026-11-07', '2026-12-06')
    const bound = (until: string, more: Partial<Standing> = {}) =>
      person({ injunctions: [{ from: civilDate('2026-09-01'), until: civilDate(until) }], ...more })
    expect(is(bound('2027-09-01'), row)).toEqual({ is: 'runs' })
    expect(is(bound('2026-12-06'), row)).toEqual({ is: 'runs' })
    // Lifted, or shortened so that it ends before the day that was set: that is asked for anew.
    expect(is(person(), row)).toEqual({ is: 'dropped', why: 'injunctionOver' })
    expect(is(bound('2026-11-17'), row)).toEqual({ is: 'dropped', why: 'injunctionOver' })
    expect(is(bound('2026-11-20'), row)).toEqual({ is: 'dropped', why: 'cancelled' })
    const dropped = had('injunctionReport', '2026-11-07', '2026-12-06', 'dropped')
    expect(of('injunctionReport', bound('2026-11-20'), dropped)).toMatchObject({ from: today, due: '2026-11-20' })
    // Its last day has passed: whoever looks for what was missed finds it.
    const over = running('injunctionReport', '2026-11-07', '2026-11-17')
    expect(is(bound('2026-11-17'), over)).toEqual({ is: 'runs' })
    // Given time back after custody: that he has only while it holds.
    expect(is(bound('2026-11-17'), { ...over, lastDay: today })).toEqual({ is: 'dropped', why: 'injunctionOver' })
    // It rests in custody, not on leave: that is reported on from anywhere.
    expect(is(bound('2027-09-01', { state: 'detained' }), row)).toEqual({ is: 'rests', cause: 'custody' })
    const leave = { id: 'l', from: today, until: today, state: 'approved', returnedOn: null } as const
    expect(is(bound('2027-09-01', { leaves: [leave] }), row)).toEqual({ is: 'runs' })
    expect(is(bound('2027-09-01'), row, lawWith({ 'SET-35': '-' }))).toEqual({ is: 'dropped', why: 'levelChanged' })
  })
  test('the first report is done by the reception, the leave by the return', () => {
    const first = running('firstReport', '2026-11-01', '2026-11-11', 'first')
    expect(is(person({ state: 'awaiting' }), first)).toEqual({ is: 'runs' })
    expect(is(person({ receivedOn: civilDate('2026-11-09') }), first)).toEqual({ is: 'fulfilled', on: '2026-11-09' })
    expect(is(person({ receivedOn: null }), first)).toEqual({ is: 'fulfilled', on: today })
    const back = running('leaveReturn', '2026-11-10', '2026-11-20', 'l')
    const leave = (state: 'returned' | 'cancelled' | 'approved', returnedOn: string | null = null) =>
      is(
        person({
          leaves: [
            {
              id: 'l',
              from: civilDate('2026-11-10'),
              until: civilDate('2026-11-20'),
              state,
              returnedOn: returnedOn ? civilDate(returnedOn) : null,
            },
          ],
        }),
        back,
      )
    expect(leave('returned', '2026-11-17')).toEqual({ is: 'fulfilled', on: '2026-11-17' })
    expect(leave('returned')).toEqual({ is: 'fulfilled', on: today })
    expect(leave('cancelled')).toEqual({ is: 'dropped', why: 'cancelled' })
    expect(leave('approved')).toEqual({ is: 'runs' })
  })
  test('a summary for a term that has moved is asked for anew', () => {
    const row = running('selfSummary', '2026-11-18', '2026-12-11', '2027-01-10')
    expect(is(person({ termEnd: civilDate('2027-01-10') }), row)).toEqual({ is: 'runs' })
    expect(is(person({ termEnd: civilDate('2027-01-08') }), row)).toEqual({ is: 'dropped', why: 'cancelled' })
  })
})

describe('outages are taken off', () => {
  test('inside the time only, overlapping ones once, running ones until now', () => {
    expect(outageWithin(0, 100, [], 200)).toBe(0)
    expect(
      outageWithin(
        0,
        100,
        [
          { from: -50, until: 10 },
          { from: 5, until: 20 },
          { from: 90, until: 300 },
        ],
        200,
      ),
    ).toBe(30)
    expect(outageWithin(0, 100, [{ from: 40, until: null }], 60)).toBe(20)
    expect(outageWithin(0, 100, [{ from: 150, until: 160 }], 200)).toBe(0)
  })
})

describe('S0.38 the watch before a temporary service ends', () => {
  const serving = (termEnd: string, more = {}) => person({ category: '04', termEnd: civilDate(termEnd), ...more })
  test('each lead once it has come, the nearest only', () => {
    expect(termWatches(serving('2027-02-18'), '3m,30d', today).map((w) => w.slot)).toEqual(['2027-02-18/3m'])
    expect(termWatches(serving('2026-12-18'), '3m,30d', today).map((w) => w.slot)).toEqual(['2026-12-18/30d'])
    expect(termWatches(serving('2026-11-25'), '2w', today)).toHaveLength(1)
  })
  test('not too early, not of others, not when it is over, nothing where nothing is set', () => {
    expect(termWatches(serving('2027-02-19'), '3m,30d', today)).toEqual([])
    expect(termWatches(person({ termEnd: civilDate('2026-12-01') }), '3m', today)).toEqual([])
    expect(termWatches(serving('2026-12-01', { state: 'released' }), '3m', today)).toEqual([])
    expect(termWatches(serving('2026-11-17'), '3m', today)).toEqual([])
    expect(termWatches(serving('2026-12-01'), '-', today)).toEqual([])
  })
})
