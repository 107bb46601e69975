import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { orgHandlers } from './http.ts'
import { staffHandlers } from './staff-http.ts'

export { levelOf, parentOf, rolesTogether } from './domain.ts'

/** Units of the five-level tree, accounts, roles (三员分离), recovery of a lost second factor by two people. */
export function orgs(house: House): Room {
  return { http: [orgHandlers(), staffHandlers(house)] }
}
