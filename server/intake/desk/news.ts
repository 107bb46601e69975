import type { ScopedDb } from '../../core/db.ts'
import { announce } from '../../core/live.ts'
import type { MatterRow } from '../../procedures/index.ts'
import { deskStore, type NewsKind } from './store.ts'

interface Telling {
  readonly db: ScopedDb
  /** Milliseconds UTC. */
  readonly at: number
  readonly id: string
}

/**
 * Tells the organ that entrusted the county what became of its request: on record until it has looked, and at once on
 * every open line of its own. Who entrusted on paper has no desk and is told on paper.
 */
export async function tellOrgan(
  { db, at, id }: Telling,
  matter: Pick<MatterRow, 'id' | 'org_code' | 'organ_id'>,
  what: NewsKind,
): Promise<void> {
  const store = deskStore(db)
  const desk = await store.desk(matter.organ_id)
  if (!desk) return
  await store.tell({ id, matter_id: matter.id, what, at: new Date(at), seen_at: null })
  await announce(db, { topic: 'entrustment', id: matter.id, org: matter.org_code, what, staff: desk.accounts })
}
