import { sql } from 'kysely'
import type { Db, ScopedDb } from '../db.ts'
import { notFound } from '../refusals.ts'
import type { Duty, Rung, TaskState } from './domain.ts'
import { taskKind } from './kinds.ts'

declare module '../tables.ts' {
  interface Tables {
    task: TaskRow
    task_named: TaskNamedRow
    task_clock: ClockChangeRow
    staff_successor: {
      id: string
      staff_id: string
      successor_id: string
      at: Date
      by_id: string | null
      by_name: string
    }
    task_called: { task_id: string; staff_id: string; step: number; why: Why; at: Date }
  }
}

export type Why = 'duty' | 'climb' | 'handOver' | 'transfer' | 'claim'

export interface TaskRow {
  id: string
  kind: string
  org_code: string
  /** Unit whose post holds the duty; for duties of the roster the unit of the person. */
  unit_code: string
  person_id: string | null
  subject_id: string
  title_zh: string
  title_en: string
  level: number
  owner_role: string
  owner_id: string | null
  nobody_on_duty: boolean
  claimed_at: Date | null
  acknowledged_at: Date | null
  delivered_at: Date | null
  due_at: Date | null
  rule: string | null
  clock_min: number | null
  /** Rule that counts the clock, from when, to which day (`civil.ts`). */
  clock_rule: string | null
  clock_from: string | null
  due_on: string | null
  clock_counted: 'working' | 'calendar' | 'hours' | 'words' | 'duty' | null
  /** Year whose holidays are missing: not counted yet. */
  clock_unknown: number | null
  /** How a clock that a unit set itself is counted. */
  clock_said: { zh: string; en: string } | null
  climb_min: number
  /** Called by the roster: follows the shift. Every task with a clock climbs once it has run out. */
  climbs: boolean
  state: TaskState
  climbed: number
  next_climb_at: Date | null
  next_remind_at: Date | null
  reminded_at: Date | null
  /** The clock rests since then. */
  paused_at: Date | null
  /** Whose it was before he left, until somebody takes it. */
  left_by: string | null
  ended_at: Date | null
  outcome: string | null
  /** What whoever ended it said. */
  outcome_note: string
  /** The matter that did what it asked for. */
  answered_by: string | null
  opened_by: string | null
  created_at: Date
  revision: number
}

/**
 * The title with the name, of a duty about somebody kept apart (专人办理): the duty itself bears one that names nobody. The
 * database writes both, and shows this to whoever may open the file.
 */
export interface TaskNamedRow {
  task_id: string
  person_id: string
  title_zh: string
  title_en: string
}

/** What was done to a clock. */
export interface ClockChangeRow {
  id: string
  task_id: string
  what: 'pause' | 'resume' | 'extend' | 'wait' | 'begin'
  at: Date
  by_id: string | null
  by_name: string
  cause: string | null
  reason: string
  basis: string | null
  due_before: Date | null
  due_after: Date | null
  agreed_with: string | null
  agreed_on: string | null
  files: string[]
}

export interface Called {
  readonly id: string
  readonly name: string
  readonly step: number
  readonly at: Date
}

/** Locks what a task is about, before the task itself. */
export async function holdSubject(db: ScopedDb | Db, id: string): Promise<void> {
  const about = await db.selectFrom('task').select(['kind', 'subject_id']).where('id', '=', id).executeTakeFirst()
  if (about) await taskKind(about.kind).holds?.(db as ScopedDb, about.subject_id)
}

