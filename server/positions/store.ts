import type { Regime } from '@zhijiao/contract/devices'
import type { LatestPosition } from '@zhijiao/contract/positions'
import { type RawBuilder, sql } from 'kysely'
import { type Db, type Eyes, readsUnits, type ScopedDb, underPrefix, withinReach } from '../core/db.ts'
import { liveIntervals, recentIntervals } from './domain.ts'
import type { RefusalRow } from './read.ts'
import './tables.ts'

/** Days on which somebody may travel by rail or air, first and last. */
export interface FastJourney {
  readonly person_id: string
  readonly from_day: string
  readonly until_day: string
}

/** Approved journeys by rail or air that a position taken on `day` or later may belong to. */
export async function fastJourneysFrom(db: Db, day: string): Promise<readonly FastJourney[]> {
  const { rows } = await sql<FastJourney>`
    select person_id, from_day, until_day from fast_journey where until_day >= ${day}::date`.execute(db)
  return rows
}

export interface LatestRow {
  id: number
  person_id: string
  name: string
  org_code: string
  colour: LatestPosition['colour']
  category: string
  regime: Regime
  interval_s: number
  lat: number
  lon: number
  accuracy_m: number
  source: LatestPosition['source']
  course: number | null
  speed_kmh: number | null
  /** Milliseconds UTC; thousands of these make a map, and a Date each would cost more than the rest of the row. */
  ts: number
  received_at: number
  battery_pct: number | null
  flags: number
}

/** What a map is drawn from, field by field. */
export type LiveColumns = {
  readonly [K in Exclude<keyof LatestRow, 'category' | 'received_at'>]: readonly LatestRow[K][]
}

export interface LatestAsk {
  readonly org?: string
  readonly colour?: string
  readonly regime?: Regime
  readonly person?: string
  readonly since?: Date
  readonly freshness?: LatestPosition['freshness']
  readonly q?: string
  readonly sort?: string
}

const all = (conditions: readonly RawBuilder<unknown>[]) =>
  sql.join([sql`a.state = 'running'`, ...conditions], sql` and `)
const like = (word: string) => `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`

function conditionsOf(ask: LatestAsk, now: Date): RawBuilder<unknown>[] {
  const age = sql`extract(epoch from ${now}::timestamptz - l.ts)`
  const fresh: Readonly<Record<string, RawBuilder<unknown>>> = {
    live: sql`${age} <= a.interval_s * ${liveIntervals}::float8`,
    recent: sql`${age} > a.interval_s * ${liveIntervals}::float8 and ${age} <= a.interval_s * ${recentIntervals}::float8`,
    stale: sql`${age} > a.interval_s * ${recentIntervals}::float8 and ${age} <= 86400`,
    lost: sql`${age} > greatest(86400, a.interval_s * ${recentIntervals}::float8)`,
  }
  const { low, high } = underPrefix(ask.org ?? '')
  const chosen = ask.freshness ? fresh[ask.freshness] : undefined
  return [
    ...(ask.org ? [sql`p.org_code >= ${low} and p.org_code < ${high}`] : []),
    ...(ask.colour ? [sql`p.colour = ${ask.colour}`] : []),
    ...(ask.regime ? [sql`a.regime = ${ask.regime}`] : []),
    ...(ask.person ? [sql`p.id = ${ask.person}`] : []),
    ...(ask.since ? [sql`l.received_at > ${ask.since}`] : []),
    ...(ask.q ? [sql`(p.name like ${like(ask.q)} or p.number like ${like(ask.q)})`] : []),
    ...(chosen ? [chosen] : []),
  ]
}

const fields = {
  id: sql`l.activation_no`,
  person_id: sql`l.person_id`,
  name: sql`p.name`,
  org_code: sql`p.org_code`,
  colour: sql`p.colour`,
  category: sql`p.category`,
  regime: sql`a.regime`,
  interval_s: sql`a.interval_s`,
  lat: sql`l.lat`,
  lon: sql`l.lon`,
  accuracy_m: sql`l.accuracy_m`,
  source: sql`l.source`,
  course: sql`l.course`,
  speed_kmh: sql`l.speed_kmh`,
  ts: sql`round(date_part('epoch', l.ts) * 1000)`,
  received_at: sql`round(date_part('epoch', l.received_at) * 1000)`,
  battery_pct: sql`l.battery_pct`,
  flags: sql`l.flags`,
} as const satisfies Record<keyof LatestRow, RawBuilder<unknown>>
const { category, received_at, ...liveFields } = fields
const columnsOf = (of: Readonly<Record<string, RawBuilder<unknown>>>) =>
  sql.join(Object.entries(of).map(([name, value]) => sql`${value} as ${sql.ref(name)}`))
