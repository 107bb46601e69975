import { ByteReader, ByteWriter, TrackFormatError } from './bytes.ts'
import { decodeSegment, encodeSegmentInto, expectKind, type Segment } from './segment.ts'

/**
 * The inbox blob: everything one flush made durable, whoever sent it. A directory in front lets a reader cut out one
 * activation's bytes without touching anybody else's.
 *
 * All numbers of the directory are big-endian and of fixed width, so that a database function can cut as well:
 * byte 0 kind and version (0x21), bytes 1–4 count, then per entry 12 bytes: activation, offset, length (4 bytes each);
 * offsets count from the start of the blob; entries are in ascending order of activation, arrival order kept within one.
 */
export interface InboxEntry {
  readonly activationNo: number
  readonly offset: number
  readonly length: number
}

export const INBOX_V1 = 0x21
const HEADER = 5
const ENTRY = 12

const body = new ByteWriter(65_536)
const head = new ByteWriter(4_096)

/** Packs what arrived since the last flush. An activation heard twice keeps two entries, each with its receive time. */
export function packInbox(segments: readonly Segment[]): Uint8Array {
  const ordered = [...segments].sort((a, b) => a.activationNo - b.activationNo)
  body.clear()
  head.clear()
  head.byte(INBOX_V1)
  head.uint32(ordered.length)
  const bodyStart = HEADER + ENTRY * ordered.length
  for (const segment of ordered) {
    const start = body.length
    encodeSegmentInto(body, segment)
    head.uint32(segment.activationNo)
    head.uint32(bodyStart + start)
    head.uint32(body.length - start)
  }
  head.raw(body.toBytes())
  return head.toBytes()
}

/** The directory alone. Throws `TrackFormatError` for anything that points outside the blob. */
export function inboxDirectory(blob: Uint8Array): InboxEntry[] {
  const reader = new ByteReader(blob)
  expectKind(reader, INBOX_V1)
  const count = reader.uint32()
  if (count * ENTRY > reader.remaining) throw new TrackFormatError(`directory of ${count} entries does not fit`)
  const entries: InboxEntry[] = []
  for (let i = 0; i < count; i++) {
    const entry = { activationNo: reader.uint32(), offset: reader.uint32(), length: reader.uint32() }
    if (entry.offset + entry.length > blob.length) throw new TrackFormatError(`entry ${i} points outside the blob`)
    entries.push(entry)
  }
  return entries
}

/** The segment an entry points to; refuses one that names another activation than its directory. */
export function inboxSegment(blob: Uint8Array, entry: InboxEntry): Segment {
  const segment = decodeSegment(blob, entry.offset, entry.offset + entry.length)
  if (segment.activationNo !== entry.activationNo) {
    throw new TrackFormatError(`directory says ${entry.activationNo}, segment says ${segment.activationNo}`)
  }
  return segment
}
