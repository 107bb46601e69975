import type { LostCause } from '../counts.ts'
import { Cursor } from '../cursor.ts'
import { addEvent } from '../fix.ts'
import type { Message, WireFix } from '../message.ts'
import { readAttributes } from './attributes.ts'
import { type Header, PADLOCK_BLIND_POSITION, PADLOCK_POSITION } from './header.ts'
import { DOWN, UP } from './ids.ts'
import type { CompiledMap } from './items.ts'
import { LOCATION_BYTES, readAlarms, readLocation } from './location.ts'
import { readPadlock } from './padlock.ts'
import { readParameters } from './parameters.ts'
import { type Edition, readRegistration } from './registration.ts'
import { readText } from './text.ts'
import { readTransparent } from './transparent.ts'

/** A whole message body, its sub-packages put together. */
export interface Body {
  readonly header: Header
  readonly view: DataView
  readonly at: number
  readonly end: number
}

export interface UpMessage {
  readonly message: Message
  /** Set where the message itself told its edition (registration). */
  readonly edition?: Edition
  /** Positions of a batch that had to be left out. */
  readonly lost?: Readonly<Partial<Record<LostCause, number>>>
}

/** Decodes what a terminal sent. A message number without use to us is `other`; a body that contradicts its number is null. */
export function readUp(body: Body, compiled: CompiledMap): UpMessage | null {
  const { header, view, at, end } = body
  const { device, serial } = header
  const cursor = new Cursor(view, at, end)
  switch (header.id) {
    case UP.position:
      return position(body, compiled)
    case UP.batch:
      cursor.skip(2)
      return batch(body, compiled, cursor.u8() === 1, at + 3, 2)
    case UP.vendorBatch:
      return batch(body, compiled, false, at, 1)
    case UP.positionReply: {
      const toSerial = cursor.u16()
      const fix = readLocation(compiled, view, cursor.at, end, false)
      if (fix === 'malformed') return null
      const fixes = fix === 'noTime' ? [] : [fix]
      return reply(body, { toSerial, toCommand: DOWN.queryPosition, result: 0, fixes, details: null })
    }
    case UP.generalReply: {
      const toSerial = cursor.u16()
      const toCommand = cursor.u16()
      const result = cursor.u8()
      return cursor.overrun ? null : reply(body, { toSerial, toCommand, result, fixes: [], details: null })
    }
    case UP.heartbeat: {
      const batteryPct = heartbeatBattery(body, compiled)
      return { message: { type: 'heartbeat', device, serial, fixes: [], batteryPct, steps: null, events: [] } }
    }
    case UP.logout:
      return { message: { type: 'logout', device, serial, fixes: [] } }
    case UP.timeRequest:
    case UP.vendorTimeRequest:
      return { message: { type: 'timeRequest', device, serial, fixes: [] } }
    case UP.register: {
      const read = readRegistration(cursor, header.is2019)
      if (read === null) return null
      const message: Message = { type: 'register', device, serial, fixes: [], registration: read.registration }
      return { message, edition: read.edition }
    }
    case UP.authenticate:
      return authenticate(body, cursor)
    case UP.parameters: {
      const toSerial = cursor.u16()
      const details = readParameters(cursor)
      if (details === null) return null
      return reply(body, { toSerial, toCommand: DOWN.queryParameters, result: 0, fixes: [], details })
    }
    case UP.attributes: {
      // Vendors append and leave out fields; a reply that cannot be read still tells that the terminal is there.
      const details = readAttributes(cursor, header.is2019)
      return reply(body, { toSerial: 0, toCommand: DOWN.queryAttributes, result: 0, fixes: [], details })
    }
    case UP.upgradeResult: {
      const kind = cursor.u8()
      const result = cursor.u8()
      if (cursor.overrun) return null
      return reply(body, { toSerial: 0, toCommand: 0x8108, result, fixes: [], details: { kind } })
    }
    case PADLOCK_POSITION:
    case PADLOCK_BLIND_POSITION:
      return single(body, readPadlock(cursor, header.id === PADLOCK_BLIND_POSITION))
    case UP.transparent: {
      const fix = readTransparent(cursor)
      return fix === null ? other(body) : single(body, fix)
    }
    default:
      return other(body)
  }
}

