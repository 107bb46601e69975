import { tasks } from '@zhijiao/contract/tasks'
import { lawFor } from '../circumstances.ts'
import type { ScopedDb } from '../db.ts'
import type { House } from '../house.ts'
import { notFound, problemOf, Refusal, refuse } from '../refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../room.ts'
import { type By, tasksIn } from '../tasks.ts'
import { mayTake, permissionsOfRoles, taskKind } from './kinds.ts'
import { countTasks, listTasks, oneTask, type Reader, usualSort } from './list.ts'
import { StepNotYours } from './refusals.ts'
import { exportMost, taskSheet } from './sheet.ts'
import { taskShown } from './shown.ts'
import { type TaskRow, taskStore } from './store.ts'

/** The caller as the one who acts on a task. */
export function byOf(asked: Pick<Asked, 'who'>): By {
  const { staff, permissions } = signedIn(asked)
  return { id: staff.id, name: staff.name, permissions }
}

/** A colleague as the receiver of this task; nobody where he could not act on it. */
async function receiverOf(db: ScopedDb, task: TaskRow, id: string) {
  const colleague = (await taskStore(db).colleagues(task.org_code)).find((c) => c.id === id)
  return colleague && (await mayTake(db, task, colleague))
    ? { ...colleague, permissions: permissionsOfRoles(colleague.roles) }
    : undefined
}

export function taskHandlers(house: House): KeptRoom {
  type Any = Pick<Asked, 'who' | 'circumstances' | 'note'>
  const reader = (asked: Any): Reader => ({
    id: signedIn(asked).staff.id,
    unit: signedIn(asked).eyes.unit,
    now: asked.circumstances.now,
  })
  const show = async ({ db }: Pick<Inside, 'db'>, id: string, asked: Any) => {
    const row = await oneTask(db, id)
    if (!row) throw notFound()
    if (row.person_id) asked.note({ person: row.person_id })
    const store = taskStore(db)
    const law = await lawFor(house, row.org_code, asked.circumstances.now)
    const changes = await store.clockChanges([id])
    return taskShown(row, await store.called(id), changes.get(id) ?? [], law, asked.circumstances.now)
  }

  return keep(tasks, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { view = 'todo', page = 1, size = 20, sort = usualSort(view), ...filters } = asked.query
        const { rows, total } = await listTasks(db, view, filters, reader(asked), { number: page, size, sort })
        asked.note({ rows: rows.length })
        const { law, now } = asked.circumstances
        const called = await taskStore(db).calledFor(rows.map((r) => r.id))
        const changes = await taskStore(db).clockChanges(rows.map((r) => r.id))
        const items = rows.map((row) => taskShown(row, called.get(row.id) ?? [], changes.get(row.id) ?? [], law, now))
        return { items, total, page, size }
      }),
    counts: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { byKind, ...views } = await countTasks(db, asked.query, reader(asked))
        return {
          ...views,
          byKind: byKind.map(({ kind, todo, overdue }) => {
            const { zh, en } = taskKind(kind)
            return { kind, kindName: { zh, en }, todo, overdue }
          }),
        }
      }),
    get: (asked) => asked.inTransaction((inside) => show(inside, asked.params.id, asked)),
    claim: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        const task = await acts.get(asked.params.id)
        const { staff, roles } = signedIn(asked)
        const who = { id: staff.id, roles, org: staff.org }
        if (task.state === 'open' && (await taskKind(task.kind).fits?.(inside.db, task, who)) === false)
          throw refuse(StepNotYours)
        await acts.claim(task, byOf(asked), asked.body.revision)
        return show(inside, asked.params.id, asked)
      }),
    transfer: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        const task = await acts.get(asked.params.id)
        const receiver = await receiverOf(inside.db, task, asked.body.to)
        await acts.transfer(task, byOf(asked), receiver, asked.body.reason, asked.body.revision)
        return show(inside, asked.params.id, asked)
      }),
    transferMany: async (asked) => {
      const { ids, to, reason } = asked.body
      const moved: string[] = []
      const kept: { id: string; code: string; zh: string; en: string }[] = []
      for (const id of ids)
        try {
          await asked.inTransaction(async ({ db, ledger }) => {
            const acts = tasksIn(db, house, ledger)
            const task = await acts.get(id)
            await acts.transfer(task, byOf(asked), await receiverOf(db, task, to), reason)
          })
          moved.push(id)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const { code, zh, en } = problemOf(error, asked.request)
          kept.push({ id, code, zh, en })
        }
      asked.note({ rows: moved.length, reason })
      return { moved, kept }
    },
    complete: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        const task = acts.atRevision(await acts.get(asked.params.id), asked.body.revision)
        await acts.complete(task, byOf(asked), asked.body.note)
        return show(inside, asked.params.id, asked)
      }),
    callOff: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        const task = acts.atRevision(await acts.get(asked.params.id), asked.body.revision)
        await acts.callOff(task, byOf(asked), asked.body.reason)
        return show(inside, asked.params.id, asked)
      }),
    pause: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        await acts.pauseClock(await acts.get(asked.params.id), byOf(asked), asked.body)
        return show(inside, asked.params.id, asked)
      }),
    resume: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        await acts.resumeClock(await acts.get(asked.params.id), byOf(asked), asked.body)
        return show(inside, asked.params.id, asked)
      }),
    extend: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        await acts.extendClock(await acts.get(asked.params.id), byOf(asked), asked.body)
        return show(inside, asked.params.id, asked)
      }),
    export: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { view = 'todo', sort = usualSort(view), ...filters } = asked.query
        const { rows, total } = await listTasks(db, view, filters, reader(asked), { number: 1, size: exportMost, sort })
        asked.note({ rows: rows.length })
        const { law, now } = asked.circumstances
        return taskSheet(
          rows.map((row) => taskShown(row, [], [], law, now)),
          { view, filters, total, who: signedIn(asked), now, request: asked.request },
        )
      }),
    receivers: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const task = await tasksIn(db, house, ledger).get(asked.params.id)
        const fit = []
        for (const colleague of await taskStore(db).colleagues(task.org_code))
          if (colleague.id !== task.owner_id && (await mayTake(db, task, colleague))) fit.push(colleague)
        return fit
      }),
    urge: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        await acts.urge(await acts.get(asked.params.id), byOf(asked), asked.body.note ?? '')
        return show(inside, asked.params.id, asked)
      }),
  })
}
