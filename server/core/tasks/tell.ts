import type { ScopedDb } from '../db.ts'
import { announce } from '../live/announce.ts'
import type { TaskRow } from './store.ts'

/** Tells whoever looks at a task, and `staff` by name, what became of it. */
export const tellOf = (db: ScopedDb, task: TaskRow, what: string, staff: readonly (string | null)[]): Promise<void> =>
  announce(db, {
    topic: 'task',
    id: task.id,
    org: task.org_code,
    person: task.person_id,
    what,
    level: task.level,
    staff,
  })
