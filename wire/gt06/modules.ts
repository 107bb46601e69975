import type { Cursor } from '../cursor.ts'
import { addEvent, draftFix, type FixDraft } from '../fix.ts'
import type { CellTower, DeviceEvent, WireFix } from '../message.ts'
import { degrees } from './gps.ts'

/** Events of module 0x2B. */
const EVENTS: Readonly<Record<number, DeviceEvent>> = {
  17: 'lowBattery',
  18: 'lowBattery',
  19: 'powerLost',
  20: 'strapOpen',
}

/**
 * The modular report (type 0x70): number (2 bytes), length (2 bytes), value. Module 0x33 is a position with its time as
 * seconds since 1970; reports without it come from devices at rest.
 */
export function readModules(cursor: Cursor): {
  fix: WireFix | null
  events: readonly DeviceEvent[]
  batteryPct: number | null
} {
  let draft: FixDraft | null = null
  let cells: readonly CellTower[] = []
  let events: readonly DeviceEvent[] = []
  while (cursor.left >= 4) {
    const id = cursor.u16()
    const value = cursor.part(cursor.u16())
    if (cursor.overrun) break
    if (id === 0x33) draft = place(value)
    else if (id === 0x11) cells = cell(value)
    else if (id === 0x2a && (value.u8() & 0xf0) !== 0) events = addEvent(events, 'caseOpen')
    else if (id === 0x2b) {
      const event = EVENTS[value.u8()]
      if (event !== undefined) events = addEvent(events, event)
    }
  }
  return { fix: draft === null ? null : { ...draft, cells, events }, events, batteryPct: null }
}

function place(value: Cursor): FixDraft | null {
  const time = value.u32() * 1000
  const satellites = value.u8()
  const altitudeM = value.i16()
  const lat = value.u32()
  const lon = value.u32()
  const speedKmh = value.u8()
  const flags = value.u16()
  if (value.overrun) return null
  const draft = draftFix(degrees(lat, (flags & 0x0400) === 0), degrees(lon, (flags & 0x0800) !== 0), time)
  draft.valid = (flags & 0x1000) !== 0
  draft.source = draft.valid ? 'gnss' : 'unknown'
  draft.course = flags & 0x03ff
  draft.satellites = satellites
  draft.altitudeM = altitudeM
  draft.speedKmh = speedKmh
  return draft
}

function cell(value: Cursor): readonly CellTower[] {
  const tower = { mcc: value.u16(), mnc: value.u16(), lac: value.u16(), cell: value.u24(), rssi: -value.u8() }
  return value.overrun || tower.cell === 0 ? [] : [tower]
}
