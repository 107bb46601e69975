import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import type { ArrivalSource } from '../positions/arrival.ts'
import type { ClerkDoors } from './engine/clerk.ts'
import { runEngine } from './engine/run.ts'

export { type Episode, endTerm, type Signal } from './domain.ts'
export type { Asked, ClerkDoors } from './engine/clerk.ts'
export { type RunningEngine, runEngine } from './engine/run.ts'
export { type AlarmKindName, isAlarmKind, type KindRow, kindNames, kindsFor, shippedKinds } from './kinds.ts'

/** The engine of episodes 警情: presence, silence and reports of devices become episodes, and some of them alarms. */
export function episodes(house: House, doors: ClerkDoors & { readonly arrivals: () => ArrivalSource }): Room {
  return {
    http: [],
    background: {
      engine: async () => {
        const running = runEngine(house, doors.arrivals(), doors)
        await running.ready
        return running.stop
      },
    },
  }
}