export const taskStore = (db: ScopedDb | Db) => ({
  /** Locked for a change; the caller sees it or it does not exist for him. */
  async get(id: string): Promise<TaskRow> {
    await holdSubject(db, id)
    return db.selectFrom('task').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound)
  },

  /** Tasks whose next rung or reminder is due, soonest first. */
  due: (clock: 'next_climb_at' | 'next_remind_at', at: Date): Promise<{ id: string }[]> =>
    db
      .selectFrom('task')
      .select('id')
      .where('state', 'in', ['open', 'claimed'])
      .where(clock, '<=', at)
      .orderBy(clock)
      .limit(200)
      .execute(),

  async runningOf(kind: string, subject: string): Promise<TaskRow | undefined> {
    return db
      .selectFrom('task')
      .selectAll()
      .where('kind', '=', kind)
      .where('subject_id', '=', subject)
      .where('state', 'in', ['open', 'claimed', 'submitted'])
      .forUpdate()
      .executeTakeFirst()
  },

  /** Running tasks of a kind about these people, locked. */
  runningAbout: (kind: string, people: readonly string[]): Promise<TaskRow[]> =>
    people.length === 0
      ? Promise.resolve([])
      : db
          .selectFrom('task')
          .selectAll()
          .where('kind', '=', kind)
          .where('person_id', 'in', [...people])
          .where('state', 'in', ['open', 'claimed', 'submitted'])
          .orderBy('id')
          .forUpdate()
          .execute(),

  /** False when a running one of this kind and subject is there already. */
  async add(row: TaskRow): Promise<boolean> {
    const added = await db
      .insertInto('task')
      .values(row)
      .onConflict((c) =>
        c
          .columns(['kind', 'subject_id'])
          .where('state', 'in', sql<TaskState>`('open', 'claimed', 'submitted')`)
          .doNothing(),
      )
      .executeTakeFirst()
    return Number(added.numInsertedOrUpdatedRows ?? 0) === 1
  },

  /** Notes that it was seen. Nothing anybody could be editing changes, so no open form grows stale by it. */
  async seen(id: string, at: Date): Promise<void> {
    await db.updateTable('task').set({ acknowledged_at: at }).where('id', '=', id).execute()
  },

  async change(id: string, set: Partial<TaskRow>): Promise<void> {
    await db
      .updateTable('task')
      .set({ ...set, revision: sql<number>`revision + 1` })
      .where('id', '=', id)
      .execute()
  },

  async call(task: string, staff: string, step: number, why: Why, at: Date): Promise<void> {
    await db
      .insertInto('task_called')
      .values({ task_id: task, staff_id: staff, step, why, at })
      .onConflict((c) => c.columns(['task_id', 'staff_id']).doNothing())
      .execute()
  },

  async called(task: string): Promise<Called[]> {
    return (await this.calledFor([task])).get(task) ?? []
  },

  /** Everyone called for each of several tasks. */
  async calledFor(tasks: readonly string[]): Promise<ReadonlyMap<string, Called[]>> {
    const by = new Map<string, Called[]>(tasks.map((id) => [id, []]))
    if (tasks.length === 0) return by
    const rows = await db
      .selectFrom('task_called')
      .select([
        'task_id',
        'staff_id as id',
        'step',
        'at',
        sql<string>`coalesce(zj_staff_name(staff_id), '')`.as('name'),
      ])
      .where('task_id', 'in', tasks)
      .orderBy('at')
      .orderBy('step')
      .execute()
    for (const { task_id, ...called } of rows) by.get(task_id)?.push(called)
    return by
  },

  async clockChanged(row: ClockChangeRow): Promise<void> {
    await db.insertInto('task_clock').values(row).execute()
  },

  /** What was done to the clocks of several tasks, oldest first. */
  async clockChanges(tasks: readonly string[]): Promise<ReadonlyMap<string, ClockChangeRow[]>> {
    const by = new Map<string, ClockChangeRow[]>()
    if (tasks.length === 0) return by
    const rows = await db.selectFrom('task_clock').selectAll().where('task_id', 'in', tasks).orderBy('at').execute()
    for (const row of rows) by.set(row.task_id, [...(by.get(row.task_id) ?? []), row])
    return by
  },

  /** How many of these files the caller sees. */
  async filesSeen(ids: readonly string[]): Promise<number> {
    if (ids.length === 0) return 0
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from file where id = any(${[...ids]}::uuid[])`.execute(db)
    return Number(rows[0]?.n ?? 0)
  },

  /** Whom an alarm of a unit calls at an instant, in order; see `zj_duty`. */
  async ladder(org: string, at: number): Promise<Rung[]> {
    const { rows } = await sql<{ staff_id: string; name: string; step: number }>`
      select staff_id, name, step from zj_duty(${org}, ${new Date(at)}) order by step`.execute(db)
    return rows.map((r) => ({ staff: { id: r.staff_id, name: r.name }, step: r.step }))
  },

  /** Who holds a post in a unit. */
  async post(role: string, unit: string): Promise<{ id: string; name: string }[]> {
    const { rows } = await sql<{ id: string; name: string }>`
      select staff_id as id, name from zj_post(${role}, ${unit})`.execute(db)
    return rows
  },

  /** Whose caseload a person is in; nobody's: empty. */
  async officerOf(person: string): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select officer_id as id from person where id = ${person}::uuid and officer_id is not null`.execute(db)
    return rows.map((r) => r.id)
  },

  async colleagues(unit: string): Promise<{ id: string; name: string; org: string; roles: string[] }[]> {
    const { rows } = await sql<{ id: string; name: string; org: string; roles: string[] }>`
      select staff_id as id, name, org_code as org, roles from zj_colleagues(${unit}) order by org_code desc, name`.execute(
      db,
    )
    return rows
  },

  async nameOf(staff: string): Promise<string> {
    const { rows } = await sql<{ name: string | null }>`select zj_staff_name(${staff}::uuid) as name`.execute(db)
    return rows[0]?.name ?? ''
  },
})

export type TaskStore = ReturnType<typeof taskStore>

export async function dutyOf(store: TaskStore, row: TaskRow): Promise<Duty> {
  return {
    state: row.state,
    owner: row.owner_id ? { id: row.owner_id, name: await store.nameOf(row.owner_id) } : null,
    claimedAt: row.claimed_at?.getTime() ?? null,
    dueAt: row.due_at?.getTime() ?? null,
    endedAt: row.ended_at?.getTime() ?? null,
    called: (await store.called(row.id)).map((c) => c.id),
  }
}
