import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { Db, ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'
import type { Last, ObligationKind, Standing } from './domain.ts'

declare module '../core/tables.ts' {
  interface Tables {
    obligation: ObligationRow
    office_watch: {
      person_id: string
      kind: string
      slot: string
      task_id: string | null
      opened_at: Date
      closed_at: Date | null
    }
  }
}

export interface ObligationRow {
  id: string
  person_id: string
  org_code: string
  kind: ObligationKind
  slot: string
  from_day: string
  due_on: string
  rule: string | null
  every: string | null
  task_id: string
  state: Last['state']
  done_on: string | null
  late: boolean
  note: string
  files: string[]
  shown_by: string | null
  settled_by: string | null
  settled_by_name: string | null
  settled_at: Date | null
  missed_at: Date | null
  outage_min: number
  created_at: Date
  revision: number
}

/** A person as the sweep reads him: his standing and whose he is. */
export interface Swept extends Standing {
  readonly name: string
  readonly officer: string | null
  /** What an electronic file needs and this one lacks; empty when it is complete. */
  readonly lacks: readonly { readonly zh: string; readonly en: string }[]
  readonly imported: boolean
}

interface StandingRow {
  id: string
  org_code: string
  name: string
  officer_id: string | null
  category: string
  level: string
  state: string
  term_start: string
  term_end: string
  residence: string
  imported: boolean
  effective: string | null
  received: string | null
  physical: string | null
  sentenced: boolean
  injunction: string
  injunctions: { from: string | null; until: string | null; open: boolean }[]
  leaves: { id: string; from: string; until: string; state: Standing['leaves'][number]['state']; back: string | null }[]
  put_off: { matter: string; on: string; until: string } | null
}

const dayOr = (text: string | null): CivilDate | null =>
  text && /^\d{4}-\d{2}-\d{2}$/.test(text) ? civilDate(text) : null

function putOffOf(row: StandingRow['put_off']): Standing['putOff'] {
  const [on, until] = [dayOr(row?.on ?? null), dayOr(row?.until ?? null)]
  return row && on && until ? { matter: row.matter, on, until } : null
}

/** A row of the file, or a report that was registered, that shows a duty was done. */
export interface Evidence {
  readonly id: string
  readonly person: string
  readonly part: string
  readonly on: string
  readonly by: string | null
}

export interface RunningObligation extends ObligationRow {
  paused_at: Date | null
  /** The last day as its clock stands. */
  clock_on: string | null
}

export const obligationStore = (db: Db | ScopedDb) => ({
  /** Persons after an id, in order, as their files stand now; merged files are left out. */
  async standings(where: { after: string; many: number } | { ids: readonly string[] }): Promise<Swept[]> {
    const some = 'ids' in where ? sql`p.id = any(${[...where.ids]}::uuid[])` : sql`p.id > ${where.after}::uuid`
    const { rows } = await sql<StandingRow>`
      select p.id, p.org_code, p.name, p.officer_id, p.category, p.level, p.state, p.term_start, p.term_end, p.residence,
        p.imported, p.injunction, s.data->>'effectiveOn' as effective, s.data is not null as sentenced,
        c.data->>'receivedOn' as received, c.data->>'physical' as physical,
        coalesce((select jsonb_agg(jsonb_build_object('id', l.id, 'from', l.from_day, 'until', l.until_day, 'state', l.state, 'back', l.returned_on))
          from leave l where l.person_id = p.id and l.until_day > (p.term_start - 1)), '[]') as leaves,
        (select jsonb_build_object('matter', m.id, 'on', to_char(m.ended_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), 'until', t.form->>'nextReview')
          from matter m join matter_passage t on t.matter_id = m.id and t.step = 'tell'
          where m.person_id = p.id and m.kind = 'medicalReview' and m.end_id = 'approved'
          order by m.ended_at desc, t.n desc limit 1) as put_off,
        coalesce((select jsonb_agg(jsonb_build_object('from', i.data->>'from', 'until', i.data->>'until', 'open', i.ended_at is null))
          from person_part i where i.person_id = p.id and i.part = 'injunction'), '[]') as injunctions
      from person p
      left join lateral (select data from person_part where person_id = p.id and part = 'sentence' and ended_at is null order by added_at desc limit 1) s on true
      left join lateral (select data from person_part where person_id = p.id and part = 'correction' and ended_at is null order by added_at desc limit 1) c on true
      where p.merged_into is null and ${some}
      order by p.id ${'ids' in where ? sql`` : sql`limit ${where.many}`}`.execute(db)
    return rows.map((r) => ({
      id: r.id,
      org: r.org_code,
      name: r.name,
      officer: r.officer_id,
      category: r.category,
      level: r.level,
      state: r.state,
      termStart: civilDate(r.term_start),
      termEnd: civilDate(r.term_end),
      effectiveOn: dayOr(r.effective),
      receivedOn: dayOr(r.received),
      injunctions: r.injunctions.filter((i) => i.open).map((i) => ({ from: dayOr(i.from), until: dayOr(i.until) })),
      injunctionUndated: r.injunction.trim() !== '' && r.injunctions.length === 0,
      medical: r.physical === '01',
      putOff: putOffOf(r.put_off),
      leaves: r.leaves.map((l) => ({
        id: l.id,
        from: civilDate(l.from),
        until: civilDate(l.until),
        state: l.state,
        returnedOn: dayOr(l.back),
      })),
      lacks: [
        ...(r.sentenced ? [] : [{ zh: '判决情况', en: 'the sentence' }]),
        ...(r.residence.trim() ? [] : [{ zh: '居住地', en: 'the residence' }]),
        ...(r.officer_id ? [] : [{ zh: '责任人', en: 'an officer' }]),
      ],
      imported: r.imported,
    }))
  },

  /** The newest obligation of each kind of these persons. */
  async lasts(persons: readonly string[]): Promise<ReadonlyMap<string, ReadonlyMap<ObligationKind, Last>>> {
    const by = new Map<string, Map<ObligationKind, Last>>()
    if (persons.length === 0) return by
    const { rows } = await sql<ObligationRow & { extended_to: string | null }>`
      select distinct on (o.person_id, o.kind) o.*,
        (select t.due_on from task t where t.id = o.task_id
          and exists (select 1 from task_clock c where c.task_id = t.id and c.what = 'extend')) as extended_to
      from obligation o
      where o.person_id = any(${[...persons]}::uuid[])
      order by o.person_id, o.kind, o.from_day desc, o.created_at desc`.execute(db)
    for (const row of rows) {
      const of = by.get(row.person_id) ?? new Map<ObligationKind, Last>()
      of.set(row.kind, {
        kind: row.kind,
        slot: row.slot,
        from: civilDate(row.from_day),
        due: civilDate(row.due_on),
        state: row.state,
        extendedTo: dayOr(row.extended_to),
      })
      by.set(row.person_id, of)
    }
    return by
  },

  /** Obligations that still run, of these persons, by person, with whether their clock rests. */
  async running(persons: readonly string[]): Promise<ReadonlyMap<string, RunningObligation[]>> {
    const by = new Map<string, RunningObligation[]>()
    if (persons.length === 0) return by
    const rows = await db
      .selectFrom('obligation')
      .innerJoin('task', 'task.id', 'obligation.task_id')
      .selectAll('obligation')
      .select(['task.paused_at', 'task.due_on as clock_on'])
      .where('obligation.person_id', 'in', [...persons])
      .where('obligation.state', '=', 'due')
      .execute()
    for (const row of rows) by.set(row.person_id, [...(by.get(row.person_id) ?? []), row])
    return by
  },

  /** Watches over the making of the file that are still open, by person. */
  async entryWatches(persons: readonly string[]): Promise<ReadonlyMap<string, string>> {
    if (persons.length === 0) return new Map()
    const rows = await db
      .selectFrom('office_watch')
      .select(['person_id', 'slot'])
      .where('person_id', 'in', [...persons])
      .where('kind', '=', 'entry')
      .where('closed_at', 'is', null)
      .execute()
    return new Map(rows.map((r) => [r.person_id, r.slot]))
  },

  /** The obligation of a kind that runs, where one does, locked. */
  runningOf: (person: string, kind: ObligationKind): Promise<ObligationRow | undefined> =>
    db
      .selectFrom('obligation')
      .selectAll()
      .where('person_id', '=', person)
      .where('kind', '=', kind)
      .where('state', '=', 'due')
      .orderBy('from_day', 'desc')
      .forUpdate()
      .executeTakeFirst(),

  /** Slots that a person has had of these kinds, whatever became of them. */
  async slots(person: string): Promise<ReadonlySet<string>> {
    const rows = await db.selectFrom('obligation').select(['kind', 'slot']).where('person_id', '=', person).execute()
    return new Set(rows.map((r) => `${r.kind} ${r.slot}`))
  },

  async add(row: ObligationRow): Promise<void> {
    await db.insertInto('obligation').values(row).execute()
  },

  /** Locked for a change; undefined where the caller does not see it. */
  async get(id: string): Promise<ObligationRow> {
    return db.selectFrom('obligation').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound)
  },

  async change(id: string, set: Partial<ObligationRow>): Promise<void> {
    await db
      .updateTable('obligation')
      .set({ ...set, revision: sql<number>`revision + 1` })
      .where('id', '=', id)
      .execute()
  },

  /** Rows of the file and registered reports, old ones too, that show a running or missed duty was done, each at most once. */
  async shownDone(persons: readonly string[], today: CivilDate): Promise<Evidence[]> {
    if (persons.length === 0) return []
    const { rows } = await sql<Evidence>`
      select distinct on (o.id) o.id, o.person_id as person, shown.id as part, shown.day as "on", shown.by
      from obligation o
      cross join lateral (
        select pp.id, pp.data->>'on' as day, pp.added_by as by from person_part pp
        where pp.person_id = o.person_id and pp.ended_at is null
          and pp.part = case o.kind when 'report' then 'reports' when 'education' then 'education' when 'publicGood' then 'service' end
        union all
        select m.id, to_char((m.register->>'at')::timestamptz at time zone 'Asia/Shanghai', 'YYYY-MM-DD'), m.opened_by
        from matter m
        where o.kind = 'injunctionReport' and m.person_id = o.person_id and m.kind = 'report' and m.register->>'what' = 'injunction'
      ) shown
      where o.person_id = any(${[...persons]}::uuid[]) and o.state in ('due', 'missed')
        and shown.day between to_char(o.from_day, 'YYYY-MM-DD') and ${today}
        and (o.state = 'due' or shown.day <= to_char(o.due_on + 30, 'YYYY-MM-DD'))
        and not exists (select 1 from obligation other where other.shown_by = shown.id)
      order by o.id, shown.day`.execute(db)
    return rows
  },
})
