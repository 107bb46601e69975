import { bcd, toBcd } from '../bcd.ts'
import { CHINA_OFFSET_MINUTES, utcOf } from '../civil.ts'

/**
 * Time as six BCD bytes YY MM DD hh mm ss in GMT+8 (JT/T 808—2019 table 23), milliseconds UTC; null where the digits
 * name no moment. `offsetMinutes` is 0 where the standard says UTC.
 */
export function readTime(view: DataView, at: number, offsetMinutes = CHINA_OFFSET_MINUTES): number | null {
  const year = bcd(view.getUint8(at))
  const month = bcd(view.getUint8(at + 1))
  const day = bcd(view.getUint8(at + 2))
  const hour = bcd(view.getUint8(at + 3))
  const minute = bcd(view.getUint8(at + 4))
  const second = bcd(view.getUint8(at + 5))
  if (year < 0 || hour < 0 || minute < 0 || second < 0) return null
  return utcOf(2000 + year, month, day, hour, minute, second, offsetMinutes)
}

/** A device that never had a fix has no clock and sends six zero bytes: "no time", which is not a wrong one. */
export function isUnsetTime(view: DataView, at: number): boolean {
  return view.getUint32(at) === 0 && view.getUint16(at + 4) === 0
}

/** Six BCD bytes of an instant, in GMT+8 unless told otherwise. Years 2000–2099. */
export function timeBytes(time: number, offsetMinutes = CHINA_OFFSET_MINUTES): Uint8Array {
  const local = new Date(time + offsetMinutes * 60_000)
  return Uint8Array.of(
    toBcd(local.getUTCFullYear() % 100),
    toBcd(local.getUTCMonth() + 1),
    toBcd(local.getUTCDate()),
    toBcd(local.getUTCHours()),
    toBcd(local.getUTCMinutes()),
    toBcd(local.getUTCSeconds()),
  )
}
