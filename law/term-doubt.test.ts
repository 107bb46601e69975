import { describe, expect, test } from 'vitest'
import { civilDate } from './civil-date.ts'
import { monthsInWords } from './length.ts'
import { doubtOfTerm, type TermOnFile } from './term-doubt.ts'

describe('lengths as judgments write them', () => {
  test.each([
    ['一年六个月', 18],
    ['1年6个月', 18],
    ['十八个月', 18],
    ['二十四个月', 24],
    ['十个月', 10],
    ['两年', 24],
    ['三年零二个月', 38],
    ['五年', 60],
    ['半年', 6],
    ['12 个月', 12],
    ['6月', 6],
    ['', null],
    ['一年二个月十日', null],
    ['至刑期届满', null],
    ['一二年', null],
    ['十十年', null],
    ['年', null],
    ['二十两个月', 22],
    ['一百年', null],
    ['三十十个月', null],
  ])('%s', (words, months) => expect(monthsInWords(words)).toBe(months))
})

describe('doubts of a term on file', () => {
  const file = (change: Partial<TermOnFile>): TermOnFile => ({
    category: 'suspendedSentence',
    start: civilDate('2024-08-09'),
    lastDay: civilDate('2025-08-08'),
    length: '一年',
    penalty: '有期徒刑八个月，缓刑一年',
    penaltyLength: '八个月',
    ...change,
  })

  test('a term counted as the law counts it raises none', () => {
    expect(doubtOfTerm(file({}))).toBeNull()
    expect(doubtOfTerm(file({ length: '' }))).toBeNull()
    expect(doubtOfTerm(file({ penaltyLength: '' }))).toBeNull()
  })
  test('one day too long, with and without its length', () => {
    const tooLong = { lastDay: civilDate('2025-08-09') }
    expect(doubtOfTerm(file(tooLong))).toEqual({
      kind: 'otherDay',
      months: 12,
      expected: '2025-08-08',
      cites: 'TRM-07',
    })
    expect(doubtOfTerm(file({ ...tooLong, length: '见判决' }))).toEqual({
      kind: 'dayTooLong',
      expected: '2025-08-08',
      cites: 'TRM-07',
    })
  })
  test('months begun on the last day of a month end with the last of another', () => {
    const detention = { start: civilDate('2026-04-30'), penalty: '拘役三个月，缓刑六个月', penaltyLength: '三个月' }
    const right = { ...detention, lastDay: civilDate('2026-10-30') }
    expect(doubtOfTerm(file({ ...right, length: '六个月' }))).toBeNull()
    expect(doubtOfTerm(file({ ...right, length: '' }))).toBeNull()
    const tooLong = { ...detention, lastDay: civilDate('2026-10-31') }
    expect(doubtOfTerm(file({ ...tooLong, length: '' }))).toMatchObject({ kind: 'dayTooLong', expected: '2026-10-30' })
  })
  test('lengths that no judgment may give', () => {
    expect(doubtOfTerm(file({ length: '六个月' }))).toMatchObject({ kind: 'length', cites: 'TRM-04' })
    expect(doubtOfTerm(file({ penaltyLength: '二年' }))).toMatchObject({ kind: 'length', months: 12 })
    expect(doubtOfTerm(file({ length: '六年' }))).toMatchObject({ kind: 'length', months: 72 })
    const detention = { penalty: '拘役二个月，缓刑四个月', penaltyLength: '二个月' }
    expect(doubtOfTerm(file({ ...detention, length: '一个月' }))).toMatchObject({ cites: 'TRM-03' })
    expect(doubtOfTerm(file({ ...detention, length: '四个月', lastDay: civilDate('2024-12-08') }))).toBeNull()
    expect(doubtOfTerm(file({ category: 'control', length: '二个月' }))).toMatchObject({ cites: 'TRM-01' })
  })
  test('control may end an even number of days sooner: custody before it counts double', () => {
    const control = { category: 'control', penalty: '管制一年', penaltyLength: '一年' } as const
    expect(doubtOfTerm(file(control))).toBeNull()
    expect(doubtOfTerm(file({ ...control, lastDay: civilDate('2025-06-19') }))).toBeNull()
    expect(doubtOfTerm(file({ ...control, lastDay: civilDate('2025-06-20') }))).toMatchObject({ kind: 'otherDay' })
    expect(doubtOfTerm(file({ ...control, lastDay: civilDate('2025-08-10') }))).toMatchObject({ kind: 'otherDay' })
  })
  test('parole and service outside prison end with the sentence, on whatever day', () => {
    for (const category of ['parole', 'temporaryServiceOutsidePrison'] as const)
      expect(doubtOfTerm(file({ category, length: '六年' }))).toBeNull()
  })
})
