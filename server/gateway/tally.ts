import type { Protocol } from '@zhijiao/contract/devices'
import { legalDay } from '@zhijiao/geo/day'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { devicesChannel, type KnownDevice, plainIdentity } from '../devices/index.ts'
import { counted, type RefusalReason } from '../positions/index.ts'

const everyMs = 2_000
/** A device heard again within this time, with the same charge, is not written again, milliseconds. */
const sameMs = 60_000
/** Strangers remembered between two writes; a flood of invented numbers must not fill memory. */
const mostStrangers = 5_000

interface Stranger {
  protocol: Protocol
  identity: string
  first: number
  last: number
  messages: number
  remote: string | null
  hint: string
  detail: Record<string, unknown>
}

interface Refused {
  day: string
  device: string
  no: number
  reason: RefusalReason
  count: number
  first: number
  last: number
}

/** Text from strangers may hold what PostgreSQL stores in no text: zero bytes and halves of characters. */
const storable = (detail: Record<string, unknown>) =>
  JSON.stringify(detail).replace(/\\u0000|\\ud[89a-f][0-9a-f]{2}/gi, '')

interface Seen {
  at: number
  batteryPct: number | null
  charging: boolean | null
}

/** What is only counted: strangers at the door, fixes that were not kept, when a device was last heard. Written every two seconds. */
export class Tally {
  readonly #house: House
  #strangers = new Map<string, Stranger>()
  #refused = new Map<string, Refused>()
  #seen = new Map<string, Seen>()
  #proofs = new Map<string, { proven: number | null; unproven: number | null; first: boolean }>()
  /** What was last written of each device. */
  readonly #written = new Map<string, Seen>()
  #timer: NodeJS.Timeout
  #busy: Promise<void> = Promise.resolve()

  constructor(house: House) {
    this.#house = house
    this.#timer = setInterval(() => void this.write(), everyMs)
  }

