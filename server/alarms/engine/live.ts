import { legalDay } from '@zhijiao/geo/day'
import type { House } from '../../core/house.ts'
import { Rulebook } from '../../core/rulebook.ts'
import type { FenceBook } from '../../fences/index.ts'
import type { Signal } from '../domain.ts'
import type { Approval } from '../trip.ts'
import { Aside } from './aside.ts'
import type { ClerkDoors, Item, Written } from './clerk.ts'
import { Fleet } from './fleet.ts'
import { OutageBook } from './outage-book.ts'
import { Queue } from './queue.ts'
import type { Slot } from './slot.ts'
import { type EngineStore, engineStore, type Readings } from './store.ts'
import { shippedThresholds, thresholdsOf } from './thresholds.ts'
import { Timers } from './timers.ts'
import { type Judged, judgeSlot } from './trips.ts'
import type { Turn } from './turn.ts'

/** What every part of the engine stands on: the live state, its timers, what explains silence, and where signs go. */
export class Live {
  readonly house: House
  readonly store: Readings
  readonly startedAt: number
  readonly fleet = new Fleet()
  readonly rules = new Rulebook(thresholdsOf, shippedThresholds)
  readonly outages = new OutageBook()
  readonly timers: Timers
  readonly queue: Queue
  readonly aside: Aside
  /** The fences, and the legal day they are read for. */
  book: FenceBook | null = null
  day = ''
  readonly #turn: Turn
  /** Pages of numbers of which something was read since they were compared with the database. */
  readonly reread = new Set<number>()

  constructor(house: House, turn: Turn, doors: ClerkDoors, written: (written: Written) => void) {
    this.house = house
    this.#turn = turn
    this.store = engineStore(house.databases.system)
    this.startedAt = house.chance.now()
    this.timers = new Timers(this.startedAt, this.outages)
    this.queue = new Queue(
      house,
      turn,
      doors,
      {
        carrierOf: (no) => (no === null ? null : (this.fleet.get(no)?.activation ?? null)),
        judge: (no, approvals) => this.judge(no === null ? undefined : this.fleet.get(no), approvals, this.now()),
      },
      written,
    )
    this.aside = new Aside(house.log)
  }

  now(): number {
    return this.house.chance.now()
  }

  /** Writes of the engine beside the episodes, in one transaction of its turn. */
  write<T>(work: (store: EngineStore) => Promise<T>): Promise<T> {
    return this.#turn.write((db) => work(engineStore(db)))
  }

  /** What approvals to be away make of where somebody is; null where nothing is approved, or before the fences are read. */
  judge(slot: Slot | undefined, approvals: readonly Approval[], now: number): Judged | null {
    return this.book && judgeSlot(slot, approvals, { book: this.book, day: legalDay(now), now })
  }

  /** Signs of a slot, to be written together with the state that shows them. */
  tell(slot: Slot, signals: readonly Signal[]): void {
    this.queue.add(
      slot.activation.person,
      signals.map((signal): Item => ({ do: 'take', signal })),
      slot,
    )
  }
}
