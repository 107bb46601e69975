import { type Activation, activations } from '@zhijiao/contract/devices'
import { Changed, refuse, settled } from '../core/refusals.ts'
import { type Circumstances, type Inside, keep, signedIn } from '../core/room.ts'
import { mayEndAtDesk } from './domain.ts'
import { pageIn, span } from './paging.ts'
import { type ActivationRow, activationStore, deviceStore } from './store.ts'
import type { TermActs } from './terms.ts'
import { shownActivation } from './view.ts'

/** 定位启用: proposing, approving, extending and ending terms. */
export const activationHandlers = (acts: TermActs) => {
  const shown = async ({ db }: Inside, id: string, c: Circumstances): Promise<Activation> =>
    shownActivation(await activationStore(db).get(id), c)

  const locked = async ({ db }: Inside, id: string, revision: number): Promise<ActivationRow> => {
    const row = await activationStore(db).lock(id)
    if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
    return row
  }

  return keep(activations, {
    list: (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { query, circumstances } = asked
        const { rows, total } = await activationStore(db).list(
          {
            ...query,
            ...(query.endsWithinDays === undefined
              ? {}
              : { endsBefore: new Date(circumstances.now + query.endsWithinDays * 86_400_000) }),
          },
          span(query),
        )
        asked.note({ rows: rows.length })
        return {
          items: rows.map((r) => shownActivation(r, circumstances)),
          total,
          ...pageIn(query),
        }
      }),

    ofPerson: ({ params, circumstances, inTransaction }) =>
      inTransaction(async ({ db }) => {
        await deviceStore(db).subject(params.personId)
        const rows = await activationStore(db).ofPerson(params.personId)
        return { items: rows.map((r) => shownActivation(r, circumstances)) }
      }),

    get: ({ params, circumstances, inTransaction }) =>
      inTransaction((inside) => shown(inside, params.id, circumstances)),

    propose: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const by = signedIn(asked).staff
        const id =
          body.regime === 'check'
            ? await acts.startCheck(inside, by, circumstances, params.personId, body.deviceId, body)
            : await acts.propose(inside, by, circumstances, params.personId, body.deviceId, body)
        return shown(inside, id, circumstances)
      }),

    approve: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        asked.note({ person: row.person_id })
        await acts.approve(inside, signedIn(asked).staff, circumstances, row, body)
        return shown(inside, row.id, circumstances)
      }),

    refuse: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        asked.note({ person: row.person_id })
        await acts.refuse(inside, signedIn(asked).staff, circumstances, row, body.reason)
        return shown(inside, row.id, circumstances)
      }),

    extend: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        asked.note({ person: row.person_id })
        const id = await acts.extend(inside, signedIn(asked).staff, circumstances, row, body)
        return shown(inside, id, circumstances)
      }),

    end: (asked) =>
      asked.inTransaction(async (inside) => {
        const { params, body, circumstances } = asked
        const row = await locked(inside, params.id, body.revision)
        asked.note({ person: row.person_id })
        settled(mayEndAtDesk(row.regime, body.why))
        await acts.end(inside, signedIn(asked).staff, circumstances, row, { reason: body.why, note: body.reason })
        return shown(inside, row.id, circumstances)
      }),
  })
}
