import { once } from 'node:events'
import { inboxDirectory, inboxSegment, type Segment } from '@zhijiao/geo/track'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'

/** Microseconds between 1970 and PostgreSQL's own beginning of time. */
const epochShiftUs = 946_684_800_000_000n
const rowBytes = 2 + 4 + 4 + (8 + 4) * 4 + (4 + 4) * 3

const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1')

/** The segments of the newest flushes, as they lie in the inbox. */
export async function storedSegments(db: pg.ClientBase, most: number): Promise<{ segments: Segment[]; fixes: number }> {
  const segments: Segment[] = []
  let fixes = 0
  const { rows } = await db.query<{ blob: Buffer; fixes: number }>(
    'select fixes, blob from position_inbox order by shard, no desc limit 2000',
  )
  for (const row of rows) {
    if (fixes >= most) break
    for (const entry of inboxDirectory(row.blob)) segments.push(inboxSegment(row.blob, entry))
    fixes += row.fixes
  }
  return { segments, fixes }
}

/**
 * How fast this machine's PostgreSQL takes the same positions as plain rows of eight columns by binary COPY: no index,
 * no decoding, encoded beforehand, in transactions of 50,000 rows. The upper bound of everything that stores a row a fix.
 */
export async function copyRate(
  db: pg.ClientBase,
  segments: readonly Segment[],
): Promise<{ rowsPerSecond: number; bytesPerRow: number; walPerRow: number }> {
  await db.query(`create table bench_copy (activation_no integer not null, ts timestamptz not null, received_at timestamptz not null,
    lat float8 not null, lon float8 not null, accuracy_m real not null, speed_kmh real, course real)`)
  const parts = encode(segments)
  const wal = async () =>
    BigInt(
      (await db.query<{ at: string }>("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::text as at")).rows[0]?.at ??
        '0',
    )
  const walBefore = await wal()
  const began = performance.now()
  let rows = 0
  for (const part of parts) {
    const stream = db.query(copyFrom('copy bench_copy from stdin with (format binary)'))
    stream.write(part.bytes)
    stream.end()
    await once(stream, 'finish')
    rows += part.rows
  }
  const seconds = (performance.now() - began) / 1000
  const walPerRow = Number((await wal()) - walBefore) / rows
  const size = await db.query<{ size: number }>("select pg_total_relation_size('bench_copy')::float8 as size")
  await db.query('drop table bench_copy')
  return { rowsPerSecond: rows / seconds, bytesPerRow: (size.rows[0]?.size ?? 0) / rows, walPerRow }
}

function encode(segments: readonly Segment[]): { bytes: Buffer; rows: number }[] {
  const parts: { bytes: Buffer; rows: number }[] = []
  const room = 50_000
  let bytes = Buffer.alloc(0)
  let at = 0
  let rows = 0
  const open = () => {
    bytes = Buffer.allocUnsafe(signature.length + 8 + room * rowBytes + 2)
    at = signature.copy(bytes)
    at = bytes.writeInt32BE(0, at)
    at = bytes.writeInt32BE(0, at)
    rows = 0
  }
  const close = () => {
    at = bytes.writeInt16BE(-1, at)
    parts.push({ bytes: bytes.subarray(0, at), rows })
  }
  const instant = (ms: number) => {
    at = bytes.writeInt32BE(8, at)
    at = bytes.writeBigInt64BE(BigInt(ms) * 1000n - epochShiftUs, at)
  }
  const double = (value: number) => {
    at = bytes.writeInt32BE(8, at)
    at = bytes.writeDoubleBE(value, at)
  }
  const real = (value: number | null) => {
    if (value === null) {
      at = bytes.writeInt32BE(-1, at)
      return
    }
    at = bytes.writeInt32BE(4, at)
    at = bytes.writeFloatBE(value, at)
  }
  open()
  for (const { activationNo, receivedAt, fixes } of segments)
    for (const fix of fixes) {
      if (rows === room) {
        close()
        open()
      }
      at = bytes.writeInt16BE(8, at)
      at = bytes.writeInt32BE(4, at)
      at = bytes.writeInt32BE(activationNo, at)
      instant(fix.ts)
      instant(receivedAt)
      double(fix.lat)
      double(fix.lon)
      real(fix.accuracyM)
      real(fix.speedKmh)
      real(fix.course)
      rows++
    }
  if (rows > 0) close()
  return parts
}
