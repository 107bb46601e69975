import type { Fix } from '@zhijiao/geo/fix'
import { packInbox, type Segment } from '@zhijiao/geo/track'
import type { ValidationParameters } from '@zhijiao/geo/validate'
import type { House } from '../core/house.ts'
import type { Rulebook } from '../core/rulebook.ts'
import type { KnownActivation } from '../devices/index.ts'
import type { Arrival, ArrivedEvent, Contact } from './arrival.ts'
import { type Journey, type Journeys, noJourneys, readJourneys } from './journeys.ts'
import { Standing } from './judge.ts'
import { counted } from './metrics.ts'
import { ruledBy } from './ruled.ts'
import { storedArrivals } from './source.ts'
import { ensurePartitions, type Flush, holds, type InboxWriter, type Newest } from './writer.ts'

/** Somebody who waits until what he brought is durable. */
export interface Waiting {
  /** The batch with this number is durable: answer now. */
  durable(batch: number): void
}

/** Gathered for so long before it is written, milliseconds, unless it fills up first. */
const gatherMs = 20
/** Fixes and events of one flush at most: what gathers while the database is away goes to it in pieces it can take. */
const fullFixes = 8_000
/** Newest positions are written at most so often, milliseconds: nobody looks at a map more often. */
const newestEveryMs = 400
/** Of them so many in one flush: ten thousand in one statement would make everybody's answer wait for the map. */
const newestAtOnce = 1_000
/** Wait after a failed write, milliseconds. */
const retryMs = 250
const contactEveryMs = 1_000
/** How soon numbers that were published elsewhere hold, milliseconds. */
const gatesEveryMs = 10_000

/** The day has no partition yet: the clock ran ahead of whoever makes them. */
const noPartition = '23514'

/** Fixes, events and answers that wait for the database: above `high` nobody may bring more, below `low` they may again. */
export const backlog = { high: 100_000, low: 30_000 } as const

/** One activation's part of the batch that is being gathered. */
interface Open {
  readonly activation: KnownActivation
  /** Version of the rules and numbers that judged its fixes. */
  readonly rules: string
  readonly receivedAt: number
  readonly fixes: Fix[]
  readonly events: ArrivedEvent[]
}

interface Batch {
  readonly number: number
  readonly open: Open[]
  /** Who waits, each with how many answers. */
  readonly waiting: Map<Waiting, number>
  fixes: number
  receivedAt: number
}

/** What the ingest keeps of an activation besides its standing. */
class Place extends Standing {
  open: Open | null = null
  batch = -1
  newest: Newest | null = null
  dirty = false
  contact: { at: number; batteryPct: number | null; steps: number | null } | null = null
}

const newBatch = (number: number): Batch => ({ number, open: [], waiting: new Map(), fixes: 0, receivedAt: 0 })

/**
 * Group commit of positions (组提交): what arrives within twenty milliseconds becomes one row, and everyone who brought
 * something is told together once it is durable. One flush is on its way while the next is gathered.
 */
export class Ingest {
  readonly #house: House
  readonly #writer: InboxWriter
  readonly #gates: Rulebook<ValidationParameters>
  readonly #places = new Map<number, Place>()
  readonly #dirty: Place[] = []
  readonly #contacts: Place[] = []
  readonly #arrivals = new Set<(arrivals: readonly Arrival[]) => void>()
  readonly #contactListeners = new Set<(contacts: readonly Contact[]) => void>()
  readonly #pressure = new Set<(high: boolean) => void>()
  #batch = newBatch(1)
  /** Full batches that wait for their turn, oldest first. */
  readonly #full: Batch[] = []
  #written: Batch | null = null
  /** Newest batch that is known to be durable. */
  #durable = 0
  #held = 0
  #high = false
  #timer: NodeJS.Timeout | null = null
  #writing = false
  #newestAt = 0
  /** Number of the flush up to which listeners have heard everything of this shard. */
  #told: number
  #idle: (() => void)[] = []
  #everySecond: NodeJS.Timeout
  #gatesAt: number
  #journeys: Journeys = new Map()
  #stopped = false
  /** Since when nothing could be written, milliseconds UTC; null while all is well. */
  stuckSince: number | null = null

