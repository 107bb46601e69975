import { DAY, SECOND } from '@zhijiao/geo/day'
import { GEO_RULES, validationDefaults } from '@zhijiao/geo/validate'
import { civilDate } from '@zhijiao/law/civil-date'
import { lawInForce, type ParameterValue } from '@zhijiao/law/in-force'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gatesOf, shippedGates } from './gates.ts'
import { ruledBy, rulesOf } from './ruled.ts'

const day = civilDate('2026-11-20')
const lawWith = (values: Record<string, ParameterValue>) =>
  lawInForce(day, '459001', [{ id: 'r1', org: '45', state: 'published', from: day, values }])

test('what ships is what positioning.md says, under a name of its own', () => {
  expect(shippedGates).toEqual({ ...validationDefaults, rules: shippedGates.rules })
  expect(shippedGates.rules).toMatch(new RegExp(`^${GEO_RULES}\\+law-`))
})

test('every gate of a province reaches the ingest, with the publication it comes from', () => {
  const gates = gatesOf(
    lawWith({
      'POS-31': 70,
      'POS-32': 120,
      'POS-33': 60,
      'POS-34': 10,
      'POS-35': 90,
      'POS-36': 30,
      'POS-37': 120,
      'POS-38': 300,
    }),
  )
  expect(gates).toMatchObject({
    maxSpeedMs: 70,
    maxFastMs: 120,
    futureMs: 60 * SECOND,
    tooOldMs: 10 * DAY,
    skewMs: 90 * SECOND,
    skewSamples: 30,
    staleMs: 120 * SECOND,
    agreeM: 300,
  })
  expect(gates.rules).toBe(`${shippedGates.rules}+r1`)
})

test('figures that contradict each other take the milder: a train is never slower than a car', () => {
  expect(gatesOf(lawWith({ 'POS-31': 120, 'POS-32': 60 }))).toMatchObject({ maxSpeedMs: 120, maxFastMs: 120 })
})

test('every gate lies within the bounds that the data gives it', () => {
  const { parameters } = lawInForce(day, '')
  const gates = parameters.filter((p) => /^POS-3[1-8]$/.test(p.id))
  expect(gates).toHaveLength(8)
  for (const { value, bounds } of gates) {
    expect(bounds).not.toBeNull()
    expect(Number(value)).toBeGreaterThanOrEqual(bounds?.min ?? Number.POSITIVE_INFINITY)
    expect(Number(value)).toBeLessThanOrEqual(bounds?.max ?? Number.NEGATIVE_INFINITY)
  }
  // What is 72 hours late still counts (DESIGN decision 2): nobody may quarantine it.
  expect(gates.find((p) => p.id === 'POS-34')?.bounds?.min).toBeGreaterThan(3)
})

describe('which version judged what', () => {
  test('one for all is said once', () => {
    expect(ruledBy(['a', 'a', 'a'])).toEqual({ rules: 'a', ruled: null })
    expect(ruledBy([])).toEqual({ rules: '', ruled: null })
    expect(rulesOf({ rules: 'geo-1', ruled: null })(7)).toBe('geo-1')
  })
  test('several are told apart, entry by entry', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('geo-1+law', 'geo-1+law+r1', 'geo-1+law+r2'), { minLength: 1 }),
        (entries) => {
          const read = rulesOf(ruledBy(entries))
          expect(entries.map((_, i) => read(i))).toEqual(entries)
        },
      ),
    )
  })
  test('more than a byte can name are not told apart, and nothing breaks', () => {
    const entries = Array.from({ length: 400 }, (_, i) => `r${i}`)
    const read = rulesOf(ruledBy(entries))
    expect([read(0), read(255), read(399)]).toEqual(['r0', 'r255', 'r255'])
  })
})
