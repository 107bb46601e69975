import { noPlace } from '@zhijiao/geo/counts'
import type { FenceBook } from '../../fences/index.ts'
import { type Activation, bind, type KeptSlot, restore, Slot } from './slot.ts'
import type { Latest } from './store.ts'

/** Every running activation, by number, by person, by device and by unit. Numbers are small and dense, so an array finds them. */
export class Fleet {
  readonly #slots: (Slot | undefined)[] = []
  readonly #byPerson = new Map<string, readonly Slot[]>()
  readonly #byOrg = new Map<string, Set<Slot>>()
  readonly #byDevice = new Map<string, readonly Slot[]>()
  #size = 0

  get size(): number {
    return this.#size
  }

  get(no: number): Slot | undefined {
    return this.#slots[no]
  }

  ofPerson(person: string): readonly Slot[] {
    return this.#byPerson.get(person) ?? []
  }

  ofOrg(org: string): ReadonlySet<Slot> {
    return this.#byOrg.get(org) ?? nobody
  }

  /** What runs on a device: one, or two where a term follows another while it is still heard of. */
  ofDevice(device: string): readonly Slot[] {
    return this.#byDevice.get(device) ?? []
  }

  /** Those with the numbers from `first` on, so many at most. */
  *numbered(first: number, count: number): Generator<Slot> {
    for (let no = first; no < first + count; no++) {
      const slot = this.#slots[no]
      if (slot) yield slot
    }
  }

  *all(): Generator<Slot> {
    for (const slot of this.#slots) if (slot) yield slot
  }

  /** Adds an activation, or takes its changed terms. `kept` is what survived the last stop. */
  add(
    activation: Activation,
    {
      latest,
      kept,
      book,
      day,
      now,
      containedUntil,
    }: {
      latest: Latest | null
      kept: KeptSlot | null
      book: FenceBook
      day: string
      now: number
      /** Positions received until then are contained in what was kept; later ones are read again. */
      containedUntil: number
    },
  ): Slot {
    const known = this.#slots[activation.no]
    if (known) {
      this.#leave(known)
      known.activation = activation
      this.#join(known)
      bind(known, book.bindings(activation.person, activation.org, day))
      return known
    }
    const slot = new Slot(activation)
    bind(slot, book.bindings(activation.person, activation.org, day))
    if (kept) restore(slot, kept)
    catchUp(slot, latest, containedUntil, now)
    slot.dirty = false
    this.#slots[activation.no] = slot
    this.#size++
    this.#join(slot)
    return slot
  }

  remove(no: number): Slot | undefined {
    const slot = this.#slots[no]
    if (!slot) return undefined
    this.#slots[no] = undefined
    this.#size--
    this.#leave(slot)
    return slot
  }

  rebind(book: FenceBook, day: string): void {
    for (const slot of this.all()) bind(slot, book.bindings(slot.activation.person, slot.activation.org, day))
  }

  #join(slot: Slot): void {
    const { person, org, device } = slot.activation
    const unit = this.#byOrg.get(org)
    if (unit) unit.add(slot)
    else this.#byOrg.set(org, new Set([slot]))
    this.#byDevice.set(device, [...this.ofDevice(device), slot])
    const own = [...this.ofPerson(person), slot]
    this.#byPerson.set(person, own)
    siblings(own)
  }

  /** Out of every register but that of its number. */
  #leave(slot: Slot): void {
    const { person, org, device } = slot.activation
    this.#byOrg.get(org)?.delete(slot)
    without(this.#byDevice, device, slot)
    siblings(without(this.#byPerson, person, slot))
    slot.siblings = null
  }
}

function without(register: Map<string, readonly Slot[]>, key: string, slot: Slot): readonly Slot[] {
  const left = (register.get(key) ?? []).filter((s) => s !== slot)
  if (left.length > 0) register.set(key, left)
  else register.delete(key)
  return left
}

const nobody: ReadonlySet<Slot> = new Set()

function siblings(slots: readonly Slot[]): void {
  for (const slot of slots) slot.siblings = slots.length > 1 ? slots.filter((s) => s !== slot) : null
}

/**
 * What changed between the last snapshot and the stop without mattering was not kept; the latest position says it, unless
 * it is among those that are read again. Where no silence had begun none is counted from before: a restart must not accuse.
 */
function catchUp(slot: Slot, latest: Latest | null, containedUntil: number, now: number): void {
  // A simulated one is the newest on the map, marked as such; what presence works with is the last believed.
  const place = latest && (latest.flags & noPlace) === 0 ? latest : null
  if (place && place.ts > slot.lastTs && place.receivedAt <= containedUntil) {
    slot.lastTs = place.ts
    slot.lat = place.lat
    slot.lon = place.lon
    slot.accuracyM = place.accuracyM
    slot.fixFlags = place.flags
    if (place.batteryPct !== null) slot.batteryPct = place.batteryPct
    for (const sight of slot.sights)
      if (sight.state.firm && sight.state.run === null) sight.lastTs = Math.max(sight.lastTs, place.ts)
  }
  if (slot.silence === 0) slot.lastByteTs = Math.max(slot.lastByteTs, latest?.receivedAt ?? 0)
  if (!latest && slot.lastTs === 0) slot.excusedUntil = Math.max(slot.excusedUntil, slot.activation.startsAt, now)
}
