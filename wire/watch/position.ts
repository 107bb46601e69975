import { utcOf } from '../civil.ts'
import { addEvent, draftFix } from '../fix.ts'
import type { CellTower, DeviceEvent, WifiPoint, WireFix } from '../message.ts'

/** Bits of the status word (hexadecimal, 32 bits). Bits 0–15 are states, 16 and above alarms. */
const EVENTS: readonly (readonly [bit: number, event: DeviceEvent])[] = [
  [0, 'lowBattery'],
  [1, 'fenceOut'],
  [2, 'fenceIn'],
  [14, 'powerLost'],
  [16, 'sos'],
  [17, 'lowBattery'],
  [18, 'fenceOut'],
  [19, 'fenceIn'],
  [20, 'strapOpen'],
  [21, 'fall'],
  [22, 'fall'],
]

const MOVING = 1 << 4

/**
 * A position: date ddmmyy, time hhmmss, A or V, latitude, N or S, longitude, E or W, km/h, degrees, metres, satellites,
 * signal, battery %, steps, tumbles, status, then cells and access points. Null where date or place cannot be read.
 */
export function readPosition(values: readonly string[], blind: boolean, offsetMinutes: number): WireFix | null {
  const [
    date = '',
    clock = '',
    validity,
    lat,
    ns,
    lon,
    ew,
    speed,
    course,
    altitude,
    satellites,
    ,
    battery,
    steps,
    ,
    status,
  ] = values
  const time = timeOf(date, clock, offsetMinutes)
  const latitude = coordinate(lat, ns === 'S')
  const longitude = coordinate(lon, ew === 'W')
  if (time === null || latitude === null || longitude === null) return null
  const draft = draftFix(latitude, longitude, time)
  draft.valid = validity === 'A'
  draft.source = draft.valid ? 'gnss' : 'unknown'
  draft.blind = blind
  draft.speedKmh = number(speed)
  draft.course = number(course)
  draft.altitudeM = number(altitude)
  draft.satellites = number(satellites)
  draft.batteryPct = percent(battery)
  draft.steps = number(steps)
  const bits = Number.parseInt(status ?? '', 16)
  if (!Number.isNaN(bits)) {
    if ((bits & MOVING) !== 0) draft.moving = true
    for (const [bit, event] of EVENTS) if (((bits >>> bit) & 1) !== 0) draft.events = addEvent(draft.events, event)
  }
  const network = values.slice(16)
  draft.cells = readCells(network)
  draft.wifi = readWifi(network)
  return draft
}

/** A plain number, or null; the protocol leaves unknown fields empty. */
export function number(text: string | undefined): number | null {
  const trimmed = (text ?? '').trim()
  const value = Number(trimmed)
  return trimmed === '' || !Number.isFinite(value) ? null : value
}

export function percent(text: string | undefined): number | null {
  const value = number(text)
  return value === null || value < 0 || value > 100 ? null : value
}

function timeOf(date: string, clock: string, offsetMinutes: number): number | null {
  if (!/^\d{6}$/.test(date) || !/^\d{6}$/.test(clock)) return null
  const pair = (text: string, at: number): number => Number(text.slice(at, at + 2))
  return utcOf(
    2000 + pair(date, 4),
    pair(date, 2),
    pair(date, 0),
    pair(clock, 0),
    pair(clock, 2),
    pair(clock, 4),
    offsetMinutes,
  )
}

/** Devices put the sign before the number, or the hemisphere behind it, or both; both still mean south or west. */
function coordinate(text: string | undefined, negative: boolean): number | null {
  const value = number(text)
  if (value === null) return null
  return negative && value > 0 ? -value : value
}

/** Count, timing advance, MCC, MNC, then LAC, cell and signal each; identities are decimal or, with letters, hexadecimal. */
function readCells(values: readonly string[]): CellTower[] {
  const count = number(values[0]) ?? 0
  const mcc = number(values[2])
  if (count <= 0 || mcc === null || mcc === 0) return []
  const cells: CellTower[] = []
  for (let i = 4; i + 1 < values.length && cells.length < count; i += 3) {
    const [lac = '', cell = '', rssi] = values.slice(i, i + 3)
    if (!/^[0-9A-F]+$/i.test(lac) || !/^[0-9A-F]+$/i.test(cell)) break
    const base = /[A-F]/i.test(lac + cell) ? 16 : 10
    cells.push({
      mcc,
      mnc: number(values[3]) ?? 0,
      lac: Number.parseInt(lac, base),
      cell: Number.parseInt(cell, base),
      rssi: number(rssi),
    })
  }
  return cells
}

/** Name, address and signal each; names may hold anything, so the addresses are what is looked for. */
function readWifi(values: readonly string[]): WifiPoint[] {
  const points: WifiPoint[] = []
  values.forEach((value, i) => {
    if (/^[0-9a-f]{2}(:[0-9a-f]{2}){5}$/i.test(value))
      points.push({ mac: value.toLowerCase(), rssi: number(values[i + 1]) })
  })
  return points
}
