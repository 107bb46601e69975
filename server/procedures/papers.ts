import { type Field, type Procedure, registerStep, type Way } from '@zhijiao/contract/procedures/describe'
import { code } from '@zhijiao/law/codes'
import type { Json } from '../core/ledger/canonical.ts'
import { documentsIn } from '../documents/index.ts'
import { asked, type Form } from './form.ts'
import { type BlankValue, type Moment, practiceOf } from './practice.ts'

/** A value of a form as a paper writes it: words for codes, 年月日 for days. Null where a paper has no place for it. */
export function written(field: Field, value: Json | undefined): BlankValue | null {
  if (value === undefined || value === null || value === '') return null
  switch (field.kind) {
    case 'text':
    case 'long':
      return String(value)
    case 'number':
      return `${value}${field.unit?.zh ?? ''}`
    case 'flag':
      return value ? '是' : '否'
    case 'day':
    case 'moment':
      return dayWritten(String(value))
    case 'code':
      return many(value, (one) => code(field.set, one)?.zh ?? one)
    case 'choice':
      return many(value, (one) => field.choices.find((c) => c.id === one)?.zh ?? one)
    case 'rows':
      return (value as readonly Form[]).map((row) =>
        Object.fromEntries(
          field.fields.flatMap((f) => {
            const text = written(f, row[f.id])
            return typeof text === 'string' ? [[f.blank ?? f.zh, text]] : []
          }),
        ),
      )
    case 'files':
      return `${(value as readonly Json[]).length} 件`
    default:
      return null
  }
}

const many = (value: Json, word: (one: string) => string) =>
  Array.isArray(value) ? value.map((one) => word(String(one))).join('、') : word(String(value))

/** 2026年3月2日; of an instant also the time of day in Asia/Shanghai. */
export function dayWritten(value: string): string {
  const local = value.length > 10 ? new Date(Date.parse(value) + 8 * 3_600_000).toISOString() : value
  const [year, month, day] = local.slice(0, 10).split('-').map(Number)
  const time = value.length > 10 ? `${local.slice(11, 13)}时${local.slice(14, 16)}分` : ''
  return `${year}年${month}月${day}日${time}`
}

/** Everything filled in so far, under the Chinese labels that papers use; a later step's word wins. */
export function blanksOf(procedure: Procedure, forms: Readonly<Record<string, Form>>): Record<string, BlankValue> {
  const blanks: Record<string, BlankValue> = {}
  const fill = (fields: readonly Field[], form: Form) => {
    for (const field of fields) {
      if (!asked(field, form)) continue
      const text = written(field, form[field.id])
      if (text !== null) blanks[field.blank ?? field.zh] = text
    }
  }
  fill(procedure.form, forms[registerStep] ?? {})
  for (const step of procedure.steps) fill(step.form ?? [], forms[step.id] ?? {})
  return blanks
}

/** Drafts the papers of a passage from what the forms and the practice say; an officer corrects and issues them. */
export async function draftPapers(
  moment: Moment,
  procedure: Procedure,
  papers: readonly string[],
  way?: Way,
): Promise<void> {
  if (papers.length === 0) return
  const documents = documentsIn(moment, moment.house)
  const filled = blanksOf(procedure, moment.forms)
  const { matter } = moment
  // What the other county of a matter writes is its own paper; of the person it knows what the matter says.
  const elsewhere = matter.person_id !== null && moment.person === null ? matter.other_org : null
  for (const paper of papers)
    await documents.draft({
      template: paper,
      org: elsewhere ?? matter.org_code,
      person: elsewhere ? null : matter.person_id,
      subject: matter.id,
      on: moment.today,
      values: {
        ...(elsewhere ? { 姓名: matter.who } : {}),
        事项: procedure.zh,
        ...(way ? { 审批结果: way.zh } : {}),
        ...(moment.note ? { 理由: moment.note } : {}),
        ...filled,
        ...(await practiceOf(procedure.id).blanks?.(moment, paper)),
      },
      by: { id: moment.by.id || null, name: moment.by.name },
    })
}
