import { Builder } from '../builder.ts'
import { closeFrame } from './frame.ts'

/** Whom a frame goes to or comes from, and in which edition's header. */
export interface Address {
  /** Identity digits as they travel: 12, or 20 with a 2019 header. Shorter ones are filled up with zeros in front. */
  readonly device: string
  readonly is2019: boolean
  readonly serial: number
}

/** Largest body one frame holds: the length field has ten bits. */
export const MAX_BODY = 1023

/** A frame as it travels. Null where the body does not fit into one. */
export function encodeFrame(id: number, body: Uint8Array, address: Address): Uint8Array | null {
  if (body.length > MAX_BODY) return null
  return closeFrame(head(id, body.length, address).bytes(body).done())
}

/** A message as one frame, or as sub-packages of consecutive serials from `address.serial` on. */
export function encodeParts(id: number, body: Uint8Array, address: Address): Uint8Array[] {
  const whole = encodeFrame(id, body, address)
  if (whole !== null) return [whole]
  const total = Math.ceil(body.length / MAX_BODY)
  return Array.from({ length: total }, (_, i) => {
    const piece = body.subarray(i * MAX_BODY, (i + 1) * MAX_BODY)
    const serial = (address.serial + i) & 0xffff
    const content = head(id, piece.length | 0x2000, { ...address, serial })
    return closeFrame(
      content
        .u16(total)
        .u16(i + 1)
        .bytes(piece)
        .done(),
    )
  })
}

function head(id: number, properties: number, { device, is2019, serial }: Address): Builder {
  const content = new Builder().u16(id).u16(is2019 ? properties | 0x4000 : properties)
  if (is2019) content.u8(1)
  const width = is2019 ? 20 : 12
  const digits = device.padStart(width, '0').slice(-width)
  for (let i = 0; i < width; i += 2) content.u8(Number.parseInt(digits.slice(i, i + 2), 16) || 0)
  return content.u16(serial & 0xffff)
}
