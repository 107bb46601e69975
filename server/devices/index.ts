import type { DeviceKind, EndReason } from '@zhijiao/contract/devices'
import type { CivilDate } from '@zhijiao/law/civil-date'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Refusal } from '../core/refusals.ts'
import type { Inside, Room } from '../core/room.ts'
import { activationHandlers } from './activations.ts'
import { commander, type Wish } from './commanding.ts'
import { ender, type OnEnded, runTermClock } from './ending.ts'
import { deviceHandlers } from './http.ts'
import { shortenTerms } from './shortening.ts'
import { type ActivationRow, activationStore } from './store.ts'
import { type TermActs, termActs } from './terms.ts'

export type { Wish } from './commanding.ts'
export { ceilingOf, fitsRegime, mayBePositioned } from './domain.ts'
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
  proofEveryMs,
  type Registry,
} from './registry.ts'
export { newSecret, openSecret, sealSecret } from './secret.ts'
export type { ActivationRow } from './store.ts'
export type { By, TermActs } from './terms.ts'

/** What other rooms may ask of this one. */
export interface DevicesDoor {
  /**
   * Sends a command as soon as the caller's transaction commits. Returns its id, or the refusal when the running term
   * does not allow it (a burst under the information check).
   */
  command(db: ScopedDb, wish: Wish): Promise<string | Refusal>
  /** Article 29 terms for approvals of other rooms: the same acts as the activations' own desk. */
  readonly terms: TermActs
  /** The term that a matter asked for, and the running terms of a person. */
  termOf(db: ScopedDb, matter: string): Promise<ActivationRow | null>
  running(db: ScopedDb, personId: string): Promise<readonly ActivationRow[]>
  /** One term, and every term of a person, whatever became of it. */
  term(db: ScopedDb, id: string): Promise<ActivationRow | null>
  termsOf(db: ScopedDb, personId: string): Promise<readonly ActivationRow[]>
  /** A device by its number. */
  find(db: ScopedDb, identity: string): Promise<{ id: string; kind: DeviceKind; holder_id: string | null } | null>
  /** Called inside the transaction that ends a term, for whatever must settle with it. Returns what takes it back. */
  onEnded(listener: OnEnded): () => void
  /** Ends every running term of a person in the caller's transaction: release, custody, death, transfer. Returns how many. */
  endAll(
    inside: Inside,
    personId: string,
    end: { at: number; reason: EndReason; note?: string; by: string },
  ): Promise<number>
  /** The person's correction ends sooner: cuts his running terms to its last day in the caller's transaction. */
  shorten(inside: Inside, personId: string, lastDay: CivilDate): Promise<number>
}

/** Devices 终端 and activations 定位启用: inventory, terms and their end, commands. */
export function devices(house: House): Room & DevicesDoor {
  const listeners = new Set<OnEnded>()
  const endTerm = ender(house, listeners)
  const terms = termActs(endTerm)
  return {
    http: [deviceHandlers(house, endTerm), activationHandlers(terms)],
    background: { worker: () => runTermClock(house, listeners) },
    command: commander(house),
    terms,
    termOf: (db, matter) => activationStore(db).ofMatter(matter),
    running: (db, person) => activationStore(db).running({ person }),
    term: (db, id) => activationStore(db).find(id),
    termsOf: (db, person) => activationStore(db).ofPerson(person),
    find: (db, identity) => activationStore(db).byIdentity(identity),
    onEnded(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async endAll(inside, personId, end) {
      const running = await activationStore(inside.db).running({ person: personId })
      for (const term of running) await endTerm(inside, term, end)
      return running.length
    },
    shorten: shortenTerms,
  }
}
