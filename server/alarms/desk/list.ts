import type { alarms } from '@zhijiao/contract/alarms'
import type { QueryOf, SpecOf } from '@zhijiao/contract/kernel'
import { type RawBuilder, sql } from 'kysely'
import { type ScopedDb, underPrefix } from '../../core/db.ts'
import type { ListedAlarm, stateOf } from './shown.ts'

export type AlarmQuery = QueryOf<SpecOf<(typeof alarms)['list']>>
type Filters = Omit<AlarmQuery, 'page' | 'size' | 'sort'>

/** The latest task of an episode: what the list shows of owner and clock. */
const task = sql`
  left join lateral (
    select x.* from task x where x.subject_id = e.id and x.kind = 'alarm.handle' order by x.created_at desc limit 1
  ) t on true`
/** The same for those not settled: all that states and overdue marks ask for. */
const runningTask = sql`
  left join lateral (
    select x.* from task x where e.state = 'raised' and x.subject_id = e.id and x.kind = 'alarm.handle'
    order by x.created_at desc limit 1
  ) t on true`
const person = sql`join person p on p.id = e.person_id`
const nothing = sql``

const state = sql<string>`case when e.state = 'raised' and t.state = 'claimed' then 'claimed' else e.state end`
const overdue = (now: number) =>
  sql`(e.state = 'raised' and t.state in ('open', 'claimed') and t.due_at < ${new Date(now)})`

/** What the list and its counts share. A unit's list never leaves its county, and the index of codes knows that. */
function shared(f: Filters, unit: string): RawBuilder<unknown>[] {
  const { low, high } = underPrefix(f.org ?? unit.slice(0, 6))
  const where: RawBuilder<unknown>[] = [sql`e.org_code ~>=~ ${low} and e.org_code ~<~ ${high}`]
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

/** Raised and claimed are one stored state; asking for one of them alone needs the task. */
const tellsClaimed = (f: Filters) => f.state !== undefined && f.state.includes('raised') !== f.state.includes('claimed')

function narrowed(f: Filters, unit: string, now: number): RawBuilder<unknown>[] {
  const where = shared(f, unit)
  if (f.state?.length) {
    // The plain column, so that the index serves; the derived word only where the question tells the two apart.
    where.push(sql`e.state = any(${[...new Set(f.state.map((s) => (s === 'claimed' ? 'raised' : s)))]})`)
    if (tellsClaimed(f)) where.push(sql`${state} = any(${f.state})`)
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

/** Which tables a question needs beside the episodes: a page of an archive is cut before its tasks are looked up. */
function joins(f: Filters, sort = ''): RawBuilder<unknown> {
  const byTask = f.owner !== undefined || sort.endsWith('due')
  const byRunning = f.overdue !== undefined || tellsClaimed(f)
  return sql`${f.q ? person : nothing} ${byTask ? task : byRunning ? runningTask : nothing}`
}

export async function listAlarms(
  db: ScopedDb,
  { page = 1, size = 20, sort = '-detected', ...filters }: AlarmQuery,
  reader: { readonly unit: string; readonly now: number },
): Promise<{ rows: ListedAlarm[]; total: number }> {
  const where = sql.join(narrowed(filters, reader.unit, reader.now), sql` and `)
  const order = orders[sort] ?? orders['-detected']
  const counted = await sql<{ total: number }>`
    select count(*) as total from episode e ${joins(filters)} where ${where}`.execute(db)
  const { rows } = await sql<ListedAlarm>`
    with page as materialized (
      select e.id from episode e ${joins(filters, sort)} where ${where} order by ${order}, e.id
      limit ${size} offset ${(page - 1) * size}
    )
    select ${columns} from page join episode e on e.id = page.id ${person} join org o on o.code = e.org_code ${task}
    order by ${order}, e.id`.execute(db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export async function oneAlarm(db: ScopedDb, id: string): Promise<ListedAlarm | undefined> {
  const { rows } = await sql<ListedAlarm>`
    select ${columns} from episode e ${person} join org o on o.code = e.org_code ${task} where e.id = ${id}::uuid`.execute(
    db,
  )
  return rows[0]
}

export async function countAlarms(
  db: ScopedDb,
  filters: Filters,
  reader: { readonly unit: string; readonly now: number },
) {
  const { rows } = await sql<{ state: ReturnType<typeof stateOf>; level: number; alarms: number; late: number }>`
    select ${state} as state, e.level, count(*) as alarms, count(*) filter (where ${overdue(reader.now)}) as late
    from episode e ${filters.q ? person : nothing} ${filters.owner ? task : runningTask}
    where ${sql.join(shared(filters, reader.unit), sql` and `)} group by 1, 2`.execute(db)
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
