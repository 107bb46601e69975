import { MINUTE } from '@zhijiao/geo/day'
import type { Arrival, ArrivalSource, Contact } from '../../positions/index.ts'
import type { Signal } from '../domain.ts'
import type { Fleet } from './fleet.ts'
import type { Live } from './live.ts'
import { counted } from './metrics.ts'
import type { Slot } from './slot.ts'
import type { Mark } from './store.ts'
import { loadDevices } from './terms.ts'
import { seeArrival, seeContact } from './watch.ts'

/** A position older than this asks no other device where it is. */
const askFreshMs = 2 * MINUTE
/** Units waiting above which replay holds its breath. */
const most = 5_000

/** Lookups of a stranger that may fail, ten seconds apart, before what came for him is left to the track. */
const mostTries = 30

/** An activation that is not known yet. */
interface Stranger {
  readonly device: string
  readonly came: Arrival[]
  tries: number
}

/** What became durable, taken into the live state in order: first the tail that a stop left unread, then what comes. */
export class Arrivals {
  readonly #live: Live
  readonly #fleet: Fleet
  readonly #source: ArrivalSource
  /** The last flush taken of each shard. */
  readonly #taken = new Map<number, Mark>()
  /** Activations not known yet, while they are looked up. */
  readonly #strangers = new Map<number, Stranger>()
  /** What comes while the tail is read. */
  #early: (readonly Arrival[])[] | null = []

  constructor(live: Live, source: ArrivalSource) {
    this.#live = live
    this.#fleet = live.fleet
    this.#source = source
  }

  /** Listens from now on; what comes waits until `replay` is done. Returns what stops it. */
  listen(): () => void {
    const offArrivals = this.#source.onArrivals((a) => this.#arrive(a))
    const offContacts = this.#source.onContacts((c) => this.#contact(c))
    return () => {
      offArrivals()
      offContacts()
    }
  }

  /** Reads what lies in the inbox behind `marks`, then what came meanwhile. */
  async replay(marks: ReadonlyMap<number, Mark>): Promise<void> {
    for (const [shard, mark] of marks) this.#taken.set(shard, mark)
    const { queue } = this.#live
    for (const shard of await this.#source.shards()) {
      for await (const arrivals of this.#source.since(shard, this.#taken.get(shard)?.no ?? 0)) {
        for (const arrival of arrivals) this.#take(arrival)
        if (queue.size > most) await queue.settle(30_000)
      }
    }
    const early = this.#early ?? []
    this.#early = null
    for (const arrivals of early) this.#arrive(arrivals)
  }

  /** Up to where each shard was taken, as of now. */
  marks(): ReadonlyMap<number, Mark> {
    return new Map(this.#taken)
  }

  /** Whether something up to this flush still waits for its activation to be read. */
  waitsBelow(shard: number, no: number): boolean {
    for (const { came } of this.#strangers.values()) if (came.some((a) => a.shard === shard && a.no <= no)) return true
    return false
  }

  #arrive(arrivals: readonly Arrival[]): void {
    if (this.#early) {
      this.#early.push(arrivals)
      return
    }
    for (const arrival of arrivals) this.#take(arrival)
  }

  #take(arrival: Arrival): void {
    const { shard, no } = arrival
    const taken = this.#taken.get(shard)
    if (!taken || no > taken.no) this.#taken.set(shard, { no, receivedAt: arrival.receivedAt })
    const slot = this.#fleet.get(arrival.activationNo)
    if (!slot) {
      this.#stranger(arrival)
      return
    }
    if (slot.contains(shard, no)) return
    const out: Signal[] = []
    seeArrival(slot, arrival, out)
    slot.advance(shard, no)
    counted.fixes.inc(arrival.fixes.length)
    const live = this.#live
    counted.lag.set((live.now() - arrival.receivedAt) / 1000)
    if (out.length > 0 || slot.dirty) live.timers.arm(slot, live.now())
    if (out.length > 0) live.tell(slot, out)
    if (slot.siblings !== null) this.#compare(slot, arrival.receivedAt)
  }

  /** Asks another device of the same person where it is, where a position just taken gives reason to. */
  #compare(slot: Slot, receivedAt: number): void {
    const live = this.#live
    for (const other of slot.siblings ?? []) {
      const why = other.compare
      if (why === null) continue
      other.compare = null
      // Read again after a restart: long answered, or no longer of use.
      if (live.now() - receivedAt > askFreshMs) continue
      live.queue.add(other.activation.person, [{ do: 'compare', activationNo: other.activation.no, why }], null)
    }
  }

  #contact(contacts: readonly Contact[]): void {
    const live = this.#live
    const now = live.now()
    for (const contact of contacts) {
      const slot = this.#fleet.get(contact.activationNo)
      if (!slot) continue
      const out: Signal[] = []
      seeContact(slot, contact, out)
      if (out.length > 0 || slot.dirty) live.timers.arm(slot, now)
      if (out.length > 0) live.tell(slot, out)
    }
  }

  /** Looks up again whom the database did not answer for. */
  askAgain(): void {
    for (const [no, { tries }] of this.#strangers) if (tries > 0) this.#live.aside.add(() => this.#learn(no))
  }

  /** An activation approved since: read it, then take what came for it. */
  #stranger(arrival: Arrival): void {
    const { activationNo: no, deviceId: device } = arrival
    const known = this.#strangers.get(no)
    if (known) {
      known.came.push(arrival)
      return
    }
    this.#strangers.set(no, { device, came: [arrival], tries: 0 })
    this.#live.aside.add(() => this.#learn(no))
  }

  async #learn(no: number): Promise<void> {
    const stranger = this.#strangers.get(no)
    if (!stranger) return
    try {
      await loadDevices(this.#live, [stranger.device])
    } catch (error) {
      // Waiting holds back the mark of everybody in this shard: not for ever. The next arrival asks anew.
      if (++stranger.tries >= mostTries) this.#strangers.delete(no)
      throw error
    }
    this.#strangers.delete(no)
    // Still unknown: its term is over; what came is history and never live.
    if (this.#fleet.get(no)) for (const arrival of stranger.came) this.#take(arrival)
  }
}
