import { toHex } from '../bytes.ts'
import { Cursor } from '../cursor.ts'
import { addEvent, type FixDraft } from '../fix.ts'
import type { DeviceEvent, Message, WireFix } from '../message.ts'
import { type CellWidths, GSM, LTE, readCell, readListed, readNetworkCode, readSizedCell, readWifi } from './cells.ts'
import type { Frame } from './frame.ts'
import { COMMON_SHAPE, GPS_BYTES, looksLikeGps, readDate, readGps } from './gps.ts'
import { type NetworkLayout, networkLayout, type PositionLayout, positionLayout, TYPE } from './layout.ts'
import { readModules } from './modules.ts'
import { readPlaceLong } from './placeLong.ts'
import { eventsOfAlarm, readStatus, type Status } from './status.ts'
import { readSpokenPlace, textOf } from './text.ts'
import { readWatchWifi } from './watchWifi.ts'

/** Lengths that tell the models apart which reuse a type for a layout of their own. */
const OBD_STATUS = 0x13
const SPEEDING_IN_STATUS = 0x24
/** Status, battery, signal, alarm, language: how a message with a status ends. */
const STATUS_TAIL = 5

/** Decodes the content of a frame whose check code holds; null where the content contradicts its type. */
export function readUp(frame: Frame, device: string, offsetMinutes: number): Message | null {
  const { type, long, serial } = frame
  const cursor = Cursor.over(frame.bytes).within(frame.at, frame.end)
  const declared = frame.end - frame.at + 5
  const base = { device, serial }
  if (frame.bare)
    return {
      type: 'network',
      ...base,
      fixes: [],
      ...readWatchWifi(cursor, frame.bytes[frame.at - 2] ?? 0),
      batteryPct: null,
    }
  if (type === TYPE.modular && long) return modular(cursor, base)
  if ((type === TYPE.placeLong || type === TYPE.alarmLong) && long) return placeLong(cursor, type, base, offsetMinutes)
  if (type === TYPE.textLong && long) return textLong(cursor, base)
  if (type === TYPE.login && !long) return login(cursor, serial)
  if (type === TYPE.status || type === TYPE.heartbeat) return heartbeat(cursor, type, declared, base)
  if (type === TYPE.timeRequest) return { type: 'timeRequest', ...base, fixes: [] }
  if (type === TYPE.text && !long) return text(cursor, base)
  if (type === TYPE.alarmWithPlace && !long) return alarm(cursor, base, offsetMinutes)
  const layout = positionLayout(type, declared)
  if (layout !== null && fits(layout, cursor)) return position(cursor, type, declared, layout, base, offsetMinutes)
  if (type === TYPE.moduleTracker && !long && declared !== 55) return tracker(cursor, base, offsetMinutes)
  if (type === 0x19 || type === 0xa5) return cellAlarm(cursor, type, declared, base)
  if (type === 0xa3 && !long) return fenceStatus(cursor, base)
  const network = networkLayout(type, declared)
  if (network !== null && !long) return cellsAndWifi(cursor, network, base, offsetMinutes)
  return { type: 'other', ...base, fixes: [], code: `0x${type.toString(16).padStart(2, '0').toUpperCase()}` }
}

interface Base {
  readonly device: string
  readonly serial: number
}

const fits = ({ minimum }: PositionLayout, cursor: Cursor): boolean =>
  minimum === undefined || looksLikeGps(cursor, Math.max(minimum, GPS_BYTES))

/** Eight bytes of BCD, of which the first digit is padding. */
function login(cursor: Cursor, serial: number): Message | null {
  const imei = toHex(cursor.bytes(8)).slice(1)
  if (cursor.overrun) return null
  return { type: 'authenticate', device: imei, serial, fixes: [], code: imei, imei, software: null }
}

/** Minutes east of Greenwich that a login tells: hours and minutes as one decimal number, bit 3 set for west. 0 if it tells none. */
export function loginOffset({ bytes, at, end }: Frame): number {
  const cursor = Cursor.over(bytes).within(at, end)
  cursor.skip(10)
  const zone = cursor.u16()
  if (cursor.overrun) return 0
  const minutes = Math.floor((zone >> 4) / 100) * 60 + ((zone >> 4) % 100)
  return (zone & 0x08) !== 0 ? -minutes : minutes
}

