import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilDate } from './civil-date.ts'
import { mayApprove } from './competence.ts'
import { medicalReviewCompetence } from './medical-review.ts'

const on = civilDate('2026-03-02')
const level = (months: number) => medicalReviewCompetence(months, on).level

test('under a month the county, one to under three the city, three and more the province', () =>
  expect([0.5, 0.99, 1, 2.99, 3, 12].map(level)).toEqual(['county', 'county', 'city', 'city', 'province', 'province']))

test('the matrix lets exactly that level decide', () => {
  for (const months of [0.5, 1, 3]) {
    const { level: who, act } = medicalReviewCompetence(months, on)
    for (const role of ['county', 'city', 'province'] as const) expect(mayApprove(role, act)).toBe(role === who)
  }
})

test('more months never reach a lower level', () => {
  const order = ['county', 'city', 'province']
  const months = fc.double({ min: 0.1, max: 24, noNaN: true })
  fc.assert(
    fc.property(months, months, (a, b) => {
      expect(order.indexOf(level(Math.min(a, b)))).toBeLessThanOrEqual(order.indexOf(level(Math.max(a, b))))
    }),
  )
})
