import type { FenceCalendar, FenceKind } from '@zhijiao/contract/fences'
import { type Area, type Bounds, boundsOf } from '@zhijiao/geo/area'
import type { Datum } from '@zhijiao/geo/datum'
import type { Place } from '@zhijiao/geo/distance'
import { sql } from 'kysely'
import { type Db, type ScopedDb, underPrefix } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'
import type { Tables } from '../core/tables.ts'
import type { FenceReach, Territory } from './domain.ts'

declare module '../core/tables.ts' {
  interface Tables {
    fence: {
      id: string
      org_code: string
      name: string
      kind: FenceKind
      area: Area
      box: Bounds
      source_crs: Datum
      source_note: string
      calendar: FenceCalendar
      dwell_min: number
      basis: string
      synthetic: boolean
      personal: boolean
      active: boolean
      created_by: string | null
      created_at: Date
      revision: number
    }
    fence_person: {
      fence_id: string
      person_id: string
      from_day: string
      until_day: string | null
      basis: string
      added_by: string | null
      added_at: Date
    }
  }
}

export interface StoredFence {
  readonly id: string
  readonly org: string
  readonly name: string
  readonly kind: FenceKind
  readonly area: Area
  readonly datum: Datum
  readonly sourceNote: string
  readonly calendar: FenceCalendar
  readonly dwellMin: number
  readonly basis: string
  readonly synthetic: boolean
  /** A living area drawn for single persons: no part of its county's outline. */
  readonly personal: boolean
  readonly active: boolean
  readonly createdBy: string | null
  readonly createdAt: Date
  readonly revision: number
}

export interface FenceLine {
  readonly id: string
  readonly org: string
  readonly org_name: string
  readonly name: string
  readonly kind: FenceKind
  readonly shape: Area['kind']
  readonly box: Bounds
  readonly calendar: FenceCalendar
  readonly dwell_min: number
  readonly basis: string
  readonly datum: Datum
  readonly source_note: string
  readonly synthetic: boolean
  readonly personal: boolean
  readonly active: boolean
  readonly people: number
  readonly created_at: Date
  readonly revision: number
}

export interface AssignedLine {
  readonly person_id: string
  readonly name: string
  readonly org: string
  readonly from_day: string
  readonly until_day: string | null
  readonly basis: string
  readonly added_at: Date
}

const byKind = sql`f.kind, f.name`
const orders = new Map([
  ['-kind', sql`f.kind desc, f.name`],
  ['name', sql`f.name`],
  ['-name', sql`f.name desc`],
  ['org', sql`f.org_code, f.name`],
  ['-org', sql`f.org_code desc, f.name`],
])

const lineColumns = (today: string) => sql`
  f.id, f.org_code as org, coalesce(o.name, '') as org_name, f.name, f.kind, f.area ->> 'kind' as shape, f.box, f.calendar, f.dwell_min,
  f.basis, f.source_crs as datum, f.source_note, f.synthetic, f.personal, f.active, f.created_at, f.revision,
  (select count(distinct a.person_id) from fence_person a
    where a.fence_id = f.id and a.from_day <= ${today} and (a.until_day is null or a.until_day >= ${today})) as people`

