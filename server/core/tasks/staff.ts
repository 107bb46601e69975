import { sql } from 'kysely'
import type { ScopedDb } from '../db.ts'
import type { House } from '../house.ts'
import type { Ledger } from '../ledger/append.ts'
import { tasksIn } from '../tasks.ts'
import { asWorker } from './as-worker.ts'
import { mayTake } from './kinds.ts'
import { holdSubject, type TaskRow } from './store.ts'

/** Why a task changes hands without anybody having handed it on. */
export type Left = 'staffClosed' | 'staffMoved' | 'caseload'

/**
 * A task is never left with somebody who is gone: when an account is closed or goes to another unit, what it still had to
 * do goes to the successor its administrator named, else back to the post, where it shows whose it was.
 */
export async function followStaff(house: House): Promise<number> {
  const { rows } = await sql<{ id: string; closed: boolean }>`
    select t.id, not s.active as closed
    from task t join staff s on s.id = t.owner_id
    where t.state in ('open', 'claimed', 'submitted')
      and (not s.active or not (starts_with(t.org_code, s.org_code) or starts_with(s.org_code, t.org_code)))
    order by t.id limit 200`.execute(house.databases.system)
  for (const { id, closed } of rows)
    await asWorker(house, id, async (task, db, ledger) => {
      if (task.owner_id === null) return
      const named = await successorOf(db, task.owner_id)
      const fit = named && (await fits(db, named.id, task)) ? named : null
      await tasksIn(db, house, ledger).leftBehind(task, fit, closed ? 'staffClosed' : 'staffMoved')
    })
  return rows.length
}

/**
 * Locks the person's running tasks and what they are about, before the person himself: in the order of whoever acts in a
 * business, which may end with the person's own row.
 */
export async function holdCaseload(db: ScopedDb, person: string): Promise<void> {
  const running = await db
    .selectFrom('task')
    .select(['id'])
    .where('person_id', '=', person)
    .where('state', 'in', ['open', 'claimed', 'submitted'])
    .orderBy('id')
    .execute()
  if (running.length === 0) return
  for (const { id } of running) await holdSubject(db, id)
  await db
    .selectFrom('task')
    .select(['id'])
    .where(
      'id',
      'in',
      running.map(({ id }) => id),
    )
    .orderBy('id')
    .forUpdate()
    .execute()
}

/** The person's running tasks that the former officer had go to the new one, or back to the post. */
export async function followCaseload(
  db: ScopedDb,
  house: Pick<House, 'chance' | 'databases'>,
  ledger: Ledger,
  of: { readonly person: string; readonly from: string | null; readonly to: { id: string; name: string } | null },
): Promise<number> {
  if (of.from === null || of.from === of.to?.id) return 0
  const rows = await db
    .selectFrom('task')
    .selectAll()
    .where('person_id', '=', of.person)
    .where('owner_id', '=', of.from)
    // Whom the roster called answers for his shift, not for his caseload.
    .where('climbs', '=', false)
    .where('state', 'in', ['open', 'claimed', 'submitted'])
    .forUpdate()
    .execute()
  for (const task of rows) {
    const fit = of.to && (await fits(db, of.to.id, task)) ? of.to : null
    await tasksIn(db, house, ledger).leftBehind(task, fit, 'caseload')
  }
  return rows.length
}

async function successorOf(db: ScopedDb, staff: string): Promise<{ id: string; name: string } | undefined> {
  return db
    .selectFrom('staff_successor')
    .innerJoin('staff', 'staff.id', 'staff_successor.successor_id')
    .select(['staff.id', 'staff.name'])
    .where('staff_successor.staff_id', '=', staff)
    .where('staff.active', '=', true)
    .orderBy('staff_successor.at', 'desc')
    .executeTakeFirst()
}

/** Whether somebody's post lets him have this task. */
async function fits(db: ScopedDb, staff: string, task: TaskRow): Promise<boolean> {
  const { rows } = await sql<{ org: string; roles: string[] }>`
    select org_code as org, roles from zj_roles_of(${staff}::uuid)`.execute(db)
  const [who] = rows
  if (!who || !(task.org_code.startsWith(who.org) || who.org.startsWith(task.org_code))) return false
  return mayTake(db, task, { id: staff, ...who })
}
