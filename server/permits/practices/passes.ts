import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import type { Form } from '../../procedures/index.ts'

declare module '../../core/tables.ts' {
  interface Tables {
    permit_pass: {
      id: string
      person_id: string
      org_code: string
      matter_id: string
      what: 'travel' | 'place'
      from_at: Date
      until_at: Date
      places: string
      areas: string[]
      fence_id: string | null
    }
    person_move: {
      id: string
      person_id: string
      matter_id: string
      who: string
      from_org: string
      to_org: string
      moved_on: string
      moved_at: Date
    }
  }
}

/** A recurrent travel whose approval nears its end, with nothing asked for after it. */
export interface Expiring {
  readonly matter: string
  readonly person: string
  readonly name: string
  readonly org: string
  readonly officer: string | null
  readonly until: Date
}

/** What approvals excuse, and the files that changed county. */
export const passStore = (db: ScopedDb) => ({
  add: (row: {
    id: string
    person_id: string
    org_code: string
    matter_id: string
    what: 'travel' | 'place'
    from_at: Date
    until_at: Date
    places: string
    areas?: string[]
    fence_id?: string | null
  }) =>
    db
      .insertInto('permit_pass')
      .values({ ...row, areas: row.areas ?? [], fence_id: row.fence_id ?? null })
      .onConflict((c) => c.column('matter_id').doNothing())
      .execute(),

  /** Travel approvals of a person that still run at an instant. */
  travelOf: (person: string, at: Date) =>
    db
      .selectFrom('permit_pass')
      .selectAll()
      .where('person_id', '=', person)
      .where('what', '=', 'travel')
      .where('until_at', '>', at)
      .orderBy('until_at', 'desc')
      .execute(),

  /** Forbidden places that bind a person on a day. */
  async forbidden(person: string, day: string): Promise<readonly { id: string; name: string }[]> {
    const { rows } = await sql<{ id: string; name: string }>`
      select distinct f.id, f.name from fence f join fence_person a on a.fence_id = f.id
      where a.person_id = ${person} and f.active and f.kind = 'forbidden' and a.from_day <= ${day}::date
        and (a.until_day is null or a.until_day >= ${day}::date) order by f.name`.execute(db)
    return rows
  },

  /** Imported travel approvals that may still run and have no pass yet. */
  async imported(today: string) {
    const { rows } = await sql<{
      id: string
      person_id: string
      org_code: string
      register: Form
      term_end: string
    }>`
      select m.id, m.person_id, p.org_code, m.register, p.term_end from matter m join person p on p.id = m.person_id
      where m.kind = 'recurrentTravel' and m.imported and m.end_id = 'approved' and p.state = 'inCorrection'
        and m.register ->> 'from' ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$' and m.register ->> 'from' <= p.term_end::text
        and m.register ->> 'from' > (${today}::date - interval '7 months')::date::text
        and not exists (select 1 from permit_pass x where x.matter_id = m.id) limit 200`.execute(db)
    return rows
  },

  /** Ends the fences that still bind a person; answers which. */
  async releaseFences(person: string, day: string): Promise<readonly string[]> {
    const { rows } = await sql<{ fence_id: string }>`
      update fence_person set until_day = greatest(${day}::date, from_day - 1)
      where person_id = ${person} and (until_day is null or until_day > ${day}::date) returning fence_id`.execute(db)
    return [...new Set(rows.map((row) => row.fence_id))]
  },

  async expiring(before: Date, after: Date): Promise<readonly Expiring[]> {
    const { rows } = await sql<Expiring>`
      select x.matter_id as matter, x.person_id as person, p.name, p.org_code as org, p.officer_id as officer, x.until_at as until
      from permit_pass x join person p on p.id = x.person_id
      where x.what = 'travel' and x.until_at > ${after} and x.until_at <= ${before} and p.state = 'inCorrection'
        and not exists (select 1 from task t where t.kind = 'leave.travelExpiry' and t.subject_id = x.matter_id)
        and not exists (select 1 from permit_pass y where y.person_id = x.person_id and y.what = 'travel' and y.until_at > x.until_at)
        and not exists (select 1 from matter m where m.person_id = x.person_id and m.kind = 'recurrentTravel' and m.end_id is null)
      order by x.until_at limit 200`.execute(db)
    return rows
  },
})
