import { sql } from 'kysely'
import type { House } from '../house.ts'
import type { Stop } from '../room.ts'
import { inRounds } from '../rounds.ts'
import { tasksIn } from '../tasks.ts'
import { asWorker } from './as-worker.ts'
import { baseRung, nextRung } from './domain.ts'
import { taskKind } from './kinds.ts'
import { countUnknown, remindDue, waitedFor } from './remind.ts'
import { followStaff } from './staff.ts'
import { taskStore } from './store.ts'
import { tellOf } from './tell.ts'

/** How often the worker looks whose clock has run out, milliseconds. */
const tickMs = 2_000
/** Rounds between two looks at clocks that wait for a holiday notice. */
const countEvery = 30

/** Climbs overdue tasks and hands unclaimed ones to whoever is on duty now, until stopped. */
export async function watchClocks(house: House): Promise<Stop> {
  let rounds = 0
  return inRounds(house, { everyMs: tickMs, waits: 'task clocks not read, trying again' }, async () => {
    await climbOverdue(house)
    await followRoster(house)
    await remindDue(house)
    await followStaff(house)
    if (rounds++ % countEvery === 0) await countUnknown(house)
  })
}

/** Every task whose clock ran out goes one rung up: the next person is called, the owner stays the owner. */
export async function climbOverdue(house: House): Promise<number> {
  const now = house.chance.now()
  const due = await taskStore(house.databases.system).due('next_climb_at', new Date(now))
  for (const { id } of due)
    await asWorker(house, id, async (task, db, ledger) => {
      if (!task.next_climb_at || task.next_climb_at.getTime() > now || task.paused_at) return
      const store = taskStore(db)
      const called = await store.called(task.id)
      const reached = Math.max(task.climbs ? 0 : baseRung(task.owner_role), ...called.map((c) => c.step))
      const rung = nextRung(
        await store.ladder(task.org_code, now),
        reached,
        called.map((c) => c.id),
      )
      await store.change(task.id, {
        climbed: task.climbed + 1,
        next_climb_at: rung ? new Date(now + task.climb_min * 60_000) : null,
        ...(rung && task.owner_id === null && task.climbs ? { owner_id: rung.staff.id, nobody_on_duty: false } : {}),
      })
      if (rung) await store.call(task.id, rung.staff.id, rung.step, 'climb', new Date(now))
      await ledger.append({
        kind: rung ? 'task.climbed' : 'task.overdue',
        org: task.org_code,
        person: task.person_id,
        subject: task.id,
        payload: {
          duty: task.kind,
          about: task.subject_id,
          to: rung?.staff.id ?? null,
          step: rung?.step ?? null,
          due: task.due_at?.toISOString() ?? null,
        },
      })
      await taskKind(task.kind).told?.({ db, ledger, id: () => house.chance.id() }, task, {
        what: 'climb',
        at: now,
        by: null,
        to: rung?.staff ?? null,
        note: '',
      })
      await tellOf(db, task, 'overdue', [...(await waitedFor(store, task)), rung?.staff.id ?? null])
    })
  return due.length
}

/** A shift changed: an unclaimed task belongs to whoever is on duty now, unless he was called already. */
export async function followRoster(house: House): Promise<number> {
  const now = new Date(house.chance.now())
  const { rows } = await sql<{ id: string; staff_id: string; name: string; step: number }>`
    select t.id, d.staff_id, d.name, d.step
    from task t, lateral (select * from zj_duty(t.org_code, ${now}) order by step limit 1) d
    where t.state = 'open' and t.climbs and t.delivered_at <= ${now} and d.staff_id is distinct from t.owner_id
      and not exists (select 1 from task_called c where c.task_id = t.id and c.staff_id = d.staff_id)
    limit 200`.execute(house.databases.system)
  for (const next of rows)
    await asWorker(house, next.id, async (task, db, ledger) => {
      if (task.state !== 'open') return
      await tasksIn(db, house, ledger).handOver(task, { id: next.staff_id, name: next.name }, next.step, null)
    })
  return rows.length
}
