import { legalDay, MINUTE, SECOND } from '@zhijiao/geo/day'
import type { House } from '../../core/house.ts'
import type { Stop } from '../../core/room.ts'
import type { ArrivalSource } from '../../positions/index.ts'
import type { Signal } from '../domain.ts'
import { readOverrides } from '../kinds-store.ts'
import { Arrivals } from './arrivals.ts'
import type { ClerkDoors, Written } from './clerk.ts'
import type { Fleet } from './fleet.ts'
import { Gatherings } from './gathering.ts'
import { followOutages, hush } from './hush.ts'
import { LadderClock } from './ladder.ts'
import { followLeaves, loadLeaves, noteLeaves } from './leaves.ts'
import { Live } from './live.ts'
import { counted } from './metrics.ts'
import { look } from './presence.ts'
import { strapDue } from './reports.ts'
import type { Slot } from './slot.ts'
import { snapshot } from './snapshot.ts'
import { endTerm, loadAll, loadDevices, sweepTerms } from './terms.ts'
import type { Turn } from './turn.ts'
import { Unheard } from './unheard.ts'

const tickMs = 200
const snapshotMs = 60 * SECOND
/** Who stands together is looked at this often. */
const gatherMs = MINUTE
const beatMs = 10 * SECOND
/** How late a change is seen of which nobody was heard to tell. */
const unheardMs = MINUTE
/** Leaves, outages: how soon a change made elsewhere is seen. */
const pollMs = 10 * SECOND
/** Longer without a beat and the platform was down, ms. */
const downMs = 60 * SECOND

/** Something done again and again, `everyMs` after the last time. */
interface Round {
  readonly everyMs: number
  last: number
  readonly work: (now: number) => void
}

/**
 * The engine: takes what became durable, keeps the live state of every activation, and writes what it means. One per
 * database. Made by `runEngine` once the lock is held; everything it forgets at a crash is in the inbox or in its tables.
 */
export class Engine {
  readonly #live: Live
  readonly #arrivals: Arrivals
  readonly #ladder = new LadderClock()
  readonly #gatherings = new Gatherings()
  readonly #unheard = new Unheard()
  readonly #rounds: readonly Round[]
  readonly #stops: Stop[] = []
  /** Devices that were said to have changed and are not read yet. */
  #changed = new Set<string | null>()
  #abandoned = false

