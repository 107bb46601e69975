import { maskIdentity, maskPhone } from '@zhijiao/law/identity'
import type { Vault } from '../core/vault.ts'
import { type Likeness, plainPhone } from './domain.ts'

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
  /** What a number may be filed under: one hash, and more while a master key is being changed. */
  blindsIdentity: (given: string) => vault.blinds('identity', given),
  blindsPhone: (given: string) => vault.blinds('phone', plainPhone(given) ?? ''),
  /** What two files are compared by, whichever key each is sealed with. */
  likeness: (row: {
    readonly id: string
    readonly name: string
    readonly birth_date: string
    readonly identity_cipher: Buffer
    readonly phone_cipher: Buffer | null
  }): Likeness => ({
    id: row.id,
    name: row.name,
    birthDate: row.birth_date,
    identityBlind: vault.blind('identity', vault.open('identity', row.identity_cipher)),
    phoneBlind: row.phone_cipher ? vault.blind('phone', vault.open('phone', row.phone_cipher)) : null,
  }),
  openIdentity: (cipher: Buffer) => vault.open('identity', cipher),
  openPhone: (cipher: Buffer | null) => (cipher ? vault.open('phone', cipher) : null),
  maskedIdentity: (cipher: Buffer) => maskIdentity(vault.open('identity', cipher)),
  maskedPhone: (cipher: Buffer | null) => (cipher ? maskPhone(vault.open('phone', cipher)) : null),
})
export type Keeping = ReturnType<typeof keepingOf>