function position(
  cursor: Cursor,
  type: number,
  declared: number,
  layout: PositionLayout,
  base: Base,
  offset: number,
): Message | null {
  const block = readGps(cursor, offset)
  if (block === 'malformed') return null
  const cell = readServingCell(cursor, layout)
  const status = layout.status && cursor.left >= 3 ? readStatus(cursor, declared === SPEEDING_IN_STATUS) : null
  if (block === 'unset') return withoutPlace(status, base)
  const { draft } = block
  if (cell !== null) draft.cells = [cell]
  if (status !== null) addStatus(draft, status)
  if (layout.origin) readOrigin(cursor, type, draft)
  return { type: 'position', ...base, fixes: [draft] }
}

function readServingCell(cursor: Cursor, { cell, status, bareSize }: PositionLayout): ReturnType<typeof readCell> {
  if (cell === null || cursor.left === 0) return null
  if (cell !== 'sized') return readCell(cursor, cell)
  const length = cursor.u8()
  if (length > 0) return readSizedCell(cursor, bareSize ? length + 1 : length)
  // No cell: some models leave its place out, others fill it with zeros, and the status is where a message ends.
  if (status && cursor.left > STATUS_TAIL) cursor.skip(cursor.left - STATUS_TAIL)
  return null
}

/** Ignition, reason and "from the store"; the type 0x37 has a module behind them that may tell the accuracy in 0.01 m. */
function readOrigin(cursor: Cursor, type: number, draft: FixDraft): void {
  if (type === 0xa0 && cursor.left !== 3 && cursor.left !== 7) return
  if (cursor.left < 3) return
  cursor.skip(2)
  draft.blind = cursor.u8() > 0
  if (type === 0x37 && cursor.left >= 5 && cursor.u16() === 0x003b && cursor.u8() >= 2)
    draft.accuracyM = cursor.u16() / 100
}

function addStatus(draft: FixDraft, { batteryPct, charging, events }: Status): void {
  draft.batteryPct = batteryPct
  draft.charging = charging
  for (const event of events) draft.events = addEvent(draft.events, event)
}

/** A report of a device that never had a position still says what its status says. */
function withoutPlace(status: Status | null, base: Base): Message {
  if (status !== null && status.events.length > 0)
    return { type: 'event', ...base, fixes: [], time: null, events: status.events }
  return { type: 'heartbeat', ...base, fixes: [], batteryPct: status?.batteryPct ?? null, steps: null, events: [] }
}

function heartbeat(cursor: Cursor, type: number, declared: number, base: Base): Message | null {
  if (cursor.left === 0) return null
  let batteryPct: number | null = null
  let events: readonly DeviceEvent[] = []
  if (type === TYPE.status && declared === OBD_STATUS) {
    cursor.skip(3)
    events = eventsOfAlarm(cursor.u8())
    cursor.skip(1)
    batteryPct = percent(cursor.u8())
  } else if (type === TYPE.status && declared === 0x15) {
    cursor.skip(5)
    batteryPct = percent(cursor.u8())
  } else if (type === TYPE.status) {
    ;({ batteryPct, events } = readStatus(cursor))
  }
  return { type: 'heartbeat', ...base, fixes: [], batteryPct, steps: null, events }
}

const percent = (raw: number): number | null => (raw <= 100 ? raw : null)

/** The fence message without a place: status, battery, and sometimes steps behind. */
function fenceStatus(cursor: Cursor, base: Base): Message {
  if (cursor.left < 10) {
    const { batteryPct, events } = readStatus(cursor)
    return { type: 'heartbeat', ...base, fixes: [], batteryPct, steps: null, events }
  }
  cursor.skip(9)
  const steps = cursor.u32()
  const batteryPct = percent(cursor.u8())
  return { type: 'heartbeat', ...base, fixes: [], batteryPct, steps: cursor.overrun ? null : steps, events: [] }
}

/** Where a device is by its cell only, with the alarm that made it speak. */
function cellAlarm(cursor: Cursor, type: number, declared: number, base: Base): Message | null {
  // From this length on the 0x19 of one model is a list of cells without a count.
  if (type === 0x19 && declared >= 0x17) return { type: 'other', ...base, fixes: [], code: '0x19' }
  const widths: CellWidths = type === 0xa5 ? LTE : GSM
  const cell = readCell(cursor, widths)
  const { batteryPct, events } = readStatus(cursor)
  if (cursor.overrun) return null
  if (events.length > 0) return { type: 'event', ...base, fixes: [], time: null, events }
  return { type: 'network', ...base, fixes: [], time: null, cells: cell === null ? [] : [cell], wifi: [], batteryPct }
}

