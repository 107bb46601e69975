import type { Law } from '@zhijiao/law/in-force'
import { lawFor } from '../circumstances.ts'
import type { ScopedDb } from '../db.ts'
import type { House } from '../house.ts'
import { type Ledger, ledgerIn } from '../ledger/append.ts'
import { holdSubject, type TaskRow } from './store.ts'

/** Works on one running task in a transaction of its own; one that somebody else holds is left for the next round. */
export async function asWorker(
  house: House,
  id: string,
  work: (task: TaskRow, db: ScopedDb, ledger: Ledger, law: Law) => Promise<void>,
): Promise<void> {
  await house.databases.system.transaction().execute(async (db) => {
    await holdSubject(db, id)
    const task = await db
      .selectFrom('task')
      .selectAll()
      .where('id', '=', id)
      .where('state', 'in', ['open', 'claimed', 'submitted'])
      .forUpdate()
      .skipLocked()
      .executeTakeFirst()
    if (!task) return
    const law = await lawFor(house, task.org_code, house.chance.now())
    await work(
      task,
      db,
      ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision }),
      law,
    )
  })
}
