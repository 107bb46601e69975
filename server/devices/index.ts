import type { EndReason } from '@zhijiao/contract/devices'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Refusal } from '../core/refusals.ts'
import type { Inside, Room } from '../core/room.ts'
import { activationHandlers } from './activations.ts'
import { commander, type Wish } from './commanding.ts'
import { ender, type OnEnded, runTermClock } from './ending.ts'
import { deviceHandlers } from './http.ts'
import { activationStore } from './store.ts'

export type { Wish } from './commanding.ts'
export { type EndedTerm, endDueTerms, type OnEnded } from './ending.ts'
export { plainIdentity } from './identity.ts'
export {
  cellsChannel,
  commandsChannel,
  devicesChannel,
  graceMs,
  type KnownActivation,
  type KnownDevice,
  openRegistry,
  type Registry,
} from './registry.ts'
export { newSecret, openSecret, sealSecret } from './secret.ts'

/** What other rooms may ask of this one. */
export interface DevicesDoor {
  /**
   * Sends a command as soon as the caller's transaction commits. Returns its id, or the refusal when the running term
   * does not allow it (a burst under the information check).
   */
  command(db: ScopedDb, wish: Wish): Promise<string | Refusal>
  /** Called inside the transaction that ends a term, for whatever must settle with it. Returns what takes it back. */
  onEnded(listener: OnEnded): () => void
  /** Ends every running term of a person in the caller's transaction: release, custody, death, transfer. Returns how many. */
  endAll(
    inside: Inside,
    personId: string,
    end: { at: number; reason: EndReason; note?: string; by: string },
  ): Promise<number>
}

/** Devices 终端 and activations 定位启用: inventory, terms and their end, commands. */
export function devices(house: House): Room & DevicesDoor {
  const listeners = new Set<OnEnded>()
  const endTerm = ender(house, listeners)
  return {
    http: [deviceHandlers(house, endTerm), activationHandlers(endTerm)],
    background: { worker: () => runTermClock(house, listeners) },
    command: commander(house),
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async endAll(inside, personId, end) {
      const running = await activationStore(inside.db).running({ person: personId })
      for (const term of running) await endTerm(inside, term, end)
      return running.length
    },
  }
}
