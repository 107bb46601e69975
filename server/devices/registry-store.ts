import type { DeviceKind, Protocol, Regime } from '@zhijiao/contract/devices'
import type { Datum } from '@zhijiao/geo/datum'
import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../core/db.ts'
import { graceMs, type KnownDevice } from './registry.ts'

interface Row {
  id: string
  page: number
  protocol: Protocol
  identity: string
  org_code: string
  kind: DeviceKind
  crs: Datum
  secret: Buffer | null
  handed: boolean
  proven: number | null
  terms:
    | {
        no: number
        id: string
        person: string
        org: string
        regime: Regime
        starts: number
        ends: number
        ceiling: number | null
        interval: number
        last: { ts: number; lat: number; lon: number; accuracyM: number; flags: number } | null
        said: [string, number][] | null
      }[]
    | null
}

/** Devices whose changes are noticed together: so many pages, by their ids. */
const pages = 1024
const pageOf = (id: RawBuilder<unknown>) => sql`(hashtextextended(${id}::text, 0) & ${sql.lit(pages - 1)})::int`

/** Terms that run and those that ended within the last four days: what may still arrive is theirs. */
const heard = (now: number) =>
  sql`a.state in ('running', 'ended') and coalesce(a.ended_at, a.ends_at) > ${new Date(now - graceMs - 86_400_000)}`
const ends = sql`least(a.ends_at, coalesce(a.ended_at, a.ends_at))`

/** A device as it is read, with the page it belongs to. */
export interface ReadDevice {
  readonly device: KnownDevice
  readonly page: number
}

/** What the gateway must know of devices and their terms 设备与启用. */
export const registryStore = (db: Db) => ({
  all: (now: number) => read(db, sql`true`, now),
  some: (ids: readonly string[], now: number) => read(db, sql`d.id = any (${[...ids]}::uuid[])`, now),
  onPages: (some: readonly number[], now: number) =>
    read(db, sql`${pageOf(sql`d.id`)} = any (${[...some]}::int[])`, now),

  /** Whether positions came in through another gateway than this one. */
  async otherGateways(shard: number): Promise<boolean> {
    const { rows } = await sql`select 1 from position_compacted where shard <> ${shard} limit 1`.execute(db)
    return rows.length > 0
  },

  /** A digest of each page, of all that the gateway knows but what it brings itself: positions, and when a device last proved itself. */
  async digests(now: number): Promise<ReadonlyMap<number, string>> {
    const { rows } = await sql<{ page: number; digest: string }>`
      select page, bit_xor(hashtextextended(said, 0))::text as digest from (
        select ${pageOf(sql`d.id`)} as page, row(d.id, d.protocol, d.identity, d.org_code, d.kind, d.crs, d.secret,
          d.secret_handed_at is not null, d.proven_at is not null)::text as said from device d
        union all
        select ${pageOf(sql`a.device_id`)}, row(a.no, a.id, a.device_id, a.person_id, a.org_code, a.regime, a.starts_at, ${ends}, a.ceiling_s, a.interval_s)::text
        from activation a where ${heard(now)}) told
      group by page`.execute(db)
    return new Map(rows.map((r) => [r.page, r.digest]))
  },
})

async function read(db: Db, which: RawBuilder<unknown>, now: number): Promise<ReadDevice[]> {
  const { rows } = await sql<Row>`
    select d.id, ${pageOf(sql`d.id`)} as page, d.protocol, d.identity, d.org_code, d.kind, d.crs, d.secret, d.secret_handed_at is not null as handed,
      (extract(epoch from d.proven_at) * 1000)::float8 as proven,
      (select json_agg(json_build_object('no', a.no, 'id', a.id, 'person', a.person_id, 'org', a.org_code, 'regime', a.regime,
          'starts', extract(epoch from a.starts_at) * 1000, 'ends', extract(epoch from ${ends}) * 1000,
          'ceiling', a.ceiling_s, 'interval', a.interval_s,
          'last', (select json_build_object('ts', extract(epoch from l.ts) * 1000, 'lat', l.lat, 'lon', l.lon, 'accuracyM', l.accuracy_m, 'flags', l.flags)
            from position_latest l where l.activation_no = a.no),
          'said', (select json_agg(json_build_array(s.matter, extract(epoch from s.ts) * 1000)) from device_said s where s.activation_no = a.no)) order by a.starts_at desc)
        from activation a where a.device_id = d.id and ${heard(now)}) as terms
    from device d where ${which}`.execute(db)
  return rows.map((r) => ({
    page: r.page,
    device: {
      id: r.id,
      protocol: r.protocol,
      identity: r.identity,
      org: r.org_code,
      kind: r.kind,
      crs: r.crs,
      secret: r.secret,
      handed: r.handed,
      provenOnce: r.proven !== null,
      provenAt: r.proven,
      activations: (r.terms ?? []).map((t) => ({
        no: t.no,
        id: t.id,
        personId: t.person,
        deviceId: r.id,
        org: t.org,
        regime: t.regime,
        startsAt: Math.round(t.starts),
        endsAt: Math.round(t.ends),
        ceilingMs: t.ceiling === null ? null : t.ceiling * 1000,
        intervalS: t.interval,
        last: t.last,
        said: t.said ?? [],
      })),
    },
  }))
}
