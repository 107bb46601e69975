import type { OldDocument } from '@zhijiao/contract/documents'
import type { Values } from '@zhijiao/contract/paper'
import { type Selectable, sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { Tables } from '../core/tables.ts'
import type { Paper } from './paper.ts'
import './tables.ts'

export type FiledPerson = Selectable<Tables['person']>
type Served = NonNullable<OldDocument['deliveries']>[number]

/** An old paper as it is written down; instants ISO 8601. */
export interface OldRow {
  readonly id: string
  readonly org_code: string
  readonly person_id: string | null
  readonly subject_id: string
  readonly template: string
  readonly template_version: string
  readonly law_revision: string
  readonly decided_on: string
  readonly given: Values
  readonly state: 'issued' | 'void'
  readonly numbered_by: string | null
  readonly series: string | null
  readonly year: number | null
  readonly serial: number | null
  readonly number: string | null
  readonly number_key: string | null
  readonly paper: Paper
  readonly file_id: string | null
  /** Hex. */
  readonly sha256: string | null
  readonly issued_at: string
  readonly issued_name: string
  readonly signers: readonly { readonly label: string; readonly name: string; readonly on?: string }[]
  readonly voided_at: string | null
  readonly void_reason: string | null
  readonly imported_at: string
  readonly source: string
  readonly served_at: string | null
}

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Papers of old files through the caller's eyes: a batch at a time, one statement for each thing. */
export const oldPapers = (db: ScopedDb) => ({
  async known(ids: readonly string[]): Promise<Set<string>> {
    const { rows } = await sql<{ id: string }>`select id from document where id = any (${[...ids]}::uuid[])`.execute(db)
    return new Set(rows.map((r) => r.id))
  },

  /** Files by id and by number, whichever they were named with. */
  async people(names: readonly string[]): Promise<ReadonlyMap<string, FiledPerson>> {
    if (names.length === 0) return new Map()
    const { rows } = await sql<FiledPerson>`
      select * from person where id = any (${names.filter((n) => uuid.test(n))}::uuid[]) or number = any (${[...names]}::text[])`.execute(
      db,
    )
    return new Map(rows.flatMap((person) => [[person.id, person] as const, [person.number, person] as const]))
  },

  async units(codes: readonly string[]): Promise<ReadonlySet<string>> {
    if (codes.length === 0) return new Set()
    const { rows } = await sql<{ code: string }>`select code from org where code = any (${[...codes]}::text[])`.execute(
      db,
    )
    return new Set(rows.map((r) => r.code))
  },

  /** Cases a paper can belong to, and whom they are about. */
  async subjects(ids: readonly string[]): Promise<ReadonlyMap<string, { readonly person_id: string | null }>> {
    if (ids.length === 0) return new Map()
    const { rows } = await sql<{ id: string; person_id: string | null }>`
      select id, person_id from matter where id = any (${[...ids]}::uuid[])
      union all select id, person_id from leave where id = any (${[...ids]}::uuid[])`.execute(db)
    return new Map(rows.map((r) => [r.id, r]))
  },

  async scans(ids: readonly string[]) {
    if (ids.length === 0) return new Map<string, Scan>()
    const { rows } = await sql<Scan>`
      select id, subject_id, mime, encode(sha256, 'hex') as sha256 from file where id = any (${[...ids]}::uuid[])`.execute(
      db,
    )
    return new Map(rows.map((r) => [r.id, r]))
  },

  /** Lifts each series to the highest serial that came in; holds them until the transaction ends. */
  async raiseSeries(rows: readonly OldRow[]): Promise<void> {
    const highest = new Map<string, { org: string; series: string; year: number; last: number }>()
    for (const { numbered_by: org, series, year, serial } of rows) {
      if (org === null || series === null || year === null || serial === null) continue
      const key = `${org} ${series} ${year}`
      highest.set(key, { org, series, year, last: Math.max(serial, highest.get(key)?.last ?? 0) })
    }
    if (highest.size === 0) return
    // In one order everywhere, so that two imports never wait for each other.
    await sql`
      insert into document_counter (org_code, series, year, last)
      select org, series, year, last from jsonb_to_recordset(${JSON.stringify([...highest.values()])}::jsonb)
        as r (org text, series text, year integer, last integer) order by org, series, year
      on conflict (org_code, series, year) do update set last = greatest(document_counter.last, excluded.last)`.execute(
      db,
    )
  },

  /** Writes them down in one statement. Whose number or id somebody else was faster with is not among the answer. */
  async add(rows: readonly OldRow[]): Promise<ReadonlySet<string>> {
    if (rows.length === 0) return new Set()
    const { rows: entered } = await sql<{ id: string }>`
      insert into document (id, org_code, person_id, subject_id, template, template_version, law_revision, decided_on, given, state,
        numbered_by, series, year, serial, number, number_key, paper, file_id, sha256, issued_at, issued_name, signers,
        voided_at, void_reason, drafted_at, changed_at, imported_at, source, served_at)
      select id, org_code, person_id, subject_id, template, template_version, law_revision, decided_on, given, state,
        numbered_by, series, year, serial, number, number_key, paper, file_id, decode(sha256, 'hex'), issued_at, issued_name, signers,
        voided_at, void_reason, issued_at, imported_at, imported_at, source, served_at
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, org_code text, person_id uuid, subject_id text,
        template text, template_version text, law_revision text, decided_on date, given jsonb, state text, numbered_by text,
        series text, year integer, serial integer, number text, number_key text, paper jsonb, file_id uuid, sha256 text,
        issued_at timestamptz, issued_name text, signers jsonb, voided_at timestamptz, void_reason text, imported_at timestamptz,
        source text, served_at timestamptz)
      on conflict do nothing returning id`.execute(db)
    return new Set(entered.map((r) => r.id))
  },

  async addDeliveries(
    rows: readonly (Served & { readonly id: string; readonly document: string })[],
    at: Date,
  ): Promise<void> {
    if (rows.length === 0) return
    await sql`
      insert into document_delivery (id, document_id, copy, addressee, how, place, delivered_at, receiver, relation, witness, note,
        served_name, imported, recorded_at)
      select id, document, copy, addressee, how, coalesce(place, ''), at, coalesce(receiver, ''), coalesce(relation, ''),
        coalesce(witness, ''), coalesce(note, ''), by, true, ${at}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, document uuid, copy text, addressee text, how text,
        place text, at timestamptz, receiver text, relation text, witness text, note text, by text)`.execute(db)
  },

  /** Puts the scan of the original to a paper that came without one. */
  async scanned(id: string, { file, sha256, at }: { file: string; sha256: string; at: Date }): Promise<void> {
    await sql`update document set file_id = ${file}::uuid, sha256 = decode(${sha256}, 'hex'), changed_at = ${at}, revision = revision + 1
      where id = ${id}::uuid`.execute(db)
  },
})

interface Scan {
  readonly id: string
  readonly subject_id: string | null
  readonly mime: string
  readonly sha256: string
}
