import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Refusal } from '../../core/refusals.ts'
import { actsOf, type Case, claim, dismiss, lacks, merge, open, review, submit, timely, withdraw } from './domain.ts'

const officer = { id: 'officer', permissions: new Set(['alarm.handle', 'alarm.dismiss.request', 'task.act']) }
const colleague = { id: 'colleague', permissions: officer.permissions }
const head = { id: 'head', permissions: new Set([...officer.permissions, 'alarm.review', 'task.transfer']) }
const county = { id: 'county', permissions: new Set([...head.permissions, 'alarm.dismiss.approve']) }
const raised: Case = {
  state: 'raised',
  level: 1,
  beganAt: 1_000_000_000,
  settledAt: null,
  settledAs: null,
  owner: { id: 'officer', name: '王' },
  claimed: false,
  called: ['officer'],
  closure: null,
  gathered: { files: 1, calls: 0, visits: 0 },
}
const claimed: Case = { ...raised, claimed: true }
const submitted: Case = {
  ...claimed,
  state: 'submitted',
  closure: { way: 'handled', submittedBy: 'officer', review: null },
}
const dismissed: Case = { ...submitted, closure: { way: 'notHandled', submittedBy: 'officer', review: null } }
const settled: Case = { ...claimed, state: 'settled', settledAt: 2, settledAs: 'closed' }
const gathering: Case = { ...raised, state: 'gathering', owner: null }
const code = (answer: unknown) => (answer instanceof Refusal ? answer.kind.code : answer)
const form = { cause: 'C01', finding: '电话联系本人，已承认离开' } as const

test('nothing is handled before it is an alarm, nor after it is settled', () => {
  expect(code(open(gathering))).toBe('ZJ_ALARM_NOT_RAISED')
  expect(code(open(settled))).toBe('ZJ_ALARM_OVER')
  expect(open(submitted)).toBe(true)
})

describe('claiming', () => {
  test('anyone in sight, while nobody has', () => expect(claim(raised, colleague)).toBe(true))
  test('again, by the same', () => expect(claim(claimed, officer)).toBe(true))
  test('not from under another', () => expect(code(claim(claimed, colleague))).toBe('ZJ_ALARM_TAKEN'))
})

describe('merging', () => {
  const one = { id: 'a', number: 1, person: 'p', alarm: claimed }
  const other = { id: 'b', number: 2, person: 'p', alarm: { ...raised, level: 2 } }
  const why = '同一次离开'
  test('two of one person that are his to conclude', () => expect(merge(one, other, officer, why)).toBe(true))
  test('not with itself, not of two people', () => {
    expect(code(merge(one, one, officer, why))).toBe('ZJ_ALARM_MERGE_SELF')
    expect(code(merge(one, { ...other, person: 'q' }, officer, why))).toBe('ZJ_ALARM_MERGE_PERSON')
  })
  test('not what a colleague works on, awaits review or is over, on either side', () => {
    expect(code(merge(one, other, colleague, why))).toBe('ZJ_ALARM_NOT_YOURS')
    expect(code(merge(other, one, colleague, why))).toBe('ZJ_ALARM_NOT_YOURS')
    expect(code(merge(one, { ...other, alarm: submitted }, officer, why))).toBe('ZJ_ALARM_UNDER_REVIEW')
    expect(code(merge({ ...one, alarm: settled }, other, officer, why))).toBe('ZJ_ALARM_OVER')
  })
  test('no alarm grows milder by it, and the reason is written', () => {
    expect(code(merge(other, one, officer, why))).toBe('ZJ_ALARM_MERGE_GRAVER')
    expect(code(merge(one, other, officer, ' 同 '))).toBe('ZJ_ALARM_MERGE_REASON')
  })
  test('is offered exactly where it would not be refused for whose it is', () =>
    fc.assert(
      fc.property(fc.constantFrom(raised, claimed, submitted, settled, gathering), (alarm) => {
        const answer = merge({ ...one, alarm }, other, officer, why)
        expect(actsOf(alarm, officer).includes('merge')).toBe(answer === true)
      }),
    ))
})

