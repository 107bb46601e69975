import { parseBatch } from './app/batch.ts'
import { toMessages } from './app/decode.ts'
import { fromHex } from './bytes.ts'
import { Gt06Decoder } from './gt06/decoder.ts'
import type { HttpRequest } from './http.ts'
import { isObject, textOf } from './http.ts'
import { Jt808Decoder } from './jt808/decoder.ts'
import { checked, openSegment, type Segment } from './jt808/frame.ts'
import { readHeader } from './jt808/header.ts'
import type { DeviceEvent, Message, ProtocolName, Received, WireFault, WireFix } from './message.ts'
import { decodeRequest as decodeOsmand } from './osmand/decode.ts'
import { decodeRequest as decodeOwntracks } from './owntracks/decode.ts'
import { WatchDecoder } from './watch/decoder.ts'

/** A fault as the command line and the logs name it. */
export const FAULT_CODES: Readonly<Record<WireFault | 'empty' | 'notHex' | 'notRequest', string>> = {
  checksum: 'ZJ_WIRE_CHECKSUM',
  length: 'ZJ_WIRE_LENGTH',
  escape: 'ZJ_WIRE_ESCAPE',
  tooLong: 'ZJ_WIRE_TOO_LONG',
  encrypted: 'ZJ_WIRE_ENCRYPTED',
  unknownMessage: 'ZJ_WIRE_UNKNOWN_MESSAGE',
  malformed: 'ZJ_WIRE_MALFORMED',
  noSession: 'ZJ_WIRE_NO_SESSION',
  subPackageLost: 'ZJ_WIRE_SUB_PACKAGE_LOST',
  empty: 'ZJ_WIRE_EMPTY',
  notHex: 'ZJ_WIRE_NOT_HEX',
  notRequest: 'ZJ_WIRE_NOT_REQUEST',
}

export interface ShownFix {
  readonly lat: number
  readonly lon: number
  /** ISO 8601 in UTC. */
  readonly time: string
  readonly crs: WireFix['crs']
  readonly speedKmh: number | null
  readonly course: number | null
  readonly altitudeM: number | null
  readonly accuracyM: number | null
  /** The device's own word. */
  readonly valid: boolean
  readonly blind: boolean
  readonly satellites: number | null
  readonly batteryPct: number | null
  readonly mock: boolean | null
  readonly events: readonly DeviceEvent[]
}

export interface ShownMessage {
  readonly type: Message['type']
  readonly device: string
  readonly serial: number
  readonly fixes: readonly ShownFix[]
  readonly events?: readonly DeviceEvent[]
}

export type LineResult =
  | { readonly ok: true; readonly messages: readonly ShownMessage[] }
  | { readonly ok: false; readonly error: string }

/**
 * The engine of `zhijiao decode`: a function that decodes one line after the other and remembers what a connection
 * would (login, sub-packages). Lines are hexadecimal frames (jt808, gt06), text (watch), or a JSON object of method, url
 * and body (osmand, owntracks, app). It decodes and does not judge; ranges and plausibility are decided elsewhere.
 */
export function decodeLines(protocol: ProtocolName): (line: string) => LineResult {
  const receive = receiverOf(protocol)
  return (line) => (line.trim() === '' ? refusal('empty') : receive(line.trim()))
}

function receiverOf(protocol: ProtocolName): (line: string) => LineResult {
  switch (protocol) {
    case 'jt808':
      return jt808Lines()
    case 'gt06':
      return gt06Lines()
    case 'watch':
      return watchLines()
    case 'osmand':
      return requestLines(decodeOsmand)
    case 'owntracks':
      return requestLines(decodeOwntracks)
    case 'app':
      return appLine
  }
}

/**
 * Frames come as they travel or, copied out of test suites, with their escapes taken out. The travelling form is tried
 * first; the other one counts only if both its check code and its length hold, so that a damaged frame stays refused.
 */
