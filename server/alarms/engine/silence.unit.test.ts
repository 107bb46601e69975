import { HOUR, MINUTE } from '@zhijiao/geo/day'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { afterNights, inHours } from './silence.ts'

const night = { from: 22 * 60, until: 8 * 60, homeM: 0, awayMs: 0, in7: 0, in30: 0 }
/** An hour of 20 November 2026, Asia/Shanghai. */
const at = (hour: number) => Date.parse('2026-11-20T00:00:00+08:00') + hour * HOUR

test('a phone silent since the evening is counted on in the morning', () => {
  expect(afterNights(at(12), at(9), night)).toBe(at(12))
  // Six waking hours from 20:00: two in the evening, four from eight in the morning.
  expect(afterNights(at(26), at(20), night)).toBe(at(36))
  // Silent from the middle of the night: the rest of it does not count.
  expect(afterNights(at(29), at(26), night)).toBe(at(35))
  // Reaches only into the night.
  expect(afterNights(at(23), at(20), night)).toBe(at(33))
  // Two nights.
  expect(afterNights(at(9 + 30), at(9), night)).toBe(at(9 + 30 + 20))
  expect(afterNights(Number.POSITIVE_INFINITY, at(9), night)).toBe(Number.POSITIVE_INFINITY)
})

test('waking time up to the deadline stays what it was, and the deadline falls into no night', () => {
  const hours = fc.integer({ min: 0, max: 1439 })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 4000 }),
      fc.integer({ min: 1, max: 3000 }),
      hours,
      hours,
      (a, need, from, until) => {
        fc.pre(from !== until)
        const rules = { ...night, from, until }
        const since = at(0) + a * MINUTE
        const deadline = afterNights(since + need * MINUTE, since, rules)
        let awake = 0
        for (let t = since; t < deadline; t += MINUTE)
          if (!inHours(((t + 8 * HOUR) / MINUTE) % 1440, from, until)) awake++
        expect(awake).toBe(need)
      },
    ),
    { numRuns: 200 },
  )
})
