import { hexOf } from '../bytes.ts'
import type { Segment } from './frame.ts'

/** Message header (JT/T 808—2011/2013 table 2, —2019 table 2). */
export interface Header {
  readonly id: number
  /** Bit 14 of the properties: the header carries a protocol version and an identity of ten bytes. */
  readonly is2019: boolean
  /** Bits 10–12 of the properties; anything but 0 is an encrypted body. */
  readonly encryption: number
  /** Bit 15, reserved; vendors of padlocks use it to ask for an answer. */
  readonly reserved: boolean
  /** Digits of the identity as they travel: 12, or 20 in the 2019 edition, with leading zeros. */
  readonly device: string
  readonly serial: number
  /** Body length the header declares, bytes. */
  readonly declared: number
  /** 1 of 1 for a message in one piece. */
  readonly part: number
  readonly parts: number
  /** Where the body begins in the segment. */
  readonly bodyAt: number
}

/** Vendor position messages of padlocks, whose serial is one byte and whose properties mean other things. */
export const PADLOCK_POSITION = 0x5501
export const PADLOCK_BLIND_POSITION = 0x5502

/** Reads the header of a segment; null where the segment ends before its header does. */
export function readHeader({ view, at, end }: Segment): Header | null {
  if (end - at < 12) return null
  const id = view.getUint16(at)
  const properties = view.getUint16(at + 2)
  const padlock = id === PADLOCK_POSITION || id === PADLOCK_BLIND_POSITION
  const is2019 = (properties & 0x4000) !== 0 && !padlock
  const split = (properties & 0x2000) !== 0 && !padlock
  const deviceAt = at + (is2019 ? 5 : 4)
  const serialAt = deviceAt + (is2019 ? 10 : 6)
  const bodyAt = serialAt + (padlock ? 1 : split ? 6 : 2)
  if (bodyAt > end) return null
  let device = ''
  for (let i = deviceAt; i < serialAt; i++) device += hexOf(view.getUint8(i))
  return {
    id,
    is2019,
    encryption: padlock ? 0 : (properties >> 10) & 0x07,
    reserved: (properties & 0x8000) !== 0,
    device,
    serial: padlock ? view.getUint8(serialAt) : view.getUint16(serialAt),
    declared: properties & 0x03ff,
    part: split ? view.getUint16(serialAt + 4) : 1,
    parts: split ? view.getUint16(serialAt + 2) : 1,
    bodyAt,
  }
}
