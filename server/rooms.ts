import { accounts } from './accounts/index.ts'
import type { House } from './core/house.ts'
import type { Room } from './core/room.ts'
import { evidenceRoom } from './evidence/index.ts'
import { retention } from './retention/index.ts'
import { systemRoom } from './system/index.ts'

/** The rooms in reading order, each given the doors of the rooms it may use. */
export function furnish(house: House): readonly Room[] {
  const rooms: readonly Room[] = [accounts(house), evidenceRoom(house), retention(house)]
  return [...rooms, systemRoom(house, rooms)]
}
