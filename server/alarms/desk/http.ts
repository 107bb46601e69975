import { alarms } from '@zhijiao/contract/alarms'
import type { FileCard } from '@zhijiao/contract/files'
import { asSeenBy } from '../../core/db.ts'
import { Empty } from '../../core/files/refusals.ts'
import { filesIn } from '../../core/files.ts'
import type { House } from '../../core/house.ts'
import { everyRow, linesOf, listSheet } from '../../core/list-sheet.ts'
import { notFound, problemOf, Refusal, refuse } from '../../core/refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../../core/room.ts'
import { byOf } from '../../core/tasks/http.ts'
import { taskStore } from '../../core/tasks/store.ts'
import { type Acts, actsIn } from './acts.ts'
import { contestedAlarms } from './contested.ts'
import type { Begin, Hand } from './follow-on.ts'
import { countAlarms, listAlarms, oneAlarm } from './list.ts'
import { fixesAround, whyNot } from './map.ts'
import { alarmCells, alarmConditions, alarmHeadings, alarmWidths } from './sheet.ts'
import { alarmShown, fileShown } from './shown.ts'
import { caseOf, deskStore } from './store.ts'

type Any = Pick<Asked, 'who' | 'circumstances' | 'note'>

/** Whose hand does it, with the posts it holds. */
function handOf(asked: Pick<Asked, 'who'>): Hand {
  const { staff, roles } = signedIn(asked)
  return { id: staff.id, name: staff.name, roles, unit: staff.org }
}