/** Each field of all rows as one JSON array. */
const asColumns = (of: object) =>
  sql.join(Object.keys(of).map((name) => sql`coalesce(json_agg(${sql.ref(name)}), '[]') as ${sql.ref(name)}`))
const source = sql`position_latest l join activation a on a.no = l.activation_no join person p on p.id = l.person_id`

export const positionStore = (db: ScopedDb) => ({
  async latest(ask: LatestAsk, now: Date, span: { limit: number; offset: number }) {
    const where = all(conditionsOf(ask, now))
    const down = ask.sort?.startsWith('-') ?? false
    const field = down ? ask.sort?.slice(1) : ask.sort
    const column = field === 'name' ? sql`p.name` : field === 'batteryPct' ? sql`l.battery_pct` : sql`l.ts`
    const order = down || !ask.sort ? sql`${column} desc nulls last` : sql`${column} asc nulls last`
    const { rows } = await sql<LatestRow & { total: number }>`
      select ${columnsOf(fields)}, count(*) over () as total
      from ${source} where ${where} order by ${order}, l.activation_no limit ${span.limit} offset ${span.offset}`.execute(
      db,
    )
    return { rows, total: Number(rows[0]?.total ?? 0) }
  },

  /**
   * Everyone under a running term, for the map: newest first, at most `limit`. `without` counts the terms that have not sent a
   * position yet. The database answers with one value a field instead of one a field and person: less for either to do.
   */
  async live(ask: LatestAsk, now: Date, limit: number, eyes: Eyes) {
    const near = (table: string) => withinReach(table, eyes)
    // Behind the policies the planner takes a whole city for a handful of people, and would look each of them up three times.
    if (readsUnits(eyes)) await sql`set local enable_nestloop = off`.execute(db)
    const { rows } = await sql<LiveColumns & { total: number; terms: number }>`
      with seen as materialized (
        select ${columnsOf(liveFields)} from activation a join person p on p.id = a.person_id left join position_latest l on l.activation_no = a.no and ${near('l')}
        where ${all(conditionsOf(ask, now))} and ${near('a')})
      select ${asColumns(liveFields)}, (select count(id) from seen) as total, (select count(*) from seen) as terms
      from (select * from seen where id is not null order by ts desc, id limit ${limit}) placed`.execute(db)
    const [found] = rows
    if (!found) throw new Error('an aggregate answered no row')
    const { total, terms, ...columns } = found
    return { columns, total, without: terms - total }
  },

  async days(person: string, from: string, until: string) {
    const { rows } = await sql<{ day: string; fixes: number; sealed: boolean }>`
      select day, sum(fixes)::int as fixes, bool_and(root is not null) as sealed from zj_track_days(${person}::uuid, ${from}::date, ${until}::date) group by day order by day desc`.execute(
      db,
    )
    return rows
  },

  async refusals(
    ask: { device?: string; reason?: string; from?: string; until?: string; sort?: string },
    span: { limit: number; offset: number },
  ) {
    const conditions = [
      sql`true`,
      ...(ask.device ? [sql`device_id = ${ask.device}`] : []),
      ...(ask.reason ? [sql`reason = ${ask.reason}`] : []),
      ...(ask.from ? [sql`day >= ${ask.from}::date`] : []),
      ...(ask.until ? [sql`day <= ${ask.until}::date`] : []),
    ]
    const where = sql.join(conditions, sql` and `)
    const down = !ask.sort || ask.sort.startsWith('-')
    const column = ask.sort?.endsWith('count') ? sql`count` : sql`last_at`
    const { rows } = await sql<RefusalRow & { total: number }>`
      select *, count(*) over () as total from position_refusal where ${where} order by ${column} ${down ? sql`desc` : sql`asc`}, device_id, reason limit ${span.limit} offset ${span.offset}`.execute(
      db,
    )
    return { rows, total: Number(rows[0]?.total ?? 0) }
  },

  async personExists(person: string): Promise<boolean> {
    const { rows } = await sql`select 1 from person where id = ${person}`.execute(db)
    return rows.length > 0
  },

  /** A superior's look at one track; ends with this transaction. */
  async look(id: string, person: string, reason: string): Promise<boolean> {
    const { rows } = await sql<{
      seen: boolean
    }>`select zj_track_look(${id}::uuid, ${person}::uuid, ${reason}) as seen`.execute(db)
    return rows[0]?.seen ?? false
  },

  async orgOf(person: string): Promise<string> {
    const { rows } = await sql<{ org_code: string }>`select org_code from person where id = ${person}`.execute(db)
    return rows[0]?.org_code ?? ''
  },
})
