import { createHmac, timingSafeEqual } from 'node:crypto'

/** Header names, lower case. */
export const SIGNATURE_HEADERS = { install: 'x-zj-install', time: 'x-zj-time', signature: 'x-zj-signature' } as const

/** How far a request's time may be from the server's, milliseconds: a phone's clock, and a retry or two. */
export const SIGNATURE_TOLERANCE_MS = 300_000

/** What is signed: install, time and the body as it travels (before any decompression), each behind a line break. */
export interface Signed {
  readonly install: string
  /** Milliseconds UTC, decimal, as the header says it. */
  readonly time: string
  readonly body: Uint8Array
}

/** HMAC-SHA256 under the install's secret, lower-case hexadecimal. */
export function sign(secret: Uint8Array, { install, time, body }: Signed): string {
  return createHmac('sha256', secret).update(`${install}\n${time}\n`).update(body).digest('hex')
}

/** Whether a signature holds and its time is near `now` (milliseconds UTC). Compares in constant time; never throws. */
export function verify(
  secret: Uint8Array,
  signed: Signed,
  signature: string,
  now: number,
): 'ok' | 'badSignature' | 'badTime' {
  const given = Buffer.from(/^[0-9a-f]{64}$/i.test(signature) ? signature : '', 'hex')
  const expected = Buffer.from(sign(secret, signed), 'hex')
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'badSignature'
  const time = /^\d{1,16}$/.test(signed.time) ? Number(signed.time) : Number.NaN
  return Math.abs(now - time) <= SIGNATURE_TOLERANCE_MS ? 'ok' : 'badTime'
}
