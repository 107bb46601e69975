import { exitBans } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { underPrefix } from '../core/db.ts'
import { type KeptRoom, keep, signedIn } from '../core/room.ts'

interface Row {
  id: string
  name: string
  number: string
  org: string
  org_name: string
  since: CivilDate
  matter: string | null
}

/** Who is in correction and whose ban on leaving the country nobody has reported yet (P36). */
export const exitBanHandlers = (): KeptRoom =>
  keep(exitBans, {
    unreported: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, org, overdue } = asked.query
        const { law, today } = asked.circumstances
        const days = law.number('SET-32', 5)
        const { low, high } = underPrefix(org ?? signedIn(asked).staff.org)
        const source = sql`from person p join org o on o.code = p.org_code
          where p.state in ('inCorrection', 'missing') and p.merged_into is null
            and p.org_code ~>=~ ${low} and p.org_code ~<~ ${high}
            and not exists (select 1 from matter m where m.person_id = p.id and m.kind = 'exitBan' and m.end_id = 'reported')
            ${overdue === undefined ? sql`` : sql`and (p.term_start + ${days}::int < ${today}::date) = ${overdue}`}`
        const { rows } = await sql<Row>`
          select p.id, p.name, p.number, p.org_code as org, o.name as org_name, p.term_start as since,
            (select m.id from matter m where m.person_id = p.id and m.kind = 'exitBan' and m.end_id is null limit 1) as matter
          ${source} order by p.term_start, p.id limit ${size} offset ${(page - 1) * size}`.execute(db)
        const counted = await sql<{ total: number }>`select count(*)::int as total ${source}`.execute(db)
        asked.note({ rows: rows.length })
        return {
          items: rows.map(({ org_name: orgName, ...row }) => {
            const dueOn = plusDays(civilDate(row.since), days)
            return { ...row, orgName, dueOn, overdue: dueOn < today }
          }),
          total: counted.rows[0]?.total ?? 0,
          page,
          size,
        }
      }),
  })
