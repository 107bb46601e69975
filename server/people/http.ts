import { exportAtOnce } from '@zhijiao/contract/downloads'
import { people } from '@zhijiao/contract/people'
import { levelsOf } from '@zhijiao/law/level-setting'
import type { House } from '../core/house.ts'
import { refuse } from '../core/refusals.ts'
import { type Asked, type Inside, keep, signedIn } from '../core/room.ts'
import { settingsOf } from '../core/settings.ts'
import { tried } from '../core/trial.ts'
import { askDownload } from '../downloads/index.ts'
import { assign, changeHeader, merge } from './change.ts'
import { countsOf } from './counts.ts'
import { likenessOf } from './domain.ts'
import { enrol } from './enrol.ts'
import { exportLimit, exportPeople, template } from './export.ts'
import { fileOf } from './file.ts'
import { importHistory } from './history.ts'
import { commitImport, previewImport, seePreview } from './import.ts'
import { keepingOf } from './keeping.ts'
import { openLook, openLooks, refuseWithoutLook } from './looks.ts'
import { addPart, changePart, clearParts, endPart, listParts, refuseUnknownLevelIn, unmaskedPart } from './parts.ts'
import { ExportLarge, MergeFinal } from './refusals.ts'
import { shown } from './row.ts'
import { personStore } from './store.ts'
import { shownDoubt } from './term-doubt.ts'
import { timelineOf } from './timeline.ts'