  constructor(house: House, turn: Turn, source: ArrivalSource, doors: ClerkDoors) {
    const live = new Live(house, turn, doors, (written) => this.#learn(written))
    this.#live = live
    this.#arrivals = new Arrivals(live, source)
    const { aside, startedAt } = live
    this.#rounds = [
      { everyMs: beatMs, last: startedAt, work: (now) => aside.add(() => beat(live, now)) },
      { everyMs: pollMs, last: startedAt, work: (now) => aside.add(() => this.#poll(now)) },
      { everyMs: unheardMs, last: startedAt, work: () => this.#lookAgain() },
      { everyMs: snapshotMs, last: startedAt, work: () => aside.add(() => snapshot(live, this.#arrivals)) },
      { everyMs: gatherMs, last: 0, work: (now) => this.#gather(now) },
    ]
  }

  get fleet(): Fleet {
    return this.#live.fleet
  }

  async start(): Promise<void> {
    const live = this.#live
    const { fleet, house, outages, rules, startedAt: now, store, timers } = live
    const off = this.#arrivals.listen()
    this.#stops.push(async () => off())
    await this.#noteOwnStop(now)
    await rules.read(house)
    await this.#unheard.fences(live)
    await this.#unheard.begin(live, now)
    const marks = await store.marks()
    const containedUntil = Math.min(...[...marks.values()].map((m) => m.receivedAt), Number.POSITIVE_INFINITY)
    await loadAll(live, now, marks.size === 0 ? Number.NEGATIVE_INFINITY : containedUntil)
    await loadLeaves(live)
    this.#ladder.load(await store.waiting())
    await outages.load(store, now)
    await this.#arrivals.replay(marks)
    for (const slot of fleet.all()) timers.arm(slot, now)
    await sweepTerms(live, now)
    counted.activations.set(fleet.size)
    // Given up while it read: nothing is begun that nobody would end.
    if (this.#abandoned) return
    const timer = setInterval(() => this.#tick(), tickMs)
    this.#stops.push(async () => clearInterval(timer))
  }

  async stop(): Promise<void> {
    const { aside, queue } = this.#live
    aside.close()
    for (const stop of this.#stops.splice(0)) await stop()
    await aside.done()
    await queue.settle(5_000)
    await snapshot(this.#live, this.#arrivals).catch(() => undefined)
    queue.close()
    await beat(this.#live, this.#live.now()).catch(() => undefined)
  }

  /** Drops everything at once, as a crash would, also in the middle of its start. */
  async abandon(): Promise<void> {
    const { aside, queue } = this.#live
    this.#abandoned = true
    aside.close()
    for (const stop of this.#stops.splice(0)) await stop()
    queue.close()
    await queue.settle(2_000)
  }

  /** Resolves when everything taken so far is written. */
  async calm(): Promise<void> {
    const { aside, queue } = this.#live
    for (let quiet = false; !quiet; ) {
      await aside.done()
      await queue.settle(10_000)
      quiet = queue.size === 0
    }
  }

  // Time ------------------------------------------------------------------------------------------------------------------

  #tick(): void {
    const { fleet, queue, timers } = this.#live
    const now = this.#live.now()
    for (const no of timers.advance(now)) {
      const slot = fleet.get(no)
      if (slot) this.#due(slot, now)
    }
    for (const { id, person, activationNo } of this.#ladder.due(now)) {
      const slot = activationNo === null ? undefined : fleet.get(activationNo)
      queue.add(person, [{ do: 'step', episode: id, heardAt: slot ? lastHeard(slot) : now }], null)
    }
    queue.turn()
    counted.timers.set(timers.size)
    for (const round of this.#rounds) {
      if (now - round.last < round.everyMs) continue
      round.last = now
      round.work(now)
    }
    if (this.#live.day !== legalDay(now)) this.refence()
  }

  /** A slot's timer. */
  #due(slot: Slot, now: number): void {
    if (now >= slot.activation.endsAt) {
      endTerm(this.#live, slot, 'term')
      return
    }
    const out: Signal[] = []
    if (slot.strapReports > 0) strapDue(slot, now, out)
    for (const sight of slot.sights) if (now >= sight.lookAt) look(slot, sight, now, out)
    hush(this.#live, slot, now, out)
    this.#live.timers.arm(slot, now)
    if (out.length > 0) this.#live.tell(slot, out)
  }

  /** Who stands together, where a unit wants to know it. */
  #gather(now: number): void {
    const { book, fleet } = this.#live
    if (!book || !this.#gatherings.wanted) return
    for (const { slot, signal } of this.#gatherings.look(fleet, book, now)) this.#live.tell(slot, [signal])
  }

  // Changes made elsewhere ------------------------------------------------------------------------------------------------

  /** A device, its activations or its holder changed; null: each of them may have. A county that enrols changes thousands at once. */
  deviceChanged(device: string | null): void {
    const live = this.#live
    const begun = this.#changed.size > 0
    this.#changed.add(device)
    if (begun) return
    live.aside.add(async () => {
      const changed = this.#changed
      this.#changed = new Set()
      const devices = [...changed].filter((one) => one !== null)
      await loadDevices(live, changed.has(null) ? null : devices)
      await sweepTerms(live, live.now())
    })
  }

  /** Fences changed, or a new legal day began: other fences may bind. */
  refence(): void {
    const live = this.#live
    live.day = legalDay(live.now())
    live.aside.add(() => this.#unheard.fences(live))
  }

  /** What changed and was not heard of, or could not be read when it was. */
  #lookAgain(): void {
    const live = this.#live
    live.aside.add(() => this.#unheard.terms(live))
    live.aside.add(() => this.#unheard.fences(live))
  }

  async #poll(now: number): Promise<void> {
    const live = this.#live
    this.#arrivals.askAgain()
    await followOutages(live, now)
    await followLeaves(live, now)
    this.#gatherings.overrides = await readOverrides(live.house.databases.system)
    if (await live.rules.read(live.house)) this.#reread(now)
  }

  /** Other numbers hold from now on: for everybody, without a restart. */
  #reread(now: number): void {
    const { fleet, rules: book, timers } = this.#live
    for (const slot of fleet.all()) {
      const rules = book.of(slot.activation.org)
      if (rules.revision === slot.rules.revision) continue
      slot.obey(rules)
      timers.arm(slot, now)
    }
  }

  // What it knows of itself -------------------------------------------------------------------------------------------------

  /** The platform itself was down: that time is nobody's silence. */
  async #noteOwnStop(now: number): Promise<void> {
    const { house } = this.#live
    const last = await this.#live.store.lastBeat()
    await this.#live.write(async (store) => {
      if (last !== null && now - last > downMs)
        await store.addOutage({
          id: house.chance.id(),
          org: '',
          reason: '平台停止运行 / the platform was not running',
          scope: { of: 'platform' },
          startsAt: last,
          endsAt: now,
          members: [],
          at: now,
        })
      await store.beat(now, now)
    })
  }

  #learn(written: Written): void {
    const { decisions } = written
    for (const { episode, fact } of decisions)
      if (fact !== 'waited') counted.episodes.inc({ kind: episode.kind, state: episode.settledAs ?? episode.state })
    this.#ladder.learn(decisions)
    noteLeaves(this.#live.fleet, written)
  }
}

const beat = (live: Live, at: number) => live.write((store) => store.beat(at, live.startedAt))

/** When a device was last heard; one never heard is silent since its term began, not since the beginning of time. */
const lastHeard = (slot: Slot): number => Math.max(slot.lastByteTs, slot.excusedUntil, slot.activation.startsAt)
