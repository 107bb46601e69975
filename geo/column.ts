import { type ByteReader, type ByteWriter, TrackFormatError, varintSize, zigzag } from './bytes.ts'

/**
 * One column of a track: whole numbers, some perhaps missing, written in whichever of five forms is shortest.
 *
 * head byte: bits 0–2 form, bit 3 some values are missing (a bitmap follows), bits 4–5 unit (the owner of the column says
 * what a unit means).
 */
const Form = { constant: 0, deltas: 1, steps: 2, deltaRuns: 3, stepRuns: 4 } as const
const HAS_MISSING = 8
const UNIT_SHIFT = 4

/** Stands for a missing value inside a column; no real value comes near it. */
export const MISSING = Number.MIN_SAFE_INTEGER

/** Numbers of one column before writing or after reading; reused, so its length is not the count. */
export type Column = Float64Array

let present = new Float64Array(512)

/** Writes `count` values. The unit (0–3) is carried for the reader of the column. */
export function writeColumn(writer: ByteWriter, column: Column, count: number, unit: number): void {
  if (present.length < count) present = new Float64Array(count * 2)
  const values = present
  let n = 0
  for (let i = 0; i < count; i++) {
    const value = column[i] ?? MISSING
    if (value !== MISSING) values[n++] = value
  }
  const form = shortestForm(values, n)
  const missing = n < count
  writer.byte(form | (missing ? HAS_MISSING : 0) | (unit << UNIT_SHIFT))
  if (missing) writeBitmap(writer, column, count)
  if (n > 0) writeForm(writer, values, n, form)
}

/** Reads `count` values into `column` and returns the unit. */
export function readColumn(reader: ByteReader, column: Column, count: number): number {
  const head = reader.byte()
  const form = head & 7
  let n = count
  if ((head & HAS_MISSING) !== 0) n = readBitmap(reader, column, count)
  if (n > 0) readForm(reader, column, n, form)
  if (n < count) spread(column, count, n)
  return head >> UNIT_SHIFT
}

function shortestForm(values: Float64Array, n: number): number {
  const first = values[0] ?? 0
  let deltas = 0
  let steps = 0
  let deltaRuns = 0
  let stepRuns = 0
  let previous = first
  let lastDelta = 0
  let lastStep = MISSING
  let same = true
  for (let i = 1; i < n; i++) {
    const value = values[i] ?? 0
    const delta = value - previous
    if (delta !== 0) same = false
    const step = delta - lastDelta
    const deltaSize = varintSize(zigzag(delta))
    const stepSize = varintSize(zigzag(step))
    deltas += deltaSize
    steps += stepSize
    if (i === 1 || delta !== lastDelta) deltaRuns += deltaSize + 1
    if (step !== lastStep) stepRuns += stepSize + 1
    previous = value
    lastDelta = delta
    lastStep = step
  }
  if (same) return Form.constant
  // Runs longer than 127 cost a second byte; it never changes which form is best by more than that byte.
  let form: number = Form.deltas
  let size = deltas
  if (steps < size) [form, size] = [Form.steps, steps]
  if (deltaRuns < size) [form, size] = [Form.deltaRuns, deltaRuns]
  if (stepRuns < size) form = Form.stepRuns
  return form
}

function writeForm(writer: ByteWriter, values: Float64Array, n: number, form: number): void {
  let previous = values[0] ?? 0
  writer.signed(previous)
  if (form === Form.constant) return
  const second = form === Form.steps || form === Form.stepRuns
  const runs = form === Form.deltaRuns || form === Form.stepRuns
  let lastDelta = 0
  let running = 0
  let run = 0
  for (let i = 1; i < n; i++) {
    const value = values[i] ?? 0
    const delta = value - previous
    const written = second ? delta - lastDelta : delta
    previous = value
    lastDelta = delta
    if (!runs) writer.signed(written)
    else if (run > 0 && written === running) run++
    else {
      if (run > 0) writeRun(writer, running, run)
      running = written
      run = 1
    }
  }
  if (runs) writeRun(writer, running, run)
}

function writeRun(writer: ByteWriter, value: number, run: number): void {
  writer.signed(value)
  writer.varint(run)
}

function readForm(reader: ByteReader, column: Column, n: number, form: number): void {
  if (form > Form.stepRuns) throw new TrackFormatError(`unknown column form ${form}`)
  let value = reader.signed()
  column[0] = value
  if (form === Form.constant) {
    for (let i = 1; i < n; i++) column[i] = value
    return
  }
  const second = form === Form.steps || form === Form.stepRuns
  const runs = form === Form.deltaRuns || form === Form.stepRuns
  let delta = 0
  let read = 0
  let run = 0
  for (let i = 1; i < n; i++) {
    if (!runs) read = reader.signed()
    else if (run === 0) {
      read = reader.signed()
      run = reader.varint()
      if (run === 0) throw new TrackFormatError('empty run')
    }
    if (runs) run--
    delta = second ? delta + read : read
    value += delta
    column[i] = value
  }
}

function writeBitmap(writer: ByteWriter, column: Column, count: number): void {
  for (let i = 0; i < count; i += 8) {
    let bits = 0
    for (let j = 0; j < 8 && i + j < count; j++) if (column[i + j] !== MISSING) bits |= 1 << j
    writer.byte(bits)
  }
}

let bitmap = new Uint8Array(64)

function readBitmap(reader: ByteReader, column: Column, count: number): number {
  const length = Math.ceil(count / 8)
  if (length > reader.remaining) throw new TrackFormatError('cut short in a bitmap')
  if (bitmap.length < length) bitmap = new Uint8Array(length * 2)
  let n = 0
  for (let i = 0; i < length; i++) {
    let bits = reader.byte()
    bitmap[i] = bits
    for (; bits !== 0; bits &= bits - 1) n++
  }
  if (n > count || column.length < count) throw new TrackFormatError('bitmap does not fit its column')
  return n
}

/** Moves the values read to the places the bitmap gives them, from the end so that none is overwritten early. */
function spread(column: Column, count: number, n: number): void {
  let from = n - 1
  for (let i = count - 1; i >= 0; i--) {
    const isPresent = ((bitmap[i >> 3] ?? 0) & (1 << (i & 7))) !== 0
    column[i] = isPresent ? (column[from--] ?? MISSING) : MISSING
  }
}
