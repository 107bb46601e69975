import { obligationKinds } from '@zhijiao/contract/obligations'
import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind } from '../core/tasks.ts'
import { obligationHandlers } from './http.ts'
import { watchDuties } from './jobs.ts'
import { cards, officeTasks, taskKindOf } from './kinds.ts'

export { obligationActs } from './acts.ts'
export { everyIn, everySaid } from './periods.ts'

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
