/** Distinguished Encoding Rules (ITU-T X.690) as far as a CMS signature needs them. */
export function der(tag: number, ...parts: readonly Uint8Array[]): Buffer {
  const content = Buffer.concat(parts)
  return Buffer.concat([Buffer.from([tag]), lengthOf(content.length), content])
}
function lengthOf(n: number): Buffer {
  if (n < 0x80) return Buffer.from([n])
  const bytes: number[] = []
  for (let rest = n; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256)
  return Buffer.from([0x80 | bytes.length, ...bytes])
}
export const sequence = (...parts: readonly Uint8Array[]) => der(0x30, ...parts)
/** A SET OF is sorted by its encodings. */
export const setOf = (...parts: readonly Uint8Array[]) => der(0x31, ...[...parts].sort(Buffer.compare))
export const octets = (bytes: Uint8Array) => der(0x04, bytes)
export const nothing = () => der(0x05)
export const small = (n: number) => der(0x02, Buffer.from([n]))
export function oid(text: string): Buffer {
  const [first = 0, second = 0, ...rest] = text.split('.').map(Number)
  const bytes = [first * 40 + second]
  for (const arc of rest) {
    const groups = [arc % 128]
    for (let n = Math.floor(arc / 128); n > 0; n = Math.floor(n / 128)) groups.unshift((n % 128) | 0x80)
    bytes.push(...groups)
  }
  return der(0x06, Buffer.from(bytes))
}

/** One element read: its tag, the bytes inside, and the whole encoding. */
export interface Element {
  readonly tag: number
  readonly content: Buffer
  readonly whole: Buffer
}

/** Reads one element at an offset. @throws Error when the bytes end too early */
export function readOne(bytes: Buffer, at = 0): Element {
  const tag = bytes[at]
  const first = bytes[at + 1]
  if (tag === undefined || first === undefined) throw new Error('DER ended')
  const wide = first & 0x80 ? first & 0x7f : 0
  if (wide > 4) throw new Error('DER too long')
  const length = wide === 0 ? first : bytes.readUIntBE(at + 2, wide)
  const start = at + 2 + wide
  if (start + length > bytes.length) throw new Error('DER ended')
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(at, start + length) }
}

/** The elements inside a constructed one. */
export function readAll(bytes: Buffer): Element[] {
  const out: Element[] = []
  for (let at = 0; at < bytes.length; ) {
    const one = readOne(bytes, at)
    out.push(one)
    at += one.whole.length
  }
  return out
}
