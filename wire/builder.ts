/** Writes a message body from front to back, big-endian, growing as needed. */
export class Builder {
  private bytesOf = new Uint8Array(64)
  private view = new DataView(this.bytesOf.buffer)
  length = 0

  u8(value: number): this {
    const at = this.grow(1)
    this.view.setUint8(at, value)
    return this
  }

  u16(value: number): this {
    const at = this.grow(2)
    this.view.setUint16(at, value)
    return this
  }

  u32(value: number): this {
    const at = this.grow(4)
    this.view.setUint32(at, value)
    return this
  }

  bytes(value: Uint8Array): this {
    const at = this.grow(value.length)
    this.bytesOf.set(value, at)
    return this
  }

  /** Exactly `width` bytes: cut, or filled up with zeros behind. */
  fixed(value: Uint8Array, width: number): this {
    const at = this.grow(width)
    this.bytesOf.set(value.subarray(0, width), at)
    return this
  }

  /** As `fixed`, but filled up with zeros in front, as the 2019 edition asks for identifiers. */
  fixedRight(value: Uint8Array, width: number): this {
    const at = this.grow(width)
    const cut = value.subarray(0, width)
    this.bytesOf.set(cut, at + width - cut.length)
    return this
  }

  done(): Uint8Array {
    return this.bytesOf.slice(0, this.length)
  }

  private grow(count: number): number {
    const at = this.length
    this.length += count
    if (this.length > this.bytesOf.length) {
      const larger = new Uint8Array(Math.max(this.length, this.bytesOf.length * 2))
      larger.set(this.bytesOf.subarray(0, at))
      this.bytesOf = larger
      this.view = new DataView(larger.buffer)
    }
    return at
  }
}
