import { sql } from 'kysely'
import type { Db } from '../core/db.ts'
import type { Json } from '../core/ledger/canonical.ts'
import { hashLeaf, hashPayload } from '../core/ledger/entry.ts'
import { hashOfHead, isSigned } from '../core/ledger/head.ts'
import { type EntryRow, faceOf, headOf, storedSubtrees } from '../core/ledger/store.ts'
import { rootOf } from '../core/ledger/tree.ts'

export interface LedgerFinding {
  readonly ok: boolean
  readonly size: number
  readonly checked: number
  /** The first thing that does not hold. */
  readonly fault: string | null
}

/** Recomputes leaves (all, or the newest `most`), the root of the newest head, its signature and the chain of heads. */
export async function inspectLedger(db: Db, publicKey: string, most: number): Promise<LedgerFinding> {
  const heads = (await db.selectFrom('tree_head').selectAll().orderBy('size', 'desc').limit(1000).execute()).map((h) =>
    headOf(h, publicKey),
  )
  const newest = heads[0]
  if (!newest) return { ok: true, size: 0, checked: 0, fault: null }
  const fault = (text: string, checked = 0): LedgerFinding => ({ ok: false, size: newest.size, checked, fault: text })
  for (const [i, head] of heads.entries()) {
    if (!isSigned(head)) return fault(`tree head of size ${head.size} is not signed by this installation's key`)
    const before = heads[i + 1]
    if (before && head.previous !== hashOfHead(before))
      return fault(`tree head of size ${head.size} does not follow the one of size ${before.size}`)
  }
  const { rows } = await sql<EntryRow & { seq: number; leaf_hash: Buffer; salt: Buffer | null; payload: Json }>`
    select f.seq, f.leaf_hash, e.*, l.salt, l.payload from ledger_leaf f join ledger_entry e on e.id = f.entry_id left join ledger_payload l on l.entry_id = e.id
    where f.seq >= ${Math.max(0, newest.size - most)} order by f.seq`.execute(db)
  for (const [i, row] of rows.entries()) {
    if (Number(row.seq) !== Math.max(0, newest.size - most) + i)
      return fault(`entry number ${Math.max(0, newest.size - most) + i} is missing`, i)
    if (!hashLeaf(faceOf(row)).equals(row.leaf_hash)) return fault(`entry ${row.seq} has been changed`, i)
    if (row.salt && !hashPayload(row.salt, row.payload).equals(row.payload_hash))
      return fault(`the content of entry ${row.seq} has been changed`, i)
  }
  const root = await rootOf(newest.size, storedSubtrees(db))
  if (root.toString('hex') !== newest.root) return fault('the tree does not lead to its signed root', rows.length)
  return { ok: true, size: newest.size, checked: rows.length, fault: null }
}
