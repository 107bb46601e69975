import { dueGroups, type TaskQuery } from '@zhijiao/contract/tasks'
import { endOfLegalDay, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { codesUnder, type ScopedDb } from '../db.ts'
import { readPage } from '../page.ts'
import type { Tables } from '../tables.ts'
import { supervised } from './domain.ts'
import type { TaskRow } from './store.ts'

export type View = 'todo' | 'overdue' | 'watched' | 'done'
type Filters = Omit<TaskQuery, 'view' | 'page' | 'size' | 'sort'>
type Eb = ExpressionBuilder<Tables, 'task'>

/** Through whose eyes and when the list is read. */
export interface Reader {
  readonly id: string
  readonly unit: string
  readonly now: number
}

export interface ListedTask extends TaskRow {
  readonly org_name: string
  /** The title with the name, where the duty's own bears none and the reader may know it. */
  readonly named_zh: string | null
  readonly named_en: string | null
  readonly owner_name: string | null
  readonly left_name: string | null
  readonly person_name: string | null
  readonly person_number: string | null
}

/** The same conditions for the list and its counts, so that they always agree. */
function matching(eb: Eb, filters: Filters, reader: Reader): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [eb('task.owner_role', '<>', supervised)]
  if (filters.org) all.push(codesUnder('task.org_code', filters.org))
  if (filters.kind) all.push(eb('task.kind', '=', filters.kind))
  if (filters.level) all.push(eb('task.level', '=', filters.level))
  if (filters.person) all.push(eb('task.person_id', '=', filters.person))
  if (filters.owner) all.push(eb('task.owner_id', '=', filters.owner))
  if (filters.from) all.push(eb('task.delivered_at', '>=', new Date(filters.from)))
  if (filters.until) all.push(eb('task.delivered_at', '<', new Date(filters.until)))
  if (filters.due) all.push(fallsDue(eb, filters.due, reader.now))
  if (filters.q) all.push(titled(eb, `%${filters.q.trim().replace(/[\\%_]/g, (c) => `\\${c}`)}%`))
  if ((filters.whose ?? 'mine') === 'mine') all.push(sql<SqlBool>`task.id in (select zj_my_tasks())`)
  else all.push(codesUnder('task.unit_code', reader.unit))
  return eb.and(all)
}

/** By what its reader reads: of somebody kept apart the name finds it for whoever may open the file. */
const titled = (eb: Eb, like: string) =>
  eb.or([
    eb('task.title_zh', 'like', like),
    eb('task.id', 'in', eb.selectFrom('task_named').select('task_id').where('title_zh', 'like', like)),
  ])

export type DueGroup = NonNullable<TaskQuery['due']>

/** When a task falls due, in days of Asia/Shanghai; every task is in exactly one group. */
function fallsDue(eb: Eb, group: DueGroup, now: number): Expression<SqlBool> {
  const today = legalDayOf(now)
  const ends = (days: number) => new Date(endOfLegalDay(plusDays(today, days)))
  const running = eb('task.paused_at', 'is', null)
  const between = (from: Date, until: Date) =>
    eb.and([running, eb('task.due_at', '>=', from), eb('task.due_at', '<', until)])
  switch (group) {
    case 'overdue':
      return eb.and([running, eb('task.due_at', '<', new Date(now))])
    case 'today':
      return between(new Date(now), ends(0))
    case 'in3':
      return between(ends(0), ends(3))
    case 'in7':
      return between(ends(3), ends(7))
    case 'later':
      return eb.and([running, eb('task.due_at', '>=', ends(7))])
    case 'none':
      return eb.or([eb('task.due_at', 'is', null), eb('task.paused_at', 'is not', null)])
  }
}

function inView(eb: Eb, view: View, filters: Filters, reader: Reader): Expression<SqlBool> {
  const mine = (filters.whose ?? 'mine') === 'mine'
  const toDo = eb('task.state', 'in', ['open', 'claimed'])
  const own = mine ? eb.or([eb('task.owner_id', '=', reader.id), eb('task.owner_id', 'is', null)]) : eb.and([])
  const ended = eb('task.state', 'in', ['done', 'cancelled'])
  switch (view) {
    case 'todo':
      return eb.and([toDo, own])
    case 'overdue':
      return eb.and([toDo, own, fallsDue(eb, 'overdue', reader.now)])
    case 'done':
      return mine ? eb.and([ended, eb('task.owner_id', '=', reader.id)]) : ended
    case 'watched':
      // Awaiting somebody else: submitted for review, or called beside its owner.
      return mine
        ? eb.or([
            eb('task.state', '=', 'submitted'),
            eb.and([toDo, eb('task.owner_id', 'is not', null), eb('task.owner_id', '<>', reader.id)]),
          ])
        : eb('task.state', '=', 'submitted')
  }
}

