import { expect, test } from 'vitest'
import { leftUntil } from './clock.ts'

const at = (text: string) => Date.parse(`${text}+08:00`)
const due = (text: string) => new Date(at(text)).toISOString()

test.each([
  ['2026-11-24T00:00:00', '2026-11-21T09:00:00', '还剩 2 天', 'soon'],
  ['2026-12-04T00:00:00', '2026-11-21T09:00:00', '还剩 12 天', 'calm'],
  ['2026-11-22T00:00:00', '2026-11-21T23:59:00', '今天到期', 'soon'],
  ['2026-11-22T00:00:00', '2026-11-22T00:00:00', '已超期 1 天', 'over'],
  ['2026-11-20T00:00:00', '2026-11-21T09:00:00', '已超期 2 天', 'over'],
  ['2026-11-21T15:00:00', '2026-11-21T12:00:00', '还剩 3 小时', 'soon'],
  ['2026-11-21T08:30:00', '2026-11-21T09:00:00', '已超期 30 分钟', 'over'],
])('a deadline of %s at %s reads %s', (end, now, text, state) =>
  expect(leftUntil(due(end), at(now), 'zh')).toMatchObject({ text, state }),
)

test('and in English', () =>
  expect(leftUntil(due('2026-11-24T00:00:00'), at('2026-11-21T09:00:00'), 'en').text).toBe('2 days left'))
