import { askedFor } from '@zhijiao/contract/asked'
import { orgs } from '@zhijiao/contract/orgs'
import { permissionsOf } from '@zhijiao/law/permissions'
import { roles as cards, isAdministrator, roleNames } from '@zhijiao/law/roles'
import { settled } from '../core/refusals.ts'
import { keep, signedIn } from '../core/room.ts'
import { managed } from './domain.ts'
import { unitStore } from './units.ts'

export function orgHandlers() {
  return keep(orgs, {
    tree: async (asked) => {
      const { unit } = signedIn(asked).eyes
      const under = asked.query.under?.startsWith(unit) ? asked.query.under : unit
      return asked.inTransaction(({ db }) => unitStore(db).under(under, asked.query.depth, asked.query.closed ?? false))
    },
    get: async ({ params, inTransaction }) =>
      inTransaction(async ({ db }) => ({
        org: await unitStore(db).get(params.code),
        above: await unitStore(db).above(params.code),
      })),
    add: async (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const units = unitStore(db)
        await units.add(asked.body, signedIn(asked).eyes.unit)
        await ledger.append({ kind: 'org.added', org: asked.body.code, payload: { name: asked.body.name } })
        return units.get(asked.body.code)
      }),
    change: async (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const units = unitStore(db)
        settled(managed(asked.params.code, signedIn(asked).eyes.unit))
        const before = await units.get(asked.params.code)
        await units.change(asked.params.code, asked.body)
        const after = await units.get(asked.params.code)
        await ledger.append({
          kind: 'org.changed',
          org: after.code,
          payload: { from: before.name, to: after.name, urban: after.urban },
        })
        return after
      }),
    close: async (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const units = unitStore(db)
        settled(managed(asked.params.code, signedIn(asked).eyes.unit))
        await units.get(asked.params.code)
        await units.refuseInUse(asked.params.code)
        await units.setActive(asked.params.code, false)
        asked.note({ reason: asked.body.reason })
        await ledger.append({ kind: 'org.closed', org: asked.params.code, payload: { reason: asked.body.reason } })
        return units.get(asked.params.code)
      }),
    reopen: async (asked) =>
      asked.inTransaction(async ({ db, ledger }) => {
        const units = unitStore(db)
        settled(managed(asked.params.code, signedIn(asked).eyes.unit))
        await units.get(asked.params.code)
        await units.setActive(asked.params.code, true)
        await ledger.append({ kind: 'org.reopened', org: asked.params.code, payload: {} })
        return units.get(asked.params.code)
      }),
    roles: async () => ({
      items: roleNames.map((role) => {
        const { zh, en, level, reach, byDesignation } = cards[role]
        return {
          role,
          zh,
          en,
          level,
          reach,
          administrator: isAdministrator(role),
          byDesignation: [...byDesignation],
          permissions: [...permissionsOf(role)].sort(),
        }
      }),
      inUse: [...askedFor].sort(),
    }),
  })
}
