import type { DeviceKind, Protocol, Regime } from '@zhijiao/contract/devices'
import type { Datum } from '@zhijiao/geo/datum'
import { sql } from 'kysely'
import type pg from 'pg'
import { keptEar } from '../core/ear.ts'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { plainIdentity } from './identity.ts'
import './tables.ts'

/** Named in NOTIFY with a device's id whenever the device or one of its terms changes. */
export const devicesChannel = 'zj_devices'
/** Named in NOTIFY with a device's id when a command waits for it. */
export const commandsChannel = 'zj_commands'
/** Named in NOTIFY when the table of cell towers changed. */
export const cellsChannel = 'zj_cells'

/** A term as the gateway needs it: whose positions, from when until when, how often. */
export interface KnownActivation {
  readonly no: number
  readonly id: string
  readonly personId: string
  readonly deviceId: string
  readonly org: string
  readonly regime: Regime
  /** [startsAt, endsAt), milliseconds UTC; the end already cut short by whatever ended it. */
  readonly startsAt: number
  readonly endsAt: number
  readonly ceilingMs: number | null
  readonly intervalS: number
  /** Newest believed position, for a start after a stop. */
  readonly last: {
    readonly ts: number
    readonly lat: number
    readonly lon: number
    readonly accuracyM: number
    readonly flags: number
  } | null
  /** When the device last spoke on each matter (strap, power, …), milliseconds UTC, likewise. */
  readonly said?: readonly (readonly [matter: string, ts: number])[]
}

export interface KnownDevice {
  readonly id: string
  readonly protocol: Protocol
  readonly identity: string
  readonly org: string
  readonly kind: DeviceKind
  readonly crs: Datum
  /** Sealed; null where none was made. */
  readonly secret: Buffer | null
  readonly handed: boolean
  /** It has shown its secret at least once: without it, it is not spoken to any more. */
  readonly provenOnce: boolean
  /** When that was last noted, ms UTC. */
  readonly provenAt: number | null
  /** Running terms and those that ended within the last four days, newest start first. */
  readonly activations: readonly KnownActivation[]
}

/** Devices and terms in memory, so that no fix waits for a query. Kept fresh by NOTIFY and, should one be lost, each minute. */
export interface Registry {
  find(protocol: Protocol, identity: string): KnownDevice | undefined
  byId(deviceId: string): KnownDevice | undefined
  activation(no: number): KnownActivation | undefined
  /** Rises with every change; whoever keeps a `KnownDevice` asks again when it rose. */
  readonly version: number
  onChange(listener: (device: KnownDevice | undefined, deviceId: string) => void): () => void
  /** A command waits for a device. */
  onCommand(listener: (deviceId: string) => void): () => void
  onCells(listener: () => void): () => void
  reload(deviceId: string | null): Promise<void>
}

/** A fix of a term may arrive this long after the term ended, milliseconds (DESIGN decision 2). */
export const graceMs = 72 * 3_600_000
const reloadEveryMs = 60_000
/** That a device proved itself, or did not, is noted again after so long, milliseconds. */
export const proofEveryMs = 10 * 60_000

const keyOf = (protocol: string, identity: string) => `${protocol} ${plainIdentity(identity)}`