function position({ header, view, at, end }: Body, compiled: CompiledMap): UpMessage | null {
  const fix = readLocation(compiled, view, at, end, false)
  if (fix === 'malformed') return null
  const { device, serial } = header
  if (fix !== 'noTime') return { message: { type: 'position', device, serial, fixes: [fix] } }
  const events = readAlarms(compiled, view, at, end)
  return { message: { type: 'event', device, serial, fixes: [], time: null, events }, lost: { noTime: 1 } }
}

/**
 * Items of a length and a position each; one that cannot be read is left out and counted, the others stand. What a device
 * without a clock cries out is heard as in a single report, though its place is none.
 */
function batch(
  { header, view, end }: Body,
  compiled: CompiledMap,
  blind: boolean,
  from: number,
  lengthWidth: 1 | 2,
): UpMessage | null {
  const fixes: WireFix[] = []
  const lost = { cutShort: 0, malformed: 0, noTime: 0 }
  let events: WireFix['events'] = []
  let at = from
  while (at + lengthWidth <= end) {
    const length = lengthWidth === 2 ? view.getUint16(at) : view.getUint8(at)
    const next = at + lengthWidth + length
    if (next > end) {
      lost.cutShort++
      break
    }
    const fix = length < LOCATION_BYTES ? 'malformed' : readLocation(compiled, view, at + lengthWidth, next, blind)
    if (fix === 'noTime')
      for (const event of readAlarms(compiled, view, at + lengthWidth, next)) events = addEvent(events, event)
    if (typeof fix === 'string') lost[fix]++
    else fixes.push(fix)
    at = next
  }
  const { device, serial } = header
  if (events.length > 0) return { message: { type: 'event', device, serial, fixes, time: null, events, blind }, lost }
  if (fixes.length === 0 && lost.cutShort + lost.malformed + lost.noTime > 0) return null
  return { message: { type: 'position', device, serial, fixes }, lost }
}

/** 2013: the code. 2019: length, code, IMEI (15 bytes), software version (20 bytes). */
function authenticate({ header, at, end, view }: Body, cursor: Cursor): UpMessage {
  const { device, serial } = header
  const base = { type: 'authenticate', device, serial, fixes: [] } as const
  if (header.is2019) {
    const code = readText(cursor.bytes(cursor.u8()))
    if (!cursor.overrun) {
      const imei = readText(cursor.bytes(Math.min(15, cursor.left))) || null
      const software = readText(cursor.bytes(Math.min(20, cursor.left))) || null
      return { message: { ...base, code, imei, software } }
    }
  }
  const whole = new Cursor(view, at, end)
  return { message: { ...base, code: readText(whole.bytes(whole.left)), imei: null, software: null } }
}

function heartbeatBattery({ view, at, end }: Body, { map }: CompiledMap): number | null {
  // Three bytes (battery, signal, status) is the vendors' shortest; a shorter body is padding.
  if (map.heartbeatBatteryAt === null || end - at < 3 || at + map.heartbeatBatteryAt >= end) return null
  const battery = view.getUint8(at + map.heartbeatBatteryAt)
  return battery <= 100 ? battery : null
}

type ReplyFields = Pick<Extract<Message, { type: 'reply' }>, 'toSerial' | 'toCommand' | 'result' | 'fixes' | 'details'>

function reply({ header }: Body, fields: ReplyFields): UpMessage {
  return { message: { type: 'reply', device: header.device, serial: header.serial, ...fields } }
}

function single({ header }: Body, fix: WireFix | null): UpMessage | null {
  if (fix === null) return null
  return { message: { type: 'position', device: header.device, serial: header.serial, fixes: [fix] } }
}

function other({ header }: Body): UpMessage {
  const code = `0x${header.id.toString(16).padStart(4, '0').toUpperCase()}`
  return { message: { type: 'other', device: header.device, serial: header.serial, fixes: [], code } }
}
