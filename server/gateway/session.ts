import type { Socket } from 'node:net'
import type { Protocol } from '@zhijiao/contract/devices'
import type { Acknowledgement, Command, Decoder, Received } from '@zhijiao/wire/message'
import { counted, type Ingest, type Waiting } from '../positions/index.ts'
import type { Reception, Speaker } from './reception.ts'

type Good = Extract<Received, { ok: true }>

/** Before a device said who it is, and afterwards: closed after so long without a byte, milliseconds. */
const introduceMs = 60_000
const idleMs = 20 * 60_000
/** Bytes a device may leave unread before it is cut off. */
const unreadBytes = 256 * 1024
/** Frames in a row that cannot be read before the line is given up. */
const patience = 100
/** A message that came in parts is asked for what it lacks after so long, then after twice and four times that, milliseconds. */
const missingMs = 5_000
const mostAsked = 3
/** Messages whose answer waits for the database: above, a line says no more; a line that speaks for no known device is given up. */
const mostOwed = 1_000
/** Devices one connection may speak for (forwarding platforms); a scan of invented numbers goes beyond. */
const mostSpeakers = 256

/** Why we closed a connection; counted, never logged with an identity. */
export type Cause =
  | 'replaced'
  | 'wrongSecret'
  | 'idle'
  | 'garbage'
  | 'unread'
  | 'tooManyDevices'
  | 'backlog'
  | 'perAddress'
  | 'full'
  | 'stopping'
  | 'error'

/** What a session needs of the house around it. */
export interface Around {
  readonly reception: Reception
  readonly ingest: Ingest
  readonly now: () => number
  /** A device has named itself on this session: any older session of it is dead. */
  readonly introduced: (session: Session, speaker: Speaker) => void
  /** Checks or hands out a device's secret. */
  readonly register: (speaker: Speaker) => Promise<string | null>
  /** Whether the code a terminal shows lets it go on; with the right one the line is its own from now on. */
  readonly proves: (session: Session, speaker: Speaker, code: string) => boolean
  readonly replied: (speaker: Speaker, message: Extract<Good['message'], { type: 'reply' }>) => void
  readonly closed: (session: Session) => void
}

/**
 * One connection of a device. Bytes in, answers out; an answer goes out when what it answers for is durable, all answers
 * of one flush in one write.
 */
export class Session implements Waiting {
  readonly number: number
  readonly protocol: Protocol
  readonly remote: string
  readonly openedAt: number
  readonly #socket: Socket
  readonly #decoder: Decoder
  readonly #around: Around
  readonly #speakers = new Map<string, Speaker>()
  #last: Speaker | null = null
  /** Messages whose answer waits, by the batch that holds them. */
  readonly #waiting: { batch: number; messages: Good[] }[] = []
  #owed = 0
  /** Everybody is told to wait. */
  #held = false
  /** Messages that lack parts: since when, or since they were last asked for, and how often. */
  readonly #incomplete = new Map<string, { since: number; asked: number }>()
  #faults = 0
  /** Of what the decoder counted, how much is in the metrics already. */
  readonly #lost = { cutShort: 0, malformed: 0, noTime: 0 }
  #lostFixes = 0
  #bent = 0
  #serial = 0
  #over = false