interface Row {
  id: string
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

export async function openRegistry(house: House): Promise<{ registry: Registry; stop: Stop }> {
  const { systemPool, system } = house.databases
  let byKey = new Map<string, KnownDevice>()
  let byId = new Map<string, KnownDevice>()
  let byNo = new Map<number, KnownActivation>()
  let version = 0
  const listeners = new Set<(device: KnownDevice | undefined, deviceId: string) => void>()

  const read = async (deviceId: string | null): Promise<readonly KnownDevice[]> => {
    const since = new Date(house.chance.now() - graceMs - 86_400_000)
    const { rows } = await sql<Row>`
      select d.id, d.protocol, d.identity, d.org_code, d.kind, d.crs, d.secret, d.secret_handed_at is not null as handed, (extract(epoch from d.proven_at) * 1000)::float8 as proven,
        (select json_agg(json_build_object('no', a.no, 'id', a.id, 'person', a.person_id, 'org', a.org_code, 'regime', a.regime,
            'starts', extract(epoch from a.starts_at) * 1000, 'ends', extract(epoch from least(a.ends_at, coalesce(a.ended_at, a.ends_at))) * 1000,
            'ceiling', a.ceiling_s, 'interval', a.interval_s,
            'last', (select json_build_object('ts', extract(epoch from l.ts) * 1000, 'lat', l.lat, 'lon', l.lon, 'accuracyM', l.accuracy_m, 'flags', l.flags)
              from position_latest l where l.activation_no = a.no),
            'said', (select json_agg(json_build_array(s.matter, extract(epoch from s.ts) * 1000)) from device_said s where s.activation_no = a.no)) order by a.starts_at desc)
          from activation a where a.device_id = d.id and a.state in ('running', 'ended') and coalesce(a.ended_at, a.ends_at) > ${since}) as terms
      from device d where ${deviceId === null ? sql`true` : sql`d.id = ${deviceId}`}`.execute(system)
    return rows.map((r) => ({
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
    }))
  }

  const put = (device: KnownDevice) => {
    byKey.set(keyOf(device.protocol, device.identity), device)
    byId.set(device.id, device)
    for (const a of device.activations) byNo.set(a.no, a)
  }
  const forget = (deviceId: string) => {
    const old = byId.get(deviceId)
    if (!old) return
    byId.delete(deviceId)
    byKey.delete(keyOf(old.protocol, old.identity))
    for (const a of old.activations) byNo.delete(a.no)
  }

  const waiting = new Set<(deviceId: string) => void>()
  const cells = new Set<() => void>()
  const registry: Registry = {
    find: (protocol, identity) => byKey.get(keyOf(protocol, identity)),
    byId: (id) => byId.get(id),
    activation: (no) => byNo.get(no),
    get version() {
      return version
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    onCommand(listener) {
      waiting.add(listener)
      return () => waiting.delete(listener)
    },
    onCells(listener) {
      cells.add(listener)
      return () => cells.delete(listener)
    },
    async reload(deviceId) {
      const found = await read(deviceId)
      if (deviceId === null) {
        byKey = new Map()
        byId = new Map()
        byNo = new Map()
      } else forget(deviceId)
      for (const device of found) put(device)
      version++
      if (deviceId !== null) for (const listener of listeners) listener(byId.get(deviceId), deviceId)
    },
  }
  const { stop, listening } = keepFresh(house, systemPool, registry, (channel, deviceId) => {
    if (channel === cellsChannel) for (const listener of cells) listener()
    else for (const listener of waiting) listener(deviceId)
  })
  // Listening first: what changes while everything is read for the first time must not be missed.
  await listening
  try {
    await registry.reload(null)
  } catch (error) {
    await stop()
    throw error
  }
  return { registry, stop }
}

/** Listens for changes; after a lost connection everything is read again, because notices were lost with it. */
function keepFresh(
  house: House,
  pool: pg.Pool,
  registry: Registry,
  other: (channel: string, payload: string) => void,
): { stop: Stop; listening: Promise<void> } {
  let stopped = false
  let busy: Promise<void> = Promise.resolve()
  const reload = (deviceId: string | null) => {
    busy = busy
      .then(() => (stopped ? undefined : registry.reload(deviceId)))
      .catch((error: unknown) => {
        if (!stopped) house.log.warn({ err: messageOf(error) }, 'the register of devices waits for the database')
      })
    return busy
  }
  const ear = keptEar(pool, [devicesChannel, commandsChannel, cellsChannel], (channel, payload) => {
    if (channel === devicesChannel) void reload(payload || null)
    else other(channel, payload)
  })
  let heard = ear.open()
  let last = house.chance.now()
  const timer = setInterval(() => {
    const broken = !ear.isOpen
    if (broken) heard = heard.then(ear.open)
    if (broken || house.chance.now() - last >= reloadEveryMs) {
      last = house.chance.now()
      void heard.then(() => reload(null))
    }
  }, 1_000)
  return {
    listening: heard,
    stop: async () => {
      stopped = true
      clearInterval(timer)
      ear.close()
      await heard
      await busy
    },
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error))
