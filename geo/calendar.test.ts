import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { activeSpans, type Calendar, isActive, nextChange, spanAt } from './calendar.ts'
import { DAY, dayStart, HOUR } from './day.ts'

const monday = dayStart('2026-11-16')
const nights: Calendar = { windows: [{ start: '22:00', end: '08:00' }] }
const fridays: Calendar = { windows: [{ start: '22:00', end: '08:00', weekdays: [5] }] }

describe('calendars', () => {
  test('always is always', () => {
    expect(isActive(null, monday)).toBe(true)
    expect(activeSpans(null, 5, 9)).toEqual([{ from: 5, to: 9 }])
    expect(nextChange(null, monday)).toBeNull()
  })

  test('a night crosses midnight and belongs to the evening it begins on', () => {
    expect(isActive(nights, monday + 7.99 * HOUR)).toBe(true)
    expect(isActive(nights, monday + 8 * HOUR)).toBe(false)
    expect(isActive(nights, monday + 22 * HOUR)).toBe(true)
    expect(spanAt(nights, monday + HOUR)).toEqual({ from: monday - 2 * HOUR, to: monday + 8 * HOUR })
    const friday = monday + 4 * DAY
    expect([-1, 1, 23, 25, 31.9, 33].map((h) => isActive(fridays, friday + h * HOUR))).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ])
  })

  test('dates bound and except', () => {
    const calendar: Calendar = {
      windows: [{ start: '09:00', end: '09:00', from: '2026-11-17', until: '2026-11-19', except: ['2026-11-18'] }],
    }
    const active = [0, 1, 2, 3, 4].map((d) => isActive(calendar, monday + d * DAY + 12 * HOUR))
    expect(active).toEqual([false, true, false, true, false])
    expect(isActive(calendar, monday + 4 * DAY + 8 * HOUR)).toBe(true)
  })

  test('the whole day may be said as 00:00–24:00', () => {
    expect(activeSpans({ windows: [{ start: '00:00', end: '24:00' }] }, monday, monday + 3 * DAY)).toEqual([
      { from: monday, to: monday + 3 * DAY },
    ])
  })

  test('the next change is told', () => {
    expect(nextChange(nights, monday + 12 * HOUR)).toBe(monday + 22 * HOUR)
    expect(nextChange(nights, monday + 23 * HOUR)).toBe(monday + 32 * HOUR)
    expect(nextChange({ windows: [] }, monday)).toBeNull()
  })

  test('a time that is none is refused', () => {
    for (const start of ['8:00', '24:01', '12:60', 'noon']) {
      expect(() => isActive({ windows: [{ start, end: '09:00' }] }, monday)).toThrow(RangeError)
    }
  })

  test('spans and instants agree', () => {
    const time = fc
      .integer({ min: 0, max: 47 })
      .map((half) => `${String(half >> 1).padStart(2, '0')}:${half % 2 ? '30' : '00'}`)
    const window = fc.record({ start: time, end: time, weekdays: fc.subarray([1, 2, 3, 4, 5, 6, 7]) })
    fc.assert(
      fc.property(fc.array(window, { maxLength: 3 }), fc.integer({ min: 0, max: 14 * 96 }), (windows, quarter) => {
        const ts = monday + quarter * 15 * 60_000
        const inSpans = activeSpans({ windows }, monday, monday + 15 * DAY).some(
          (span) => span.from <= ts && ts < span.to,
        )
        expect(isActive({ windows }, ts)).toBe(inSpans)
      }),
    )
  })
})
