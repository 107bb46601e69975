import { expect, test } from 'vitest'
import { readHours } from './hours.ts'

test('hours of the day are read, over midnight too; anything else is none', () => {
  expect(readHours('22:00-08:00')).toEqual({ from: 1320, until: 480 })
  expect(readHours(' 00:00-23:59 ')).toEqual({ from: 0, until: 1439 })
  for (const wrong of ['', '22-8', '24:00-08:00', '22:00–08:00', '22:60-08:00', '08:00-08:00', 'night'])
    expect(readHours(wrong), wrong).toBeNull()
})
