import fc from 'fast-check'
import { expect, test } from 'vitest'
import { passwordFaults } from './password.ts'

test('the weak are named for what they are', () => {
  expect(passwordFaults('Ab1!')).toContain('short')
  expect(passwordFaults('abcdefghijkl')).toEqual(['classes', 'weak'])
  for (const weak of [
    'Admin@123456',
    'P@ssw0rd2026',
    'Aa1234567890',
    'Qwertyuiop1!',
    '1qaz2wsx3EDC',
    'Zhijiao@2026',
    'aaaaaaaaaA1!',
  ])
    expect(passwordFaults(weak), weak).toEqual(['weak'])
  expect(passwordFaults('Zhang.san-77xq', ['zhang.san', 'G1', '张三'])).toEqual(['self'])
})

test('the strong pass', () => {
  for (const strong of ['Tianqi-Hao-58', 'kL9#vP2mX!', '山高水长Shan9!xk'])
    expect(passwordFaults(strong, ['officer1']), strong).toEqual([])
})

test('a longer password of the same beginning never gains the fault of being short', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), fc.string({ maxLength: 30 }), (head, more) => {
      if (!passwordFaults(head).includes('short')) expect(passwordFaults(head + more)).not.toContain('short')
    }),
  )
})