function jt808Lines(): (line: string) => LineResult {
  const decoder = new Jt808Decoder()
  return (line) => {
    const bytes = fromHex(line)
    if (bytes === null) return refusal('notHex')
    if (bytes.length < 3 || bytes[0] !== 0x7e || bytes.at(-1) !== 0x7e) return refusal('malformed')
    const inner = bytes.subarray(1, -1)
    const several = inner.includes(0x7e)
    const travelled = several ? 'checksum' : openSegment(inner)
    const segment = typeof travelled === 'string' ? (written(inner) ?? travelled) : travelled
    // Delimiters inside and no frame around them: several frames on one line.
    if (several && typeof segment === 'string') return shown(new Jt808Decoder().receive(bytes))
    return shown(decoder.decode(segment, bytes.length))
  }
}

/** A frame that was written down without escapes, or null. */
function written(inner: Uint8Array): Segment | null {
  const segment = checked(inner)
  if (typeof segment === 'string') return null
  const header = readHeader(segment)
  return header !== null && segment.end - header.bodyAt === header.declared ? segment : null
}

/** A frame alone is decoded too; its device is unknown until a login came. What a line leaves unfinished ends with it. */
function gt06Lines(): (line: string) => LineResult {
  const decoder = new Gt06Decoder({ requireLogin: false })
  return (line) => {
    const bytes = fromHex(line)
    if (bytes === null) return refusal('notHex')
    const received = decoder.receive(bytes)
    if (decoder.unfinished > 0) {
      decoder.forgetUnfinished()
      if (received.length === 0) return refusal('length')
    }
    return shown(received)
  }
}

const encoder = new TextEncoder()

function watchLines(): (line: string) => LineResult {
  return (line) => {
    const bytes = line.startsWith('[') ? encoder.encode(line) : (fromHex(line) ?? encoder.encode(line))
    const received = new WatchDecoder().receive(bytes)
    return received.length === 0 ? refusal('length') : shown(received)
  }
}

function requestLines(decode: (request: HttpRequest) => Received[]): (line: string) => LineResult {
  return (line) => {
    const request = requestOf(line)
    return request === null ? refusal('notRequest') : shown(decode(request))
  }
}

function appLine(line: string): LineResult {
  const request = requestOf(line)
  const parsed = parseBatch(request?.body ?? line)
  return parsed.ok ? { ok: true, messages: toMessages(parsed.batch).map(show) } : refusal('malformed')
}

function requestOf(line: string): HttpRequest | null {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return null
  }
  if (!isObject(json) || (json.url === undefined && json.body === undefined)) return null
  const body = typeof json.body === 'string' || json.body == null ? json.body : JSON.stringify(json.body)
  return {
    method: textOf(json.method) ?? 'GET',
    url: textOf(json.url) ?? '/',
    body,
    contentType: textOf(json.contentType),
  }
}

/** Messages win over faults: garbage beside a good frame is a connection's daily bread. */
function shown(received: readonly Received[]): LineResult {
  const good = received.flatMap((one) => (one.ok ? [show(one.message)] : []))
  const fault = received.find((one) => !one.ok)
  return good.length > 0 || fault === undefined ? { ok: true, messages: good } : refusal(fault.fault)
}

const refusal = (fault: keyof typeof FAULT_CODES): LineResult => ({ ok: false, error: FAULT_CODES[fault] })

function show(message: Message): ShownMessage {
  const events = message.type === 'event' || message.type === 'heartbeat' ? message.events : []
  return {
    type: message.type,
    device: message.device,
    serial: message.serial,
    fixes: message.fixes.map(showFix),
    ...(events.length > 0 ? { events } : {}),
  }
}

function showFix(fix: WireFix): ShownFix {
  return {
    lat: fix.lat,
    lon: fix.lon,
    time: new Date(fix.time).toISOString(),
    crs: fix.crs,
    speedKmh: fix.speedKmh,
    course: fix.course,
    altitudeM: fix.altitudeM,
    accuracyM: fix.accuracyM,
    valid: fix.valid,
    blind: fix.blind,
    satellites: fix.satellites,
    batteryPct: fix.batteryPct,
    mock: fix.mock,
    events: fix.events,
  }
}
