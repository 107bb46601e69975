/** Two decimal digits of a BCD byte, or -1 where a half is no digit. */
export function bcd(byte: number): number {
  const tens = byte >> 4
  const ones = byte & 0x0f
  return tens > 9 || ones > 9 ? -1 : tens * 10 + ones
}

/** The BCD byte of 0–99. */
export const toBcd = (value: number): number => Math.floor(value / 10) * 16 + (value % 10)
