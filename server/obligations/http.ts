import { obligations } from '@zhijiao/contract/obligations'
import { plusDays } from '@zhijiao/law/civil-date'
import { lawFor } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { notFound } from '../core/refusals.ts'
import { type Asked, type Inside, type KeptRoom, keep, signedIn } from '../core/room.ts'
import { obligationActs } from './acts.ts'
import { cards } from './kinds.ts'
import { type Listed, listObligations, obligationShown, oneObligation, settledOf, upcomingOf } from './list.ts'

/** What runs of one person at once; more than anybody ever has. */
const most = 200

export function obligationHandlers(house: House): KeptRoom {
  type Any = Pick<Asked, 'who' | 'circumstances' | 'note'>
  const shown = async (rows: readonly Listed[], asked: Any) => {
    const { now } = asked.circumstances
    return Promise.all(rows.map(async (row) => obligationShown(row, await lawFor(house, row.org_code, now), now)))
  }
  const show = async ({ db }: Inside, asked: Any, id: string) => {
    const row = await oneObligation(db, id)
    if (!row) throw notFound()
    asked.note({ person: row.person_id })
    return obligationShown(row, await lawFor(house, row.org_code, asked.circumstances.now), asked.circumstances.now)
  }

  return keep(obligations, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { page = 1, size = 20, sort = 'due', ...filters } = asked.query
        const me = signedIn(asked).staff.id
        const { rows, total } = await listObligations(db, filters, me, { number: page, size, sort })
        asked.note({ rows: rows.length, person: filters.person ?? null })
        return { items: await shown(rows, asked), total, page, size }
      }),
    ofPerson: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const person = asked.params.personId
        const seen = await db.selectFrom('person').select('id').where('id', '=', person).executeTakeFirst()
        if (!seen) throw notFound()
        asked.note({ person })
        const me = signedIn(asked).staff.id
        const { rows } = await listObligations(db, { person, state: ['due', 'missed'] }, me, {
          number: 1,
          size: most,
          sort: 'due',
        })
        const settled = await settledOf(db, person, asked.query.size ?? 20)
        return { running: await shown(rows, asked), settled: await shown(settled, asked) }
      }),
    upcoming: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { days = 7, ...filters } = asked.query
        const until = plusDays(asked.circumstances.today, days)
        const rows = await upcomingOf(db, filters, signedIn(asked).staff.id, until)
        return {
          until,
          due: rows.reduce((sum, r) => sum + r.due, 0),
          missed: rows.reduce((sum, r) => sum + r.missed, 0),
          byKind: rows.map(({ kind, due, missed }) => {
            const { zh, en } = cards[kind]
            return { kind, kindName: { zh, en }, due, missed }
          }),
        }
      }),
    fulfil: (asked) =>
      asked.inTransaction(async (inside) => {
        const { store, fulfil } = obligationActs(inside.db, house, inside.ledger)
        const { staff } = signedIn(asked)
        await fulfil(await store.get(asked.params.id), { id: staff.id, name: staff.name }, asked.body)
        return show(inside, asked, asked.params.id)
      }),
    excuse: (asked) =>
      asked.inTransaction(async (inside) => {
        const { store, excuse } = obligationActs(inside.db, house, inside.ledger)
        const { staff } = signedIn(asked)
        asked.note({ reason: asked.body.reason })
        await excuse(await store.get(asked.params.id), { id: staff.id, name: staff.name }, asked.body)
        return show(inside, asked, asked.params.id)
      }),
  })
}
