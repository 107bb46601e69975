import type { Cursor } from '../cursor.ts'
import { draftFix } from '../fix.ts'
import type { DeviceEvent, WireFix } from '../message.ts'
import { readListed, readSizedCell, readWifi } from './cells.ts'
import { degrees, readDate } from './gps.ts'

const ALARMS: Readonly<Record<number, DeviceEvent>> = { 162: 'lowBattery', 163: 'lowBattery', 165: 'caseOpen' }

/**
 * Long position and alarm reports of personal locators (7979 with 0x32 and 0x33): every section has its length before
 * it. Without a position the section is empty; the report then is a fix at 0, 0 that is not valid, as other types of
 * this protocol write it, so that cells and WiFi travel with its time. Null where the date is none.
 */
export function readPlaceLong(cursor: Cursor, isAlarm: boolean, offsetMinutes: number): WireFix | null {
  const time = readDate(cursor, offsetMinutes)
  if (typeof time === 'string') return null
  const draft = readSection(cursor, time)
  const cellLength = cursor.u8()
  const serving = cellLength > 0 ? readSizedCell(cursor, cellLength) : null
  if (cellLength > 0) cursor.skip(1)
  const neighbours = cursor.part(cursor.u8())
  const points = cursor.part(cursor.u8())
  const status = cursor.left > 0 ? cursor.u8() : 0
  if (serving !== null) {
    const { mcc, mnc } = serving
    draft.cells = [serving, ...readListed(neighbours, Math.floor(neighbours.left / 6), mcc, mnc, { lac: 2, cell: 3 })]
  }
  draft.wifi = readWifi(points, Math.floor(points.left / 7))
  const event = isAlarm ? ALARMS[status] : undefined
  if (event !== undefined) draft.events = [event]
  return draft
}

function readSection(cursor: Cursor, time: number) {
  if (cursor.u8() === 0) return draftFix(0, 0, time)
  const satellites = cursor.u8() & 0x0f
  const lat = cursor.u32()
  const lon = cursor.u32()
  const speedKmh = cursor.u8()
  const flags = cursor.u16()
  const draft = draftFix(degrees(lat, (flags & 0x0400) === 0), degrees(lon, (flags & 0x0800) !== 0), time)
  draft.valid = (flags & 0x1000) !== 0
  draft.source = draft.valid ? 'gnss' : 'unknown'
  draft.course = flags & 0x03ff
  draft.satellites = satellites
  draft.speedKmh = speedKmh
  return draft
}
