/**
 * Reads a message body from front to back, big-endian. Reading past the end gives zeros and sets `overrun`,
 * so that a decoder checks once at its end instead of before every field, and never throws.
 */
export class Cursor {
  readonly view: DataView
  readonly end: number
  at: number
  overrun = false

  constructor(view: DataView, at: number, end: number) {
    this.view = view
    this.at = at
    this.end = end
  }

  static over(bytes: Uint8Array): Cursor {
    return new Cursor(new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), 0, bytes.byteLength)
  }

  /** A reader of the same bytes from `at` up to `end`. */
  within(at: number, end: number): Cursor {
    return new Cursor(this.view, at, end)
  }

  get left(): number {
    return this.end - this.at
  }

  u8(): number {
    return this.take(1) ? this.view.getUint8(this.at - 1) : 0
  }

  i8(): number {
    return this.take(1) ? this.view.getInt8(this.at - 1) : 0
  }

  u16(): number {
    return this.take(2) ? this.view.getUint16(this.at - 2) : 0
  }

  i16(): number {
    return this.take(2) ? this.view.getInt16(this.at - 2) : 0
  }

  u24(): number {
    return this.take(3) ? this.view.getUint16(this.at - 3) * 256 + this.view.getUint8(this.at - 1) : 0
  }

  u32(): number {
    return this.take(4) ? this.view.getUint32(this.at - 4) : 0
  }

  /** Cell identities of 64 bits exist on paper only; above 2^53 the low bits are lost. */
  u64(): number {
    return this.u32() * 0x1_0000_0000 + this.u32()
  }

  skip(count: number): void {
    this.take(count)
  }

  /** The next `count` bytes without copying; empty past the end. */
  bytes(count: number): Uint8Array {
    if (!this.take(count)) return new Uint8Array(0)
    return new Uint8Array(this.view.buffer, this.view.byteOffset + this.at - count, count)
  }

  /** A reader of the next `count` bytes; this one goes on behind them. */
  part(count: number): Cursor {
    return this.take(count)
      ? new Cursor(this.view, this.at - count, this.at)
      : new Cursor(this.view, this.end, this.end)
  }

  private take(count: number): boolean {
    if (count < 0 || this.at + count > this.end) {
      this.overrun = true
      this.at = this.end
      return false
    }
    this.at += count
    return true
  }
}
