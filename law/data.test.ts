import { describe, expect, test } from 'vitest'
import { civilDate as d } from './civil-date.ts'
import { code, codeSetNames, codeSets, codesOf, correctionCategoryOf, isCodeSetName } from './codes.ts'
import { documentHeader, fieldsOf, legalDocument, legalDocuments } from './documents.ts'
import { localParameterIds } from './in-force.ts'
import * as law from './index.ts'
import { appliesTo, type RawRule, readRule, ruleIds, ruleOn, ruleToCite, versionsOf } from './rule.ts'

test('139 rules, 45 code sets, sex and means of travel, 34 documents, 17 local parameters', () => {
  expect(ruleIds).toHaveLength(139)
  expect(codeSetNames).toHaveLength(47)
  expect(legalDocuments).toHaveLength(34)
  expect(localParameterIds).toHaveLength(17)
  expect(Object.keys(law).length).toBeGreaterThan(80)
})

test('the sources are named', () => {
  expect(law.legalSources.every(({ what, where }) => what && where)).toBe(true)
  for (const id of ruleIds)
    for (const { evidence } of versionsOf(id)) expect(law.evidenceMeaning[evidence]).toBeTruthy()
  expect(law.instruments.社区矫正法).toContain('2020-07-01')
})

describe('rules', () => {
  test('each has both names, a source, and an order in time', () => {
    for (const id of ruleIds)
      for (const rule of versionsOf(id)) {
        expect(rule.zh && rule.en && rule.source && rule.article, id).toBeTruthy()
        expect(rule.until === null || rule.until >= rule.from, id).toBe(true)
        expect(rule.confidence === 'recalled', id).toBe(rule.evidence === 'memory')
      }
  })

  test('only procedure deadlines roll, and each says why or why not', () => {
    for (const id of ruleIds)
      for (const { rolls, kind, rollsSource } of versionsOf(id)) {
        if (rolls) expect([kind, rollsSource], id).toEqual(['deadline', '刑事诉讼法 105（TRM-08）'])
        else if (kind === 'deadline' || kind === 'duration') expect(rollsSource, id).not.toBeNull()
      }
  })

  test('the police penalty is cited from the Act in force', () => {
    expect(ruleOn('PEN-08', d('2025-12-31'))?.article).toBe('60(4)')
    expect(ruleOn('PEN-08', d('2026-01-01'))).toMatchObject({ confidence: 'recalled' })
    expect(ruleOn('PEN-08', d('2000-01-01'))).toBeUndefined()
    expect(ruleToCite('PEN-08', d('2000-01-01')).article).toBe('60(4)')
    expect(ruleToCite('PEN-08', d('2030-01-01')).source).toContain('2025')
    expect(ruleToCite('PEN-03', d('2020-03-27')).article).toBe('35(5)')
  })

  test('a rule confined to categories says so', () => {
    expect(appliesTo(ruleToCite('PEN-08', d('2026-01-01')), 'parole')).toBe(false)
    expect(appliesTo(ruleToCite('PEN-08', d('2026-01-01')), 'control')).toBe(true)
    expect(appliesTo(ruleToCite('LVE-02', d('2026-01-01')), 'parole')).toBe(true)
  })

  test('a data file with a word that is none of ours is refused', () => {
    const [good] = versionsOf('LVE-02')
    const raw = { ...good, from: '2020-07-01', until: '2030-01-01', dayType: 'hours', appliesTo: ['parole'] } as RawRule
    expect(readRule('LVE-02', raw)).toMatchObject({ until: '2030-01-01', appliesTo: ['parole'] })
    for (const wrong of [
      { kind: 'wish' },
      { operator: 'eq' },
      { confidence: 'sure' },
      { dayType: 'moon' },
      { appliesTo: ['x'] },
      { from: 'x' },
    ])
      expect(() => readRule('LVE-02', { ...raw, ...wrong })).toThrow('ZJ_LAW')
  })
})

describe('code sets', () => {
  test('codes are unique, named twice, and found', () => {
    for (const name of codeSetNames) {
      const { items, zh, en, source } = codeSets[name]
      expect(new Set(codesOf(name)).size, name).toBe(items.length)
      expect(zh && en && source, name).toBeTruthy()
      for (const item of items) expect(item.zh && item.en, `${name} ${item.code}`).toBeTruthy()
    }
    expect(code('correctionCategory', '02')).toEqual({ code: '02', zh: '缓刑', en: 'Suspended sentence' })
    expect(code('correctionCategory', '05')).toBeUndefined()
    expect(isCodeSetName('sex')).toBe(true)
    expect(isCodeSetName('toString')).toBe(false)
  })

  test.each([
    ['01', 'control'],
    ['缓刑', 'suspendedSentence'],
    ['parole', 'parole'],
    ['04', 'temporaryServiceOutsidePrison'],
    ['99', undefined],
  ])('category %s', (text, category) => expect(correctionCategoryOf(text)).toBe(category))
})

test('a document with the shared header begins with it', () => {
  const warning = legalDocument('D19')
  expect(warning && fieldsOf(warning).slice(0, 19)).toEqual(documentHeader)
  const responsibility = legalDocument('D08')
  expect(responsibility && fieldsOf(responsibility)).toEqual(['对象姓名', '机构职责', '成员职责', '双方签名'])
  expect(legalDocument('D35')).toBeUndefined()
})