export function alarmHandlers(house: House, begin: Begin): KeptRoom {
  /** One act, then the alarm as it stands after it. */
  const act = (
    asked: Any & Pick<Asked, 'inTransaction'> & { readonly params: { readonly id: string } },
    work: (acts: Acts, inside: Inside) => Promise<void>,
  ) =>
    asked.inTransaction(async (inside) => {
      await work(actsIn(inside, house, byOf(asked), { hand: handOf(asked), begin }), inside)
      return show(inside, asked, asked.params.id)
    })

  const show = async (inside: Inside, asked: Any, id: string) => {
    const { db } = inside
    const row = await oneAlarm(db, id)
    if (!row) throw notFound()
    asked.note({ person: row.person_id, detail: { alarm: row.number } })
    const store = deskStore(db)
    const people = taskStore(db)
    const closure = await store.closure(id)
    const { fileIds: _, ...gathered } = await store.gathered(id)
    const called = row.task_id ? await people.called(row.task_id) : []
    const files: FileCard[] = await filesIn(db, house, inside.ledger).of({ subject: id })
    const fence = await store.fence(row.fence_id)
    return fileShown(
      {
        row,
        alarm: caseOf(
          row,
          {
            owner: row.owner_id ? { id: row.owner_id, name: row.owner_name ?? '' } : null,
            state: row.task_state,
            called: called.map((c) => c.id),
          },
          closure,
          gathered,
        ),
        notes: await store.notes(id),
        closure: closure && {
          ...closure,
          submitter: closure.submitted_by ? await people.nameOf(closure.submitted_by) : closure.submitted_name,
          reviewer: closure.reviewed_by ? await people.nameOf(closure.reviewed_by) : closure.reviewed_name || null,
        },
        files,
        fence: fence && { id: fence.id, name: fence.name, kind: fence.kind },
        kin: await store.kin(id),
        objection: await store.objection(id),
        contestable: (await contestedAlarms.one(db, id))?.contestable ?? false,
      },
      byOf(asked),
      asked.circumstances.law,
      asked.circumstances.now,
    )
  }

  const reader = (asked: Any) => ({ unit: signedIn(asked).eyes.unit, now: asked.circumstances.now })

  return keep(alarms, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { law, now } = asked.circumstances
        const { rows, total } = await listAlarms(db, asked.query, reader(asked))
        asked.note({ rows: rows.length, person: asked.query.person ?? null })
        const { page = 1, size = 20 } = asked.query
        return { items: rows.map((row) => alarmShown(row, law, now)), total, page, size }
      }),
    export: async (asked) => {
      const { reason, sort = '-detected', ...filters } = asked.query
      const who = signedIn(asked)
      const read = ({ number, size }: { number: number; size: number }) =>
        asSeenBy(house.databases.api, who.eyes, (db) =>
          listAlarms(db, { ...filters, sort, page: number, size }, reader(asked)),
        )
      const { rows, total } = await read({ number: 1, size: 1 })
      asked.note({ reason, rows: total, person: filters.person ?? null })
      return listSheet(
        {
          title: '报警台账',
          conditions: alarmConditions(filters, rows[0]),
          headings: alarmHeadings,
          widths: alarmWidths,
          total,
          masked: '位置和证据未导出',
          rows: linesOf(
            everyRow(async (page) => (await read(page)).rows),
            alarmCells,
          ),
        },
        { who, now: asked.circumstances.now, reason, request: asked.request },
      )
    },
    counts: (asked) => asked.inTransaction(({ db }) => countAlarms(db, asked.query, reader(asked))),
    get: (asked) => asked.inTransaction((inside) => show(inside, asked, asked.params.id)),
    map: (asked) =>
      asked.inTransaction(async (inside) => {
        const row = await oneAlarm(inside.db, asked.params.id)
        if (!row) throw notFound()
        const { from, until, fixes, track } = await fixesAround(inside.db, row, asked.circumstances.now)
        asked.note({ person: row.person_id, rows: fixes.length, detail: { alarm: row.number, track } })
        const store = deskStore(inside.db)
        return {
          from: new Date(from).toISOString(),
          until: new Date(until).toISOString(),
          fixes: fixes.map((f) => ({
            ts: new Date(f.ts).toISOString(),
            lat: f.lat,
            lon: f.lon,
            accuracyM: f.accuracyM,
            source: f.source,
            fault: whyNot(f),
            activation: f.activation,
          })),
          track,
          fence: await store.fence(row.fence_id),
          home: await store.home(row.person_id),
        }
      }),
    acknowledge: (asked) => act(asked, (acts) => acts.acknowledge(asked.params.id)),
    claim: (asked) => act(asked, (acts) => acts.claim(asked.params.id, asked.body.revision)),
    call: (asked) => act(asked, (acts) => acts.call(asked.params.id, asked.body)),
    visit: (asked) => act(asked, (acts) => acts.visit(asked.params.id, asked.body)),
    note: (asked) => act(asked, (acts) => acts.note(asked.params.id, asked.body)),
    attach: (asked) =>
      act(asked, async (acts, { db, ledger }) => {
        if (!asked.file) throw refuse(Empty)
        const { note, takenAt } = asked.body
        const home = { ...(await acts.homeOf(asked.params.id)), note, takenAt, by: signedIn(asked).staff.id }
        const card = await filesIn(db, house, ledger).add(asked.file, home)
        await acts.attached(asked.params.id, card, note ?? '')
      }),
    submit: (asked) =>
      act(asked, (acts) => {
        const { cause, finding, measures = '', followOn = null, revision } = asked.body
        return acts.submit(asked.params.id, { way: 'handled', cause, finding, measures, followOn }, revision)
      }),
    dismiss: (asked) =>
      act(asked, (acts) => {
        const { cause, reason, revision } = asked.body
        return acts.dismiss(asked.params.id, cause, reason, revision)
      }),
    merge: (asked) =>
      act(asked, (acts) => {
        const { other, reason, revision, otherRevision } = asked.body
        return acts.merge(asked.params.id, other, reason, { into: revision, other: otherRevision })
      }),
    batch: async (asked) => {
      const { act: what, items } = asked.body
      const done: string[] = []
      const refused: { id: string; number: number | null; code: string; zh: string; en: string }[] = []
      // One transaction each: what a colleague was faster with does not undo the rest.
      for (const { id, revision } of items) {
        try {
          await asked.inTransaction(async (inside) => {
            const acts = actsIn(inside, house, byOf(asked), { hand: handOf(asked), begin })
            await (what === 'claim' ? acts.claim(id, revision) : acts.acknowledge(id))
          })
          done.push(id)
        } catch (error) {
          if (!(error instanceof Refusal)) throw error
          const { code, zh, en } = problemOf(error, asked.request)
          const row = await asked.inTransaction(({ db }) => oneAlarm(db, id))
          refused.push({ id, number: row?.number ?? null, code, zh, en })
        }
      }
      asked.note({ rows: done.length, detail: { act: what, refused: refused.length } })
      return { done, refused }
    },
    withdraw: (asked) => act(asked, (acts) => acts.withdraw(asked.params.id, asked.body.revision)),
    review: (asked) =>
      act(asked, (acts) => {
        const { verdict, note, revision } = asked.body
        return acts.review(asked.params.id, verdict, note, revision)
      }),
  })
}
