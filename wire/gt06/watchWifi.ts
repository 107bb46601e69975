import { bcd } from '../bcd.ts'
import { utcOf } from '../civil.ts'
import type { Cursor } from '../cursor.ts'
import type { CellTower, WifiPoint } from '../message.ts'
import { readListed, readWifi } from './cells.ts'

/** A watch's WiFi report: time in BCD, `points` access points, then cells of 16-bit identity with their signal. */
export function readWatchWifi(
  cursor: Cursor,
  points: number,
): { time: number | null; cells: readonly CellTower[]; wifi: readonly WifiPoint[] } {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = Array.from(cursor.bytes(6), bcd)
  const time = utcOf(2000 + year, month, day, hour, minute, second, 0)
  const wifi = readWifi(cursor, points)
  const count = cursor.u8()
  const mcc = cursor.u16()
  const mnc = cursor.u8()
  const cells = readListed(cursor, count, mcc, mnc, { lac: 2, cell: 2 })
  return { time, cells, wifi }
}