  constructor(of: { number: number; protocol: Protocol; socket: Socket; decoder: Decoder; around: Around }) {
    this.number = of.number
    this.protocol = of.protocol
    this.#socket = of.socket
    this.#decoder = of.decoder
    this.#around = of.around
    this.remote = of.socket.remoteAddress ?? ''
    this.openedAt = of.around.now()
    of.socket.setNoDelay(true)
    of.socket.setTimeout(introduceMs)
    of.socket.on('data', (chunk: Buffer) => this.#receive(chunk))
    of.socket.on('timeout', () => this.close('idle'))
    of.socket.on('error', () => this.#end())
    of.socket.on('close', () => this.#end())
  }

  get speakers(): Iterable<Speaker> {
    return this.#speakers.values()
  }

  pause(): void {
    this.#held = true
    this.#socket.pause()
  }
  resume(): void {
    this.#held = false
    this.#listen()
  }
  #listen(): void {
    if (!this.#over && !this.#held && this.#owed < mostOwed) this.#socket.resume()
  }

  /** Closes in order: what was already answered still goes out. */
  close(cause: Cause): void {
    if (this.#over) return
    counted.closed.inc({ cause })
    this.#socket.end()
    this.#socket.destroySoon()
    this.#end()
  }

  /** The connection was taken over: nothing of it matters any more. */
  kill(cause: Cause): void {
    if (this.#over) return
    counted.closed.inc({ cause })
    this.#socket.destroy()
    this.#end()
  }

  /** Sends a command; null when the protocol has no words for it, else the serial its answer will name. */
  command(command: Command, speaker: Speaker): number | null {
    this.#serial = (this.#serial % 0xfffe) + 1
    const bytes = this.#decoder.command(command, speaker.identity, this.#serial)
    if (bytes === null || bytes.length === 0) return null
    this.#write(bytes)
    return this.#serial
  }

  durable(batch: number): void {
    while (this.#waiting[0] && this.#waiting[0].batch <= batch) {
      const ready = this.#waiting.shift()
      if (!ready) continue
      this.#owed -= ready.messages.length
      this.#answer(ready.messages)
    }
    if (this.#socket.isPaused()) this.#listen()
  }

  #receive(chunk: Buffer): void {
    if (this.#over) return
    const { ingest, reception, now } = this.#around
    // One instant for what arrived together.
    const at = now()
    const received = this.#decoder.receive(chunk)
    this.#countLeftOut()
    let ready: Good[] | null = null
    let messages = 0
    for (const one of received) {
      if (!one.ok) {
        this.#fault(one.fault)
        if (this.#over) return
        continue
      }
      messages++
      const { message } = one
      const speaker = this.#speakerOf(message.device)
      if (!speaker) return
      const holds = reception.take(speaker, message, at)
      if (message.type === 'register') {
        void this.#register(one, speaker)
        continue
      }
      if (message.type === 'authenticate' && !this.#around.proves(this, speaker, message.code)) {
        counted.faults.inc({ protocol: this.protocol, cause: 'wrongSecret' })
        this.#write(this.#decoder.acknowledge(one, { result: 'failed', now: at }))
        // A platform that forwards for others is not cut off for one of them.
        if (this.#othersProved(speaker)) continue
        this.close('wrongSecret')
        return
      }
      if (message.type === 'reply') this.#around.replied(speaker, message)
      if (holds || !ingest.healthy) {
        this.#wait(one)
        if (this.#over) return
      } else if (ready) ready.push(one)
      else ready = [one]
    }
    if (messages > 0) {
      this.#faults = 0
      counted.frames.inc({ protocol: this.protocol }, messages)
    }
    if (ready) this.#answer(ready)
  }

  /** What the decoder left out of messages that were good otherwise: nobody else would ever know. */
  #countLeftOut(): void {
    const { lostFixes, lost, lengthMismatches } = this.#decoder.counts
    const { protocol } = this
    if (lostFixes > this.#lostFixes) {
      for (const cause of ['cutShort', 'malformed', 'noTime'] as const) {
        const more = lost[cause] - this.#lost[cause]
        if (more > 0) counted.unread.inc({ protocol, cause }, more)
        this.#lost[cause] = lost[cause]
      }
      this.#lostFixes = lostFixes
    }
    if (lengthMismatches > this.#bent) {
      counted.bent.inc({ protocol, cause: 'length' }, lengthMismatches - this.#bent)
      this.#bent = lengthMismatches
    }
  }

  /** Asks for the sub-packages that stay away (0x8003); three times a message, then it is left to the terminal. */
  askMissing(): void {
    if (this.#over || !this.#decoder.missingParts) return
    const missing = this.#decoder.missingParts()
    if (missing.length === 0) {
      this.#incomplete.clear()
      return
    }
    const at = this.#around.now()
    const open = new Set<string>()
    for (const one of missing) {
      const key = `${one.device}/${one.id}/${one.firstSerial}`
      open.add(key)
      const known = this.#incomplete.get(key)
      if (!known) this.#incomplete.set(key, { since: at, asked: 0 })
      else if (known.asked < mostAsked && at - known.since >= missingMs * 2 ** known.asked) {
        this.#incomplete.set(key, { since: at, asked: known.asked + 1 })
        counted.resends.inc({ protocol: this.protocol })
        this.#write(this.#decoder.requestMissing?.(one) ?? new Uint8Array(0))
      }
    }
    for (const key of this.#incomplete.keys()) if (!open.has(key)) this.#incomplete.delete(key)
  }

  #othersProved(speaker: Speaker): boolean {
    for (const one of this.#speakers.values()) if (one !== speaker && one.proven) return true
    return false
  }

  #wait(one: Good): void {
    const batch = this.#around.ingest.wait(this)
    const last = this.#waiting.at(-1)
    if (last?.batch === batch) last.messages.push(one)
    else this.#waiting.push({ batch, messages: [one] })
    if (++this.#owed < mostOwed) return
    if (this.#knowsAny()) this.#socket.pause()
    else this.kill('backlog')
  }

  #knowsAny(): boolean {
    for (const { known } of this.#speakers.values()) if (known) return true
    return false
  }

  #answer(messages: readonly Good[]): void {
    if (this.#over) return
    const outcome: Acknowledgement = { result: 'ok', now: this.#around.now() }
    const [only] = messages
    if (only && messages.length === 1) {
      this.#write(this.#decoder.acknowledge(only, outcome))
      return
    }
    const parts = messages.map((one) => this.#decoder.acknowledge(one, outcome)).filter((bytes) => bytes.length > 0)
    if (parts.length > 0) this.#write(Buffer.concat(parts))
  }

  async #register(one: Good, speaker: Speaker): Promise<void> {
    try {
      const code = await this.#around.register(speaker)
      if (this.#over) return
      this.#write(
        this.#decoder.acknowledge(one, {
          result: 'ok',
          now: this.#around.now(),
          ...(code === null ? {} : { authCode: code }),
        }),
      )
    } catch {
      // The database did not answer: no answer for the device either, which then asks again.
    }
  }

  #write(bytes: Uint8Array): void {
    if (this.#over || bytes.length === 0) return
    this.#socket.write(bytes)
    if (this.#socket.writableLength > unreadBytes) this.kill('unread')
  }

  #speakerOf(identity: string): Speaker | null {
    if (this.#last?.identity === identity) return this.#last
    let speaker = this.#speakers.get(identity)
    if (!speaker) {
      if (this.#speakers.size >= mostSpeakers) {
        this.kill('tooManyDevices')
        return null
      }
      const { reception } = this.#around
      speaker = reception.speaker(this.protocol, identity, this.number, this.openedAt, this.remote)
      this.#speakers.set(identity, speaker)
      this.#socket.setTimeout(idleMs)
      this.#around.introduced(this, speaker)
    }
    this.#last = speaker
    return speaker
  }

  #fault(cause: string): void {
    counted.faults.inc({ protocol: this.protocol, cause })
    this.#faults++
    if (this.#faults > patience) this.kill('garbage')
  }

  #end(): void {
    if (this.#over) return
    this.#over = true
    this.#waiting.length = 0
    if (this.#owed > 0) this.#around.ingest.leave(this)
    this.#around.closed(this)
  }
}
