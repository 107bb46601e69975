import { bcd } from '../bcd.ts'
import { utcOf } from '../civil.ts'
import type { Cursor } from '../cursor.ts'
import { addEvent, draftFix } from '../fix.ts'
import type { WireFix } from '../message.ts'

const HAS_BATTERY = 100
const CHARGING: readonly number[] = [0xaa, 0xab]

/**
 * Compact position of padlocks and cargo seals (vendor messages 0x5501 and, from the store, 0x5502): BCD day, month,
 * year, time in UTC, degrees and minutes in BCD, speed in knots, course in steps of two degrees. Null where cut short
 * or without a date.
 */
export function readPadlock(body: Cursor, blind: boolean): WireFix | null {
  const [day, month, year, hour, minute, second] = Array.from(body.bytes(6), bcd)
  const lat = digits(body, 4)
  const lonHigh = digits(body, 4)
  // The last half of the longitude shares its byte with the flags.
  const mixed = body.u8()
  const lon = lonHigh * 10 + (mixed >> 4)
  const speed = bcd(body.u8())
  const course = body.u8() * 2
  body.skip(1)
  const satellites = body.u8()
  body.skip(4)
  const battery = body.u8()
  const cell = body.u32()
  const lac = body.u16()
  const product = body.u8()
  body.skip(2)
  const alarm = body.u16()
  if (body.overrun || [day, month, year, hour, minute, second].some((part) => part === undefined || part < 0))
    return null
  const time = utcOf(2000 + (year ?? 0), month ?? 0, day ?? 0, hour ?? 0, minute ?? 0, second ?? 0, 0)
  if (time === null) return null
  const draft = draftFix(
    degreesOfMinutes(lat) * ((mixed & 2) !== 0 ? 1 : -1),
    degreesOfMinutes(lon) * ((mixed & 4) !== 0 ? 1 : -1),
    time,
  )
  draft.valid = !blind
  draft.blind = blind
  draft.source = 'gnss'
  draft.speedKmh = speed < 0 ? null : speed * 1.852
  draft.course = course
  draft.satellites = satellites
  if (battery <= HAS_BATTERY) draft.batteryPct = battery
  if (CHARGING.includes(battery)) draft.charging = true
  if (cell > 0 && lac > 0) draft.cells = [{ mcc: 0, mnc: 0, lac, cell, rssi: null }]
  draft.events = alarms(product, alarm)
  return draft
}

/** Alarm bits by product: 3 is the padlock, 1 and 2 are trackers that report a weak battery in bit 0. */
function alarms(product: number, alarm: number): WireFix['events'] {
  let events: WireFix['events'] = []
  const weak = product === 3 ? 0b1010 : product === 1 || product === 2 ? 0b1 : 0
  if ((alarm & weak) !== 0) events = addEvent(events, 'lowBattery')
  if (product === 3 && (alarm & 0x20) !== 0) events = addEvent(events, 'fenceIn')
  if (product === 3 && (alarm & 0x40) !== 0) events = addEvent(events, 'fenceOut')
  return events
}

function digits(body: Cursor, count: number): number {
  let value = 0
  for (const byte of body.bytes(count)) value = value * 100 + Math.max(0, bcd(byte))
  return value
}

/** DDDMMmmmm to degrees. */
function degreesOfMinutes(raw: number): number {
  const whole = Math.floor(raw / 1_000_000)
  return whole + (raw % 1_000_000) / 10_000 / 60
}
