import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'

export interface UnreportedRow {
  id: string
  name: string
  number: string
  org: string
  org_name: string
  since: CivilDate
  matter: string | null
}

/** The day from which the report is due: that of the reception on file, of an old file without one the first of the term. */
const registered = sql<CivilDate>`coalesce((select max((x.data ->> 'receivedOn')::date) from person_part x
  where x.person_id = p.id and x.part = 'correction' and x.ended_at is null), p.term_start)`

/** The report is due so many days after the reception for everybody: one order for both. */
const orders = new Map([
  ['-due', sql`since desc`],
  ['name', sql`p.name`],
  ['-name', sql`p.name desc`],
  ['org', sql`p.org_code, since`],
  ['-org', sql`p.org_code desc, since`],
])

export const exitBanStore = (db: ScopedDb) => ({
  async registeredOn(person: string): Promise<CivilDate | null> {
    const { rows } = await sql<{ on: string }>`
      select ${registered}::text as on from person p where p.id = ${person}`.execute(db)
    return rows[0] ? civilDate(rows[0].on) : null
  },

  /** Whether a report is under way or was made. */
  known: async (person: string): Promise<boolean> =>
    (await db
      .selectFrom('matter')
      .select('id')
      .where('person_id', '=', person)
      .where('kind', '=', 'exitBan')
      .where((eb) => eb.or([eb('end_id', 'is', null), eb('end_id', '=', 'reported')]))
      .limit(1)
      .executeTakeFirst()) !== undefined,

  /** Who is in correction and reported to nobody, by the day it is due: what is overdue first, then what is due soonest. */
  async unreported(at: {
    readonly low: string
    readonly high: string
    readonly days: number
    readonly today: string
    readonly overdue: boolean | undefined
    readonly sort: string | undefined
    readonly size: number
    readonly page: number
  }) {
    const { low, high, days, today, overdue, sort = 'due', size, page } = at
    const source = sql`from person p join org o on o.code = p.org_code
      where p.state in ('inCorrection', 'missing') and p.merged_into is null
        and p.org_code ~>=~ ${low} and p.org_code ~<~ ${high}
        and not exists (select 1 from matter m where m.person_id = p.id and m.kind = 'exitBan' and m.end_id = 'reported')
        ${overdue === undefined ? sql`` : sql`and (${registered} + ${days}::int < ${today}::date) = ${overdue}`}`
    const { rows } = await sql<UnreportedRow>`
      select p.id, p.name, p.number, p.org_code as org, o.name as org_name, ${registered} as since,
        (select m.id from matter m where m.person_id = p.id and m.kind = 'exitBan' and m.end_id is null limit 1) as matter
      ${source} order by ${orders.get(sort) ?? sql`since`}, p.id limit ${size} offset ${(page - 1) * size}`.execute(db)
    const counted = await sql<{ total: number }>`select count(*)::int as total ${source}`.execute(db)
    return { rows, total: counted.rows[0]?.total ?? 0 }
  },
})
