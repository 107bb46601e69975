import type { Db } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { credentialStore } from './credentials.ts'
import { irrecoverable } from './domain.ts'
import { orgHandlers } from './http.ts'
import { staffHandlers } from './staff-http.ts'

export { levelOf, parentOf, rolesTogether } from './domain.ts'

/** Accounts of which nobody could replace a password or second factor, for whoever looks the installation over. */
export async function accountsNobodyRecovers(system: Db) {
  return irrecoverable(await credentialStore(system).active()).map(({ account, lost }) => ({
    login: account.login,
    lost,
  }))
}

/** Units of the five-level tree, accounts, roles (三员分离), recovery of a lost second factor by two people. */
export function orgs(house: House): Room {
  return { http: [orgHandlers(), staffHandlers(house)] }
}
