import type { TravelMode } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import type { LeaveCompetence } from '@zhijiao/law/leave'
import { sql } from 'kysely'
import { codesUnder, type Db, type ScopedDb } from '../core/db.ts'
import { readPage } from '../core/page.ts'
import { notFound } from '../core/refusals.ts'
import type { ContactRow, Recall } from './away-store.ts'
import type { AtDestination, Earlier, LeaveState, Standing, Wish } from './domain.ts'

export interface LeaveRow {
  id: string
  person_id: string
  /** Unit of the person while the leave is under way; of one that is over, that of its time. */
  org_code: string
  from_day: string
  until_day: string
  destination: string
  area: string | null
  country: string
  travel_by: TravelMode[]
  reason: string
  reason_text: string
  state: LeaveState
  competent: LeaveCompetence['level']
  rule: string
  competence: LeaveCompetence
  asked_at: Date
  asked_by: string | null
  decided_by: string | null
  decided_at: Date | null
  decision_note: string
  returned_on: string | null
  /** `byId`: of those written since objections look for it. */
  opinions: Partial<Record<'office' | 'county', { text: string; by: string; byId?: string; at: string }>>
  delayed_at: Date | null
  delayed_until: string | null
  delay_reason: string | null
  /** Who took it back. */
  cancelled_by: string | null
  /** The leave whose decision was set aside, and the objection whose answer did it. */
  anew_of: string | null
  objection_id: string | null
  /** Files that prove the reason. */
  proofs: string[]
  contact: AtDestination | null
  /** Why it was approved without proof. */
  unproven: string | null
  /** When and by whom the county took note of what the office approved. */
  filed_at: Date | null
  filed_by: string | null
  /** The order to return at once, and by when. */
  recall: Recall | null
  recalled_until: Date | null
  /** From an old file: whoever asked and decided then stands by name. */
  imported: boolean
  asked_name: string | null
  decided_name: string | null
  law_revision: string
  revision: number
}

/** A contact or a request for help as it comes beside its leave; instants as PostgreSQL writes them in JSON. */
export interface BesideLeave {
  readonly contacts: readonly {
    id: string
    at: string
    means: ContactRow['means']
    result: ContactRow['result']
    note: string
    by: string
  }[]
  readonly helps: readonly {
    id: string
    organ: string
    letter: string
    wish: string
    asked_at: string
    asked_name: string
    other_org: string | null
    answer: string | null
    answered_at: string | null
    answered_name: string | null
  }[]
}

export interface ShownLeave extends LeaveRow, BesideLeave {
  filer: string | null
  org_name: string
  person_name: string
  person_number: string
  /** The procuratorate has still to be told. */
  to_tell: boolean
  asker: string | null
  decider: string | null
  /** The objection against its decision, unless it was taken back. */
  contested_by: string | null
  contested_end: string | null
}

/** A leave of an old file as it is written down; instants ISO 8601. */
export interface OldRow
  extends Pick<
    LeaveRow,
    | 'id'
    | 'person_id'
    | 'org_code'
    | 'from_day'
    | 'until_day'
    | 'destination'
    | 'area'
    | 'country'
    | 'reason'
    | 'reason_text'
    | 'travel_by'
    | 'state'
    | 'competent'
    | 'rule'
    | 'competence'
    | 'asked_name'
    | 'decided_name'
    | 'decision_note'
    | 'returned_on'
    | 'law_revision'
  > {
  readonly asked_at: string
  readonly decided_at: string
  readonly source: string
}

/** A person of an old file and what was granted so far. */
export interface Granted {
  readonly id: string
  readonly org: string
  readonly earlier: Earlier[]
}

/** Whoever leave is asked for. */
export interface Applicant {
  readonly org: string
  readonly name: string
  readonly officer: string | null
  readonly state: Standing
}

export interface LeaveFilters {
  /** In the name or the number of the file. */
  readonly q?: string
  readonly state?: LeaveState
  readonly person?: string
  readonly org?: string
  readonly overstayed?: boolean
  readonly on?: string
  /** Approved by the office, and the county has not taken note yet. */
  readonly toFile?: boolean
}

