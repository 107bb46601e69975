import fc from 'fast-check'
import { expect, test } from 'vitest'
import { civilDate } from './civil-date.ts'
import { mayApprove } from './competence.ts'
import { lawInForce, type Revision } from './in-force.ts'
import { medicalReviewCompetence, reviewThresholds } from './medical-review.ts'

const on = civilDate('2026-03-02')
const law = lawInForce(on, '459001')
const level = (months: number, by = law) => medicalReviewCompetence(months, by).level

test('under a month the county, one to under three the city, three and more the province', () =>
  expect([0.5, 0.99, 1, 2.99, 3, 12].map((months) => level(months))).toEqual([
    'county',
    'county',
    'city',
    'city',
    'province',
    'province',
  ]))

test('the matrix lets exactly that level decide', () => {
  for (const months of [0.5, 1, 3]) {
    const { level: who, act } = medicalReviewCompetence(months, law)
    for (const role of ['county', 'city', 'province'] as const) expect(mayApprove(role, act)).toBe(role === who)
  }
})

test('a published correction moves the levels, for its units and from its day; what it does not name stays', () => {
  const corrected = (corrects: Revision['corrects'], from = on, org = '45') =>
    lawInForce(on, '459001', [{ id: 'r', org, state: 'published', from, values: {}, corrects }])
  const moved = corrected({ 'REP-05': { value: { min: 2, max: 6 } }, 'REP-06': { value: 6 } })
  expect(reviewThresholds(moved)).toEqual({ city: 2, province: 6 })
  expect([1, 1.99, 2, 5.99, 6].map((months) => level(months, moved))).toEqual([
    'county',
    'county',
    'city',
    'city',
    'province',
  ])
  const one = corrected({ 'REP-06': { value: 2 } })
  expect([0.5, 1, 2].map((months) => level(months, one))).toEqual(['county', 'city', 'province'])
  expect(reviewThresholds(corrected({ 'REP-05': { article: '25' } }))).toEqual({ city: 1, province: 3 })
  expect(reviewThresholds(corrected({ 'REP-06': { value: 2 } }, civilDate('2026-03-03')))).toEqual(
    reviewThresholds(law),
  )
  expect(reviewThresholds(corrected({ 'REP-06': { value: 2 } }, on, '44'))).toEqual(reviewThresholds(law))
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
