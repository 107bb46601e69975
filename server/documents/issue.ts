import { createHash } from 'node:crypto'
import { partsOf } from '@zhijiao/law/civil-date'
import type { ScopedDb } from '../core/db.ts'
import { filesIn } from '../core/files.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import { announce } from '../core/live.ts'
import { Changed, refuse } from '../core/refusals.ts'
import { numberText } from './domain.ts'
import { asDay, issuerOf, organCode } from './filing.ts'
import { type Filled, fill } from './filled.ts'
import { numberKey } from './old-number.ts'
import { copyLine } from './old-paper.ts'
import type { Paper } from './paper.ts'
import type { Dressing } from './press/pdf.ts'
import type { Press } from './press/press.ts'
import {
  BlanksMissing,
  Frozen,
  GlyphsMissing,
  ImportedPaper,
  NotIssued,
  OtherOrgan,
  Tampered,
  Voided,
} from './refusals.ts'
import { type DocumentRow, documentStore } from './store.ts'
import { watchOf } from './watch.ts'

export interface Bench {
  readonly house: House
  readonly press: Press
}
export interface Within {
  readonly db: ScopedDb
  readonly ledger: Ledger
}
export const sha256Of = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

/** Somebody else was faster: both versions go back, so that nothing typed is lost. */
export function refuseChanged(row: DocumentRow, revision: number): void {
  if (row.revision !== revision)
    throw refuse(Changed, {
      revision: row.revision,
      theirs: { corrected: row.corrected, on: row.decided_on, state: row.state },
    })
}
export function refuseUnissued(row: DocumentRow): asserts row is DocumentRow & { paper: Paper } {
  if (row.state === 'draft') throw refuse(NotIssued)
  if (row.state === 'void') throw refuse(Voided)
  // What was issued here has its print; an old paper may have come without its scan.
  if (!row.paper || (!row.file_id && !row.imported_at)) throw refuse(Tampered)
}
/**
 * A paper of another organ is that organ's to issue, seal and serve; who sees figures only has no hand in a county's own.
 */
export function refuseOtherOrgan(
  row: Pick<DocumentRow, 'organ' | 'org_code'> & { readonly org_name?: string },
  who: { readonly staff: { readonly org: string }; readonly eyes: { readonly reach: string } },
): void {
  const own = row.organ ? row.organ === organCode(who.staff.org) : who.eyes.reach !== 'counts'
  if (!own) throw refuse(OtherOrgan, { organ: row.org_name ?? row.organ ?? row.org_code })
}
/** Nobody signs or seals today what was signed and sealed elsewhere. */
export function refuseImported(row: DocumentRow): void {
  if (row.imported_at) throw refuse(ImportedPaper)
}

/** How the paper is dressed for a print: what was signed so far, no seal. */
export async function dressingOf(
  { house }: Bench,
  within: Within,
  row: DocumentRow,
  draft: boolean,
): Promise<Dressing> {
  const files = filesIn(within.db, house, within.ledger)
  const signatures: Record<string, { image: Uint8Array; day: string }> = {}
  for (const signature of await documentStore(within.db).signatures(row.id))
    signatures[signature.place] = {
      image: new Uint8Array(await files.content(signature.file_id)),
      day: shanghaiDay(signature.signed_at),
    }
  const { source, signers } = row
  const copy = row.imported_at ? { copy: copyLine({ source, signers, scanned: row.file_id !== null }) } : {}
  return { draft, signatures, stamp: null, at: (row.issued_at ?? row.drafted_at).getTime(), author: '', ...copy }
}
const shanghaiDay = (at: Date) => {
  const [year, month, day] = new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10).split('-').map(Number)
  return `${year}年${month}月${day}日`
}

export const fileName = (paper: Pick<Paper, 'zh' | 'number'>, ending: string, copied = false) =>
  `${copied ? '复制件 ' : ''}${paper.zh}${paper.number ? ` ${paper.number}` : ''}.${ending}`.replace(/\s+/g, ' ')

/** Issues a draft: the number, the frozen paper, the file and the entry in the ledger stand together or not at all. */
export async function issueIn(
  bench: Bench,
  within: Within,
  id: string,
  by: { id: string | null; revision: number | null },
): Promise<{ number: string | null }> {
  const { house, press } = bench
  const { db, ledger } = within
  const store = documentStore(db)
  const row = await store.lock(id)
  if (row.state === 'void') throw refuse(Voided)
  if (row.state !== 'draft') throw refuse(Frozen, { number: row.number ?? '—' })
  if (by.revision !== null) refuseChanged(row, by.revision)
  await watchOf(row.template).holds?.(within, {
    id,
    person: row.person_id,
    subject: row.subject_id,
    on: row.decided_on,
  })
  const draft = await fill(db, house, row)
  if (draft.missing.length > 0)
    throw refuse(
      BlanksMissing,
      { count: draft.missing.length, names: draft.missing.join('、') },
      draft.missing.map((name) => ({
        path: `values.${name}`,
        zh: '必填',
        en: 'required',
      })),
    )
  const lost = await press.missing(draft.paper)
  if (lost.length > 0) throw refuse(GlyphsMissing, { chars: lost.join(' ') })
  const at = new Date(house.chance.now())
  const { year } = partsOf(asDay(row.decided_on))
  const organ = issuerOf(row)
  const serial = draft.body.series ? await nextFree(store, organ, draft, year) : null
  const { paper, law, version } = serial === null ? draft : await fill(db, house, row, serial)
  const number = serial === null ? null : paper.number
  const dressing = await dressingOf(bench, within, { ...row, issued_at: at }, false)
  const pdf = await press.pdf(paper, { ...dressing, author: draft.organ.agency })
  const card = await filesIn(db, house, ledger).add(
    { name: fileName(paper, 'pdf'), mime: 'application/pdf', content: pdf },
    { org: row.org_code, person: row.person_id, subject: row.id, by: by.id },
  )
  await store.issued(id, {
    by: by.id,
    at,
    paper,
    version,
    law: law.revision,
    org: organ,
    series: draft.body.series,
    year,
    serial,
    number,
    numberKey: number === null ? null : numberKey(number),
    file: card.id,
    sha256: card.sha256,
  })
  await ledger.append({
    kind: 'document.issued',
    org: row.org_code,
    person: row.person_id,
    subject: row.id,
    cites: [...paper.cites],
    payload: {
      template: row.template,
      version,
      number,
      case: row.subject_id,
      on: row.decided_on,
      law: law.revision,
      file: card.id,
      sha256: card.sha256,
    },
  })
  await watchOf(row.template).issued?.(within, row, at.getTime())
  await told(within, row, 'issued')
  return { number }
}

/** The next number of the series that no paper bears yet: an old one may bear it under another kind of paper. */
async function nextFree(
  store: ReturnType<typeof documentStore>,
  organ: string,
  { body: { series }, organ: { mark } }: Pick<Filled, 'body' | 'organ'>,
  year: number,
): Promise<number> {
  for (;;) {
    const serial = await store.nextSerial(organ, series, year)
    const key = numberKey(numberText(mark, series, year, serial))
    if (!(await store.numbersTaken(organ, [key])).has(key)) return serial
  }
}

export const told = ({ db }: Within, row: Pick<DocumentRow, 'id' | 'org_code' | 'person_id'>, what: string) =>
  announce(db, { topic: 'document', id: row.id, org: row.org_code, person: row.person_id, what })
