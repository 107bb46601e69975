import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Chance } from './clock.ts'

/**
 * Keeps what must not lie open: identity numbers, phone numbers, second-factor secrets, device secrets.
 * AES-256-GCM with a key per purpose derived (HKDF-SHA256) from the installation's one master key.
 */
export interface Vault {
  seal(purpose: string, text: string): Buffer
  open(purpose: string, sealed: Buffer): string
  /** Keyed hash by which a sealed value is found again without being opened. Same text, same hash. */
  blind(purpose: string, text: string): Buffer
  /** A key for another mechanism (cookies, database roles); same master, same key. */
  key(purpose: string): Buffer
}

export function vaultOf(master: Buffer, chance: Pick<Chance, 'bytes'>): Vault {
  const keys = new Map<string, Buffer>()
  const key = (purpose: string): Buffer => {
    const known = keys.get(purpose)
    if (known) return known
    const made = Buffer.from(hkdfSync('sha256', master, 'zhijiao', purpose, 32))
    keys.set(purpose, made)
    return made
  }
  return {
    key,
    seal(purpose, text) {
      const iv = chance.bytes(12)
      const cipher = createCipheriv('aes-256-gcm', key(`seal:${purpose}`), iv)
      return Buffer.concat([Buffer.from([1]), iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()])
    },
    open(purpose, sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key(`seal:${purpose}`), sealed.subarray(1, 13))
      decipher.setAuthTag(sealed.subarray(sealed.length - 16))
      return Buffer.concat([decipher.update(sealed.subarray(13, sealed.length - 16)), decipher.final()]).toString(
        'utf8',
      )
    },
    blind: (purpose, text) =>
      createHmac('sha256', key(`blind:${purpose}`))
        .update(text.trim().toUpperCase())
        .digest(),
  }
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
