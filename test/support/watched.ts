import type { Area } from '@zhijiao/geo/area'
import { localFrame } from '@zhijiao/geo/distance'
import { type Fix, FixFlag } from '@zhijiao/geo/fix'
import { type Asked, type RunningEngine, runEngine } from '@zhijiao/server/alarms/index'
import type { Arrival, ArrivalSource, ArrivedEvent, Contact } from '@zhijiao/server/positions/arrival'
import { sql } from 'kysely'
import { type County, places, startCounty } from './county.ts'

/** The middle of the county that fences and fixes of tests are measured from (Liuzhou's latitude). */
export const middle = { lat: 24.321_234_7, lon: 109.421_357_3 }
const frame = localFrame(middle)

/** A place so many metres east and north of the middle. */
export const at = (x: number, y = 0) => frame.toPlace({ x, y })
export const circle = (x: number, y: number, radiusM: number): Area => {
  const p = at(x, y)
  return { kind: 'circle', coordinates: [p.lon, p.lat], radiusM }
}
export const square = (x: number, y: number, half: number): Area => {
  const corner = (dx: number, dy: number): [number, number] => {
    const p = at(x + dx, y + dy)
    return [p.lon, p.lat]
  }
  return {
    kind: 'polygon',
    coordinates: [
      [[corner(-half, -half), corner(half, -half), corner(half, half), corner(-half, half), corner(-half, -half)]],
    ],
  }
}

/** A source of durable arrivals that a test feeds: what was fed stays readable, as the inbox does. */
export class Fed implements ArrivalSource {
  readonly #log: Arrival[] = []
  readonly #arrivals = new Set<(a: readonly Arrival[]) => void>()
  readonly #contacts = new Set<(c: readonly Contact[]) => void>()
  /** Keeps what is fed from whoever listens: durable, and not yet heard when the process dies. */
  deaf = false
  /** What reading back what was fed waits for; one that fails is a database that does. */
  reading: () => Promise<void> = async () => undefined
  #no = 0

  /** How many listen to what arrives. */
  get heard(): number {
    return this.#arrivals.size
  }

