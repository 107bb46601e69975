import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { type AccountDoors, accountHandlers } from './http.ts'

export { signInGuard } from './guard.ts'
export { refuseWeak } from './password.ts'

/** Signing in and out, own password, own second factor. Called `account` in its promises: it works while something is owed. */
export function accounts(house: House, doors: AccountDoors): Room {
  return { http: [accountHandlers(house, doors)] }
}
