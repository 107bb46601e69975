import { Builder } from '../builder.ts'
import { toHex } from '../bytes.ts'
import type { Cursor } from '../cursor.ts'
import { readText, textBytes } from './text.ts'

/** Terminal parameters whose value is not a DWORD, by width in bytes (JT/T 808—2013/2019 table 12). */
const NARROW: Readonly<Record<number, 1 | 2>> = {
  49: 2,
  91: 2,
  92: 2,
  93: 2,
  94: 2,
  129: 2,
  130: 2,
  132: 1,
  144: 1,
  145: 1,
  146: 1,
  148: 1,
  257: 2,
  259: 2,
}

/** Parameters that are text in the standard: addresses, numbers to call, plate. */
const TEXTUAL: ReadonlySet<number> = new Set([
  0x0010, 0x0011, 0x0012, 0x0013, 0x0014, 0x0015, 0x0016, 0x0017, 0x001a, 0x001d, 0x0023, 0x0024, 0x0025, 0x0026,
  0x0040, 0x0041, 0x0042, 0x0043, 0x0044, 0x0048, 0x0049, 0x0083,
])

/**
 * Parameter list of an answer 0x0104: count, then number, length and value each. Numbers of 1, 2 or 4 bytes become
 * numbers, text becomes text, anything else is given as hexadecimal. Null where the list is cut short.
 */
export function readParameters(body: Cursor): Record<string, number | string> | null {
  const parameters: Record<string, number | string> = {}
  const count = body.u8()
  for (let i = 0; i < count; i++) {
    const id = body.u32()
    const value = body.part(body.u8())
    if (body.overrun) return null
    parameters[`0x${id.toString(16).padStart(4, '0')}`] = TEXTUAL.has(id)
      ? readText(value.bytes(value.left))
      : plain(value)
  }
  return parameters
}

function plain(value: Cursor): number | string {
  if (value.left === 4) return value.u32()
  if (value.left === 2) return value.u16()
  if (value.left === 1) return value.u8()
  return toHex(value.bytes(value.left))
}

/** Body of 0x8103. Null where a text is longer than the length byte allows or there are more than 255 parameters. */
export function parametersBody(set: Readonly<Record<number, number | string>>): Uint8Array | null {
  const entries = Object.entries(set)
  if (entries.length > 255) return null
  const body = new Builder().u8(entries.length)
  for (const [key, value] of entries) {
    const id = Number(key)
    body.u32(id)
    if (typeof value === 'string') {
      const text = textBytes(value)
      if (text.length > 255) return null
      body.u8(text.length).bytes(text)
    } else if (NARROW[id] === 1) body.u8(1).u8(value)
    else if (NARROW[id] === 2) body.u8(2).u16(value)
    else body.u8(4).u32(value)
  }
  return body.done()
}
