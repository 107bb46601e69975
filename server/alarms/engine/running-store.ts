import { type RawBuilder, sql } from 'kysely'
import type { Db, ScopedDb } from '../../core/db.ts'
import type { Activation } from './slot.ts'

export interface Latest {
  readonly ts: number
  readonly receivedAt: number
  readonly lat: number
  readonly lon: number
  readonly accuracyM: number
  readonly batteryPct: number | null
  readonly flags: number
}

interface RunningRow {
  no: number
  id: string
  person_id: string
  org_code: string
  device_id: string
  protocol: string
  regime: 'check' | 'device'
  interval_s: number
  starts_at: Date
  ends_at: Date
  residence_lat: number | null
  residence_lon: number | null
  ts: Date | null
  received_at: Date | null
  lat: number | null
  lon: number | null
  accuracy_m: number | null
  battery_pct: number | null
  flags: number | null
}

/** Activations whose changes are noticed together: so many numbers in a row. */
export const pageSize = 256
export const pageOf = (no: number): number => Math.floor(no / pageSize)

const ends = sql`least(a.ends_at, coalesce(a.ended_at, a.ends_at))`
const tables = sql`activation a join device d on d.id = a.device_id join person p on p.id = a.person_id`
const runs = (now: number) =>
  sql`a.state = 'running' and a.starts_at <= ${new Date(now)} and ${ends} > ${new Date(now)}`

/** The activations that run 定位启用, latest known position and battery beside. */
export const runningIn = (db: ScopedDb | Db) => ({
  /** Those that run at an instant; of some devices, or all. */
  running: (now: number, devices: readonly string[] | null) =>
    read(db, devices ? sql`${runs(now)} and a.device_id = any (${[...devices]}::uuid[])` : runs(now)),

  /** Those of one page that run at an instant. */
  runningOn: (page: number, now: number) =>
    read(db, sql`${runs(now)} and a.no between ${page * pageSize} and ${(page + 1) * pageSize - 1}`),

  /** A digest of each page of what runs at an instant, of all that the engine knows of an activation but its positions. */
  async runningPages(now: number): Promise<ReadonlyMap<number, string>> {
    const found = await sql<{ page: number; digest: string }>`
      select a.no / ${sql.lit(pageSize)} as page, bit_xor(hashtextextended(row(a.no, a.id, a.person_id, a.org_code, a.device_id, d.protocol, a.regime,
        a.interval_s, a.starts_at, ${ends}, p.residence_lat, p.residence_lon)::text, 0))::text as digest
      from ${tables} where ${runs(now)} group by page`.execute(db)
    return new Map(found.rows.map((r) => [r.page, r.digest]))
  },

  async endReason(activationNo: number): Promise<string | null> {
    const found = await sql<{
      end_reason: string | null
    }>`select end_reason from activation where no = ${activationNo}`.execute(db)
    return found.rows[0]?.end_reason ?? null
  },
})

function latestOf(r: RunningRow): Latest | null {
  if (r.ts === null || r.received_at === null || r.lat === null || r.lon === null) return null
  return {
    ts: r.ts.getTime(),
    receivedAt: r.received_at.getTime(),
    lat: r.lat,
    lon: r.lon,
    accuracyM: r.accuracy_m ?? 100,
    batteryPct: r.battery_pct,
    flags: r.flags ?? 0,
  }
}

async function read(
  db: ScopedDb | Db,
  which: RawBuilder<unknown>,
): Promise<{ activation: Activation; latest: Latest | null }[]> {
  const found = await sql<RunningRow>`
    select a.no, a.id, a.person_id, a.org_code, a.device_id, d.protocol, a.regime, a.interval_s, a.starts_at, ${ends} as ends_at,
      p.residence_lat, p.residence_lon, l.ts, l.received_at, l.lat, l.lon, l.accuracy_m, l.battery_pct, l.flags
    from ${tables} left join position_latest l on l.activation_no = a.no
    where ${which}`.execute(db)
  return found.rows.map((r) => ({
    activation: {
      no: r.no,
      id: r.id,
      person: r.person_id,
      org: r.org_code,
      device: r.device_id,
      protocol: r.protocol,
      regime: r.regime,
      intervalS: r.interval_s,
      startsAt: r.starts_at.getTime(),
      endsAt: r.ends_at.getTime(),
      home:
        r.residence_lat === null || r.residence_lon === null ? null : { lat: r.residence_lat, lon: r.residence_lon },
    },
    latest: latestOf(r),
  }))
}
