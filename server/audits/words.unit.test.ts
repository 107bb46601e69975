import { expect, test } from 'vitest'
import '../orgs/refusals.ts'
import { wordsOfAudit, wordsOfOutcome } from './words.ts'

test('an outcome is said in words: its own, those of the refusal, or the code that nobody knows', () => {
  expect(wordsOfOutcome('ok').zh).toBe('成功')
  expect(wordsOfOutcome('ZJ_NOT_FOUND').zh).toBe('没有这个对象或记录，或不在其管辖范围内，未显示内容')
  expect(wordsOfOutcome('ZJ_NOT_ALLOWED', 'fence.see').zh).toBe('岗位没有“查看围栏”权限')
  expect(wordsOfOutcome('ZJ_NOT_ALLOWED').zh).toBe('岗位没有这项权限')
  expect(wordsOfOutcome('ZJ_TOO_MANY_REQUESTS')).toEqual({ zh: '操作过于频繁，请 … 秒后再试', en: 'Too many requests' })
  expect(wordsOfOutcome('ZJ_OF_OLD').en).toBe('ZJ_OF_OLD')
})

test('what was refused is told plainly, not as a charge, and of whoever was refused as of somebody else', () => {
  expect(wordsOfAudit('refused', 'fences.list')).toEqual({ zh: '请求未获准：电子围栏', en: 'Not permitted: fences' })
  expect(wordsOfOutcome('ZJ_ORG_OUTSIDE').zh).toBe('单位 … 不在其管理范围内')
  expect(wordsOfOutcome('ZJ_ORG_OUTSIDE').en).toBe('Unit … lies outside what they manage')
})
