import type { Values } from '@zhijiao/contract/paper'
import { sql } from 'kysely'
import { codesUnder, type Eyes, type ScopedDb, withinReach } from '../core/db.ts'
import { readPage } from '../core/page.ts'
import { notFound } from '../core/refusals.ts'
import type { Paper } from './paper.ts'
import './tables.ts'
import { servedPapers } from './templates/index.ts'

export interface DocumentRow {
  id: string
  org_code: string
  /** The organ that issues it, where that is not the county of the unit. */
  organ: string | null
  person_id: string | null
  subject_id: string
  template: string
  template_version: string
  law_revision: string
  decided_on: string
  given: Values
  corrected: Values
  state: 'draft' | 'issued' | 'void'
  number: string | null
  paper: Paper | null
  file_id: string | null
  sha256: Buffer | null
  issued_at: Date | null
  issued_by: string | null
  sealed_file_id: string | null
  sealed_sha256: Buffer | null
  sealed_at: Date | null
  sealed_by: string | null
  seal_key_id: string | null
  voided_at: Date | null
  voided_by: string | null
  void_reason: string | null
  replaces: string | null
  drafted_at: Date
  /** Null for what this platform issued. */
  imported_at: Date | null
  source: string | null
  issued_name: string | null
  signers: readonly { readonly label: string; readonly name: string; readonly on?: string }[]
  served_at: Date | null
  revision: number
}

export interface ShownDocument extends DocumentRow {
  org_name: string
  person_name: string | null
  person_number: string | null
  issuer: string | null
  sealer: string | null
  voider: string | null
  replaced_by: string | null
  signatures: number
  deliveries: number
}

export interface SignatureRow {
  id: string
  place: string
  name: string
  file_id: string
  signed_sha256: Buffer
  signed_at: Date
  witnessed_by: string | null
  witness: string | null
}

export interface DeliveryRow {
  id: string
  copy: 'original' | 'duplicate' | 'stub' | 'receipt'
  addressee: string
  how: 'direct' | 'left' | 'mail' | 'electronic' | 'entrusted' | 'public'
  place: string
  delivered_at: Date
  receiver: string
  relation: string
  witness: string
  note: string
  proof_file_id: string | null
  signature_file_id: string | null
  served_by: string | null
  server: string | null
  /** Of an imported one: who served it, as written there. */
  served_name: string
  imported: boolean
  recorded_at: Date
}

export interface Filters {
  readonly q?: string
  readonly template?: string
  readonly state?: string
  readonly unserved?: boolean
  readonly imported?: boolean
  readonly person?: string
  readonly subject?: string
  readonly org?: string
  readonly from?: string
  readonly until?: string
}

const columns = sql`d.*, coalesce((select i.name from org i where i.code = d.organ), o.name) as org_name, p.name as person_name, p.number as person_number,
  zj_staff_name(d.issued_by) as issuer, zj_staff_name(d.sealed_by) as sealer, zj_staff_name(d.voided_by) as voider,
  (select r.id from document r where r.replaces = d.id order by r.drafted_at desc limit 1) as replaced_by,
  (select count(*) from document_signature s where s.document_id = d.id) as signatures,
  (select count(*) from document_delivery v where v.document_id = d.id) as deliveries`
/** Issued, meant for somebody, and no copy served. */
const unserved = sql`d.state = 'issued' and d.served_at is null and d.template = any (${[...servedPapers]}::text[])`
const source = sql`from document d join org o on o.code = d.org_code left join person p on p.id = d.person_id`

function meets(f: Filters, eyes: Eyes) {
  const like = `%${(f.q ?? '').replace(/[%_\\]/g, '\\$&')}%`
  return sql.join(
    [
      // Of one person or one business the index of that serves; the policy alone says what of it is seen.
      ...(f.person || f.subject ? [] : [withinReach('d', eyes)]),
      ...(f.q ? [sql`(d.number like ${like} or p.name like ${like})`] : []),
      ...(f.template ? [sql`d.template = ${f.template}`] : []),
      ...(f.state ? [sql`d.state = ${f.state}`] : []),
      ...(f.unserved === undefined ? [] : [f.unserved ? unserved : sql`not (${unserved})`]),
      ...(f.imported === undefined ? [] : [f.imported ? sql`d.imported_at is not null` : sql`d.imported_at is null`]),
      ...(f.person ? [sql`d.person_id = ${f.person}::uuid`] : []),
      ...(f.subject ? [sql`d.subject_id = ${f.subject}`] : []),
      ...(f.org ? [codesUnder('d.org_code', f.org)] : []),
      ...(f.from ? [sql`d.decided_on >= ${f.from}::date`] : []),
      ...(f.until ? [sql`d.decided_on <= ${f.until}::date`] : []),
    ],
    sql` and `,
  )
}

