const DELIMITER = 0x7e
const ESCAPE = 0x7d

/** What stands between two delimiters once it is unescaped and its check code holds: header and body. */
export interface Segment {
  readonly view: DataView
  readonly at: number
  readonly end: number
}

/**
 * Takes the escapes out of what stood between two delimiters (JT/T 808—2019 4.4.2: 7D 02 → 7E, 7D 01 → 7D) and
 * verifies the check code, the XOR of all bytes before it (4.4.4). Without an escape nothing is copied.
 */
export function openSegment(bytes: Uint8Array): Segment | 'checksum' | 'escape' | 'length' {
  const first = bytes.indexOf(ESCAPE)
  const plain = first < 0 ? bytes : removeEscapes(bytes, first)
  return plain === null ? 'escape' : checked(plain)
}

/** As `openSegment`, for bytes that never were escaped, as test suites write frames down. */
export function checked(bytes: Uint8Array): Segment | 'checksum' | 'length' {
  if (bytes.length < 2) return 'length'
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let code = 0
  for (let i = 0; i < bytes.length; i++) code ^= view.getUint8(i)
  return code === 0 ? { view, at: 0, end: bytes.length - 1 } : 'checksum'
}

function removeEscapes(bytes: Uint8Array, first: number): Uint8Array | null {
  const plain = new Uint8Array(bytes.length)
  plain.set(bytes.subarray(0, first))
  let length = first
  for (let i = first; i < bytes.length; i++) {
    const byte = bytes[i] ?? 0
    if (byte !== ESCAPE) {
      plain[length++] = byte
      continue
    }
    const next = bytes[++i]
    if (next !== 0x01 && next !== 0x02) return null
    plain[length++] = next === 0x01 ? ESCAPE : DELIMITER
  }
  return plain.subarray(0, length)
}

/** Adds check code, escapes and delimiters to header and body. */
export function closeFrame(content: Uint8Array): Uint8Array {
  let code = 0
  let escapes = 0
  for (const byte of content) {
    code ^= byte
    if (byte === ESCAPE || byte === DELIMITER) escapes++
  }
  if (code === ESCAPE || code === DELIMITER) escapes++
  const frame = new Uint8Array(content.length + escapes + 3)
  let at = 0
  frame[at++] = DELIMITER
  for (let i = 0; i <= content.length; i++) {
    const byte = i < content.length ? (content[i] ?? 0) : code
    if (byte === ESCAPE || byte === DELIMITER) {
      frame[at++] = ESCAPE
      frame[at++] = byte === ESCAPE ? 0x01 : 0x02
    } else {
      frame[at++] = byte
    }
  }
  frame[at] = DELIMITER
  return frame
}
