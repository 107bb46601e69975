import { type ByteReader, type ByteWriter, TrackFormatError } from './bytes.ts'
import { type Column, MISSING, readColumn, writeColumn } from './column.ts'
import type { Fix, FixFault, FixSource } from './fix.ts'

/**
 * The fields of fixes as columns. Order and units are stored data: add at the end, never renumber.
 *
 * A 16-bit mask says which columns follow; a column left out is all zero (ts, lat, lon, accuracy, source, flags, fault,
 * lag) or all missing (the rest).
 */
const Col = {
  ts: 0,
  lat: 1,
  lon: 2,
  accuracy: 3,
  source: 4,
  speed: 5,
  course: 6,
  altitude: 7,
  satellites: 8,
  battery: 9,
  steps: 10,
  seq: 11,
  flags: 12,
  fault: 13,
  lag: 14,
} as const
const COLUMNS = 15
const OPTIONAL = new Set<number>([5, 6, 7, 8, 9, 10, 11])

/** Stored numbers of the sources; never renumber. */
const sources: readonly FixSource[] = ['gnss', 'fused', 'wifi', 'cell', 'unknown']

/** More than a day of seconds: a larger count is damage, not data, and is refused before memory is taken for it. */
export const MOST_FIXES = 1 << 17

/** Largest stored number; twice a difference of differences of such still fits a varint. */
const LIMIT = 2 ** 49

/** How many stored whole numbers make one (second, metre, degree …) for each unit a column may carry. */
const tenthsOrWhole = [1, 10] as const

let capacity = 0
let columns: Column[] = []

function room(count: number): Column[] {
  if (count > capacity) {
    capacity = Math.max(512, count)
    columns = Array.from({ length: COLUMNS }, () => new Float64Array(capacity))
  }
  return columns
}

function col(index: number): Column {
  const column = columns[index]
  if (!column) throw new RangeError(`no column ${index}`)
  return column
}

/** Writes the fields of fixes. `receivedAt[i]` is the receive time of the i-th, or null where a segment says it for all. */
export function writeFixes(writer: ByteWriter, fixes: readonly Fix[], receivedAt: readonly number[] | null): void {
  const count = fixes.length
  if (count > MOST_FIXES) throw new RangeError(`${count} fixes in one blob; at most ${MOST_FIXES}`)
  room(count)
  const [ts, lat, lon, accuracy, source] = [col(Col.ts), col(Col.lat), col(Col.lon), col(Col.accuracy), col(Col.source)]
  const [speed, course, altitude] = [col(Col.speed), col(Col.course), col(Col.altitude)]
  const [satellites, battery, steps, seq] = [col(Col.satellites), col(Col.battery), col(Col.steps), col(Col.seq)]
  const [flags, fault, lag] = [col(Col.flags), col(Col.fault), col(Col.lag)]
  let i = 0
  for (const fix of fixes) {
    ts[i] = grid(fix.ts, 1)
    lat[i] = grid(fix.lat, 1e7)
    lon[i] = grid(fix.lon, 1e7)
    accuracy[i] = grid(fix.accuracyM, 10)
    source[i] = sources.indexOf(fix.source)
    speed[i] = fix.speedKmh === null ? MISSING : grid(fix.speedKmh, 10)
    course[i] = fix.course === null ? MISSING : grid(fix.course, 10)
    altitude[i] = fix.altitudeM === null ? MISSING : grid(fix.altitudeM, 10)
    satellites[i] = fix.satellites === null ? MISSING : grid(fix.satellites, 1)
    battery[i] = fix.batteryPct === null ? MISSING : grid(fix.batteryPct, 10)
    steps[i] = fix.steps === null ? MISSING : grid(fix.steps, 1)
    seq[i] = fix.seq === null ? MISSING : grid(fix.seq, 1)
    flags[i] = fix.flags
    fault[i] = fix.fault
    lag[i] = receivedAt === null ? 0 : grid((receivedAt[i] ?? fix.ts) - grid(fix.ts, 1), 1)
    i++
  }
  let mask = 0
  for (let c = 0; c < COLUMNS; c++) if (!isDefault(c, count)) mask |= 1 << c
  writer.byte(mask & 255)
  writer.byte(mask >> 8)
  for (let c = 0; c < COLUMNS; c++) {
    if ((mask & (1 << c)) !== 0) writeColumn(writer, col(c), count, shrink(c, count))
  }
}

