import { DAY, HOUR } from '@zhijiao/geo/day'
import type { Live } from './live.ts'
import { explaining, isOver, overlapMs } from './outages.ts'
import type { Slot } from './slot.ts'
import type { OutageSpan, Readings } from './store.ts'

/** Older ones explain no silence of now. */
const reachMs = 2 * DAY

/** The outages that may matter to a silence of now: declared by an operator or detected by the engine. */
export class OutageBook {
  #spans: readonly OutageSpan[] = []

  async load(store: Readings, now: number): Promise<void> {
    this.#spans = await store.outages(now - reachMs)
  }

  /** Time of a slot's silence that lies in outages, ms. */
  overlapMs(slot: Slot, now: number): number {
    return overlapMs(this.#spans, slot, now)
  }

  /** The outage that explains a slot's silence. */
  explaining(slot: Slot): OutageSpan | null {
    return explaining(this.#spans, slot)
  }

  /** One detected this moment. */
  note(outage: OutageSpan): void {
    this.#spans = [...this.#spans, outage]
  }

  /** Reads what was declared or ended elsewhere, and ends the detected ones that are over; true when one began or ended. */
  async follow(live: Pick<Live, 'fleet' | 'store' | 'write'>, now: number): Promise<boolean> {
    const before = new Set(this.#spans.filter((o) => o.endsAt === null).map((o) => o.id))
    const known = new Set(this.#spans.map((o) => o.id))
    const read = await live.store.outages(now - reachMs)
    // One detected this moment may not be in the table yet.
    const unread = this.#spans.filter((o) => o.endsAt === null && !read.some((r) => r.id === o.id))
    this.#spans = [...read, ...unread.filter((o) => o.startsAt > now - HOUR)]
    for (const outage of this.#spans) {
      if (outage.way !== 'detected' || outage.endsAt !== null || outage.members.length === 0) continue
      if (!isOver(outage, (no) => live.fleet.get(no), now)) continue
      await live.write((store) => store.endOutage(outage.id, now))
      this.#spans = this.#spans.map((o) => (o.id === outage.id ? { ...o, endsAt: now } : o))
    }
    return this.#spans.some((o) => !known.has(o.id) || (before.has(o.id) && o.endsAt !== null))
  }
}
