import { expect, test } from 'vitest'
import { code, correctionCategories, correctionCategoryCode } from './codes.ts'
import { groundsFor, terminationGrounds } from './termination.ts'

test('each ground is a code of the set and ends one category; control, 99 and nothing have none', () => {
  for (const ground of Object.keys(terminationGrounds)) expect(code('endReason2020', ground), ground).toBeDefined()
  expect(correctionCategories.map((c) => groundsFor(correctionCategoryCode[c]))).toEqual([[], ['T1'], ['T2'], ['T3']])
  expect([groundsFor('99'), groundsFor('')]).toEqual([[], []])
})
