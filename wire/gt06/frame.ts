import { bcd } from '../bcd.ts'
import { Builder } from '../builder.ts'
import { crcItu } from './crc.ts'

/** A frame of either kind: 7878 with one byte of length, 7979 with two. */
export interface Frame {
  readonly long: boolean
  readonly type: number
  readonly bytes: Uint8Array
  /** Content between type and serial number. */
  readonly at: number
  readonly end: number
  readonly serial: number
  /** A watch's WiFi report, which has neither serial nor check code. */
  readonly bare: boolean
}

const SHORT = 0x78
const LONG = 0x79
const STOP = [0x0d, 0x0a] as const

/** Largest frame that is still believed: pictures travel in pieces of about a kilobyte. */
export const MAX_FRAME = 4096

/** WiFi reports of old watches: their length byte counts access points and they carry neither serial nor check code. */
const WATCH_WIFI: ReadonlySet<number> = new Set([0x17, 0x69])

export type Found =
  | { readonly kind: 'frame'; readonly frame: Frame; readonly next: number }
  /** Nothing for us up to `next`. */
  | { readonly kind: 'refused'; readonly fault: 'checksum' | 'malformed' | 'length' | 'tooLong'; readonly next: number }
  | { readonly kind: 'wait' }

/** Looks for a frame that begins at `at`; `wait` where the bytes end too soon to tell. */
export function findFrame(bytes: Uint8Array, at: number): Found {
  if (bytes.length - at < 5) return isPrefix(bytes, at) ? { kind: 'wait' } : refuse('malformed', at + 1)
  if (!isStart(bytes, at)) return refuse('malformed', at + 1)
  const long = bytes[at] === LONG
  const declared = long ? ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0) : (bytes[at + 2] ?? 0)
  const typeAt = at + (long ? 4 : 3)
  const type = bytes[typeAt] ?? 0
  const found = byLength(bytes, at, typeAt, declared, long)
  if (found.kind === 'frame' || long || !WATCH_WIFI.has(type)) return found
  return findWatchWifi(bytes, at, declared) ?? found
}

function byLength(bytes: Uint8Array, at: number, typeAt: number, declared: number, long: boolean): Found {
  if (declared < 5) return refuse('length', at + 2)
  const end = typeAt + declared + 2
  if (end - at > MAX_FRAME) return refuse('tooLong', at + 2)
  // Some models leave the serial number out of the length they declare.
  for (const candidate of [end, end + 2]) {
    if (candidate > bytes.length) {
      // A stop where it belongs is not worth waiting for another two bytes.
      if (candidate === end || !isStop(bytes, end - 2)) return { kind: 'wait' }
      break
    }
    if (!isStop(bytes, candidate - 2) || !holds(bytes, at + 2, candidate - 4)) continue
    const crcAt = candidate - 4
    const serial = ((bytes[crcAt - 2] ?? 0) << 8) | (bytes[crcAt - 1] ?? 0)
    const type = bytes[typeAt] ?? 0
    const frame = { long, type, bytes, at: typeAt + 1, end: crcAt - 2, serial, bare: false }
    return { kind: 'frame', frame, next: candidate }
  }
  // Without its stop the length is a lie; with it but a wrong check code the frame itself is.
  return isStop(bytes, end - 2) ? refuse('checksum', end) : refuse('length', at + 2)
}

const holds = (bytes: Uint8Array, from: number, crcAt: number): boolean =>
  crcItu(bytes, from, crcAt) === (((bytes[crcAt] ?? 0) << 8) | (bytes[crcAt + 1] ?? 0))

/** A frame as it travels. */
export function encodeFrame(type: number, content: Uint8Array, serial: number, long = false): Uint8Array {
  const length = content.length + 5
  const frame = new Builder()
  if (long) frame.u16(0x7979).u16(length)
  else frame.u16(0x7878).u8(length)
  const body = frame
    .u8(type)
    .bytes(content)
    .u16(serial & 0xffff)
    .done()
  return new Builder()
    .bytes(body)
    .u16(crcItu(body, 2, body.length))
    .u8(STOP[0])
    .u8(STOP[1])
    .done()
}

/** Where the next start mark may stand from `at` on; the end of the bytes if nowhere. */
export function nextStart(bytes: Uint8Array, at: number): number {
  for (let i = at; i < bytes.length; i++) if (isPrefix(bytes, i)) return i
  return bytes.length
}

/**
 * Whole-frame check of the watches' WiFi report, which has nothing but its structure to go by: six BCD bytes of time,
 * seven bytes per access point, a count of cells, MCC, MNC, five bytes per cell, stop. Null where it is not one.
 */
function findWatchWifi(bytes: Uint8Array, at: number, points: number): Found | null {
  for (let i = at + 4; i < at + 10 && i < bytes.length; i++) if (bcd(bytes[i] ?? 0) < 0) return null
  const countAt = at + 4 + 6 + 7 * points
  if (countAt >= bytes.length) return { kind: 'wait' }
  const end = countAt + 1 + 3 + 5 * (bytes[countAt] ?? 0) + 2
  if (end > bytes.length) return { kind: 'wait' }
  if (!isStop(bytes, end - 2)) return null
  const frame = { long: false, type: bytes[at + 3] ?? 0, bytes, at: at + 4, end: end - 2, serial: 0, bare: true }
  return { kind: 'frame', frame, next: end }
}

const refuse = (fault: 'checksum' | 'malformed' | 'length' | 'tooLong', next: number): Found => ({
  kind: 'refused',
  fault,
  next,
})

const isStart = (bytes: Uint8Array, at: number): boolean =>
  (bytes[at] === SHORT || bytes[at] === LONG) && bytes[at] === bytes[at + 1]

/** A start mark, or the half of one at the very end. */
const isPrefix = (bytes: Uint8Array, at: number): boolean =>
  at + 1 === bytes.length ? bytes[at] === SHORT || bytes[at] === LONG : isStart(bytes, at)

const isStop = (bytes: Uint8Array, at: number): boolean => bytes[at] === STOP[0] && bytes[at + 1] === STOP[1]
