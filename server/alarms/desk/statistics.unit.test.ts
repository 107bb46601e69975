import { expect, test } from 'vitest'
import { type Outcome, precisionOf } from './statistics.ts'

const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  kind: 'boundaryOut',
  raised: true,
  state: 'settled',
  settled_as: 'closed',
  cause: 'C01',
  overdue: false,
  claim_min: 4,
  close_min: 40,
  ...more,
})

test('precision is what officers found, over what officers closed', () => {
  const found = ['C01', 'C11', 'C21', 'C31', 'C01'].map((cause) => outcome({ cause }))
  const itself = outcome({ settled_as: 'cleared', cause: null, close_min: null })
  const [kind] = precisionOf([
    ...found,
    itself,
    outcome({ state: 'raised', settled_as: null, cause: null, close_min: null }),
  ])
  expect(kind).toMatchObject({
    breach: 2,
    excused: 1,
    falseAlarm: 1,
    fault: 1,
    bySelf: 1,
    open: 1,
    raised: 7,
    precision: 0.6,
  })
})

test('from fewer than five closed nothing is said', () => {
  const [kind] = precisionOf([1, 2, 3, 4].map(() => outcome()))
  expect(kind?.precision).toBeNull()
})

test('medians leave out what never came about', () => {
  const [kind] = precisionOf([outcome({ claim_min: 2 }), outcome({ claim_min: null }), outcome({ claim_min: 5 })])
  expect(kind?.medianClaimMin).toBe(3.5)
})
