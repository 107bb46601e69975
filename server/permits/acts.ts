import type { Law } from '@zhijiao/law/in-force'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { announce } from '../core/live.ts'
import { type Asked, type Inside, signedIn } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import type { Where } from './domain.ts'
import { leavePapers } from './papers.ts'
import type { LeaveRow } from './store.ts'

/** What an act on a leave has of the request it comes with. */
export type Act = Pick<Asked, 'who' | 'circumstances' | 'note'>

/** What every act on a leave needs: the law of its place, who acts, its papers, its duty, and word to the others. */
export const actsOf = (house: House) => ({
  /** The law of the place the person is in, whoever asks. */
  where: async (org: string, asked: Pick<Act, 'circumstances'>): Promise<Where & { law: Law }> => ({
    org,
    today: asked.circumstances.today,
    law: await lawFor(house, org, asked.circumstances.now),
  }),

  by(asked: Pick<Act, 'who'>) {
    const { staff } = signedIn(asked)
    return { id: staff.id, name: staff.name }
  },

  papers: (inside: Inside, asked: Pick<Act, 'circumstances'>) => leavePapers(inside, house, asked.circumstances.law),

  /** Ends the duty of a kind about this leave, if one runs. */
  async endTask(inside: Inside, kind: string, id: string, outcome: string): Promise<void> {
    const tasks = tasksIn(inside.db, house, inside.ledger)
    const task = await tasks.of(kind, id)
    if (task) await tasks.finish(task, outcome)
  },

  tell: (
    inside: Inside,
    row: Pick<LeaveRow, 'id' | 'org_code' | 'person_id'>,
    what: string,
    staff: (string | null)[] = [],
  ) => announce(inside.db, { topic: 'leave', id: row.id, org: row.org_code, person: row.person_id, what, staff }),
})
