import { randomBytes } from 'node:crypto'

/** Time, chance and identity come in from outside, so that every rule and job can be replayed. */
export interface Chance {
  /** Milliseconds UTC, whole ones: what is stored, compared and hashed has no fractions. */
  now(): number
  bytes(length: number): Buffer
  /** UUID v7 (RFC 9562 §5.7): sorts in the order in which this process made them, within a millisecond too. */
  id(): string
}

export function systemChance(): Chance {
  return chanceOf(Date.now, randomBytes)
}

/** A clock may count in fractions of a millisecond; here they end. */
export function chanceOf(clock: () => number, bytes: (length: number) => Buffer): Chance {
  const now = () => Math.floor(clock())
  // The twelve bits behind the millisecond count within it (RFC 9562 §6.2, method 1), from a random start below half.
  let last = Number.NEGATIVE_INFINITY
  let count = 0
  const next = (random: Buffer): void => {
    const ms = now()
    count = ms > last ? random.readUInt16BE(0) & 0x7ff : count + 1
    last = Math.max(last, ms)
    if (count <= 0xfff) return
    // More than a millisecond holds: the next one lends its name.
    last += 1
    count = 0
  }
  return {
    now,
    bytes,
    id: () => {
      const random = bytes(10)
      next(random)
      return uuidV7(last, count, random)
    },
  }
}

function uuidV7(ms: number, count: number, random: Buffer): string {
  const b = Buffer.alloc(16)
  b.writeUIntBE(ms, 0, 6)
  random.copy(b, 6, 0, 10)
  b.writeUInt16BE(0x7000 | count, 6)
  b.writeUInt8((b.readUInt8(8) & 0x3f) | 0x80, 8)
  const h = b.toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}
