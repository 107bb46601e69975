import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import { notFound } from '../../core/refusals.ts'

declare module '../../core/tables.ts' {
  interface Tables {
    roster: ShiftRow
  }
}

export interface ShiftRow {
  id: string
  org_code: string
  staff_id: string
  place: 'duty' | 'head'
  from_at: Date
  until_at: Date
  handed_from: string | null
  note: string
  ended_at: Date | null
  added_by: string | null
  added_at: Date
}

export interface Candidate {
  readonly id: string
  readonly name: string
  readonly org: string
  readonly roles: readonly string[]
}

export interface OnDuty {
  readonly id: string
  readonly name: string
  readonly org: string
  readonly orgName: string
  readonly place: 'officeDuty' | 'officeHead' | 'countyDuty' | 'countyHead'
  readonly by: 'roster' | 'post'
}

const named = (db: ScopedDb) =>
  db
    .selectFrom('roster')
    .innerJoin('org', 'org.code', 'roster.org_code')
    .selectAll('roster')
    .select([
      'org.name as org_name',
      sql<string>`coalesce(zj_staff_name(roster.staff_id), '')`.as('staff_name'),
      // The phone of whoever is on duty is what a roster is for; the policy on staff decides whose.
      sql<string | null>`(select s.phone from staff s where s.id = roster.staff_id)`.as('phone'),
    ])
export type NamedShift = ShiftRow & { org_name: string; staff_name: string; phone: string | null }

export const rosterStore = (db: ScopedDb) => ({
  /** Shifts of a unit and those above it, up to the county, that touch [from, until). */
  list: (org: string, from: Date, until: Date): Promise<NamedShift[]> =>
    named(db)
      .where('roster.from_at', '<', until)
      .where('roster.until_at', '>', from)
      .where(sql<boolean>`(starts_with(${org}, roster.org_code) or starts_with(roster.org_code, ${org}))`)
      .orderBy('roster.from_at')
      .orderBy('roster.org_code')
      .limit(2000)
      .execute(),

  one: (id: string): Promise<NamedShift> => named(db).where('roster.id', '=', id).executeTakeFirstOrThrow(notFound),

  lock: (id: string): Promise<ShiftRow> =>
    db.selectFrom('roster').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound),

  running: (orgs: readonly string[], from: Date, until: Date): Promise<ShiftRow[]> =>
    db
      .selectFrom('roster')
      .selectAll()
      .where('org_code', 'in', orgs)
      .where('ended_at', 'is', null)
      .where('from_at', '<', until)
      .where('until_at', '>', from)
      .execute(),

  add: (row: ShiftRow) => db.insertInto('roster').values(row).execute(),
  end: (id: string, at: Date) => db.updateTable('roster').set({ ended_at: at }).where('id', '=', id).execute(),

  async candidates(org: string): Promise<Candidate[]> {
    const { rows } = await sql<Candidate>`
      select staff_id as id, name, org_code as org, roles from zj_colleagues(${org})
      where starts_with(${org}, org_code) order by org_code desc, name`.execute(db)
    return rows
  },

  async onDuty(org: string, at: Date): Promise<OnDuty[]> {
    const { rows } = await sql<OnDuty>`
      select d.staff_id as id, d.name, d.org_code as org, o.name as "orgName", d.place, d.named_by as by
      from zj_duty(${org}, ${at}) d join org o on o.code = d.org_code order by d.step`.execute(db)
    return rows
  },

  /** Running duties that this shift called its person for. */
  async dutiesOf(shift: ShiftRow): Promise<string[]> {
    const rows = await db
      .selectFrom('task')
      .select('id')
      .where('owner_id', '=', shift.staff_id)
      .where('climbs', '=', true)
      .where('state', 'in', ['open', 'claimed'])
      .where('delivered_at', '>=', shift.from_at)
      .where(sql<boolean>`starts_with(org_code, ${shift.org_code})`)
      .execute()
    return rows.map((r) => r.id)
  },
})
