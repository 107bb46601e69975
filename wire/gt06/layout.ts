import { type CellWidths, GSM, LTE } from './cells.ts'

/** Message types by name; the makers document them, no standard does. */
export const TYPE = {
  login: 0x01,
  status: 0x13,
  text: 0x15,
  watchWifi: 0x17,
  textLong: 0x21,
  heartbeat: 0x23,
  addressRequest: 0x2a,
  placeLong: 0x32,
  alarmLong: 0x33,
  moduleTracker: 0x34,
  modular: 0x70,
  command: 0x80,
  timeRequest: 0x8a,
  info: 0x94,
  alarmWithPlace: 0x95,
  serialPort: 0x9b,
} as const

/** What follows the position block of a message type. */
export interface PositionLayout {
  /** The serving cell, null where there is none, 'sized' where a length byte stands before it. */
  readonly cell: CellWidths | 'sized' | null
  /** Status, battery, signal, alarm follow the cell. */
  readonly status: boolean
  /** Ignition, reason, "from the store" follow the cell. */
  readonly origin?: boolean
  /** Content length below which a type with two meanings is something else; such a type must also look like a position. */
  readonly minimum?: number
  /** The length before a 'sized' cell leaves itself out; on all other models it counts itself. */
  readonly bareSize?: true
}

const LAYOUTS: Readonly<Record<number, PositionLayout>> = {
  16: { cell: null, status: false },
  17: { cell: { lac: 2, cell: 4, mnc: 2 }, status: false },
  18: { cell: GSM, status: false },
  22: { cell: 'sized', status: true },
  26: { cell: null, status: false },
  30: { cell: null, status: false },
  34: { cell: GSM, status: false, origin: true },
  38: { cell: 'sized', status: true },
  39: { cell: 'sized', status: true },
  45: { cell: GSM, status: false, origin: true },
  49: { cell: GSM, status: false, origin: true },
  50: { cell: 'sized', status: true },
  54: { cell: null, status: false, minimum: 40 },
  55: { cell: GSM, status: false, origin: true },
  56: { cell: null, status: false, minimum: 30 },
  160: { cell: LTE, status: false, origin: true },
  163: { cell: null, status: false, minimum: 30 },
  164: { cell: 'sized', status: true },
}

/** Models that reuse a type with a layout of their own, by type and declared length. */
const BY_LENGTH: Readonly<Record<string, PositionLayout>> = {
  '12/36': { cell: GSM, status: false },
  '16/36': { cell: GSM, status: true },
  '16/38': { cell: 'sized', status: true, bareSize: true },
  '17/40': { cell: GSM, status: false },
  '22/47': { cell: { lac: 2, cell: 4 }, status: false },
  '24/46': { cell: GSM, status: false },
  '31/42': { cell: { lac: 2, cell: 8, mnc: 2 }, status: false, origin: true },
  '32/39': { cell: { lac: 2, cell: 8, mnc: 2 }, status: true },
  '32/41': { cell: { lac: 2, cell: 8, mnc: 2 }, status: true },
  'a2/64': { cell: LTE, status: false },
}

/** The layout of a message that carries a position; null for any other. `declared` is the frame's length field. */
export function positionLayout(type: number, declared: number): PositionLayout | null {
  return BY_LENGTH[`${type.toString(16)}/${declared}`] ?? LAYOUTS[type] ?? null
}

/** Cell and WiFi reports: widths of their cells, how many there are, and whether access points follow. */
export interface NetworkLayout {
  readonly widths: CellWidths
  readonly cells: number | 'counted'
  /** A timing advance stands before the cells instead of behind them. */
  readonly advanceFirst?: boolean
  readonly wifi: boolean
}

const NETWORKS: Readonly<Record<number, NetworkLayout>> = {
  24: { widths: GSM, cells: 7, wifi: true },
  36: { widths: GSM, cells: 7, wifi: false },
  40: { widths: GSM, cells: 7, wifi: false },
  44: { widths: GSM, cells: 7, wifi: true },
  46: { widths: GSM, cells: 7, wifi: false },
  51: { widths: { lac: 2, cell: 4 }, cells: 6, wifi: true },
  161: { widths: LTE, cells: 7, wifi: false },
  162: { widths: LTE, cells: 7, wifi: true },
}

const NETWORKS_BY_LENGTH: Readonly<Record<string, NetworkLayout>> = {
  '24/49': { widths: GSM, cells: 'counted', advanceFirst: true, wifi: false },
  '34/55': { widths: { lac: 2, cell: 4, mnc: 2 }, cells: 7, advanceFirst: true, wifi: false },
}

export function networkLayout(type: number, declared: number): NetworkLayout | null {
  return NETWORKS_BY_LENGTH[`${type.toString(16)}/${declared}`] ?? NETWORKS[type] ?? null
}
