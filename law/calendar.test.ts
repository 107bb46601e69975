import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  emptyCalendar,
  extendCalendar,
  isWorkingDay,
  nextWorkingDay,
  plusWorkingDays,
  readCalendar,
  shippedCalendar,
  workingDaysBetween,
} from './calendar.ts'
import { civilDate as d, plusDays } from './civil-date.ts'
import { settled } from './refusals.ts'

const aDayOf2026 = fc.integer({ min: 0, max: 364 }).map((n) => plusDays(d('2026-01-01'), n))

describe('working days', () => {
  test.each([
    ['2026-11-20', true, 'a Friday'],
    ['2026-11-21', false, 'a Saturday'],
    ['2026-10-05', false, 'a Monday of National Day'],
    ['2026-02-28', true, 'a make-up Saturday'],
    ['2026-01-04', true, 'a make-up Sunday'],
  ])('%s: %s, %s', (day, works) => expect(isWorkingDay(shippedCalendar, d(day))).toBe(works))

  test('the next working day jumps the holiday, not the make-up day', () => {
    expect(nextWorkingDay(shippedCalendar, d('2026-10-01'))).toBe('2026-10-08')
    expect(nextWorkingDay(shippedCalendar, d('2026-10-10'))).toBe('2026-10-10')
  })

  test('counting on and between agree', () =>
    fc.assert(
      fc.property(
        aDayOf2026.filter((day) => day < '2026-11-01'),
        fc.integer({ min: 0, max: 30 }),
        (from, n) => {
          const to = settled(plusWorkingDays(shippedCalendar, from, n))
          expect(workingDaysBetween(shippedCalendar, from, to)).toBe(n)
          if (n > 0) expect(isWorkingDay(shippedCalendar, to)).toBe(true)
        },
      ),
    ))

  test('a year without its notice is refused, however it is reached', () => {
    const refused = { refused: 'ZJ_LAW_CALENDAR_UNKNOWN', detail: { year: 2027 } }
    expect(isWorkingDay(shippedCalendar, d('2027-01-01'))).toMatchObject(refused)
    expect(nextWorkingDay(shippedCalendar, d('2027-01-01'))).toMatchObject(refused)
    expect(plusWorkingDays(shippedCalendar, d('2026-12-31'), 1)).toMatchObject(refused)
    expect(workingDaysBetween(shippedCalendar, d('2026-12-30'), d('2027-01-05'))).toMatchObject(refused)
    expect(workingDaysBetween(emptyCalendar, d('2026-12-30'), d('2026-12-30'))).toBe(0)
  })
})

describe('a holidays file', () => {
  test('adds years and replaces those it knows', () => {
    const more = settled(readCalendar({ note: 'x', 2027: { off: ['2027-01-01'], work: ['20270102'] } }))
    const calendar = extendCalendar(shippedCalendar, more)
    expect(isWorkingDay(calendar, d('2027-01-01'))).toBe(false)
    expect(isWorkingDay(calendar, d('2027-01-02'))).toBe(true)
    expect(isWorkingDay(calendar, d('2026-10-01'))).toBe(false)
    expect(isWorkingDay(shippedCalendar, d('2027-01-01'))).toMatchObject({ refused: 'ZJ_LAW_CALENDAR_UNKNOWN' })
  })

  test.each([
    [null],
    [[]],
    ['2026'],
    [{ 2026: null }],
    [{ 2026: 'x' }],
    [{ 2026: { work: [] } }],
    [{ 2026: { off: [] } }],
    [{ 2026: { off: ['2026-02-30'], work: [] } }],
    [{ 2026: { off: [], work: ['2025-01-01'] } }],
    [{ 2026: { off: ['2026-01-01'], work: ['2026-01-01'] } }],
  ])('%j is refused', (file) => expect(readCalendar(file)).toMatchObject({ refused: 'ZJ_LAW_CALENDAR_INVALID' }))
})
