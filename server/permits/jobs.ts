import { endOfLegalDay, legalDayOf } from '@zhijiao/law/civil-date'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import type { Stop } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { wallTime } from '../core/wall-time.ts'
import { type Actor, type Matters, mattersIn } from '../procedures/index.ts'
import { awayStore } from './away-store.ts'
import { exitBanStore } from './exit-ban-store.ts'
import { contactDays } from './hints.ts'
import { passStore } from './practices/passes.ts'
import { carryImportedTravel } from './practices/travel.ts'
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
      .then(() => callContacts(house))
      .then(() => carryImportedTravel(house))
      .then(() => callExpiringTravel(house))
      .then(() => liftBans(house))
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
    for (const leave of await store.overstayed(legalDayOf(now), now)) {
      const law = await lawFor(house, leave.org_code, now)
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      const { name } = await store.person(leave.person_id)
      const opened = await tasksIn(db, house, ledger).open({
        kind: 'leave.return',
        org: leave.org_code,
        person: leave.person_id,
        subject: leave.id,
        title: leave.recalled_until
          ? {
              zh: `${name}：责令 ${wallTime(leave.recalled_until.getTime())} 前返回，未销假`,
              en: `${name}: ordered back by ${wallTime(leave.recalled_until.getTime())}, no return reported`,
            }
          : {
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
          payload: {
            lastDay: leave.until_day,
            ...(leave.recalled_until ? { recalledUntil: leave.recalled_until.toISOString() } : {}),
          },
        })
    }
  })
}

/** 外出期间监管: whoever on leave was not spoken to for as long as is set becomes a task of his officer (LVE-10). */
export async function callContacts(house: House): Promise<void> {
  const now = house.chance.now()
  const today = legalDayOf(now)
  await house.databases.system.transaction().execute(async (db) => {
    // The number of days differs by place; the least that may be set finds everybody it could concern.
    for (const leave of await awayStore(db).uncontacted(today, new Date(now - 86_400_000))) {
      const law = await lawFor(house, leave.org_code, now)
      const days = contactDays(law)
      const silent = Math.floor((now - leave.last.getTime()) / 86_400_000)
      if (silent < days) continue
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      await tasksIn(db, house, ledger).open({
        kind: 'leave.contact',
        org: leave.org_code,
        person: leave.person_id,
        subject: leave.id,
        title: {
          zh: `${leave.name}：外出期间已 ${silent} 日未联系，请电话或视频核查`,
          en: `${leave.name}: on leave, not spoken to for ${silent} days; call`,
        },
        dueAt: endOfLegalDay(today),
        rule: 'LVE-10',
        ...(leave.officer ? { owner: leave.officer } : {}),
        ownerRole: leave.org_code.length === 9 ? 'officer' : 'county',
        unit: leave.org_code,
      })
    }
  })
}

/** How long before the end of a travel approval the officer is told, days. */
const travelAheadDays = 14

/** 经常性跨市县活动到期: the approval ends and nothing was asked for after it (LVE-12). */
export async function callExpiringTravel(house: House): Promise<void> {
  const now = house.chance.now()
  await house.databases.system.transaction().execute(async (db) => {
    const expiring = await passStore(db).expiring(new Date(now + travelAheadDays * 86_400_000), new Date(now))
    for (const { matter, person, name, org, officer, until } of expiring) {
      const law = await lawFor(house, org, now)
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      const last = legalDayOf(until.getTime() - 1)
      await tasksIn(db, house, ledger).open({
        kind: 'leave.travelExpiry',
        org,
        person,
        subject: matter,
        title: {
          zh: `${name}：经常性跨市县活动批准至 ${last}，需继续的重新申请`,
          en: `${name}: recurrent travel is approved until ${last}; ask again if it goes on`,
        },
        dueAt: until.getTime(),
        rule: 'LVE-12',
        ...(officer ? { owner: officer } : {}),
        ownerRole: org.length === 9 ? 'officer' : 'county',
        unit: org,
      })
    }
  })
}

/**
 * 撤销不准出境报备: begins, once, for whoever was released or pardoned, or is dead, with a reported ban (LVE-14). Whoever goes
 * to prison still serves a sentence: his ban stays, and a lifting that was begun for him is dropped.
 */
export async function liftBans(house: House): Promise<void> {
  const { system } = house.databases
  const matters = async (org: string, act: (matters: Matters, by: Actor) => Promise<unknown>) => {
    const law = await lawFor(house, org, house.chance.now())
    await system.transaction().execute((db) => {
      const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
      return act(mattersIn({ db, ledger }, house), { id: '', name: '系统', roles: [], unit: org.slice(0, 6) })
    })
  }
  for (const { id, org } of await exitBanStore(system).liftedTooSoon(100))
    await matters(org, (m, by) => m.settle(id, 'settled', '刑罚未执行完毕，不准出境报备继续有效', by))
  for (const { cause, person, org, why } of await exitBanStore(system).toLift(100))
    await matters(org, (m, by) => m.begin({ kind: 'exitBanLifting', person, form: { why }, cause }, by))
}
