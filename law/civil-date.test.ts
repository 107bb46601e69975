import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as day from './civil-date.ts'
import { isRefusal, LawError, settled } from './refusals.ts'

const d = day.civilDate
const aDate = fc.integer({ min: -40_000, max: 60_000 }).map(day.dateOfDayNumber)

describe('reading', () => {
  test.each(['2026-11-21', '20261121'])('%s is a day', (text) => expect(day.parseCivilDate(text)).toBe('2026-11-21'))

  test.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-04-31',
    '0000-01-01',
    '2026-1-1',
    '2026/11/21',
    '202611',
    '',
    ' 2026-11-21',
  ])('%s is none', (text) => expect(day.parseCivilDate(text)).toMatchObject({ refused: 'ZJ_LAW_DATE_INVALID' }))

  test('a leap day is a day only in a leap year', () => {
    expect(day.parseCivilDate('2024-02-29')).toBe('2024-02-29')
    expect([1900, 2000, 2024, 2026].map(day.isLeapYear)).toEqual([false, true, true, false])
    expect(isRefusal(day.civilDateOf(2026.5, 1, 1))).toBe(true)
  })

  test('only the stored form is a civil date', () => {
    expect(day.isCivilDate('2026-11-21')).toBe(true)
    expect(day.isCivilDate('20261121')).toBe(false)
    expect(day.isCivilDate('2026-11-31')).toBe(false)
  })

  test('a trusted text that is no day throws', () => expect(() => d('2026-02-30')).toThrow(LawError))
})

describe('arithmetic', () => {
  test('days count through any number of years and back', () =>
    fc.assert(
      fc.property(aDate, fc.integer({ min: -5000, max: 5000 }), (date, n) => {
        expect(day.daysBetween(date, day.plusDays(date, n))).toBe(n)
        expect(day.parseCivilDate(date)).toBe(date)
      }),
    ))

  test('it agrees with the clock of UTC', () =>
    fc.assert(
      fc.property(aDate, (date) => {
        const utc = new Date(day.dayNumber(date) * 86_400_000)
        expect(utc.toISOString().slice(0, 10)).toBe(date)
        expect(day.weekday(date)).toBe(utc.getUTCDay() || 7)
      }),
    ))

  test('months clamp to the last day and never pass over a month', () =>
    fc.assert(
      fc.property(aDate, fc.integer({ min: -300, max: 300 }), (date, n) => {
        const from = day.partsOf(date)
        const to = day.partsOf(day.plusMonths(date, n))
        expect(to.year * 12 + to.month - from.year * 12 - from.month).toBe(n)
        expect(to.day).toBe(Math.min(from.day, day.daysInMonth(to.year, to.month)))
      }),
    ))

  test.each([
    ['2026-01-31', 1, '2026-02-28'],
    ['2024-01-31', 1, '2024-02-29'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
  ])('%s and %i months', (from, n, to) => expect(day.plusMonths(d(from), n)).toBe(to))

  test('years, spans, order, age', () => {
    expect(day.plusYears(d('2024-02-29'), 1)).toBe('2025-02-28')
    expect(day.daysInclusive(d('2026-03-01'), d('2026-03-01'))).toBe(1)
    expect(day.earlier(d('2026-01-01'), d('2026-01-02'))).toBe('2026-01-01')
    expect(day.earlier(d('2026-01-02'), d('2026-01-01'))).toBe('2026-01-01')
    expect(day.later(d('2026-01-01'), d('2026-01-02'))).toBe('2026-01-02')
    expect(day.later(d('2026-01-02'), d('2026-01-01'))).toBe('2026-01-02')
    expect(day.ageOn(d('2008-11-21'), d('2026-11-20'))).toBe(17)
    expect(day.ageOn(d('2008-11-21'), d('2026-11-21'))).toBe(18)
    expect(day.ageOn(d('2008-11-21'), d('2026-10-30'))).toBe(17)
    expect(day.ageOn(d('2008-11-21'), d('2026-12-01'))).toBe(18)
  })

  test('it stops at the ends of the calendar', () => {
    expect(day.dateOfDayNumber(day.dayNumber(d('0001-01-01')))).toBe('0001-01-01')
    expect(() => day.plusDays(d('9999-12-31'), 1)).toThrow('ZJ_LAW_DATE_OUT_OF_RANGE')
    expect(() => day.plusDays(d('0001-01-01'), -1)).toThrow('ZJ_LAW_DATE_OUT_OF_RANGE')
    expect(() => day.plusMonths(d('9999-12-31'), 1)).toThrow('ZJ_LAW_DATE_OUT_OF_RANGE')
    expect(() => day.dateOfDayNumber(0.5)).toThrow('ZJ_LAW_DATE_OUT_OF_RANGE')
  })
})

describe('legal days and instants', () => {
  test('a legal day turns at midnight in Shanghai, wherever the machine stands', () => {
    expect(day.legalDayOf(Date.UTC(2026, 10, 20, 15, 59, 59, 999))).toBe('2026-11-20')
    expect(day.legalDayOf(new Date(Date.UTC(2026, 10, 20, 16)))).toBe('2026-11-21')
    expect(day.startOfLegalDay(d('2026-11-21'))).toBe(Date.UTC(2026, 10, 20, 16))
    expect(day.endOfLegalDay(d('2026-11-21'))).toBe(Date.UTC(2026, 10, 21, 16))
  })

  test.each([
    ['2026-11-21T09:30:00+08:00', Date.UTC(2026, 10, 21, 1, 30)],
    ['2026-11-21T09:30', Date.UTC(2026, 10, 21, 1, 30)],
    ['2026-11-21 09:30:15', Date.UTC(2026, 10, 21, 1, 30, 15)],
    ['2026-11-21T09:30:00.25Z', Date.UTC(2026, 10, 21, 9, 30, 0, 250)],
    ['2026-11-21T09:30:00-0330', Date.UTC(2026, 10, 21, 13, 0)],
  ])('%s is read', (text, ms) => expect(settled(day.parseInstant(text)).ms).toBe(ms))

  test.each([
    '2026-11-21',
    '2026-02-30T00:00Z',
    '2026-11-21T24:00Z',
    '2026-11-21T10:60Z',
    '2026-11-21T10:00:60Z',
    '2026-11-21T10:00+15:00',
    '2026-11-21T10:00+01:60',
  ])('%s is no instant', (text) => expect(day.parseInstant(text)).toMatchObject({ refused: 'ZJ_LAW_INSTANT_INVALID' }))

  test('an instant is written as it was read', () => {
    for (const text of [
      '2026-11-21T09:30:00+08:00',
      '2026-11-21T23:59:59Z',
      '2026-01-01T00:00:00.007Z',
      '2026-11-21T09:30:00-03:30',
    ]) {
      const { ms, ...zone } = settled(day.parseInstant(text))
      expect(day.formatInstant(ms, zone)).toBe(text)
    }
    expect(day.formatInstant(Date.UTC(2026, 10, 20, 16))).toBe('2026-11-21T00:00:00+08:00')
  })
})
