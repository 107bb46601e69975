import { expect, test } from 'vitest'
import { withPage } from './strip.ts'

const opened = (n: number) =>
  Array.from({ length: n }, (_, i) => `/page${i + 1}`).reduce<readonly string[]>(withPage, ['/'])

test('the workbench stays and the page opened first makes room, one for one', () => {
  expect(opened(9)).toEqual(['/', ...Array.from({ length: 9 }, (_, i) => `/page${i + 1}`)])
  expect(opened(10)).toEqual(['/', ...Array.from({ length: 9 }, (_, i) => `/page${i + 2}`)])
  expect(opened(30)).toHaveLength(10)
  expect(opened(30)[0]).toBe('/')
})

test('a page that is open already changes nothing', () => {
  const open = opened(5)
  expect(withPage(open, '/page3')).toBe(open)
})
