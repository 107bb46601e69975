import { orgs, staff } from '@zhijiao/contract/orgs'
import { permissionsOf } from '@zhijiao/law/permissions'
import { roles as cards, isAdministrator, roleNames } from '@zhijiao/law/roles'
import { signInGuard } from '../accounts/index.ts'
import { hashPassword } from '../core/auth/password.ts'
import type { Session } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import { type Asked, type Inside, keep, signedIn } from '../core/room.ts'
import { followStaff } from '../core/tasks/staff.ts'
import { firstPassword, rolesTogether } from './domain.ts'
import { recoveryStore } from './recoveries.ts'
import { HasCaseload, LoginTaken, Outside, Self, SuccessorUnfit } from './refusals.ts'
import { staffStore } from './staff.ts'
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
        refuseOutside(asked.params.code, signedIn(asked))
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
        refuseOutside(asked.params.code, signedIn(asked))
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
        refuseOutside(asked.params.code, signedIn(asked))
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
    }),
  })
}

/** A unit is managed by those above it and, but for closing itself, by its own administrator. */
function refuseOutside(code: string, who: Session): void {
  if (!code.startsWith(who.eyes.unit)) throw refuse(Outside, { code })
}

export function staffHandlers(house: House) {
  const { system } = house.databases
  const storeOf = ({ db }: Inside, { circumstances }: Pick<Asked, 'circumstances'>) =>
    staffStore(db, circumstances.now, circumstances.today)
  const endSessions = (id: string) => system.deleteFrom('session').where('staff_id', '=', id).execute()
  const refuseSelf = (id: string, who: Session) => {
    if (id === who.staff.id) throw refuse(Self)
  }
  /** A password to be changed at the first sign-in; told once, kept as a hash only. */
  const newPassword = async (id: string) => {
    const password = firstPassword(house.chance.bytes(14))
    await system
      .updateTable('staff')
      .set({
        password_hash: await hashPassword(password),
        password_changed_at: new Date(house.chance.now()),
        must_change_password: true,
      })
      .where('id', '=', id)
      .execute()
    await endSessions(id)
    return password
  }

  /** Who takes over what is left; the tasks themselves move once the change has been written. */
  const nameSuccessor = async (inside: Inside, asked: Asked, id: string, successor: string | undefined) => {
    if (successor === undefined) return
    const colleague = await storeOf(inside, asked).get(successor)
    if (!colleague.active || colleague.id === id) throw refuse(SuccessorUnfit)
    const by = signedIn(asked).staff
    await inside.db
      .insertInto('staff_successor')
      .values({
        id: asked.circumstances.id(),
        staff_id: id,
        successor_id: successor,
        at: new Date(asked.circumstances.now),
        by_id: by.id,
        by_name: by.name,
      })
      .execute()
  }

  return keep(staff, {
    list: async (asked) => {
      const { page = 1, size = 20, sort: _sort, ...query } = asked.query
      return asked.inTransaction((inside) => storeOf(inside, asked).page(query, page, size))
    },
    colleagues: async (asked) =>
      asked.inTransaction(async (inside) => ({ items: await storeOf(inside, asked).colleagues(asked.query) })),
    get: async (asked) => asked.inTransaction((inside) => storeOf(inside, asked).get(asked.params.id)),
    add: async (asked) => {
      const who = signedIn(asked)
      const { body, circumstances } = asked
      const password = firstPassword(house.chance.bytes(14))
      const hash = await hashPassword(password)
      if (await system.selectFrom('staff').select('id').where('login', '=', body.login).executeTakeFirst())
        throw refuse(LoginTaken, { login: body.login })
      return asked.inTransaction(async (inside) => {
        refuseOutside(body.org, who)
        await unitStore(inside.db).get(body.org)
        const id = circumstances.id()
        await inside.db
          .insertInto('staff')
          .values({
            id,
            login: body.login,
            number: body.number,
            name: body.name.trim(),
            org_code: body.org,
            phone: body.phone ?? null,
            certificate: body.certificate ?? null,
            certificate_until: body.certificateUntil ?? null,
            designations: [],
            active: true,
            password_hash: hash,
            password_changed_at: new Date(circumstances.now),
            password_history: [],
            must_change_password: true,
            failed_count: 0,
            language: 'zh',
            created_at: new Date(circumstances.now),
            revision: 1,
          })
          .execute()
        await inside.ledger.append({
          kind: 'staff.added',
          org: body.org,
          subject: id,
          payload: { login: body.login, name: body.name },
        })
        return { staff: await storeOf(inside, asked).get(id), password }
      })
    },
    change: async (asked) => {
      const changed = await asked.inTransaction(async (inside) => {
        const { body, params } = asked
        refuseSelf(params.id, signedIn(asked))
        const store = storeOf(inside, asked)
        const before = await store.get(params.id)
        if (before.revision !== body.revision) throw refuse(Changed, { revision: before.revision })
        if (before.org.code !== body.org) {
          refuseOutside(body.org, signedIn(asked))
          await unitStore(inside.db).get(body.org)
          await refuseCaseload(store, params.id)
          await nameSuccessor(inside, asked, params.id, body.successor)
          settled(rolesTogether(before.roles, body.org))
        }
        await inside.db
          .updateTable('staff')
          .set({
            number: body.number,
            name: body.name.trim(),
            org_code: body.org,
            phone: body.phone,
            certificate: body.certificate,
            certificate_until: body.certificateUntil,
            revision: body.revision + 1,
          })
          .where('id', '=', params.id)
          .where('revision', '=', body.revision)
          .execute()
        await inside.ledger.append({
          kind: 'staff.changed',
          org: body.org,
          subject: params.id,
          payload: {
            from: { name: before.name, org: before.org.code, certificate: before.certificate },
            to: { name: body.name, org: body.org, certificate: body.certificate ?? null },
          },
        })
        return store.get(params.id)
      })
      await followStaff(house).catch((error) =>
        house.log.warn(
          { why: error instanceof Error ? error.message : '' },
          'tasks not handed over yet, the worker will',
        ),
      )
      return changed
    },
    deactivate: async (asked) => {
      asked.note({ reason: asked.body.reason })
      const closed = await asked.inTransaction(async (inside) => {
        refuseSelf(asked.params.id, signedIn(asked))
        const store = storeOf(inside, asked)
        await refuseCaseload(store, asked.params.id)
        await nameSuccessor(inside, asked, asked.params.id, asked.body.successor)
        await setActive(inside, asked.params.id, false)
        const now = await store.get(asked.params.id)
        await inside.ledger.append({
          kind: 'staff.closed',
          org: now.org.code,
          subject: now.id,
          payload: { reason: asked.body.reason },
        })
        return now
      })
      await endSessions(asked.params.id)
      await followStaff(house).catch((error) =>
        house.log.warn(
          { why: error instanceof Error ? error.message : '' },
          'tasks not handed over yet, the worker will',
        ),
      )
      return closed
    },
    reactivate: async (asked) => {
      const opened = await asked.inTransaction(async (inside) => {
        refuseSelf(asked.params.id, signedIn(asked))
        await setActive(inside, asked.params.id, true)
        const now = await storeOf(inside, asked).get(asked.params.id)
        await inside.ledger.append({ kind: 'staff.reopened', org: now.org.code, subject: now.id, payload: {} })
        return now
      })
      return { staff: { ...opened, mustChangePassword: true }, password: await newPassword(asked.params.id) }
    },
    setRoles: async (asked) => {
      const who = signedIn(asked)
      asked.note({ reason: asked.body.reason, detail: { staff: asked.params.id, roles: asked.body.roles.join(',') } })
      return asked.inTransaction(async (inside) => {
        refuseSelf(asked.params.id, who)
        const store = storeOf(inside, asked)
        const before = await store.get(asked.params.id)
        const roles = settled(rolesTogether(asked.body.roles, before.org.code))
        await inside.db.deleteFrom('staff_role').where('staff_id', '=', before.id).execute()
        if (roles.length > 0)
          await inside.db
            .insertInto('staff_role')
            .values(
              roles.map((role) => ({
                staff_id: before.id,
                role,
                granted_by: who.staff.id,
                granted_at: new Date(asked.circumstances.now),
              })),
            )
            .execute()
        await inside.db
          .updateTable('staff')
          .set({ designations: [...new Set(asked.body.designations)], revision: before.revision + 1 })
          .where('id', '=', before.id)
          .execute()
        await inside.ledger.append({
          kind: 'staff.rolesSet',
          org: before.org.code,
          subject: before.id,
          payload: {
            from: { roles: before.roles, designations: before.designations },
            to: { roles: [...roles], designations: asked.body.designations },
            reason: asked.body.reason,
          },
        })
        return store.get(before.id)
      })
    },
    resetPassword: async (asked) => {
      asked.note({ reason: asked.body.reason, detail: { staff: asked.params.id } })
      refuseSelf(asked.params.id, signedIn(asked))
      // Through the caller's eyes first: an account elsewhere is not there.
      const account = await asked.inTransaction((inside) => storeOf(inside, asked).get(asked.params.id))
      return { staff: { ...account, mustChangePassword: true }, password: await newPassword(account.id) }
    },
    unlock: async (asked) => {
      refuseSelf(asked.params.id, signedIn(asked))
      const account = await asked.inTransaction((inside) => storeOf(inside, asked).get(asked.params.id))
      await signInGuard(house).forget(account.login)
      return { ...account, locked: false }
    },
    recoveries: async ({ query, inTransaction }) =>
      inTransaction(({ db }) => recoveryStore(db).page(query.state, query.page ?? 1, query.size ?? 20)),
    askRecovery: async (asked) => {
      const who = signedIn(asked)
      asked.note({ reason: asked.body.reason, detail: { staff: asked.params.id } })
      refuseSelf(asked.params.id, who)
      return asked.inTransaction(async (inside) => {
        const account = await storeOf(inside, asked).get(asked.params.id)
        const store = recoveryStore(inside.db)
        const id = await store.ask(account.id, asked.body.reason, who, asked.circumstances)
        await inside.ledger.append({
          kind: 'recovery.asked',
          org: account.org.code,
          subject: account.id,
          payload: { reason: asked.body.reason },
        })
        return store.get(id)
      })
    },
    decideRecovery: async (asked) => {
      const who = signedIn(asked)
      const { recovery, forget } = await asked.inTransaction(async (inside) => {
        const store = recoveryStore(inside.db)
        const forgetting = await store.decide(asked.params.id, asked.body.approve, who, asked.circumstances)
        const decided = await store.get(asked.params.id)
        asked.note({ detail: { staff: decided.staff.id, approved: asked.body.approve } })
        await inside.ledger.append({
          kind: asked.body.approve ? 'recovery.approved' : 'recovery.refused',
          org: decided.staff.org,
          subject: decided.staff.id,
          payload: { askedBy: decided.requestedById },
        })
        return { recovery: decided, forget: forgetting }
      })
      if (forget) {
        await system
          .updateTable('staff')
          .set({ totp_secret: null, totp_pending: null, totp_confirmed_at: null, totp_last_step: null })
          .where('id', '=', forget)
          .execute()
        await endSessions(forget)
      }
      return recovery
    },
  })
}

async function refuseCaseload(store: ReturnType<typeof staffStore>, id: string): Promise<void> {
  const people = await store.caseload(id)
  if (people > 0) throw refuse(HasCaseload, { people })
}

async function setActive({ db }: Inside, id: string, active: boolean): Promise<void> {
  const row = await db.selectFrom('staff').select('revision').where('id', '=', id).executeTakeFirst()
  if (row)
    await db
      .updateTable('staff')
      .set({ active, revision: row.revision + 1 })
      .where('id', '=', id)
      .execute()
}
