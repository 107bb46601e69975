import { sql } from 'kysely'
import type { Chance } from '../clock.ts'
import type { ScopedDb } from '../db.ts'
import type { Json } from './canonical.ts'
import { type Fact, hashPayload } from './entry.ts'

declare module '../tables.ts' {
  interface Tables {
    ledger_entry: {
      id: string
      org_code: string
      person_id: string | null
      kind: string
      subject: string | null
      occurred_at: Date
      recorded_at: Date
      actor_id: string | null
      actor: string
      cites: string[]
      law_revision: string
      imported: boolean
      payload_hash: Buffer
    }
    ledger_payload: { entry_id: string; salt: Buffer; payload: Json }
    ledger_unsealed: { entry_id: string; recorded_at: Date }
  }
}

/** Who writes: a person by name, or a part of the program by its role. */
export interface Writer {
  readonly id: string | null
  readonly name: string
  readonly lawRevision: string
}

export interface Ledger {
  /** Writes a fact in the caller's transaction: both stand or neither. Returns the entry's id. */
  append(fact: Fact): Promise<string>
}

/** The ledger inside one transaction. Numbering and sealing happen after commit, see `sealer.ts`. */
export function ledgerIn(db: ScopedDb, chance: Chance, writer: Writer): Ledger {
  return {
    async append(fact) {
      const [id] = await appendMany(db, chance, writer, [fact])
      if (id === undefined) throw new Error('nothing was written')
      return id
    },
  }
}

/** Rows of one statement; 14 values each stay far below the 65,535 that the protocol allows. */
const batch = 1000

/** Writes facts in the caller's transaction, many in few statements: all stand or none. Returns the ids of their entries. */
export async function appendMany(
  db: ScopedDb,
  chance: Chance,
  writer: Writer,
  facts: readonly Fact[],
): Promise<string[]> {
  const ids: string[] = []
  const now = new Date(chance.now())
  for (let from = 0; from < facts.length; from += batch) {
    const some = facts.slice(from, from + batch).map((fact) => {
      const salt = chance.bytes(16)
      // What is hashed is what comes back from the database: plain JSON.
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
    ids.push(...some.map(({ id }) => id))
  }
  if (facts.length > 0) await sql`select pg_notify('zj_ledger', '')`.execute(db)
  return ids
}
