import { setTimeout as sleep } from 'node:timers/promises'
import { type Planted, Walker } from './load-frames.ts'
import { Link, type LinkOptions, type Sent } from './load-link.ts'

/** Frames a second of all devices together, and fixes in each: a thousand devices then live in real time. */
const framesPerSecond = 200
const fixesPerFrame = 5
const everyMs = 20
/** Frames one connection may owe answers for before it gets no more. */
const window = 60

/**
 * Devices that never give up: a lost connection is opened again and everything unanswered goes out once more, byte for
 * byte. Remembers every fix the platform said it had.
 */
export class Fleet {
  /** Times (ms UTC) of acknowledged fixes by device. */
  readonly acknowledged = new Map<string, Set<number>>()
  readonly walkers: readonly Walker[]
  readonly #port: number
  readonly #links: (Link | null)[]
  readonly #groups: readonly (readonly Walker[])[]
  #running = true
  #opening = 0
  #turn = 0
  #timer: NodeJS.Timeout | null = null
  frames = 0
  reconnected = 0

  constructor(port: number, devices: readonly Planted[], links: number) {
    this.#port = port
    const start = Date.now() - 45_000
    this.walkers = devices.map((planted, i) => new Walker(planted, start, i + 1))
    this.#groups = Array.from({ length: links }, (_, s) => this.walkers.filter((_, i) => i % links === s))
    this.#links = this.#groups.map(() => null)
  }

  start(): void {
    this.#groups.forEach((_, i) => void this.#open(i, [], 0))
    let due = 0
    this.#timer = setInterval(() => {
      for (due += (framesPerSecond * everyMs) / 1000; due >= 1; due--) this.#send()
    }, everyMs)
  }

  /** The next connection sends one frame, unless it is broken or owes too many answers. */
  #send(): void {
    const link = this.#links[this.#turn]
    this.#turn = (this.#turn + 1) % this.#links.length
    if (link?.open && link.unanswered < window) link.send(1, performance.now())
  }

  /** Sends nothing new and waits until everything sent is answered. Returns how many frames are not. */
  async settle(withinMs: number): Promise<number> {
    this.#pause()
    const until = Date.now() + withinMs
    while (Date.now() < until && (this.#opening > 0 || this.#unanswered() > 0)) await sleep(20)
    return this.#unanswered()
  }

  close(): void {
    this.#pause()
    for (const link of this.#links) link?.destroy()
  }

  #pause(): void {
    this.#running = false
    if (this.#timer) clearInterval(this.#timer)
  }

  #unanswered(): number {
    return this.#links.reduce((sum, link) => sum + (link?.unanswered ?? 0), 0)
  }

  async #open(i: number, unanswered: readonly Sent[], firstSerial: number): Promise<void> {
    const group = this.#groups[i] ?? []
    this.#opening++
    const options: LinkOptions = {
      fixesPerFrame,
      stepMs: 1000,
      window: 0,
      aheadMs: 100_000,
      keep: true,
      firstSerial,
      acknowledged: (sent) => this.#note(sent),
      closed: (lost) => {
        const serial = this.#links[i]?.serial ?? firstSerial
        this.#links[i] = null
        if (this.#running) void this.#open(i, lost, serial)
      },
    }
    for (;;) {
      try {
        const link = await Link.open(this.#port, group, options)
        this.#links[i] = link
        for (const sent of unanswered) link.again(sent)
        if (firstSerial > 0) this.reconnected++
        break
      } catch {
        if (!this.#running) break
        await sleep(100)
      }
    }
    this.#opening--
  }

  #note({ walker, firstTs, stepMs, count }: Sent): void {
    this.frames++
    let times = this.acknowledged.get(walker.identity)
    if (!times) {
      times = new Set()
      this.acknowledged.set(walker.identity, times)
    }
    for (let n = 0; n < count; n++) times.add(firstTs + n * stepMs)
  }
}
