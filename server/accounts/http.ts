import { account } from '@zhijiao/contract/account'
import { newSecondFactor, stepOf } from '../core/auth/second-factor.ts'
import { endSession, hashToken, type Session, sessionOf } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { NotFound, NotSignedIn, refuse } from '../core/refusals.ts'
import { keep, signedIn } from '../core/room.ts'
import { signInGuard } from './guard.ts'
import { meOf } from './me.ts'
import { changePassword, proveOwner } from './password.ts'
import { SecondFactorNotBegun, SecondFactorWrong } from './refusals.ts'
import { signIn } from './sign-in.ts'
import { accountStore } from './store.ts'

export interface AccountDoors {
  /** Where the live line stands now. */
  cursor(): string
}

export function accountHandlers(house: House, { cursor }: AccountDoors) {
  const { system } = house.databases
  const store = accountStore(system)
  const meNow = async (tokenHash: Buffer) => {
    const live = cursor()
    const session = await sessionOf(system, house.chance, tokenHash)
    if (!session) throw refuse(NotSignedIn)
    return meOf(house, session, live)
  }
  /** The caller as he stands after a change of his own account. */
  const meAfter = (before: Session) => meNow(before.tokenHash)

  return keep(account, {
    signIn: async ({ body, ip, agent, request, cookie }) => {
      const token = await signIn(house, { ...body, ip, agent, request })
      if (token === null) return { step: 'secondFactor' as const, me: null }
      cookie(token)
      return { step: 'in' as const, me: await meNow(hashToken(token)) }
    },
    me: async (asked) => meOf(house, signedIn(asked), cursor()),
    signOut: async (asked) => {
      await endSession(system, signedIn(asked).tokenHash)
      asked.cookie(null)
    },
    changePassword: async (asked) => {
      const who = signedIn(asked)
      await changePassword(house, { staffId: who.staff.id, ...asked.body, ip: asked.ip })
      return meAfter(who)
    },
    beginSecondFactor: async (asked) => {
      const { staff } = signedIn(asked)
      await proveOwner(house, staff.id, asked.body.password, asked.ip)
      const row = await store.byId(staff.id)
      // Whoever has one gives it up with it; whoever lost it goes by two people (recovery).
      if (row.totp_confirmed_at && row.totp_secret) {
        const step = asked.body.code
          ? stepOf(house.vault.open('totp', row.totp_secret), asked.body.code, house.chance.now())
          : null
        if (step === null || !(await store.useStep(staff.id, step))) throw refuse(SecondFactorWrong)
      }
      const made = newSecondFactor(house.chance.bytes(20), row.login)
      await store.setPending(staff.id, house.vault.seal('totp', made.secret))
      return made
    },
    confirmSecondFactor: async (asked) => {
      const who = signedIn(asked)
      const row = await store.byId(who.staff.id)
      if (!row.totp_pending) throw refuse(SecondFactorNotBegun)
      const guard = signInGuard(house)
      await guard.enter(row.login, asked.ip)
      const step = stepOf(house.vault.open('totp', row.totp_pending), asked.body.code, house.chance.now())
      if (step === null) throw (await guard.failed(row.login, asked.ip)) ?? refuse(SecondFactorWrong)
      await guard.forget(row.login)
      await store.confirmPending(row.id, row.totp_pending, step, new Date(house.chance.now()))
      await store.proveSession(who.id)
      return meAfter(who)
    },
    sessions: async (asked) => {
      const who = signedIn(asked)
      return {
        items: (await store.sessions(who.staff.id)).map((s) => ({
          id: s.id,
          startedAt: s.created_at.toISOString(),
          lastSeenAt: s.last_seen_at.toISOString(),
          expiresAt: s.expires_at.toISOString(),
          ip: s.ip,
          agent: s.agent,
          secondFactor: s.second_factor,
          current: s.id === who.id,
        })),
      }
    },
    endSession: async (asked) => {
      const who = signedIn(asked)
      if (!(await store.endSessionOf(who.staff.id, asked.params.id))) throw refuse(NotFound)
      if (asked.params.id === who.id) asked.cookie(null)
    },
    setLanguage: async (asked) => {
      const who = signedIn(asked)
      await store.setLanguage(who.staff.id, asked.body.language)
      return meAfter(who)
    },
    setProfile: async (asked) => {
      const who = signedIn(asked)
      await store.setProfile(who.staff.id, asked.body.phone, asked.body.phrases)
      return meAfter(who)
    },
  })
}
