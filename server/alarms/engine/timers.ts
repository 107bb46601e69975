import { MINUTE } from '@zhijiao/geo/day'
import { TimingWheel } from '@zhijiao/geo/wheel'
import type { OutageBook } from './outage-book.ts'
import { deadlinesOf, silenceAt } from './silence.ts'
import type { Slot } from './slot.ts'

/** Sooner than this nobody is looked at again, ms. */
const soonestMs = 200

/** One timer a slot: when it is to be looked at next though nothing arrives. */
export class Timers {
  readonly #wheel: TimingWheel
  readonly #outages: OutageBook

  constructor(now: number, outages: OutageBook) {
    this.#wheel = new TimingWheel(now)
    this.#outages = outages
  }

  get size(): number {
    return this.#wheel.size
  }

  /** Numbers of the activations that are due; their timers are off. */
  advance(now: number): readonly number[] {
    return this.#wheel.advance(now)
  }

  /** Sets the slot's timer to whatever comes next. Fixes do not move it: it looks again when it fires. */
  arm(slot: Slot, now: number): void {
    const deadlines = deadlinesOf(slot, now, this.#outages.overlapMs(slot, now))
    const plain = silenceAt(slot, deadlinesOf(slot, now, 0), now)
    let next = Math.min(slot.activation.endsAt, silenceAt(slot, deadlines, now).next)
    // In an outage somebody's silence still becomes visible, as excused.
    if (plain.now < 2) next = Math.min(next, plain.next)
    if (slot.strapReports > 0 && !slot.strapTold) next = Math.min(next, slot.strapSince + slot.rules.strap.afterMs)
    for (const sight of slot.sights) next = Math.min(next, sight.lookAt === 0 ? next : sight.lookAt)
    if (this.#outages.explaining(slot)) next = Math.min(next, now + MINUTE)
    this.#wheel.add(slot.activation.no, Math.max(next, now + soonestMs))
  }

  cancel(activationNo: number): void {
    this.#wheel.cancel(activationNo)
  }
}
