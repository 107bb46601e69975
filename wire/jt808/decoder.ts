import { concat } from '../bytes.ts'
import { Counter, type WireCounts } from '../counts.ts'
import type { Acknowledgement, Command, Decoder, Envelope, Received, WireFault } from '../message.ts'
import { DEFAULT_MAP } from './defaultMap.ts'
import {
  encodeCommand,
  GENERAL_RESULT,
  generalReply,
  REGISTER_RESULT,
  registerReply,
  resendRequest,
  timeReply,
  vendorTimeReply,
} from './down.ts'
import { type Address, encodeFrame } from './envelope.ts'
import { openSegment, type Segment } from './frame.ts'
import { type Header, PADLOCK_BLIND_POSITION, PADLOCK_POSITION, readHeader } from './header.ts'
import { DOWN, UP } from './ids.ts'
import type { ItemMap } from './itemMap.ts'
import { type CompiledMap, compileMap } from './items.ts'
import { type MissingParts, PartAssembly } from './parts.ts'
import { Splitter } from './splitter.ts'
import { type Body, readUp } from './up.ts'

const NOTHING = new Uint8Array(0)
const COMPILED_DEFAULT = compileMap(DEFAULT_MAP)

/** Replies of a terminal to us; answering them would start a conversation without end. */
const UNANSWERED: ReadonlySet<number> = new Set([UP.generalReply, UP.parameters, UP.attributes, UP.positionReply])

/** One connection of a terminal that speaks JT/T 808 in the editions of 2011, 2013 or 2019, told apart frame by frame. */
export class Jt808Decoder implements Decoder {
  private readonly splitter = new Splitter()
  private readonly assembly = new PartAssembly()
  private readonly counter = new Counter()
  private readonly compiled: CompiledMap
  /** Edition of terminals before 2019: 2013 until a registration is shorter. */
  private edition: 2011 | 2013 = 2013
  private last: Address = { device: '', is2019: false, serial: 0 }
  private padlockAsks = false
  private ownSerial = 0

  constructor(map: ItemMap = DEFAULT_MAP) {
    this.compiled = map === DEFAULT_MAP ? COMPILED_DEFAULT : compileMap(map)
  }

  get counts(): WireCounts {
    return this.counter
  }

  receive(chunk: Uint8Array): Received[] {
    const out: Received[] = []
    for (const piece of this.splitter.split(chunk)) {
      if (piece.kind === 'segment') this.decodeInto(openSegment(piece.bytes), piece.bytes.length, out)
      else out.push(this.refuse(piece.kind === 'tooLong' ? 'tooLong' : 'malformed', piece.bytes, null))
    }
    return out
  }

  /** Decodes what `openSegment` or `checked` made of one frame. A sub-package that completes nothing gives nothing. */
  decode(segment: Segment | WireFault, bytes: number): Received[] {
    const out: Received[] = []
    this.decodeInto(segment, bytes, out)
    return out
  }

  /** Sub-packaged messages that lack parts; after a pause the gateway sends `requestMissing` for each. */
  missingParts(): MissingParts[] {
    return this.assembly.missing()
  }

  /** 0x8003 for one incomplete message. */
  requestMissing(missing: MissingParts): Uint8Array {
    return resendRequest(missing, this.nextSerial()) ?? NOTHING
  }

  acknowledge(to: Extract<Received, { ok: true }>, outcome: Acknowledgement): Uint8Array {
    const { envelope, message } = to
    const id = Number(envelope.id)
    if (UNANSWERED.has(id)) return NOTHING
    const whom = { device: message.device, is2019: envelope.version === 2019 }
    const result = GENERAL_RESULT[outcome.result]
    if (envelope.parts.length > 0) {
      const replies = envelope.parts.map((serial) =>
        generalReply({ ...whom, serial: this.nextSerial() }, serial, id, result),
      )
      return concat(replies.filter((frame) => frame !== null))
    }
    const address = { ...whom, serial: this.nextSerial() }
    if (id === UP.register) {
      const registered = outcome.result === 'ok' ? REGISTER_RESULT.ok : REGISTER_RESULT.noTerminal
      return registerReply(address, envelope.serial, registered, outcome.authCode ?? '') ?? NOTHING
    }
    if (id === UP.timeRequest) return timeReply(address, outcome.now) ?? NOTHING
    if (id === UP.vendorTimeRequest) return vendorTimeReply(address, outcome.now) ?? NOTHING
    if (id === PADLOCK_POSITION || id === PADLOCK_BLIND_POSITION) return this.padlockReply(id, address)
    return generalReply(address, envelope.serial, id, result) ?? NOTHING
  }

