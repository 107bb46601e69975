import { legalDay, MINUTE, SECOND } from '@zhijiao/geo/day'
import { TimingWheel } from '@zhijiao/geo/wheel'
import type { House } from '../../core/house.ts'
import type { Stop } from '../../core/room.ts'
import { type FenceBook, readBook } from '../../fences/index.ts'
import type { Arrival, ArrivalSource, Contact } from '../../positions/index.ts'
import { type Signal, tells } from '../domain.ts'
import { readOverrides } from '../kinds.ts'
import type { ClerkDoors, Item, Written } from './clerk.ts'
import { Fleet } from './fleet.ts'
import { Gatherings } from './gathering.ts'
import { counted } from './metrics.ts'
import { excusedByOutage, explaining, fellTogether, isOver, overlapMs } from './outages.ts'
import { look } from './presence.ts'
import { Queue } from './queue.ts'
import { strapDue } from './reports.ts'
import { Rulebook } from './rulebook.ts'
import { deadlinesOf, silenceAt, silenceSign } from './silence.ts'
import { keep, type Sight, type Silence, type Slot } from './slot.ts'
import { engineStore, type Mark, type OutageSpan } from './store.ts'
import { seeArrival, seeContact } from './watch.ts'

const tickMs = 200
const snapshotMs = 60 * SECOND
/** Who stands together is looked at this often, and a position older than this asks no other device. */
const gatherMs = 60 * SECOND
const askFreshMs = 2 * MINUTE
const beatMs = 10 * SECOND
/** Leaves, outages: how soon a change made elsewhere is seen. */
const pollMs = 10 * SECOND
/** Longer without a beat and the platform was down, ms. */
const downMs = 60 * SECOND
const rowsAtOnce = 1_000
/** Units waiting above which replay holds its breath. */
const most = 5_000

/**
 * The engine: takes what became durable, keeps the live state of every activation, and writes what it means. One per
 * database. Made by `startEngine` once the lock is held; everything it forgets at a crash is in the inbox or in its tables.
 */
export class Engine {
  readonly fleet = new Fleet()
  readonly #house: House
  readonly #source: ArrivalSource
  readonly #queue: Queue
  readonly #rules = new Rulebook()
  readonly #gatherings = new Gatherings()
  readonly #store: ReturnType<typeof engineStore>
  #wheel: TimingWheel
  #book: FenceBook | null = null
  #day = ''
  #outages: OutageSpan[] = []
  /** Episodes on the ladder by id. */
  readonly #ladder = new Map<string, { person: string; activationNo: number | null; at: number }>()
  readonly #processed = new Map<number, Mark>()
  /** Arrivals of activations not known yet, while they are looked up. */
  readonly #strangers = new Map<number, Arrival[]>()
  readonly #stops: Stop[] = []
  #early: (readonly Arrival[])[] | null = []
  readonly #startedAt: number
  #lastBeat = 0
  #lastPoll = 0
  #lastSnapshot = 0
  #lastGather = 0
  #busy: Promise<void> = Promise.resolve()
  #stopped = false

