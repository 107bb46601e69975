import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { rowsOf } from '@zhijiao/contract/columns'
import { activations, devices } from '@zhijiao/contract/devices'
import { positions } from '@zhijiao/contract/positions'
import { type Listening, listeningAt } from '@zhijiao/server/gateway/index'
import { openSegment } from '@zhijiao/wire/jt808/frame'
import { readHeader } from '@zhijiao/wire/jt808/header'
import { Splitter } from '@zhijiao/wire/jt808/splitter'
import { sql } from 'kysely'
import pg from 'pg'
import { inject } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

/** A frame the platform sent to a terminal. */
export interface Told {
  readonly id: number
  readonly serial: number
  readonly body: Buffer
}

/** One terminal's connection to the gateway. */
export class Line {
  readonly #socket: Socket
  readonly #splitter = new Splitter()
  readonly told: Told[] = []
  raw = Buffer.alloc(0)
  closed = false

  private constructor(socket: Socket) {
    this.#socket = socket
    socket.on('data', (chunk: Buffer) => {
      this.raw = Buffer.concat([this.raw, chunk])
      for (const piece of this.#splitter.split(chunk)) {
        if (piece.kind !== 'segment') continue
        const segment = openSegment(piece.bytes)
        if (typeof segment === 'string') continue
        const header = readHeader(segment)
        if (!header) continue
        const body = Buffer.from(
          segment.view.buffer,
          segment.view.byteOffset + header.bodyAt,
          segment.end - header.bodyAt,
        )
        this.told.push({ id: header.id, serial: header.serial, body: Buffer.from(body) })
      }
    })
    socket.on('close', () => {
      this.closed = true
    })
    socket.on('error', () => undefined)
  }

  /** `ca`: over TLS, and only with a server that this authority vouches for. */
  static async open(port: number, ca?: string): Promise<Line> {
    const to = { host: '127.0.0.1', port, noDelay: true }
    const socket = ca ? connectTls({ ...to, ca, servername: 'localhost' }) : connect(to)
    await new Promise<void>((done, failed) => {
      socket.once(ca ? 'secureConnect' : 'connect', () => done())
      socket.once('error', failed)
    })
    return new Line(socket)
  }

  send(bytes: Uint8Array): void {
    this.#socket.write(bytes)
  }

  /** General replies (0x8001) received so far: the serials they answer for. */
  get answered(): { serial: number; result: number }[] {
    return this.told
      .filter((t) => t.id === 0x8001)
      .map((t) => ({ serial: t.body.readUInt16BE(0), result: t.body.readUInt8(4) }))
  }

  end(): void {
    this.#socket.destroy()
  }
}

/** Waits until something holds; says what did not when it never does. */
export async function until(what: string, holds: () => boolean | Promise<boolean>, ms = 30_000): Promise<void> {
  const end = Date.now() + ms
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`never came about: ${what}`)
    await new Promise((done) => setTimeout(done, 15))
  }
}

/** Holds still for a while: what should not happen had its chance. */
export const still = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))

export interface Worn {
  readonly person: string
  readonly device: string
  readonly identity: string
  readonly secret: string
  readonly activation: string
  readonly no: number
}

export interface Ground {
  readonly county: County
  readonly clerk: Somebody
  readonly head: Somebody
  readonly officer: Somebody
  ports(): Listening
  /** A band worn under article 29, or a phone under article 26, through the whole paper way. */
  wear(options?: {
    kind?: 'wristband' | 'phone'
    protocol?: 'jt808' | 'gt06' | 'watch' | 'osmand' | 'owntracks' | 'app'
    crs?: 'WGS84' | 'GCJ02' | 'BD09'
    days?: number
    officer?: string
    name?: string
  }): Promise<Worn>
}

/** Legal day so many days from now. */
export const dayAfter = (now: number, days: number) =>
  new Date(now + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10)

/** Noon of the day on which every county begins: what a device sent all morning lies in it. */
const noon = '2026-09-07T12:00:00+08:00'