/** Documents through the caller's eyes. */
export const documentStore = (db: ScopedDb) => ({
  /** The draft of this template for this case, else what was issued last; void ones do not count. */
  async standing(subject: string, template: string): Promise<{ id: string; state: 'draft' | 'issued' } | null> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`document ${subject} ${template}`}, 0))`.execute(db)
    const { rows } = await sql<{ id: string; state: 'draft' | 'issued' }>`
      select id, state from document where subject_id = ${subject} and template = ${template} and state <> 'void'
      order by (state = 'draft') desc, issued_at desc limit 1 for update`.execute(db)
    return rows[0] ?? null
  },

  /** The number of the issued paper of a template for this case. */
  async numberOf(subject: string, template: string): Promise<string | null> {
    const { rows } = await sql<{ number: string | null }>`
      select number from document where subject_id = ${subject} and template = ${template} and state = 'issued'
      order by issued_at desc limit 1`.execute(db)
    return rows[0]?.number ?? null
  },

  async add(row: {
    id: string
    org: string
    person: string | null
    subject: string
    template: string
    version: string
    law: string
    on: string
    given: unknown
    by: string | null
    at: Date
    replaces?: string
    corrected?: unknown
    organ?: string | null
  }): Promise<void> {
    await sql`
      insert into document (id, org_code, person_id, subject_id, template, template_version, law_revision, decided_on, given,
        corrected, state, drafted_by, drafted_at, changed_at, replaces, organ)
      values (${row.id}::uuid, ${row.org}, ${row.person}::uuid, ${row.subject}, ${row.template}, ${row.version}, ${row.law},
        ${row.on}::date, ${JSON.stringify(row.given)}::jsonb, ${JSON.stringify(row.corrected ?? {})}::jsonb, 'draft',
        ${row.by}::uuid, ${row.at}, ${row.at}, ${row.replaces ?? null}::uuid, ${row.organ ?? null})`.execute(db)
  },

  /** Fills a draft anew; what somebody corrected by hand stays over it. */
  async refill(
    id: string,
    row: {
      given: unknown
      on: string
      version: string
      law: string
      person: string | null
      org: string
      organ: string | null
      at: Date
    },
  ): Promise<void> {
    await sql`
      update document set given = ${JSON.stringify(row.given)}::jsonb, decided_on = ${row.on}::date, person_id = ${row.person}::uuid,
        org_code = ${row.org}, organ = ${row.organ}, template_version = ${row.version}, law_revision = ${row.law}, changed_at = ${row.at}, revision = revision + 1
      where id = ${id}::uuid and state = 'draft'`.execute(db)
  },

  async corrected(id: string, row: { corrected: Values; on: string; version: string; law: string; at: Date }) {
    await sql`
      update document set corrected = ${JSON.stringify(row.corrected)}::jsonb, decided_on = ${row.on}::date,
        template_version = ${row.version}, law_revision = ${row.law}, changed_at = ${row.at}, revision = revision + 1
      where id = ${id}::uuid`.execute(db)
  },

  async of(subject: string) {
    const { rows } = await sql<{
      id: string
      template: string
      state: 'draft' | 'issued' | 'void'
      number: string | null
    }>`
      select id, template, state, number from document where subject_id = ${subject} order by drafted_at, id`.execute(
      db,
    )
    return rows
  },

  async lock(id: string): Promise<DocumentRow> {
    const { rows } = await sql<DocumentRow>`select * from document where id = ${id}::uuid for update`.execute(db)
    const [row] = rows
    if (!row) throw notFound()
    return row
  },

  async one(id: string): Promise<ShownDocument> {
    const { rows } = await sql<ShownDocument>`select ${columns} ${source} where d.id = ${id}::uuid`.execute(db)
    const [row] = rows
    if (!row) throw notFound()
    return row
  },

  async list(f: Filters, eyes: Eyes, page: { number: number; size: number; sort: string }) {
    const where = meets(f, eyes)
    // The person is looked up for all of them only where his name is asked for.
    const from = f.q ? source : sql`from document d`
    const down = page.sort.startsWith('-')
    const way = down ? sql`desc` : sql`asc`
    // Whatever is always there goes without a word on nulls, so that the index on it gives the order.
    const order =
      { issued: sql`d.issued_at ${way} nulls last`, decided: sql`d.decided_on ${way}` }[page.sort.replace('-', '')] ??
      sql`d.drafted_at ${way}`
    return readPage(page, {
      // Counted beside the page, not along it: of a register of everybody the page is found by its order at once.
      ids: async ({ limit, offset }) =>
        (
          await sql<{ id: string; total: number }>`
            select d.id, (select count(*) ${from} where ${where}) as total ${from} where ${where}
            order by ${order}, d.id ${way} limit ${limit} offset ${offset}`.execute(db)
        ).rows,
      count: async () =>
        (await sql<{ total: number }>`select count(*) as total ${from} where ${where}`.execute(db)).rows[0]?.total ?? 0,
      rows: async (ids) =>
        (await sql<ShownDocument>`select ${columns} ${source} where d.id = any (${[...ids]}::uuid[])`.execute(db)).rows,
    })
  },

  /** How many each view holds under the same conditions. */
  async counts(f: Omit<Filters, 'state' | 'unserved'>, eyes: Eyes) {
    const { rows } = await sql<Record<'all' | 'draft' | 'issued' | 'unserved' | 'void', number>>`
      select count(*) as "all", count(*) filter (where d.state = 'draft') as draft,
        count(*) filter (where d.state = 'issued') as issued, count(*) filter (where ${unserved}) as unserved,
        count(*) filter (where d.state = 'void') as void
      ${f.q ? source : sql`from document d`} where ${meets(f, eyes)}`.execute(db)
    return rows[0] ?? { all: 0, draft: 0, issued: 0, unserved: 0, void: 0 }
  },

  /** Which of these numbers papers of this organ bear already, in sight or not. */
  async numbersTaken(organ: string, keys: readonly string[]): Promise<ReadonlySet<string>> {
    const { rows } = await sql<{ key: string }>`
      select zj_document_numbers(${organ}, ${[...keys]}::text[]) as key`.execute(db)
    return new Set(rows.map((r) => r.key))
  },

  /** Takes the next number of a series: dense, one after the other, given back when the transaction fails. */
  async nextSerial(org: string, series: string, year: number): Promise<number> {
    const { rows } = await sql<{ last: number }>`
      insert into document_counter (org_code, series, year, last) values (${org}, ${series}, ${year}, 1)
      on conflict (org_code, series, year) do update set last = document_counter.last + 1 returning last`.execute(db)
    const [row] = rows
    if (!row) throw new Error('the series gave no number')
    return row.last
  },

  async issued(
    id: string,
    row: {
      by: string | null
      at: Date
      paper: Paper
      version: string
      law: string
      org: string
      series: string
      year: number
      serial: number | null
      number: string | null
      numberKey: string | null
      file: string
      sha256: string
    },
  ): Promise<void> {
    const numbered = row.serial !== null
    await sql`
      update document set state = 'issued', numbered_by = ${numbered ? row.org : null}, series = ${numbered ? row.series : null},
        year = ${numbered ? row.year : null}, serial = ${row.serial}, number = ${row.number}, number_key = ${row.numberKey}, paper = ${JSON.stringify(row.paper)}::jsonb,
        template_version = ${row.version}, law_revision = ${row.law}, file_id = ${row.file}::uuid, sha256 = decode(${row.sha256}, 'hex'),
        issued_by = ${row.by}::uuid, issued_at = ${row.at}, changed_at = ${row.at}, revision = revision + 1
      where id = ${id}::uuid and state = 'draft'`.execute(db)
  },

  /** A later print of the same paper: with a signature by hand. */
  reprinted: (id: string, file: string, sha256: string, at: Date) =>
    sql`update document set file_id = ${file}::uuid, sha256 = decode(${sha256}, 'hex'), changed_at = ${at}, revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  sealed: (id: string, row: { file: string; sha256: string; by: string | null; at: Date; key: string }) =>
    sql`update document set sealed_file_id = ${row.file}::uuid, sealed_sha256 = decode(${row.sha256}, 'hex'), sealed_by = ${row.by}::uuid,
        sealed_at = ${row.at}, seal_key_id = ${row.key}::uuid, changed_at = ${row.at}, revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  voided: (id: string, by: string, at: Date, reason: string) =>
    sql`update document set state = 'void', voided_by = ${by}::uuid, voided_at = ${at}, void_reason = ${reason}, changed_at = ${at},
        revision = revision + 1 where id = ${id}::uuid`.execute(db),

  async signatures(id: string): Promise<SignatureRow[]> {
    const { rows } = await sql<SignatureRow>`
      select *, zj_staff_name(witnessed_by) as witness from document_signature where document_id = ${id}::uuid order by signed_at`.execute(
      db,
    )
    return rows
  },

  sign: (row: {
    id: string
    document: string
    place: string
    name: string
    file: string
    sha256: Buffer
    at: Date
    by: string
  }) =>
    sql`insert into document_signature (id, document_id, place, name, file_id, signed_sha256, signed_at, witnessed_by)
      values (${row.id}::uuid, ${row.document}::uuid, ${row.place}, ${row.name}, ${row.file}::uuid, ${row.sha256}, ${row.at}, ${row.by}::uuid)`.execute(
      db,
    ),

  async deliveries(id: string): Promise<DeliveryRow[]> {
    const { rows } = await sql<DeliveryRow>`
      select *, zj_staff_name(served_by) as server from document_delivery where document_id = ${id}::uuid order by delivered_at, id`.execute(
      db,
    )
    return rows
  },

  async deliver(document: string, row: Omit<DeliveryRow, 'server' | 'served_name' | 'imported'>): Promise<void> {
    await sql`insert into document_delivery (id, document_id, copy, addressee, how, place, delivered_at, receiver, relation, witness, note,
        proof_file_id, signature_file_id, served_by, recorded_at)
      values (${row.id}::uuid, ${document}::uuid, ${row.copy}, ${row.addressee}, ${row.how}, ${row.place}, ${row.delivered_at},
        ${row.receiver}, ${row.relation}, ${row.witness}, ${row.note}, ${row.proof_file_id}::uuid, ${row.signature_file_id}::uuid,
        ${row.served_by}::uuid, ${row.recorded_at})`.execute(db)
    await sql`update document set served_at = least(served_at, ${row.delivered_at}) where id = ${document}::uuid`.execute(
      db,
    )
  },
})
