const TABLE = Uint16Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit++) value = (value & 1) !== 0 ? (value >>> 1) ^ 0x8408 : value >>> 1
  return value
})

/** CRC-ITU (X.25: reflected 0x1021, start and final XOR 0xFFFF) of `bytes` from `at` up to `end`. */
export function crcItu(bytes: Uint8Array, at: number, end: number): number {
  let value = 0xffff
  for (let i = at; i < end; i++) value = (value >>> 8) ^ (TABLE[(value ^ (bytes[i] ?? 0)) & 0xff] ?? 0)
  return value ^ 0xffff
}