/** The only SQL about fences 围栏 and whom they bind. */
export const fenceStore = (db: ScopedDb | Db) => ({
  async list(
    filter: {
      /** Left out: what is of the unit's line, and what binds a person the caller sees; no territory of a neighbour. */
      org?: string | undefined
      unit: string
      kind?: FenceKind | undefined
      q?: string | undefined
      retired?: boolean | undefined
    },
    today: string,
    page: { limit: number; offset: number; sort?: string | undefined },
  ): Promise<{ lines: FenceLine[]; total: number }> {
    const { low, high } = underPrefix(filter.org ?? '')
    const near =
      filter.org === undefined
        ? sql`(f.of_persons or starts_with(f.org_code, ${filter.unit}) or starts_with(${filter.unit}, f.org_code))`
        : sql`true`
    const where = sql`f.org_code >= ${low} and f.org_code < ${high} and ${near} and f.active = ${!filter.retired}
      and (${filter.kind ?? null}::text is null or f.kind = ${filter.kind ?? null})
      and (${filter.q ?? null}::text is null or strpos(f.name, ${filter.q ?? null}) > 0)`
    const lines = await sql<FenceLine>`select ${lineColumns(today)} from fence f left join org o on o.code = f.org_code
      where ${where} order by ${orders.get(page.sort ?? 'kind') ?? byKind}, f.id limit ${page.limit} offset ${page.offset}`.execute(
      db,
    )
    const count = await sql<{ n: number }>`select count(*) as n from fence f where ${where}`.execute(db)
    return { lines: lines.rows, total: count.rows[0]?.n ?? 0 }
  },

  async line(id: string, today: string): Promise<FenceLine> {
    const found = await sql<FenceLine>`select ${lineColumns(today)} from fence f left join org o on o.code = f.org_code
      where f.id = ${id}`.execute(db)
    const [row] = found.rows
    if (!row) throw notFound()
    return row
  },

  async get(id: string): Promise<StoredFence> {
    const row = await db.selectFrom('fence').selectAll().where('id', '=', id).executeTakeFirstOrThrow(notFound)
    return fromRow(row)
  },

  /** Locked for a change; nothing where the caller sees it and may not change it. */
  async lock(id: string): Promise<StoredFence | undefined> {
    const row = await db.selectFrom('fence').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
    return row && fromRow(row)
  },

  /** Whether it is the caller's to use, and whether it binds, today or later, anybody beyond his unit. */
  async reach(id: string): Promise<FenceReach> {
    const { rows } = await sql<FenceReach>`
      select zj_fence_ours(f.id, f.org_code, f.of_persons) as ours, zj_fence_elsewhere(f.id) as elsewhere
      from fence f where f.id = ${id}`.execute(db)
    return rows[0] ?? { ours: false, elsewhere: false }
  },

  async add(fence: StoredFence): Promise<void> {
    await db
      .insertInto('fence')
      .values({
        id: fence.id,
        org_code: fence.org,
        created_by: fence.createdBy,
        created_at: fence.createdAt,
        ...changing(fence),
      })
      .execute()
    await changed(db, fence.id)
  },

  async put(fence: StoredFence): Promise<void> {
    await db.updateTable('fence').set(changing(fence)).where('id', '=', fence.id).execute()
    await changed(db, fence.id)
  },

  /** Everything in use, with its outline; for the engine. */
  async inUse(): Promise<StoredFence[]> {
    return (await db.selectFrom('fence').selectAll().where('active', '=', true).execute()).map(fromRow)
  },

  /** Assignments that may matter on a day or later. */
  async assignmentsFrom(day: string) {
    return db
      .selectFrom('fence_person')
      .select(['fence_id', 'person_id', 'from_day', 'until_day', 'basis'])
      .where((eb) => eb.or([eb('until_day', 'is', null), eb('until_day', '>=', day)]))
      .execute()
  },

  /** A digest of what `inUse`, `assignmentsFrom` and `territories` give: xmin is another whenever a row was written. */
  async version(day: string): Promise<string> {
    const found = await sql<{ version: string }>`
      select count(*) || ' ' || coalesce(bit_xor(hashtextextended(said, 0)), 0) as version from (
        select f.id || ' ' || f.xmin::text as said from fence f where f.active
        union all
        select a.fence_id || ' ' || a.person_id || ' ' || a.from_day || ' ' || a.xmin::text from fence_person a
          where a.until_day is null or a.until_day >= ${day}
        union all
        select o.code || ' ' || o.xmin::text from org o where o.level = 'county' and o.active) as book`.execute(db)
    return found.rows[0]?.version ?? ''
  },

  async assignmentsOf(person: string, day: string) {
    return db
      .selectFrom('fence_person')
      .select(['fence_id', 'from_day', 'until_day', 'basis'])
      .where('person_id', '=', person)
      .where((eb) => eb.or([eb('until_day', 'is', null), eb('until_day', '>=', day)]))
      .orderBy('from_day')
      .execute()
  },

  /** Adds where nothing of this fence runs on that day yet. Returns whom. */
  async assign(
    fence: string,
    persons: readonly { id: string; org: string }[],
    terms: { from: string; until: string | null; basis: string; by: string; at: Date },
  ): Promise<readonly string[]> {
    const added = await sql<{ person_id: string }>`
      insert into fence_person (fence_id, person_id, from_day, until_day, basis, added_by, added_at)
      select ${fence}, p, ${terms.from}, ${terms.until}, ${terms.basis}, ${terms.by}, ${terms.at}
      from unnest(${persons.map((p) => p.id)}::uuid[]) p
      where not exists (select 1 from fence_person a where a.fence_id = ${fence} and a.person_id = p
        and a.from_day <= coalesce(${terms.until}::date, 'infinity') and coalesce(a.until_day, 'infinity') >= ${terms.from}::date)
      returning person_id`.execute(db)
    await changed(db, fence)
    return added.rows.map((r) => r.person_id)
  },

  /** Everybody who is or was bound by it. */
  async bound(fence: string): Promise<string[]> {
    const { rows } = await sql<{ id: string }>`
      select distinct person_id as id from fence_person where fence_id = ${fence}`.execute(db)
    return rows.map((r) => r.id)
  },

  async assigned(
    fence: string,
    page: { limit: number; offset: number },
  ): Promise<{ lines: AssignedLine[]; total: number }> {
    const lines = await sql<AssignedLine>`
      select a.person_id, p.name, p.org_code as org, a.from_day, a.until_day, a.basis, a.added_at
      from fence_person a join person p on p.id = a.person_id
      where a.fence_id = ${fence} order by a.until_day desc nulls first, p.name, a.from_day limit ${page.limit} offset ${page.offset}`.execute(
      db,
    )
    const count = await sql<{ n: number }>`select count(*) as n from fence_person where fence_id = ${fence}`.execute(db)
    return { lines: lines.rows, total: count.rows[0]?.n ?? 0 }
  },

  /** Ends what runs after a day; what has not begun by then is ended before it begins. */
  async release(fence: string, person: string, until: string): Promise<number> {
    const ended = await sql`
      update fence_person set until_day = greatest(${until}::date, from_day - 1)
      where fence_id = ${fence} and person_id = ${person} and (until_day is null or until_day > ${until}::date)`.execute(
      db,
    )
    await changed(db, fence)
    return Number(ended.numAffectedRows ?? 0)
  },

  /** Whom of these, or of a group, the caller sees and who is in correction. */
  async persons(
    choice: { ids: readonly string[] } | { org: string; level: string | null; category: string | null },
  ): Promise<readonly { id: string; org: string }[]> {
    if ('ids' in choice) {
      const found = await sql<{ id: string; org: string }>`
        select id, org_code as org from person
        where id = any(${[...choice.ids]}::uuid[]) and merged_into is null and state in ('awaiting', 'inCorrection', 'missing')`.execute(
        db,
      )
      return found.rows
    }
    const { low, high } = underPrefix(choice.org)
    const found = await sql<{ id: string; org: string }>`
      select id, org_code as org from person
      where org_code >= ${low} and org_code < ${high} and merged_into is null and state = 'inCorrection'
        and (${choice.level}::text is null or level = ${choice.level}) and (${choice.category}::text is null or category = ${choice.category})`.execute(
      db,
    )
    return found.rows
  },

  async person(id: string): Promise<{ id: string; name: string; org: string }> {
    const found = await sql<{ id: string; name: string; org: string }>`
      select id, name, org_code as org from person where id = ${id}`.execute(db)
    const [row] = found.rows
    if (!row) throw notFound()
    return row
  },

  /** Registered homes under a unit, as far as the caller sees them; degrees WGS-84. */
  async residences(org: string): Promise<readonly Place[]> {
    const { low, high } = underPrefix(org)
    const found = await sql<{ lat: number; lon: number }>`
      select residence_lat as lat, residence_lon as lon from person
      where org_code >= ${low} and org_code < ${high} and merged_into is null and state = 'inCorrection'
        and residence_lat is not null and residence_lon is not null`.execute(db)
    return found.rows
  },

  /** Whether a unit is in use. */
  async unitInUse(org: string): Promise<boolean> {
    return (
      (await db
        .selectFrom('org')
        .select('code')
        .where('code', '=', org)
        .where('active', '=', true)
        .executeTakeFirst()) !== undefined
    )
  },

  /** County-level units, all or those of one city. */
  async territories(city = ''): Promise<readonly Territory[]> {
    const { low, high } = underPrefix(city)
    return db
      .selectFrom('org')
      .select(['code', 'name', 'urban'])
      .where('level', '=', 'county')
      .where('active', '=', true)
      .where('code', '>=', low)
      .where('code', '<', high)
      .orderBy('code')
      .execute()
  },

  async livingFences(orgs: readonly string[]): Promise<readonly { id: string; org: string }[]> {
    if (orgs.length === 0) return []
    return db
      .selectFrom('fence')
      .select(['id', 'org_code as org'])
      .where('kind', '=', 'livingArea')
      .where('personal', '=', false)
      .where('active', '=', true)
      .where('org_code', 'in', [...orgs])
      .execute()
  },
})

