import { isRuleId } from '@zhijiao/law/rule'
import { sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { announce } from '../core/live.ts'
import { obligationActs } from './acts.ts'
import { outageWithin } from './domain.ts'
import { cards, officeTasks } from './kinds.ts'
import { obligationStore } from './store.ts'

interface Late {
  id: string
  person_id: string
  org_code: string
  due_at: Date
  delivered_at: Date
  name: string
  officer_id: string | null
}

/**
 * Duties whose time is over become a fact and a task of the officer who knows the person; what follows is for people to
 * find, never for the clock. Outages of the platform or the network are taken off first, running ones are waited for.
 */
export async function findMissed(house: House): Promise<number> {
  const now = house.chance.now()
  const { rows } = await sql<Late>`
    select o.id, o.person_id, o.org_code, t.due_at, t.delivered_at, p.name, p.officer_id
    from task t join obligation o on o.task_id = t.id join person p on p.id = o.person_id
    where o.state = 'due' and t.owner_role = 'subject' and t.state in ('open', 'claimed') and t.paused_at is null
      and t.due_at < ${new Date(now)}
    order by t.due_at limit 200`.execute(house.databases.system)
  let missed = 0
  for (const late of rows) {
    const outages = await outagesOf(house, late)
    const lost = outageWithin(late.delivered_at.getTime(), late.due_at.getTime(), outages, now)
    const runsStill = outages.some((o) => o.until === null)
    if (runsStill || now <= late.due_at.getTime() + lost) continue
    if (await miss(house, late, Math.round(lost / 60_000))) missed++
  }
  return missed
}

async function outagesOf(house: House, late: Late): Promise<{ from: number; until: number | null }[]> {
  const { rows } = await sql<{ starts_at: Date; ends_at: Date | null }>`
    select starts_at, ends_at from outage
    where starts_with(${late.org_code}, org_code) and starts_at < ${late.due_at}
      and coalesce(scope->>'of', 'platform') in ('platform', 'network')
      and (ends_at is null or ends_at > ${late.delivered_at})`.execute(house.databases.system)
  return rows.map((o) => ({ from: o.starts_at.getTime(), until: o.ends_at?.getTime() ?? null }))
}

async function miss(house: House, late: Late, outageMin: number): Promise<boolean> {
  const now = house.chance.now()
  const law = await lawFor(house, late.org_code, now)
  return house.databases.system.transaction().execute(async (db) => {
    const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
    const { write, tasks } = obligationActs(db, house, ledger)
    const store = obligationStore(db)
    const row = await store.get(late.id)
    const task = await tasks.get(row.task_id)
    if (row.state !== 'due' || task.paused_at || !task.due_at || task.due_at.getTime() >= now) return false
    const card = cards[row.kind]
    await store.change(row.id, { state: 'missed', missed_at: new Date(now), outage_min: outageMin })
    await tasks.cancel(task, 'missed')
    await write(row, 'missed', { lastDay: task.due_on ?? row.due_on, outageMinutes: outageMin })
    if (!card.elsewhere)
      await tasks.open({
        kind: officeTasks.missed,
        org: row.org_code,
        person: row.person_id,
        subject: row.id,
        title: {
          zh: `${late.name}：未在 ${task.due_on ?? row.due_on} 前${card.zh}，请核实原因`,
          en: `${late.name}: ${card.en.toLowerCase()} not done by ${task.due_on ?? row.due_on}, find out why`,
        },
        level: row.kind === 'firstReport' ? 2 : 3,
        clockMin: law.number('SET-29', 24) * 60,
        rule: card.missed && isRuleId(card.missed) ? card.missed : null,
        ownerRole: 'officer',
        ...(late.officer_id ? { owner: late.officer_id } : {}),
      })
    await announce(db, {
      topic: 'person',
      id: row.person_id,
      org: row.org_code,
      person: row.person_id,
      what: 'obligationMissed',
    })
    return true
  })
}
