import net from 'node:net'
import { authenticate, register } from '@zhijiao/wire/jt808/device'
import { AnswerReader, codeIn, frameRoom, type Walker, writePositions } from './load-frames.ts'

/** One frame on its way, until it is acknowledged. */
export interface Sent {
  readonly walker: Walker
  /** Time of its first fix, ms UTC; the others follow `stepMs` apart. */
  readonly firstTs: number
  readonly stepMs: number
  readonly count: number
  /** When it went out, or when it should have gone, `performance.now()`. */
  readonly at: number
  readonly serial: number
  /** The frame as it went out, where `keep` asked for it. */
  readonly bytes: Uint8Array | null
}

export interface LinkOptions {
  readonly fixesPerFrame: number
  /** Distance between two fixes of a device, ms. */
  readonly stepMs: number
  /** Frames that may be unanswered at once; new ones go out as answers come in. 0: only what `send` is told. */
  readonly window: number
  /** A device's clock never runs further ahead than this, ms. */
  readonly aheadMs: number
  /** Keep each frame until it is answered, so that it can be sent again as it was. */
  readonly keep?: boolean
  /** Serial of the first frame: a device goes on counting after a lost connection. */
  readonly firstSerial?: number
  acknowledged(sent: Sent, result: number): void
  closed?(unanswered: readonly Sent[]): void
}

const registration = {
  province: 45,
  county: 9001,
  maker: 'BENCH',
  model: 'BENCH-1',
  terminal: 'B1',
  plate: '',
}

/** One TCP connection that carries one or many devices, as a carrier's concentrator does. */
export class Link {
  options: LinkOptions
  readonly #socket: net.Socket
  readonly #walkers: readonly Walker[]
  readonly #reader = new AnswerReader()
  readonly #pending = new Map<number, Sent>()
  readonly #waiting = new Map<string, (frame: Uint8Array, result: number) => void>()
  #serial = 0
  #signedIn = false
  #turn = 0
  #buffer = Buffer.allocUnsafe(256 * 1024)
  #idle: NodeJS.Timeout | null = null
  #running = false

