import { civilDate } from '@zhijiao/law/civil-date'
import { documentHeader, legalDocuments } from '@zhijiao/law/documents'
import { lawInForce } from '@zhijiao/law/in-force'
import { ruleIds, versionsOf } from '@zhijiao/law/rule'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { clauseOf } from './clause.ts'
import { alwaysThere, dayInChinese, missingOf, numberText, paperOf, unknownVariables } from './domain.ts'
import type { Printed } from './paper.ts'
import { pdfOf } from './press/pdf.ts'
import { sampleFile } from './sample.ts'
import { paperName, paperNames, shippedTemplates } from './templates/index.ts'

const law = lawInForce(civilDate('2026-11-21'), '459001')
const organ = {
  agency: '示例县社区矫正管理局',
  bureau: '示例县司法局',
  office: '示例司法所',
  county: '示例县',
  mark: '示例',
}
const printed = (id: string, values: Record<string, string> = {}, serial: number | null = 7) => {
  const body = shippedTemplates.get(id)
  if (!body) throw new Error(id)
  return paperOf({
    id,
    body,
    values: { ...sampleFile, ...values },
    organ,
    law,
    on: '2026-11-21',
    number: { year: 2026, serial },
  })
}
const textOf = (blocks: readonly Printed[]) => JSON.stringify(blocks)

describe('clauses as documents quote them', () => {
  test.each([
    ['社区矫正法', '29', '《中华人民共和国社区矫正法》第二十九条'],
    ['社区矫正法实施办法', '35(5)', '《中华人民共和国社区矫正法实施办法》第三十五条第（五）项'],
    ['社区矫正法实施办法', '27+58', '《中华人民共和国社区矫正法实施办法》第二十七条、第五十八条'],
    [
      '社区矫正法 / 社区矫正法实施办法',
      '50 / 51',
      '《中华人民共和国社区矫正法》第五十条、《中华人民共和国社区矫正法实施办法》第五十一条',
    ],
    ['治安管理处罚法(2025修订)', '条号待核', '《中华人民共和国治安管理处罚法》的有关规定'],
    ['个人信息保护法', '13(3),35', '《中华人民共和国个人信息保护法》第十三条第（三）项、第三十五条'],
  ])('%s %s', (source, article, clause) => expect(clauseOf({ source, article })).toBe(clause))

  test('every rule in every version gives a whole clause', () => {
    for (const id of ruleIds)
      for (const rule of versionsOf(id)) {
        const clause = clauseOf(rule)
        expect(clause, id).toMatch(/^《.+》.+/)
        expect(clause, id).not.toMatch(/undefined|NaN|第0/)
      }
  })
})

describe('templates as they ship', () => {
  test('the 34 documents and two forms of local use, each with a template that names nothing unknown', () => {
    expect(new Set(paperNames.map((p) => p.document).filter(Boolean))).toEqual(new Set(legalDocuments.map((d) => d.id)))
    for (const { id } of paperNames) {
      const body = shippedTemplates.get(id)
      expect(body && unknownVariables(body), id).toEqual([])
    }
    expect(paperName('D12')?.id).toBe('D12a')
    expect(paperName('D99')).toBeUndefined()
  })

  test('every field of rules.json is a blank of one of its papers, or of the file', () => {
    for (const document of legalDocuments) {
      const papers = paperNames.filter((p) => p.document === document.id)
      const blanks = papers.flatMap((p) => shippedTemplates.get(p.id)?.blanks.map((b) => b.name) ?? [])
      for (const field of document.fields)
        expect([...blanks, ...documentHeader, ...alwaysThere].includes(field), `${document.id} ${field}`).toBe(true)
      if (document.header)
        expect(
          papers.some((p) => shippedTemplates.get(p.id)?.blocks.some((b) => b.kind === 'header')),
          document.id,
        ).toBe(true)
    }
  })
})

describe('a template filled', () => {
  test('the number stands in every copy, and has room for the hand before it is given', () => {
    expect(numberText('示例', '矫训决', 2026, 12)).toBe('（2026）示例矫训决字第12号')
    const paper = printed('D29')
    expect(paper.copies.map((c) => c.name)).toEqual(['stub', 'original'])
    for (const copy of paper.copies) expect(textOf(copy.blocks)).toContain('（2026）示例矫解证字第7号')
    expect(printed('D29', {}, null).number).toBe('（2026）示例矫解证字第    号')
    expect(printed('D04').number).toBe('')
  })

  test('what nobody filled is a blank to write on; a paragraph that hangs on it is left out', () => {
    const empty = printed('D18').copies.find((c) => c.name === 'original')
    expect(empty?.blocks.some((b) => b.kind === 'text' && b.runs.some((r) => r.blank))).toBe(true)
    const without = textOf(printed('D05').copies[0]?.blocks ?? [])
    const withSearch = textOf(printed('D05', { 查找情况: '已实地查访' }).copies[0]?.blocks ?? [])
    expect(without).not.toContain('立即组织查找')
    expect(withSearch).toContain('已实地查访')
  })

  test('a stop that was written and one of the template are one stop', () => {
    const said = (fact: string) =>
      textOf(printed('D22', { 提请理由: fact, 事实: '两次警告后仍不改正。' }).copies[0]?.blocks ?? [])
    expect(said('脱离监管超过一个月。')).not.toMatch(/。。|。"\},\{"text":"。/)
    expect(textOf(printed('D18', { 决定: '给予训诫一次。' }).copies[1]?.blocks ?? [])).toContain('给予训诫一次"')
  })

  test('a form as it ships stands on one sheet', async () => {
    for (const { id } of paperNames) {
      const body = shippedTemplates.get(id)
      if (body?.layout !== 'form') continue
      const samples = Object.fromEntries(body.blanks.flatMap((b) => (b.sample === '' ? [] : [[b.name, b.sample]])))
      const pdf = await pdfOf(printed(id, samples as Record<string, string>), {
        draft: false,
        signatures: {},
        stamp: null,
        at: Date.parse('2026-11-21T01:00:00Z'),
        author: organ.agency,
      })
      expect([id, pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length]).toEqual([id, 1])
    }
  }, 30_000)

  test('required and empty is told; days are written as days', () => {
    const body = shippedTemplates.get('D18')
    expect(body && missingOf(body, { 违规事实: ' ', 决定: '训诫' })).toEqual(['违规事实', '依据(34条项)'])
    expect(dayInChinese('2026-01-09')).toBe('2026年1月9日')
    expect(dayInChinese('2026-02-30')).toBe('2026-02-30')
  })

  test('the clause is that of the law of the day', () => {
    const on = (day: string) =>
      textOf(
        paperOf({
          id: 'D20',
          body: shippedTemplates.get('D20') ?? (undefined as never),
          values: sampleFile,
          organ,
          law: lawInForce(civilDate(day), '459001'),
          on: day,
          number: null,
        }).copies[0]?.blocks ?? [],
      )
    expect(on('2025-12-31')).not.toBe(on('2026-01-01').replace('2026年1月1日', '2025年12月31日'))
  })

  test('whatever is typed, the paper is made, says it, and is the same each time', () =>
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 60 }), (typed) => {
        const first = printed('D18', { 违规事实: typed })
        expect(printed('D18', { 违规事实: typed })).toEqual(first)
        const words = typed.trim()
        if (words)
          expect(
            first.copies.flatMap((c) => c.blocks).flatMap((b) => (b.kind === 'text' ? b.runs.map((r) => r.text) : [])),
          ).toContain(dayInChinese(words))
      }),
    ))
})
