import { civilDate, legalDayOf, plusDays, startOfLegalDay } from '@zhijiao/law/civil-date'
import { lawInForce } from '@zhijiao/law/in-force'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Refusal } from '../core/refusals.ts'
import { approveDevice, ceilingOf, endedByState, extend, mayCommand, proposeDevice, startCheck } from './domain.ts'

const now = Date.parse('2026-03-10T15:30:00+08:00')
const today = legalDayOf(now)
const circumstances = { now, today, law: lawInForce(today, '450102'), id: () => 'x' }
const subject = { id: 'p', org: '450102001', state: 'inCorrection', termEnd: civilDate('2026-12-31') }
const band = { id: 'd', kind: 'wristband', holder: 'p' } as const
const phone = { id: 'd', kind: 'phone', holder: 'p' } as const
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.kind.code : null)
const taken = <T>(answer: T | Refusal): T => {
  if (answer instanceof Refusal) throw answer
  return answer
}
const ground = 'leftWithoutApproval' as const

test('a term ends at 00:00 in Shanghai of the day after the last lawful day', () => {
  const term = taken(proposeDevice(subject, band, { ground, lastDay: civilDate('2026-04-30') }, circumstances))
  expect(new Date(term.endsAt).toISOString()).toBe('2026-04-30T16:00:00.000Z')
  expect(term).toMatchObject({ article: '29(2)', ceilingS: null })
})

test('three months to the day are lawful, one more is not, and nothing outlives the correction', () => {
  const until = (lastDay: string, who = subject) =>
    codeOf(proposeDevice(who, band, { ground, lastDay: civilDate(lastDay) }, circumstances))
  expect(until('2026-06-09')).toBeNull()
  expect(until('2026-06-10')).toBe('ZJ_ACTIVATION_TERM')
  expect(until('2026-05-02', { ...subject, termEnd: civilDate('2026-05-01') })).toBe('ZJ_ACTIVATION_TERM')
  expect(until('2026-03-09')).toBe('ZJ_ACTIVATION_TERM')
})

test('a longer wish is never more lawful than a shorter one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 0, max: 400 }), (a, b) => {
      const lawful = (days: number) =>
        codeOf(proposeDevice(subject, band, { ground, lastDay: plusDays(today, days) }, circumstances)) === null
      return !lawful(Math.max(a, b)) || lawful(Math.min(a, b))
    }),
  )
})

test('phones serve the information check, bands article 29, and only what the person holds', () => {
  expect(codeOf(startCheck(subject, band, {}, circumstances))).toBe('ZJ_ACTIVATION_KIND')
  expect(codeOf(proposeDevice(subject, phone, { ground, lastDay: today }, circumstances))).toBe('ZJ_ACTIVATION_KIND')
  expect(codeOf(startCheck(subject, { ...phone, holder: null }, {}, circumstances))).toBe('ZJ_ACTIVATION_HOLDER')
  for (const state of ['released', 'detained', 'terminated', 'transferred'])
    expect(codeOf(startCheck({ ...subject, state }, phone, {}, circumstances))).toBe('ZJ_DEVICE_PERSON_STATE')
  const check = taken(startCheck(subject, phone, {}, circumstances))
  expect(check).toMatchObject({ article: '26', ceilingS: ceilingOf(circumstances.law), startsAt: now })
  expect(legalDayOf(check.endsAt - 1)).toBe(subject.termEnd)
})

test('approval starts no earlier than it is given and never after the term', () => {
  const proposed = {
    state: 'proposed',
    startsAt: startOfLegalDay(today),
    endsAt: startOfLegalDay(plusDays(today, 5)),
    extends: null,
  }
  expect(taken(approveDevice(proposed, subject, circumstances)).startsAt).toBe(now)
  expect(codeOf(approveDevice({ ...proposed, endsAt: now }, subject, circumstances))).toBe('ZJ_ACTIVATION_TERM')
  expect(codeOf(approveDevice({ ...proposed, state: 'running' }, subject, circumstances))).toBe('ZJ_ACTIVATION_STATE')
  // An extension approved after the old term ended would leave a gap.
  expect(codeOf(approveDevice({ ...proposed, extends: 'old' }, subject, circumstances))).toBe('ZJ_ACTIVATION_TERM')
})

test('an extension follows without a gap after a fresh assessment', () => {
  const running = {
    state: 'running',
    regime: 'device',
    startsAt: now,
    endsAt: startOfLegalDay(plusDays(today, 10)),
    ground,
    article: '29(2)',
    intervalS: 300,
  } as const
  const wish = { assessedOn: today, lastDay: plusDays(today, 60) }
  expect(taken(extend(running, wish, subject, circumstances)).startsAt).toBe(running.endsAt)
  expect(codeOf(extend(running, { ...wish, assessedOn: plusDays(today, 1) }, subject, circumstances))).toBe(
    'ZJ_ACTIVATION_TERM',
  )
  expect(codeOf(extend(running, { ...wish, assessedOn: plusDays(today, -1) }, subject, circumstances))).toBe(
    'ZJ_ACTIVATION_TERM',
  )
  expect(codeOf(extend({ ...running, regime: 'check' }, wish, subject, circumstances))).toBe('ZJ_ACTIVATION_STATE')
})

test('commands for positions need a term, and under the information check keep to the ceiling', () => {
  const check = { regime: 'check', ceilingS: 3600 } as const
  expect(codeOf(mayCommand({ kind: 'locate' }, null))).toBe('ZJ_DEVICE_NO_TERM')
  expect(mayCommand({ kind: 'text' }, null)).toBe(true)
  expect(mayCommand({ kind: 'stop' }, null)).toBe(true)
  expect(mayCommand({ kind: 'locate' }, check)).toBe(true)
  expect(codeOf(mayCommand({ kind: 'burst', intervalS: 10 }, check))).toBe('ZJ_DEVICE_COMMAND_OVER_CEILING')
  expect(codeOf(mayCommand({ kind: 'interval', seconds: 3599 }, check))).toBe('ZJ_DEVICE_COMMAND_OVER_CEILING')
  expect(mayCommand({ kind: 'interval', seconds: 3600 }, check)).toBe(true)
  expect(mayCommand({ kind: 'burst', intervalS: 10 }, { regime: 'device', ceilingS: null })).toBe(true)
})

test('leaving correction ends a term under its own name', () => {
  expect(['released', 'detained', 'terminated', 'transferred', 'inCorrection'].map(endedByState)).toEqual([
    'release',
    'custody',
    'removal',
    'transfer',
    null,
  ])
})
