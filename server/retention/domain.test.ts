import { civilDate } from '@zhijiao/law/civil-date'
import { expect, test } from 'vitest'
import { limitsOn, type RetentionPolicy } from './domain.ts'

const defaultPolicy: RetentionPolicy = {
  tracksAfterEndDays: 180,
  auditMonths: 36,
  payloadsAfterEndYears: 0,
  tracesDays: 365,
}
const today = civilDate('2026-11-21')

test('tracks go only when the days after the end have wholly passed', () => {
  expect(limitsOn(today, { ...defaultPolicy, tracksAfterEndDays: 0 }).tracksOfEndedBy).toBe('2026-11-20')
  expect(limitsOn(today, { ...defaultPolicy, tracksAfterEndDays: 180 }).tracksOfEndedBy).toBe('2026-05-24')
})

test('contents of entries stay unless a number of years is set', () => {
  expect(limitsOn(today, defaultPolicy).payloadsOfEndedBy).toBeNull()
  expect(limitsOn(today, { ...defaultPolicy, payloadsAfterEndYears: 5 }).payloadsOfEndedBy).toBe('2021-11-21')
})

test('a session is forgotten when a whole day lies behind its end', () => {
  expect(limitsOn(today, defaultPolicy).sessionsBefore).toBe('2026-11-20')
})

test('an audit shorter than six months is refused, as is a negative period', () => {
  expect(limitsOn(today, { ...defaultPolicy, auditMonths: 6 }).auditBefore).toBe('2026-05-20')
  expect(() => limitsOn(today, { ...defaultPolicy, auditMonths: 5 })).toThrow(/DAT-07/)
  for (const wrong of [{ tracksAfterEndDays: -1 }, { payloadsAfterEndYears: -1 }, { tracesDays: 0 }])
    expect(() => limitsOn(today, { ...defaultPolicy, ...wrong })).toThrow(RangeError)
})
