import type { Values } from '@zhijiao/contract/paper'
import { partsOf } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { missingOf, type Organ, paperOf } from './domain.ts'
import { asDay, filedValues, headOf, lawOn, organOf, templateOn } from './filing.ts'
import { withItems } from './items.ts'
import type { Paper } from './paper.ts'
import type { DocumentRow } from './store.ts'

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
  readonly organ: Organ
  readonly law: Law
}

type Drafted = Pick<DocumentRow, 'org_code' | 'organ' | 'person_id' | 'template' | 'decided_on' | 'given' | 'corrected'>

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
  const values = { ...filed, ...given, ...row.corrected }
  const paper = paperOf({
    id: row.template,
    body: template.body,
    values,
    organ,
    law,
    on,
    number: { year: partsOf(on).year, serial },
  })
  return {
    paper: { ...paper, cites: [...new Set([...paper.cites, ...rules])] },
    body: template.body,
    version: template.version,
    filed,
    given,
    values,
    missing: missingOf(template.body, values),
    organ,
    law,
  }
}
