import { plusWorkingDays } from '@zhijiao/law/calendar'
import { type CivilDate, civilDate, plusDays } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import { isRefusal } from '@zhijiao/law/refusals'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { type NewTask, tasksIn } from '../core/tasks.ts'
import { termWatches } from './domain.ts'
import { officeTasks } from './kinds.ts'
import { lengthSaid, readEvery } from './periods.ts'
import type { Swept } from './store.ts'

/** Days after reception within which a file that lacks something is watched; older files are another matter. */
const entryDays = 60

/**
 * What the worker watches for the office: a temporary service whose term nears its end (S0.38), a person who was received
 * and whose electronic file is not complete (LOC-01). Each opens its task once.
 */
export async function watchOffice(
  house: House,
  person: Swept,
  law: Law,
  today: CivilDate,
  openEntry: string | undefined,
): Promise<void> {
  for (const { slot } of termWatches(person, law.text('SET-28'), today)) {
    const ahead = readEvery(slot.split('/')[1] ?? '')
    await once(house, person, law, 'termEnd', slot, {
      kind: officeTasks.termEnd,
      title: {
        zh: `${person.name}：暂予监外执行 ${person.termEnd} 期满，请提前评估情形是否消失、是否提请收监`,
        en: `${person.name}: temporary service ends on ${person.termEnd}; assess whether its cause is gone and recommittal is due`,
      },
      level: 2,
      rule: 'REV-10',
      dueDay: {
        on: person.termEnd,
        said: {
          zh: `期满日${ahead ? `；按本地设置提前 ${lengthSaid(ahead).zh}提示` : ''}`,
          en: `the last day of the term${ahead ? `; told ${lengthSaid(ahead).en} ahead by the local setting` : ''}`,
        },
      },
    })
  }
  await watchEntry(house, person, law, today, openEntry)
}

/** 新入矫未建档: received, and after the days of the local parameter the file still lacks something. */
async function watchEntry(
  house: House,
  person: Swept,
  law: Law,
  today: CivilDate,
  open: string | undefined,
): Promise<void> {
  const entered = person.receivedOn
  if (open !== undefined && (person.lacks.length === 0 || person.state !== 'inCorrection'))
    return closeEntry(house, person, law, open)
  if (open !== undefined || !entered || person.imported || person.state !== 'inCorrection' || person.lacks.length === 0)
    return
  if (entered > today || plusDays(entered, entryDays) < today) return
  const days = law.number('LOC-01', 3)
  const due = plusWorkingDays(law.calendar, entered, days)
  // In a year without its notice the days are counted as they come: earlier, never later.
  const on = isRefusal(due) ? plusDays(entered, days) : civilDate(due)
  await once(house, person, law, 'entry', entered, {
    kind: officeTasks.entry,
    title: {
      zh: `${person.name}：新入矫档案未建齐，尚缺${person.lacks.map((l) => l.zh).join('、')}`,
      en: `${person.name}: file of a new entrant lacks ${person.lacks.map((l) => l.en).join(', ')}`,
    },
    dueDay: {
      on,
      from: entered,
      said: {
        zh: `入矫后 ${days} 个工作日内（地方参数 LOC-01）`,
        en: `${days} working days after entry (local parameter LOC-01)`,
      },
    },
  })
}

async function closeEntry(house: House, person: Swept, law: Law, slot: string): Promise<void> {
  await house.databases.system.transaction().execute(async (db) => {
    const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
    const tasks = tasksIn(db, house, ledger)
    const task = await tasks.of(officeTasks.entry, person.id)
    if (task) await tasks.finish(task, 'complete')
    await db
      .updateTable('office_watch')
      .set({ closed_at: new Date(house.chance.now()) })
      .where('person_id', '=', person.id)
      .where('kind', '=', 'entry')
      .where('slot', '=', slot)
      .execute()
  })
}

/** Opens a task of the person's officer for a slot that has had none. */
async function once(
  house: House,
  person: Swept,
  law: Law,
  kind: string,
  slot: string,
  wish: Pick<NewTask, 'kind' | 'title' | 'level' | 'rule' | 'dueDay'>,
): Promise<void> {
  const key = { person_id: person.id, kind, slot }
  const { system } = house.databases
  const there = await system
    .selectFrom('office_watch')
    .select('slot')
    .where('person_id', '=', person.id)
    .where('kind', '=', kind)
    .where('slot', '=', slot)
    .executeTakeFirst()
  if (there) return
  await system.transaction().execute(async (db) => {
    const added = await db
      .insertInto('office_watch')
      .values({ ...key, task_id: null, opened_at: new Date(house.chance.now()), closed_at: null })
      .onConflict((c) => c.columns(['person_id', 'kind', 'slot']).doNothing())
      .executeTakeFirst()
    if (Number(added.numInsertedOrUpdatedRows ?? 0) === 0) return
    const ledger = ledgerIn(db, house.chance, { id: null, name: 'system:worker', lawRevision: law.revision })
    const { id } = await tasksIn(db, house, ledger).open({
      ...wish,
      org: person.org,
      person: person.id,
      subject: person.id,
      ownerRole: 'officer',
      ...(person.officer ? { owner: person.officer } : {}),
    })
    await db
      .updateTable('office_watch')
      .set({ task_id: id })
      .where('person_id', '=', person.id)
      .where('kind', '=', kind)
      .where('slot', '=', slot)
      .execute()
  })
}
