import { expect, test } from 'vitest'
import { procedureOf } from './all.ts'
import { registerStep } from './describe.ts'
import { blanksOf } from './written.ts'

test('a paper calls a level as the province does, one that is gone by its last name', () => {
  const procedure = procedureOf('level')
  if (!procedure) throw new Error('there is no change of level')
  const levels = {
    offered: [{ code: '4', zh: '重点', en: 'Key' }],
    former: [{ code: '3', zh: '严管', en: 'Strict' }],
  }
  const said = (to: string) => blanksOf(procedure, { [registerStep]: { to } }, levels).拟定管理级别
  expect([said('4'), said('3'), said('9')]).toEqual(['重点', '严管', '级别 9'])
})
