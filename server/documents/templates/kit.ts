import type { Blank, Block, Given, TemplateBody } from '@zhijiao/contract/paper'

/** Words for writing templates down; each gives one block or blank of the model. */
type When = NonNullable<Block['when']>
const cond = (when?: When | string) =>
  when === undefined ? {} : { when: typeof when === 'string' ? { blank: when } : when }

export const title = (text: string, over?: string): Block => ({ kind: 'title', text, ...(over ? { over } : {}) })
/** Title of a paper under the agency's name. */
export const headed = (text: string): Block => title(text, '{{unit.agency}}')
export const number = (align: 'right' | 'center' = 'right'): Block => ({ kind: 'number', align })
export const to = (text: string): Block => ({ kind: 'addressee', text })
export const p = (text: string, when?: When | string): Block => ({ kind: 'text', text, ...cond(when) })
export const flush = (text: string, when?: When | string): Block => ({ kind: 'text', text, flush: true, ...cond(when) })
export const centred = (text: string): Block => ({ kind: 'text', text, align: 'center', flush: true })
export const strong = (text: string): Block => ({ kind: 'text', text, bold: true, flush: true })
export const header = (): Block => ({ kind: 'header' })
/** Pairs of label and text; a label ending in `↔` takes a row of its own. */
export const fields = (...cells: readonly (readonly [label: string, text: string])[]): Block => ({
  kind: 'fields',
  cells: cells.map(([label, text]) =>
    label.endsWith('↔') ? { label: label.slice(0, -1), text, wide: true } : { label, text },
  ),
})
export const opinion = (label: string, text: string, signer: string, tall = false): Block => ({
  kind: 'opinion',
  label,
  text,
  signer,
  ...(tall ? { tall } : {}),
})
export const rows = (blank: string, columns: readonly string[], spare = 0): Block => ({
  kind: 'rows',
  blank,
  columns: [...columns],
  spare,
})
export const list = (blank: string, lead?: string): Block => ({ kind: 'list', blank, ...(lead ? { lead } : {}) })
export const sign = (...lines: readonly (readonly [label: string, place: string])[]): Block => ({
  kind: 'sign',
  lines: lines.map(([label, place]) => ({ label, place, date: true })),
})
export const sealed = (unit = '{{unit.agency}}'): Block => ({ kind: 'seal', unit, date: '{{doc.date}}' })
export const note = (text: string): Block => ({ kind: 'note', text })
export const copied = (text: string): Block => ({ kind: 'copied', to: text })
export const attached = (blank: string): Block => ({ kind: 'attached', blank })

/** The agency's name, the paper's and its number; with whom it is for, the line that addresses him. */
export const letterhead = (name: string, addressee?: string): Block[] => [
  headed(name),
  number(),
  ...(addressee ? [to(`${addressee}：`)] : []),
]
/** The person himself, as a paper addresses him. */
export const thePerson = '社区矫正对象{{姓名}}'
/** The head of an approval form (审批表). */
export const approvalHead = (name: string): Block[] => [title(name), number(), header()]
export const applicant = sign(['申请人', 'person'])
export const countyOpinion = opinion('县级社区矫正机构意见', '{{县级意见}}', '负责人')
/** What the office says, and under it the county agency. */
export const opinions: readonly Block[] = [opinion('司法所意见', '{{司法所意见}}', '负责人'), countyOpinion]
const procuratorate = '{{unit.county}}人民检察院'
/** 抄送 the procuratorate, and where others are told as well, those. */
export const toProcuratorate = copied(procuratorate)
export const toProcuratorateAndPolice = (andMore = ''): Block =>
  copied(`${procuratorate}、{{unit.county}}公安局${andMore}`)

type Form = Blank['form']
const blank =
  (source: Blank['source'], form: Form) =>
  (name: string, sample: Given, needed = false): Blank => ({
    name,
    source,
    form,
    sample,
    ...(needed ? { needed } : {}),
  })
/** From the person file. */
export const filed = (name: string, sample = ''): Blank => ({ name, source: 'file', form: 'line', sample })
/** From the case. */
export const line = blank('case', 'line')
export const text = blank('case', 'text')
export const day = blank('case', 'day')
export const listed = blank('case', 'list')
/** Blanks of `opinions`. */
export const opinionBlanks = (office: string, county = ''): readonly Blank[] => [
  text('司法所意见', office),
  text('县级意见', county),
]
/** By whoever drafts. */
export const typed = blank('typed', 'line')
export const typedText = blank('typed', 'text')
export const table = (name: string, columns: readonly string[], sample: Given): Blank => ({
  name,
  source: 'case',
  form: 'rows',
  columns: [...columns],
  sample,
})

type Body = Omit<TemplateBody, 'zh' | 'en' | 'series' | 'seal'> & Partial<Pick<TemplateBody, 'series' | 'seal'>>
/** A body without its names, which `names.ts` gives. */
export const letter = (body: Omit<Body, 'layout'>): Body => ({ layout: 'letter', ...body })
export const form = (body: Omit<Body, 'layout'>): Body => ({ layout: 'form', ...body })
export type ShippedBody = Body

/** 存根 of a decision: whom it concerns, what was decided, who approved. */
export const stubOf = (name: string, what: string): Block[] => [
  headed(`${name}（存根）`),
  number(),
  fields(
    ['姓名', '{{姓名}}'],
    ['性别', '{{性别}}'],
    ['身份证号码', '{{身份证号码}}'],
    ['矫正类别', '{{矫正类别}}'],
    ['事由↔', what],
    ['批准人', '{{批准人}}'],
    ['填发人', '{{填发人}}'],
    ['填发日期', '{{doc.date}}'],
    ['份数', '{{份数}}'],
  ),
]
/** Blanks of a stub. */
export const stubBlanks: readonly Blank[] = [typed('批准人', '李国栋'), typed('填发人', '赵敏'), typed('份数', '三份')]

/** 回执 that the addressee sends back. */
export const receiptOf = (name: string, from: string): Block[] => [
  title(`${name}（回执）`),
  to('{{unit.agency}}：'),
  p(`你单位{{doc.number}}《${name}》及所附材料已于    年    月    日收到。`),
  { kind: 'sign', lines: [{ label: '收件人', place: 'recipient', date: true }] },
  { kind: 'seal', unit: from, date: '    年    月    日' },
]

/** A letter of the agency to another organ, with the receipt (回执) that comes back. */
export const sentTo = (
  addressee: string,
  name: string,
  { series, blanks, blocks }: Required<Pick<ShippedBody, 'series' | 'blanks' | 'blocks'>>,
): ShippedBody =>
  letter({
    series,
    seal: 'agency',
    blanks,
    blocks: [...letterhead(name, addressee), ...blocks],
    receipt: receiptOf(name, addressee),
  })

/** Right to object (PEN-10), the same in every decision that burdens. */
export const objection =
  '你对本决定有异议的，可以自收到本决定书之日起向本机构提出，本机构将及时处理并告知你处理结果；对处理结果仍有异议的，可以向人民检察院提出（依据：{{law.PEN-10}}）。'
/** Receipt of the person at the foot of a decision. */
export const received = sign(['本决定书已向我宣读并送达，我已知悉内容及异议权利。被送达人', 'person'])
