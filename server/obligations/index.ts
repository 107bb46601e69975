import { obligationKinds } from '@zhijiao/contract/obligations'
import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import type { Law } from '@zhijiao/law/in-force'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind } from '../core/tasks.ts'
import { obligationHandlers } from './http.ts'
import { injunctionOn } from './injunction.ts'
import { watchDuties } from './jobs.ts'
import { cards, officeTasks, taskKindOf } from './kinds.ts'
import { obligationStore } from './store.ts'

export { obligationActs } from './acts.ts'
export { everyIn, everySaid } from './periods.ts'

/** The injunctions that a person is under on a day, as one stretch; null without one. */
export async function injunctionOf(db: ScopedDb, person: string, law: Law, day: CivilDate) {
  const [standing] = await obligationStore(db).standings({ ids: [person] })
  return standing ? injunctionOn(standing, law, day) : null
}

/** The day by which the medical review that runs is due as its clock stands; null where none runs. */
export async function reviewDue(db: ScopedDb, person: string): Promise<CivilDate | null> {
  const row = (await obligationStore(db).running([person])).get(person)?.find((o) => o.kind === 'medicalReview')
  return row ? civilDate(row.clock_on ?? row.due_on) : null
}

/** Obligations (义务): the same engine of tasks, seen from the side of the supervised person. */
export function obligations(house: House): Room {
  for (const kind of obligationKinds) {
    const { zh, en } = cards[kind]
    declareTaskKind(taskKindOf(kind), { zh, en, may: 'person.edit' })
  }
  declareTaskKind(officeTasks.missed, { zh: '未履行义务核实', en: 'Look into a duty not done', may: 'person.edit' })
  declareTaskKind(officeTasks.termEnd, {
    zh: '暂予监外执行期满提示',
    en: 'Temporary service nears its end',
    may: 'person.edit',
  })
  declareTaskKind(officeTasks.entry, { zh: '新入矫建档', en: 'File of a new entrant', may: 'person.edit' })
  return { http: [obligationHandlers(house)], background: { worker: () => watchDuties(house) } }
}
