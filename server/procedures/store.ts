import type { MatterQuery, OriginKind } from '@zhijiao/contract/matters'
import { isRole, type Role } from '@zhijiao/law/roles'
import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely'
import { codesUnder, type Eyes, type ScopedDb, withinReach } from '../core/db.ts'
import { readPage } from '../core/page.ts'
import { notFound } from '../core/refusals.ts'
import type { Tables } from '../core/tables.ts'
import type { Form } from './form.ts'

export interface MatterRow {
  id: string
  kind: string
  room: string
  org_code: string
  other_org: string | null
  person_id: string | null
  who: string
  class: string | null
  once: boolean
  step: string | null
  end_id: string | null
  holder_role: string | null
  holder_unit: string | null
  holder_id: string | null
  due_at: Date | null
  rule: string | null
  on_day: string
  register: Form
  draft: Form
  shown: Form
  cause_id: string | null
  /** The decision it comes of where no matter made it. */
  origin_kind: OriginKind | null
  origin_id: string | null
  opened_at: Date
  opened_by: string | null
  opened_name: string
  /** The partner organ from whose desk it came; the database says it of the account that began it. */
  organ_id: string | null
  entered_at: Date
  ended_at: Date | null
  imported: boolean
  law_revision: string
  revision: number
}
export interface PassageRow {
  id: string
  matter_id: string
  n: number
  step: string
  way: string
  to_step: string
  by_id: string | null
  by_name: string
  at: Date
  note: string
  form: Form
  cites: string[]
  law_revision: string
}
export interface ListedMatter extends MatterRow {
  org_name: string | null
  holder_unit_name: string | null
  holder_name: string | null
  person_name: string | null
  person_number: string | null
  /** The clock of its step has not begun. */
  clock_waits: boolean
}

declare module '../core/tables.ts' {
  interface Tables {
    matter: MatterRow
    matter_passage: PassageRow
  }
}

/** Through whose eyes a list is read. */
export interface Reader {
  readonly id: string
  readonly unit: string
  readonly eyes: Pick<Eyes, 'unit' | 'reach'>
  readonly roles: readonly string[]
  /** Milliseconds UTC. */
  readonly now: number
}

type Filters = Omit<MatterQuery, 'page' | 'size' | 'sort'>
type Eb = ExpressionBuilder<Tables, 'matter'>

/** Posts whose work a holder of these roles takes up. */
const posts = (roles: readonly string[]): readonly Role[] =>
  roles.filter(isRole).flatMap((role): Role[] => {
    if (role === 'countyHead') return ['countyHead', 'county']
    if (role === 'officeHead') return ['officeHead', 'officer']
    return [role]
  })

function inHand(eb: Eb, reader: Reader): Expression<SqlBool> {
  const held = posts(reader.roles)
  return eb.and([
    eb('matter.end_id', 'is', null),
    eb.or([
      eb('matter.holder_id', '=', reader.id),
      eb.and([
        eb('matter.holder_id', 'is', null),
        eb('matter.holder_unit', '=', reader.unit),
        held.length > 0 ? eb('matter.holder_role', 'in', [...held]) : eb.val(false),
      ]),
    ]),
  ])
}

/** Within the reader's reach, or asked of his county by another. */
const withinHands = ({ eyes }: Reader): Expression<SqlBool> =>
  sql<SqlBool>`(${withinReach('matter', eyes)} or ${codesUnder('matter.other_org', eyes.unit)})`

function matching(eb: Eb, filters: Filters, reader: Reader): Expression<SqlBool> {
  const all: Expression<SqlBool>[] = [withinHands(reader)]
  if (filters.kind) all.push(eb('matter.kind', '=', filters.kind))
  if (filters.room) all.push(eb('matter.room', '=', filters.room))
  if (filters.step) all.push(eb('matter.step', '=', filters.step))
  if (filters.end) all.push(eb('matter.end_id', '=', filters.end))
  if (filters.person) all.push(eb('matter.person_id', '=', filters.person))
  if (filters.org) all.push(codesUnder('matter.org_code', filters.org))
  if (filters.overdue !== undefined) {
    const late = eb.and([eb('matter.end_id', 'is', null), eb('matter.due_at', '<', new Date(reader.now))])
    all.push(filters.overdue ? late : eb.not(late))
  }
  if (filters.from) all.push(eb('matter.on_day', '>=', filters.from))
  if (filters.until) all.push(eb('matter.on_day', '<=', filters.until))
  if (filters.q) {
    const like = `%${filters.q.replace(/[\\%_]/g, '\\$&')}%`
    all.push(
      sql<SqlBool>`(matter.who ilike ${like} or exists (select 1 from person p where p.id = matter.person_id and p.number ilike ${like}))`,
    )
  }
  switch (filters.view ?? 'all') {
    case 'todo':
      all.push(inHand(eb, reader))
      break
    case 'running':
      all.push(eb('matter.end_id', 'is', null))
      break
    case 'ended':
      all.push(eb('matter.end_id', 'is not', null))
      break
    case 'mine':
      all.push(eb('matter.opened_by', '=', reader.id))
      break
    case 'passed':
      all.push(
        sql<SqlBool>`exists (select 1 from matter_passage mp where mp.matter_id = matter.id and mp.by_id = ${reader.id})`,
      )
      break
    case 'all':
      break
  }
  return eb.and(all)
}

