import { staff } from '@zhijiao/contract/orgs'
import { signInGuard } from '../accounts/index.ts'
import { hashPassword } from '../core/auth/password.ts'
import type { Session } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { Changed, refuse, settled } from '../core/refusals.ts'
import { type Asked, type Inside, keep, signedIn } from '../core/room.ts'
import { followStaff } from '../core/tasks/staff.ts'
import { credentialStore } from './credentials.ts'
import { firstPassword, managed, rolesTogether } from './domain.ts'
import { organStore } from './organs.ts'
import { recoveryStore } from './recoveries.ts'
import {
  HasCaseload,
  LoginTaken,
  OrganItself,
  OrganMissing,
  RecoveryPassword,
  Self,
  SuccessorUnfit,
} from './refusals.ts'
import { type StaffStore, staffStore } from './staff.ts'
import { unitStore } from './units.ts'

export function staffHandlers(house: House) {
  const accounts = credentialStore(house.databases.system)
  const storeOf = ({ db }: Inside, { circumstances }: Pick<Asked, 'circumstances'>) =>
    staffStore(db, circumstances.now, circumstances.today)
  const refuseSelf = (id: string, who: Session) => {
    if (id === who.staff.id) throw refuse(Self)
  }
  const refuseCaseload = async (store: StaffStore, id: string) => {
    const people = await store.caseload(id)
    if (people > 0) throw refuse(HasCaseload, { people })
  }
  /** A password to be changed at the first sign-in; told once, kept as a hash only. */
  const newPassword = async (id: string) => {
    const password = firstPassword(house.chance.bytes(14))
    await accounts.setPassword(id, await hashPassword(password), new Date(house.chance.now()))
    await accounts.endSessions(id)
    return password
  }
  /** Who takes over what is left; the tasks themselves move once the change has been written. */
  const nameSuccessor = async (inside: Inside, asked: Asked, id: string, successor: string | undefined) => {
    if (successor === undefined) return
    const store = storeOf(inside, asked)
    const colleague = await store.get(successor)
    if (!colleague.active || colleague.id === id) throw refuse(SuccessorUnfit)
    await store.succeed(asked.circumstances.id(), id, successor, signedIn(asked).staff)
  }
  /** The partner organ an account is to belong to; `before` where the wish says nothing of it. */
  const organOf = async (
    inside: Inside,
    asked: Asked,
    wish: { org: string; organ?: string | null },
    before: string | null,
  ) => {
    const name = wish.organ?.trim()
    if (wish.organ === undefined) return before
    if (!name) return null
    const { id, now } = asked.circumstances
    return organStore(inside.db).named({
      id: id(),
      org: wish.org,
      name,
      by: signedIn(asked).staff.id,
      at: new Date(now),
    })
  }
  const handOver = () =>
    followStaff(house).catch((error) =>
      house.log.warn(
        { why: error instanceof Error ? error.message : '' },
        'tasks not handed over yet, the worker will',
      ),
    )

  return keep(staff, {
    list: async (asked) => {
      const { page = 1, size = 20, sort = 'org', ...query } = asked.query
      return asked.inTransaction((inside) => storeOf(inside, asked).page(query, { number: page, size, sort }))
    },
    colleagues: async (asked) =>
      asked.inTransaction(async (inside) => ({ items: await storeOf(inside, asked).colleagues(asked.query) })),
    organs: async (asked) =>
      asked.inTransaction(async ({ db }) => {
        const { unit } = signedIn(asked).eyes
        const { org = unit } = asked.query
        return { items: await organStore(db).under(org.startsWith(unit) ? org : unit) }
      }),
    joinOrgans: async (asked) => {
      const { into, reason } = asked.body
      asked.note({ reason, detail: { organ: asked.params.id, into } })
      if (into === asked.params.id) throw refuse(OrganItself)
      return asked.inTransaction(async ({ db, ledger }) => {
        const store = organStore(db)
        const [from, to] = [await store.one(asked.params.id), await store.one(into)]
        const joined = await store.join(from.id, to.id)
        await ledger.append({
          kind: 'organ.joined',
          org: to.org_code,
          subject: to.id,
          payload: { was: from.id, from: from.name, to: to.name, ...joined, reason },
        })
        return joined
      })
    },
    get: async (asked) => asked.inTransaction((inside) => storeOf(inside, asked).get(asked.params.id)),
    add: async (asked) => {
      const who = signedIn(asked)
      const { body, circumstances } = asked
      const password = firstPassword(house.chance.bytes(14))
      const hash = await hashPassword(password)
      if (await accounts.taken(body.login)) throw refuse(LoginTaken, { login: body.login })
      return asked.inTransaction(async (inside) => {
        settled(managed(body.org, who.eyes.unit))
        await unitStore(inside.db).get(body.org)
        const id = circumstances.id()
        const store = storeOf(inside, asked)
        await store.add(id, body, await organOf(inside, asked, body, null), hash)
        await inside.ledger.append({
          kind: 'staff.added',
          org: body.org,
          subject: id,
          payload: { login: body.login, name: body.name, organ: body.organ?.trim() || null },
        })
        return { staff: await store.get(id), password }
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
          settled(managed(body.org, signedIn(asked).eyes.unit))
          await unitStore(inside.db).get(body.org)
          await refuseCaseload(store, params.id)
          await nameSuccessor(inside, asked, params.id, body.successor)
          settled(rolesTogether(before.roles, body.org))
        }
        const organ = await organOf(inside, asked, body, before.organ?.id ?? null)
        if (!organ && before.roles.includes('partnerOrgan')) throw refuse(OrganMissing)
        await store.change(params.id, body, organ)
        const after = await store.get(params.id)
        await inside.ledger.append({
          kind: 'staff.changed',
          org: body.org,
          subject: params.id,
          payload: {
            from: {
              name: before.name,
              org: before.org.code,
              organ: before.organ?.name ?? null,
              certificate: before.certificate,
            },
            to: {
              name: body.name,
              org: body.org,
              organ: after.organ?.name ?? null,
              certificate: body.certificate ?? null,
            },
          },
        })
        return after
      })
      await handOver()
      return changed
    },
    deactivate: async (asked) => {
      asked.note({ reason: asked.body.reason })
      const closed = await asked.inTransaction(async (inside) => {
        refuseSelf(asked.params.id, signedIn(asked))
        const store = storeOf(inside, asked)
        await refuseCaseload(store, asked.params.id)
        await nameSuccessor(inside, asked, asked.params.id, asked.body.successor)
        await store.setActive(asked.params.id, false)
        const now = await store.get(asked.params.id)
        await inside.ledger.append({
          kind: 'staff.closed',
          org: now.org.code,
          subject: now.id,
          payload: { reason: asked.body.reason },
        })
        return now
      })
      await accounts.endSessions(asked.params.id)
      await handOver()
      return closed
    },
    reactivate: async (asked) => {
      const opened = await asked.inTransaction(async (inside) => {
        refuseSelf(asked.params.id, signedIn(asked))
        const store = storeOf(inside, asked)
        await store.setActive(asked.params.id, true)
        const now = await store.get(asked.params.id)
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
        if (roles.includes('partnerOrgan') && !before.organ) throw refuse(OrganMissing)
        await store.setRoles(before, roles, asked.body.designations, who.staff.id)
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
      asked.note({
        reason: asked.body.reason,
        detail: { staff: asked.params.id, about: asked.body.about ?? 'secondFactor' },
      })
      refuseSelf(asked.params.id, who)
      return asked.inTransaction(async (inside) => {
        const account = await storeOf(inside, asked).get(asked.params.id)
        const store = recoveryStore(inside.db)
        const { about = 'secondFactor', reason } = asked.body
        if (about === 'password' && !account.roles.includes('securityAdmin')) throw refuse(RecoveryPassword)
        const id = await store.ask(account.id, { about, reason }, who, asked.circumstances)
        await inside.ledger.append({
          kind: 'recovery.asked',
          org: account.org.code,
          subject: account.id,
          payload: { about, reason },
        })
        return store.get(id)
      })
    },
    decideRecovery: async (asked) => {
      const who = signedIn(asked)
      const recovery = await asked.inTransaction(async (inside) => {
        const store = recoveryStore(inside.db)
        await store.decide(asked.params.id, asked.body.approve, who, asked.circumstances)
        const decided = await store.get(asked.params.id)
        asked.note({ detail: { staff: decided.staff.id, about: decided.about, approved: asked.body.approve } })
        await inside.ledger.append({
          kind: asked.body.approve ? 'recovery.approved' : 'recovery.refused',
          org: decided.staff.org,
          subject: decided.staff.id,
          payload: { about: decided.about, askedBy: decided.requestedById },
        })
        return decided
      })
      if (recovery.state !== 'approved') return { recovery, password: null }
      if (recovery.about === 'password') return { recovery, password: await newPassword(recovery.staff.id) }
      await accounts.forgetSecondFactor(recovery.staff.id)
      await accounts.endSessions(recovery.staff.id)
      return { recovery, password: null }
    },
  })
}