export function personHandlers(house: House) {
  const keeping = keepingOf(house.vault)
  /** 一人一档, as the caller may see it. */
  const file = ({ db }: Inside, asked: Pick<Asked, 'who' | 'circumstances'>, id: string) =>
    fileOf(personStore(db, keeping), keeping, id, signedIn(asked), asked.circumstances)
  /** A look (查看) that is open is what lets somebody read a file outside his scope. */
  const looking = (inside: Inside, asked: Pick<Asked, 'who' | 'circumstances'>, id: string) =>
    refuseWithoutLook(inside, id, signedIn(asked), asked.circumstances.now)

  return keep(people, {
    list: async ({ query, circumstances, inTransaction, note }) => {
      const { page = 1, size = 20, sort, ...given } = query
      const { rows, total } = await inTransaction(({ db }) => personStore(db, keeping).page(given, page, size, sort))
      note({ rows: rows.length })
      return { items: rows.map((r) => shown(r, circumstances.today, keeping)), total, page, size }
    },
    get: async (asked) => asked.inTransaction((inside) => file(inside, asked, asked.params.personId)),
    create: async (asked) =>
      asked.inTransaction(async (inside) => {
        const id = await enrol(inside, keeping, asked.body, signedIn(asked), asked.circumstances)
        asked.note({ person: id })
        return file(inside, asked, id)
      }),
    change: async (asked) =>
      asked.inTransaction(async (inside) => {
        await changeHeader(inside, keeping, asked.params.personId, asked.body, asked.circumstances)
        return file(inside, asked, asked.params.personId)
      }),
    weighTerm: async ({ query, circumstances }) => ({ doubt: shownDoubt(circumstances.law, query) }),
    reveal: async (asked) => {
      asked.note({ reason: asked.body.reason })
      return asked.inTransaction(async (inside) => {
        const store = personStore(inside.db, keeping)
        const row = await store.get(asked.params.personId)
        const family = await store.family(row.id)
        return {
          identity: keeping.openIdentity(row.identity_cipher),
          phone: keeping.openPhone(row.phone_cipher),
          registeredAddress: row.registered_address,
          residence: row.residence,
          parts: await clearParts(
            inside,
            family.map((f) => f.id),
          ),
        }
      })
    },
    assign: async (asked) =>
      asked.inTransaction(async (inside) => {
        await assign(inside, keeping, asked.params.personId, asked.body, asked.circumstances, house)
        return file(inside, asked, asked.params.personId)
      }),
    parts: async ({ params, query, inTransaction }) =>
      inTransaction(async (inside) => ({ items: await listParts(inside, keeping, params.personId, query) })),
    addPart: async (asked) =>
      asked.inTransaction((inside) => {
        refuseUnknownLevelIn(asked.body.part, asked.body.data, asked.circumstances.law)
        const data = unmaskedPart(asked.body.part, asked.body.data)
        return addPart(
          inside,
          keeping,
          asked.params.personId,
          { ...asked.body, data },
          signedIn(asked).staff.id,
          asked.circumstances,
        )
      }),
    changePart: async ({ params, body, circumstances, inTransaction }) =>
      inTransaction((inside) => changePart(inside, keeping, params.personId, params.id, body, circumstances.law)),
    endPart: async (asked) =>
      asked.inTransaction((inside) =>
        endPart(
          inside,
          keeping,
          asked.params.personId,
          asked.params.id,
          asked.body,
          signedIn(asked).staff.id,
          asked.circumstances,
        ),
      ),
    timeline: async ({ params, query, circumstances, inTransaction, note }) => {
      const page = await inTransaction((inside) =>
        timelineOf(inside, keeping, circumstances.law, params.personId, query),
      )
      note({ rows: page.items.length })
      return page
    },
    counts: async (asked) => {
      const unit = signedIn(asked).eyes.unit
      const under = asked.query.under?.startsWith(unit) ? asked.query.under : unit
      return asked.inTransaction((inside) => countsOf(inside, keeping, under, asked.circumstances.now))
    },
    template: async ({ circumstances: { law } }) => template(levelsOf(law)),
    preview: async (asked) => {
      const preview = await asked.inTransaction((inside) =>
        previewImport(inside, house, keeping, asked.file, signedIn(asked), asked.circumstances),
      )
      asked.note({ rows: preview.total, detail: { import: preview.id, good: preview.good, bad: preview.bad } })
      return preview
    },
    seePreview: async ({ params, inTransaction }) => inTransaction((inside) => seePreview(inside, params.id)),
    commit: async (asked) => {
      const done = await asked.inTransaction((inside) =>
        commitImport(inside, house, keeping, asked.params.id, signedIn(asked), asked.circumstances),
      )
      asked.note({ rows: done.created ?? 0 })
      return done
    },
    export: async (asked) => {
      const { sort, reason, ...given } = asked.query
      const ids = await asked.inTransaction(({ db }) => personStore(db, keeping).ids(given, sort, exportLimit))
      if (ids.length > exportAtOnce) throw refuse(ExportLarge, { rows: ids.length, most: exportAtOnce })
      asked.note({ rows: ids.length, reason })
      return exportPeople(house.databases, keeping, ids, {
        given,
        levels: levelsOf(asked.circumstances.law),
        reason,
        who: signedIn(asked),
        now: asked.circumstances.now,
        request: asked.request,
      })
    },
    exportLater: async (asked) => {
      const { sort, reason, conditions } = asked.body
      asked.note({ reason })
      return asked.inTransaction(async (inside) => {
        const total = await personStore(inside.db, keeping).count(conditions)
        const id = await askDownload(
          inside,
          {
            kind: 'people.export',
            title: '社区矫正对象名册',
            reason,
            wish: { given: conditions, ...(sort ? { sort } : {}) },
            total,
            request: asked.request,
          },
          signedIn(asked),
          asked.circumstances,
        )
        return { id, total }
      })
    },
    duplicates: async ({ params, circumstances, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const store = personStore(db, keeping)
        const row = await store.get(params.personId)
        const self = keeping.likeness(row)
        return {
          items: (await store.likely(row)).map((other) => ({
            why: [...likenessOf(self, keeping.likeness(other))],
            person: shown(other, circumstances.today, keeping),
          })),
        }
      }),
    merge: async (asked) => {
      asked.note({ reason: asked.body.reason })
      return asked.inTransaction(async (inside) => {
        await merge(inside, keeping, asked.params.personId, asked.body, asked.circumstances)
        return file(inside, asked, asked.params.personId)
      })
    },
    unmerge: async ({ params, inTransaction }) =>
      inTransaction(async ({ db }) => {
        await personStore(db, keeping).get(params.personId)
        throw refuse(MergeFinal)
      }),
    look: async (asked) => {
      asked.note({ reason: asked.body.reason })
      const rules = await settingsOf(house.databases.system, asked.circumstances.now)
      const look = await asked.inTransaction((inside) =>
        openLook(inside, asked.body, signedIn(asked), rules.number('look.minutes'), asked.circumstances),
      )
      asked.note({ person: look.person })
      return look
    },
    looks: async (asked) =>
      asked.inTransaction(async (inside) => ({
        items: await openLooks(inside, signedIn(asked), asked.circumstances.now),
      })),
    looked: async (asked) =>
      asked.inTransaction(async (inside) => {
        await looking(inside, asked, asked.params.personId)
        return file(inside, asked, asked.params.personId)
      }),
    lookedParts: async (asked) =>
      asked.inTransaction(async (inside) => {
        await looking(inside, asked, asked.params.personId)
        return { items: await listParts(inside, keeping, asked.params.personId, asked.query) }
      }),
    lookedTimeline: async (asked) =>
      asked.inTransaction(async (inside) => {
        await looking(inside, asked, asked.params.personId)
        return timelineOf(inside, keeping, asked.circumstances.law, asked.params.personId, asked.query)
      }),
    importHistory: async (asked) => {
      const { source, dryRun: trial = false } = asked.body
      const answer = await tried(trial, asked.inTransaction, (inside) =>
        importHistory(inside, house, keeping, asked.body, signedIn(asked), asked.circumstances),
      )
      const { created, known, refused } = answer
      asked.note({ rows: trial ? 0 : created, detail: { source, known, refused: refused.length, trial } })
      // Of a trial nobody keeps an id that leads nowhere.
      return trial ? { ...answer, people: answer.people.slice(0, known) } : answer
    },
  })
}