  feed(parts: readonly Omit<Arrival, 'shard' | 'no'>[]): void {
    const no = ++this.#no
    const arrivals = parts.map((part) => ({ ...part, shard: 0, no }))
    this.#log.push(...arrivals)
    if (!this.deaf) for (const listener of this.#arrivals) listener(arrivals)
  }
  beat(contact: Contact): void {
    for (const listener of this.#contacts) listener([contact])
  }
  onArrivals(listener: (a: readonly Arrival[]) => void): () => void {
    this.#arrivals.add(listener)
    return () => this.#arrivals.delete(listener)
  }
  onContacts(listener: (c: readonly Contact[]) => void): () => void {
    this.#contacts.add(listener)
    return () => this.#contacts.delete(listener)
  }
  async *since(shard: number, no: number): AsyncIterable<readonly Arrival[]> {
    await this.reading()
    for (const arrival of this.#log) if (arrival.shard === shard && arrival.no > no) yield [arrival]
  }
  async shards(): Promise<readonly number[]> {
    return [0]
  }
}

export interface Watched {
  readonly id: string
  readonly no: number
  readonly device: string
  readonly activation: string
  readonly org: string
  readonly name: string
}

export interface EpisodeRow {
  id: string
  kind: string
  state: string
  settled_as: string | null
  level: number
  sureness: number
  activation_no: number | null
  fence_id: string | null
  began_at: Date
  detected_at: Date
  raised_at: Date | null
  settled_at: Date | null
  said_zh: string
  said_en: string
  evidence: { kind: string; speaks: string; zh: string; en: string }[]
}

/** A county whose engine hears what the test feeds. */
export async function startWatch(
  options: {
    at?: string
    /** How often the connection that holds the engine's lock is asked, and how long it may take; as shipped without. */
    lock?: { everyMs: number; patienceMs: number }
  } = {},
) {
  const county = await startCounty({ env: { ZJ_PARTS: 'api' }, ...(options.at ? { at: options.at } : {}) })
  const fed = new Fed()
  const asked: Asked[] = []
  const doors = {
    ask: async (_inside: unknown, one: Asked) => {
      asked.push(one)
    },
  }
  const start = (): RunningEngine & { ready: Promise<void> } => runEngine(county.house, fed, doors, options.lock)
  let running = start()
  await until(() => running.engine !== null)
  const db = county.house.databases.system
  let count = 0

  const plantPerson = async (name = `李测${++count}`, org: string = places.office): Promise<string> => {
    const id = county.house.chance.id()
    const blind = county.house.chance.bytes(16)
    const now = new Date(county.house.chance.now())
    await sql`insert into person (id, number, org_code, name, sex, birth_date, identity_cipher, identity_blind, identity_tail, category, term_start, term_end, created_at, updated_at)
      values (${id}, ${`P${id.slice(-6)}`}, ${org}, ${name}, 'male', '1990-01-01', ${blind}, ${blind}, '000', '02', '2026-01-01', '2028-01-01', ${now}, ${now})`.execute(
      db,
    )
    return id
  }

  const plant = async (
    more: {
      person?: string
      name?: string
      org?: string
      regime?: 'check' | 'device'
      intervalS?: number
      endsInMs?: number
      /** Nobody is told of it. */
      unheard?: boolean
    } = {},
  ): Promise<Watched> => {
    const org = more.org ?? places.office
    const name = more.name ?? `李测${++count}`
    const person = more.person ?? (await plantPerson(name, org))
    const device = county.house.chance.id()
    const activation = county.house.chance.id()
    const now = county.house.chance.now()
    const regime = more.regime ?? 'device'
    await sql`insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
      values (${device}, ${org}, ${regime === 'device' ? 'wristband' : 'phone'}, 'jt808', ${device.slice(-12)}, 'issued', ${person}, ${new Date(now)})`.execute(
      db,
    )
    const made = await sql<{
      no: number
    }>`insert into activation (id, device_id, person_id, org_code, regime, ground, article, rule, starts_at, ends_at, interval_s, state, proposed_at)
      values (${activation}, ${device}, ${person}, ${org}, ${regime}, 'test', '29', 'EPD-01', ${new Date(now - 3_600_000)}, ${new Date(now + (more.endsInMs ?? 30 * 86_400_000))}, ${more.intervalS ?? 60}, 'running', ${new Date(now)})
      returning no`.execute(db)
    const no = made.rows[0]?.no ?? 0
    if (!more.unheard) {
      await sql`select pg_notify('zj_devices', ${device})`.execute(db)
      await until(() => running.engine?.fleet.get(no) !== undefined)
    }
    return { id: person, no, device, activation, org, name }
  }

  /** Draws a fence and binds persons to it. A living area is theirs alone unless `org` makes it a county's. */
  const fence = async (
    kind: 'livingArea' | 'required' | 'forbidden',
    area: Area,
    persons: readonly string[],
    more: { calendar?: unknown; dwellMin?: number; org?: string; name?: string; unheard?: boolean } = {},
  ): Promise<string> => {
    const id = county.house.chance.id()
    const now = new Date(county.house.chance.now())
    const calendar = more.calendar === undefined ? null : JSON.stringify(more.calendar)
    await sql`insert into fence (id, org_code, name, kind, area, box, calendar, dwell_min, created_at)
      values (${id}, ${more.org ?? (kind === 'livingArea' ? places.city : places.county)}, ${more.name ?? '示例围栏'}, ${kind}, ${JSON.stringify(area)}::jsonb, '{}'::jsonb, ${calendar}::jsonb, ${more.dwellMin ?? 0}, ${now})`.execute(
      db,
    )
    for (const person of persons)
      await sql`insert into fence_person (fence_id, person_id, from_day, added_at) values (${id}, ${person}, '2020-01-01', ${now})`.execute(
        db,
      )
    if (more.unheard) return id
    await sql`select pg_notify('zj_fences', ${id})`.execute(db)
    const bound = () =>
      persons.every((p) => running.engine?.fleet.ofPerson(p).every((s) => s.sights.some((v) => v.binding.id === id)))
    if (persons.length > 0) await until(bound)
    return id
  }

  /** One fix per place given, `everyS` apart by the program's clock, each in a flush of its own. */
  const go = async (
    who: Watched,
    xs: readonly (number | readonly [number, number])[],
    more: { everyS?: number; fix?: Partial<Fix>; events?: readonly ArrivedEvent[] } = {},
  ): Promise<void> => {
    for (const x of xs) {
      county.pass((more.everyS ?? 60) * 1000)
      const [east, north] = typeof x === 'number' ? [x, 0] : x
      send(who, [aFix({ ts: county.house.chance.now(), ...at(east, north), ...more.fix })], more.events ?? [])
    }
    await calm()
  }

  const send = (who: Watched, fixes: readonly Fix[], events: readonly ArrivedEvent[] = []): void =>
    fed.feed([
      {
        activationNo: who.no,
        activationId: who.activation,
        personId: who.id,
        deviceId: who.device,
        org: who.org,
        receivedAt: county.house.chance.now(),
        fixes,
        events,
      },
    ])
  const event = async (who: Watched, kind: ArrivedEvent['kind'], more: Partial<ArrivedEvent> = {}) => {
    send(who, [], [{ kind, ts: county.house.chance.now(), blind: false, flags: 0, ...more }])
    await calm()
  }

  /** Lets time pass and the engine look at it. */
  const wait = async (ms: number) => {
    county.pass(ms)
    await new Promise((done) => setTimeout(done, 450))
    await calm()
  }
  const calm = async () => {
    await new Promise((done) => setTimeout(done, 15))
    await running.engine?.calm()
  }
  const episodesOf = async (person: string): Promise<EpisodeRow[]> =>
    (await sql<EpisodeRow>`select * from episode where person_id = ${person} order by detected_at, number`.execute(db))
      .rows
  const factsOf = async (person: string): Promise<{ kind: string; payload: Record<string, unknown> }[]> =>
    (
      await sql<{ kind: string; payload: Record<string, unknown> }>`
        select e.kind, p.payload from ledger_entry e join ledger_payload p on p.entry_id = e.id where e.person_id = ${person} order by e.id`.execute(
        db,
      )
    ).rows
  const tasksOf = async (person: string): Promise<{ state: string; subject_id: string; kind: string }[]> =>
    (
      await sql<{ state: string; subject_id: string; kind: string }>`
        select state, subject_id, kind from task where person_id = ${person} order by created_at`.execute(db)
    ).rows

  return {
    county,
    db,
    fed,
    asked,
    plant,
    plantPerson,
    fence,
    go,
    send,
    event,
    wait,
    calm,
    episodesOf,
    factsOf,
    tasksOf,
    get engine() {
      return running.engine
    },
    /** Ends the engine as kill -9 would and starts another on the same database. */
    async crash(between: () => Promise<void> | void = () => undefined) {
      await running.abandon()
      await between()
      running = start()
      await until(() => running.engine !== null)
      await calm()
    },
    async restart(between: () => Promise<void> | void = () => undefined) {
      await running.stop()
      await between()
      running = start()
      await until(() => running.engine !== null)
      await calm()
    },
    /** Stops the engine and starts another that is not waited for. */
    async replace() {
      await running.stop()
      running = start()
    },
    /** Stops the engine, whether it runs already or not. */
    halt: () => running.stop(),
    async stop() {
      await running.stop()
      await county.stop()
    },
  }
}
export type Watch = Awaited<ReturnType<typeof startWatch>>

export function aFix(over: Partial<Fix> = {}): Fix {
  return {
    ts: 0,
    ...middle,
    accuracyM: 12,
    source: 'gnss',
    speedKmh: null,
    course: null,
    altitudeM: null,
    satellites: 9,
    batteryPct: null,
    steps: null,
    seq: null,
    flags: FixFlag.authenticated,
    fault: 0,
    ...over,
  }
}

export async function until(holds: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error('it did not come to pass in time')
    await new Promise((done) => setTimeout(done, 25))
  }
}

export type { County }
