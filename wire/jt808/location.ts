import { addEvent, draftFix, type FixDraft } from '../fix.ts'
import type { WireFix } from '../message.ts'
import { isUnsetTime, readTime } from './bcd.ts'
import { type CompiledMap, readFlags, readItems } from './items.ts'

/** Bytes of a position before its additional items (JT/T 808—2019 table 23). */
export const LOCATION_BYTES = 28

const STATUS_POSITIONED = 1 << 1
const STATUS_SOUTH = 1 << 2
const STATUS_WEST = 1 << 3
const STATUS_GCJ02 = 1 << 5
const STATUS_CONSTELLATIONS = 0x0f << 18
const ALARM_FENCE = 1 << 20

export type LocationFault = 'malformed' | 'noTime'

/**
 * A position report (位置信息汇报, JT/T 808—2019 table 23): alarm and status words, degrees × 10⁶, metres, 0.1 km/h,
 * degrees, time in GMT+8, then items. `noTime` is a device that has no clock yet: no fix, though its alarms still count
 * (see `readAlarms`); an impossible date is malformed.
 */
export function readLocation(
  compiled: CompiledMap,
  view: DataView,
  at: number,
  end: number,
  blind: boolean,
): WireFix | LocationFault {
  if (end - at < LOCATION_BYTES) return 'malformed'
  const time = readTime(view, at + 22)
  if (time === null) return isUnsetTime(view, at + 22) ? 'noTime' : 'malformed'
  const status = view.getUint32(at + 4)
  const draft = draftFix(
    degrees(view.getUint32(at + 8), (status & STATUS_SOUTH) !== 0),
    degrees(view.getUint32(at + 12), (status & STATUS_WEST) !== 0),
    time,
  )
  draft.valid = (status & STATUS_POSITIONED) !== 0
  draft.crs = (status & STATUS_GCJ02) !== 0 ? 'GCJ02' : compiled.map.crs
  draft.source = draft.valid || (status & STATUS_CONSTELLATIONS) !== 0 ? 'gnss' : 'unknown'
  draft.blind = blind
  // The table says WORD, but Turpan lies 154 m below the sea and devices send it as a negative number.
  draft.altitudeM = view.getInt16(at + 16)
  draft.speedKmh = view.getUint16(at + 18) / 10
  draft.course = view.getUint16(at + 20)
  readEvents(draft, compiled, view, at, end)
  return draft
}

/** The alarms of a report that holds no usable position. */
export function readAlarms(compiled: CompiledMap, view: DataView, at: number, end: number): WireFix['events'] {
  const draft = draftFix(0, 0, 0)
  readEvents(draft, compiled, view, at, end)
  return draft.events
}

function readEvents(draft: FixDraft, compiled: CompiledMap, view: DataView, at: number, end: number): void {
  const alarm = view.getUint32(at)
  if (alarm !== 0) readFlags(draft, compiled.map.alarms, alarm)
  const crossing = end - at > LOCATION_BYTES ? readItems(draft, compiled, view, at + LOCATION_BYTES, end) : null
  // Without item 0x12 nobody knows the direction; leaving is the one that has to be looked into.
  if ((alarm & ALARM_FENCE) !== 0) draft.events = addEvent(draft.events, crossing ?? 'fenceOut')
}

/**
 * Degrees of a coordinate word. The standard sends the amount and puts the hemisphere into the status word; some devices
 * set the hemisphere and send a negative number as well. Anything else beyond the range is left to whoever judges fixes.
 */
function degrees(raw: number, negative: boolean): number {
  if (!negative) return raw / 1e6
  const amount = raw > 0x7fff_ffff ? 0x1_0000_0000 - raw : raw
  return amount === 0 ? 0 : -amount / 1e6
}
