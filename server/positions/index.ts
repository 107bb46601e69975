import type { ReceivedFix } from '@zhijiao/geo/track'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Room, Stop } from '../core/room.ts'
import { Rulebook } from '../core/rulebook.ts'
import type { Arrival, ArrivalSource, Contact } from './arrival.ts'
import { runCompaction } from './compaction.ts'
import { gatesOf, shippedGates } from './gates.ts'
import { positionHandlers } from './http.ts'
import { Ingest } from './ingest.ts'
import { readDay } from './read.ts'
import { runSealing } from './sealing.ts'
import { followArrivals, storedArrivals, tellContacts } from './source.ts'
import { InboxWriter, keepPartitions } from './writer.ts'

export { type Arrival, type ArrivalSource, type ArrivedEvent, type Contact, EventFlag } from './arrival.ts'
export { daysAside, foldAside } from './aside.ts'
export { readCells } from './cells.ts'
export { compactAll, compactOnce, oldestUnfolded } from './compaction.ts'
export { cellFixOf, fixOf } from './convert.ts'
export { gatesOf } from './gates.ts'
export type { Ingest, Waiting } from './ingest.ts'
export { judge, promptMs, type RefusalReason, Standing, termAt } from './judge.ts'
export { counted } from './metrics.ts'
export { type ReadDay, readDay } from './read.ts'
export { sealDays } from './sealing.ts'
export { judgedBy, versionsOf } from './stretches.ts'
export { lookAtDay, type Onlooker, reasonFor } from './view.ts'
export { faultSays } from './words.ts'

/** What other rooms may ask of this one. */
export interface PositionsDoor {
  /** What became durable, for the engine. */
  readonly arrivals: ArrivalSource
  /** One person's legal day in time order, as far as the caller's transaction may see it; empty otherwise. */
  track(db: ScopedDb, person: string, day: string, purpose: string): Promise<readonly ReceivedFix[]>
  /** The group commit, for the gateway alone. */
  openIngest(): Promise<{ ingest: Ingest; stop: Stop }>
}

/** Positions 定位数据: durable ingest, compaction, seals, tracks, latest places, import. */
export function positions(house: House): Room & PositionsDoor {
  const { parts } = house.config
  const arrivalListeners = new Set<(arrivals: readonly Arrival[]) => void>()
  const contactListeners = new Set<(contacts: readonly Contact[]) => void>()
  const tell = <T>(listeners: ReadonlySet<(told: readonly T[]) => void>, told: readonly T[]) => {
    for (const listener of listeners) listener(told)
  }
  const arrivals: ArrivalSource = {
    ...storedArrivals(house),
    onArrivals(listener) {
      arrivalListeners.add(listener)
      return () => arrivalListeners.delete(listener)
    },
    onContacts(listener) {
      contactListeners.add(listener)
      return () => contactListeners.delete(listener)
    },
  }
  const alone = parts.includes('engine')
  return {
    http: [positionHandlers(house)],
    arrivals,
    async track(db, person, day, purpose) {
      const days = await readDay(db, person, day, purpose)
      return days.flatMap((d) => d.fixes).sort((a, b) => a.ts - b.ts || a.receivedAt - b.receivedAt)
    },
    async openIngest() {
      const gates = new Rulebook(gatesOf, shippedGates)
      await gates.read(house)
      const stopPartitions = await keepPartitions(house)
      const writer = new InboxWriter(house, !alone)
      try {
        await writer.open()
      } catch (error) {
        await stopPartitions()
        throw error
      }
      const ingest = new Ingest(house, writer, gates)
      await ingest.readJourneys()
      ingest.onArrivals((told) => tell(arrivalListeners, told))
      ingest.onContacts((told) => {
        tell(contactListeners, told)
        if (!alone) tellContacts(house, told)
      })
      return {
        ingest,
        stop: async () => {
          await ingest.stop()
          await stopPartitions()
        },
      }
    },
    background: {
      worker: async () => {
        const stopCompaction = await runCompaction(house)
        const stopSealing = await runSealing(house)
        return async () => {
          await stopCompaction()
          await stopSealing()
        }
      },
      // An engine beside its gateway hears in memory; other gateways' flushes it reads from the inbox.
      engine: async () =>
        followArrivals(house, parts.includes('gateway') ? house.config.shard : null, {
          arrivals: (told) => tell(arrivalListeners, told),
          contacts: (told) => tell(contactListeners, told),
        }),
    },
  }
}
