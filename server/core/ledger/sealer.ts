import { nodeHash } from '@zhijiao/geo/merkle'
import { sql } from 'kysely'
import { keptEar } from '../ear.ts'
import type { House } from '../house.ts'
import { locks } from '../locks.ts'
import type { Stop } from '../room.ts'
import { hashLeaf } from './entry.ts'
import { hashOfHead, headSigner, type TreeHead } from './head.ts'
import { faceOf, headOf, sealedSize, storedSubtrees } from './store.ts'
import { rootOf } from './tree.ts'

const lockNumber = locks.ledgerSealing
const batch = 2000

export const ledgerSigner = (house: Pick<House, 'vault'>) => headSigner(house.vault.key('ledger:sign'))

/**
 * Seals what has been committed since: numbers entries densely, extends the tree, signs a head. Only one sealer of all
 * processes works at a time (advisory lock held for the transaction); an entry is numbered once and never moves.
 * Returns the number of entries sealed.
 */
export async function sealOnce(house: Pick<House, 'databases' | 'chance' | 'vault'>): Promise<number> {
  const signer = ledgerSigner(house)
  return house.databases.system.transaction().execute(async (db) => {
    const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${lockNumber}) as got`.execute(db)
    if (!lock.rows[0]?.got) return 0
    const waiting = await db
      .selectFrom('ledger_unsealed')
      .innerJoin('ledger_entry', 'ledger_entry.id', 'ledger_unsealed.entry_id')
      .selectAll('ledger_entry')
      .orderBy('ledger_unsealed.recorded_at')
      .orderBy('ledger_unsealed.entry_id')
      .limit(batch)
      .execute()
    if (waiting.length === 0) return 0
    const size = await sealedSize(db)
    const leaves = waiting.map((row, i) => ({ seq: size + i, entry_id: row.id, leaf_hash: hashLeaf(faceOf(row)) }))
    await db.insertInto('ledger_leaf').values(leaves).execute()

    // Every subtree that these leaves complete, from the bottom up; older siblings come from the table.
    const at = storedSubtrees(db)
    let level = 0
    let fresh = new Map(leaves.map((l) => [l.seq, l.leaf_hash]))
    while (fresh.size > 0) {
      const above = new Map<number, Buffer>()
      for (const [index, hash] of fresh) {
        if (index % 2 === 1)
          above.set((index - 1) / 2, nodeHash(fresh.get(index - 1) ?? (await at(level, index - 1)), hash))
      }
      level += 1
      if (above.size > 0)
        await db
          .insertInto('ledger_node')
          .values([...above].map(([index, hash]) => ({ level, index, hash })))
          .execute()
      fresh = above
    }
    await db
      .deleteFrom('ledger_unsealed')
      .where(
        'entry_id',
        'in',
        waiting.map((w) => w.id),
      )
      .execute()

    const newSize = size + leaves.length
    const before = await db.selectFrom('tree_head').selectAll().orderBy('size', 'desc').limit(1).executeTakeFirst()
    const head = signer.sign({
      size: newSize,
      root: (await rootOf(newSize, storedSubtrees(db))).toString('hex'),
      at: new Date(house.chance.now()).toISOString(),
      previous: before ? hashOfHead(headOf(before, signer.publicKey)) : null,
    })
    await db
      .insertInto('tree_head')
      .values({
        size: newSize,
        root: Buffer.from(head.root, 'hex'),
        at: new Date(head.at),
        previous: head.previous ? Buffer.from(head.previous, 'hex') : null,
        key_id: head.keyId,
        signature: Buffer.from(head.signature, 'hex'),
      })
      .execute()
    await sql`select pg_notify('zj_sealed', ${String(newSize)})`.execute(db)
    return leaves.length
  })
}

/** Seals until nothing waits; for exports and backups that must rest on a head of now. */
export async function sealAll(house: House): Promise<void> {
  const until = house.chance.now() + 60_000
  for (;;) {
    await sealOnce(house)
    const left = await house.databases.system
      .selectFrom('ledger_unsealed')
      .select('entry_id')
      .limit(1)
      .executeTakeFirst()
    if (!left || house.chance.now() > until) return
    await new Promise((done) => setTimeout(done, 20))
  }
}

/** Runs the sealer: at once when something is written, and every second in case a notice was lost. */
export async function runSealer(house: House): Promise<Stop> {
  const { systemPool } = house.databases
  let stopped = false
  let wake: () => void = () => undefined
  const ear = keptEar(systemPool, ['zj_ledger'], () => wake())
  const loop = (async () => {
    while (!stopped) {
      await ear.open()
      try {
        while ((await sealOnce(house)) === batch && !stopped);
      } catch (error) {
        if (!stopped)
          house.log.warn(
            { err: error instanceof Error ? error.message : String(error) },
            'sealing waits for the database',
          )
      }
      await new Promise<void>((done) => {
        const timer = setTimeout(done, 1000)
        wake = () => {
          clearTimeout(timer)
          // A short breath gathers what commits together into one head.
          setTimeout(done, 40)
        }
      })
    }
  })()
  return async () => {
    stopped = true
    wake()
    await loop
    ear.close()
  }
}

export type { TreeHead }
