import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import { refuse, TooMany } from '../core/refusals.ts'
import { settingsOf } from '../core/settings.ts'
import { SignInLocked } from './refusals.ts'

declare module '../core/tables.ts' {
  interface Tables {
    sign_in_guard: { key: string; failures: number; since: Date; locked_until: Date | null }
  }
}

/** Failures from one address in a quarter of an hour before it has to wait; an office shares one address. */
const addressFailures = 50
const addressWindowMs = 15 * 60_000

/**
 * Counts attempts before they are checked and takes the count back when they succeed, so that guesses sent at once are
 * counted too. An account that does not exist is counted and locked like one that does.
 */
export function signInGuard(house: House) {
  const db = house.databases.system
  const keysOf = (login: string) =>
    house.vault.blinds('login', login.toLowerCase()).map((blind) => `login:${blind.toString('hex')}`)
  const keyOf = (login: string) => keysOf(login)[0] ?? ''
  /** Locked under a master key of before, and not yet carried over to the present one. */
  const lockedBefore = async (login: string, now: number) => {
    const [, ...before] = keysOf(login)
    if (before.length === 0) return null
    const row = await db
      .selectFrom('sign_in_guard')
      .select('locked_until')
      .where('key', 'in', before)
      .where('locked_until', '>', new Date(now))
      .executeTakeFirst()
    return row?.locked_until ?? null
  }

  /** One more attempt on `key`; forgotten `forgetMs` after the first of them. */
  const count = async (key: string, forgetMs: number) => {
    const now = new Date(house.chance.now())
    const old = new Date(now.getTime() - forgetMs)
    return db
      .insertInto('sign_in_guard')
      .values({ key, failures: 1, since: now, locked_until: null })
      .onConflict((c) =>
        c.column('key').doUpdateSet({
          failures: sql`case when sign_in_guard.since < ${old} or sign_in_guard.locked_until <= ${now} then 1 else sign_in_guard.failures + 1 end`,
          since: sql`case when sign_in_guard.since < ${old} or sign_in_guard.locked_until <= ${now} then ${now} else sign_in_guard.since end`,
          locked_until: sql`case when sign_in_guard.locked_until <= ${now} then null else sign_in_guard.locked_until end`,
        }),
      )
      .returning(['failures', 'locked_until'])
      .executeTakeFirstOrThrow()
  }

  return {
    /** @throws Refusal when the account or the address has to wait */
    async enter(login: string, ip: string): Promise<void> {
      const now = house.chance.now()
      const address = await db.selectFrom('sign_in_guard').selectAll().where('key', '=', `ip:${ip}`).executeTakeFirst()
      if (address && address.failures >= addressFailures && address.since.getTime() + addressWindowMs > now)
        throw refuse(TooMany, { after: Math.ceil((address.since.getTime() + addressWindowMs - now) / 1000) })
      const rules = await settingsOf(db, now)
      const lockMs = rules.number('lockout.minutes') * 60_000
      const seen = await count(keyOf(login), lockMs)
      const lockedUntil = seen.locked_until ?? (await lockedBefore(login, now))
      if (lockedUntil) throw refuse(SignInLocked, { minutes: Math.ceil((lockedUntil.getTime() - now) / 60_000) })
      // More at once than the limit allows: they were counted before any of them was checked.
      if (seen.failures > rules.number('lockout.failures')) throw await this.locked(login)
    },
    /** The attempt failed. Returns the refusal to give instead when it was the last one allowed. */
    async failed(login: string, ip: string) {
      await count(`ip:${ip}`, addressWindowMs)
      const rules = await settingsOf(db, house.chance.now())
      const row = await db.selectFrom('sign_in_guard').selectAll().where('key', '=', keyOf(login)).executeTakeFirst()
      return row && row.failures >= rules.number('lockout.failures') ? this.locked(login) : null
    },
    async locked(login: string) {
      const now = house.chance.now()
      const minutes = (await settingsOf(db, now)).number('lockout.minutes')
      const until = new Date(now + minutes * 60_000)
      await db.updateTable('sign_in_guard').set({ locked_until: until }).where('key', '=', keyOf(login)).execute()
      // For the administrators' list; the guard itself decides.
      await db.updateTable('staff').set({ locked_until: until }).where('login', '=', login.toLowerCase()).execute()
      return refuse(SignInLocked, { minutes })
    },
    /** The password was right and a code is asked for: the attempt neither failed nor succeeded. */
    async halfway(login: string): Promise<void> {
      await db
        .updateTable('sign_in_guard')
        .set({ failures: sql`greatest(failures - 1, 0)` })
        .where('key', '=', keyOf(login))
        .execute()
    },
    async forget(login: string): Promise<void> {
      await db.deleteFrom('sign_in_guard').where('key', 'in', keysOf(login)).execute()
      await db.updateTable('staff').set({ locked_until: null }).where('login', '=', login.toLowerCase()).execute()
    },
  }
}
export type SignInGuard = ReturnType<typeof signInGuard>
