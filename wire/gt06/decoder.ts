import { toBcd } from '../bcd.ts'
import { Builder } from '../builder.ts'
import { concat } from '../bytes.ts'
import { Counter, type WireCounts } from '../counts.ts'
import type { Acknowledgement, Command, Decoder, Received, WireFault } from '../message.ts'
import { commandText } from './commands.ts'
import { encodeFrame, type Found, type Frame, findFrame, nextStart } from './frame.ts'
import { TYPE } from './layout.ts'
import { loginOffset, readUp } from './up.ts'

const NOTHING = new Uint8Array(0)

/** Types that answer us, or that a device sends without waiting for anything. */
const UNANSWERED: ReadonlySet<number> = new Set([
  TYPE.text,
  TYPE.textLong,
  TYPE.command,
  0x81,
  0x82,
  TYPE.info,
  TYPE.serialPort,
])

/** How a connection is set up; nothing of it can be read from the bytes. */
export interface Gt06Settings {
  /**
   * Minutes east of Greenwich of the device's clock. Without it the zone that some devices tell with their login
   * counts, and UTC for those that tell none.
   */
  readonly offsetMinutes?: number
  /** Refuse what comes before a login (`noSession`). Off only where single frames are looked at. */
  readonly requireLogin?: boolean
}

/** One connection of a GT06-family device. The login names the device; nothing after it does. */
export class Gt06Decoder implements Decoder {
  private readonly counter = new Counter()
  private readonly configured: number | undefined
  private offsetMinutes: number
  private readonly requireLogin: boolean
  private pending: Uint8Array = NOTHING
  private device = ''

  constructor({ offsetMinutes, requireLogin = true }: Gt06Settings = {}) {
    this.configured = offsetMinutes
    this.offsetMinutes = offsetMinutes ?? 0
    this.requireLogin = requireLogin
  }

  get counts(): WireCounts {
    return this.counter
  }

  receive(chunk: Uint8Array): Received[] {
    const bytes = this.pending.length === 0 ? chunk : concat([this.pending, chunk])
    const out: Received[] = []
    let at = nextStart(bytes, 0)
    if (at > 0) out.push(this.refuse('malformed', at))
    while (at < bytes.length) {
      const found = this.find(bytes, at)
      if (found.kind === 'wait') break
      if (found.kind === 'frame') {
        out.push(this.read(found.frame, found.next - at))
        at = this.skipNoise(bytes, found.next, out)
      } else {
        const next = nextStart(bytes, found.next)
        out.push(this.refuse(found.fault, next - at))
        at = next
      }
    }
    // What waits is shorter than the largest frame, so memory is bounded by it.
    this.pending = bytes.slice(at)
    return out
  }

  /** Bytes of a frame whose end has not come yet. */
  get unfinished(): number {
    return this.pending.length
  }

  /** Forgets an unfinished frame, as a new line of a recording does; the session stays. */
  forgetUnfinished(): void {
    this.pending = NOTHING
  }

  acknowledge(to: Extract<Received, { ok: true }>, outcome: Acknowledgement): Uint8Array {
    const { envelope, message } = to
    const type = Number(envelope.id)
    if (outcome.result !== 'ok' || UNANSWERED.has(type)) return NOTHING
    if (type === TYPE.timeRequest) return encodeFrame(type, clock(outcome.now), envelope.serial)
    if (message.type === 'network' && (type === TYPE.watchWifi || type === 0x69)) return watchAnswer(type, message.time)
    return encodeFrame(type, NOTHING, envelope.serial, envelope.version === 1 && type !== TYPE.modular)
  }

  command(command: Command, _device: string, serial: number): Uint8Array | null {
    const words = commandText(command)
    if (words === null) return null
    const text = new TextEncoder().encode(words)
    const content = new Builder()
      .u8(text.length + 4)
      .u32(serial)
      .bytes(text)
      .u16(0x0002)
    return encodeFrame(TYPE.command, content.done(), serial)
  }

  /**
   * A start mark inside noise can promise bytes that never come. While it waits, a whole frame further on is proof
   * that it was noise.
   */
  private find(bytes: Uint8Array, at: number): Found {
    const found = findFrame(bytes, at)
    if (found.kind !== 'wait') return found
    for (let later = nextStart(bytes, at + 1); later < bytes.length; later = nextStart(bytes, later + 1)) {
      const other = findFrame(bytes, later)
      if (other.kind === 'frame' && !other.frame.bare) return { kind: 'refused', fault: 'malformed', next: later }
    }
    return found
  }

  private skipNoise(bytes: Uint8Array, at: number, out: Received[]): number {
    const next = nextStart(bytes, at)
    if (next > at) out.push(this.refuse('malformed', next - at))
    return next
  }

  private read(frame: Frame, bytes: number): Received {
    this.counter.frames++
    const envelope = {
      protocol: 'gt06',
      id: frame.type,
      version: frame.long ? 1 : 0,
      serial: frame.serial,
      parts: [],
    } as const
    const message = readUp(frame, this.device, this.offsetMinutes)
    if (message === null) {
      this.counter.faults.malformed++
      return { ok: false, fault: 'malformed', bytes, envelope }
    }
    if (message.type === 'authenticate') {
      this.device = message.device
      this.offsetMinutes = this.configured ?? loginOffset(frame)
    }
    if (this.device === '' && this.requireLogin) {
      this.counter.faults.noSession++
      return { ok: false, fault: 'noSession', bytes, envelope }
    }
    return { ok: true, message, envelope }
  }

  private refuse(fault: WireFault, bytes: number): Received {
    this.counter.faults[fault]++
    return { ok: false, fault, bytes, envelope: null }
  }
}

/** The server's clock in UTC, as six plain bytes. */
function clock(now: number): Uint8Array {
  return Uint8Array.from(parts(now))
}

/** A watch repeats its WiFi report until its own time comes back. */
function watchAnswer(type: number, time: number | null): Uint8Array {
  if (time === null) return NOTHING
  return Uint8Array.of(0x78, 0x78, 0x00, type, ...parts(time).map(toBcd), 0x0d, 0x0a)
}

function parts(time: number): number[] {
  const at = new Date(time)
  return [
    at.getUTCFullYear() - 2000,
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds(),
  ]
}
