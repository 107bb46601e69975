import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { Db } from '../core/db.ts'

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

/**
 * Whether the reason of the ban is over for the person `p` (LVE-14): released, on expiry or by pardon, or dead, by the
 * business of a death or by the file. A suspended sentence or parole that was revoked, or a recommitment, ends the
 * correction and not the sentence.
 */
const over = sql<boolean>`(p.state = 'released' or (p.state = 'terminated' and (
  exists (select 1 from matter d where d.person_id = p.id and d.kind = 'death' and d.end_id = 'terminated')
  or exists (select 1 from person_part x where x.person_id = p.id and x.part = 'end' and x.ended_at is null
    and x.data ->> 'reason' in ('T4', 'E2')))))`

/** The report is due so many days after the reception for everybody: one order for both. */
const orders = new Map([
  ['-due', sql`since desc`],
  ['name', sql`p.name`],
  ['-name', sql`p.name desc`],
  ['org', sql`p.org_code, since`],
  ['-org', sql`p.org_code desc, since`],
])

export const exitBanStore = (db: Db) => ({
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

  /** Whether the reason of the ban is over, and as what the file stands. */
  async reasonOver(person: string): Promise<{ readonly over: boolean; readonly state: string } | undefined> {
    const { rows } = await sql<{ over: boolean; state: string }>`
      select ${over} as over, p.state from person p where p.id = ${person}::uuid`.execute(db)
    return rows[0]
  },

  /** Reported bans whose reason is over and that nobody lifts or lifted, with the words of the form. */
  async toLift(limit: number) {
    const { rows } = await sql<{ cause: string; person: string; org: string; why: 'released' | 'terminated' }>`
      select distinct on (p.id) m.id as cause, p.id as person, p.org_code as org,
        case p.state when 'released' then 'released' else 'terminated' end as why
      from matter m join person p on p.id = m.person_id
      where m.kind = 'exitBan' and m.end_id = 'reported' and ${over}
        and not exists (select 1 from matter l where l.person_id = p.id and l.kind = 'exitBanLifting'
          and (l.end_id is null or l.end_id = 'lifted'))
      order by p.id, m.opened_at desc limit ${limit}`.execute(db)
    return rows
  },

  /** Liftings under way because the correction was terminated, of somebody whose sentence is still served. */
  async liftedTooSoon(limit: number) {
    const { rows } = await sql<{ id: string; org: string }>`
      select l.id, l.org_code as org from matter l join person p on p.id = l.person_id
      where l.kind = 'exitBanLifting' and l.end_id is null and l.register ->> 'why' = 'terminated'
        and p.state = 'terminated' and not ${over} limit ${limit}`.execute(db)
    return rows
  },

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
