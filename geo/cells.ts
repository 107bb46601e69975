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

/** A line of a table that could not be read: its number from 1 and why. */
export interface CellFault {
  readonly line: number
  readonly why: 'columns' | 'number' | 'range'
}

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
    if (typeof cell === 'string') faults.push({ line: index + 1, why: cell })
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

function cellOf(columns: readonly string[]): Cell | CellFault['why'] {
  if (columns.length < 7) return 'columns'
  const numbers = columns.slice(0, 7).map((text) => (text.trim() === '' ? Number.NaN : Number(text)))
  const [mcc = 0, mnc = 0, lac = 0, cell = 0, lat = 0, lon = 0, radiusM = 0] = numbers
  if (numbers.some((n) => !Number.isFinite(n))) return 'number'
  const whole = [mcc, mnc, lac, cell].every((n) => Number.isInteger(n) && n >= 0)
  if (!whole || Math.abs(lat) > 90 || Math.abs(lon) > 180 || radiusM <= 0 || radiusM > 100_000) return 'range'
  return { mcc, mnc, lac, cell, lat, lon, radiusM }
}
