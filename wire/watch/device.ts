import type { CellTower, WifiPoint } from '../message.ts'
import { encodeFrame } from './message.ts'

/** Who speaks, and how its maker writes. */
export interface WatchAddress {
  readonly maker: string
  readonly device: string
  /** Four hexadecimal digits, or null for makers that number nothing. */
  readonly index: string | null
}

/** A position as a watch writes it. Degrees, km/h, metres, percent; time in milliseconds UTC, whole seconds. */
export interface DevicePosition {
  readonly lat: number
  readonly lon: number
  readonly time: number
  readonly valid: boolean
  readonly speedKmh?: number
  readonly course?: number
  readonly altitudeM?: number
  readonly satellites?: number
  readonly batteryPct?: number
  readonly steps?: number
  /** Bits of the status word: 16 SOS, 17 battery, 18 out of a fence, 19 into one, 20 taken off, 21 fall. */
  readonly status?: readonly number[]
  readonly cells?: readonly CellTower[]
  readonly wifi?: readonly WifiPoint[]
}

/** LK: the link is kept; steps and battery come with it. */
export function heartbeat(from: WatchAddress, steps: number, batteryPct: number): Uint8Array {
  return encodeFrame(from.maker, from.device, from.index, `LK,${steps},0,${batteryPct}`)
}

/** UD, UD2 (from the store) or AL. */
export function position(from: WatchAddress, kind: 'UD' | 'UD2' | 'AL' | 'UD_LTE', fix: DevicePosition): Uint8Array {
  const at = new Date(fix.time).toISOString()
  const date = at.slice(8, 10) + at.slice(5, 7) + at.slice(2, 4)
  const clock = at.slice(11, 19).replaceAll(':', '')
  let status = 0
  for (const bit of fix.status ?? []) status |= 1 << bit
  const cells = fix.cells ?? []
  const [serving] = cells
  const fields = [
    kind,
    date,
    clock,
    fix.valid ? 'A' : 'V',
    Math.abs(fix.lat).toFixed(6),
    fix.lat < 0 ? 'S' : 'N',
    Math.abs(fix.lon).toFixed(6),
    fix.lon < 0 ? 'W' : 'E',
    (fix.speedKmh ?? 0).toFixed(2),
    (fix.course ?? 0).toFixed(1),
    (fix.altitudeM ?? 0).toFixed(1),
    fix.satellites ?? 0,
    100,
    fix.batteryPct ?? 0,
    fix.steps ?? 0,
    0,
    (status >>> 0).toString(16).padStart(8, '0'),
    cells.length,
    0,
    ...(serving === undefined ? [] : [serving.mcc, serving.mnc]),
    ...cells.flatMap(({ lac, cell, rssi }) => [lac, cell, rssi ?? 0]),
    fix.wifi?.length ?? 0,
    ...(fix.wifi ?? []).flatMap(({ mac, rssi }) => ['', mac, rssi ?? 0]),
  ]
  return encodeFrame(from.maker, from.device, from.index, fields.join(','))
}

/** CR and other words by which a watch tells that it carried out a command. */
export const reply = (from: WatchAddress, kind: string): Uint8Array =>
  encodeFrame(from.maker, from.device, from.index, kind)
