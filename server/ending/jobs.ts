import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { isRefusal } from '@zhijiao/law/refusals'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Stop } from '../core/room.ts'
import { inRounds } from '../core/rounds.ts'
import { type Actor, type Matters, mattersIn } from '../procedures/index.ts'
import { endingStore } from './store.ts'

/** Days by which the office has the matter before the law wants the summary done; the clock itself is END-01. */
const leadDays = 14
const everyMs = 10 * 60_000
const atOnce = 100

/**
 * Begins the release of whoever's term ends soon (END-01), each in a transaction of its own. Answers how many. Asking
 * again begins nothing twice: one release of a person runs at a time.
 */
export async function openEndings(house: House): Promise<number> {
  const { system } = house.databases
  const now = house.chance.now()
  const ahead = (await lawFor(house, '', now)).rule('END-01')
  const days = isRefusal(ahead) || typeof ahead.value !== 'number' ? 0 : ahead.value
  let begun = 0
  const near = await system
    .transaction()
    .execute((db) => endingStore(db).nearEnd(plusDays(legalDayOf(now), days + leadDays), atOnce))
  for (const person of near)
    await inItsOwn(house, person.org_code, 'a release was not begun', async (matters, by) => {
      const form = { why: 'expiry', lastDay: person.term_end }
      const { begun: is } = await matters.begin({ kind: 'ending', person: person.id, form }, by)
      if (is) begun++
    })
  return begun
}

/** Counts the releases by the day on which the term ends now, such as after a commutation. Answers how many it counted. */
export async function followTerms(house: House): Promise<number> {
  const moved = await house.databases.system.transaction().execute((db) => endingStore(db).moved(atOnce))
  for (const { id, org_code, term_end } of moved)
    await inItsOwn(house, org_code, 'a release was not counted anew', (matters, by) =>
      matters.recount(id, `按矫正止日 ${term_end} 计算`, by),
    )
  return moved.length
}

/** One matter in a transaction of its own: one that fails leaves the others alone. */
async function inItsOwn(
  house: House,
  org: string,
  failed: string,
  act: (matters: Matters, by: Actor) => Promise<void>,
): Promise<void> {
  try {
    await house.databases.system.transaction().execute(async (db) => {
      const law = await lawFor(house, org, house.chance.now())
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      await act(mattersIn({ db, ledger }, house), { id: '', name: '系统', roles: [], unit: org })
    })
  } catch (error) {
    house.log.error({ org, err: error instanceof Error ? error.message : '' }, failed)
  }
}

/** As a job of the worker: at the start and every ten minutes. */
export async function watchTerms(house: House): Promise<Stop> {
  return inRounds(house, { everyMs, waits: 'terms were not read' }, async (going) => {
    while (going() && (await openEndings(house)) === atOnce);
    if (going()) await followTerms(house)
  })
}
