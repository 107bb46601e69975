import { legalDayOf } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import type { Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { findMissed } from './missed.ts'
import { obligationStore } from './store.ts'
import { sweepPersons } from './sweep.ts'

/** How often the worker looks whose file changed and whose time is over, milliseconds. */
const tickMs = 3_000
/** Persons of one step of the daily round; small, so that it never weighs on anything else. */
const step = 20
/** How far a look at the ledger reaches back behind the one before: entries that were still being written. */
const overlapMs = 15_000
const first = '00000000-0000-0000-0000-000000000000'

/** The first id that anything written at or after `ms` can have (UUID v7). */
const idsFrom = (ms: number) => {
  const hex = Math.max(0, Math.floor(ms)).toString(16).padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7000-8000-000000000000`
}

/** Everyone once a legal day, and whoever's file the ledger says has changed; then what is missed. */
export async function watchDuties(house: House): Promise<Stop> {
  let day = ''
  let after = first
  let since = house.chance.now()
  return inRounds(house, { everyMs: tickMs, waits: 'duties not read, trying again' }, async () => {
    const today = legalDayOf(house.chance.now())
    if (today !== day) {
      day = today
      after = first
    }
    if (after !== '') after = (await sweepSome(house, after, step)) ?? ''
    const now = house.chance.now()
    await sweepChanged(house, since - overlapMs)
    since = now
    await findMissed(house)
  })
}

/** Sweeps the persons after an id; returns the last of them, null at the end. */
export async function sweepSome(house: House, after: string, many: number): Promise<string | null> {
  const people = await obligationStore(house.databases.system).standings({ after, many })
  await sweepPersons(house, people)
  return people.length < many ? null : (people.at(-1)?.id ?? null)
}

/** Sweeps whoever has an entry in the ledger since an instant, milliseconds UTC. */
export async function sweepChanged(house: House, since: number): Promise<void> {
  const { rows } = await sql<{ person_id: string }>`
    select distinct person_id from ledger_entry
    where id >= ${idsFrom(since)}::uuid and person_id is not null and not imported
      and kind not like 'task.%' and kind not like 'obligation.%' and kind not like 'episode.%' and kind not like 'track.%'
    limit 2000`.execute(house.databases.system)
  if (rows.length === 0) return
  const people = await obligationStore(house.databases.system).standings({ ids: rows.map((r) => r.person_id) })
  await sweepPersons(house, people)
}
