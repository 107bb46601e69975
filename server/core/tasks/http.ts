import { tasks } from '@zhijiao/contract/tasks'
import { lawFor } from '../circumstances.ts'
import type { House } from '../house.ts'
import { notFound, problemOf, Refusal } from '../refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../room.ts'
import { type By, tasksIn } from '../tasks.ts'
import { mayHave, permissionsOfRoles, taskKind } from './kinds.ts'
import { countTasks, listTasks, oneTask, type Reader } from './list.ts'
import { exportMost, taskSheet } from './sheet.ts'
import { taskShown } from './shown.ts'
import { taskStore } from './store.ts'

/** The caller as the one who acts on a task. */
export function byOf(asked: Pick<Asked, 'who'>): By {
  const { staff, permissions } = signedIn(asked)
  return { id: staff.id, name: staff.name, permissions }
}

/** A colleague as the receiver of a duty of this kind; nobody where his posts let him not have it. */
const receiverOf = <C extends { readonly roles: readonly string[] }>(kind: string, colleague: C | undefined) =>
  colleague && mayHave(kind, colleague.roles)
    ? { ...colleague, permissions: permissionsOfRoles(colleague.roles) }
    : undefined

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
        const { view = 'todo', page = 1, size = 20, sort = 'due', ...filters } = asked.query
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
        await acts.claim(await acts.get(asked.params.id), byOf(asked), asked.body.revision)
        return show(inside, asked.params.id, asked)
      }),
    transfer: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        const task = await acts.get(asked.params.id)
        const colleague = (await taskStore(inside.db).colleagues(task.org_code)).find((c) => c.id === asked.body.to)
        const receiver = receiverOf(task.kind, colleague)
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
            const colleague = (await taskStore(db).colleagues(task.org_code)).find((c) => c.id === to)
            const receiver = receiverOf(task.kind, colleague)
            await acts.transfer(task, byOf(asked), receiver, reason)
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
        const { view = 'todo', sort = 'due', ...filters } = asked.query
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
        return (await taskStore(db).colleagues(task.org_code)).filter(
          (c) => c.id !== task.owner_id && mayHave(task.kind, c.roles),
        )
      }),
    urge: (asked) =>
      asked.inTransaction(async (inside) => {
        const acts = tasksIn(inside.db, house, inside.ledger)
        await acts.urge(await acts.get(asked.params.id), byOf(asked), asked.body.note ?? '')
        return show(inside, asked.params.id, asked)
      }),
  })
}
