import { utcOf } from '../civil.ts'
import { draftFix } from '../fix.ts'
import type { WireFix } from '../message.ts'

const DECODERS = { ascii: new TextDecoder('latin1'), utf16: new TextDecoder('utf-16be') }

export const textOf = (bytes: Uint8Array, encoding: 'ascii' | 'utf16'): string =>
  DECODERS[encoding].decode(bytes).replace(/\0+$/, '')

const SPOKEN =
  /Lat:([NS])(\d+\.\d+),Lon:([EW])(\d+\.\d+),Course:(\d+\.?\d*),Speed:(\d+\.?\d*),DateTime:(\d{4})-(\d\d)-(\d\d) +(\d\d):(\d\d):(\d\d)/

/** The place that a device writes out in words when it is asked where it is. Speed in km/h. */
export function readSpokenPlace(words: string): WireFix | null {
  const found = SPOKEN.exec(words)
  if (found === null) return null
  const numbers = found.map(Number)
  const at = (i: number): number => numbers[i] ?? Number.NaN
  const time = utcOf(at(7), at(8), at(9), at(10), at(11), at(12), 0)
  if (time === null) return null
  const lat = found[1] === 'S' ? -at(2) : at(2)
  const lon = found[3] === 'W' ? -at(4) : at(4)
  return { ...draftFix(lat, lon, time), valid: true, source: 'gnss', course: at(5), speedKmh: at(6) }
}