const listed = (db: ScopedDb) =>
  db
    .selectFrom('task')
    .innerJoin('org', 'org.code', 'task.org_code')
    .leftJoin('task_named as named', 'named.task_id', 'task.id')
    .selectAll('task')
    .select([
      'org.name as org_name',
      'named.title_zh as named_zh',
      'named.title_en as named_en',
      // Null where the caller no longer sees the file: the policy on person decides.
      sql<string | null>`(select p.name from person p where p.id = task.person_id)`.as('person_name'),
      sql<string | null>`(select p.number from person p where p.id = task.person_id)`.as('person_number'),
      sql<string | null>`zj_staff_name(task.owner_id)`.as('owner_name'),
      sql<string | null>`zj_staff_name(task.left_by)`.as('left_name'),
    ])

/** What a list is put in order by. */
const orders = {
  due: 'task.due_at',
  delivered: 'task.delivered_at',
  level: 'task.level',
  created: 'task.created_at',
  ended: 'task.ended_at',
} as const
type Order = keyof typeof orders

/** What waits begins with what is due first, what is done with the latest. */
export const usualSort = (view: View) => (view === 'done' ? '-ended' : 'due')

export async function listTasks(
  db: ScopedDb,
  view: View,
  filters: Filters,
  reader: Reader,
  page: { number: number; size: number; sort: string },
): Promise<{ rows: ListedTask[]; total: number }> {
  const descending = page.sort.startsWith('-')
  const field = page.sort.replace('-', '')
  const by = Object.hasOwn(orders, field) ? orders[field as Order] : orders.due
  const matches = db
    .selectFrom('task')
    .where((eb) => eb.and([matching(eb, filters, reader), inView(eb, view, filters, reader)]))
  return readPage(page, {
    ids: ({ limit, offset }) =>
      matches
        .select(['task.id', sql<number>`count(*) over ()`.as('total')])
        .orderBy(by, (o) => (descending ? o.desc() : o.asc()).nullsLast())
        .orderBy('task.id')
        .limit(limit)
        .offset(offset)
        .execute(),
    count: async () =>
      (await matches.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total,
    rows: (ids) => listed(db).where('task.id', 'in', ids).execute(),
  })
}

export async function countTasks(db: ScopedDb, filters: Filters, reader: Reader) {
  const views: readonly View[] = ['todo', 'overdue', 'watched', 'done']
  const { todo, overdue, watched, done } = await db
    .selectFrom('task')
    .select((eb) =>
      views.map((view) =>
        eb.fn
          .countAll<number>()
          .filterWhere(inView(eb, view, filters, reader))
          .as(view),
      ),
    )
    .where((eb) => matching(eb, filters, reader))
    .executeTakeFirstOrThrow()
  const due = await db
    .selectFrom('task')
    .select((eb) =>
      dueGroups.map((group) =>
        eb.fn
          .countAll<number>()
          .filterWhere(fallsDue(eb, group, reader.now))
          .as(group),
      ),
    )
    .where((eb) => eb.and([matching(eb, filters, reader), inView(eb, 'todo', filters, reader)]))
    .executeTakeFirstOrThrow()
  const byDue = Object.fromEntries(dueGroups.map((g) => [g, Number(due[g])])) as Record<DueGroup, number>
  const byKind = await db
    .selectFrom('task')
    .select((eb) => [
      'task.kind',
      eb.fn.countAll<number>().as('todo'),
      eb.fn
        .countAll<number>()
        .filterWhere(inView(eb, 'overdue', filters, reader))
        .as('overdue'),
    ])
    .where((eb) => eb.and([matching(eb, filters, reader), inView(eb, 'todo', filters, reader)]))
    .groupBy('task.kind')
    .orderBy('task.kind')
    .execute()
  return { todo: Number(todo), overdue: Number(overdue), watched: Number(watched), done: Number(done), byDue, byKind }
}

export const oneTask = (db: ScopedDb, id: string): Promise<ListedTask | undefined> =>
  listed(db).where('task.id', '=', id).executeTakeFirst()
