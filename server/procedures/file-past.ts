import { procedures } from '@zhijiao/contract/procedures/all'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { markSetAside } from '../people/index.ts'
import { fileEnded } from './filing.ts'
import { practiceOf } from './practice.ts'
import { matterStore } from './store.ts'

const everyMs = 24 * 3_600_000
const atOnce = 200

/**
 * Files what matters settled before their business filed by itself, in the file of each person, once (existing
 * installations). What is filed is not looked at again. Answers how many matters were looked at.
 */
export async function filePast(house: House, going: () => boolean = () => true): Promise<number> {
  const { system } = house.databases
  const ends = procedures.flatMap(({ id }) => Object.keys(practiceOf(id).files ?? {}).map((end) => [id, end] as const))
  let seen = 0
  let after: string | null = null
  while (going()) {
    const rows = await system.transaction().execute((db) => matterStore(db).unfiled(ends, after, atOnce))
    const last = rows.at(-1)
    if (!last) break
    after = last.id
    seen += rows.length
    for (const row of rows)
      try {
        await system.transaction().execute(async (db) => {
          const law = await lawFor(house, row.org_code, house.chance.now())
          const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
          await fileEnded({ db, ledger }, house, [row])
        })
      } catch (error) {
        house.log.error({ matter: row.id, err: error instanceof Error ? error.message : '' }, 'not filed')
      }
  }
  const contested = await system.transaction().execute((db) => matterStore(db).setAside(null))
  for (const { cause_id, id, ended_at, org_code } of contested)
    await system.transaction().execute(async (db) => {
      const law = await lawFor(house, org_code, house.chance.now())
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      if (cause_id) await markSetAside({ db, ledger }, cause_id, id, ended_at?.getTime() ?? house.chance.now())
    })
  return seen
}

/** As a job of the worker: at the start and once a day. */
export async function watchPast(house: House): Promise<Stop> {
  return inRounds(house, { everyMs, waits: 'past matters were not filed' }, async (going) => {
    await filePast(house, going)
  })
}
