import type { alarms } from '@zhijiao/contract/alarms'
import type { QueryOf } from '@zhijiao/contract/kernel'
import { type RawBuilder, sql } from 'kysely'
import { type ScopedDb, underPrefix } from '../../core/db.ts'
import type { ListedAlarm, stateOf } from './shown.ts'

type SpecOf<K> = K extends { of?: infer S } ? S : never
export type AlarmQuery = QueryOf<SpecOf<(typeof alarms)['list']>>
type Filters = Omit<AlarmQuery, 'page' | 'size' | 'sort'>

/** The episode with its latest task: an alarm that was reopened keeps its history, the list shows the present. */
const source = sql`
  from episode e
  join person p on p.id = e.person_id
  join org o on o.code = e.org_code
  left join lateral (
    select x.* from task x where x.subject_id = e.id and x.kind = 'alarm.handle' order by x.created_at desc limit 1
  ) t on true`

const state = sql<string>`case when e.state = 'raised' and t.state = 'claimed' then 'claimed' else e.state end`
const overdue = (now: number) =>
  sql`(e.state = 'raised' and t.state in ('open', 'claimed') and t.due_at < ${new Date(now)})`

/** What the list and its counts share. */
function shared(f: Filters): RawBuilder<unknown>[] {
  const where: RawBuilder<unknown>[] = [sql`true`]
  if (f.org) {
    const { low, high } = underPrefix(f.org)
    where.push(sql`e.org_code >= ${low} and e.org_code < ${high}`)
  }
  if (f.kind?.length) where.push(sql`e.kind = any(${f.kind})`)
  if (f.level?.length) where.push(sql`e.level = any(${f.level})`)
  if (f.settledAs) where.push(sql`e.settled_as = ${f.settledAs}`)
  if (f.person) where.push(sql`e.person_id = ${f.person}::uuid`)
  if (f.owner) where.push(sql`t.owner_id = ${f.owner}::uuid`)
  if (f.from) where.push(sql`e.detected_at >= ${new Date(f.from)}`)
  if (f.until) where.push(sql`e.detected_at < ${new Date(f.until)}`)
  if (f.q)
    where.push(
      /^\d{1,15}$/.test(f.q)
        ? sql`e.number = ${Number(f.q)}`
        : sql`p.name like ${`%${f.q.replace(/[\\%_]/g, '\\$&')}%`}`,
    )
  return where
}

function narrowed(f: Filters, now: number): RawBuilder<unknown>[] {
  const where = shared(f)
  if (f.state?.length) {
    // The plain column first, so that the index serves; the derived word after it.
    const stored = [...new Set(f.state.map((s) => (s === 'claimed' ? 'raised' : s)))]
    where.push(sql`e.state = any(${stored})`, sql`${state} = any(${f.state})`)
  }
  if (f.overdue !== undefined) where.push(f.overdue ? overdue(now) : sql`not coalesce(${overdue(now)}, false)`)
  return where
}

const orders: Readonly<Record<string, RawBuilder<unknown>>> = {
  detected: sql`e.detected_at asc`,
  '-detected': sql`e.detected_at desc`,
  due: sql`t.due_at asc nulls last`,
  '-due': sql`t.due_at desc nulls last`,
  level: sql`e.level asc, e.detected_at desc`,
  '-level': sql`e.level desc, e.detected_at desc`,
  number: sql`e.number asc`,
  '-number': sql`e.number desc`,
}

const columns = sql`
  e.*, o.name as org_name, p.name as person_name, p.number as person_number, p.colour as person_colour,
  t.id as task_id, t.state as task_state, t.revision as task_revision, t.owner_id, zj_staff_name(t.owner_id) as owner_name,
  t.nobody_on_duty, t.acknowledged_at, t.delivered_at, t.due_at, t.ended_at, t.rule, t.climbed`

export async function listAlarms(
  db: ScopedDb,
  { page = 1, size = 20, sort = '-detected', ...filters }: AlarmQuery,
  now: number,
): Promise<{ rows: ListedAlarm[]; total: number }> {
  const where = sql.join(narrowed(filters, now), sql` and `)
  const counted = await sql<{ total: number }>`select count(*) as total ${source} where ${where}`.execute(db)
  const { rows } = await sql<ListedAlarm>`
    select ${columns} ${source} where ${where}
    order by ${orders[sort] ?? orders['-detected']}, e.id
    limit ${size} offset ${(page - 1) * size}`.execute(db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export async function oneAlarm(db: ScopedDb, id: string): Promise<ListedAlarm | undefined> {
  const { rows } = await sql<ListedAlarm>`select ${columns} ${source} where e.id = ${id}::uuid`.execute(db)
  return rows[0]
}

export async function countAlarms(db: ScopedDb, filters: Filters, now: number) {
  const { rows } = await sql<{ state: ReturnType<typeof stateOf>; level: number; alarms: number; late: number }>`
    select ${state} as state, e.level, count(*) as alarms, count(*) filter (where ${overdue(now)}) as late
    ${source} where ${sql.join(shared(filters), sql` and `)} group by 1, 2`.execute(db)
  const of = (s: ReturnType<typeof stateOf>) => rows.filter((r) => r.state === s).reduce((n, r) => n + r.alarms, 0)
  return {
    gathering: of('gathering'),
    raised: of('raised'),
    claimed: of('claimed'),
    submitted: of('submitted'),
    settled: of('settled'),
    overdue: rows.reduce((n, r) => n + r.late, 0),
    byLevel: [1, 2, 3, 4].map((level) =>
      rows
        .filter((r) => r.level === level && (r.state === 'raised' || r.state === 'claimed'))
        .reduce((n, r) => n + r.alarms, 0),
    ),
  }
}