  stranger(
    protocol: Protocol,
    identity: string,
    at: number,
    remote: string | null,
    detail: Record<string, unknown>,
    hint = '',
  ): void {
    const plain = plainIdentity(identity)
      .slice(0, 64)
      .replace(/[^\x21-\x7e]/g, '?')
    const key = `${protocol} ${plain}`
    const known = this.#strangers.get(key)
    if (known) {
      known.last = at
      known.messages++
      if (Object.keys(detail).length > 0) known.detail = detail
      if (hint) known.hint = hint
    } else if (this.#strangers.size < mostStrangers)
      this.#strangers.set(key, { protocol, identity: plain, first: at, last: at, messages: 1, remote, hint, detail })
    counted.refused.inc({ reason: 'unknownDevice' })
  }

  refused(device: KnownDevice, no: number, reason: RefusalReason, count: number, at: number): void {
    counted.refused.inc({ reason }, count)
    const day = legalDay(at)
    const key = `${day} ${device.id} ${no} ${reason}`
    const known = this.#refused.get(key)
    if (known) {
      known.count += count
      known.last = at
    } else this.#refused.set(key, { day, device: device.id, no, reason, count, first: at, last: at })
  }

  seen(device: KnownDevice, at: number, batteryPct: number | null, charging: boolean | null): void {
    const known = this.#seen.get(device.id)
    if (known) {
      known.at = at
      known.batteryPct = batteryPct ?? known.batteryPct
      known.charging = charging ?? known.charging
      return
    }
    const before = this.#written.get(device.id)
    const same =
      before &&
      at - before.at < sameMs &&
      (batteryPct === null || batteryPct === before.batteryPct) &&
      (charging === null || charging === before.charging)
    if (!same) this.#seen.set(device.id, { at, batteryPct, charging })
  }

  /** That a device showed its secret, or spoke without; `first`: other gateways must hear of it. */
  proof(device: KnownDevice, at: number, proven: boolean, first: boolean): void {
    const known = this.#proofs.get(device.id) ?? { proven: null, unproven: null, first: false }
    if (proven) known.proven = at
    else known.unproven = at
    known.first ||= first
    this.#proofs.set(device.id, known)
  }

  /** Writes what was counted; what cannot be written is counted on. */
  write(): Promise<void> {
    this.#busy = this.#busy.then(async () => {
      try {
        await this.#writeStrangers()
        await this.#writeRefused()
        await this.#writeSeen()
        await this.#writeProofs()
      } catch (error) {
        this.#house.log.warn(
          { err: error instanceof Error ? error.message : String(error) },
          'counts wait for the database',
        )
      }
    })
    return this.#busy
  }

  stop: Stop = async () => {
    clearInterval(this.#timer)
    await this.write()
  }

  async #writeStrangers(): Promise<void> {
    if (this.#strangers.size === 0) return
    const list = [...this.#strangers.values()]
    await sql`
      insert into unknown_device as u (protocol, identity, first_seen_at, last_seen_at, messages, remote, org_hint, detail)
      select x.p, x.i, to_timestamp(x.f / 1000), to_timestamp(x.l / 1000), x.m, x.r, x.h, x.d::jsonb
      from unnest(${list.map((s) => s.protocol)}::text[], ${list.map((s) => s.identity)}::text[], ${list.map((s) => s.first)}::float8[], ${list.map((s) => s.last)}::float8[],
        ${list.map((s) => s.messages)}::bigint[], ${list.map((s) => s.remote)}::text[], ${list.map((s) => s.hint)}::text[], ${list.map((s) => storable(s.detail))}::text[]) as x(p, i, f, l, m, r, h, d)
      where not exists (select 1 from device d where d.protocol = x.p and d.identity = x.i)
      on conflict (protocol, identity) do update set last_seen_at = excluded.last_seen_at, messages = u.messages + excluded.messages, remote = excluded.remote,
        org_hint = case when excluded.org_hint = '' then u.org_hint else excluded.org_hint end,
        detail = case when excluded.detail = '{}' then u.detail else excluded.detail end`.execute(
      this.#house.databases.system,
    )
    for (const s of list) this.#strangers.delete(`${s.protocol} ${s.identity}`)
  }

  async #writeRefused(): Promise<void> {
    if (this.#refused.size === 0) return
    const taken = this.#refused
    const list = [...taken.values()]
    this.#refused = new Map()
    try {
      await sql`
        insert into position_refusal as r (day, device_id, activation_no, reason, count, first_at, last_at)
        select x.d, x.v, x.n, x.r, x.c, to_timestamp(x.f / 1000), to_timestamp(x.l / 1000)
        from unnest(${list.map((s) => s.day)}::date[], ${list.map((s) => s.device)}::uuid[], ${list.map((s) => s.no)}::int[], ${list.map((s) => s.reason)}::text[],
          ${list.map((s) => s.count)}::bigint[], ${list.map((s) => s.first)}::float8[], ${list.map((s) => s.last)}::float8[]) as x(d, v, n, r, c, f, l)
        on conflict (day, device_id, activation_no, reason) do update set count = r.count + excluded.count, last_at = greatest(r.last_at, excluded.last_at)`.execute(
        this.#house.databases.system,
      )
    } catch (error) {
      for (const [key, r] of taken) {
        const since = this.#refused.get(key)
        this.#refused.set(key, since ? { ...since, count: since.count + r.count, first: r.first } : r)
      }
      throw error
    }
  }

  async #writeSeen(): Promise<void> {
    if (this.#seen.size === 0) return
    const list = [...this.#seen]
    this.#seen = new Map()
    await sql`
      update device d set last_seen_at = greatest(d.last_seen_at, to_timestamp(x.t / 1000)), battery_pct = coalesce(x.b, d.battery_pct),
        health = case when x.c is null then d.health else d.health || jsonb_build_object('charging', x.c) end
      from unnest(${list.map(([id]) => id)}::uuid[], ${list.map(([, s]) => s.at)}::float8[], ${list.map(([, s]) => (s.batteryPct === null ? null : Math.round(s.batteryPct)))}::smallint[],
        ${list.map(([, s]) => s.charging)}::bool[]) as x(id, t, b, c) where d.id = x.id`.execute(
      this.#house.databases.system,
    )
    for (const [id, seen] of list) {
      const before = this.#written.get(id)
      this.#written.set(id, {
        at: seen.at,
        batteryPct: seen.batteryPct ?? before?.batteryPct ?? null,
        charging: seen.charging ?? before?.charging ?? null,
      })
    }
  }

  async #writeProofs(): Promise<void> {
    if (this.#proofs.size === 0) return
    const taken = this.#proofs
    const list = [...taken]
    this.#proofs = new Map()
    try {
      await sql`
        with noted as (
          update device d set proven_at = greatest(d.proven_at, to_timestamp(x.p / 1000)), unproven_at = greatest(d.unproven_at, to_timestamp(x.u / 1000))
          from unnest(${list.map(([id]) => id)}::uuid[], ${list.map(([, p]) => p.proven)}::float8[], ${list.map(([, p]) => p.unproven)}::float8[], ${list.map(([, p]) => p.first)}::bool[])
            as x(id, p, u, f) where d.id = x.id
          returning d.id, x.f)
        select pg_notify(${devicesChannel}, id::text) from noted where f`.execute(this.#house.databases.system)
    } catch (error) {
      for (const [id, p] of taken) if (!this.#proofs.has(id)) this.#proofs.set(id, p)
      throw error
    }
  }
}
