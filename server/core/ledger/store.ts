import { sql } from 'kysely'
import type { Db, ScopedDb } from '../db.ts'
import type { EntryFace } from './entry.ts'
import type { TreeHead } from './head.ts'
import type { Subtree } from './tree.ts'

declare module '../tables.ts' {
  interface Tables {
    ledger_leaf: { seq: number; entry_id: string; leaf_hash: Buffer }
    ledger_node: { level: number; index: number; hash: Buffer }
    tree_head: { size: number; root: Buffer; at: Date; previous: Buffer | null; key_id: string; signature: Buffer }
  }
}

/** Stored subtrees of the ledger; leaves live in their own table. */
export function storedSubtrees(db: Db | ScopedDb): Subtree {
  return async (level, index) => {
    const row =
      level === 0
        ? await db
            .selectFrom('ledger_leaf')
            .select('leaf_hash as hash')
            .where('seq', '=', index)
            .executeTakeFirstOrThrow()
        : await db
            .selectFrom('ledger_node')
            .select('hash')
            .where('level', '=', level)
            .where('index', '=', index)
            .executeTakeFirstOrThrow()
    return row.hash
  }
}

export interface EntryRow {
  id: string
  org_code: string
  person_id: string | null
  kind: string
  subject: string | null
  occurred_at: Date
  recorded_at: Date
  actor: string
  actor_id: string | null
  cites: string[]
  law_revision: string
  imported: boolean
  payload_hash: Buffer
}

export function faceOf(row: EntryRow): EntryFace {
  return {
    id: row.id,
    org: row.org_code,
    person: row.person_id,
    kind: row.kind,
    subject: row.subject,
    occurredAt: row.occurred_at.toISOString(),
    recordedAt: row.recorded_at.toISOString(),
    actor: row.actor,
    actorId: row.actor_id,
    cites: row.cites,
    lawRevision: row.law_revision,
    imported: row.imported,
    payloadHash: row.payload_hash.toString('hex'),
  }
}

/** The newest head, or null before anything was sealed. */
export async function latestHead(db: Db | ScopedDb, publicKey: string): Promise<TreeHead | null> {
  const row = await db.selectFrom('tree_head').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
  return row ? headOf(row, publicKey) : null
}

export function headOf(
  row: { size: number; root: Buffer; at: Date; previous: Buffer | null; key_id: string; signature: Buffer },
  publicKey: string,
): TreeHead {
  return {
    size: row.size,
    root: row.root.toString('hex'),
    at: row.at.toISOString(),
    previous: row.previous?.toString('hex') ?? null,
    keyId: row.key_id,
    publicKey,
    signature: row.signature.toString('hex'),
  }
}

/** Number of sealed entries. */
export async function sealedSize(db: Db | ScopedDb): Promise<number> {
  const row = await db
    .selectFrom('ledger_leaf')
    .select(sql<number>`coalesce(max(seq) + 1, 0)`.as('size'))
    .executeTakeFirstOrThrow()
  return Number(row.size)
}
