import type { Db, ScopedDb } from '../../core/db.ts'
import { approvalsIn } from './approval-store.ts'
import { episodesIn } from './episode-store.ts'
import { outagesIn } from './outage-store.ts'
import { presencesIn } from './presence-store.ts'
import { runningIn } from './running-store.ts'

export type { Waiting } from './episode-store.ts'
export type { OutageSpan } from './outage-store.ts'
export type { Mark, PresenceRow } from './presence-store.ts'
export type { Latest } from './running-store.ts'

/** The engine's SQL, through one connection or in one transaction. */
export const engineStore = (db: ScopedDb | Db) => ({
  ...episodesIn(db),
  ...approvalsIn(db),
  ...presencesIn(db),
  ...runningIn(db),
  ...outagesIn(db),
})
export type EngineStore = ReturnType<typeof engineStore>

type Writes = Extract<
  keyof EngineStore,
  'put' | 'message' | 'putPresence' | 'putMarks' | 'beat' | 'addOutage' | 'endOutage'
>
/** What the engine asks without a transaction; what it writes goes through its turn. */
export type Readings = Omit<EngineStore, Writes>
