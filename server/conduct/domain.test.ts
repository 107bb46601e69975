import { civilDate } from '@zhijiao/law/civil-date'
import { propose } from '@zhijiao/law/ladder'
import { isRefusal } from '@zhijiao/law/refusals'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../core/refusals.ts'
import type { Form } from '../procedures/index.ts'
import { bears, categoryOf, countOf, type FileOfConduct, factOf, fits, ladderFacts, stepOfWay } from './domain.ts'
import type { Lived } from './store.ts'

const on = civilDate('2026-11-20')
const at = (day: string) => `${day}T02:00:00.000Z`
const examined = (register: Form, check: Form = {}, office: Form = {}, id = 'V') => ({
  id,
  forms: { register: { what: 'report', from: at('2026-11-01'), ...register }, check, office },
})
const lived = (id: string, kind: string, end: string | null, more: Partial<Lived> = {}): Lived => ({
  id,
  kind,
  end,
  cause: null,
  on: '2026-05-01',
  forms: {},
  ...more,
})
const file = (more: Partial<FileOfConduct> = {}): FileOfConduct => ({
  category: 'suspendedSentence',
  minor: false,
  on,
  lived: [],
  ...more,
})
const codeOf = (answer: unknown) => (answer instanceof Refusal ? answer.kind.code : answer)

describe('the fact that a violation establishes', () => {
  test('an absence counts its missed days, with its reason', () => {
    expect(factOf(examined({ what: 'absence', until: at('2026-11-12') }, { excuse: 'none' }), [], on)).toEqual({
      id: 'V',
      kind: 'absence',
      from: '2026-11-01',
      to: '2026-11-11',
      reason: 'none',
    })
    // Still gone: as if found on the day on which it is weighed.
    expect(factOf(examined({ what: 'absence' }), [], on)).toMatchObject({ reason: 'unknown', to: '2026-11-19' })
    expect(factOf(examined({ what: 'absence' }, { authorised: true, excuse: 'none' }), [], on)).toMatchObject({
      reason: 'proper',
    })
    expect(factOf(examined({ what: 'absence', from: '2026-11-01' }), [], on)).toMatchObject({ from: '2026-11-01' })
  })
  test('what was excused or authorised is none', () => {
    for (const check of [{ excuse: 'proper' }, { authorised: true }] as readonly Form[])
      for (const what of ['report', 'injunctionBreach', 'educationRefused'])
        expect(factOf(examined({ what }, check), [], on)).toBeNull()
    expect(factOf(examined({ what: 'something' }), [], on)).toBeNull()
  })
  test('a breach takes the weight that the office judged; unjudged it is minor', () => {
    for (const of of ['report', 'contact', 'leave', 'changeOfPlace', 'other'] as const)
      for (const weight of ['minor', 'heavier', 'serious'] as const)
        expect(factOf(examined({ what: of }, {}, { weight }), [], on)).toEqual({
          id: 'V',
          kind: 'breach',
          of,
          weight,
        })
    expect(factOf(examined({}), [], on)).toMatchObject({ weight: 'minor' })
  })
  test('reproof before, a warning before, a police penalty before', () => {
    expect(factOf(examined({ what: 'educationRefused' }, {}, { reproved: true }), [], on)).toMatchObject({
      afterReproof: true,
    })
    const unfiled = { what: 'medicalReviewUnfiled' }
    expect(factOf(examined(unfiled), [], on)).toMatchObject({ after: 'nothing' })
    expect(factOf(examined(unfiled, {}, { reproved: true }), [], on)).toMatchObject({ after: 'reproof' })
    const before = [
      lived('v0', 'violation', 'warning', { forms: { register: unfiled } }),
      lived('w0', 'warning', 'given', { cause: 'v0' }),
    ]
    expect(factOf(examined(unfiled), before, on)).toMatchObject({ after: 'warning' })
    expect(factOf(examined({ what: 'injunctionBreach' }, {}, { graverHarm: true }), [], on)).toMatchObject({
      graverHarm: true,
      afterPolicePenalty: false,
    })
  })
  test('only a police penalty for breaching the injunction, and before it, makes the next breach serious', () => {
    const penalty = (what: string, answeredOn?: string) => [
      lived('v0', 'violation', 'policePenalty', { forms: { register: { what } } }),
      lived('p', 'policePenalty', 'penalised', { cause: 'v0', forms: answeredOn ? { police: { answeredOn } } : {} }),
    ]
    const after = (before: readonly Lived[], office: Form = {}) =>
      factOf(examined({ what: 'injunctionBreach' }, {}, office), before, on)
    expect(after(penalty('injunctionBreach'))).toMatchObject({ afterPolicePenalty: true })
    expect(after(penalty('injunctionBreach', '2026-10-31'))).toMatchObject({ afterPolicePenalty: true })
    expect(after(penalty('injunctionBreach', '2026-11-01'))).toMatchObject({ afterPolicePenalty: false })
    expect(after(penalty('report'))).toMatchObject({ afterPolicePenalty: false })
    // Of an old penalty without its violation somebody says what it was for.
    const old = [lived('p', 'policePenalty', 'penalised')]
    expect(after(old)).toMatchObject({ afterPolicePenalty: false })
    expect(after(old, { penalised: true })).toMatchObject({ afterPolicePenalty: true })
  })
})

