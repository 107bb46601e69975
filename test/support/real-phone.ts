import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { localFrame } from '@zhijiao/geo/distance'
import { sign } from '@zhijiao/wire/app/signature'
import type { AppFix } from '@zhijiao/wire/app/types'
import type { County } from './county.ts'

/** One position as a real phone wrote it down. */
export interface Traced {
  /** When the position was taken and when it was written, milliseconds UTC. */
  readonly t: number
  readonly w: number
  readonly lat: number
  readonly lon: number
  readonly acc: number
  readonly spd: number
  readonly brg: number
}

/** A real trace (see test/fixtures/tracks/README.md), in the order the phone wrote it. */
export function traceOf(name: string): Traced[] {
  const text = readFileSync(fileURLToPath(new URL(`../fixtures/tracks/${name}.jsonl`, import.meta.url)), 'utf8')
  return text
    .split('\n')
    .filter((line) => line.startsWith('{"k":"loc"'))
    .map((line) => JSON.parse(line) as Traced)
    .map((r) => ({ ...r, t: Math.round(r.t * 1000), w: Math.round(r.w * 1000) }))
}

/** The same trace about a place in the demo county, starting at `start`: distances, speeds and pauses stay true. */
export function moved(trace: readonly Traced[], to: { lat: number; lon: number }, start: number): Traced[] {
  const first = trace[0]
  if (!first) return []
  const old = localFrame(first)
  const fresh = localFrame(to)
  const shift = start - first.w
  return trace.map((r) => {
    const { lat, lon } = fresh.toPlace(old.toMetres(r))
    // A wild position half the world away stays on the globe.
    return { ...r, lat, lon: ((((lon + 180) % 360) + 360) % 360) - 180, t: r.t + shift, w: r.w + shift }
  })
}

/** A phone with our app: numbers what it writes, signs what it sends, and keeps what is not acknowledged. */
export class RealPhone {
  readonly #url: string
  readonly #install: string
  readonly #secret: string
  #seq = 0
  acknowledged = 0

  constructor(url: string, install: string, secret: string) {
    this.#url = url
    this.#install = install
    this.#secret = secret
  }

  async send(county: County, fixes: readonly Traced[]): Promise<void> {
    const now = county.house.chance.now()
    const body = JSON.stringify({
      install: this.#install,
      bootId: 'boot-1',
      wallClockAtSend: now,
      elapsedRealtimeAtSend: now - 1_000_000_000_000,
      fixes: fixes.map(
        (r): AppFix => ({
          seq: ++this.#seq,
          t: r.t,
          elapsedRealtime: Math.max(0, r.w - 1_000_000_000_000),
          lat: r.lat,
          lon: r.lon,
          crs: 'WGS84',
          acc: r.acc,
          vacc: null,
          alt: null,
          // As it is: an iPhone says -1 for what it does not know.
          spd: r.spd,
          brg: r.brg,
          provider: 'fused',
          mock: false,
          sats: null,
          batt: null,
          charging: null,
          steps: null,
          activity: null,
          netType: null,
          airplane: null,
          powerSave: null,
        }),
      ),
      events: [],
    })
    const time = String(now)
    const answer = await fetch(`${this.#url}/app`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'x-zj-install': this.#install,
        'x-zj-time': time,
        'x-zj-signature': sign(Buffer.from(this.#secret, 'utf8'), {
          install: this.#install,
          time,
          body: Buffer.from(body),
        }),
      },
      body,
    })
    const told = (await answer.json()) as { ack?: number }
    if (!answer.ok) throw new Error(`the app was refused: ${answer.status} ${JSON.stringify(told)}`)
    this.acknowledged = told.ack ?? 0
  }

  get written(): number {
    return this.#seq
  }
}

/** One phone and what it will write. */
export interface Life {
  readonly phone: RealPhone
  readonly trace: readonly Traced[]
}

/** Lives a trace again: the clock of the whole program goes with the phone's, pauses and all. */
export async function relive(county: County, phone: RealPhone, trace: readonly Traced[]): Promise<void> {
  // What the phone wrote within twenty seconds travels together.
  await reliveTogether(county, [{ phone, trace }], 20_000)
}

/** Lives several traces at once under one clock, each phone sending what it wrote within `withinMs` over its own request. */
export async function reliveTogether(county: County, lives: readonly Life[], withinMs: number): Promise<void> {
  const at = lives.map(() => 0)
  for (;;) {
    const first = Math.min(...lives.map(({ trace }, i) => trace[at[i] ?? 0]?.w ?? Number.POSITIVE_INFINITY))
    if (first === Number.POSITIVE_INFINITY) return
    const batches = lives.map(({ phone, trace }, i) => {
      const from = at[i] ?? 0
      let end = from
      while (end < trace.length && (trace[end]?.w ?? 0) - first < withinMs) end++
      at[i] = end
      return { phone, batch: trace.slice(from, end) }
    })
    const sending = batches.filter(({ batch }) => batch.length > 0)
    await passUntil(county, Math.max(...sending.flatMap(({ batch }) => batch.map((r) => r.w))) + 500)
    await Promise.all(sending.map(({ phone, batch }) => phone.send(county, batch)))
  }
}

/** A long pause is walked through in steps, so that the timers of the program ring when they would. */
async function passUntil(county: County, until: number): Promise<void> {
  for (;;) {
    const left = until - county.house.chance.now()
    if (left <= 0) return
    county.pass(Math.min(left, 600_000))
    if (left > 600_000) await new Promise((done) => setTimeout(done, 30))
  }
}