const sorts = {
  opened: 'matter.opened_at',
  due: 'matter.due_at',
  on: 'matter.on_day',
  ended: 'matter.ended_at',
} as const

const withNames = (db: ScopedDb) =>
  db
    .selectFrom('matter')
    .leftJoin('org', 'org.code', 'matter.org_code')
    .leftJoin('org as hu', 'hu.code', 'matter.holder_unit')
    .leftJoin('person', 'person.id', 'matter.person_id')
    .selectAll('matter')
    .select([
      'org.name as org_name',
      'hu.name as holder_unit_name',
      'person.name as person_name',
      'person.number as person_number',
      sql<string | null>`zj_staff_name(matter.holder_id)`.as('holder_name'),
      sql<boolean>`matter.due_at is null and matter.rule is not null and exists (select 1 from task t
        where t.kind = 'matter.' || matter.kind and t.subject_id = matter.id and t.state in ('open', 'claimed', 'submitted')
          and t.clock_rule is not null and t.clock_from is null and t.due_on is null)`.as('clock_waits'),
    ])

const json = (value: unknown) => sql<Form>`${JSON.stringify(value)}::jsonb`

export const matterStore = (db: ScopedDb) => ({
  one: (id: string): Promise<ListedMatter> =>
    withNames(db).where('matter.id', '=', id).executeTakeFirstOrThrow(notFound),

  /** Locked for a passage. */
  hold: (id: string): Promise<MatterRow> =>
    db.selectFrom('matter').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound),

  /** Locked, where it is in sight, for whoever changes its duty. */
  lock: async (id: string): Promise<void> => {
    await db.selectFrom('matter').select('id').where('id', '=', id).forUpdate().execute()
  },

  find: (id: string): Promise<MatterRow | undefined> =>
    db.selectFrom('matter').selectAll().where('id', '=', id).executeTakeFirst(),

  /** The running one of its kind that allows only one. */
  runningOf: (person: string, kind: string) =>
    db
      .selectFrom('matter')
      .select('id')
      .where('person_id', '=', person)
      .where('kind', '=', kind)
      .where('end_id', 'is', null)
      .executeTakeFirst(),

  /** Everything of one person, oldest first. */
  ofPerson: (person: string): Promise<MatterRow[]> =>
    db
      .selectFrom('matter')
      .selectAll()
      .where('person_id', '=', person)
      .orderBy('on_day')
      .orderBy('opened_at')
      .execute(),

  /** The caller may ask again with the id he chose: the second time nothing is written. */
  async add(row: MatterRow): Promise<boolean> {
    const { numInsertedOrUpdatedRows } = await db
      .insertInto('matter')
      .values({ ...row, register: json(row.register), draft: json(row.draft), shown: json(row.shown) })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    return Number(numInsertedOrUpdatedRows ?? 0) > 0
  },

  async change(id: string, set: Partial<MatterRow>): Promise<void> {
    await db
      .updateTable('matter')
      .set({
        ...set,
        ...(set.draft ? { draft: json(set.draft) } : {}),
        revision: sql<number>`revision + 1`,
      })
      .where('id', '=', id)
      .execute()
  },

  async pass(row: Omit<PassageRow, 'n'>): Promise<void> {
    await db
      .insertInto('matter_passage')
      .values({
        ...row,
        form: json(row.form),
        n: sql<number>`(select count(*)::int + 1 from matter_passage where matter_id = ${row.matter_id})`,
      })
      .execute()
  },

  passages: (id: string): Promise<PassageRow[]> =>
    db.selectFrom('matter_passage').selectAll().where('matter_id', '=', id).orderBy('n').execute(),

  /** Passages of several matters, oldest first. */
  passagesOf: (ids: readonly string[]): Promise<PassageRow[]> =>
    ids.length === 0
      ? Promise.resolve([])
      : db
          .selectFrom('matter_passage')
          .selectAll()
          .where('matter_id', 'in', [...ids])
          .orderBy('n')
          .execute(),

  /** Objections of one person that were not taken back, by the id of what they contest. */
  async objectionsOf(person: string): Promise<ReadonlyMap<string, { id: string; end: string | null }>> {
    const rows = await db
      .selectFrom('matter')
      .select(['id', 'end_id', 'cause_id', 'origin_id'])
      .where('person_id', '=', person)
      .where('kind', '=', 'objection')
      .where((eb) => eb.or([eb('end_id', 'is', null), eb('end_id', '<>', 'withdrawn')]))
      .execute()
    return new Map(
      rows.flatMap(({ id, end_id, cause_id, origin_id }) => {
        const against = cause_id ?? origin_id
        return against ? [[against, { id, end: end_id }] as const] : []
      }),
    )
  },

  /** Names of units. */
  async unitNames(codes: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await sql<{ code: string; name: string }>`
      select code, name from org where code = any (${[...codes]}::text[])`.execute(db)
    return new Map(rows.map((r) => [r.code, r.name]))
  },

  /** Objections whose answer set aside what still stands unmarked in a file: of these matters, or (null) of all. */
  async setAside(sources: readonly string[] | null) {
    if (sources?.length === 0) return []
    const { rows } = await sql<Pick<MatterRow, 'id' | 'cause_id' | 'org_code' | 'ended_at'>>`
      select distinct on (o.cause_id) o.id, o.cause_id, o.org_code, p.at as ended_at from matter o
      join matter_passage p on p.matter_id = o.id and p.step = 'review' and p.way in ('change', 'revoke')
      join person_part f on f.source_id = o.cause_id and f.set_aside_by is null
      where o.kind = 'objection' and (${sources === null} or o.cause_id = any (${[...(sources ?? [])]}::uuid[]))
      order by o.cause_id, p.at`.execute(db)
    return rows
  },

  /** Ended matters of these kinds and ends that stand in no file yet, by id from `after`. */
  unfiled: (ends: readonly (readonly [kind: string, end: string])[], after: string | null, limit: number) =>
    db
      .selectFrom('matter')
      .selectAll()
      .where((eb) =>
        eb.or(ends.map(([kind, end]) => eb.and([eb('matter.kind', '=', kind), eb('matter.end_id', '=', end)]))),
      )
      .where('person_id', 'is not', null)
      .where(
        sql<SqlBool>`not exists (select 1 from person_part f where f.source_id = matter.id) and not exists (
          select 1 from person p where p.id = matter.person_id and p.merged_into is not null)`,
      )
      .$if(after !== null, (q) => q.where('id', '>', after))
      .orderBy('id')
      .limit(limit)
      .execute(),

  /** Two objections to one decision are weighed one after the other. */
  contesting: (decision: string) => sql`select pg_advisory_xact_lock(hashtext(${`objection ${decision}`}))`.execute(db),

  related: (row: Pick<MatterRow, 'id' | 'cause_id'>) =>
    db
      .selectFrom('matter')
      .select(['id', 'kind', 'end_id'])
      .select(sql<'from' | 'led'>`case when cause_id = ${row.id} then 'led' else 'from' end`.as('how'))
      .where((eb) =>
        row.cause_id ? eb.or([eb('cause_id', '=', row.id), eb('id', '=', row.cause_id)]) : eb('cause_id', '=', row.id),
      )
      .orderBy('opened_at')
      .execute(),

  async list(filters: Filters, reader: Reader, page: { number: number; size: number; sort: string }) {
    const down = page.sort.startsWith('-')
    const name = page.sort.replace(/^-/, '')
    const column = sorts[name in sorts ? (name as keyof typeof sorts) : 'opened']
    const matches = db.selectFrom('matter').where((eb) => matching(eb, filters, reader))
    return readPage(page, {
      ids: ({ limit, offset }) =>
        matches
          .select(['matter.id', sql<number>`count(*) over ()`.as('total')])
          .orderBy(column, (o) => (down ? o.desc().nullsLast() : o.asc().nullsLast()))
          .orderBy('matter.id', down ? 'desc' : 'asc')
          .limit(limit)
          .offset(offset)
          .execute(),
      count: async () =>
        (await matches.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()).total,
      rows: (ids) => withNames(db).where('matter.id', 'in', ids).execute(),
    })
  },

  counts: (filters: Filters, reader: Reader) =>
    db
      .selectFrom('matter')
      .select((eb) => [
        'kind',
        sql<number>`count(*) filter (where ${inHand(eb, reader)})::int`.as('todo'),
        sql<number>`count(*) filter (where end_id is null)::int`.as('running'),
        sql<number>`count(*) filter (where end_id is null and due_at < ${new Date(reader.now)})::int`.as('overdue'),
        sql<number>`count(*) filter (where end_id is not null)::int`.as('ended'),
      ])
      .where((eb) => matching(eb, { ...filters, view: 'all' }, reader))
      .groupBy('kind')
      .execute(),
})
export type MatterStore = ReturnType<typeof matterStore>
