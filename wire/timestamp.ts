import { utcOf } from './civil.ts'

/** From here on a number cannot be seconds any more (the year 2038) and is milliseconds. */
const LARGEST_SECONDS = 2 ** 31

const CIVIL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?\s*(Z|[+-]\d\d:?\d\d)?$/

/**
 * A time as phones write it: seconds or milliseconds since 1970, or ISO 8601 (also with a blank for the T; UTC where no
 * zone is given). Milliseconds UTC; null where it is none of these.
 */
export function timestampOf(value: unknown): number | null {
  if (typeof value === 'number') return fromNumber(value)
  if (typeof value !== 'string') return null
  const text = value.trim()
  if (/^\d+(\.\d+)?$/.test(text)) return fromNumber(Number(text))
  const found = CIVIL.exec(text)
  if (found === null) return null
  const part = (i: number): number => Number(found[i])
  const seconds = utcOf(part(1), part(2), part(3), part(4), part(5), part(6), offsetOf(found[8]))
  if (seconds === null) return null
  return seconds + Math.floor(Number(`0.${found[7] ?? '0'}`) * 1000 + 1e-6)
}

function fromNumber(value: number): number | null {
  if (!Number.isFinite(value) || value < 0 || value > 8.64e15) return null
  return Math.round(value < LARGEST_SECONDS ? value * 1000 : value)
}

function offsetOf(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0
  const digits = zone.replace(':', '')
  const minutes = Number(digits.slice(1, 3)) * 60 + Number(digits.slice(3, 5))
  return digits.startsWith('-') ? -minutes : minutes
}
