import { describe, expect, test } from 'vitest'
import { civilDate } from './civil-date.ts'
import { approvalFor, clockTermsOf } from './clock-changes.ts'
import { lawInForce } from './in-force.ts'
import { ruleIds } from './rule.ts'

const law = lawInForce(civilDate('2026-04-15'), '')

describe('what may be done to a clock', () => {
  test('an investigation gets more time only by agreement with the principal, and never rests', () => {
    for (const rule of ['INV-01', 'INV-02'] as const) {
      expect(clockTermsOf(rule)).toMatchObject({ extension: { by: 'agreement', basis: 'INV-03' }, pause: null })
      expect(lawInForce(civilDate('2026-11-21'), '').cite('INV-03').recalled).toBe(true)
    }
  })
  test('a clock that the table does not list runs on', () => {
    for (const rule of ['DLV-03', 'MOV-03', 'REV-01', 'REV-02', 'END-01', 'RPT-01', 'EPD-03'] as const)
      expect(clockTermsOf(rule)).toEqual({ extension: null, pause: null })
  })
  test('no working-day clock but the investigation exists, and only listed rules may rest', () =>
    expect(ruleIds.filter((r) => clockTermsOf(r).pause).sort()).toEqual(['REP-01', 'REP-03', 'REP-04', 'REP-07']))
  test.each([
    ['2026-05-14', 'county'],
    ['2026-05-15', 'city'],
    ['2026-07-14', 'city'],
    ['2026-07-15', 'province'],
  ] as const)('a review due on 15 April moved to %s is for the %s', (to, level) =>
    expect(approvalFor(civilDate('2026-04-15'), civilDate(to), law).level).toBe(level),
  )
  test('a published correction moves the levels', () => {
    const values = {}
    const corrects = { 'REP-05': { value: { min: 1.5, max: 2 } }, 'REP-06': { value: 2 } }
    const from = civilDate('2026-01-01')
    const moved = lawInForce(law.on, '459001', [{ id: 'r', org: '45', state: 'published', from, values, corrects }])
    const level = (to: string) => approvalFor(civilDate('2026-04-15'), civilDate(to), moved).level
    expect(['2026-05-29', '2026-05-30', '2026-06-14', '2026-06-15'].map(level)).toEqual([
      'county',
      'city',
      'city',
      'province',
    ])
  })
  test('what rests on nothing read in a source says so', () =>
    expect(clockTermsOf('REP-01').pause?.ground.recalled).toBe(true))
})
