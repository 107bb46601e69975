import { maskIdentity, maskPhone } from '@zhijiao/law/identity'
import type { Vault } from '../core/vault.ts'
import { plainPhone } from './domain.ts'

/** How identity and phone numbers are kept: sealed, found again by a keyed hash, shown masked. */
export const keepingOf = (vault: Vault) => ({
  identity: (number: string) => ({
    identity_cipher: vault.seal('identity', number),
    identity_blind: vault.blind('identity', number),
    identity_tail: number.slice(-3),
  }),
  phone: (given: string | null | undefined) => {
    const number = plainPhone(given)
    return number === null
      ? { phone_cipher: null, phone_blind: null, phone_tail: null }
      : {
          phone_cipher: vault.seal('phone', number),
          phone_blind: vault.blind('phone', number),
          phone_tail: number.slice(-4),
        }
  },
  blindIdentity: (given: string) => vault.blind('identity', given),
  blindPhone: (given: string) => vault.blind('phone', plainPhone(given) ?? ''),
  openIdentity: (cipher: Buffer) => vault.open('identity', cipher),
  openPhone: (cipher: Buffer | null) => (cipher ? vault.open('phone', cipher) : null),
  maskedIdentity: (cipher: Buffer) => maskIdentity(vault.open('identity', cipher)),
  maskedPhone: (cipher: Buffer | null) => (cipher ? maskPhone(vault.open('phone', cipher)) : null),
})
export type Keeping = ReturnType<typeof keepingOf>
