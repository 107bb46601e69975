import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { lawHandlers, settingHandlers, setupHandlers } from './http.ts'

export { openSetup } from './setup.ts'

/** Settings within their legal bounds, local parameters of the law by two people, and the first run of an empty installation. */
export function settings(house: House): Room {
  return { http: [settingHandlers(house), setupHandlers(house), lawHandlers(house)] }
}
