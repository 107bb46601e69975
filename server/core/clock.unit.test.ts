import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { chanceOf } from './clock.ts'

const form = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
const msOf = (id: string) => Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16)

test('ids of one process sort in the order in which they were made, however many a millisecond', () => {
  const at = Date.UTC(2026, 10, 30)
  let now = at
  const chance = chanceOf(() => now, randomBytes)
  const made: string[] = []
  for (let i = 0; i < 20_000; i++) {
    if (i % 6_000 === 5_999) now += 1
    // A clock that is set back is not followed.
    if (i === 15_000) now = at - 5_000
    made.push(chance.id())
  }
  expect(made.every((id) => form.test(id))).toBe(true)
  expect([...made].sort()).toEqual(made)
  expect(new Set(made).size).toBe(made.length)
  expect(msOf(made[0] ?? '')).toBe(at)
  expect(msOf(made.at(-1) ?? '') - at).toBeLessThan(20)
})

test('a clock that counts in fractions of a millisecond ends in whole ones', () => {
  let now = Date.UTC(2026, 10, 30) + 0.75
  const chance = chanceOf(() => now, randomBytes)
  expect(chance.now()).toBe(Date.UTC(2026, 10, 30))
  expect(chance.id()).toMatch(form)
  now += 0.25
  expect(chance.now()).toBe(Date.UTC(2026, 10, 30) + 1)
})