describe('closing', () => {
  test('by the one who has it', () => expect(submit(claimed, officer, form)).toBe(true))
  test('by anyone while nobody has it', () => expect(submit(raised, colleague, form)).toBe(true))
  test('not by another', () => expect(code(submit(claimed, colleague, form))).toBe('ZJ_ALARM_NOT_YOURS'))
  test('not twice', () => expect(code(submit(submitted, officer, form))).toBe('ZJ_ALARM_UNDER_REVIEW'))
  test('level 1 needs a photo, call or visit', () => {
    const bare = { ...claimed, gathered: { files: 0, calls: 0, visits: 0 } }
    expect(code(submit(bare, officer, form))).toBe('ZJ_ALARM_EVIDENCE_MISSING')
    expect(submit({ ...bare, level: 2 }, officer, form)).toBe(true)
    expect(submit({ ...bare, gathered: { files: 0, calls: 1, visits: 0 } }, officer, form)).toBe(true)
  })
  test('"other" must be explained', () =>
    expect(code(submit(claimed, officer, { cause: 'C99', finding: '不清楚' }))).toBe('ZJ_ALARM_FINDING_SHORT'))
  test('more evidence never makes a closure lack something', () =>
    fc.assert(
      fc.property(fc.nat(3), fc.nat(3), fc.nat(3), fc.integer({ min: 1, max: 4 }), (files, calls, visits, level) => {
        if (lacks({ level, gathered: { files, calls, visits } }) === null)
          expect(lacks({ level, gathered: { files: files + 1, calls, visits } })).toBeNull()
      }),
    ))
})

describe('not handling', () => {
  test('needs a reason', () => expect(code(dismiss(claimed, officer, '误报'))).toBe('ZJ_ALARM_REASON_SHORT'))
  test('is approved by the county', () => {
    expect(code(review(dismissed, head, 'approved', ''))).toBe('ZJ_ALARM_REVIEW_NOT_COMPETENT')
    expect(review(dismissed, county, 'approved', '')).toBe(true)
  })
})

describe('reviewing', () => {
  test('the head does', () => expect(review(submitted, head, 'approved', '')).toBe(true))
  test('never one’s own, whatever the post', () =>
    fc.assert(
      fc.property(fc.subarray([...county.permissions]), fc.constantFrom(submitted, dismissed), (permissions, alarm) => {
        const self = { id: 'officer', permissions: new Set(permissions) }
        expect(code(review(alarm, self, 'approved', '同意同意'))).toBe('ZJ_ALARM_REVIEW_OWN')
      }),
    ))
  test('a return says what is missing', () =>
    expect(code(review(submitted, head, 'returned', ' '))).toBe('ZJ_ALARM_REVIEW_NOTE'))
  test('only what was submitted', () =>
    expect(code(review(claimed, head, 'approved', ''))).toBe('ZJ_ALARM_NOT_UNDER_REVIEW'))
})

test('only the one who submitted takes it back', () => {
  expect(withdraw(submitted, officer)).toBe(true)
  expect(code(withdraw(submitted, head))).toBe('ZJ_ALARM_NOT_YOURS')
  expect(code(withdraw(claimed, officer))).toBe('ZJ_ALARM_NOT_UNDER_REVIEW')
})

test('a call lies between a day before the alarm and now', () => {
  expect(timely(raised, raised.beganAt + 1, raised.beganAt + 2)).toBe(true)
  expect(code(timely(raised, raised.beganAt + 100_000, raised.beganAt))).toBe('ZJ_ALARM_TIME')
  expect(code(timely(raised, raised.beganAt - 86_400_001, raised.beganAt))).toBe('ZJ_ALARM_TIME')
})

test('buttons offer exactly what would not be refused', () => {
  expect(actsOf(raised, officer)).toEqual([
    'acknowledge',
    'claim',
    'note',
    'attach',
    'submit',
    'dismiss',
    'transfer',
    'merge',
  ])
  expect(actsOf(submitted, officer)).toContain('withdraw')
  expect(actsOf(submitted, officer)).not.toContain('review')
  expect(actsOf(submitted, head)).toContain('review')
  expect(actsOf(dismissed, head)).not.toContain('review')
  expect(actsOf(settled, county)).toEqual([])
})
