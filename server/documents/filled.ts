import type { Values } from '@zhijiao/contract/paper'
import { partsOf } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { isFilled, missingOf, type Organ, paperOf } from './domain.ts'
import { asDay, filedValues, headOf, lawOn, organOf, templateOn } from './filing.ts'
import { withItems } from './items.ts'
import type { Paper } from './paper.ts'
import { type DocumentRow, documentStore } from './store.ts'

/** A draft with everything it rests on: the file, the template and the law of its day, the organ. */
export interface Filled {
  readonly paper: Paper
  readonly body: Awaited<ReturnType<typeof templateOn>>['body']
  readonly version: string
  readonly filed: Values
  /** What the case gave, with its items of the law in the words of the day. */
  readonly given: Values
  readonly values: Values
  readonly missing: readonly string[]
  /** What whoever issues it should know: nothing that keeps it from being issued. */
  readonly hints: readonly { readonly zh: string; readonly en: string }[]
  readonly organ: Organ
  readonly law: Law
}

type Drafted = Pick<
  DocumentRow,
  'org_code' | 'organ' | 'person_id' | 'subject_id' | 'template' | 'decided_on' | 'given' | 'corrected'
>

/** Papers that name another of the same case by its number: 解除通知书 (D30) the certificate (D29). */
const namedIn: Readonly<Record<string, { readonly template: string; readonly zh: string; readonly en: string }>> = {
  D30: {
    template: 'D29',
    zh: '本次解除的证明书尚未制发，“解除证明书字号”留空。请先制发《解除社区矫正证明书》，字号自动填入。',
    en: 'The certificate of this release is not issued yet; its number stays blank. Issue the certificate first and the number fills by itself.',
  },
}

/** Fills a draft as it would be printed now; `serial` when it has its number. */
export async function fill(db: ScopedDb, house: House, row: Drafted, serial: number | null = null): Promise<Filled> {
  const on = asDay(row.decided_on)
  const [law, organ, template, filed] = [
    await lawOn(house, row.org_code, on),
    await organOf(db, headOf(row)),
    await templateOn(db, row.template, headOf(row), row.decided_on),
    await filedValues(db, house, row.person_id),
  ]
  // What somebody corrected by hand rests on no item any more.
  const left = Object.fromEntries(Object.entries(row.given).filter(([name]) => row.corrected[name] === undefined))
  const { rules } = withItems(left, on)
  const { values: given } = withItems(row.given, on)
  const another = namedIn[row.template]
  const number = another ? await documentStore(db).numberOf(row.subject_id, another.template) : null
  const values = { ...filed, ...given, ...(number ? { 字号: number } : {}), ...row.corrected }
  const paper = paperOf({
    id: row.template,
    body: template.body,
    values,
    organ,
    law,
    on,
    number: { year: partsOf(on).year, serial },
    namesAnother: another !== undefined,
  })
  return {
    paper: { ...paper, cites: [...new Set([...paper.cites, ...rules])] },
    body: template.body,
    version: template.version,
    filed,
    given,
    values,
    missing: missingOf(template.body, values),
    hints: another && !isFilled(values.字号) ? [{ zh: another.zh, en: another.en }] : [],
    organ,
    law,
  }
}
