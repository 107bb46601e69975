import { macOf } from '../bytes.ts'
import type { Cursor } from '../cursor.ts'
import type { CellTower, WifiPoint } from '../message.ts'

/** Widths of one cell's fields, bytes. A country code with bit 15 set announces a network code of two bytes. */
export interface CellWidths {
  readonly lac: 2 | 4
  readonly cell: 2 | 3 | 4 | 8
  readonly mnc?: 2
}

export const GSM: CellWidths = { lac: 2, cell: 3 }
export const LTE: CellWidths = { lac: 4, cell: 8 }

/** The serving cell. Null where the country code is 0, which devices send when they do not know. */
export function readCell(cursor: Cursor, widths: CellWidths): CellTower | null {
  const { mcc, mnc } = readNetworkCode(cursor, widths)
  const lac = widths.lac === 2 ? cursor.u16() : cursor.u32()
  const cell = readCellId(cursor, widths)
  return cursor.overrun || mcc === 0 ? null : { mcc, mnc, lac, cell, rssi: null }
}

/**
 * The same behind a length byte, which counts itself on most models and leaves itself out on others; no block is shorter
 * than the smallest cell. The widths follow from the length.
 */
export function readSizedCell(cursor: Cursor, length: number): CellTower | null {
  const wide = cursor.left >= 2 && (cursor.view.getUint16(cursor.at) & 0x8000) !== 0 ? 2 : 1
  const block = cursor.part(Math.max(length - 1, 2 + wide + 5))
  const rest = block.left - 2 - wide
  return readCell(block, rest >= 12 ? LTE : rest === 6 ? { lac: 2, cell: 4 } : GSM)
}

/** `count` cells of one network with the signal as a positive number of −dBm. Unused places are zero. */
export function readListed(cursor: Cursor, count: number, mcc: number, mnc: number, widths: CellWidths): CellTower[] {
  const cells: CellTower[] = []
  for (let i = 0; i < count && !cursor.overrun; i++) {
    const lac = widths.lac === 2 ? cursor.u16() : cursor.u32()
    const cell = readCellId(cursor, widths)
    const rssi = -cursor.u8()
    if (lac > 0 && !cursor.overrun) cells.push({ mcc, mnc, lac, cell, rssi })
  }
  return cells
}

/** Access points: six address bytes and a positive number of −dBm. */
export function readWifi(cursor: Cursor, count: number, hasSignal = true): WifiPoint[] {
  const points: WifiPoint[] = []
  for (let i = 0; i < count && cursor.left >= (hasSignal ? 7 : 6); i++) {
    points.push({ mac: macOf(cursor.bytes(6)), rssi: hasSignal ? -cursor.u8() : null })
  }
  return points
}

export function readNetworkCode(cursor: Cursor, { mnc: fixed }: Pick<CellWidths, 'mnc'>): { mcc: number; mnc: number } {
  const raw = cursor.u16()
  const mnc = fixed === 2 || (raw & 0x8000) !== 0 ? cursor.u16() : cursor.u8()
  return { mcc: raw & 0x7fff, mnc }
}

function readCellId(cursor: Cursor, { cell }: CellWidths): number {
  if (cell === 2) return cursor.u16()
  if (cell === 3) return cursor.u24()
  return cell === 4 ? cursor.u32() : cursor.u64()
}
