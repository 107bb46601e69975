import { METRES_PER_DEGREE } from './distance.ts'

/** A radio cell (基站小区) as a phone names it. */
export interface CellId {
  /** Mobile country and network code: 460 and 00, 01, 11 … in China. */
  readonly mcc: number
  readonly mnc: number
  /** Location or tracking area, and cell within it. */
  readonly lac: number
  readonly cell: number
}

export interface Cell extends CellId {
  /** Degrees WGS-84. */
  readonly lat: number
  readonly lon: number
  /** Metres within which a phone in this cell is. */
  readonly radiusM: number
}

/** A cell as heard by a device; signal in dBm where known. */
export interface HeardCell extends CellId {
  readonly dbm?: number
}

/** Positions of cells, imported from an operator's table. */
export type CellTable = ReadonlyMap<string, Cell>

/** A line of a table that could not be read: its number from 1, why, and in which column from 0; null: too few of them. */
export interface CellFault {
  readonly line: number
  readonly why: 'columns' | 'number' | 'range'
  readonly column: number | null
}

/**
 * Greatest values by column: country and network codes of three digits (ITU-T E.212), the 24-bit tracking area and 36-bit
 * cell identity of 5G (3GPP TS 23.003), degrees, and a radius of 100 km.
 */
const most = [999, 999, 0xff_ff_ff, 2 ** 36 - 1, 90, 180, 100_000]

/**
 * Reads a table of cells: `mcc,mnc,lac,cell,lat,lon,radius` in WGS-84 degrees and metres, one a line, with or without a
 * heading. Lines that cannot be read are reported and left out; of two lines for one cell the later holds.
 */
export function parseCells(csv: string): { readonly table: CellTable; readonly faults: readonly CellFault[] } {
  const table = new Map<string, Cell>()
  const faults: CellFault[] = []
  csv.split(/\r?\n/).forEach((text, index) => {
    const line = text.replace(/^\uFEFF/, '').trim()
    if (line === '' || (index === 0 && /^[^\d]/.test(line))) return
    const cell = cellOf(line.split(','))
    if ('why' in cell) faults.push({ line: index + 1, ...cell })
    else table.set(keyOf(cell), cell)
  })
  return { table, faults }
}

/** Where a device is that hears these cells. */
export interface CellPosition {
  readonly lat: number
  readonly lon: number
  readonly radiusM: number
  /** Cells of the list that the table knows. */
  readonly known: number
}

/**
 * The centre of the known cells, each weighing by the inverse square of its radius and by its signal (10 dB stronger
 * weighs ten times). The radius is that of the heaviest cell, or how far the others lie from the centre, whichever is
 * more, so that cells that contradict each other give a vague answer. Null when none is known.
 */
export function locateByCells(heard: readonly HeardCell[], table: CellTable): CellPosition | null {
  const known = heard.flatMap((one) => {
    const cell = table.get(keyOf(one))
    return cell ? [{ cell, weight: 10 ** ((one.dbm ?? -90) / 10) / cell.radiusM ** 2 }] : []
  })
  const heaviest = known.reduce<(typeof known)[number] | null>((a, b) => (a && a.weight >= b.weight ? a : b), null)
  if (!heaviest) return null
  const total = known.reduce((sum, { weight }) => sum + weight, 0)
  const lat = known.reduce((sum, { cell, weight }) => sum + cell.lat * weight, 0) / total
  const lon = known.reduce((sum, { cell, weight }) => sum + cell.lon * weight, 0) / total
  const perLon = METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180)
  const spread = known.reduce((sum, { cell, weight }) => {
    const metres = Math.hypot((cell.lon - lon) * perLon, (cell.lat - lat) * METRES_PER_DEGREE)
    return sum + (metres * weight) / total
  }, 0)
  return { lat, lon, radiusM: Math.round(Math.max(heaviest.cell.radiusM, spread * 2)), known: known.length }
}

function keyOf({ mcc, mnc, lac, cell }: CellId): string {
  return `${mcc}-${mnc}-${lac}-${cell}`
}

function cellOf(columns: readonly string[]): Cell | Omit<CellFault, 'line'> {
  if (columns.length < 7) return { why: 'columns', column: null }
  const numbers = columns.slice(0, 7).map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
  const unread = numbers.findIndex((n) => !Number.isFinite(n))
  if (unread >= 0) return { why: 'number', column: unread }
  const outside = numbers.findIndex((n, i) => !fits(n, i))
  if (outside >= 0) return { why: 'range', column: outside }
  const [mcc = 0, mnc = 0, lac = 0, cell = 0, lat = 0, lon = 0, radiusM = 0] = numbers
  return { mcc, mnc, lac, cell, lat, lon, radiusM }
}

function fits(value: number, column: number): boolean {
  const greatest = most[column] ?? 0
  if (column < 4) return Number.isInteger(value) && value >= 0 && value <= greatest
  return column < 6 ? Math.abs(value) <= greatest : value > 0 && value <= greatest
}
