import { civilDate } from '@zhijiao/law/civil-date'
import { lawInForce } from '@zhijiao/law/in-force'
import type { DeviceEvent } from '@zhijiao/wire/message'
import { expect, test } from 'vitest'
import { News } from './news.ts'

const minute = 60_000
/** How many of these words, so far apart, are told. */
const told = (news: News, kind: DeviceEvent, count: number, everyMs: number, from = 0, past = false) =>
  Array.from({ length: count }, (_, i) => news.isNew(kind, from + i * everyMs, past)).filter(Boolean).length

test('a state is told once and then now and then, however often a device repeats it', () => {
  const news = new News()
  expect(told(news, 'caseOpen', 360, 10_000)).toBe(6)
  expect(told(news, 'strapClosed', 360, 10_000)).toBe(1)
  // Reports further apart are all told.
  expect(told(news, 'gnssFault', 5, 15 * minute)).toBe(5)
})

test('an open strap is told as often as any unit may want it said, and the opposite word is news at once', () => {
  const most =
    lawInForce(civilDate('2026-03-01'), '459001').parameters.find(({ id }) => id === 'POS-14')?.bounds?.max ?? 0
  const news = new News()
  expect(told(news, 'strapOpen', most, 10_000)).toBe(most)
  expect(told(news, 'strapOpen', 360, 10_000, most * 10_000)).toBeLessThanOrEqual(6)
  const later = 3_700_000
  expect(news.isNew('strapClosed', later, false)).toBe(true)
  expect(news.isNew('strapOpen', later + 1_000, false)).toBe(true)
  expect(news.isNew('strapOpen', later + 2_000, false)).toBe(true)
})

test('what was stored neither repeats nor ends what holds now, and a copy of what was said is none', () => {
  const news = new News()
  expect(news.isNew('strapClosed', 60 * minute, false)).toBe(true)
  expect(told(news, 'strapOpen', 30, 10_000, 0, true)).toBe(10)
  expect(news.isNew('strapClosed', 61 * minute, false)).toBe(false)
  expect(news.isNew('strapClosed', 60 * minute, true)).toBe(false)
  expect(news.isNew('strapClosed', 50 * minute, true)).toBe(true)
  expect(news.isNew('caseOpen', 30 * minute, true)).toBe(true)
  expect(news.isNew('caseOpen', 31 * minute, false)).toBe(true)
})

test('a cry for help is news each second, stored or not, and the same cry once', () => {
  const news = new News()
  expect(told(news, 'sos', 5, 1_000)).toBe(5)
  expect(news.isNew('sos', 4_000, true)).toBe(false)
  expect(news.isNew('sos', 9_000, true)).toBe(true)
})
