import type { Fix } from '@zhijiao/geo/fix'
import type { DeviceEvent } from '@zhijiao/wire/message'
import type pg from 'pg'
import type { House } from '../core/house.ts'
import { locks } from '../core/locks.ts'
import type { Stop } from '../core/room.ts'
import { type Matter, matterOf } from './order.ts'

/** One flush as it goes to the database: a blob, the newest positions, the events. */
export interface Flush {
  readonly receivedAt: number
  readonly fixes: number
  /** Versions of the rules that judged the fixes, and which of them each entry of the blob (`ruled.ts`). */
  readonly rules: string
  readonly ruled: Uint8Array | null
  readonly blob: Uint8Array
  readonly latest: readonly Newest[]
  readonly events: readonly FlushedEvent[]
}

/** Whether a flush leaves a row in the inbox and takes a number; one of nothing but newest positions does not. */
export const holds = ({ fixes, events }: Flush): boolean => fixes > 0 || events.length > 0

export interface Newest {
  readonly no: number
  readonly personId: string
  readonly org: string
  readonly receivedAt: number
  readonly fix: Fix
}

export interface FlushedEvent {
  readonly no: number
  readonly deviceId: string
  readonly personId: string
  readonly org: string
  readonly kind: DeviceEvent
  readonly ts: number
  readonly blind: boolean
  readonly flags: number
}

/** Told in NOTIFY after each flush when somebody outside this process may listen. */
export const inboxChannel = 'zj_inbox'
/** Advisory lock class: one writer a shard. */
const lockClass = locks.gatewayShard
/** A write that takes longer means the database is gone, milliseconds. */
const patienceMs = 10_000

/**
 * The one statement of a flush. One statement is one transaction, one round trip and one fsync: inbox, events and newest
 * positions stand or fall together. The upsert is guarded, so a stored position is only ever replaced by a newer one.
 */
const flushStatement = `
with inbox as (
  insert into position_inbox (shard, no, received_at, fixes, rules, blob, ruled)
  select $1::smallint, $2::bigint, to_timestamp($3::float8 / 1000), $4::int, $5::text, $6::bytea, $29::bytea where $28::bool
), newest as (
  insert into position_latest as l (activation_no, person_id, org_code, ts, received_at, lat, lon, accuracy_m, source, speed_kmh, course, battery_pct, flags)
  select n, p, o, to_timestamp(t / 1000), to_timestamp(r / 1000), la, lo, ac, so, sp, co, ba, fl
    from unnest($7::int[], $8::uuid[], $9::text[], $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::real[], $15::text[], $16::real[], $17::real[], $18::smallint[], $19::int[])
      as x(n, p, o, t, r, la, lo, ac, so, sp, co, ba, fl)
  on conflict (activation_no) do update set person_id = excluded.person_id, org_code = excluded.org_code, ts = excluded.ts, received_at = excluded.received_at,
    lat = excluded.lat, lon = excluded.lon, accuracy_m = excluded.accuracy_m, source = excluded.source, speed_kmh = excluded.speed_kmh,
    course = excluded.course, battery_pct = excluded.battery_pct, flags = excluded.flags
    where excluded.ts > l.ts
), events as (
  insert into device_event (shard, no, ordinal, activation_no, device_id, person_id, org_code, kind, ts, received_at, blind, flags)
  select $1::smallint, $2::bigint, x.i - 1, x.n, x.d, x.p, x.o, x.k, to_timestamp(x.t / 1000), to_timestamp($3::float8 / 1000), x.b, x.f
    from unnest($20::int[], $21::uuid[], $22::uuid[], $23::text[], $24::text[], $25::float8[], $26::bool[], $30::smallint[]) with ordinality as x(n, d, p, o, k, t, b, f, i)
), said as (
  insert into device_said as s (activation_no, matter, ts)
  select n, m, to_timestamp(max(t) / 1000) from unnest($31::int[], $32::text[], $33::float8[]) as x(n, m, t) group by n, m order by n, m
  on conflict (activation_no, matter) do update set ts = excluded.ts where excluded.ts > s.ts
)
select case when $27::bool then pg_notify('${inboxChannel}', $1::text || ' ' || $2::text) end`

