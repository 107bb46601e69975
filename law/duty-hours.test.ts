import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isWorkingDay, shippedCalendar } from './calendar.ts'
import { legalDayOf, parseInstant } from './civil-date.ts'
import { dutyTimeBetween, plusDutyTime, readDutyHours } from './duty-hours.ts'
import { isRefusal, settled } from './refusals.ts'

const hours = settled(readDutyHours('08:30-12:00,14:30-17:30'))
const at = (text: string) => settled(parseInstant(text)).ms
const minute = 60_000

describe('hours of duty', () => {
  test('read in order, refused when they touch the wrong way or are no hours', () => {
    expect(settled(readDutyHours('8:30–17:30'))).toEqual([{ from: 510, until: 1050 }])
    for (const wrong of ['', '17:30-08:30', '08:30-12:00,11:00-13:00', '08:30', '24:30-25:00', '20:00-24:30'])
      expect(isRefusal(readDutyHours(wrong))).toBe(true)
  })
  test.each([
    // within a window; over lunch; over the night; over a week-end; over the National Day, with its make-up Saturday
    ['2026-11-18T09:00:00', 60, '2026-11-18T10:00:00'],
    ['2026-11-18T11:30:00', 60, '2026-11-18T15:00:00'],
    ['2026-11-18T17:00:00', 60, '2026-11-19T09:00:00'],
    ['2026-11-20T17:00:00', 60, '2026-11-23T09:00:00'],
    ['2026-09-30T17:00:00', 60, '2026-10-08T09:00:00'],
    ['2026-10-09T17:00:00', 60, '2026-10-10T09:00:00'],
    ['2026-11-21T03:00:00', 0, '2026-11-23T08:30:00'],
    ['2026-11-18T08:30:00', 210, '2026-11-18T12:00:00'],
  ])('%s + %i minutes of duty is %s', (start, minutes, due) =>
    expect(plusDutyTime(at(start), minutes * minute, hours, shippedCalendar)).toBe(at(due)),
  )
  test('a year without its notice is refused, both ways', () => {
    expect(plusDutyTime(at('2026-12-31T17:00:00'), 60 * minute, hours, shippedCalendar)).toMatchObject({
      refused: 'ZJ_LAW_CALENDAR_UNKNOWN',
    })
    expect(dutyTimeBetween(at('2027-01-04T09:00:00'), at('2027-01-04T10:00:00'), hours, shippedCalendar)).toMatchObject(
      {
        refused: 'ZJ_LAW_CALENDAR_UNKNOWN',
      },
    )
  })
  test('hours that never come are refused, not counted for ever', () => {
    const never = {
      years: new Map([2025, 2026, 2027, 2028].map((y) => [y, { off: new Set<never>(), work: new Set<never>() }])),
    }
    expect(isRefusal(plusDutyTime(at('2026-01-05T09:00:00'), 400 * 24 * 60 * minute, hours, never))).toBe(true)
  })
  test('property: the due instant is never before its start, on a working day, and as far as it was asked to be', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: at('2025-01-02T00:00:00'), max: at('2026-11-30T00:00:00') }),
        fc.integer({ min: 1, max: 3 * 24 * 60 }),
        (start, minutes) => {
          const due = settled(plusDutyTime(start, minutes * minute, hours, shippedCalendar))
          expect(due).toBeGreaterThan(start)
          expect(isWorkingDay(shippedCalendar, legalDayOf(due - 1))).toBe(true)
          expect(dutyTimeBetween(start, due, hours, shippedCalendar)).toBe(minutes * minute)
        },
      ),
    )
  })
  test('nothing lies between an instant and an earlier one', () =>
    expect(dutyTimeBetween(at('2026-11-18T10:00:00'), at('2026-11-18T09:00:00'), hours, shippedCalendar)).toBe(0))
})
