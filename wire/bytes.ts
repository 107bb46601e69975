const HEX = Array.from({ length: 256 }, (_, value) => value.toString(16).padStart(2, '0'))

/** Two lower-case hexadecimal digits of a byte. */
export const hexOf = (byte: number): string => HEX[byte & 0xff] ?? '00'

export function toHex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += hexOf(byte)
  return text
}

/** Bytes of a hexadecimal text in either case, surrounding space ignored; null where it is not one. */
export function fromHex(text: string): Uint8Array | null {
  const digits = text.trim()
  if (digits.length === 0 || digits.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(digits)) return null
  const bytes = new Uint8Array(digits.length / 2)
  for (let i = 0; i < bytes.length; i++) bytes[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16)
  return bytes
}

export function concat(parts: readonly Uint8Array[]): Uint8Array {
  let length = 0
  for (const part of parts) length += part.length
  const whole = new Uint8Array(length)
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}

/** A radio address as `aa:bb:cc:dd:ee:ff`. */
export function macOf(bytes: Uint8Array): string {
  return Array.from(bytes, hexOf).join(':')
}