/** A flush under the number it was sent with. */
interface Sent {
  readonly flush: Flush
  readonly no: number
}

export class InboxWriter {
  readonly #house: House
  readonly #shard: number
  readonly #announce: boolean
  #client: pg.PoolClient | null = null
  #no = 0
  /** Sent, and not known to be durable. */
  #uncertain: Sent | null = null
  /** The answer was lost, not the data: this flush is durable. */
  #unheard: { readonly blob: Uint8Array; readonly no: number } | null = null
  /** False from the moment the connection is known to be gone until the next flush went through. */
  up = false

  constructor(house: House, announce: boolean) {
    this.#house = house
    this.#shard = house.config.shard
    this.#announce = announce
  }

  /** Number of the last flush of this shard, as far as is known here. */
  get no(): number {
    return this.#no
  }

  get shard(): number {
    return this.#shard
  }

  /** Connects and takes the shard; two gateways under one number would write over each other's watermarks. */
  async open(): Promise<void> {
    const client = await this.#house.databases.systemPool.connect()
    try {
      const gone = () => {
        if (this.#client !== client) return
        this.#client = null
        this.up = false
        client.release(true)
      }
      client.on('error', gone)
      client.on('end', gone)
      const lock = await client.query<{ got: boolean }>('select pg_try_advisory_lock($1, $2) as got', [
        lockClass,
        this.#shard,
      ])
      if (!lock.rows[0]?.got)
        throw new Error(`another gateway is running as shard ${this.#shard}; give each its own ZJ_SHARD`)
      await client.query('insert into position_compacted (shard, no) values ($1, 0) on conflict do nothing', [
        this.#shard,
      ])
      const found = await client.query<{ no: number }>(
        'select greatest((select max(no) from position_inbox where shard = $1), (select no from position_compacted where shard = $1)) as no',
        [this.#shard],
      )
      if (this.#uncertain && (await this.#isStored(client, this.#uncertain))) {
        const { flush, no } = this.#uncertain
        this.#unheard = { blob: flush.blob, no }
      }
      this.#uncertain = null
      // While the connection was gone the shard may have been another's, and its numbers with it: the table knows.
      this.#no = Number(found.rows[0]?.no ?? 0)
      await client.query('set statement_timeout = 10000')
      this.#client = client
      this.up = true
    } catch (error) {
      client.release(true)
      throw error
    }
  }

  /** A flush whose answer was lost either reached the table or did not; another's under the same number is not ours. */
  async #isStored(client: pg.PoolClient, { flush, no }: Sent): Promise<boolean> {
    const { rowCount } = await client.query(
      `select 1 from position_inbox where shard = $1 and no = $2 and received_at = to_timestamp($3::float8 / 1000) and fixes = $4 and blob = $5::bytea`,
      [this.#shard, no, flush.receivedAt, flush.fixes, bytesOf(flush.blob)],
    )
    return rowCount === 1
  }

  /** Makes a flush durable and returns its number. Throws when it is not known to be durable; then the same flush is offered again. */
  async write(flush: Flush): Promise<number> {
    if (!this.#client) await this.open()
    const client = this.#client
    if (!client) throw new Error('no connection')
    const unheard = this.#unheard
    this.#unheard = null
    if (unheard?.blob === flush.blob) return unheard.no
    const no = this.#no + 1
    const numbered = holds(flush)
    this.#uncertain = numbered ? { flush, no } : null
    try {
      await within(patienceMs, client.query({ name: 'flush', text: flushStatement, values: this.#values(no, flush) }))
    } catch (error) {
      this.up = false
      // The same connection may be in any state: leave it, and ask the table what became of the flush, and of the numbers.
      if (this.#client === client) {
        this.#client = null
        client.release(true)
      }
      throw error
    }
    this.#uncertain = null
    // Numbers stay dense.
    if (numbered) this.#no = no
    this.up = true
    return this.#no
  }

  async close(): Promise<void> {
    const client = this.#client
    this.#client = null
    this.up = false
    client?.release(true)
  }

  #values(no: number, flush: Flush): unknown[] {
    const { receivedAt, fixes, rules, ruled, blob, latest, events } = flush
    const said = saidIn(events)
    const numbered = holds(flush)
    return [
      this.#shard,
      no,
      receivedAt,
      fixes,
      rules,
      bytesOf(blob),
      numbers(latest, (n) => n.no),
      words(latest, (n) => n.personId),
      words(latest, (n) => n.org),
      numbers(latest, (n) => n.fix.ts),
      numbers(latest, (n) => n.receivedAt),
      numbers(latest, (n) => n.fix.lat),
      numbers(latest, (n) => n.fix.lon),
      numbers(latest, (n) => n.fix.accuracyM),
      words(latest, (n) => n.fix.source),
      numbers(latest, (n) => n.fix.speedKmh),
      numbers(latest, (n) => n.fix.course),
      numbers(latest, (n) => (n.fix.batteryPct === null ? null : Math.round(n.fix.batteryPct))),
      numbers(latest, (n) => n.fix.flags),
      numbers(events, (e) => e.no),
      words(events, (e) => e.deviceId),
      words(events, (e) => e.personId),
      words(events, (e) => e.org),
      words(events, (e) => e.kind),
      numbers(events, (e) => e.ts),
      words(events, (e) => String(e.blind)),
      this.#announce && numbered,
      numbered,
      ruled && Buffer.from(ruled),
      numbers(events, (e) => e.flags),
      numbers(said, (s) => s.no),
      words(said, (s) => s.matter),
      numbers(said, (s) => Math.min(s.ts, receivedAt)),
    ]
  }
}

/** What counts in the order of a device's own words: said by itself, at a time that can be believed, and not overtaken. */
function saidIn(events: readonly FlushedEvent[]): { no: number; matter: Matter; ts: number }[] {
  return events.flatMap(({ no, kind, ts, flags }) => {
    const matter = matterOf(kind)
    return matter === undefined || flags !== 0 ? [] : [{ no, matter, ts }]
  })
}

const bytesOf = (blob: Uint8Array) => Buffer.from(blob.buffer, blob.byteOffset, blob.byteLength)

/** PostgreSQL array literals written at once: the driver's own looks at every element for what ours never hold. */
function numbers<T>(rows: readonly T[], of: (row: T) => number | null): string {
  let text = '{'
  for (let i = 0; i < rows.length; i++) {
    const row = rows[i]
    const value = row === undefined ? null : of(row)
    text += `${i === 0 ? '' : ','}${value ?? 'NULL'}`
  }
  return `${text}}`
}

/** Ids, codes and words of closed lists; quotes and backslashes cannot occur in them and are escaped all the same. */
function words<T>(rows: readonly T[], of: (row: T) => string): string {
  return `{${rows.map((row) => `"${of(row).replace(/["\\]/g, '\\$&')}"`).join(',')}}`
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the database did not answer in time')), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}

/** Partitions for today and the two days ahead, UTC. */
export async function ensurePartitions(house: Pick<House, 'databases' | 'chance'>): Promise<void> {
  const today = house.chance.now()
  for (const ahead of [-1, 0, 1, 2]) {
    const day = new Date(today + ahead * 86_400_000).toISOString().slice(0, 10)
    await house.databases.systemPool.query('select zj_inbox_partition($1::date)', [day])
  }
}

/** Keeps partitions ahead of time; the worker does it too, whoever runs. */
export async function keepPartitions(house: House): Promise<Stop> {
  await ensurePartitions(house)
  const timer = setInterval(() => {
    ensurePartitions(house).catch(() => undefined)
  }, 3_600_000)
  return async () => clearInterval(timer)
}