describe('what the ladder is asked', () => {
  const sanctions = [
    lived('a', 'admonition', 'given'),
    lived('b', 'warning', 'given'),
    lived('c', 'warning', null),
    lived('d', 'warning', 'dropped'),
    lived('e', 'policePenalty', 'notPenalised'),
  ]
  test('this violation, the sanctions that stand, nothing twice', () => {
    const answered = lived('old', 'violation', 'admonition', { forms: { register: { what: 'report' } } })
    const asked = ladderFacts(file({ lived: [answered, ...sanctions] }), examined({}))
    expect(asked.facts.map((f) => f.kind)).toEqual(['breach', 'admonition', 'warning'])
    expect(countOf(sanctions, 'warning')).toBe(1)
  })
  test('earlier breaches of an injunction count with another one, and only then', () => {
    const before = [
      lived('i1', 'violation', 'warning', { forms: { register: { what: 'injunctionBreach' } } }),
      lived('i2', 'violation', 'unfounded', { forms: { register: { what: 'injunctionBreach' } } }),
      lived('i3', 'violation', null, { forms: { register: { what: 'injunctionBreach' } } }),
    ]
    const again = ladderFacts(file({ lived: before }), examined({ what: 'injunctionBreach' }))
    expect(again.facts.map((f) => f.id)).toEqual(['i1', 'V'])
    expect(ladderFacts(file({ lived: before }), examined({})).facts.map((f) => f.id)).toEqual(['V'])
  })
  test('a ground of its own, and the finding', () => {
    const finding = { by: '李局长', on, grounds: '屡教不改' }
    const asked = ladderFacts(file({ category: 'temporaryServiceOutsidePrison' }), null, {
      ground: 'causeGoneTermLeft',
      stillUnreformed: finding,
    })
    expect(asked.facts).toEqual([{ id: 'causeGoneTermLeft', kind: 'causeGoneTermLeft' }])
    expect(asked.stillUnreformed).toBe(finding)
  })
})

describe('what the county may choose', () => {
  const answer = (register: Form, office: Form = {}, of: Partial<FileOfConduct> = {}) => {
    const said = propose(ladderFacts(file(of), examined(register, { excuse: 'none' }, office)))
    if (isRefusal(said)) throw new Error(said.refused)
    return said
  }
  test('milder than the mildest lawful is refused, for every milder step', () => {
    const said = answer({ what: 'injunctionBreach' })
    for (const step of ['talk', 'admonition'] as const)
      expect(codeOf(bears(said, step, 'suspendedSentence'))).toBe('ZJ_CONDUCT_TOO_MILD')
    expect(bears(said, 'warning', 'suspendedSentence')).toMatchObject({ step: 'warning' })
    expect(bears(said, 'policePenalty', 'suspendedSentence')).toMatchObject({ step: 'policePenalty' })
  })
  test('stricter than any ground is refused, saying what is open', () => {
    const said = answer({}, { weight: 'minor' })
    expect(codeOf(bears(said, 'warning', 'suspendedSentence'))).toBe('ZJ_CONDUCT_NO_GROUND')
    expect(bears(said, 'warning', 'suspendedSentence')).toMatchObject({ data: { open: '训诫' } })
  })
  test('without any ground only talk is open', () => {
    const said = answer({ what: 'educationRefused' })
    expect(bears(said, 'talk', 'suspendedSentence')).toBe(true)
    expect(bears(said, 'admonition', 'suspendedSentence')).toMatchObject({ data: { open: '批评教育' } })
  })
  test('each step in the categories it exists for', () => {
    const all = ['control', 'suspendedSentence', 'parole', 'temporaryServiceOutsidePrison'] as const
    const open = Object.fromEntries(
      [...new Set(Object.values(stepOfWay))].map((step) => [step, all.filter((c) => fits(step, c) === true)]),
    )
    expect(open).toEqual({
      admonition: all,
      warning: all,
      policePenalty: ['control', 'suspendedSentence', 'temporaryServiceOutsidePrison'],
      revokeSuspendedSentence: ['suspendedSentence'],
      revokeParole: ['parole'],
      recommit: ['temporaryServiceOutsidePrison'],
    })
    expect(codeOf(bears(answer({}), 'revokeParole', 'suspendedSentence'))).toBe('ZJ_CONDUCT_CATEGORY')
  })
  test('codes of files', () => {
    expect(categoryOf('03')).toBe('parole')
    expect(categoryOf('99')).toBe('control')
  })
})
