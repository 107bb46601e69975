import type { Cursor } from '../cursor.ts'
import { addEvent } from '../fix.ts'
import type { DeviceEvent } from '../message.ts'

/** What the status bytes behind a position or in a heartbeat say. */
export interface Status {
  readonly batteryPct: number | null
  readonly charging: boolean
  readonly events: readonly DeviceEvent[]
}

/** Bits 3–5 of the status byte. 1 is vibration, which is no event of ours. */
const BY_STATUS: Readonly<Record<number, DeviceEvent>> = {
  2: 'powerLost',
  3: 'lowBattery',
  4: 'sos',
  6: 'fenceOut',
  7: 'strapOpen',
}

/** The alarm byte, as the makers of these devices share it. */
const BY_ALARM: Readonly<Record<number, DeviceEvent>> = {
  1: 'sos',
  2: 'powerLost',
  4: 'fenceIn',
  5: 'fenceOut',
  12: 'caseOpen',
  14: 'lowBattery',
  15: 'lowBattery',
  17: 'powerOff',
  19: 'caseOpen',
  24: 'strapOpen',
  25: 'lowBattery',
  35: 'fall',
  37: 'caseOpen',
}

/** Levels 0–6 become percent; newer devices send percent in the same byte. Anything above 100 is unknown. */
export function batteryOf(raw: number): number | null {
  if (raw <= 6) return Math.floor((raw * 100) / 6)
  return raw <= 100 ? raw : null
}

/** Status, battery, signal, alarm. `overspeedInStatus`: a model whose status 7 means speeding, not removal. */
export function readStatus(cursor: Cursor, overspeedInStatus = false): Status {
  const status = cursor.u8()
  const battery = cursor.u8()
  cursor.skip(1)
  const alarm = cursor.left > 0 ? cursor.u8() : 0
  const kind = (status >> 3) & 0x07
  let events = eventsOfAlarm(alarm)
  const byStatus = overspeedInStatus && kind === 7 ? undefined : BY_STATUS[kind]
  if (byStatus !== undefined) events = addEvent(events, byStatus)
  return { batteryPct: batteryOf(battery), charging: (status & 0x04) !== 0, events }
}

export function eventsOfAlarm(alarm: number): readonly DeviceEvent[] {
  const event = BY_ALARM[alarm]
  return event === undefined ? [] : [event]
}