  constructor(house: House, writer: InboxWriter, gates: Rulebook<ValidationParameters>) {
    this.#house = house
    this.#writer = writer
    this.#gates = gates
    this.#told = writer.no
    this.#gatesAt = house.chance.now()
    this.#everySecond = setInterval(() => {
      this.#tellContacts()
      counted.held.set(this.#held)
      if (Math.abs(house.chance.now() - this.#gatesAt) >= gatesEveryMs) void this.#readGates()
    }, contactEveryMs)
  }

  /** Who may travel by rail or air, as it is approved now. */
  async readJourneys(): Promise<void> {
    this.#journeys = await readJourneys(this.#house)
    for (const place of this.#places.values()) place.journeys = this.#journeysOf(place.activation)
  }
  #journeysOf({ personId }: KnownActivation): readonly Journey[] {
    return this.#journeys.get(personId) ?? noJourneys
  }

  /** Other numbers hold from now on: for everybody, without a restart. */
  async #readGates(): Promise<void> {
    this.#gatesAt = this.#house.chance.now()
    try {
      await this.readJourneys()
      if (!(await this.#gates.read(this.#house))) return
      for (const place of this.#places.values()) place.gates = this.#gates.of(place.activation.org)
    } catch (error) {
      // What was read last holds on; the flush says loudly enough that the database is away.
      this.#house.log.warn(
        { err: error instanceof Error ? error.message : String(error) },
        'gates are read again later',
      )
    }
  }

  /** The database took the last flush and the connection stands. */
  get healthy(): boolean {
    return this.#writer.up
  }
  get shard(): number {
    return this.#writer.shard
  }
  /** Fixes and events that are not durable yet, and answers that wait until they are. */
  get held(): number {
    return this.#held
  }
  get overfull(): boolean {
    return this.#high
  }
  standing(activation: KnownActivation): Place {
    let place = this.#places.get(activation.no)
    if (!place) {
      place = new Place(activation, this.#gates.of(activation.org))
      place.journeys = this.#journeysOf(activation)
      this.#places.set(activation.no, place)
    } else if (place.activation !== activation) {
      place.activation = activation
      place.gates = this.#gates.of(activation.org)
      place.journeys = this.#journeysOf(activation)
    }
    return place
  }

  /** Forgets activations whose last fix can no longer arrive. */
  forget(no: number): void {
    this.#places.delete(no)
  }

  /** Whether something of this activation is gathered or being written, and so not known to be durable. */
  inFlight(standing: Standing): boolean {
    return (standing as Place).batch > this.#durable
  }

  /** Takes a judged fix into the batch being gathered. */
  keep(standing: Standing, fix: Fix, live: boolean, receivedAt: number): void {
    const place = standing as Place
    this.#openOf(place, receivedAt).fixes.push(fix)
    this.#took()
    if (live) {
      place.newest = {
        no: place.activation.no,
        personId: place.activation.personId,
        org: place.activation.org,
        receivedAt,
        fix,
      }
      if (!place.dirty) {
        place.dirty = true
        this.#dirty.push(place)
      }
    }
  }

  event(standing: Standing, event: ArrivedEvent, receivedAt: number): void {
    this.#openOf(standing as Place, receivedAt).events.push(event)
    this.#took()
  }

  /** A sign of life; newest wins, told once a second. */
  contact(activation: KnownActivation, at: number, batteryPct: number | null, steps: number | null): void {
    const place = this.standing(activation)
    if (!place.contact) this.#contacts.push(place)
    place.contact = {
      at,
      batteryPct: batteryPct ?? place.contact?.batteryPct ?? null,
      steps: steps ?? place.contact?.steps ?? null,
    }
  }

  /**
   * Tells `who`, once a batch, when everything gathered so far is durable; called for each answer that waits, because what
   * answers hold fills memory as fixes do. Returns the number of the batch.
   */
  wait(who: Waiting): number {
    const batch = this.#last
    batch.waiting.set(who, (batch.waiting.get(who) ?? 0) + 1)
    this.#held++
    this.#schedule()
    return batch.number
  }

  /** Nobody waits any more: the line is closed, or the time is over. */
  leave(who: Waiting): void {
    for (const batch of [...(this.#written ? [this.#written] : []), ...this.#full, this.#batch]) {
      this.#held -= batch.waiting.get(who) ?? 0
      batch.waiting.delete(who)
    }
    this.#ease()
  }

  onArrivals(listener: (arrivals: readonly Arrival[]) => void): () => void {
    this.#arrivals.add(listener)
    return () => this.#arrivals.delete(listener)
  }
  onContacts(listener: (contacts: readonly Contact[]) => void): () => void {
    this.#contactListeners.add(listener)
    return () => this.#contactListeners.delete(listener)
  }
  /** Told when too much waits for the database, and when there is room again. */
  onPressure(listener: (high: boolean) => void): () => void {
    this.#pressure.add(listener)
    return () => this.#pressure.delete(listener)
  }

  async stop(): Promise<void> {
    clearInterval(this.#everySecond)
    if (this.#last.open.length > 0 || this.#dirty.length > 0 || this.#writing) {
      this.#newestAt = 0
      this.#schedule(0)
      const drained = new Promise<void>((done) => this.#idle.push(done))
      // What cannot be written in five seconds was not acknowledged: the devices send it again.
      await Promise.race([drained, new Promise((done) => setTimeout(done, 5_000).unref())])
    }
    this.#stopped = true
    if (this.#timer) clearTimeout(this.#timer)
    await this.#writer.close()
  }

  #openOf(place: Place, receivedAt: number): Open {
    const batch = this.#batch
    const { rules } = place.gates
    if (place.open && place.batch === batch.number && place.open.rules === rules) return place.open
    const open: Open = { activation: place.activation, rules, receivedAt, fixes: [], events: [] }
    place.open = open
    place.batch = batch.number
    batch.open.push(open)
    if (batch.receivedAt === 0) batch.receivedAt = receivedAt
    return open
  }

  /** The batch that holds what was taken last: the one being gathered, or where that is still empty the last full one. */
  get #last(): Batch {
    return this.#batch.open.length > 0 ? this.#batch : (this.#full.at(-1) ?? this.#batch)
  }

  #took(): void {
    this.#held++
    if (++this.#batch.fixes < fullFixes) return
    this.#full.push(this.#batch)
    this.#batch = newBatch(this.#batch.number + 1)
  }

  #schedule(after = gatherMs): void {
    if (!this.#high && this.#held > backlog.high) this.#press(true)
    if (this.#stopped || this.#writing) return
    if (this.#full.length > 0 || after === 0) {
      if (this.#timer) clearTimeout(this.#timer)
      this.#timer = null
      void this.#flush()
    } else
      this.#timer ??= setTimeout(() => {
        this.#timer = null
        void this.#flush()
      }, after)
  }

  #ease(): void {
    if (this.#high && this.#held < backlog.low) this.#press(false)
  }

  #press(high: boolean): void {
    this.#high = high
    for (const listener of this.#pressure) listener(high)
  }

  async #flush(): Promise<void> {
    if (this.#writing || this.#stopped) return
    const batch = this.#full[0] ?? this.#batch
    const now = this.#house.chance.now()
    const withNewest = this.#dirty.length > 0 && Math.abs(now - this.#newestAt) >= newestEveryMs
    if (batch.open.length === 0 && batch.waiting.size === 0 && !withNewest) {
      if (this.#dirty.length > 0) this.#schedule(newestEveryMs)
      else this.#settleIdle()
      return
    }
    if (batch === this.#batch) this.#batch = newBatch(batch.number + 1)
    else this.#full.shift()
    this.#writing = true
    this.#written = batch
    const newest = withNewest ? this.#takeNewest() : []
    let flush = packed(batch, newest, now)
    const began = performance.now()
    let no = -1
    for (let tries = 1; no < 0; tries++) {
      try {
        no = await this.#writer.write(flush)
      } catch (error) {
        const code = (error as { code?: string }).code ?? ''
        if (code === noPartition) await ensurePartitions(this.#house).catch(() => undefined)
        // Data the map cannot take must not keep the record from being written.
        if (tries >= 3 && code.startsWith('22')) flush = { ...flush, latest: [] }
        counted.flushFailures.inc()
        this.stuckSince ??= this.#house.chance.now()
        this.#house.log.warn(
          { err: error instanceof Error ? error.message : String(error), held: this.#held },
          'positions wait for the database; nothing is acknowledged',
        )
        await new Promise((done) => setTimeout(done, retryMs))
        if (this.#stopped) return
      }
    }
    counted.flushSeconds.observe((performance.now() - began) / 1000)
    counted.fixes.inc(flush.fixes)
    this.stuckSince = null
    this.#held -= batch.fixes
    this.#durable = batch.number
    // Where more waited than one flush takes, the next goes on with them.
    if (withNewest && newest.length < newestAtOnce) this.#newestAt = now
    this.#written = null
    for (const [who, answers] of batch.waiting) {
      this.#held -= answers
      who.durable(batch.number)
    }
    const unheard = holds(flush) ? no - 1 : no
    if (unheard > this.#told) await this.#tellMissed(unheard, no)
    else this.#told = no
    this.#tellArrivals(batch, no)
    this.#writing = false
    this.#ease()
    if (this.#full.length > 0 || this.#batch.open.length > 0 || this.#batch.waiting.size > 0) this.#schedule()
    else if (this.#dirty.length > 0) this.#schedule(newest.length < newestAtOnce ? newestEveryMs : gatherMs)
    else this.#settleIdle()
  }

  #takeNewest(): Newest[] {
    const taken: Newest[] = []
    for (const place of this.#dirty.splice(0, newestAtOnce)) {
      place.dirty = false
      if (place.newest) taken.push(place.newest)
    }
    // One order for all writers, so that two never wait for each other.
    return taken.sort((a, b) => a.no - b.no)
  }

  /** What another process wrote under this shard, up to a flush, while the connection was gone: nobody here has heard it. */
  async #tellMissed(until: number, own: number): Promise<void> {
    try {
      for await (const missed of storedArrivals(this.#house).since(this.#writer.shard, this.#told)) {
        if ((missed[0]?.no ?? 0) > until) break
        for (const listener of this.#arrivals) this.#safely(() => listener(missed))
      }
      this.#told = own
    } catch (error) {
      // Asked for again after the next flush; what is told twice is known.
      this.#house.log.warn(
        { err: error instanceof Error ? error.message : String(error) },
        'what another gateway wrote under this shard waits for the database',
      )
    }
  }

  #tellArrivals(batch: Batch, no: number): void {
    if (this.#arrivals.size === 0 || batch.open.length === 0) return
    const arrivals = batch.open.map(
      ({ activation, receivedAt, fixes, events }): Arrival => ({
        shard: this.#writer.shard,
        no,
        activationNo: activation.no,
        activationId: activation.id,
        personId: activation.personId,
        deviceId: activation.deviceId,
        org: activation.org,
        receivedAt,
        fixes,
        events,
      }),
    )
    for (const listener of this.#arrivals) this.#safely(() => listener(arrivals))
  }

  #tellContacts(): void {
    if (this.#contacts.length === 0) return
    const told: Contact[] = []
    for (const place of this.#contacts) {
      if (place.contact) told.push({ activationNo: place.activation.no, ...place.contact })
      place.contact = null
    }
    this.#contacts.length = 0
    for (const listener of this.#contactListeners) this.#safely(() => listener(told))
  }

  /** A listener that throws must not cost the positions of everybody else. */
  #safely(work: () => void): void {
    try {
      work()
    } catch (error) {
      this.#house.log.error(
        { err: error instanceof Error ? error.message : String(error) },
        'a listener to positions failed',
      )
    }
  }

  #settleIdle(): void {
    for (const done of this.#idle.splice(0)) done()
  }
}

function packed(batch: Batch, latest: readonly Newest[], now: number): Flush {
  const held = batch.open.filter((open) => open.fixes.length > 0)
  const rules = held[0]?.rules ?? ''
  const mixed = held.some((open) => open.rules !== rules)
  // In the order of the blob's directory: what is said of each entry is said by its place.
  if (mixed) held.sort((a, b) => a.activation.no - b.activation.no)
  let fixes = 0
  const segments = held.map((open): Segment => {
    fixes += open.fixes.length
    return { activationNo: open.activation.no, receivedAt: open.receivedAt, fixes: open.fixes }
  })
  return {
    receivedAt: batch.receivedAt || now,
    fixes,
    ...(mixed ? ruledBy(held.map((open) => open.rules)) : { rules, ruled: null }),
    blob: packInbox(segments),
    latest,
    events: batch.open.flatMap(({ activation: a, events }) =>
      events.map(({ kind, ts, blind, flags }) => ({
        no: a.no,
        deviceId: a.deviceId,
        personId: a.personId,
        org: a.org,
        kind,
        ts,
        blind,
        flags,
      })),
    ),
  }
}
