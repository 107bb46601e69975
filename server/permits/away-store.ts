import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'

export interface ContactRow {
  id: string
  leave_id: string
  person_id: string
  org_code: string
  at: Date
  means: 'phone' | 'video' | 'visit' | 'agency'
  result: 'reached' | 'unreached' | 'concern'
  note: string
  by_id: string | null
  by_name: string
  recorded_at: Date
}

/** What the agency at the destination is told: enough to help, and no more. */
export interface HelpAbout {
  readonly name: string
  readonly destination: string
  readonly from: string
  readonly until: string
  readonly contact: { readonly name: string; readonly phone: string } | null
}

export interface HelpRow {
  id: string
  leave_id: string
  person_id: string
  org_code: string
  other_org: string | null
  organ: string
  letter: string
  wish: string
  about: HelpAbout
  asked_at: Date
  asked_by: string | null
  asked_name: string
  answer: string | null
  answered_at: Date | null
  answered_name: string | null
}

/** The order to return at once (责令立即返回). */
export interface Recall {
  readonly by: string
  readonly byId: string
  readonly at: string
  readonly reason: string
  readonly told: 'phone' | 'video' | 'message' | 'inPerson' | 'agency'
}

/** Somebody on leave and since when nobody spoke to him. */
export interface Silent {
  readonly id: string
  readonly person_id: string
  readonly org_code: string
  readonly name: string
  readonly officer: string | null
  readonly last: Date
}

declare module '../core/tables.ts' {
  interface Tables {
    leave_contact: ContactRow
    leave_help: HelpRow
  }
}

/** The unit through whose eyes this transaction looks. */
export async function unitOfCaller(db: ScopedDb): Promise<string> {
  const { rows } = await sql<{ unit: string | null }>`select current_setting('zj.unit', true) as unit`.execute(db)
  return rows[0]?.unit ?? ''
}

const wrote = ({ numInsertedOrUpdatedRows }: { readonly numInsertedOrUpdatedRows?: bigint | undefined }) =>
  Number(numInsertedOrUpdatedRows ?? 0) > 0

/** What is recorded of a leave while it lasts. */
export const awayStore = (db: ScopedDb) => ({
  /** False: its id is taken, and nothing was written. */
  contacted: async (row: ContactRow): Promise<boolean> =>
    wrote(
      await db
        .insertInto('leave_contact')
        .values(row)
        .onConflict((c) => c.doNothing())
        .executeTakeFirst(),
    ),

  /** The leave that a contact or a request for help in sight belongs to. */
  async leaveOf(table: 'leave_contact' | 'leave_help', id: string): Promise<string | null> {
    const row = await db.selectFrom(table).select('leave_id').where('id', '=', id).executeTakeFirst()
    return row?.leave_id ?? null
  },

  /** What keeps a person in sight apart. */
  marks: (person: string): Promise<{ minor: boolean; sealed: boolean }> =>
    db.selectFrom('person').select(['minor', 'sealed']).where('id', '=', person).executeTakeFirstOrThrow(notFound),

  recalled: (id: string, until: Date, recall: Recall) =>
    sql`update leave set recalled_until = ${until}, recall = ${JSON.stringify(recall)}::jsonb, revision = revision + 1 where id = ${id}::uuid`.execute(
      db,
    ),

  filed: (id: string, at: Date, by: string) =>
    sql`update leave set filed_at = ${at}, filed_by = ${by}::uuid where id = ${id}::uuid and filed_at is null`.execute(
      db,
    ),

  addHelp: async (row: HelpRow): Promise<boolean> =>
    wrote(
      await db
        .insertInto('leave_help')
        .values({ ...row, about: sql<HelpAbout>`${JSON.stringify(row.about)}::jsonb` })
        .onConflict((c) => c.doNothing())
        .executeTakeFirst(),
    ),

  async lockHelp(id: string): Promise<HelpRow> {
    const row = await db.selectFrom('leave_help').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    if (!row) throw notFound()
    return row
  },

  answered: (id: string, answer: string, at: Date, by: string) =>
    db.updateTable('leave_help').set({ answer, answered_at: at, answered_name: by }).where('id', '=', id).execute(),

  /** What other counties ask of a unit, newest first; open ones before those answered. */
  async received(unit: string, page: { number: number; size: number }): Promise<{ rows: HelpRow[]; total: number }> {
    const { rows } = await sql<HelpRow & { total: number }>`
      select h.*, count(*) over () as total from leave_help h where starts_with(h.other_org, ${unit})
      order by (h.answered_at is null) desc, h.asked_at desc, h.id limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(
      db,
    )
    return { rows, total: Number(rows[0]?.total ?? 0) }
  },

  async orgName(code: string): Promise<string | null> {
    const { rows } = await sql<{ name: string }>`select name from org where code = ${code}`.execute(db)
    return rows[0]?.name ?? null
  },

  /** Away today and not spoken to since an instant: whose contact may be due, and for how many whole days it was silent. */
  async uncontacted(today: string, since: Date): Promise<Silent[]> {
    const { rows } = await sql<Silent>`
      select * from (
        select l.id, l.person_id, p.org_code, p.name, p.officer_id as officer, l.from_day,
          greatest(l.from_day::timestamp at time zone 'Asia/Shanghai',
            (select max(k.at) from leave_contact k where k.leave_id = l.id and k.result <> 'unreached')) as last
        from leave l join person p on p.id = l.person_id
        where l.state = 'approved' and not l.imported and l.from_day <= ${today}::date and l.until_day >= ${today}::date
          and not exists (select 1 from task t where t.kind = 'leave.contact' and t.subject_id = l.id and t.state in ('open', 'claimed', 'submitted'))
      ) s where last <= ${since} order by last limit 200`.execute(db)
    return rows
  },
})
