import type { House } from '../../core/house.ts'
import { type ClerkDoors, type Item, type Witness, type Written, write } from './clerk.ts'
import { counted } from './metrics.ts'
import { rowOf, type Slot } from './slot.ts'
import type { PresenceRow } from './store.ts'
import { Superseded, type Turn } from './turn.ts'

interface Unit {
  readonly items: Item[]
  /** Latest captured presence of each activation concerned. */
  readonly rows: Map<number, PresenceRow>
  readonly slots: Set<Slot>
  /** Lowest flush of each shard that is not written yet. */
  readonly first: Map<number, number>
  /** Times the database refused its content, not its connection. */
  refused: number
}

/** Refusals of the same content after which it is set aside, so that one person's fault never stops the others. */
const mostRefusals = 5

/**
 * Transactions at once; persons do not wait for each other. Each is some twenty questions to the database, answered once a
 * turn of a loop that serves thousands of sockets: it is their waiting, not their work, that must not add up.
 */
const hands = 12

/**
 * What waits to be written, one unit a person, in order. While the database is away units grow by merging and are tried
 * again; nothing is lost, because what caused them is in the inbox.
 */
export class Queue {
  readonly #units = new Map<string, Unit>()
  readonly #writing = new Map<string, Unit>()
  readonly #house: House
  readonly #turn: Turn
  readonly #doors: ClerkDoors
  readonly #witness: Witness
  readonly #written: (written: Written) => void
  #pauseUntil = 0
  #failures = 0
  #closed = false
  #idle: (() => void)[] = []

  constructor(house: House, turn: Turn, doors: ClerkDoors, witness: Witness, written: (written: Written) => void) {
    this.#house = house
    this.#turn = turn
    this.#doors = doors
    this.#witness = witness
    this.#written = written
  }

  get size(): number {
    return this.#units.size + this.#writing.size
  }

  /** Adds items of a person; with `slot`, its state as of now is written in the same transaction. */
  add(person: string, items: readonly Item[], slot: Slot | null): void {
    let unit = this.#units.get(person)
    if (!unit) {
      unit = { items: [], rows: new Map(), slots: new Set(), first: new Map(), refused: 0 }
      this.#units.set(person, unit)
    }
    unit.items.push(...items)
    if (slot) {
      unit.rows.set(slot.activation.no, rowOf(slot, this.#house.chance.now()))
      if (!unit.slots.has(slot)) {
        unit.slots.add(slot)
        slot.queued++
      }
      slot.dirty = false
      if (slot.shard !== -1)
        unit.first.set(slot.shard, Math.min(unit.first.get(slot.shard) ?? slot.inboxNo, slot.inboxNo))
    }
    counted.waiting.set(this.size)
    this.turn()
  }

  /** The lowest flush of a shard that still waits to be written; Infinity when none does. */
  lowest(shard: number): number {
    let low = Number.POSITIVE_INFINITY
    for (const units of [this.#units, this.#writing])
      for (const unit of units.values()) low = Math.min(low, unit.first.get(shard) ?? low)
    return low
  }

  /** Starts what may start. Called by `add` and by the engine's tick. */
  turn(): void {
    if (this.#closed || this.#writing.size >= hands || Date.now() < this.#pauseUntil) return
    for (const [person, unit] of this.#units) {
      if (this.#writing.size >= hands) return
      if (this.#writing.has(person)) continue
      this.#units.delete(person)
      this.#writing.set(person, unit)
      void this.#write(person, unit)
    }
  }

  async #write(person: string, unit: Unit): Promise<void> {
    try {
      const rows = [...unit.rows.values()]
      const written = await write(this.#house, this.#turn, this.#doors, person, unit.items, rows, this.#witness)
      this.#failures = 0
      for (const slot of unit.slots) slot.queued--
      this.#writing.delete(person)
      this.#written(written)
    } catch (error) {
      this.#writing.delete(person)
      if (error instanceof Superseded) {
        // The other engine reads from the inbox what this one was about to say.
        this.#closed = true
        this.#again(person, unit)
        return
      }
      counted.failures.inc()
      const why = error instanceof Error ? error.message : String(error)
      if (refusesContent(error) && ++unit.refused >= mostRefusals) {
        // What it would have said is in the log by kind; what was seen is still written, so that the watch goes on.
        const kinds = unit.items.map((i) => (i.do === 'take' ? `${i.signal.what} ${i.signal.kind}` : i.do))
        this.#house.log.error({ why, person, kinds }, 'signs of one person could not be written and were set aside')
        unit.items.length = 0
        unit.refused = 0
      } else if (!refusesContent(error)) {
        this.#failures++
        this.#pauseUntil = Date.now() + Math.min(5_000, 100 * 2 ** Math.min(6, this.#failures))
      }
      this.#again(person, unit)
      this.#house.log.warn({ why, failures: this.#failures }, 'episodes wait for the database')
    }
    counted.waiting.set(this.size)
    this.turn()
    if (this.size === 0) for (const tell of this.#idle.splice(0)) tell()
  }

  /** Puts a unit back before what came meanwhile. */
  #again(person: string, unit: Unit): void {
    const later = this.#units.get(person)
    if (later) {
      unit.items.push(...later.items)
      for (const [no, row] of later.rows) unit.rows.set(no, row)
      for (const slot of later.slots) {
        if (unit.slots.has(slot)) slot.queued--
        unit.slots.add(slot)
      }
      for (const [shard, no] of later.first) unit.first.set(shard, Math.min(unit.first.get(shard) ?? no, no))
    }
    this.#units.set(person, unit)
  }

  /** Resolves when nothing waits, at the latest after `ms`. */
  async settle(ms: number): Promise<void> {
    if (this.size === 0) return
    await Promise.race([
      new Promise<void>((done) => this.#idle.push(done)),
      new Promise<void>((done) => setTimeout(done, ms).unref()),
    ])
  }

  close(): void {
    this.#closed = true
  }
}

/** Classes 22 and 23 of SQLSTATE: the content is at fault, and trying again alone will not mend it. */
function refusesContent(error: unknown): boolean {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
  return code.startsWith('22') || code.startsWith('23')
}
