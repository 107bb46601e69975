import { describe, expect, test } from 'vitest'
import { articlesWritten, hanNumber, placesWritten, placeWritten } from './article.ts'
import { ruleIds, versionsOf } from './rule.ts'

describe('numbers of articles', () => {
  test.each([
    [1, '一'],
    [10, '十'],
    [14, '十四'],
    [20, '二十'],
    [105, '一百零五'],
    [110, '一百一十'],
    [277, '二百七十七'],
    [543, '五百四十三'],
    [1001, '一千零一'],
    [0, '0'],
    [10_000, '10000'],
    [1.5, '1.5'],
  ])('%d is %s', (n, text) => expect(hanNumber(n)).toBe(text))
})

describe('where a rule stands', () => {
  test.each([
    ['29', '第二十九条'],
    ['35(5)', '第三十五条第（五）项'],
    ['77[2]', '第七十七条第二款'],
    ['40[1](3)', '第四十条第一款第（三）项'],
    ['27+58', '第二十七条、第五十八条'],
    ['38, 72', '第三十八条、第七十二条'],
    ['条号待核', null],
    ['—', null],
    ['13,x', null],
  ])('%s', (article, written) => expect(articlesWritten(article)).toBe(written))

  test.each([
    ['社区矫正法', '29', '社区矫正法第二十九条'],
    [
      '社区矫正法实施办法 / 最高法刑诉法解释（2021）',
      '46(2),47(1) / 543',
      '社区矫正法实施办法第四十六条第（二）项、第四十七条第（一）项、最高法刑诉法解释（2021）第五百四十三条',
    ],
    ['社区矫正法/社区矫正法实施办法', '30 / 38', '社区矫正法第三十条、社区矫正法实施办法第三十八条'],
    ['社区矫正法 / 社区矫正法实施办法', '50', '社区矫正法第五十条、社区矫正法实施办法'],
    ['治安管理处罚法（2025修订）', '条号待核', '治安管理处罚法（2025修订）（条号待核）'],
    ['实例', '—', '实例'],
  ])('%s %s', (source, article, written) => expect(placeWritten({ source, article })).toBe(written))

  test('every rule in every version is placed without a bare number', () => {
    for (const id of ruleIds)
      for (const rule of versionsOf(id)) expect(placeWritten(rule), id).not.toMatch(/undefined|NaN| \d|\d$/)
  })

  test.each([
    ['实施办法 46(2)；刑诉法解释 543', '实施办法第四十六条第（二）项；刑诉法解释第五百四十三条'],
    ['实施办法 36', '实施办法第三十六条'],
    ['实施办法 47(3)；刑法 86', '实施办法第四十七条第（三）项；刑法第八十六条'],
    ['有关规定', '有关规定'],
  ])('of the ladder: %s', (text, written) => expect(placesWritten(text)).toBe(written))
})
