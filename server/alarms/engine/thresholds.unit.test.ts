import { HOUR, MINUTE } from '@zhijiao/geo/day'
import { presenceDefaults } from '@zhijiao/geo/presence'
import { civilDate } from '@zhijiao/law/civil-date'
import { lawInForce, type ParameterValue } from '@zhijiao/law/in-force'
import { expect, test } from 'vitest'
import { presenceFor, shippedThresholds, thresholdsOf } from './thresholds.ts'

const day = civilDate('2026-11-20')
const lawWith = (values: Record<string, ParameterValue>) =>
  lawInForce(day, '459001', [{ id: 'r1', org: '45', state: 'published', from: day, values }])

test('what ships is what positioning.md says', () => {
  expect(shippedThresholds.presence).toEqual(presenceDefaults)
  expect(shippedThresholds).toMatchObject({
    graceMin: 10,
    offlineGraceMs: 5 * MINUTE,
    night: { from: 22 * 60, until: 8 * 60, homeM: 150, awayMs: 4 * HOUR, in7: 3, in30: 5 },
    strap: { reports: 2, afterMs: 60_000 },
    battery: { lowPct: 10, fullPct: 20 },
    burst: { intervalS: 10, validityS: 600 },
    gap: { yellowMs: { awake: 30 * MINUTE, asleep: 60 * MINUTE }, redMs: { awake: 60 * MINUTE, asleep: 120 * MINUTE } },
    apart: { apartM: 200, pairs: 3, spanMs: 10 * MINUTE },
    gathered: { withinM: 60, atLeastMs: 15 * MINUTE, persons: 3 },
    trip: { stayMs: 60 * MINUTE, stayM: 2000 },
  })
})

test('every threshold of a province reaches the engine, with the revision it comes from', () => {
  const rules = thresholdsOf(
    lawWith({
      'POS-01': 80,
      'POS-02': 300,
      'POS-04': 5,
      'POS-09': 45,
      'LOC-07': '23:00-05:30',
      'LOC-11': 9,
      'POS-28': 5,
    }),
  )
  expect(rules.revision).toContain('r1')
  expect(rules.presence).toMatchObject({ accuracyGateM: 80, confirmations: 5, outBufferM: { county: 300, small: 30 } })
  expect(rules.gap.yellowMs.awake).toBe(45 * MINUTE)
  expect(rules.night).toMatchObject({ from: 23 * 60, until: 5 * 60 + 30 })
  expect([rules.offlineGraceMs, rules.gathered.persons]).toEqual([9 * MINUTE, 5])
})

test('figures that contradict each other take the milder: red is never before yellow, full never below low', () => {
  const rules = thresholdsOf(lawWith({ 'POS-09': 200, 'POS-11': 30, 'LOC-12': 40, 'POS-13': 10 }))
  expect(rules.gap.redMs.awake).toBe(200 * MINUTE)
  expect(rules.battery).toEqual({ lowPct: 40, fullPct: 40 })
})

test('a sparse plan makes nobody unknown between two of its positions; a dense one changes nothing', () => {
  expect(presenceFor(shippedThresholds, 300)).toBe(shippedThresholds.presence)
  const hourly = presenceFor(shippedThresholds, 3600)
  expect(hourly).toEqual({ ...shippedThresholds.presence, silenceMs: 150 * MINUTE })
  expect(presenceFor(shippedThresholds, 3600)).toBe(hourly)
})
