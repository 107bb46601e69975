import type { DeviceKind, Protocol, Regime } from '@zhijiao/contract/devices'
import type { Datum } from '@zhijiao/geo/datum'
import type pg from 'pg'
import { keptEar } from '../core/ear.ts'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { plainIdentity } from './identity.ts'
import { type ReadDevice, registryStore } from './registry-store.ts'
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

/**
 * Devices and terms in memory, so that no fix waits for a query. Kept fresh by NOTIFY; should one be lost, a digest made by
 * the database tells each minute where something differs, and only that is read again.
 */
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
}

/** A fix of a term may arrive this long after the term ended, milliseconds (DESIGN decision 2). */
export const graceMs = 72 * 3_600_000
const compareEveryMs = 60_000
/** That a device proved itself, or did not, is noted again after so long, milliseconds. */
export const proofEveryMs = 10 * 60_000

/** What is known, found in every way it is asked for. */
class Known {
  readonly #byKey = new Map<string, KnownDevice>()
  readonly #byId = new Map<string, KnownDevice>()
  readonly #byNo = new Map<number, KnownActivation>()
  /** Ids of the devices of each page. */
  readonly #onPage = new Map<number, Set<string>>()

  find(protocol: Protocol, identity: string): KnownDevice | undefined {
    return this.#byKey.get(keyOf(protocol, identity))
  }
  byId(id: string): KnownDevice | undefined {
    return this.#byId.get(id)
  }
  activation(no: number): KnownActivation | undefined {
    return this.#byNo.get(no)
  }
  /** Ids of what is known on these pages; without pages all. */
  ids(pages?: readonly number[]): string[] {
    return pages ? pages.flatMap((page) => [...(this.#onPage.get(page) ?? [])]) : [...this.#byId.keys()]
  }

  put({ device, page }: ReadDevice): void {
    this.#byKey.set(keyOf(device.protocol, device.identity), device)
    this.#byId.set(device.id, device)
    for (const a of device.activations) this.#byNo.set(a.no, a)
    const there = this.#onPage.get(page)
    if (there) there.add(device.id)
    else this.#onPage.set(page, new Set([device.id]))
  }

  forget(id: string): void {
    const old = this.#byId.get(id)
    if (!old) return
    this.#byId.delete(id)
    // A number may meanwhile be another's.
    const key = keyOf(old.protocol, old.identity)
    if (this.#byKey.get(key) === old) this.#byKey.delete(key)
    for (const a of old.activations) if (this.#byNo.get(a.no) === a) this.#byNo.delete(a.no)
  }
}

const keyOf = (protocol: string, identity: string) => `${protocol} ${plainIdentity(identity)}`

export async function openRegistry(house: House): Promise<{ registry: Registry; stop: Stop }> {
  const { systemPool, system } = house.databases
  const now = () => house.chance.now()
  const store = registryStore(system)
  const known = new Known()
  let version = 0
  const listeners = new Set<(device: KnownDevice | undefined, deviceId: string) => void>()
  const waiting = new Set<(deviceId: string) => void>()
  const cells = new Set<() => void>()
  const registry: Registry = {
    find: (protocol, identity) => known.find(protocol, identity),
    byId: (id) => known.byId(id),
    activation: (no) => known.activation(no),
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
  }

  /** What was known under these ids is now what was found. */
  const replace = (ids: readonly string[], found: readonly ReadDevice[]): void => {
    for (const id of ids) known.forget(id)
    for (const one of found) known.put(one)
    version++
  }
  let digests: ReadonlyMap<number, string> = new Map()
  const readAll = async () => {
    // Taken first: what changes while everything is read differs at the next comparison.
    digests = await store.digests(now())
    replace(known.ids(), await store.all(now()))
  }
  const readSome = async (ids: readonly string[]) => {
    replace(ids, await store.some(ids, now()))
    for (const id of ids) for (const listener of listeners) listener(known.byId(id), id)
  }
  const compare = async () => {
    // A device that turns to us from another gateway goes on where it was there.
    if (await store.otherGateways(house.config.shard)) return readAll()
    const fresh = await store.digests(now())
    const differing = [...new Set([...digests.keys(), ...fresh.keys()])].filter((p) => fresh.get(p) !== digests.get(p))
    if (differing.length > 0) replace(known.ids(differing), await store.onPages(differing, now()))
    digests = fresh
  }

  const { stop, listening } = keepFresh(
    house,
    systemPool,
    { all: readAll, some: readSome, compare },
    (channel, deviceId) => {
      if (channel === cellsChannel) for (const listener of cells) listener()
      else for (const listener of waiting) listener(deviceId)
    },
  )
  // Listening first: what changes while everything is read for the first time must not be missed.
  await listening
  try {
    await readAll()
  } catch (error) {
    await stop()
    throw error
  }
  return { registry, stop }
}

interface Reading {
  all(): Promise<void>
  some(ids: readonly string[]): Promise<void>
  compare(): Promise<void>
}

/** Listens for changes, and compares what is known once a minute, and after a lost connection: notices were lost with it. */
function keepFresh(
  house: House,
  pool: pg.Pool,
  reading: Reading,
  other: (channel: string, payload: string) => void,
): { stop: Stop; listening: Promise<void> } {
  let stopped = false
  let busy: Promise<void> = Promise.resolve()
  const next = (work: () => Promise<void>) => {
    busy = busy
      .then(() => (stopped ? undefined : work()))
      .catch((error: unknown) => {
        if (!stopped) house.log.warn({ err: messageOf(error) }, 'the register of devices waits for the database')
      })
  }
  // A county that enrols changes thousands at once: what is said while one reading runs is read in the next, together.
  let changed = new Set<string>()
  const heardOf = (deviceId: string) => {
    const begun = changed.size > 0
    changed.add(deviceId)
    if (begun) return
    next(async () => {
      const ids = changed
      changed = new Set()
      await (ids.has('') ? reading.all() : reading.some([...ids]))
    })
  }
  const ear = keptEar(pool, [devicesChannel, commandsChannel, cellsChannel], (channel, payload) => {
    if (channel === devicesChannel) heardOf(payload)
    else other(channel, payload)
  })
  let heard = ear.open()
  let last = house.chance.now()
  const timer = setInterval(() => {
    const broken = !ear.isOpen
    if (broken) heard = heard.then(ear.open)
    if (broken || house.chance.now() - last >= compareEveryMs) {
      last = house.chance.now()
      void heard.then(() => next(reading.compare))
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
