import { utcOf } from '../civil.ts'
import type { Cursor } from '../cursor.ts'
import { draftFix, type FixDraft } from '../fix.ts'

/** Degrees are sent as 1/1,800,000 (a thirty-thousandth of a minute). */
export const DEGREE = 1_800_000

/** Bytes of date, satellites, place, speed and flags. */
export const GPS_BYTES = 18

/** Where a block differs from the common one. */
export interface GpsShape {
  readonly satellites: boolean
  /** Bytes of speed, km/h; 0 where there is none. */
  readonly speed: 0 | 1 | 2
}

export const COMMON_SHAPE: GpsShape = { satellites: true, speed: 1 }

export type GpsBlock = { readonly time: number; readonly draft: FixDraft } | 'unset' | 'malformed'

/**
 * Date (year since 2000, month, day, hour, minute, second; `offsetMinutes` east of Greenwich), satellites in the lower
 * half byte, latitude, longitude, speed in km/h, flags: bits 0–9 course, 10 north, 11 west, 12 positioned. A block whose
 * date is all zero is `unset`: the device has had no fix yet.
 */
export function readGps(cursor: Cursor, offsetMinutes: number, shape: GpsShape = COMMON_SHAPE): GpsBlock {
  const time = readDate(cursor, offsetMinutes)
  const satellites = shape.satellites ? cursor.u8() & 0x0f : null
  const latRaw = cursor.u32()
  const lonRaw = cursor.u32()
  const speedKmh = shape.speed === 0 ? null : shape.speed === 1 ? cursor.u8() : cursor.u16()
  const flags = cursor.u16()
  if (cursor.overrun) return 'malformed'
  if (typeof time === 'string') return time
  const draft = draftFix(degrees(latRaw, (flags & 0x0400) === 0), degrees(lonRaw, (flags & 0x0800) !== 0), time)
  draft.valid = (flags & 0x1000) !== 0
  draft.source = draft.valid ? 'gnss' : 'unknown'
  draft.course = flags & 0x03ff
  draft.speedKmh = speedKmh
  draft.satellites = satellites
  return { time, draft }
}

/** Six plain bytes of date and time, milliseconds UTC. */
export function readDate(cursor: Cursor, offsetMinutes: number): number | 'unset' | 'malformed' {
  const year = cursor.u8()
  const month = cursor.u8()
  const day = cursor.u8()
  const hour = cursor.u8()
  const minute = cursor.u8()
  const second = cursor.u8()
  if (year + month + day + hour + minute + second === 0) return 'unset'
  return utcOf(2000 + year, month, day, hour, minute, second, offsetMinutes) ?? 'malformed'
}

/** Whether bytes can be a block at all: a date that exists, and a place on earth. For message types with two meanings. */
export function looksLikeGps(cursor: Cursor, minimum: number): boolean {
  if (cursor.left < minimum) return false
  const { view, at } = cursor
  const date = utcOf(
    2000 + view.getUint8(at),
    view.getUint8(at + 1),
    view.getUint8(at + 2),
    view.getUint8(at + 3),
    view.getUint8(at + 4),
    view.getUint8(at + 5),
    0,
  )
  return date !== null && view.getUint32(at + 7) <= 90 * DEGREE && view.getUint32(at + 11) <= 180 * DEGREE
}

export function degrees(raw: number, negative: boolean): number {
  const amount = raw / DEGREE
  return negative && amount !== 0 ? -amount : amount
}
