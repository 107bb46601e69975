import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'
import './tables.ts'

export interface DocumentRow {
  id: string
  org_code: string
  person_id: string | null
  subject_id: string
  template: string
  template_version: string
  law_revision: string
  decided_on: string
  given: Record<string, unknown>
  corrected: Record<string, unknown>
  state: 'draft' | 'issued' | 'void'
  number: string | null
  revision: number
}

/** Drafts and issued papers through the caller's eyes. */
export const documentStore = (db: ScopedDb) => ({
  /** The draft or issued paper of this template for this case; void ones do not count. */
  async standing(subject: string, template: string): Promise<{ id: string; state: 'draft' | 'issued' } | null> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`document ${subject} ${template}`}, 0))`.execute(db)
    const { rows } = await sql<{ id: string; state: 'draft' | 'issued' }>`
      select id, state from document where subject_id = ${subject} and template = ${template} and state <> 'void'
      order by (state = 'issued') desc limit 1 for update`.execute(db)
    return rows[0] ?? null
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
  }): Promise<void> {
    await sql`
      insert into document (id, org_code, person_id, subject_id, template, template_version, law_revision, decided_on, given,
        corrected, state, drafted_by, drafted_at, changed_at, replaces)
      values (${row.id}::uuid, ${row.org}, ${row.person}::uuid, ${row.subject}, ${row.template}, ${row.version}, ${row.law},
        ${row.on}::date, ${JSON.stringify(row.given)}::jsonb, ${JSON.stringify(row.corrected ?? {})}::jsonb, 'draft',
        ${row.by}::uuid, ${row.at}, ${row.at}, ${row.replaces ?? null}::uuid)`.execute(db)
  },

  /** Fills a draft anew; what somebody corrected by hand stays over it. */
  async refill(
    id: string,
    row: { given: unknown; on: string; version: string; law: string; person: string | null; org: string; at: Date },
  ): Promise<void> {
    await sql`
      update document set given = ${JSON.stringify(row.given)}::jsonb, decided_on = ${row.on}::date, person_id = ${row.person}::uuid,
        org_code = ${row.org}, template_version = ${row.version}, law_revision = ${row.law}, changed_at = ${row.at}, revision = revision + 1
      where id = ${id}::uuid and state = 'draft'`.execute(db)
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
})
