import type { Static } from '@zhijiao/contract/kernel'
import type { Obligation } from '@zhijiao/contract/obligations'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import { type RawBuilder, sql } from 'kysely'
import { type ScopedDb, underPrefix } from '../core/db.ts'
import { clockOf } from '../core/tasks/shown.ts'
import type { TaskRow } from '../core/tasks/store.ts'
import type { ObligationKind } from './domain.ts'
import { cards } from './kinds.ts'
import type { ObligationRow } from './store.ts'

interface Filters {
  readonly person?: string
  readonly kind?: ObligationKind
  readonly state?: readonly ObligationRow['state'][]
  readonly org?: string
  readonly mine?: boolean
  readonly dueUntil?: string
}

type Clocked = Pick<
  TaskRow,
  | 'delivered_at'
  | 'due_at'
  | 'ended_at'
  | 'clock_rule'
  | 'clock_counted'
  | 'clock_unknown'
  | 'clock_min'
  | 'clock_said'
  | 'paused_at'
  | 'reminded_at'
>
export interface Listed extends ObligationRow, Clocked {
  task_state: TaskRow['state']
  task_due_on: string | null
  task_rule: string | null
  person_name: string
  person_number: string
  officer_id: string | null
  officer_name: string | null
}

const columns = sql`o.*, t.state as task_state, t.due_on as task_due_on, t.rule as task_rule, t.delivered_at, t.due_at, t.ended_at,
  t.clock_rule, t.clock_counted, t.clock_unknown, t.clock_min, t.clock_said, t.paused_at, t.reminded_at,
  p.name as person_name, p.number as person_number, p.officer_id, zj_staff_name(p.officer_id) as officer_name`
const source = sql`from obligation o join task t on t.id = o.task_id join person p on p.id = o.person_id`

function conditions(f: Filters, me: string): RawBuilder<unknown> {
  const under = f.org === undefined ? null : underPrefix(f.org)
  return sql.join(
    [
      sql`true`,
      ...(f.person ? [sql`o.person_id = ${f.person}::uuid`] : []),
      ...(f.kind ? [sql`o.kind = ${f.kind}`] : []),
      ...(f.state ? [sql`o.state = any(${[...f.state]})`] : []),
      ...(under ? [sql`o.org_code ~>=~ ${under.low} and o.org_code ~<~ ${under.high}`] : []),
      ...(f.mine ? [sql`p.officer_id = ${me}::uuid`] : []),
      ...(f.dueUntil ? [sql`t.due_on <= ${f.dueUntil}::date`] : []),
    ],
    sql` and `,
  )
}

export async function listObligations(
  db: ScopedDb,
  filters: Filters,
  me: string,
  page: { number: number; size: number; sort: string },
): Promise<{ rows: Listed[]; total: number }> {
  const where = conditions(filters, me)
  const direction = page.sort.startsWith('-') ? sql`desc` : sql`asc`
  const by = page.sort.replace('-', '') === 'from' ? sql`o.from_day` : sql`t.due_on`
  const counted = await sql<{ total: number }>`select count(*) as total ${source} where ${where}`.execute(db)
  const { rows } = await sql<Listed>`
    select ${columns} ${source} where ${where} order by ${by} ${direction} nulls last, o.id
    limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(db)
  return { rows, total: Number(counted.rows[0]?.total ?? 0) }
}

export async function oneObligation(db: ScopedDb, id: string): Promise<Listed | undefined> {
  const { rows } = await sql<Listed>`select ${columns} ${source} where o.id = ${id}::uuid`.execute(db)
  return rows[0]
}

/** Settled ones of a person, newest first. */
export async function settledOf(db: ScopedDb, person: string, size: number): Promise<Listed[]> {
  const { rows } = await sql<Listed>`
    select ${columns} ${source}
    where o.person_id = ${person}::uuid and o.state in ('fulfilled', 'excused')
    order by coalesce(o.settled_at, o.created_at) desc, o.id limit ${size}`.execute(db)
  return rows
}

export async function upcomingOf(
  db: ScopedDb,
  filters: Pick<Filters, 'org' | 'mine'>,
  me: string,
  until: CivilDate,
): Promise<{ kind: ObligationKind; due: number; missed: number }[]> {
  const { rows } = await sql<{ kind: ObligationKind; due: number; missed: number }>`
    select o.kind, count(*) filter (where o.state = 'due') as due, count(*) filter (where o.state = 'missed') as missed
    ${source}
    where ${conditions(filters, me)} and (o.state = 'missed' or (o.state = 'due' and t.due_on <= ${until}::date))
    group by o.kind order by o.kind`.execute(db)
  return rows.map((r) => ({ kind: r.kind, due: Number(r.due), missed: Number(r.missed) }))
}

export function obligationShown(row: Listed, law: Law, now: number): Static<typeof Obligation> {
  const { zh, en } = cards[row.kind]
  return {
    id: row.id,
    kind: row.kind,
    kindName: { zh, en },
    person: { id: row.person_id, name: row.person_name, number: row.person_number },
    org: row.org_code,
    state: row.state,
    from: row.from_day,
    clock: clockOf({ ...row, state: row.task_state, due_on: row.task_due_on, rule: row.task_rule }, law, now),
    paused: row.paused_at !== null,
    remindedAt: row.reminded_at?.toISOString() ?? null,
    doneOn: row.done_on,
    late: row.late,
    note: row.note,
    files: row.files,
    settledBy: row.settled_by_name,
    settledAt: row.settled_at?.toISOString() ?? null,
    missedAt: row.missed_at?.toISOString() ?? null,
    outageMinutes: row.outage_min,
    officer: row.officer_id ? { id: row.officer_id, name: row.officer_name ?? '' } : null,
    revision: row.revision,
  }
}