/** Reads `count` fixes; `make` receives each with its stored lag (ms, 0 when the column is absent). */
export function readFixes<T>(reader: ByteReader, count: number, make: (fix: Fix, lag: number) => T): T[] {
  if (count > MOST_FIXES) throw new TrackFormatError(`${count} fixes in one blob`)
  room(count)
  const mask = reader.byte() | (reader.byte() << 8)
  for (let c = 0; c < COLUMNS; c++) {
    const column = col(c)
    if ((mask & (1 << c)) === 0) column.fill(OPTIONAL.has(c) ? MISSING : 0, 0, count)
    else stretch(c, count, readColumn(reader, column, count))
  }
  const [ts, lat, lon, accuracy, source] = [col(Col.ts), col(Col.lat), col(Col.lon), col(Col.accuracy), col(Col.source)]
  const [speed, course, altitude] = [col(Col.speed), col(Col.course), col(Col.altitude)]
  const [satellites, battery, steps, seq] = [col(Col.satellites), col(Col.battery), col(Col.steps), col(Col.seq)]
  const [flags, fault, lag] = [col(Col.flags), col(Col.fault), col(Col.lag)]
  const made = new Array<T>(count)
  for (let i = 0; i < count; i++) {
    made[i] = make(
      {
        ts: ts[i] ?? 0,
        lat: (lat[i] ?? 0) / 1e7,
        lon: (lon[i] ?? 0) / 1e7,
        accuracyM: (accuracy[i] ?? 0) / 10,
        source: sources[source[i] ?? 4] ?? 'unknown',
        speedKmh: tenths(speed[i]),
        course: tenths(course[i]),
        altitudeM: tenths(altitude[i]),
        satellites: whole(satellites[i]),
        batteryPct: tenths(battery[i]),
        steps: whole(steps[i]),
        seq: whole(seq[i]),
        flags: flags[i] ?? 0,
        fault: (fault[i] ?? 0) as FixFault,
      },
      lag[i] ?? 0,
    )
  }
  return made
}

/** The stored whole number. What is no number, or beyond all sense, is stored as 0: such a fix carries its fault anyway. */
function grid(value: number, perUnit: number): number {
  const stored = Math.round(value * perUnit)
  return stored >= -LIMIT && stored <= LIMIT ? stored : 0
}

function tenths(value: number | undefined): number | null {
  return value === undefined || value === MISSING ? null : value / 10
}

function whole(value: number | undefined): number | null {
  return value === undefined || value === MISSING ? null : value
}

function isDefault(c: number, count: number): boolean {
  const column = col(c)
  const nothing = OPTIONAL.has(c) ? MISSING : 0
  for (let i = 0; i < count; i++) if (column[i] !== nothing) return false
  return true
}

/** Divisors a column may be stored under: whole seconds, 1e-6 degrees, whole metres … Index = unit of the column head. */
function divisorsOf(c: number): readonly number[] {
  if (c === Col.ts || c === Col.lag) return [1, 1000]
  if (c === Col.lat || c === Col.lon) return tenthsOrWhole
  if (c === Col.accuracy || c === Col.speed || c === Col.course || c === Col.altitude || c === Col.battery)
    return tenthsOrWhole
  return [1]
}

function shrink(c: number, count: number): number {
  const divisor = divisorsOf(c)[1]
  if (divisor === undefined) return 0
  const column = col(c)
  for (let i = 0; i < count; i++) {
    const value = column[i] ?? 0
    if (value !== MISSING && value % divisor !== 0) return 0
  }
  for (let i = 0; i < count; i++) {
    const value = column[i] ?? 0
    if (value !== MISSING) column[i] = value / divisor
  }
  return 1
}

function stretch(c: number, count: number, unit: number): void {
  const divisor = divisorsOf(c)[unit] ?? 1
  if (divisor === 1) return
  const column = col(c)
  for (let i = 0; i < count; i++) {
    const value = column[i] ?? 0
    if (value !== MISSING) column[i] = value * divisor
  }
}
