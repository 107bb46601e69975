import fc from 'fast-check'
import { expect, test } from 'vitest'
import { numberText } from './domain.ts'
import { numberKey, oldNumber } from './old-number.ts'

test('the same number is the same however it was written', () => {
  const one = numberKey('（2025）示社矫训字第12号')
  for (const text of [
    '（2025）示社矫训字第 12 号',
    '(2025)示社矫训字第12号',
    '〔2025〕示社矫训字第012号',
    '【２０２５】　示社矫训字 第 ００１２ 号 ',
  ])
    expect(numberKey(text)).toBe(one)
  for (const text of ['（2025）示社矫训字第120号', '（2024）示社矫训字第12号', '（2025）示社矫警字第12号'])
    expect(numberKey(text)).not.toBe(one)
})

test('year and serial are read where they stand; what says neither keeps its text', () => {
  expect(oldNumber(' （2025）示社矫训字第 12 号 ')).toEqual({
    text: '（2025）示社矫训字第 12 号',
    key: '（2025）示社矫训字第12号',
    year: 2025,
    serial: 12,
  })
  expect(oldNumber('（2025）示矫 45')).toMatchObject({ year: 2025, serial: 45 })
  for (const text of [
    '示矫通知A',
    '（2025）示社矫训字第号',
    '第12号',
    '（2025）示社矫训字第0号',
    '（2025）第1234567号',
  ])
    expect(oldNumber(text)).toMatchObject({ year: null, serial: null, text })
})

test('every number of this product is its own key and reads back', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('示例一', '示', '柳城'),
      fc.constantFrom('矫训决', '矫审告'),
      fc.integer({ min: 1990, max: 2099 }),
      fc.integer({ min: 1, max: 999_999 }),
      (mark, series, year, serial) => {
        const text = numberText(mark, series, year, serial)
        expect(numberKey(text)).toBe(text)
        expect(oldNumber(text)).toEqual({ text, key: text, year, serial })
      },
    ),
  )
})
