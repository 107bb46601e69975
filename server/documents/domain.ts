import type { Block, Given, TemplateBody, Values } from '@zhijiao/contract/paper'
import { isCivilDate, partsOf } from '@zhijiao/law/civil-date'
import { documentHeader } from '@zhijiao/law/documents'
import type { Law } from '@zhijiao/law/in-force'
import { isRuleId } from '@zhijiao/law/rule'
import { clauseOf } from './clause.ts'
import type { Copy, Paper, Printed, Run, Runs } from './paper.ts'

/** The organ that issues, as its papers name it. */
export interface Organ {
  /** 县级社区矫正机构, on the letterhead. */
  readonly agency: string
  /** 县级司法行政部门. */
  readonly bureau: string
  /** 司法所. */
  readonly office: string
  /** 县（区、市）. */
  readonly county: string
  /** 发文机关代字. */
  readonly mark: string
}

/** What fills a template. */
export interface Filling {
  readonly id: string
  readonly body: TemplateBody
  /** Over each other, the later one wins: file, case, corrections. */
  readonly values: Values
  readonly organ: Organ
  readonly law: Law
  /** Day of the decision. */
  readonly on: string
  /** What it counts as, with room for the hand where there is no serial yet; or the number an old paper bears, as written. */
  readonly number: { readonly year: number; readonly serial: number | null } | { readonly text: string } | null
  /** Its 字号 is that of another paper of the case: never its own for want of that one. */
  readonly namesAnother?: boolean
}

const variable = /\{\{([^{}]+)\}\}/g

/** 2026年11月21日; anything that is no day stays as it is. */
export function dayInChinese(text: string): string {
  if (!isCivilDate(text)) return text
  const { year, month, day } = partsOf(text)
  return `${year}年${month}月${day}日`
}

/** 「（2026）示一矫训决字第12号」; with room for the hand where there is no serial yet. */
export function numberText(mark: string, series: string, year: number, serial: number | null): string {
  return `（${year}）${mark}${series}字第${serial ?? '    '}号`
}

/** Whether a blank holds anything. */
export function isFilled(given: Given | undefined): boolean {
  if (given === undefined) return false
  return typeof given === 'string' ? given.trim() !== '' : given.length > 0
}

const asText = (given: Given | undefined): string => {
  if (given === undefined) return ''
  if (typeof given === 'string') return dayInChinese(given.trim())
  return given.map((one) => (typeof one === 'string' ? one : Object.values(one).join(' '))).join('；')
}

/** Blanks that must be filled before the paper is issued. */
export function missingOf(body: TemplateBody, values: Values): string[] {
  return body.blanks.filter((b) => b.needed && !isFilled(values[b.name])).map((b) => b.name)
}

/** Every variable a template names that nothing can fill, for whoever edits it. */
export function unknownVariables(body: TemplateBody): string[] {
  const known = new Set<string>([...documentHeader, ...alwaysThere, ...body.blanks.map((b) => b.name)])
  const named = new Set<string>()
  const walk = (value: unknown): void => {
    if (typeof value === 'string') for (const m of value.matchAll(variable)) named.add(String(m[1]).trim())
    else if (Array.isArray(value)) value.forEach(walk)
    else if (value !== null && typeof value === 'object')
      for (const [key, inner] of Object.entries(value)) {
        if (key === 'blank' && typeof inner === 'string') named.add(inner)
        else walk(inner)
      }
  }
  walk([body.blocks, body.stub ?? [], body.receipt ?? []])
  return [...named].filter((name) => {
    if (name.startsWith('law.')) return !isRuleId(name.slice(4))
    return !known.has(name) && !/^(unit|doc|param)\./.test(name)
  })
}

/** Variables beside the blanks and the header, computed from the file. */
export const alwaysThere: readonly string[] = ['起止', '裁判日期', '字号']

function numberOf({ number, body, organ }: Filling): string {
  if (!number) return ''
  if ('text' in number) return number.text
  return body.series ? numberText(organ.mark, body.series, number.year, number.serial) : ''
}

/** What was written ends with a stop of its own; where the template sets one after it, there is one. */
const onceStopped = (filled: string, after: string): string =>
  /[。；，]/.test(after) ? filled.replace(/[。；，.;,\s]+$/, '') : filled

