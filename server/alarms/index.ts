import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import type { DevicesDoor } from '../devices/index.ts'
import type { ArrivalSource } from '../positions/index.ts'
import type { ClerkDoors } from './engine/clerk.ts'
import { settlingEnded } from './engine/ended.ts'
import { runEngine } from './engine/run.ts'

export { factOf as factOfPast, faultOf as faultOfPast, type Past, putPast } from './desk/past.ts'
export { type Episode, endTerm, type Signal } from './domain.ts'
export type { Asked, ClerkDoors } from './engine/clerk.ts'
export { type RunningEngine, runEngine } from './engine/run.ts'
export { type AlarmKindName, isAlarmKind, type KindRow, kindNames, kindsFor } from './kinds.ts'
export { shippedKinds } from './shipped-kinds.ts'

export interface EpisodeDoors {
  /** What became durable; asked for when the engine starts. */
  readonly arrivals: () => ArrivalSource
  /** Sends a command when the transaction commits; answers a refusal where the term does not allow it. */
  readonly command: DevicesDoor['command']
  /** What must settle in the transaction that ends a term. */
  readonly onEnded: DevicesDoor['onEnded']
}

/** The engine of episodes 警情: presence, silence and reports of devices become episodes, and some of them alarms. */
export function episodes(house: House, doors: EpisodeDoors): Room {
  doors.onEnded(settlingEnded(house))
  const clerk: ClerkDoors = {
    // A refused question (no running term, no burst for a phone) is no error: the ladder goes on without it.
    ask: async ({ db }, asked) => {
      await doors.command(db, {
        deviceId: asked.device,
        personId: asked.person,
        org: asked.org,
        command: asked.command,
        why: asked.why,
        subjectId: asked.episode,
        askedBy: 'engine',
        expiresInMs: asked.expiresAt - house.chance.now(),
      })
    },
  }
  return {
    http: [],
    background: {
      engine: async () => {
        const running = runEngine(house, doors.arrivals(), clerk)
        await running.ready
        return running.stop
      },
    },
  }
}
