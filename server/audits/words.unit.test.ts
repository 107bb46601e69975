import { expect, test } from 'vitest'
import { wordsOfOutcome } from './words.ts'

test('an outcome is said in words: its own, those of the refusal, or the code that nobody knows', () => {
  expect(wordsOfOutcome('ok').zh).toBe('成功')
  expect(wordsOfOutcome('ZJ_NOT_FOUND').zh).toBe('没有找到，或不在权限范围内')
  expect(wordsOfOutcome('ZJ_TOO_MANY_REQUESTS')).toEqual({ zh: '操作过于频繁，请 … 秒后再试', en: 'Too many requests' })
  expect(wordsOfOutcome('ZJ_OF_OLD').en).toBe('ZJ_OF_OLD')
})
