import { ByteReader, ByteWriter, TrackFormatError } from './bytes.ts'
import { readFixes, writeFixes } from './columns.ts'
import { inTimeOrder, type ReceivedFix } from './merge.ts'
import { expectKind, expectUint32 } from './segment.ts'

/** All fixes of one activation on one legal day, compacted. */
export interface DayTrack {
  readonly activationNo: number
  /**
   * 16 random bytes from the caller, the same for every packing of this day. They keep the hashes beside a disclosed fix
   * from being guessed back into the places of the others; whoever may read the day may read them.
   */
  readonly salt: Uint8Array
  /** In time order, each instant and place once, apart from a line not believed (`mergeSegments`). */
  readonly fixes: readonly ReceivedFix[]
}

export const DAY_V1 = 0x31
export const SALT_BYTES = 16

const shared = new ByteWriter(16_384)

/** One blob per activation-day. Receive times are kept to the millisecond. */
export function packDay({ activationNo, salt, fixes }: DayTrack): Uint8Array {
  if (salt.length !== SALT_BYTES) throw new RangeError(`a day's salt has ${SALT_BYTES} bytes, not ${salt.length}`)
  expectUint32(activationNo)
  const ordered = [...fixes].sort(inTimeOrder)
  shared.clear()
  shared.byte(DAY_V1)
  shared.varint(activationNo)
  shared.raw(salt)
  shared.varint(ordered.length)
  writeFixes(
    shared,
    ordered,
    ordered.map((fix) => fix.receivedAt),
  )
  return shared.toBytes()
}

/** Reads a compacted day. Throws `TrackFormatError`. */
export function unpackDay(blob: Uint8Array): DayTrack {
  const reader = new ByteReader(blob)
  expectKind(reader, DAY_V1)
  const activationNo = reader.varint()
  const salt = reader.raw(SALT_BYTES)
  const count = reader.varint()
  const fixes = readFixes(reader, count, (fix, lag): ReceivedFix => Object.assign(fix, { receivedAt: fix.ts + lag }))
  if (reader.remaining > 0) throw new TrackFormatError(`${reader.remaining} bytes after the day`)
  return { activationNo, salt, fixes }
}
