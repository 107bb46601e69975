import { tasks } from '@zhijiao/contract/tasks'
import { permissionsOf } from '@zhijiao/law/permissions'
import { isRole } from '@zhijiao/law/roles'
import type { House } from '../house.ts'
import { notFound } from '../refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../room.ts'
import { type By, tasksIn } from '../tasks.ts'
import { taskKind } from './kinds.ts'
import { countTasks, listTasks, oneTask, type Reader } from './list.ts'
import { taskShown } from './shown.ts'
import { taskStore } from './store.ts'

/** The caller as the one who acts on a task. */
export function byOf(asked: Pick<Asked, 'who'>): By {
  const { staff, permissions } = signedIn(asked)
  return { id: staff.id, name: staff.name, permissions }
}

/** What several roles may do together. */
export function permissionsOfRoles(roles: readonly string[]): ReadonlySet<string> {
  return new Set(roles.filter(isRole).flatMap((role) => [...permissionsOf(role)]))
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
    return taskShown(row, await taskStore(db).called(id), asked.circumstances.law, asked.circumstances.now)
  }

  return keep(tasks, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { view = 'todo', page = 1, size = 20, sort = 'due', ...filters } = asked.query
        const { rows, total } = await listTasks(db, view, filters, reader(asked), { number: page, size, sort })
        asked.note({ rows: rows.length })
        const { law, now } = asked.circumstances
        const called = await taskStore(db).calledFor(rows.map((r) => r.id))
        return { items: rows.map((row) => taskShown(row, called.get(row.id) ?? [], law, now)), total, page, size }
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
        const receiver = colleague && { ...colleague, permissions: permissionsOfRoles(colleague.roles) }
        await acts.transfer(task, byOf(asked), receiver, asked.body.reason, asked.body.revision)
        return show(inside, asked.params.id, asked)
      }),
    receivers: (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const task = await tasksIn(db, house, ledger).get(asked.params.id)
        const { may } = taskKind(task.kind)
        return (await taskStore(db).colleagues(task.org_code)).filter(
          (c) => c.id !== task.owner_id && permissionsOfRoles(c.roles).has(may),
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
