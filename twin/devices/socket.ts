import { connect, type Socket } from 'node:net'

/** How long an answer may take, and the pauses between attempts to connect, real milliseconds. */
const answerMs = 15_000
const connectMs = 10_000
const backoffMs = [500, 1_000, 2_000, 5_000, 15_000, 60_000] as const

export interface LineOptions {
  readonly host: string
  readonly port: number
  /** Says who it is on a fresh connection; false: not let in. */
  readonly introduce: () => Promise<boolean>
  readonly receive: (chunk: Uint8Array) => void
  /** Whatever waits for an answer will not get one. */
  readonly lost: () => void
}

/** A TCP connection that comes back: opened when there is something to say, with growing pauses after failures. */
export class Line {
  readonly #options: LineOptions
  #socket: Socket | null = null
  #opening: Promise<boolean> | null = null
  #failures = 0
  #notBefore = 0
  #closed = false

  constructor(options: LineOptions) {
    this.#options = options
  }

  /** Makes sure of an introduced connection. */
  async open(): Promise<boolean> {
    if (this.#closed) return false
    if (this.#opening) return this.#opening
    if (this.#socket) return true
    if (performance.now() < this.#notBefore) return false
    this.#opening = this.#connect().finally(() => {
      this.#opening = null
    })
    return this.#opening
  }

  write(bytes: Uint8Array): void {
    this.#socket?.write(bytes)
  }

  /** As if the network went: nothing is said, nothing is flushed. */
  cut(): void {
    this.#socket?.destroy()
    this.#socket = null
    this.#options.lost()
  }

  close(): void {
    this.#closed = true
    this.#socket?.end()
    this.#socket?.destroySoon()
    this.#socket = null
    this.#options.lost()
  }

  async #connect(): Promise<boolean> {
    const socket = await new Promise<Socket | null>((done) => {
      const made = connect({ host: this.#options.host, port: this.#options.port, noDelay: true, timeout: connectMs })
      made.once('connect', () => done(made))
      made.once('error', () => done(null))
      made.once('timeout', () => {
        made.destroy()
        done(null)
      })
    })
    if (!socket || this.#closed) return this.#failed(socket)
    socket.setTimeout(0)
    socket.removeAllListeners('error')
    socket.on('error', () => undefined)
    socket.on('data', (chunk: Buffer) => this.#options.receive(chunk))
    socket.on('close', () => {
      if (this.#socket !== socket) return
      this.#socket = null
      this.#options.lost()
    })
    this.#socket = socket
    if (!(await this.#options.introduce())) {
      this.cut()
      return this.#failed(null)
    }
    this.#failures = 0
    return true
  }

  #failed(socket: Socket | null): false {
    socket?.destroy()
    this.#notBefore = performance.now() + (backoffMs[Math.min(this.#failures, backoffMs.length - 1)] ?? 60_000)
    this.#failures++
    return false
  }
}

/** Answers awaited by a key, each for a limited time. */
export class Awaited<K, V> {
  readonly #waiting = new Map<K, (value: V | null) => void>()

  for(key: K): Promise<V | null> {
    return new Promise((done) => {
      const timer = setTimeout(() => this.#settle(key, null), answerMs)
      this.#waiting.get(key)?.(null)
      this.#waiting.set(key, (value) => {
        clearTimeout(timer)
        done(value)
      })
    })
  }

  came(key: K, value: V): void {
    this.#settle(key, value)
  }

  giveUp(): void {
    for (const key of [...this.#waiting.keys()]) this.#settle(key, null)
  }

  #settle(key: K, value: V | null): void {
    const tell = this.#waiting.get(key)
    this.#waiting.delete(key)
    tell?.(value)
  }
}