function cellsAndWifi(cursor: Cursor, layout: NetworkLayout, base: Base, offset: number): Message | null {
  const time = readDate(cursor, offset)
  if (time === 'malformed') return null
  if (layout.advanceFirst) cursor.skip(1)
  const { mcc, mnc } = readNetworkCode(cursor, layout.widths)
  const count = layout.cells === 'counted' ? cursor.u8() : layout.cells
  const cells = readListed(cursor, count, mcc, mnc, layout.widths)
  if (!layout.advanceFirst && cursor.left > 0) cursor.skip(1)
  const wifi = layout.wifi && cursor.left > 0 ? readWifi(cursor, cursor.u8()) : []
  return { type: 'network', ...base, fixes: [], time: time === 'unset' ? null : time, cells, wifi, batteryPct: null }
}

/** Marker and version that announce the longer position of dash cameras. */
const CAMERA_MARK = 0xffff

function alarm(cursor: Cursor, base: Base, offset: number): Message | null {
  if (cursor.left <= 7) {
    const time = readDate(cursor, offset)
    if (typeof time === 'string') return null
    return { type: 'event', ...base, fixes: [], time, events: eventsOfPlaceAlarm(cursor.u8(), false) }
  }
  const camera = cursor.view.getUint16(cursor.at) === CAMERA_MARK
  if (camera) cursor.skip(3)
  const block = readGps(cursor, offset, camera ? { ...COMMON_SHAPE, speed: 2 } : { satellites: false, speed: 0 })
  if (typeof block === 'string') return null
  if (camera) cursor.skip(2)
  block.draft.events = eventsOfPlaceAlarm(cursor.u8(), true)
  return { type: 'position', ...base, fixes: [block.draft] }
}

function eventsOfPlaceAlarm(alarm: number, hasPlace: boolean): readonly DeviceEvent[] {
  if (alarm === 0x01 && hasPlace) return ['sos']
  if (alarm === 0x0e) return ['lowBattery']
  return alarm === 0x88 ? ['powerLost'] : []
}

function tracker(cursor: Cursor, base: Base, offset: number): Message | null {
  cursor.skip(4)
  const block = readGps(cursor, offset)
  if (typeof block === 'string') return block === 'unset' ? withoutPlace(null, base) : null
  return { type: 'position', ...base, fixes: [block.draft] }
}

function modular(cursor: Cursor, base: Base): Message {
  const { fix, events, batteryPct } = readModules(cursor)
  if (fix !== null) return { type: 'position', ...base, fixes: [fix] }
  if (events.length > 0) return { type: 'event', ...base, fixes: [], time: null, events }
  return { type: 'heartbeat', ...base, fixes: [], batteryPct, steps: null, events: [] }
}

function placeLong(cursor: Cursor, type: number, base: Base, offset: number): Message | null {
  const fix = readPlaceLong(cursor, type === TYPE.alarmLong, offset)
  return fix === null ? null : { type: 'position', ...base, fixes: [fix] }
}

/** A device's words in answer to a command; the server flag comes back as it was sent. */
function text(cursor: Cursor, base: Base): Message {
  const length = cursor.u8()
  const flag = length >= 4 ? cursor.u32() : 0
  const words = textOf(cursor.bytes(Math.min(Math.max(length - 4, 0), cursor.left)), 'ascii')
  return answer(base, flag, words, [])
}

function textLong(cursor: Cursor, base: Base): Message | null {
  const flag = cursor.u32()
  const encoding = cursor.u8() === 1 ? 'ascii' : 'utf16'
  if (cursor.overrun) return null
  const words = textOf(cursor.bytes(cursor.left), encoding)
  const place = readSpokenPlace(words)
  return answer(base, flag, words, place === null ? [] : [place])
}

function answer(base: Base, flag: number, words: string, fixes: readonly WireFix[]): Message {
  const toSerial = flag & 0xffff
  return { type: 'reply', ...base, fixes, toSerial, toCommand: TYPE.command, result: 0, details: { text: words } }
}
