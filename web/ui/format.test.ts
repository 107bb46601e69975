import { describe, expect, test } from 'vitest'
import { addDays, ago, dayOf, daysBetween, duration, instant, startOfDay, typedDay, typedInstant } from './format.ts'

describe('instants are those of Asia/Shanghai in any browser', () => {
  test('the day turns at 16:00 UTC', () => {
    expect(instant('2026-11-21T15:59:59Z')).toBe('2026-11-21 23:59:59')
    expect(instant('2026-11-21T16:00:00Z')).toBe('2026-11-22 00:00:00')
    expect(dayOf('2026-11-21T16:00:00Z')).toBe('2026-11-22')
    expect(startOfDay('2026-11-22')).toBe('2026-11-21T16:00:00.000Z')
  })
  test('what cannot be read is a dash, never today', () => {
    expect(instant('never')).toBe('—')
  })
})

describe('lengths of time in plain words', () => {
  test.each([
    [0, '0 秒', '0 seconds'],
    [59_000, '59 秒', '59 seconds'],
    [65_000, '1 分钟', '1 minute'],
    [3_900_000, '1 小时 5 分钟', '1 hour 5 minutes'],
    [2 * 86_400_000, '2 天', '2 days'],
    [86_400_000 + 3 * 3_600_000, '1 天 3 小时', '1 day 3 hours'],
  ])('%i ms', (ms, zh, en) => {
    expect(duration(ms, 'zh')).toBe(zh)
    expect(duration(ms, 'en')).toBe(en)
  })
  test('how long ago', () => {
    expect(ago('2026-11-21T00:00:00Z', '2026-11-21T00:03:10Z', 'zh')).toBe('3 分钟前')
    expect(ago('2026-11-21T00:00:00Z', '2026-11-21T00:00:04Z', 'en')).toBe('just now')
  })
})

describe('dates as officers type them', () => {
  test.each([
    ['20261121', '2026-11-21'],
    ['2026-1-5', '2026-01-05'],
    ['2026/11/21', '2026-11-21'],
    ['2026年11月21日', '2026-11-21'],
    ['20260230', null],
    ['2026', null],
    ['明天', null],
  ])('%s', (typed, day) => expect(typedDay(typed)).toBe(day))
  test('with a time of day', () => {
    expect(typedInstant('20261121 0830')).toBe('2026-11-21T00:30:00.000Z')
    expect(typedInstant('2026-11-21 25:00')).toBeNull()
  })
  test('civil arithmetic knows months and leap years', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29')
    expect(daysBetween('2026-11-21', '2026-12-01')).toBe(10)
  })
})
