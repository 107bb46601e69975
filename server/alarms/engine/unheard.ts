import { legalDay } from '@zhijiao/geo/day'
import { bookVersion, readBook } from '../../fences/index.ts'
import type { Live } from './live.ts'
import { loadPage, sweepTerms } from './terms.ts'

/**
 * What was changed elsewhere and never heard of: a notice that came while the database would not answer, or on a
 * connection that was gone. Compared once a minute by digests that the database makes, so that only what differs is read.
 */
export class Unheard {
  /** Digest of each page of running activations, as it was before the page was last read. */
  #pages: ReadonlyMap<number, string> = new Map()
  #book = ''

  /** Notes what is about to be read whole. */
  async begin({ store }: Live, now: number): Promise<void> {
    this.#pages = await store.runningPages(now)
  }

  /** Reads again the activations that began, ended or changed since they were last read, and settles what terms left open. */
  async terms(live: Live): Promise<void> {
    const now = live.now()
    const pages = await live.store.runningPages(now)
    // What was read in between is none of what the digests tell of.
    const others = new Set(live.reread)
    for (const page of [...this.#pages.keys(), ...pages.keys()])
      if (pages.get(page) !== this.#pages.get(page)) others.add(page)
    for (const page of others) await loadPage(live, page)
    for (const page of others) live.reread.delete(page)
    this.#pages = pages
    await sweepTerms(live, now)
  }

  /** Reads the fences again where they, or the day on which they bind, are others than those that bind now. */
  async fences(live: Live): Promise<void> {
    const { fleet, house, timers } = live
    const now = live.now()
    live.day = legalDay(now)
    const version = `${live.day} ${await bookVersion(house.databases.system, live.day)}`
    if (version === this.#book) return
    live.book = await readBook(house.databases.system, live.day, live.book ?? undefined)
    fleet.rebind(live.book, live.day)
    for (const slot of fleet.all()) if (slot.dirty) timers.arm(slot, now)
    this.#book = version
  }
}
