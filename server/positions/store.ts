import type { Regime } from '@zhijiao/contract/devices'
import type { LatestPosition } from '@zhijiao/contract/positions'
import { type RawBuilder, sql } from 'kysely'
import { type Db, type ScopedDb, underPrefix } from '../core/db.ts'
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

const columns = sql`l.activation_no as id, l.person_id, p.name, p.org_code, p.colour, p.category, a.regime, a.interval_s, l.lat, l.lon, l.accuracy_m, l.source,
  l.course, l.speed_kmh, round(date_part('epoch', l.ts) * 1000) as ts, round(date_part('epoch', l.received_at) * 1000) as received_at, l.battery_pct, l.flags`
const source = sql`position_latest l join activation a on a.no = l.activation_no join person p on p.id = l.person_id`

export const positionStore = (db: ScopedDb) => ({
  async latest(ask: LatestAsk, now: Date, span: { limit: number; offset: number }) {
    const where = all(conditionsOf(ask, now))
    const down = ask.sort?.startsWith('-') ?? false
    const field = down ? ask.sort?.slice(1) : ask.sort
    const column = field === 'name' ? sql`p.name` : field === 'batteryPct' ? sql`l.battery_pct` : sql`l.ts`
    const order = down || !ask.sort ? sql`${column} desc nulls last` : sql`${column} asc nulls last`
    const { rows } = await sql<LatestRow & { total: number }>`
      select ${columns}, count(*) over () as total
      from ${source} where ${where} order by ${order}, l.activation_no limit ${span.limit} offset ${span.offset}`.execute(
      db,
    )
    return { rows, total: Number(rows[0]?.total ?? 0) }
  },

  /**
   * Everyone under a running term, for the map: newest first, at most `limit`. `without` counts the terms that have not sent a
   * position yet; with `since` nobody asks for them. Put in order here: unordered rows come while the database still finds the
   * next ones.
   */
  async live(ask: LatestAsk, now: Date, limit: number) {
    const where = all(conditionsOf(ask, now))
    const { rows } = await sql<LatestRow | { id: null }>`
      select ${columns} from activation a join person p on p.id = a.person_id left join position_latest l on l.activation_no = a.no
      where ${where}`.execute(db)
    const placed = rows.filter((row): row is LatestRow => row.id !== null).sort((a, b) => b.ts - a.ts || a.id - b.id)
    return { rows: placed.slice(0, limit), total: placed.length, without: rows.length - placed.length }
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
