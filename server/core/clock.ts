import { randomBytes } from 'node:crypto'

/** Time, chance and identity come in from outside, so that every rule and job can be replayed. */
export interface Chance {
  /** Milliseconds UTC. */
  now(): number
  bytes(length: number): Buffer
  /** UUID v7: sortable by the millisecond it was made in (RFC 9562 §5.7). */
  id(): string
}

export function systemChance(): Chance {
  return chanceOf(Date.now, randomBytes)
}

export function chanceOf(now: () => number, bytes: (length: number) => Buffer): Chance {
  return { now, bytes, id: () => uuidV7(now(), bytes(10)) }
}

function uuidV7(ms: number, random: Buffer): string {
  const b = Buffer.alloc(16)
  b.writeUIntBE(ms, 0, 6)
  random.copy(b, 6, 0, 10)
  b.writeUInt8((b.readUInt8(6) & 0x0f) | 0x70, 6)
  b.writeUInt8((b.readUInt8(8) & 0x3f) | 0x80, 8)
  const h = b.toString('hex')
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-${h.slice(12, 16)}-${h.slice(16, 20)}-${h.slice(20)}`
}