  command(command: Command, device: string, serial: number): Uint8Array | null {
    const is2019 = device === this.last.device ? this.last.is2019 : device.length > 12
    return encodeCommand(command, { device, is2019, serial })
  }

  private decodeInto(segment: Segment | WireFault, bytes: number, out: Received[]): void {
    this.counter.frames++
    if (typeof segment === 'string') {
      out.push(this.refuse(segment, bytes, null))
      return
    }
    const header = readHeader(segment)
    if (header === null) {
      out.push(this.refuse('length', bytes, null))
      return
    }
    this.remember(header)
    if (segment.end - header.bodyAt !== header.declared) this.counter.lengthMismatches++
    if (header.encryption !== 0) out.push(this.refuse('encrypted', bytes, this.envelope(header, [])))
    else if (header.parts === 1)
      this.readInto({ header, view: segment.view, at: header.bodyAt, end: segment.end }, [], bytes, out)
    else this.assembleInto(header, segment, bytes, out)
  }

  private assembleInto(header: Header, { view, end }: Segment, bytes: number, out: Received[]): void {
    const piece = new Uint8Array(view.buffer, view.byteOffset + header.bodyAt, end - header.bodyAt)
    const added = this.assembly.add(header, piece)
    if (added === 'malformed') {
      out.push(this.refuse('malformed', bytes, this.envelope(header, [])))
      return
    }
    for (let i = 0; i < added.lost; i++) out.push(this.refuse('subPackageLost', 0, null))
    if (added.whole === null) return
    const { body, serials } = added.whole
    const whole = new DataView(body.buffer, body.byteOffset, body.length)
    const first = { ...header, serial: serials[0] ?? header.serial }
    this.readInto({ header: first, view: whole, at: 0, end: body.length }, serials, bytes, out)
  }

  private readInto(body: Body, parts: readonly number[], bytes: number, out: Received[]): void {
    const read = readUp(body, this.compiled)
    if (read === null) {
      out.push(this.refuse('malformed', bytes, this.envelope(body.header, parts)))
      return
    }
    if (read.edition === 2011 || read.edition === 2013) this.edition = read.edition
    if (read.lost) this.counter.leave(read.lost)
    out.push({ ok: true, message: read.message, envelope: this.envelope(body.header, parts) })
  }

  private remember({ device, is2019, serial, id, reserved }: Header): void {
    this.last = { device, is2019, serial }
    if (id === PADLOCK_POSITION || id === PADLOCK_BLIND_POSITION) this.padlockAsks = reserved
  }

  private envelope({ id, is2019, serial }: Header, parts: readonly number[]): Envelope {
    return { protocol: 'jt808', id, version: is2019 ? 2019 : this.edition, serial, parts }
  }

  private refuse(fault: WireFault, bytes: number, envelope: Envelope | null): Received {
    this.counter.faults[fault]++
    return { ok: false, fault, bytes, envelope }
  }

  private padlockReply(id: number, address: Address): Uint8Array {
    if (!this.padlockAsks) return NOTHING
    return encodeFrame(DOWN.padlockReply, Uint8Array.of(id >> 8, id & 0xff, 0), address) ?? NOTHING
  }

  private nextSerial(): number {
    const serial = this.ownSerial
    this.ownSerial = (serial + 1) & 0xffff
    return serial
  }
}
