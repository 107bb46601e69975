import { matters } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { notAllowed, notFound, problemOf, Refusal, refuse } from '../core/refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { tasksIn } from '../core/tasks.ts'
import { tried } from '../core/trial.ts'
import { bpmnOf } from './bpmn.ts'
import { contestableOf } from './contest.ts'
import { exportMatters } from './export.ts'
import { importMatters } from './history.ts'
import { lifecycleOf } from './lifecycle.ts'
import { type Actor, mattersIn } from './matters.ts'
import { originIn, originOf } from './origin.ts'
import { practiceOf } from './practice.ts'
import { KindUnknown } from './refusals.ts'
import { formsOf } from './standing.ts'
import { matterStore, type Reader } from './store.ts'
import { matterShown, rowShown } from './view.ts'

type Any = Pick<Asked, 'who' | 'circumstances' | 'note'>

export function actorOf(asked: Pick<Asked, 'who'>): Actor {
  const { staff, roles } = signedIn(asked)
  return { id: staff.id, name: staff.name, roles, unit: staff.org }
}

export function matterHandlers(house: House): KeptRoom {
  const reader = (asked: Any): Reader => {
    const { staff, roles, eyes } = signedIn(asked)
    return { id: staff.id, unit: staff.org, eyes, roles, now: asked.circumstances.now }
  }
  const mayBegin = (asked: Any, may: string) => {
    if (!signedIn(asked).permissions.has(may)) throw notAllowed(may)
  }
  const show = async (inside: Inside, asked: Any, id: string) => {
    const store = matterStore(inside.db)
    const row = await store.one(id)
    asked.note({ person: row.person_id })
    const [passages, related] = [await store.passages(id), await store.related(row)]
    const { now, today } = asked.circumstances
    const law = await lawFor(house, row.org_code, now)
    const by = actorOf(asked)
    const { advise, shuts } = row.step === null ? {} : practiceOf(row.kind)
    const person =
      row.person_id && (advise || shuts)
        ? ((await inside.db.selectFrom('person').selectAll().where('id', '=', row.person_id).executeTakeFirst()) ??
          null)
        : null
    const from = originIn(row)
    const origin = from ? await originOf(inside.db, from) : null
    const hints =
      (await advise?.({
        ...inside,
        house,
        today,
        now,
        law,
        org: row.org_code,
        person,
        form: row.draft,
        cause: row.cause_id ? ((await store.find(row.cause_id)) ?? null) : null,
        origin,
        by,
        matter: row,
        forms: formsOf(row, passages),
      })) ?? []
    return matterShown(
      row,
      passages,
      {
        related: related.map((r) => ({ id: r.id, kind: r.kind, end: r.end_id, how: r.how })),
        origin: origin ? { kind: origin.kind, id: origin.id, said: origin.said, on: origin.on } : null,
      },
      hints,
      person && row.step ? (shuts?.(person, row.step) ?? {}) : {},
      by,
      law,
      now,
    )
  }

  return keep(matters, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, sort = '-opened', ...filters } = asked.query
        const { rows, total } = await matterStore(db).list(filters, reader(asked), { number: page, size, sort })
        asked.note({ rows: rows.length, person: filters.person ?? null })
        const { law, now } = asked.circumstances
        return { items: rows.map((row) => rowShown(row, law, now)), total, page, size }
      }),
    counts: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const rows = await matterStore(db).counts(asked.query, reader(asked))
        const sum = (of: 'todo' | 'running' | 'overdue' | 'ended') => rows.reduce((n, row) => n + row[of], 0)
        return {
          todo: sum('todo'),
          running: sum('running'),
          overdue: sum('overdue'),
          ended: sum('ended'),
          byKind: rows.map(({ kind, todo, running, overdue }) => ({ kind, todo, running, overdue })),
        }
      }),
    export: (asked) => exportMatters(house, asked.query, signedIn(asked), reader(asked), asked.request),
    get: (asked) => asked.inTransaction((inside) => show(inside, asked, asked.params.id)),
    weigh: (asked) =>
      asked.inTransaction(async (inside) => {
        asked.note({ person: asked.body.person ?? null })
        return { hints: [...(await mattersIn(inside, house).weigh(asked.body, actorOf(asked)))] }
      }),
    register: (asked) =>
      asked.inTransaction(async (inside) => {
        const room = mattersIn(inside, house)
        mayBegin(asked, room.describe(asked.body.kind).may)
        const { task: from, ...wish } = asked.body
        const { id, begun } = await room.begin(wish, actorOf(asked))
        if (from && begun) {
          const tasks = tasksIn(inside.db, house, inside.ledger)
          const { staff, permissions } = signedIn(asked)
          const matter = { id, kind: wish.kind, person: wish.person ?? null }
          await tasks.answer(await tasks.get(from), { id: staff.id, permissions }, matter)
        }
        return show(inside, asked, id)
      }),
    keep: (asked) =>
      asked.inTransaction(async (inside) => {
        await mattersIn(inside, house).keep(asked.params.id, asked.body.form, asked.body.revision, actorOf(asked))
        return show(inside, asked, asked.params.id)
      }),
    act: (asked) =>
      asked.inTransaction(async (inside) => {
        const { way, form, note = '', revision } = asked.body
        await mattersIn(inside, house).act(asked.params.id, { way, form, note, revision }, actorOf(asked))
        return show(inside, asked, asked.params.id)
      }),
    actOnMany: async (asked) => {
      const { matters: wished, way, form, note = '' } = asked.body
      const done: string[] = []
      const refused: { id: string; code: string; zh: string; en: string }[] = []
      for (const { id, revision } of wished)
        try {
          await asked.inTransaction((inside) =>
            mattersIn(inside, house).act(id, { way, form, note, revision }, actorOf(asked)),
          )
          done.push(id)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const { code, zh, en } = problemOf(error, asked.request)
          refused.push({ id, code, zh, en })
        }
      asked.note({ rows: done.length })
      return { done, refused }
    },
    withdraw: (asked) =>
      asked.inTransaction(async (inside) => {
        const { reason, revision } = asked.body
        await mattersIn(inside, house).withdraw(asked.params.id, reason, revision, actorOf(asked))
        return show(inside, asked, asked.params.id)
      }),
    flow: async ({ params, circumstances }) => {
      const procedure = procedureOf(params.kind)
      if (!procedure) throw refuse(KindUnknown, { kind: params.kind })
      return {
        name: `${procedure.zh}.bpmn`,
        mime: 'application/xml; charset=utf-8',
        content: new TextEncoder().encode(await bpmnOf(procedure, circumstances.law)),
      }
    },
    contestable: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { personId } = asked.params
        await db.selectFrom('person').select('id').where('id', '=', personId).executeTakeFirstOrThrow(notFound)
        const items = await contestableOf(db, personId)
        asked.note({ person: personId, rows: items.length })
        return { items }
      }),
    lifecycle: (asked) =>
      asked.inTransaction((inside) => {
        asked.note({ person: asked.params.personId })
        return lifecycleOf(inside.db, house, asked.params.personId, asked.circumstances)
      }),
    importHistory: async (asked) => {
      const { source, dryRun: trial = false } = asked.body
      const answer = await tried(trial, asked.inTransaction, (inside) =>
        importMatters(inside, house, asked.body, signedIn(asked), asked.circumstances),
      )
      const { created, known, refused } = answer
      asked.note({ rows: trial ? 0 : created, detail: { source, known, refused: refused.length, trial } })
      return answer
    },
  })
}
