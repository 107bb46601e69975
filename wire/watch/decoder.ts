import { Counter, type WireCounts } from '../counts.ts'
import type { Acknowledgement, Command, Decoder, Message, Received, WireFault } from '../message.ts'
import { commandText, isReply } from './commands.ts'
import { encodeFrame, readFrame, type WatchFrame } from './message.ts'
import { number, percent, readPosition } from './position.ts'
import { Splitter } from './splitter.ts'

const NOTHING = new Uint8Array(0)

export interface WatchSettings {
  /** Minutes east of Greenwich of the device's clock; nearly all send UTC. */
  readonly offsetMinutes?: number
}

/** One connection of a wrist tracker that speaks the bracket protocol `[3G*id*length*kind,…]`. Every message names its device. */
export class WatchDecoder implements Decoder {
  private readonly splitter = new Splitter()
  private readonly counter = new Counter()
  private readonly offsetMinutes: number
  /** How this device writes, which is how it wants to be written to. */
  private maker = '3G'
  private indexed = false

  constructor({ offsetMinutes = 0 }: WatchSettings = {}) {
    this.offsetMinutes = offsetMinutes
  }

  get counts(): WireCounts {
    return this.counter
  }

  receive(chunk: Uint8Array): Received[] {
    return this.splitter.split(chunk).map((piece) => {
      if (piece.kind === 'message') return this.read(piece.bytes)
      return this.refuse(piece.kind === 'tooLong' ? 'tooLong' : 'malformed', piece.bytes)
    })
  }

  acknowledge(to: Extract<Received, { ok: true }>, outcome: Acknowledgement): Uint8Array {
    const words = outcome.result === 'ok' ? answerTo(String(to.envelope.id)) : null
    return words === null ? NOTHING : this.encode(to.message.device, to.envelope.serial, words)
  }

  command(command: Command, device: string, serial: number): Uint8Array | null {
    const words = commandText(command)
    return words === null ? null : this.encode(device, serial, words)
  }

  private read(bytes: Uint8Array): Received {
    this.counter.frames++
    const frame = readFrame(bytes)
    if (frame === null) return this.refuse('malformed', bytes.length + 2)
    this.maker = frame.maker
    this.indexed = frame.index !== null
    if (!frame.lengthOk) this.counter.lengthMismatches++
    const serial = Number.parseInt(frame.index ?? '0', 16) & 0xffff
    const envelope = { protocol: 'watch', id: frame.kind, version: 0, serial, parts: [] } as const
    const message = readMessage(frame, serial, this.offsetMinutes)
    if (message !== null) return { ok: true, message, envelope }
    this.counter.faults.malformed++
    return { ok: false, fault: 'malformed', bytes: bytes.length + 2, envelope }
  }

  private refuse(fault: WireFault, bytes: number): Received {
    this.counter.faults[fault]++
    return { ok: false, fault, bytes, envelope: null }
  }

  private encode(device: string, serial: number, words: string): Uint8Array {
    const index = this.indexed ? (serial & 0xffff).toString(16).padStart(4, '0').toUpperCase() : null
    return encodeFrame(this.maker, device, index, words)
  }
}

/** UD2 is what the device stored while it had no network. */
const STORED = 'UD2'

function readMessage({ kind, device, values }: WatchFrame, serial: number, offsetMinutes: number): Message | null {
  if (/^(UD|AL|WT)/.test(kind) && values.length > 0) {
    const fix = readPosition(values, kind === STORED, offsetMinutes)
    return fix === null ? null : { type: 'position', device, serial, fixes: [fix] }
  }
  if (kind === 'LK') {
    // Steps, tumbles, battery; a shorter message has no battery to speak of.
    const told = values.length >= 3
    const batteryPct = told ? percent(values[2]) : null
    return {
      type: 'heartbeat',
      device,
      serial,
      fixes: [],
      batteryPct,
      steps: told ? number(values[0]) : null,
      events: [],
    }
  }
  if (isReply(kind)) {
    return {
      type: 'reply',
      device,
      serial,
      fixes: [],
      toSerial: serial,
      toCommand: 0,
      result: 0,
      details: { kind, values },
    }
  }
  return { type: 'other', device, serial, fixes: [], code: kind }
}

/** What a device waits for before it goes on; null where it does not wait. */
function answerTo(kind: string): string | null {
  if (kind === 'INIT') return 'INIT,1'
  if (kind === 'LK' || kind === 'TKQ' || kind === 'TKQ2') return kind
  return kind.startsWith('AL') ? 'AL' : null
}
