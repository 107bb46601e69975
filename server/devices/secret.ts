import type { Protocol } from '@zhijiao/contract/devices'
import type { Chance } from '../core/clock.ts'
import type { Vault } from '../core/vault.ts'

const purpose = 'device:secret'
/** No letters and digits that are mistaken for each other when they are typed into a device. */
const alphabet = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'

/** Protocols that carry a secret: an authentication code, a password, a key, or a signature. GT06 and the watch text carry none. */
export function carriesSecret(protocol: Protocol): boolean {
  return protocol !== 'gt06' && protocol !== 'watch'
}

/** A new secret, 20 characters of 31 (99 bits). */
export function newSecret(chance: Pick<Chance, 'bytes'>): string {
  let text = ''
  while (text.length < 20)
    for (const byte of chance.bytes(32)) {
      // Only whole rounds of the alphabet, so that every letter is as likely.
      if (byte < alphabet.length * 8 && text.length < 20) text += alphabet[byte % alphabet.length] ?? ''
    }
  return text
}

export const sealSecret = (vault: Vault, secret: string): Buffer => vault.seal(purpose, secret)
export const openSecret = (vault: Vault, sealed: Buffer): string => vault.open(purpose, sealed)
