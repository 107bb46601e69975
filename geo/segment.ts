import { ByteReader, ByteWriter, TrackFormatError } from './bytes.ts'
import { readFixes, writeFixes } from './columns.ts'
import type { Fix } from './fix.ts'

/** What arrived together from one activation: the unit of durability and of the receive time. */
export interface Segment {
  /** Positions belong to an activation (person + device + legal basis + term). Unsigned 32 bits. */
  readonly activationNo: number
  /** Server time of arrival, milliseconds UTC. */
  readonly receivedAt: number
  /** In the order the device sent them. */
  readonly fixes: readonly Fix[]
}

/** High four bits: what the blob is; low four: version of its layout. */
export const SEGMENT_V1 = 0x11

const shared = new ByteWriter()

/**
 * One segment as bytes: kind and version, activation, receive time, count, columns.
 *
 * At most 131,072 fixes, an activation number of 32 bits and a receive time that is one (RangeError). Kept exactly: times to 1 ms, degrees to 1e-7 (11 mm), radius, height, course and battery to 0.1, speed to 0.1 km/h.
 */
export function encodeSegment(segment: Segment): Uint8Array {
  shared.clear()
  encodeSegmentInto(shared, segment)
  return shared.toBytes()
}

/** `encodeSegment` at the end of what a writer already holds. */
export function encodeSegmentInto(writer: ByteWriter, { activationNo, receivedAt, fixes }: Segment): void {
  expectUint32(activationNo)
  // A clock may count in fractions; like the times of the fixes it is kept to the millisecond.
  const received = Math.round(receivedAt)
  if (!Number.isSafeInteger(received) || received < 0) throw new RangeError(`not a receive time: ${receivedAt}`)
  writer.byte(SEGMENT_V1)
  writer.varint(activationNo)
  writer.varint(received)
  writer.varint(fixes.length)
  writeFixes(writer, fixes, null)
}

/** Reads one segment lying at `[offset, end)`. Throws `TrackFormatError`. */
export function decodeSegment(bytes: Uint8Array, offset = 0, end = bytes.length): Segment {
  const reader = new ByteReader(bytes, offset, end)
  expectKind(reader, SEGMENT_V1)
  const activationNo = reader.varint()
  const receivedAt = reader.varint()
  const count = reader.varint()
  return { activationNo, receivedAt, fixes: readFixes(reader, count, onlyFix) }
}

/** An activation number has 32 bits; anything else would be read back as another person. */
export function expectUint32(activationNo: number): void {
  if (!Number.isInteger(activationNo) || activationNo < 0 || activationNo > 0xffff_ffff) {
    throw new RangeError(`not an activation number: ${activationNo}`)
  }
}

/** Reads the first byte and refuses every other kind and version. */
export function expectKind(reader: ByteReader, kind: number): void {
  const found = reader.byte()
  if (found !== kind) throw new TrackFormatError(`expected 0x${kind.toString(16)}, found 0x${found.toString(16)}`)
}

function onlyFix(fix: Fix): Fix {
  return fix
}
