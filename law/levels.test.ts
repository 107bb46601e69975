import { describe, expect, test } from 'vitest'
import { civilDate } from './civil-date.ts'
import { lawInForce, type Revision } from './in-force.ts'
import { levelOffered, levelsOf, readLevels } from './level-setting.ts'
import { levelNamed, levelsSetting, settingOf, usualLevel } from './levels.ts'
import { isRefusal, settled } from './refusals.ts'

const day = civilDate('2026-11-18')
const set = (org: string, from: string, text: string): Revision => ({
  id: `${org}/${from}`,
  org,
  state: 'published',
  from: civilDate(from),
  values: { [levelsSetting]: text },
})
const four = '1=宽管/Lenient,2=普管/Ordinary,3=严管/Strict,4=重点/Key'

describe('the text of the setting', () => {
  test('reads levels in their order, the English name where there is one', () => {
    expect(readLevels('1=宽管/Lenient, 2 = 普管，3=严管 / Very strict')).toEqual([
      { code: '1', zh: '宽管', en: 'Lenient' },
      { code: '2', zh: '普管', en: '普管' },
      { code: '3', zh: '严管', en: 'Very strict' },
    ])
    expect(settled(readLevels('7=一级处遇')).map((l) => l.code)).toEqual(['7'])
  })
  test.each([
    ['', 'NONE', ''],
    ['  ', 'NONE', ''],
    ['1=宽管,', 'CODE', '1=宽管,'],
    ['1=宽管,,2=普管', 'CODE', '1=宽管,,2=普管'],
    ['宽管,2=普管', 'CODE', '宽管'],
    ['1=宽管,0=无', 'CODE', '0=无'],
    ['12=宽管', 'CODE', '12=宽管'],
    ['a=宽管', 'CODE', 'a=宽管'],
    ['１=宽管', 'CODE', '１=宽管'],
    ['1', 'NAME', '1'],
    ['1=', 'NAME', '1='],
    ['1= ,2=普管', 'NAME', '1='],
    ['1=2', 'NAME', '1=2'],
    ['1=宽 管', 'NAME', '1=宽 管'],
    ['1=宽管、2=普管', 'NAME', '1=宽管、2=普管'],
    ['1=宽管;普管', 'NAME', '1=宽管;普管'],
    ['1=一二三四五六七八九', 'NAME', '1=一二三四五六七八九'],
    ['1=宽管/', 'NAME', '1=宽管/'],
    ['1=宽管/2', 'NAME', '1=宽管/2'],
    ['1=宽管/A/B', 'NAME', '1=宽管/A/B'],
    [`1=宽管/${'A'.repeat(25)}`, 'NAME', `1=宽管/${'A'.repeat(25)}`],
    ['1=宽管,1=普管', 'TWICE', '1=普管'],
    ['1=宽管,2=宽管', 'TWICE', '2=宽管'],
    ['1=宽管/Same,2=普管/Same', 'TWICE', '2=普管/Same'],
  ])('%j is refused: %s', (text, why, piece) => {
    const refused = readLevels(text)
    if (!isRefusal(refused)) throw new Error('was read')
    expect(refused.refused).toBe(`ZJ_LAW_LEVELS_${why}`)
    expect(refused.zh).toContain('请')
    expect(refused.detail.piece ?? '').toBe(piece)
    if (piece) expect([refused.zh, refused.en].every((says) => says.includes(piece))).toBe(true)
  })
})

describe('the levels of a place', () => {
  test('ship as the code table names them', () => {
    expect(levelsOf(lawInForce(day, '459001'))).toEqual({
      offered: [
        { code: '1', zh: '宽松', en: 'Relaxed' },
        { code: '2', zh: '普通', en: 'Ordinary' },
        { code: '3', zh: '严格', en: 'Strict' },
      ],
      former: [],
    })
  })
  test('are those of the province from the day on, and of no other', () => {
    const published = [set('450000', '2026-11-18', four)]
    const at = (on: string, org: string) => levelsOf(lawInForce(civilDate(on), org, published)).offered.length
    expect([at('2026-11-17', '459001'), at('2026-11-18', '459001'), at('2026-11-18', '459001001')]).toEqual([3, 4, 4])
    expect(at('2026-11-18', '440101')).toBe(3)
  })
  test('that are dropped stay readable by the name they bore last', () => {
    const law = lawInForce(day, '459001', [
      set('45', '2026-01-01', '1=宽,2=普,3=严,4=重'),
      set('45', '2026-02-01', four),
      set('45', '2026-03-01', '1=宽管,2=普管'),
    ])
    const levels = levelsOf(law)
    expect(levels.former.map((l) => l.zh)).toEqual(['严管', '重点'])
    expect(levelNamed(levels, '1').zh).toBe('宽管')
    expect(levelNamed(levels, '4')).toEqual({ code: '4', zh: '重点', en: 'Key' })
    expect(levelNamed(levels, '9')).toEqual({ code: '9', zh: '级别 9', en: 'Level 9' })
    expect(levelsOf(law)).toBe(levels)
  })
  test('a text that cannot be read changes nothing', () => {
    expect(levelsOf(lawInForce(day, '45', [set('45', '2026-01-01', '宽松')])).offered.length).toBe(3)
  })
  test('one that is none of them is refused with those that are', () => {
    const law = lawInForce(day, '459001', [set('45', '2026-01-01', four)])
    expect(levelOffered(law, '4')).toMatchObject({ zh: '重点' })
    const refused = levelOffered(law, '5')
    expect(refused).toMatchObject({ refused: 'ZJ_LAW_LEVEL_UNKNOWN' })
    expect(isRefusal(refused) && [refused.zh, refused.en].map((says) => /4 (重点|Key)/.test(says))).toEqual([
      true,
      true,
    ])
  })
  test('a setting holds for its own level, else for the next stricter ones that it does not name', () => {
    const holds = (level: string, named: string) => settingOf(level, ['1', '3', '4'], (code) => named.includes(code))
    expect([holds('4', '134'), holds('4', '13'), holds('4', '1'), holds('1', '34')]).toEqual(['4', '3', '1', undefined])
    // Of a level that the place does not have only its own.
    expect([holds('2', '2'), holds('2', '1')]).toEqual(['2', undefined])
  })
  test('a file begins with 2, else with the mildest', () => {
    const from = (text: string) => usualLevel({ offered: settled(readLevels(text)) })
    expect([from(four), from('5=甲,6=乙')]).toEqual(['2', '5'])
    expect(usualLevel({ offered: [] })).toBe('2')
  })
})
