import { type CivilDate, civilDate, legalDayOf, startOfLegalDay } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import { sql } from 'kysely'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { supervised } from '../core/tasks/domain.ts'
import { obligationActs } from './acts.ts'
import { type Becomes, becomes, type Last, type ObligationKind, type Wanted, wantedOf } from './domain.ts'
import { cards, taskKindOf } from './kinds.ts'
import { obligationStore, type RunningObligation, type Swept } from './store.ts'
import { watchOffice } from './watch.ts'

const worker = { id: null, name: 'system:worker' } as const
const restWords = { custody: '被羁押', away: '经批准外出' } as const

/** Brings the duties of these persons up to what their files say today. Doing it twice changes nothing. */
export async function sweepPersons(house: House, people: readonly Swept[]): Promise<void> {
  const today = legalDayOf(house.chance.now())
  const read = obligationStore(house.databases.system)
  const ids = people.map((p) => p.id)
  const lasts = await read.lasts(ids)
  const running = await read.running(ids)
  const shown = new Set((await read.shownDone(ids, today)).map((e) => e.person))
  const entries = await read.entryWatches(ids)
  for (const person of people) {
    const law = await lawFor(house, person.org, house.chance.now())
    const stale = (running.get(person.id) ?? []).some((row) => {
      const { is } = next(row, person, law, today)
      return is === 'rests' ? !row.paused_at : is !== 'runs' || row.paused_at !== null
    })
    const wants = wantedOf(person, lasts.get(person.id) ?? none, law, today)
    const fresh = wants.some((w) => !sameSlot(lasts.get(person.id)?.get(w.kind), w))
    if (stale || fresh || shown.has(person.id)) await sweepOne(house, person, law, today)
    await watchOffice(house, person, law, today, entries.get(person.id))
  }
}

const none: ReadonlyMap<ObligationKind, Last> = new Map()
const sameSlot = (last: Last | undefined, wanted: Wanted) => last?.slot === wanted.slot
const next = (row: RunningObligation, person: Swept, law: Law, today: CivilDate): Becomes =>
  becomes(
    {
      kind: row.kind,
      slot: row.slot,
      from: civilDate(row.from_day),
      due: civilDate(row.due_on),
      lastDay: civilDate(row.clock_on ?? row.due_on),
    },
    person,
    law,
    today,
  )

/** One person in a transaction of its own, one worker at a time: what was shown done, what goes on, what begins. */
async function sweepOne(house: House, person: Swept, law: Law, today: CivilDate): Promise<void> {
  const now = house.chance.now()
  await house.databases.system.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`obligation ${person.id}`}))`.execute(db)
    const ledger = ledgerIn(db, house.chance, { ...worker, lawRevision: law.revision })
    const { store, tasks, fulfil, drop } = obligationActs(db, house, ledger)

    for (const { id, on, by, part } of await store.shownDone([person.id], today)) {
      const officer = by
        ? await db.selectFrom('staff').select(['id', 'name']).where('id', '=', by).executeTakeFirst()
        : undefined
      await fulfil(await store.get(id), officer ?? worker, { on, shownBy: part })
    }

    for (const row of (await store.running([person.id])).get(person.id) ?? []) {
      const becoming = next(row, person, law, today)
      if (becoming.is === 'dropped') await drop(row, becoming.why)
      else if (becoming.is === 'fulfilled') {
        const on = becoming.on < row.from_day ? row.from_day : becoming.on
        await fulfil(row, worker, { on: on > today ? today : on })
      } else if (becoming.is === 'rests' && !row.paused_at)
        await tasks.pauseClock(await tasks.get(row.task_id), null, {
          cause: becoming.cause,
          reason: restWords[becoming.cause],
        })
      else if (becoming.is === 'runs' && row.paused_at)
        await tasks.resumeClock(await tasks.get(row.task_id), null, { reason: '原因消失，恢复计时' })
    }

    const had = await store.slots(person.id)
    const lasts = (await store.lasts([person.id])).get(person.id) ?? none
    for (const wish of wantedOf(person, lasts, law, today)) {
      if (had.has(`${wish.kind} ${wish.slot}`)) continue
      const id = house.chance.id()
      const card = cards[wish.kind]
      const opened = await tasks.open({
        kind: taskKindOf(wish.kind),
        org: person.org,
        person: person.id,
        subject: id,
        title: { zh: `${person.name}：${card.zh}`, en: `${person.name}: ${card.en.toLowerCase()}` },
        ownerRole: supervised,
        at: Math.min(now, startOfLegalDay(wish.from)),
        quiet: true,
        ...clockOf(wish),
      })
      await store.add({
        id,
        person_id: person.id,
        org_code: person.org,
        kind: wish.kind,
        slot: wish.slot,
        // What is due ahead of the end of the term may be written any day from now on.
        from_day: wish.kind === 'selfSummary' ? today : wish.from,
        due_on: wish.due,
        rule: wish.rule,
        every: wish.said?.zh ?? null,
        task_id: opened.id,
        state: 'due',
        done_on: null,
        late: false,
        note: '',
        files: [],
        shown_by: null,
        settled_by: null,
        settled_by_name: null,
        settled_at: null,
        missed_at: null,
        outage_min: 0,
        created_at: new Date(now),
        revision: 1,
      })
    }
  })
}

const clockOf = ({ counted, rule, from, due, said }: Wanted) =>
  counted && rule
    ? { due: { rule, from } }
    : { dueDay: { on: due, from, ...(rule ? { rule } : {}), said: said ?? { zh: '本地设置', en: 'set locally' } } }
