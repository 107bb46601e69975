import type { Law } from '@zhijiao/law/in-force'
import { isRuleId } from '@zhijiao/law/rule'
import { lawFor } from '../circumstances.ts'
import type { House } from '../house.ts'
import { Refusal } from '../refusals.ts'
import { asWorker } from './as-worker.ts'
import { clockworkOf, dutyClockOf, firstClimbAt, nextReminderAt } from './clock.ts'
import { supervised } from './domain.ts'
import { type TaskRow, type TaskStore, taskStore } from './store.ts'
import { tellOf } from './tell.ts'

/** Everyone whom a task waits for: its owner, or all who hold its post. */
export async function waitedFor(store: TaskStore, task: TaskRow): Promise<string[]> {
  if (task.owner_id) return [task.owner_id]
  // A duty of the person himself: his officer hears that it falls due.
  if (task.owner_role === supervised && task.person_id) return store.officerOf(task.person_id)
  return (await store.post(task.owner_role, task.unit_code)).map((h) => h.id)
}

/** Tells whoever has a task that it falls due; each lead once, however long the worker was away. */
export async function remindDue(house: House): Promise<number> {
  const now = house.chance.now()
  const due = await taskStore(house.databases.system).due('next_remind_at', new Date(now))
  for (const { id } of due)
    await asWorker(house, id, async (task, db, ledger, law) => {
      if (!task.next_remind_at || task.next_remind_at.getTime() > now) return
      const store = taskStore(db)
      await db
        .updateTable('task')
        .set({ reminded_at: new Date(now), next_remind_at: nextReminderAt(task, now, law) })
        .where('id', '=', id)
        .execute()
      if (!task.due_at || task.due_at.getTime() <= now || task.paused_at) return
      // What recurs for every person is marked on the task; the ledger keeps what happened to it.
      if (task.owner_role !== supervised)
        await ledger.append({
          kind: 'task.reminded',
          org: task.org_code,
          person: task.person_id,
          subject: task.id,
          cites: task.clock_rule && isRuleId(task.clock_rule) ? [task.clock_rule] : [],
          payload: { duty: task.kind, about: task.subject_id, due: task.due_at.toISOString(), to: task.owner_id },
        })
      await tellOf(db, task, 'reminded', await waitedFor(store, task))
    })
  return due.length
}

/** Counts the clocks that could not be counted, once the holidays of their year are known. */
export async function countUnknown(house: House): Promise<number> {
  const now = house.chance.now()
  const waiting = await house.databases.system
    .selectFrom('task')
    .select(['id', 'org_code', 'clock_unknown'])
    .where('clock_unknown', 'is not', null)
    .where('state', 'in', ['open', 'claimed', 'submitted'])
    .orderBy('id')
    .execute()
  let counted = 0
  for (const { id, org_code, clock_unknown } of waiting) {
    const { calendar } = await lawFor(house, org_code, now)
    if (clock_unknown === null || !calendar.years.has(clock_unknown)) continue
    await asWorker(house, id, async (task, db, ledger, law) => {
      const clock = recount(task, law)
      if (clock instanceof Refusal) return
      await taskStore(db).change(task.id, {
        ...clock,
        next_climb_at: task.owner_role === supervised ? null : firstClimbAt(clock, law),
        next_remind_at: nextReminderAt(clock, now, law),
      })
      await ledger.append({
        kind: 'task.counted',
        org: task.org_code,
        person: task.person_id,
        subject: task.id,
        cites: task.clock_rule && isRuleId(task.clock_rule) ? [task.clock_rule] : [],
        payload: { duty: task.kind, about: task.subject_id, lastDay: clock.due_on, unknown: clock.clock_unknown },
      })
      await tellOf(db, task, 'counted', [task.owner_id])
      counted++
    })
  }
  return counted
}

function recount(task: TaskRow, law: Law) {
  if (task.clock_rule && isRuleId(task.clock_rule) && task.clock_from)
    return clockworkOf({ due: { rule: task.clock_rule, from: task.clock_from } }, 0, law)
  return dutyClockOf((task.delivered_at ?? task.created_at).getTime(), task.clock_min ?? 60, law)
}
