import type { setup } from '@zhijiao/contract/account'
import type { BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import { sql } from 'kysely'
import { refuseWeak } from '../accounts/index.ts'
import { hashPassword } from '../core/auth/password.ts'
import { hashToken } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { ledgerIn } from '../core/ledger/append.ts'
import { locks } from '../core/locks.ts'
import { refuse } from '../core/refusals.ts'
import { sameBytes } from '../core/vault.ts'
import { levelOf } from '../orgs/index.ts'
import { SetupClosed, SetupLogins, SetupTokenWrong } from './refusals.ts'

type FirstRun = BodyOf<SpecOf<(typeof setup)['begin']>>

const key = 'secret.setup'
const lock = locks.firstSetup

const anybody = async (house: House) =>
  (await house.databases.system.selectFrom('staff').select('id').limit(1).executeTakeFirst()) !== undefined

/**
 * A token for the first run of a production database without any staff, to be printed once; null when there is somebody
 * already. A later start makes another one, so that a lost token costs a restart and nothing else.
 */
export async function openSetup(house: House): Promise<string | null> {
  if (await anybody(house)) return null
  const token = house.chance.bytes(18).toString('base64url')
  const row = {
    value: sql`${JSON.stringify(hashToken(token).toString('hex'))}::jsonb`,
    changed_at: new Date(house.chance.now()),
  }
  await house.databases.system
    .insertInto('setting')
    .values({ key, org_code: '', changed_by: null, ...row })
    .onConflict((c) => c.columns(['key', 'org_code']).doUpdateSet(row))
    .execute()
  return token
}

const tokenHash = async (house: House): Promise<string | null> => {
  const row = await house.databases.system
    .selectFrom('setting')
    .select('value')
    .where('key', '=', key)
    .where('org_code', '=', '')
    .executeTakeFirst()
  return typeof row?.value === 'string' ? row.value : null
}

export const setupIsOpen = async (house: House): Promise<boolean> =>
  (await tokenHash(house)) !== null && !(await anybody(house))

/** Creates the top unit and its three administrators, once. Each changes his password and enrols a second factor first. */
export async function beginSetup(house: House, wish: FirstRun): Promise<{ org: string; logins: string[] }> {
  const hash = await tokenHash(house)
  if (hash === null || (await anybody(house))) throw refuse(SetupClosed)
  if (!sameBytes(Buffer.from(hash, 'hex'), hashToken(wish.token.trim()))) throw refuse(SetupTokenWrong)
  const administrators = (['systemAdmin', 'securityAdmin', 'auditAdmin'] as const).map((role) => ({
    role,
    ...wish[role],
  }))
  if (new Set(administrators.map((a) => a.login)).size < 3) throw refuse(SetupLogins)
  for (const a of administrators) refuseWeak(a.password, [a.login, a.number, a.name], `${a.role}.password`)
  const hashes = new Map<string, string>()
  for (const a of administrators) hashes.set(a.login, await hashPassword(a.password))
  const now = new Date(house.chance.now())
  await house.databases.system.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(${lock})`.execute(db)
    if (await db.selectFrom('staff').select('id').limit(1).executeTakeFirst()) throw refuse(SetupClosed)
    await db
      .insertInto('org')
      .values({
        code: wish.org.code,
        level: levelOf(wish.org.code),
        parent: null,
        name: wish.org.name,
        name_en: wish.org.nameEn ?? null,
        phone: null,
        address: null,
        urban: false,
        synthetic: false,
        active: true,
        revision: 1,
      })
      .execute()
    for (const a of administrators) {
      const id = house.chance.id()
      await db
        .insertInto('staff')
        .values({
          id,
          login: a.login,
          number: a.number,
          name: a.name,
          org_code: wish.org.code,
          designations: [],
          active: true,
          password_hash: hashes.get(a.login) ?? '',
          password_changed_at: now,
          password_history: [],
          // One person typed all three: each makes his own at the first sign-in.
          must_change_password: true,
          failed_count: 0,
          language: 'zh',
          created_at: now,
          revision: 1,
        })
        .execute()
      await db
        .insertInto('staff_role')
        .values({ staff_id: id, role: a.role, granted_by: null, granted_at: now })
        .execute()
    }
    await db.deleteFrom('setting').where('key', '=', key).execute()
    await ledgerIn(db, house.chance, { id: null, name: 'setup', lawRevision: '' }).append({
      kind: 'org.founded',
      org: wish.org.code,
      payload: { name: wish.org.name, administrators: administrators.map((a) => a.login) },
    })
  })
  return { org: wish.org.code, logins: administrators.map((a) => a.login) }
}