  constructor(house: House, source: ArrivalSource, doors: ClerkDoors) {
    this.#house = house
    this.#source = source
    this.#store = engineStore(house.databases.system)
    this.#startedAt = house.chance.now()
    this.#wheel = new TimingWheel(this.#startedAt)
    this.#queue = new Queue(
      house,
      doors,
      (no) => (no === null ? null : (this.fleet.get(no)?.activation ?? null)),
      (written) => this.#learn(written),
    )
  }

  async start(): Promise<void> {
    const now = this.#startedAt
    const store = this.#store
    const offArrivals = this.#source.onArrivals((a) => this.#arrive(a))
    const offContacts = this.#source.onContacts((c) => this.#contact(c))
    this.#stops.push(async () => {
      offArrivals()
      offContacts()
    })
    await this.#noteOwnStop(now)
    this.#day = legalDay(now)
    await this.#rules.read(this.#house)
    this.#book = await readBook(this.#house.databases.system, this.#day)
    const marks = await store.marks()
    for (const [shard, mark] of marks) this.#processed.set(shard, mark)
    const containedUntil = Math.min(...[...marks.values()].map((m) => m.receivedAt), Number.POSITIVE_INFINITY)
    const kept = new Map((await store.presences()).map((p) => [p.no, p.state]))
    for (const { activation, latest } of await store.running(now, null)) {
      const slot = this.fleet.add(activation, {
        latest,
        kept: kept.get(activation.no) ?? null,
        book: this.#book,
        day: this.#day,
        now,
        containedUntil: marks.size === 0 ? Number.NEGATIVE_INFINITY : containedUntil,
      })
      slot.obey(this.#rules.of(activation.org))
    }
    for (const { activationNo, fence } of await store.settledByLeave()) {
      const sight = this.fleet.get(activationNo)?.sights.find((s) => s.binding.id === fence)
      if (sight?.breached) sight.onLeave = true
    }
    for (const w of await store.waiting()) this.#ladder.set(w.id, w)
    this.#outages = await store.outages(now - 2 * 86_400_000)
    await this.#replay()
    for (const slot of this.fleet.all()) this.#arm(slot, now)
    await this.#sweepTerms(now)
    counted.activations.set(this.fleet.size)
    const timer = setInterval(() => this.#tick(), tickMs)
    this.#stops.push(async () => clearInterval(timer))
  }

  async stop(): Promise<void> {
    this.#stopped = true
    for (const stop of this.#stops.splice(0)) await stop()
    await this.#busy
    await this.#queue.settle(5_000)
    await this.snapshot().catch(() => undefined)
    this.#queue.close()
    await this.#store.beat(this.#house.chance.now(), this.#startedAt).catch(() => undefined)
  }

  /** Drops everything at once, as a crash would; for tests of exactly that. */
  async abandon(): Promise<void> {
    this.#stopped = true
    for (const stop of this.#stops.splice(0)) await stop()
    this.#queue.close()
    await this.#queue.settle(2_000)
  }

  // What arrives ------------------------------------------------------------------------------------------------------

  #arrive(arrivals: readonly Arrival[]): void {
    if (this.#early) {
      this.#early.push(arrivals)
      return
    }
    for (const arrival of arrivals) this.#take(arrival)
  }

  #take(arrival: Arrival): void {
    const { shard, no } = arrival
    const processed = this.#processed.get(shard)
    if (!processed || no > processed.no) this.#processed.set(shard, { no, receivedAt: arrival.receivedAt })
    const slot = this.fleet.get(arrival.activationNo)
    if (!slot) {
      this.#stranger(arrival)
      return
    }
    if (slot.contains(shard, no)) return
    const out: Signal[] = []
    seeArrival(slot, arrival, out)
    slot.advance(shard, no)
    counted.fixes.inc(arrival.fixes.length)
    counted.lag.set((this.#house.chance.now() - arrival.receivedAt) / 1000)
    if (out.length > 0 || slot.dirty) this.#arm(slot, this.#house.chance.now())
    if (out.length > 0) this.#tell(slot, out)
    if (slot.siblings !== null) this.#compare(slot, arrival.receivedAt)
  }

  /** Asks another device of the same person where it is, where a position just taken gives reason to. */
  #compare(slot: Slot, receivedAt: number): void {
    for (const other of slot.siblings ?? []) {
      const why = other.compare
      if (why === null) continue
      other.compare = null
      // Read again after a restart: long answered, or no longer of use.
      if (this.#house.chance.now() - receivedAt > askFreshMs) continue
      this.#queue.add(other.activation.person, [{ do: 'compare', activationNo: other.activation.no, why }], null)
    }
  }

  #contact(contacts: readonly Contact[]): void {
    const now = this.#house.chance.now()
    for (const contact of contacts) {
      const slot = this.fleet.get(contact.activationNo)
      if (!slot) continue
      const out: Signal[] = []
      seeContact(slot, contact, out)
      if (out.length > 0 || slot.dirty) this.#arm(slot, now)
      if (out.length > 0) this.#tell(slot, out)
    }
  }

  #tell(slot: Slot, signals: readonly Signal[]): void {
    this.#queue.add(
      slot.activation.person,
      signals.map((signal): Item => ({ do: 'take', signal })),
      slot,
    )
  }

  /** An activation approved since: read it, then take what came for it. */
  #stranger(arrival: Arrival): void {
    const waiting = this.#strangers.get(arrival.activationNo)
    if (waiting) {
      waiting.push(arrival)
      return
    }
    this.#strangers.set(arrival.activationNo, [arrival])
    this.#later(async () => {
      await this.#loadDevice(arrival.deviceId)
      const came = this.#strangers.get(arrival.activationNo) ?? []
      this.#strangers.delete(arrival.activationNo)
      // Still unknown: its term is over; what came is history and never live.
      if (this.fleet.get(arrival.activationNo)) for (const a of came) this.#take(a)
    })
  }

  async #replay(): Promise<void> {
    for (const shard of await this.#source.shards()) {
      for await (const arrivals of this.#source.since(shard, this.#processed.get(shard)?.no ?? 0)) {
        for (const arrival of arrivals) this.#take(arrival)
        if (this.#queue.size > most) await this.#queue.settle(30_000)
      }
    }
    const early = this.#early ?? []
    this.#early = null
    for (const arrivals of early) this.#arrive(arrivals)
  }

  // Time ------------------------------------------------------------------------------------------------------------------

  #tick(): void {
    const now = this.#house.chance.now()
    for (const no of this.#wheel.advance(now)) {
      const slot = this.fleet.get(no)
      if (slot) this.#due(slot, now)
    }
    for (const [id, waiting] of this.#ladder) {
      if (waiting.at > now) continue
      // It comes back with its next rung when that is written.
      this.#ladder.delete(id)
      const slot = waiting.activationNo === null ? undefined : this.fleet.get(waiting.activationNo)
      this.#queue.add(waiting.person, [{ do: 'step', episode: id, heardAt: slot ? lastHeard(slot) : now }], null)
    }
    this.#queue.turn()
    counted.timers.set(this.#wheel.size)
    if (now - this.#lastBeat >= beatMs) {
      this.#lastBeat = now
      this.#later(() => this.#store.beat(now, this.#startedAt))
    }
    if (now - this.#lastPoll >= pollMs) {
      this.#lastPoll = now
      this.#later(() => this.#poll(now))
    }
    if (now - this.#lastSnapshot >= snapshotMs) {
      this.#lastSnapshot = now
      this.#later(() => this.snapshot())
    }
    if (now - this.#lastGather >= gatherMs) {
      this.#lastGather = now
      this.#gather(now)
    }
    if (this.#day !== legalDay(now)) this.refence()
  }

  /** Who stands together, where a unit wants to know it. */
  #gather(now: number): void {
    if (!this.#book || !this.#gatherings.wanted) return
    for (const { slot, signal } of this.#gatherings.look(this.fleet, this.#book, now)) this.#tell(slot, [signal])
  }

  /** A slot's timer. */
  #due(slot: Slot, now: number): void {
    if (now >= slot.activation.endsAt) {
      this.#end(slot, 'term')
      return
    }
    const out: Signal[] = []
    if (slot.strapReports > 0) strapDue(slot, now, out)
    for (const sight of slot.sights) if (now >= sight.lookAt) look(slot, sight, now, out)
    this.#hush(slot, now, out)
    this.#arm(slot, now)
    if (out.length > 0) this.#tell(slot, out)
  }

  /** How silent a slot is, and whether the network explains it. */
  #hush(slot: Slot, now: number, out: Signal[]): void {
    const plain = silenceAt(slot, deadlinesOf(slot, now, 0), now).now
    if (plain <= slot.silence) return
    if (plain <= 2) this.#maybeOutage(slot, now)
    const counts = silenceAt(slot, deadlinesOf(slot, now, overlapMs(this.#outages, slot, now)), now).now
    if (counts < plain && plain >= 2) {
      const outage = explaining(this.#outages, slot)
      if (outage && slot.toldOutage !== outage.id) {
        slot.toldOutage = outage.id
        slot.dirty = true
        out.push(excusedByOutage(slot, outage, now))
      }
    }
    if (counts <= slot.silence || counts === 0) return
    if (slot.silence === 0) slot.silentSince = counts === 1 ? slot.lastByteTs : slot.lastTs || slot.activation.startsAt
    slot.silence = counts
    slot.dirty = true
    out.push(silenceSign(slot, counts as Exclude<Silence, 0>, now))
  }

  #maybeOutage(slot: Slot, now: number): void {
    if (explaining(this.#outages, slot)?.endsAt === null) return
    const { org } = slot.activation
    const together = fellTogether(this.fleet.ofOrg(org), slot, now)
    if (!together) return
    const outage: OutageSpan = {
      id: this.#house.chance.id(),
      org,
      way: 'detected',
      reason: `${together.members.length}/${together.total} 个终端同时中断 / devices silent at once`,
      protocol: null,
      startsAt: together.since,
      endsAt: null,
      members: together.members.map((s) => s.activation.no),
    }
    this.#outages.push(outage)
    const scope = { of: 'network', note: `${together.members.length}/${together.total}` }
    this.#later(() => this.#store.addOutage({ ...outage, scope, at: now }))
    // Those who fell silent minutes earlier were already asked about; that is taken back, visibly.
    for (const member of together.members) if (member !== slot) this.#excuse(member, now)
  }

  /** Takes back what silence had come to where an outage now explains it. */
  #excuse(slot: Slot, now: number): void {
    if (slot.silence === 0) return
    const counts = silenceAt(slot, deadlinesOf(slot, now, overlapMs(this.#outages, slot, now)), now).now
    const outage = explaining(this.#outages, slot)
    if (counts >= slot.silence || !outage || slot.toldOutage === outage.id) return
    slot.silence = counts
    slot.toldOutage = outage.id
    this.#tell(slot, [excusedByOutage(slot, outage, now)])
    this.#arm(slot, now)
  }

  /** Sets the slot's timer to whatever comes next. Fixes do not move it: it looks again when it fires. */
  #arm(slot: Slot, now: number): void {
    const deadlines = deadlinesOf(slot, now, overlapMs(this.#outages, slot, now))
    const plain = silenceAt(slot, deadlinesOf(slot, now, 0), now)
    let next = Math.min(slot.activation.endsAt, silenceAt(slot, deadlines, now).next)
    // In an outage somebody's silence still becomes visible, as excused.
    if (plain.now < 2) next = Math.min(next, plain.next)
    if (slot.strapReports > 0 && !slot.strapTold) next = Math.min(next, slot.strapSince + slot.rules.strap.afterMs)
    for (const sight of slot.sights) next = Math.min(next, sight.lookAt === 0 ? next : sight.lookAt)
    if (explaining(this.#outages, slot)) next = Math.min(next, now + MINUTE)
    this.#wheel.add(slot.activation.no, Math.max(next, now + 200))
  }

  // Changes made elsewhere ----------------------------------------------------------------------------------------------------

  /** A device, its activations or its holder changed. */
  deviceChanged(device: string | null): void {
    this.#later(async () => {
      await this.#loadDevice(device)
      await this.#sweepTerms(this.#house.chance.now())
    })
  }

  /** Fences changed, or a new legal day began: other fences may bind. */
  refence(): void {
    this.#day = legalDay(this.#house.chance.now())
    this.#later(async () => {
      this.#book = await readBook(this.#house.databases.system, this.#day, this.#book ?? undefined)
      this.fleet.rebind(this.#book, this.#day)
      const now = this.#house.chance.now()
      for (const slot of this.fleet.all()) if (slot.dirty) this.#arm(slot, now)
    })
  }

  /** The term of an activation has ended: nothing of it is pursued (Z3). */
  termEnded(activationNo: number, reason: string): void {
    const slot = this.fleet.get(activationNo)
    if (slot) this.#end(slot, reason)
  }

  #end(slot: Slot, reason: string): void {
    const { no, person } = slot.activation
    this.#wheel.cancel(no)
    this.fleet.remove(no)
    counted.activations.set(this.fleet.size)
    this.#queue.add(person, [{ do: 'endTerm', activationNo: no, reason }], slot)
  }

  async #loadDevice(device: string | null): Promise<void> {
    const now = this.#house.chance.now()
    const running = await this.#store.running(now, device)
    const there = new Set(running.map((r) => r.activation.no))
    for (const slot of [...this.fleet.all()]) {
      if (device !== null && slot.activation.device !== device) continue
      if (!there.has(slot.activation.no)) this.#end(slot, (await this.#store.endReason(slot.activation.no)) ?? 'term')
    }
    for (const { activation, latest } of running) {
      if (!this.#book) continue
      const known = this.fleet.get(activation.no)
      const kept = known ? null : await this.#store.presence(activation.no)
      const slot = this.fleet.add(activation, {
        latest: known ? null : latest,
        kept,
        book: this.#book,
        day: this.#day,
        now,
        containedUntil: Number.NEGATIVE_INFINITY,
      })
      slot.obey(this.#rules.of(activation.org))
      this.#arm(slot, now)
    }
    counted.activations.set(this.fleet.size)
  }

  async #sweepTerms(now: number): Promise<void> {
    for (const o of await this.#store.orphans(now))
      this.#queue.add(o.person, [{ do: 'endTerm', activationNo: o.activationNo, reason: o.reason ?? 'term' }], null)
  }

  async #poll(now: number): Promise<void> {
    const before = new Set(this.#outages.filter((o) => o.endsAt === null).map((o) => o.id))
    const known = new Set(this.#outages.map((o) => o.id))
    const read = await this.#store.outages(now - 2 * 86_400_000)
    // One detected this moment may not be in the table yet.
    const unread = this.#outages.filter((o) => o.endsAt === null && !read.some((r) => r.id === o.id))
    this.#outages = [...read, ...unread.filter((o) => o.startsAt > now - 3_600_000)]
    for (const outage of this.#outages) {
      if (outage.way === 'detected' && outage.endsAt === null && outage.members.length > 0) {
        if (!isOver(outage, (no) => this.fleet.get(no), now)) continue
        await this.#store.endOutage(outage.id, now)
        this.#outages = this.#outages.map((o) => (o.id === outage.id ? { ...o, endsAt: now } : o))
      }
    }
    const changed = this.#outages.some((o) => !known.has(o.id) || (before.has(o.id) && o.endsAt !== null))
    if (changed)
      for (const slot of this.fleet.all()) {
        if (!explaining(this.#outages, slot)) continue
        this.#excuse(slot, now)
        this.#arm(slot, now)
      }
    await this.#pollLeaves(now)
    this.#gatherings.overrides = await readOverrides(this.#house.databases.system)
    if (await this.#rules.read(this.#house)) this.#reread(now)
  }

  /** Other numbers hold from now on: for everybody, without a restart. */
  #reread(now: number): void {
    for (const slot of this.fleet.all()) {
      const rules = this.#rules.of(slot.activation.org)
      if (rules.revision === slot.rules.revision) continue
      slot.obey(rules)
      this.#arm(slot, now)
    }
  }

  /** Leave approved while a matter was open settles it; leave that ended lets the fence hold again. */
  async #pollLeaves(now: number): Promise<void> {
    const today = legalDay(now)
    for (const o of await this.#store.excusable(today, now)) {
      const sight =
        o.activationNo === null ? null : this.fleet.get(o.activationNo)?.sights.find((s) => s.binding.id === o.fence)
      if (sight) sight.onLeave = true
      const name = sight?.binding.name ?? ''
      const evidence = [tells(now, 'leave', 'against', { zh: '外出已获批准', en: 'the leave has been approved' })]
      const signal: Signal = {
        what: 'excused',
        by: 'leave',
        kind: o.kind,
        activationNo: o.activationNo,
        fence: { id: o.fence, name },
        at: now,
        evidence,
      }
      this.#queue.add(o.person, [{ do: 'take', signal }], null)
    }
    const away: Slot[] = []
    for (const slot of this.fleet.all()) if (slot.sights.some((s) => s.onLeave)) away.push(slot)
    if (away.length === 0) return
    const persons = [...new Set(away.map((s) => s.activation.person))]
    const [covered, entered] = [await this.#store.onLeave(persons, today), await this.#store.entries(persons, now)]
    for (const slot of away) {
      const { person } = slot.activation
      const stands = ({ binding: { id, kind } }: Sight) =>
        kind === 'forbidden' ? entered.has(`${person} ${id}`) : covered.has(person)
      const over = slot.sights.filter((sight) => sight.onLeave && !stands(sight))
      if (over.length === 0) continue
      const out: Signal[] = []
      for (const sight of over) {
        sight.onLeave = false
        sight.breached = false
        look(slot, sight, now, out)
      }
      slot.dirty = true
      this.#arm(slot, now)
      if (out.length > 0) this.#tell(slot, out)
    }
  }

  // Keeping ---------------------------------------------------------------------------------------------------------------

  /** Writes every state that changed in a way a replay would not restore, then how far that reaches. */
  async snapshot(): Promise<void> {
    const marks = new Map(this.#processed)
    const dirty: Slot[] = []
    for (const slot of this.fleet.all()) if (slot.dirty && slot.queued === 0) dirty.push(slot)
    for (let i = 0; i < dirty.length; i += rowsAtOnce) {
      const at = this.#house.chance.now()
      const rows = dirty.slice(i, i + rowsAtOnce).flatMap((slot) => {
        // Its own unit writes it meanwhile.
        if (slot.queued > 0) return []
        slot.dirty = false
        const { no, person, org } = slot.activation
        return [
          {
            activationNo: no,
            person,
            org,
            shard: Math.max(0, slot.shard),
            no: slot.inboxNo,
            state: JSON.stringify(keep(slot)),
            at,
          },
        ]
      })
      try {
        await this.#store.putPresence(rows)
      } catch (error) {
        for (const row of rows) {
          const slot = this.fleet.get(row.activationNo)
          if (slot) slot.dirty = true
        }
        throw error
      }
    }
    await this.#queue.settle(2_000)
    const strangers = [...this.#strangers.values()].flat()
    const safe = [...marks].filter(
      ([shard, { no }]) => this.#queue.lowest(shard) > no && !strangers.some((a) => a.shard === shard && a.no <= no),
    )
    await this.#store.putMarks(new Map(safe))
  }

  /** The platform itself was down: that time is nobody's silence. */
  async #noteOwnStop(now: number): Promise<void> {
    const last = await this.#store.lastBeat()
    if (last !== null && now - last > downMs)
      await this.#store.addOutage({
        id: this.#house.chance.id(),
        org: '',
        reason: '平台停止运行 / the platform was not running',
        scope: { of: 'platform' },
        startsAt: last,
        endsAt: now,
        members: [],
        at: now,
      })
    this.#lastBeat = now
    this.#lastPoll = now
    this.#lastSnapshot = now
    await this.#store.beat(now, now)
  }

  #learn(written: Written): void {
    for (const { episode, fact } of written.decisions) {
      if (fact !== 'waited') counted.episodes.inc({ kind: episode.kind, state: episode.settledAs ?? episode.state })
      if (episode.state === 'gathering' && episode.nextStepAt !== null)
        this.#ladder.set(episode.id, {
          person: episode.person,
          activationNo: episode.activationNo,
          at: episode.nextStepAt,
        })
      else this.#ladder.delete(episode.id)
    }
    for (const { activationNo, fence } of written.excusedByLeave) {
      const slot = activationNo === null ? undefined : this.fleet.get(activationNo)
      const sight = slot?.sights.find((s) => s.binding.id === fence)
      if (!slot || !sight) continue
      sight.onLeave = sight.breached
      slot.dirty = true
    }
  }

  /** Resolves when everything taken so far is written. */
  async calm(): Promise<void> {
    for (let quiet = false; !quiet; ) {
      await this.#busy
      await this.#queue.settle(10_000)
      quiet = this.#queue.size === 0
    }
  }

  /** Database work beside the hot path, one after the other. */
  #later(work: () => Promise<void>): void {
    this.#busy = this.#busy.then(async () => {
      if (this.#stopped) return
      try {
        await work()
      } catch (error) {
        this.#house.log.warn(
          { why: error instanceof Error ? error.message : String(error) },
          'the engine waits for the database',
        )
      }
    })
  }
}

/** When a device was last heard; one never heard is silent since its term began, not since the beginning of time. */
const lastHeard = (slot: Slot): number => Math.max(slot.lastByteTs, slot.excusedUntil, slot.activation.startsAt)
