import { Secret, TOTP } from 'otpauth'

/** Time-based one-time codes (RFC 6238): SHA-1, six digits, 30 seconds, as every authenticator app reads them. */
const period = 30
const made = (secret: Secret, label: string) =>
  new TOTP({ issuer: '智矫', label, algorithm: 'SHA1', digits: 6, period, secret })

/** A new secret of 20 bytes and its otpauth address; both are shown once. */
export function newSecondFactor(bytes: Buffer, login: string): { secret: string; uri: string } {
  const secret = new Secret({ buffer: new Uint8Array(bytes).buffer })
  return { secret: secret.base32, uri: made(secret, login).toString() }
}

/** The 30-second step a code belongs to, one step early or late allowed; null when it belongs to none. */
export function stepOf(secret: string, code: string, now: number): number | null {
  const delta = made(Secret.fromBase32(secret), '').validate({ token: code, timestamp: now, window: 1 })
  return delta === null ? null : Math.floor(now / 1000 / period) + delta
}

/** The code of a moment, for tests and for the demonstration's accounts. */
export function codeAt(secret: string, now: number): string {
  return made(Secret.fromBase32(secret), '').generate({ timestamp: now })
}