export async function startGround(options: Parameters<typeof startCounty>[0] = {}): Promise<Ground> {
  const county = await startCounty({ at: noon, ...options })
  const clerk = await county.signIn('county', { name: '县局经办' })
  const head = await county.signIn('bureauHead', { name: '局长' })
  const officer = await county.signIn('officer', { name: '所员' })
  let count = 0
  return {
    county,
    clerk,
    head,
    officer,
    ports() {
      const at = listeningAt(county.house)
      if (!at) throw new Error('the gateway does not listen')
      return at
    },
    async wear({ kind = 'wristband', protocol = 'jt808', crs = 'WGS84', days = 30, officer: whose, name } = {}) {
      const person = await plantPerson(county.house, { officer: whose ?? officer.id, ...(name ? { name } : {}) })
      const identity =
        protocol === 'gt06'
          ? `35${String(2_000_000_000_000 + ++count)}`
          : protocol === 'watch'
            ? String(8_800_000_000 + ++count)
            : protocol === 'owntracks'
              ? `phone${++count}`
              : String(13_900_000_000 + ++count)
      const { device, secret } = await clerk.call(devices.register, {
        body: { kind, protocol, identity, model: 'TEST', crs },
      })
      await clerk.call(devices.issue, { params: { id: device.id }, body: { personId: person, revision: 1 } })
      const lastDay = dayAfter(county.house.chance.now(), days)
      let term = await clerk.call(activations.propose, {
        params: { personId: person },
        body:
          kind === 'phone'
            ? { regime: 'check', deviceId: device.id, lastDay }
            : {
                regime: 'device',
                deviceId: device.id,
                ground: 'leftWithoutApproval',
                facts: '两次未经批准离开所居住的县',
                lastDay,
                document: '(2026)示定字第1号',
              },
      })
      if (kind === 'wristband')
        term = await head.call(activations.approve, { params: { id: term.id }, body: { revision: term.revision } })
      // As if it had been approved this morning.
      await sql`update activation set starts_at = starts_at - interval '3 hours' where id = ${term.id}`.execute(
        county.house.databases.system,
      )
      await sql`select pg_notify('zj_devices', ${device.id})`.execute(county.house.databases.system)
      await still(60)
      // As in life: the band is put on, and the gateway has heard of its term before it reports.
      const wanted = term.no
      const gateway = listeningAt(county.house)
      if (gateway) await until('the gateway knows the term', () => gateway.knows(wanted))
      return { person, device: device.id, identity, secret, activation: term.id, no: term.no }
    },
  }
}

export { places }

/** A person's day with its fixes one by one. */
export async function trackOf(who: Ground['clerk'], personId: string, day: string, reason?: string) {
  const track = await who.call(positions.day, { params: { personId, day }, query: reason ? { reason } : {} })
  return { ...track, fixes: rowsOf(track.fixes) }
}

/** The map's positions one by one. */
export async function seenLive(who: Ground['clerk'], person?: string) {
  const live = await who.call(positions.live, { query: person ? { person } : {} })
  return { ...live, items: rowsOf(live.items) }
}

/** A connection from outside the program, by default to its own database. */
export async function adminClient(ground: Ground, database?: string): Promise<pg.Client> {
  const { host, port, adminPassword } = inject('cluster')
  const client = new pg.Client({
    host,
    port,
    user: 'zj_admin',
    password: adminPassword,
    database: database ?? (await databaseOf(ground)),
  })
  await client.connect()
  return client
}

const databaseOf = async ({ county }: Ground) =>
  (await sql<{ name: string }>`select current_database() as name`.execute(county.house.databases.system)).rows[0]
    ?.name ?? ''

/** PostgreSQL goes away for the program, every connection with it; what is returned brings it back. */
export async function away(ground: Ground): Promise<() => Promise<void>> {
  const database = await databaseOf(ground)
  const outside = await adminClient(ground, 'postgres')
  await outside.query(`alter database ${database} allow_connections false`)
  await outside.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
    [database],
  )
  return async () => {
    await outside.query(`alter database ${database} allow_connections true`)
    await outside.end()
  }
}
