import { procedureOf } from '@zhijiao/contract/procedures/all'
import { expect, test } from 'vitest'
import { spoken } from './domain.ts'

const of = (kind: string, ...passages: readonly (readonly [by: string, step: string, way: string, to: string])[]) => {
  const procedure = procedureOf(kind)
  if (!procedure) throw new Error(kind)
  return spoken(
    procedure,
    passages.map(([by, step, way, to]) => ({ by, step, way, to })),
  ).map(({ by }) => by)
}

test('whoever passed it on speaks for it; whoever sent it back does not, and what was undone is no word', () => {
  expect(of('contact', ['head', 'office', 'support', 'county'])).toEqual(['head'])
  const back = [
    ['head', 'office', 'support', 'county'],
    ['a', 'county', 'return', 'office'],
  ] as const
  expect(of('contact', ...back)).toEqual([])
  expect(of('contact', ...back, ['deputy', 'office', 'support', 'county'])).toEqual(['deputy'])
})

test('what stands before the step that it came back to is still said', () => {
  const up = [
    ['officer', 'summary', 'submit', 'appraisal'],
    ['head', 'appraisal', 'submit', 'county'],
  ] as const
  expect(of('ending', ...up, ['b', 'county', 'return', 'appraisal'])).toEqual(['officer'])
})

test('who approved a release still stands by it when it goes to the county ahead of its announcement', () => {
  const ready = [
    ['officer', 'summary', 'submit', 'appraisal'],
    ['head', 'appraisal', 'submit', 'county'],
    ['a', 'county', 'approve', 'release'],
    ['head', 'release', 'absent', 'standing'],
  ] as const
  expect(of('ending', ...ready)).toEqual(['officer', 'head', 'a'])
  expect(of('ending', ...ready, ['b', 'standing', 'goOn', 'release'])).toEqual(['officer', 'head', 'a'])
})

test('who put a release off, and who recorded how it went, speak for nothing once it begins anew', () => {
  const off = ['a', 'standing', 'hold', 'hold'] as const
  const again = ['b', 'hold', 'again', 'hold'] as const
  expect(of('ending', off, again)).toEqual(['a'])
  expect(of('ending', off, again, ['b', 'hold', 'decide', 'standing'])).toEqual([])
  expect(of('ending', off, again, ['b', 'hold', 'back', 'summary'])).toEqual([])
})