/** Fills a template: pure, the same filling always gives the same paper. */
export function paperOf(filling: Filling): Paper {
  const { body, values, organ, law, on } = filling
  const cites = new Set<string>()
  const number = numberOf(filling)
  const own: Readonly<Record<string, string>> = {
    'unit.agency': organ.agency,
    'unit.bureau': organ.bureau,
    'unit.office': organ.office,
    'unit.county': organ.county,
    'unit.mark': organ.mark,
    'doc.number': number,
    'doc.date': dayInChinese(on),
  }
  const filledBy = (name: string): string => {
    if (name.startsWith('law.')) {
      const rule = name.slice(4)
      if (!isRuleId(rule)) return ''
      cites.add(rule)
      return clauseOf(law.cite(rule))
    }
    if (name.startsWith('param.')) return law.text(name.slice(6))
    if (name === '字号' && !isFilled(values[name]) && !filling.namesAnother) return number
    return own[name] ?? asText(values[name])
  }
  const runs = (text: string): Runs => {
    const out: Run[] = []
    let at = 0
    for (const m of text.matchAll(variable)) {
      if (m.index > at) out.push({ text: text.slice(at, m.index) })
      const after = text[m.index + m[0].length] ?? ''
      const filled = onceStopped(filledBy(String(m[1]).trim()), after)
      out.push(filled === '' ? { text: '        ', blank: true } : { text: filled })
      at = m.index + m[0].length
    }
    if (at < text.length) out.push({ text: text.slice(at) })
    return out
  }
  const plain = (text: string) =>
    runs(text)
      .map((r) => r.text)
      .join('')
  /** In a table an empty blank is empty paper. */
  const inCell = (text: string): Runs => runs(text).filter((r) => !r.blank)
  const shows = ({ when }: Block) => {
    if (!when) return true
    const given = values[when.blank]
    const holds = when.is ? when.is.includes(asText(given)) : isFilled(given)
    return when.not ? !holds : holds
  }
  const places = new Map<string, string>()
  const printed = (block: Block): Printed => {
    switch (block.kind) {
      case 'title':
        return { kind: 'title', text: plain(block.text), over: plain(block.over ?? '') }
      case 'number':
        return { kind: 'number', text: number, align: block.align ?? 'right' }
      case 'addressee':
        return { kind: 'addressee', runs: runs(block.text) }
      case 'text':
        return {
          kind: 'text',
          runs: runs(block.text),
          align: block.align ?? 'left',
          flush: block.flush ?? false,
          bold: block.bold ?? false,
        }
      case 'header':
        return {
          kind: 'fields',
          cells: documentHeader.map((label) => ({
            label,
            runs: inCell(`{{${label}}}`),
            wide: label === '户籍地' || label === '居住地' || label === '罪名',
          })),
        }
      case 'fields':
        return {
          kind: 'fields',
          cells: block.cells.map(({ label, text, wide }) => ({ label, runs: inCell(text), wide: wide ?? false })),
        }
      case 'opinion':
        return {
          kind: 'opinion',
          label: block.label,
          runs: inCell(block.text),
          signer: block.signer,
          tall: block.tall ?? false,
        }
      case 'rows': {
        const given = values[block.blank]
        const filled = Array.isArray(given)
          ? given.map((row) => block.columns.map((c) => (typeof row === 'string' ? row : dayInChinese(row[c] ?? ''))))
          : []
        const spare = Math.max((block.spare ?? 0) - filled.length, filled.length === 0 ? 1 : 0)
        const empty = Array.from({ length: spare }, () => block.columns.map(() => ''))
        return { kind: 'rows', columns: block.columns, rows: [...filled, ...empty] }
      }
      case 'list':
        return { kind: 'list', lead: plain(block.lead ?? ''), items: itemsOf(values[block.blank]) }
      case 'sign':
        for (const { label, place } of block.lines) places.set(place, plain(label))
        return {
          kind: 'sign',
          lines: block.lines.map(({ label, place, date }) => ({ label: plain(label), place, date: date ?? false })),
        }
      case 'seal':
        return {
          kind: 'seal',
          unit: plain(block.unit),
          date: plain(block.date ?? ''),
          ours: block.unit === '{{unit.agency}}' || block.unit === '{{unit.bureau}}',
        }
      case 'note':
        return { kind: 'note', runs: runs(block.text) }
      case 'copied':
        return { kind: 'copied', to: plain(block.to).trim() }
      case 'attached':
        return { kind: 'attached', items: itemsOf(values[block.blank]) }
      case 'break':
        return { kind: 'break' }
    }
  }
  const copy = (name: Copy['name'], blocks: readonly Block[] | undefined): Copy[] =>
    blocks && blocks.length > 0 ? [{ name, blocks: blocks.filter(shows).map(printed) }] : []
  const copies = [...copy('stub', body.stub), ...copy('original', body.blocks), ...copy('receipt', body.receipt)]
  return {
    id: filling.id,
    zh: body.zh,
    layout: body.layout,
    number,
    copies,
    places: [...places].map(([place, label]) => ({ place, label })),
    cites: [...cites],
  }
}

const itemsOf = (given: Given | undefined): string[] => {
  if (given === undefined) return []
  const items =
    typeof given === 'string' ? given.split(/\r?\n/) : given.map((one) => asText(typeof one === 'string' ? one : [one]))
  return items.map((item) => item.trim()).filter(Boolean)
}