const like = (word: string) => `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

const columns = sql`
  l.*, o.name as org_name, p.name as person_name, p.number as person_number,
  coalesce(zj_staff_name(l.asked_by), l.asked_name) as asker, coalesce(zj_staff_name(l.decided_by), l.decided_name) as decider,
  exists (select 1 from task t where t.kind = 'leave.tellProcuratorate' and t.subject_id = l.id
    and t.state in ('open', 'claimed', 'submitted')) as to_tell,
  zj_staff_name(l.filed_by) as filer,
  (select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'at', k.at, 'means', k.means, 'result', k.result, 'note', k.note,
    'by', k.by_name) order by k.at desc), '[]') from leave_contact k where k.leave_id = l.id) as contacts,
  (select coalesce(jsonb_agg(to_jsonb(h) - 'about' order by h.asked_at desc), '[]') from leave_help h where h.leave_id = l.id) as helps,
  contest.id as contested_by, contest.end_id as contested_end`
const plain = sql`from leave l join person p on p.id = l.person_id join org o on o.code = l.org_code`
const source = sql`${plain}
  left join lateral (select m.id, m.end_id from matter m where m.origin_id = l.id and m.kind = 'objection'
    and m.end_id is distinct from 'withdrawn' order by m.opened_at desc limit 1) contest on true`

/** What was asked for, as it lies in the row. */
export const wishIn = (row: LeaveRow): Wish => ({
  from: civilDate(row.from_day),
  until: civilDate(row.until_day),
  destination: { text: row.destination, ...(row.area ? { area: row.area } : {}), country: row.country },
  travelBy: row.travel_by,
  reason: row.reason,
})

const asEarlier = (r: LeaveRow): Earlier => ({
  id: r.id,
  from: civilDate(r.from_day),
  until: civilDate(r.until_day),
  state: r.state,
  returnedOn: r.returned_on === null ? null : civilDate(r.returned_on),
})

/** Which of these ids a leave bears. Through the eyes of the system: anybody's. */
export async function idsOfLeaves(db: Db, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const { rows } = await sql<{ id: string }>`select id from leave where id = any (${[...ids]}::uuid[])`.execute(db)
  return new Set(rows.map((r) => r.id))
}

const orders = new Map([
  ['from', sql`l.from_day`],
  ['-from', sql`l.from_day desc`],
  ['until', sql`l.until_day`],
  ['-until', sql`l.until_day desc`],
  ['asked', sql`l.asked_at`],
])

export const leaveStore = (db: ScopedDb) => ({
  /** Where a person in sight belongs; locked, so that two applications of one person are weighed one after the other. */
  async person(id: string): Promise<Applicant> {
    const { rows } = await sql<Applicant>`
      select org_code as org, name, officer_id as officer, state from person where id = ${id}::uuid`.execute(db)
    const [person] = rows
    if (!person) throw notFound()
    await sql`select pg_advisory_xact_lock(hashtext(${`leave ${id}`}))`.execute(db)
    return person
  },

  async earlier(person: string, except?: string): Promise<Earlier[]> {
    const { rows } =
      await sql<LeaveRow>`select * from leave where person_id = ${person}::uuid order by from_day`.execute(db)
    return rows.filter((r) => r.id !== except).map(asEarlier)
  },

  /** With the names that belong to it; undefined: none in sight. */
  async find(id: string): Promise<ShownLeave | undefined> {
    const { rows } = await sql<ShownLeave>`select ${columns} ${source} where l.id = ${id}::uuid`.execute(db)
    return rows[0]
  },

  async ofPerson(person: string): Promise<ShownLeave[]> {
    const { rows } = await sql<ShownLeave>`
      select ${columns} ${source} where l.person_id = ${person}::uuid order by l.asked_at desc`.execute(db)
    return rows
  },

  async withIds(ids: readonly string[]): Promise<LeaveRow[]> {
    const { rows } = await sql<LeaveRow>`select * from leave where id = any (${[...ids]}::uuid[])`.execute(db)
    return rows
  },

  /** Granted leaves that stand in no file yet, by id from `after`. */
  async unfiled(after: string | null, limit: number): Promise<Pick<LeaveRow, 'id' | 'org_code'>[]> {
    const { rows } = await sql<Pick<LeaveRow, 'id' | 'org_code'>>`
      select l.id, l.org_code from leave l join person p on p.id = l.person_id and p.merged_into is null
      where l.state in ('approved', 'returned') and (${after}::uuid is null or l.id > ${after}::uuid)
        and not exists (select 1 from person_part f where f.source_id = l.id)
      order by l.id limit ${limit}`.execute(db)
    return rows
  },

  async lock(id: string): Promise<LeaveRow> {
    const { rows } = await sql<LeaveRow>`select * from leave where id = ${id}::uuid for update`.execute(db)
    const [row] = rows
    if (!row) throw notFound()
    return row
  },

  async one(id: string): Promise<ShownLeave> {
    const row = await this.find(id)
    if (!row) throw notFound()
    return row
  },

  async list(
    f: LeaveFilters,
    { today, now, unit }: { readonly today: CivilDate; readonly now: number; readonly unit: string },
    page: { number: number; size: number; sort: string },
  ): Promise<{ rows: ShownLeave[]; total: number }> {
    const where = sql.join(
      [
        // A leave is seen with its person, wherever he was when he asked; his unit is what the index on persons knows.
        codesUnder('p.org_code', unit),
        ...(f.q ? [sql`(p.name ilike ${like(f.q)} or p.number ilike ${like(f.q)})`] : []),
        ...(f.state ? [sql`l.state = ${f.state}`] : []),
        ...(f.person ? [sql`l.person_id = ${f.person}::uuid`] : []),
        ...(f.org ? [codesUnder('l.org_code', f.org)] : []),
        ...(f.on
          ? [
              sql`l.state in ('approved', 'returned') and l.from_day <= ${f.on}::date and coalesce(l.returned_on, l.until_day) >= ${f.on}::date`,
            ]
          : []),
        ...(f.overstayed === undefined
          ? []
          : [
              sql`(l.state = 'approved' and (l.until_day < ${today}::date or coalesce(l.recalled_until < ${new Date(now)}, false))) = ${f.overstayed}`,
            ]),
        ...(f.toFile === undefined
          ? []
          : [
              sql`(l.state in ('approved', 'returned') and not l.imported and l.filed_at is null and (l.competence->>'filedWithCounty')::boolean) = ${f.toFile}`,
            ]),
      ],
      sql` and `,
    )
    const order = orders.get(page.sort) ?? sql`l.asked_at desc`
    return readPage(page, {
      ids: async ({ limit, offset }) =>
        (
          await sql<{ id: string; total: number }>`
            select l.id, count(*) over () as total ${plain} where ${where} order by ${order}, l.id limit ${limit} offset ${offset}`.execute(
            db,
          )
        ).rows,
      count: async () =>
        (await sql<{ total: number }>`select count(*) as total ${plain} where ${where}`.execute(db)).rows[0]?.total ??
        0,
      rows: async (ids) =>
        (await sql<ShownLeave>`select ${columns} ${source} where l.id = any (${[...ids]}::uuid[])`.execute(db)).rows,
    })
  },

  add: (
    row: Omit<
      LeaveRow,
      | 'decided_by'
      | 'decided_at'
      | 'decision_note'
      | 'returned_on'
      | 'revision'
      | 'opinions'
      | 'delayed_at'
      | 'delayed_until'
      | 'delay_reason'
      | 'cancelled_by'
      | 'imported'
      | 'asked_name'
      | 'decided_name'
      | 'unproven'
      | 'filed_at'
      | 'filed_by'
      | 'recall'
      | 'recalled_until'
    >,
  ) =>
    sql`
      insert into leave (id, person_id, org_code, from_day, until_day, destination, area, country, travel_by, reason, reason_text,
        state, competent, rule, competence, asked_at, asked_by, law_revision, anew_of, objection_id, proofs, contact)
      values (${row.id}::uuid, ${row.person_id}::uuid, ${row.org_code}, ${row.from_day}::date, ${row.until_day}::date,
        ${row.destination}, ${row.area}, ${row.country}, ${[...row.travel_by]}::text[], ${row.reason}, ${row.reason_text}, ${row.state}, ${row.competent},
        ${row.rule}, ${JSON.stringify(row.competence)}::jsonb, ${row.asked_at}, ${row.asked_by}::uuid, ${row.law_revision},
        ${row.anew_of}::uuid, ${row.objection_id}::uuid, ${[...row.proofs]}::uuid[], ${row.contact && JSON.stringify(row.contact)}::jsonb)`.execute(
      db,
    ),

  /**
   * People in sight with what they were granted so far, by id and by number, whichever they were named with; locked as
   * one application locks its person.
   */
  async people(names: readonly string[]): Promise<ReadonlyMap<string, Granted>> {
    const { rows } = await sql<{ id: string; number: string; org: string }>`
      select id, number, org_code as org from person
      where id = any (${names.filter((n) => uuid.test(n))}::uuid[]) or number = any (${[...names]}::text[]) order by id`.execute(
      db,
    )
    // In one order everywhere, so that two imports never wait for each other.
    for (const { id } of rows) await sql`select pg_advisory_xact_lock(hashtext(${`leave ${id}`}))`.execute(db)
    const { rows: granted } = await sql<LeaveRow>`
      select * from leave where person_id = any (${rows.map((r) => r.id)}::uuid[]) order by from_day`.execute(db)
    return new Map(
      rows.flatMap(({ id, number, org }) => {
        const person: Granted = { id, org, earlier: granted.filter((l) => l.person_id === id).map(asEarlier) }
        return [[id, person] as const, [number, person] as const]
      }),
    )
  },

  /** Leaves of old files in one statement. Whose id somebody else was faster with is not among the answer. */
  async addOld(rows: readonly OldRow[]): Promise<ReadonlySet<string>> {
    if (rows.length === 0) return new Set()
    const { rows: entered } = await sql<{ id: string }>`
      insert into leave (id, person_id, org_code, from_day, until_day, destination, area, country, reason, reason_text, travel_by, state,
        competent, rule, competence, asked_at, asked_name, decided_at, decided_name, decision_note, returned_on, law_revision,
        source, imported)
      select id, person_id, org_code, from_day, until_day, destination, area, country, reason, reason_text, travel_by, state,
        competent, rule, competence, asked_at, asked_name, decided_at, decided_name, decision_note, returned_on, law_revision,
        source, true
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r (id uuid, person_id uuid, org_code text, from_day date,
        until_day date, destination text, area text, country text, reason text, reason_text text, travel_by text[],
        state text, competent text, rule text, competence jsonb, asked_at timestamptz, asked_name text, decided_at timestamptz, decided_name text,
        decision_note text, returned_on date, law_revision text, source text)
      on conflict do nothing returning id`.execute(db)
    return new Set(entered.map((r) => r.id))
  },

  decided: (
    id: string,
    decision: {
      state: 'approved' | 'refused'
      by: string
      at: Date
      note: string
      competence: LeaveCompetence
      rule: string
      unproven: string | null
    },
  ) =>
    sql`
      update leave set state = ${decision.state}, decided_by = ${decision.by}::uuid, decided_at = ${decision.at},
        decision_note = ${decision.note}, unproven = ${decision.unproven}, competent = ${decision.competence.level}, rule = ${decision.rule},
        competence = ${JSON.stringify(decision.competence)}::jsonb, law_revision = ${decision.competence.revision},
        revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  /** A higher level turned out to be competent: the application moves there. */
  moved: (id: string, competence: LeaveCompetence, rule: string) =>
    sql`
      update leave set competent = ${competence.level}, rule = ${rule}, competence = ${JSON.stringify(competence)}::jsonb,
        revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  opined: (id: string, level: 'office' | 'county', said: { text: string; by: string; byId: string; at: string }) =>
    sql`
      update leave set opinions = opinions || ${JSON.stringify({ [level]: said })}::jsonb, revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  proved: (id: string, files: readonly string[]) =>
    sql`
      update leave set proofs = (select array_agg(distinct f) from unnest(proofs || ${[...files]}::uuid[]) f), revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  delayed: (id: string, delay: { at: Date; until: CivilDate; reason: string }) =>
    sql`
      update leave set delayed_at = ${delay.at}, delayed_until = ${delay.until}::date, delay_reason = ${delay.reason},
        revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  cancelled: (id: string, note: string, by: string) =>
    sql`
      update leave set state = 'cancelled', decision_note = ${note}, cancelled_by = ${by}::uuid, revision = revision + 1
      where id = ${id}::uuid`.execute(db),

  returned: (id: string, on: CivilDate) =>
    sql`update leave set state = 'returned', returned_on = ${on}::date, revision = revision + 1 where id = ${id}::uuid`.execute(
      db,
    ),

  /** Approved, past the last day or the hour he was ordered back by, and not yet told of. */
  async overstayed(today: CivilDate, now: number): Promise<LeaveRow[]> {
    const { rows } = await sql<LeaveRow>`
      select l.* from leave l where l.state = 'approved' and (l.until_day < ${today}::date or l.recalled_until < ${new Date(now)})
        and not exists (select 1 from task t where t.kind = 'leave.return' and t.subject_id = l.id)
      limit 200`.execute(db)
    return rows
  },
})