/** Ids only; the engine reads again what it names. */
const changed = (db: ScopedDb | Db, id: string) => sql`select pg_notify('zj_fences', ${id})`.execute(db)

const json = <T>(value: T) => sql<T>`${JSON.stringify(value)}::jsonb`

function changing(fence: StoredFence) {
  return {
    name: fence.name,
    kind: fence.kind,
    area: json(fence.area),
    box: json(boundsOf(fence.area)),
    source_crs: fence.datum,
    source_note: fence.sourceNote,
    calendar: fence.calendar === null ? null : json(fence.calendar),
    dwell_min: fence.dwellMin,
    basis: fence.basis,
    synthetic: fence.synthetic,
    personal: fence.personal,
    active: fence.active,
    revision: fence.revision,
  }
}

/** A row as it is read; the box only serves the search. */
type FenceRecord = Omit<Tables['fence'], 'box'>

function fromRow(row: FenceRecord): StoredFence {
  return {
    id: row.id,
    org: row.org_code,
    name: row.name,
    kind: row.kind,
    area: row.area,
    datum: row.source_crs,
    sourceNote: row.source_note,
    calendar: row.calendar,
    dwellMin: row.dwell_min,
    basis: row.basis,
    synthetic: row.synthetic,
    personal: row.personal,
    active: row.active,
    createdBy: row.created_by,
    createdAt: row.created_at,
    revision: row.revision,
  }
}
