import { expect, test } from 'vitest'
import { missedDays } from './absence.ts'
import { civilDate, daysInclusive, plusDays } from './civil-date.ts'

const day = civilDate

test('the day of the loss counts, the day of the return does not', () => {
  const missed = missedDays(day('2026-10-20'), day('2026-11-03'))
  expect(missed).toEqual({ from: '2026-10-20', to: '2026-11-02' })
  expect(daysInclusive(missed.from, missed.to ?? missed.from)).toBe(14)
})

test('within one day, or the clocks crossed: one day', () => {
  expect(missedDays(day('2026-10-20'), day('2026-10-20'))).toEqual({ from: '2026-10-20', to: '2026-10-20' })
  expect(missedDays(day('2026-10-20'), day('2026-10-19'))).toEqual({ from: '2026-10-20', to: '2026-10-20' })
  expect(missedDays(day('2026-10-20'), day('2026-10-21'))).toEqual({ from: '2026-10-20', to: '2026-10-20' })
})

test('not found yet: it lasts', () => {
  expect(missedDays(day('2026-10-20'))).toEqual({ from: '2026-10-20' })
})

test('due on one day and here eleven days later: eleven days late', () => {
  for (const late of [10, 11]) {
    const { from, to } = missedDays(day('2026-10-20'), plusDays(day('2026-10-20'), late))
    expect(daysInclusive(from, to ?? from)).toBe(late)
  }
})
