import { sql } from 'kysely'
import type { Chance } from '../clock.ts'
import type { ScopedDb } from '../db.ts'
import type { Writer } from './append.ts'
import type { Json } from './canonical.ts'
import { type Fact, hashPayload } from './entry.ts'

/** Rows of one statement; 14 values each stay far below the 65,535 that the protocol allows. */
const batch = 1000

/** What `append` does, for imports: many facts in few statements, in the same transaction. */
export async function appendMany(db: ScopedDb, chance: Chance, writer: Writer, facts: readonly Fact[]): Promise<void> {
  const now = new Date(chance.now())
  for (let from = 0; from < facts.length; from += batch) {
    const some = facts.slice(from, from + batch).map((fact) => {
      const salt = chance.bytes(16)
      const payload = JSON.parse(JSON.stringify(fact.payload)) as Json
      return { id: chance.id(), fact, salt, payload }
    })
    await db
      .insertInto('ledger_entry')
      .values(
        some.map(({ id, fact, salt, payload }) => ({
          id,
          org_code: fact.org,
          person_id: fact.person ?? null,
          kind: fact.kind,
          subject: fact.subject ?? null,
          occurred_at: fact.occurredAt === undefined ? now : new Date(fact.occurredAt),
          recorded_at: now,
          actor_id: writer.id,
          actor: writer.name,
          cites: [...(fact.cites ?? [])],
          law_revision: writer.lawRevision,
          imported: fact.imported ?? false,
          payload_hash: hashPayload(salt, payload),
        })),
      )
      .execute()
    await db
      .insertInto('ledger_payload')
      .values(
        some.map(({ id, salt, payload }) => ({ entry_id: id, salt, payload: sql`${JSON.stringify(payload)}::jsonb` })),
      )
      .execute()
    await db
      .insertInto('ledger_unsealed')
      .values(some.map(({ id }) => ({ entry_id: id, recorded_at: now })))
      .execute()
  }
  if (facts.length > 0) await sql`select pg_notify('zj_ledger', '')`.execute(db)
}
