/** A track blob that cannot be read: cut short, of another version, or not a track at all. */
export class TrackFormatError extends Error {
  override readonly name = 'TrackFormatError'
}

/**
 * Grows a byte buffer and is reused from blob to blob, so that encoding a batch allocates nothing but its result.
 * Numbers are unsigned varints (7 bits a byte, low first) up to 2^53, or zig-zag for signed ones.
 */
export class ByteWriter {
  #bytes: Uint8Array
  #length = 0

  constructor(capacity = 1024) {
    this.#bytes = new Uint8Array(capacity)
  }

  get length(): number {
    return this.#length
  }

  /** Forgets what was written and keeps the memory. */
  clear(): this {
    this.#length = 0
    return this
  }

  /** A copy of what was written. */
  toBytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  /** Makes room for `more` bytes; the varint methods below rely on callers having reserved. */
  reserve(more: number): void {
    const needed = this.#length + more
    if (needed <= this.#bytes.length) return
    const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2))
    grown.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = grown
  }

  byte(value: number): void {
    this.reserve(1)
    this.#bytes[this.#length++] = value
  }

  uint32(value: number): void {
    this.reserve(4)
    const bytes = this.#bytes
    bytes[this.#length++] = value >>> 24
    bytes[this.#length++] = value >>> 16
    bytes[this.#length++] = value >>> 8
    bytes[this.#length++] = value
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  /** 0 … 2^53. */
  varint(value: number): void {
    this.reserve(8)
    const bytes = this.#bytes
    let rest = value
    while (rest >= 0x8000_0000) {
      bytes[this.#length++] = (rest % 128) | 128
      rest = Math.floor(rest / 128)
    }
    let small = rest | 0
    while (small > 127) {
      bytes[this.#length++] = (small & 127) | 128
      small >>>= 7
    }
    bytes[this.#length++] = small
  }

  /** −2^52 … 2^52. */
  signed(value: number): void {
    this.varint(zigzag(value))
  }
}

/** Reads what a `ByteWriter` wrote; throws `TrackFormatError` instead of reading past the end. */
export class ByteReader {
  readonly #bytes: Uint8Array
  readonly #end: number
  #at: number

  constructor(bytes: Uint8Array, offset = 0, end = bytes.length) {
    this.#bytes = bytes
    this.#at = offset
    this.#end = Math.min(end, bytes.length)
  }

  get position(): number {
    return this.#at
  }

  get remaining(): number {
    return this.#end - this.#at
  }

  byte(): number {
    if (this.#at >= this.#end) throw new TrackFormatError(`cut short at byte ${this.#at}`)
    return this.#bytes[this.#at++] ?? 0
  }

  uint32(): number {
    return this.byte() * 0x100_0000 + ((this.byte() << 16) | (this.byte() << 8) | this.byte())
  }

  raw(length: number): Uint8Array {
    if (length > this.remaining) throw new TrackFormatError(`cut short at byte ${this.#at}`)
    const bytes = this.#bytes.slice(this.#at, this.#at + length)
    this.#at += length
    return bytes
  }

  varint(): number {
    const first = this.byte()
    if (first < 128) return first
    const second = this.byte()
    if (second < 128) return (first & 127) | (second << 7)
    let value = (first & 127) | ((second & 127) << 7)
    let unit = 16_384
    for (;;) {
      const byte = this.byte()
      value += (byte & 127) * unit
      if (byte < 128) return value
      unit *= 128
      if (unit > 2 ** 53) throw new TrackFormatError(`number too long at byte ${this.#at}`)
    }
  }

  signed(): number {
    const value = this.varint()
    if (value < 0x8000_0000) return (value & 1) === 0 ? value >>> 1 : -(value >>> 1) - 1
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2
  }
}

/** Small magnitudes of either sign become small non-negative numbers: 0, −1, 1, −2 … → 0, 1, 2, 3 … */
export function zigzag(value: number): number {
  return value < 0 ? -2 * value - 1 : 2 * value
}

/** Bytes a varint takes. */
export function varintSize(value: number): number {
  if (value < 128) return 1
  if (value < 16_384) return 2
  if (value < 2_097_152) return 3
  if (value < 268_435_456) return 4
  if (value < 34_359_738_368) return 5
  if (value < 4_398_046_511_104) return 6
  if (value < 562_949_953_421_312) return 7
  return 8
}
