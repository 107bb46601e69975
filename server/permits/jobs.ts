import { legalDayOf } from '@zhijiao/law/civil-date'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Stop } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { leaveStore } from './store.ts'

/** How often the worker looks who should be back, milliseconds. */
const tickMs = 30_000

/** 逾期未归: whoever is not reported back after the last day becomes a task of whoever is on duty (LVE-09, LVE-11). */
export async function watchReturns(house: House): Promise<Stop> {
  let stopped = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let tick: Promise<void> = Promise.resolve()
  const start = () => {
    tick = callOverstayed(house)
      .catch((error) =>
        house.log.warn({ why: error instanceof Error ? error.message : '' }, 'leaves not read, trying again'),
      )
      .then(() => {
        if (!stopped) timer = setTimeout(start, tickMs)
      })
  }
  start()
  return async () => {
    stopped = true
    clearTimeout(timer)
    await tick
  }
}

export async function callOverstayed(house: House): Promise<void> {
  const now = house.chance.now()
  await house.databases.system.transaction().execute(async (db) => {
    const store = leaveStore(db)
    for (const leave of await store.overstayed(legalDayOf(now))) {
      const law = await lawFor(house, leave.org_code, now)
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      const { name } = await store.person(leave.person_id)
      const opened = await tasksIn(db, house, ledger).open({
        kind: 'leave.return',
        org: leave.org_code,
        person: leave.person_id,
        subject: leave.id,
        title: {
          zh: `${name}：请假至 ${leave.until_day}，未销假`,
          en: `${name}: leave ended ${leave.until_day}, no return reported`,
        },
        level: 2,
        clockMin: 120,
        rule: 'LVE-09',
      })
      if (opened.opened)
        await ledger.append({
          kind: 'leave.overstayed',
          org: leave.org_code,
          person: leave.person_id,
          subject: leave.id,
          cites: ['LVE-09', 'LVE-11'],
          payload: { lastDay: leave.until_day },
        })
    }
  })
}
