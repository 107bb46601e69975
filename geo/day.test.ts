import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays, DAY, dayEnd, dayStart, daysBetween, legalDay, legalDays, timeOfDay, weekday } from './day.ts'

const anInstant = fc.integer({ min: Date.UTC(1992, 0, 1), max: Date.UTC(2100, 0, 1) })

describe('legal days', () => {
  test('change at 16:00 UTC, wherever the server stands', () => {
    expect(legalDay(Date.UTC(2020, 1, 21, 15, 59, 59, 999))).toBe('2020-02-21')
    expect(legalDay(Date.UTC(2020, 1, 21, 16))).toBe('2020-02-22')
  })

  test('start and end enclose the day', () => {
    expect(dayStart('2024-02-29')).toBe(Date.UTC(2024, 1, 28, 16))
    expect(dayEnd('2024-02-29')).toBe(dayStart('2024-03-01'))
  })

  test('a date that does not exist is refused', () => {
    for (const text of ['2023-02-29', '2023-13-01', '2023-1-1', '', 'today']) {
      expect(() => dayStart(text)).toThrow(RangeError)
    }
  })

  test('weekdays are ISO', () => {
    expect(weekday('2026-11-16')).toBe(1)
    expect(weekday('2026-11-22')).toBe(7)
    expect(weekday('1969-12-29')).toBe(1)
  })

  test('days count across months and years', () => {
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01')
    expect(addDays('2024-03-01', -1)).toBe('2024-02-29')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(legalDays(dayStart('2024-02-28') + 5, dayEnd('2024-03-01'))).toEqual([
      '2024-02-28',
      '2024-02-29',
      '2024-03-01',
    ])
  })

  test('every instant lies in its own day', () => {
    fc.assert(
      fc.property(anInstant, (ts) => {
        const day = legalDay(ts)
        expect(ts - dayStart(day)).toBe(timeOfDay(ts))
        expect(timeOfDay(ts)).toBeLessThan(DAY)
        expect(legalDay(dayEnd(day))).toBe(addDays(day, 1))
      }),
    )
  })
})
