import { procedures as described } from '@zhijiao/contract/procedures/all'
import { type Procedure, settled, withdrawn } from '@zhijiao/contract/procedures/describe'
import { mayBeShown } from '../core/apart.ts'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Room } from '../core/room.ts'
import { declareTaskKind, type TaskRow } from '../core/tasks.ts'
import { mayActIn, spoken } from './domain.ts'
import { watchPast } from './file-past.ts'
import { matterHandlers } from './http.ts'
import { taskKindOf } from './matters.ts'
import { practiceOf } from './practice.ts'
import { standingOf } from './standing.ts'
import { type MatterRow, matterStore } from './store.ts'
import { described as procedureNamed } from './work.ts'

export { decisionOf, objectionTo } from './contest.ts'
export { filePast } from './file-past.ts'
export { needed } from './fill.ts'
export type { Form } from './form.ts'
export { hint } from './hint.ts'
export { actorOf } from './http.ts'
export { type Material, materialBlanks } from './materials.ts'
export { type Actor, type Matters, mattersIn, taskKindOf, type Wish } from './matters.ts'
export { answered, declareOrigin, type Origin } from './origin.ts'
export { blanksOf, dayWritten } from './papers.ts'
export {
  type BlankValue,
  declarePractice,
  type Effect,
  type EndedMatter,
  type Filed,
  type Moment,
  type Person,
  type Practice,
  type Weighing,
} from './practice.ts'
export type { MatterRow, PassageRow } from './store.ts'

/** The matter of a kind that a person has running, where there is one. */
export const runningMatter = (db: ScopedDb, person: string, kind: string): Promise<{ id: string } | undefined> =>
  matterStore(db).runningOf(person, kind)

/** Whether somebody spoke for a matter as it stands, since it last came back; who registered it is not asked. */
export async function spokeFor(db: ScopedDb, matter: MatterRow, id: string): Promise<boolean> {
  const { passages } = standingOf(matter, await matterStore(db).passages(matter.id))
  return spoken(procedureNamed(matter.kind), passages).some((passage) => passage.by === id)
}

/** Whether somebody could act in the step in which a matter stands. */
async function fitsStep(
  db: ScopedDb,
  procedure: Procedure,
  { subject_id: id, person_id: person }: TaskRow,
  who: { readonly id: string; readonly roles: readonly string[]; readonly org: string },
): Promise<boolean> {
  // A duty of the other county bears no person; at home he is asked for as everywhere.
  if (person === null && !(await mayBeShown(db, id, who))) return false
  const store = matterStore(db)
  const row = await store.find(id)
  if (!row?.step) return true
  return mayActIn(procedure, standingOf(row, await store.passages(id)), { ...who, unit: who.org })
}

/** How the duty of a step ended: the way that was taken, or the end the matter came to. */
function outcomeSaid({ steps, ends }: Procedure, code: string): { zh: string; en: string } | null {
  const found = [...ends, withdrawn, settled, ...steps.flatMap((s) => s.ways)].find(({ id }) => id === code)
  return found ? { zh: found.zh, en: found.en } : null
}

/** Every business of the county (办理事项): registered, passed from hand to hand under its clocks, decided, ended. */
export function procedures(house: House): Room {
  for (const procedure of described) {
    const { id, zh, en } = procedure
    declareTaskKind(taskKindOf(id), {
      zh,
      en,
      may: 'matter.see',
      holds: (db, subject) => matterStore(db).lock(subject),
      // Who takes the duty has the matter in hand; a superior who is called has not taken it.
      told: async ({ db }, task, { what, to }) => {
        if (to && what !== 'climb')
          await db.updateTable('matter').set({ holder_id: to.id }).where('id', '=', task.subject_id).execute()
      },
      // Nobody is given what he could not act on: the post of the step as it stands, and of a decision another hand.
      fits: (db, task, who) => fitsStep(db, procedure, task, who),
      outcome: (code) => outcomeSaid(procedure, code),
      extended: async (inside, task, at) => practiceOf(id).extended?.(inside, task.subject_id, at),
    })
  }
  return { http: [matterHandlers(house)], background: { worker: () => watchPast(house) } }
}
