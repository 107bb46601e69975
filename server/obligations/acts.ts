import { type CivilDate, civilDate, isCivilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { isRuleId } from '@zhijiao/law/rule'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import { announce } from '../core/live.ts'
import { Changed, refuse } from '../core/refusals.ts'
import type { ClockActor } from '../core/tasks/clock-acts.ts'
import { taskStore } from '../core/tasks/store.ts'
import { tasksIn } from '../core/tasks.ts'
import { officeTasks, taskKindOf } from './kinds.ts'
import { DayUnfit, FilesUnknown, Settled } from './refusals.ts'
import { type ObligationRow, obligationStore } from './store.ts'

export interface Doer {
  readonly id: string | null
  readonly name: string
}

/** What is done to an obligation, inside one transaction: the row, its clock and the ledger stand or fall together. */
export function obligationActs(db: ScopedDb, house: Pick<House, 'chance' | 'databases'>, ledger: Ledger) {
  const store = obligationStore(db)
  const tasks = tasksIn(db, house, ledger)
  const now = () => new Date(house.chance.now())

  /** Ends the clock, and the officer's task about it where one was opened. */
  async function endTasks(row: ObligationRow, outcome: string): Promise<void> {
    for (const [kind, subject] of [
      [taskKindOf(row.kind), row.id],
      [officeTasks.missed, row.id],
    ] as const) {
      const task = await tasks.of(kind, subject)
      if (!task) continue
      if (outcome === 'fulfilled' || outcome === 'excused') await tasks.finish(task, outcome)
      else await tasks.cancel(task, outcome)
    }
  }
  const write = (row: ObligationRow, kind: string, payload: { [key: string]: string | number | boolean | null }) =>
    ledger.append({
      kind: `obligation.${kind}`,
      org: row.org_code,
      person: row.person_id,
      subject: row.id,
      cites: row.rule && isRuleId(row.rule) ? [row.rule] : [],
      payload: { duty: row.kind, due: row.due_on, ...payload },
    })
  const tell = (row: ObligationRow, what: string) =>
    announce(db, { topic: 'person', id: row.person_id, org: row.org_code, person: row.person_id, what })
  const refuseSettled = (row: ObligationRow, revision?: number) => {
    if (row.state !== 'due' && row.state !== 'missed') throw refuse(Settled, { by: row.settled_by_name ?? '—' })
    if (revision !== undefined && row.revision !== revision) throw refuse(Changed, { revision: row.revision })
  }
  /** The last lawful day as the clock stands now, pauses and agreed time included. */
  const lastDay = async (row: ObligationRow): Promise<CivilDate> => {
    const task = await db.selectFrom('task').select('due_on').where('id', '=', row.task_id).executeTakeFirst()
    return civilDate(task?.due_on ?? row.due_on)
  }

  return {
    /** It was done: on which day, what shows it. Done late is done late; what follows is for people to say. */
    async fulfil(
      row: ObligationRow,
      by: Doer,
      wish: { on: string; note?: string; files?: readonly string[]; shownBy?: string; revision?: number },
    ): Promise<void> {
      refuseSettled(row, wish.revision)
      const today = legalDayOf(house.chance.now())
      if (!isCivilDate(wish.on) || wish.on > today || (wish.on < row.from_day && row.kind !== 'selfSummary'))
        throw refuse(DayUnfit, { from: row.from_day, today })
      const files = wish.files ?? []
      if ((await taskStore(db).filesSeen(files)) < new Set(files).size) throw refuse(FilesUnknown)
      const late = wish.on > (await lastDay(row))
      await store.change(row.id, {
        state: 'fulfilled',
        done_on: wish.on,
        late,
        note: wish.note ?? '',
        files: [...files],
        shown_by: wish.shownBy ?? null,
        settled_by: by.id,
        settled_by_name: by.name,
        settled_at: now(),
      })
      await endTasks(row, 'fulfilled')
      await write(row, 'fulfilled', { on: wish.on, late, by: by.id, note: wish.note ?? '', files: files.join(',') })
      await tell(row, 'obligationFulfilled')
    },

    /** It need not be done, and why; an officer says so, never the clock. */
    async excuse(
      row: ObligationRow,
      by: Doer,
      wish: { reason: string; files?: readonly string[]; revision?: number },
    ): Promise<void> {
      refuseSettled(row, wish.revision)
      const files = wish.files ?? []
      if ((await taskStore(db).filesSeen(files)) < new Set(files).size) throw refuse(FilesUnknown)
      await store.change(row.id, {
        state: 'excused',
        note: wish.reason,
        files: [...files],
        settled_by: by.id,
        settled_by_name: by.name,
        settled_at: now(),
      })
      await endTasks(row, 'excused')
      await write(row, 'excused', { reason: wish.reason, by: by.id, files: files.join(',') })
      await tell(row, 'obligationExcused')
    },

    /** Nobody asks for it any more: correction ended, the leave was cancelled, the level changed. */
    async drop(row: ObligationRow, why: string): Promise<void> {
      if (row.state !== 'due') return
      await store.change(row.id, { state: 'dropped', note: why, settled_at: now(), settled_by_name: 'system:worker' })
      await endTasks(row, why)
    },

    /**
     * Gives the review that runs more time, on a decision of the competent level (病情复查延期). Nothing where the day is not
     * later than the one that holds.
     */
    async putOff(
      row: ObligationRow,
      by: ClockActor,
      wish: { until: CivilDate; matter: string; agreedWith: string; agreedOn: CivilDate },
    ): Promise<void> {
      const task = await tasks.get(row.task_id)
      if (wish.until <= (await lastDay(row))) return
      if (task.paused_at) await tasks.resumeClock(task, null, { reason: '病情复查延期获批，按批准的日期计' })
      await tasks.extendClock(await tasks.get(row.task_id), by, {
        newDue: wish.until,
        agreedWith: wish.agreedWith,
        agreedOn: wish.agreedOn,
        reason: '病情复查延期',
        desk: wish.matter,
      })
    },

    lastDay,
    write,
    tell,
    tasks,
    store,
  }
}