  private constructor(socket: net.Socket, walkers: readonly Walker[], options: LinkOptions) {
    this.#socket = socket
    this.#walkers = walkers
    this.options = options
    this.#serial = (options.firstSerial ?? 0) & 0xffff
    socket.on('data', (chunk) => this.#take(chunk))
    socket.on('error', () => undefined)
    socket.on('close', () => {
      this.stop()
      const lost = [...this.#pending.values()]
      this.#pending.clear()
      // Whoever opened it hears of a failure before that by itself.
      if (this.#signedIn) this.options.closed?.(lost)
    })
  }

  /** Connects, and authenticates each device in turn (0x0102; 0x0100 before it where it has no code yet). */
  static async open(port: number, walkers: readonly Walker[], options: LinkOptions): Promise<Link> {
    const socket = await new Promise<net.Socket>((done, fail) => {
      const opened = net.connect({ host: '127.0.0.1', port, noDelay: true }, () => {
        opened.off('error', fail)
        done(opened)
      })
      opened.once('error', fail)
    })
    const link = new Link(socket, walkers, options)
    try {
      for (const walker of walkers) await link.#signIn(walker)
      if (socket.destroyed) throw new Error('the connection was closed')
      link.#signedIn = true
    } catch (error) {
      socket.destroy()
      throw error
    }
    return link
  }

  get unanswered(): number {
    return this.#pending.size
  }
  /** Serial of the next frame. */
  get serial(): number {
    return this.#serial
  }
  get open(): boolean {
    return !this.#socket.destroyed
  }

  /** Keeps the window full until stopped. */
  start(): void {
    this.#running = true
    this.#fill()
  }
  stop(): void {
    this.#running = false
    if (this.#idle) clearTimeout(this.#idle)
    this.#idle = null
  }

  /** Sends frames of the next devices in turn, whatever is unanswered. `at`: when they should have gone. */
  send(frames: number, at: number): void {
    let end = 0
    for (let i = 0; i < frames; i++) end = this.#write(this.#next(), end, at)
    this.#out(end)
  }

  /** Sends a kept frame once more, byte for byte, as a device does when no answer came. */
  again(sent: Sent): void {
    if (!sent.bytes) throw new Error('this frame was not kept')
    this.#pending.set(sent.serial, sent)
    this.#socket.write(sent.bytes)
  }

  destroy(): void {
    this.stop()
    this.#socket.destroy()
  }

  async #signIn(walker: Walker): Promise<void> {
    const from = () => ({ device: walker.identity, is2019: true, serial: this.#nextSerial() })
    let { code } = walker
    if (code === null) {
      const first = from()
      const registered = await this.#ask(0x8100, first.serial, register(first, registration))
      code = registered.result === 0 ? codeIn(registered.frame) : ''
    }
    const second = from()
    const answer = await this.#ask(0x8001, second.serial, authenticate(second, code))
    if (answer.result !== 0) throw new Error(`device ${walker.identity} was refused (${answer.result})`)
  }

  #ask(id: number, serial: number, frame: Uint8Array): Promise<{ frame: Uint8Array; result: number }> {
    return new Promise((done, fail) => {
      const key = `${id} ${serial}`
      const gone = () => fail(new Error('the connection was closed'))
      this.#socket.once('close', gone)
      this.#waiting.set(key, (answer, result) => {
        this.#waiting.delete(key)
        this.#socket.off('close', gone)
        done({ frame: answer, result })
      })
      this.#socket.write(frame)
    })
  }

  #take(chunk: Uint8Array): void {
    this.#reader.read(chunk, (id, toSerial, result, frame) => {
      const waiting = this.#waiting.size > 0 ? this.#waiting.get(`${id} ${toSerial}`) : undefined
      if (waiting) return waiting(frame.slice(), result)
      if (id !== 0x8001) return
      const sent = this.#pending.get(toSerial)
      if (!sent) return
      this.#pending.delete(toSerial)
      this.options.acknowledged(sent, result)
    })
    if (this.#running) this.#fill()
  }

  #fill(): void {
    const latest = Date.now() + this.options.aheadMs
    let end = 0
    let passed = 0
    while (
      this.#pending.size < this.options.window &&
      passed < this.#walkers.length &&
      end + frameRoom < this.#buffer.length
    ) {
      const walker = this.#next()
      if (walker.ts > latest) {
        passed++
        continue
      }
      end = this.#write(walker, end, performance.now())
    }
    this.#out(end)
    // Every clock has run ahead: wait for real time.
    if (this.#pending.size === 0 && this.#running)
      this.#idle ??= setTimeout(() => {
        this.#idle = null
        if (this.#running) this.#fill()
      }, 50)
  }

  #next(): Walker {
    const walker = this.#walkers[this.#turn]
    this.#turn = (this.#turn + 1) % this.#walkers.length
    if (!walker) throw new Error('a link needs a device')
    return walker
  }

  #write(walker: Walker, end: number, at: number): number {
    return this.#put(walker, end, at, this.options.fixesPerFrame, this.options.stepMs)
  }

  #put(walker: Walker, end: number, at: number, count: number, stepMs: number): number {
    const serial = this.#nextSerial()
    const firstTs = walker.ts
    const after = writePositions(this.#buffer, end, walker, serial, count, stepMs)
    const bytes = this.options.keep ? new Uint8Array(this.#buffer.subarray(end, after)) : null
    this.#pending.set(serial, { walker, firstTs, stepMs, count, at, serial, bytes })
    return after
  }

  #out(end: number): void {
    if (end === 0) return
    this.#socket.write(Buffer.from(this.#buffer.subarray(0, end)))
  }

  #nextSerial(): number {
    const serial = this.#serial
    this.#serial = (serial + 1) & 0xffff
    return serial
  }
}
