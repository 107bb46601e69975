import { createCipheriv, createDecipheriv, createHmac, hkdfSync, timingSafeEqual } from 'node:crypto'
import type { Chance } from './clock.ts'
import { KeyNotGiven, refuse } from './refusals.ts'

/**
 * Seals what must not lie in the database in clear (second-factor secrets, device passwords, identity numbers).
 * AES-256-GCM with a key per purpose derived (HKDF-SHA256) from the installation's one master key. What is sealed names its
 * master key, so that the master can change (主密钥轮换): the present one seals, those of before only open.
 */
export interface Vault {
  /** Names the present master key, 8 hex digits; says nothing of the key. */
  readonly id: string
  seal(purpose: string, text: string): Buffer
  /** @throws Refusal `ZJ_KEY_NOT_GIVEN` for what is sealed with a key that was not given */
  open(purpose: string, sealed: Buffer): string
  /** Keyed hash by which a sealed value is found again without being opened. Same text, same hash. */
  blind(purpose: string, text: string): Buffer
  /** Every hash a value may be filed under: by the present key first, then, until all is rotated, by those of before. */
  blinds(purpose: string, text: string): Buffer[]
  /** A key for another mechanism (cookies, database roles); same master, same key. */
  key(purpose: string): Buffer
}

/** First byte of what is sealed: 1 names no key (from before keys could change), 2 is followed by the four bytes of its id. */
const unnamed = 1
const named = 2
const idBytes = 4

/** The keys that derive from one master. */
function ringOf(master: Buffer) {
  const keys = new Map<string, Buffer>()
  const key = (purpose: string): Buffer => {
    const known = keys.get(purpose)
    if (known) return known
    const made = Buffer.from(hkdfSync('sha256', master, 'zhijiao', purpose, 32))
    keys.set(purpose, made)
    return made
  }
  const blind = (purpose: string, text: string): Buffer =>
    createHmac('sha256', key(`blind:${purpose}`))
      .update(text.trim().toUpperCase())
      .digest()
  return { key, blind, id: blind('installation', 'zhijiao').subarray(0, idBytes) }
}
type Ring = ReturnType<typeof ringOf>

function openedBy(ring: Ring, purpose: string, sealed: Buffer, from: number): string {
  const decipher = createDecipheriv('aes-256-gcm', ring.key(`seal:${purpose}`), sealed.subarray(from, from + 12))
  decipher.setAuthTag(sealed.subarray(sealed.length - 16))
  return Buffer.concat([decipher.update(sealed.subarray(from + 12, sealed.length - 16)), decipher.final()]).toString(
    'utf8',
  )
}

/** @param former masters of before, which only open and find */
export function vaultOf(master: Buffer, chance: Pick<Chance, 'bytes'>, former: readonly Buffer[] = []): Vault {
  const present = ringOf(master)
  const rings = [present, ...former.map(ringOf)]

  /** What names no key belongs to the first; which of those given that is, only trying tells. */
  function openUnnamed(purpose: string, sealed: Buffer): string {
    for (const ring of rings)
      try {
        return openedBy(ring, purpose, sealed, 1)
      } catch {
        // Another key's, or damaged: the tag does not say which.
      }
    throw refuse(KeyNotGiven, { keys: '—' })
  }

  return {
    id: present.id.toString('hex'),
    key: present.key,
    seal(purpose, text) {
      const iv = chance.bytes(12)
      const cipher = createCipheriv('aes-256-gcm', present.key(`seal:${purpose}`), iv)
      return Buffer.concat([
        Buffer.from([named]),
        present.id,
        iv,
        cipher.update(text, 'utf8'),
        cipher.final(),
        cipher.getAuthTag(),
      ])
    },
    open(purpose, sealed) {
      if (sealed[0] === unnamed) return openUnnamed(purpose, sealed)
      const id = sealed.subarray(1, 1 + idBytes)
      const ring = rings.find((r) => r.id.equals(id))
      if (!ring) throw refuse(KeyNotGiven, { keys: id.toString('hex') })
      return openedBy(ring, purpose, sealed, 1 + idBytes)
    },
    blind: present.blind,
    blinds: (purpose, text) => rings.map((ring) => ring.blind(purpose, text)),
  }
}

/** The same vault with keys of its own making for some mechanisms, which outlive the master they derived from. */
export const withKept = (vault: Vault, kept: ReadonlyMap<string, Buffer>): Vault => ({
  ...vault,
  key: (purpose) => kept.get(purpose) ?? vault.key(purpose),
})

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && timingSafeEqual(a, b)
}
