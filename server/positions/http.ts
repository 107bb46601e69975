import { lengthOf } from '@zhijiao/contract/columns'
import { type DayTrack, positions } from '@zhijiao/contract/positions'
import { legalDay } from '@zhijiao/geo/day'
import { isCivilDate } from '@zhijiao/law/civil-date'
import type { House } from '../core/house.ts'
import { leftSheet } from '../core/left-sheet.ts'
import { Invalid, notFound, refuse } from '../core/refusals.ts'
import { type Asked, keep, signedIn } from '../core/room.ts'
import { tried } from '../core/trial.ts'
import { importCells } from './cells.ts'
import { importTracks } from './imports.ts'
import { NotADay } from './refusals.ts'
import { shownLatest, shownLive, shownRefusal } from './show.ts'
import { positionStore } from './store.ts'
import { lookAtDay, reasonFor } from './view.ts'

/** Most positions one map is sent. */
const mostLive = 20_000
const span = ({ page = 1, size = 20 }: { page?: number; size?: number }) => ({ limit: size, offset: (page - 1) * size })

export const positionHandlers = (house: House) => {
  const trackOf = async (
    asked: Pick<Asked, 'who' | 'circumstances' | 'inTransaction' | 'note'>,
    personId: string,
    day: string,
    given: string | undefined,
  ): Promise<DayTrack> => {
    const who = signedIn(asked)
    const reason = reasonFor(who, day, given)
    asked.note({ person: personId, ...(reason ? { reason } : {}), detail: { day } })
    return asked.inTransaction(async (inside) => {
      const shown = await lookAtDay(inside, who, { person: personId, day, reason }, asked.circumstances)
      asked.note({ rows: lengthOf(shown.fixes) })
      return shown
    })
  }

  return keep(positions, {
    live: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { query, circumstances } = asked
        const { since, ...ask } = query
        const now = new Date(circumstances.now)
        const found = await positionStore(db).live(
          { ...ask, ...(since ? { since: new Date(since) } : {}) },
          now,
          mostLive,
          signedIn(asked).eyes,
        )
        asked.note({ rows: found.columns.id.length })
        return {
          items: shownLive(found.columns, circumstances.now),
          total: found.total,
          without: found.without,
          asOf: now.toISOString(),
        }
      }),

    latest: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { query, circumstances } = asked
        const { rows, total } = await positionStore(db).latest(query, new Date(circumstances.now), span(query))
        asked.note({ rows: rows.length })
        return {
          items: rows.map((r) => shownLatest(r, circumstances.now)),
          total,
          page: query.page ?? 1,
          size: query.size ?? 20,
        }
      }),

    today: (asked) => trackOf(asked, asked.params.personId, legalDay(asked.circumstances.now), asked.query.reason),
    day: (asked) => trackOf(asked, asked.params.personId, asked.params.day, asked.query.reason),

    days: ({ params, query, circumstances, inTransaction }) =>
      inTransaction(async ({ db }) => {
        const until = query.until ?? circumstances.today
        const from = query.from ?? legalDay(circumstances.now - 31 * 86_400_000)
        for (const day of [from, until]) if (!isCivilDate(day)) throw refuse(NotADay, { given: day })
        const store = positionStore(db)
        if (!(await store.personExists(params.personId))) throw notFound()
        return { items: await store.days(params.personId, from, until) }
      }),

    refusals: ({ query, inTransaction }) =>
      inTransaction(async ({ db }) => {
        for (const day of [query.from, query.until])
          if (day !== undefined && !isCivilDate(day)) throw refuse(NotADay, { given: day })
        const { rows, total } = await positionStore(db).refusals(query, span(query))
        return { items: rows.map(shownRefusal), total, page: query.page ?? 1, size: query.size ?? 20 }
      }),

    cells: ({ inTransaction }) =>
      inTransaction(async ({ db }) => {
        const towers = await db
          .selectFrom('cell_tower')
          .select(({ fn }) => fn.countAll<number>().as('n'))
          .executeTakeFirst()
        const last = await db.selectFrom('cell_import').selectAll().orderBy('at', 'desc').limit(1).executeTakeFirst()
        return {
          towers: Number(towers?.n ?? 0),
          importedAt: last?.at.toISOString() ?? null,
          source: last?.source ?? '',
        }
      }),

    importCells: (asked) => {
      const { body, circumstances } = asked
      const { dryRun: trial = false, source = '' } = body
      const who = signedIn(asked)
      const content = asked.file?.content ?? Buffer.alloc(0)
      return tried(trial, asked.inTransaction, async ({ db, ledger }) => {
        const done = await importCells(db, content, {
          id: circumstances.id(),
          now: circumstances.now,
          by: who.staff.id,
          source,
          replace: body.mode === 'replace',
        })
        const { imported, before, total, leftOut } = done
        await ledger.append({
          kind: 'cells.imported',
          org: who.staff.org,
          payload: { towers: imported, before, total, refused: leftOut, source, mode: body.mode ?? 'add' },
        })
        asked.note({
          rows: trial ? 0 : imported,
          detail: { source, mode: body.mode ?? 'add', refused: leftOut, trial },
        })
        return done
      })
    },

    cellsReport: async (asked) => {
      const { body, circumstances, request } = asked
      asked.note({ rows: body.lines.length, detail: { file: body.file } })
      return leftSheet(
        { name: '基站库', title: '基站库导入：未导入的行', ...body },
        { who: signedIn(asked), now: circumstances.now, request },
      )
    },

    importTracks: async (asked) => {
      if (!asked.file) throw refuse(Invalid, { count: 1 })
      const { dryRun: trial = false, source } = asked.body
      const done = await importTracks(house, asked, asked.file.content, asked.body)
      const { activations, days, leftOut } = done
      asked.note({ rows: trial ? 0 : done.fixes, detail: { source, activations, days, refused: leftOut, trial } })
      return done
    },
  })
}
