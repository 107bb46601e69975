import { describe, expect, test } from 'vitest'
import { Refusal } from '../refusals.ts'
import { claim, type Duty, nextRung, overdue, transfer } from './domain.ts'

const wang = { id: 'wang', name: '王', permissions: new Set<string>() }
const li = { id: 'li', name: '李', permissions: new Set<string>() }
const head = { id: 'head', permissions: new Set(['task.transfer']) }
const fit = { permissions: new Set(['alarm.handle']) }
const duty: Duty = { state: 'open', owner: wang, claimedAt: null, dueAt: 1000, endedAt: null, called: ['wang'] }
const code = (answer: unknown) => (answer instanceof Refusal ? answer.kind.code : answer)

describe('claiming', () => {
  test('anyone who sees an unclaimed task may take it', () => expect(claim(duty, li)).toBe('claimed'))
  test('a second claim of the same person changes nothing', () =>
    expect(claim({ ...duty, state: 'claimed' }, wang)).toBe('already'))
  test('a claimed one is refused with its owner', () =>
    expect(code(claim({ ...duty, state: 'claimed' }, li))).toBe('ZJ_TASK_TAKEN'))
  test('what is over stays over', () => expect(code(claim({ ...duty, state: 'done' }, wang))).toBe('ZJ_TASK_OVER'))
})

describe('handing on', () => {
  const claimed: Duty = { ...duty, state: 'claimed' }
  test('the owner may', () => expect(transfer(claimed, wang, fit, 'alarm.handle')).toBe(true))
  test('a head may', () => expect(transfer(claimed, head, fit, 'alarm.handle')).toBe(true))
  test('another may not', () => expect(code(transfer(claimed, li, fit, 'alarm.handle'))).toBe('ZJ_TASK_NOT_YOURS'))
  test('whom the ladder called may', () =>
    expect(transfer({ ...claimed, called: ['wang', 'li'] }, li, fit, 'alarm.handle')).toBe(true))
  test('the receiver must be able to do it', () =>
    expect(code(transfer(claimed, wang, { permissions: new Set() }, 'alarm.handle'))).toBe('ZJ_TASK_RECEIVER_UNFIT'))
  test('a stranger is no receiver', () =>
    expect(code(transfer(claimed, wang, undefined, 'alarm.handle'))).toBe('ZJ_TASK_RECEIVER_UNFIT'))
})

describe('the clock', () => {
  test('the very instant is still in time', () => expect(overdue(duty, 1000)).toBe(false))
  test('one millisecond later is not', () => expect(overdue(duty, 1001)).toBe(true))
  test('done in time stays in time', () => expect(overdue({ ...duty, state: 'done', endedAt: 999 }, 9999)).toBe(false))
  test('done late stays late', () => expect(overdue({ ...duty, state: 'done', endedAt: 1001 }, 9999)).toBe(true))
  test('no clock, never late', () => expect(overdue({ ...duty, dueAt: null }, 9e15)).toBe(false))
})

describe('the ladder', () => {
  const rung = (id: string, step: number) => ({ staff: { id, name: id }, step })
  const ladder = [rung('head', 2), rung('duty', 1), rung('county', 3), rung('countyHead', 4)]
  test('climbs one rung at a time', () => {
    expect(nextRung(ladder, 1, ['duty'])?.staff.id).toBe('head')
    expect(nextRung(ladder, 2, ['duty', 'head'])?.staff.id).toBe('county')
  })
  test('skips a rung nobody stands on', () =>
    expect(nextRung([rung('duty', 1), rung('county', 3)], 1, ['duty'])?.staff.id).toBe('county'))
  test('does not call the same person twice', () =>
    expect(nextRung([rung('a', 1), rung('a', 2), rung('b', 3)], 1, ['a'])?.staff.id).toBe('b'))
  test('ends at the top', () => expect(nextRung(ladder, 4, [])).toBeNull())
})
