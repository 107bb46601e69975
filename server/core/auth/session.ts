import { createHash } from 'node:crypto'
import type { Generated } from 'kysely'
import type { Chance } from '../clock.ts'
import type { Db, Eyes } from '../db.ts'
import { settingsOf } from '../settings.ts'
import { standingOf } from './standing.ts'

declare module '../tables.ts' {
  interface Tables {
    session: {
      token_hash: Buffer
      id: string
      staff_id: string
      created_at: Date
      last_seen_at: Date
      expires_at: Date
      second_factor: boolean
      ip: string | null
      agent: string | null
      previous_at: Date | null
      previous_ip: string | null
    }
    staff_role: { staff_id: string; role: string; granted_by: string | null; granted_at: Date }
    staff: {
      id: string
      login: string
      number: string
      name: string
      org_code: string
      organ_id: Generated<string | null>
      phone: string | null
      certificate: string | null
      certificate_until: string | null
      designations: string[]
      active: boolean
      password_hash: string
      password_changed_at: Date
      password_history: string[]
      must_change_password: boolean
      totp_secret: Buffer | null
      totp_pending: Buffer | null
      totp_confirmed_at: Date | null
      totp_last_step: number | null
      failed_count: number
      locked_until: Date | null
      last_login_at: Date | null
      last_login_ip: string | null
      language: string
      signature_file: string | null
      phrases: Generated<string[]>
      created_at: Date
      revision: number
    }
  }
}

/** Somebody signed in: who, in which posts, and what those posts let him see. */
export interface Session {
  readonly id: string
  readonly tokenHash: Buffer
  readonly staff: {
    readonly id: string
    readonly login: string
    readonly number: string
    readonly name: string
    readonly org: string
    readonly language: 'zh' | 'en'
  }
  readonly roles: readonly string[]
  readonly permissions: ReadonlySet<string>
  readonly eyes: Eyes
  readonly secondFactor: boolean
  /** Must change the password, or enrol a second factor, before anything else. */
  readonly owes: 'password' | 'secondFactor' | null
  readonly expiresAt: number
}

/** Signed out after this long in any case. */
export const absoluteMs = 8 * 3_600_000

export const hashToken = (token: string) => createHash('sha256').update(token).digest()

/** Starts a session and ends any other of the same account. Returns the token for the cookie; only its hash is kept. */
export async function startSession(
  db: Db,
  chance: Chance,
  staffId: string,
  facts: {
    secondFactor: boolean
    ip: string | null
    agent: string | null
    previousAt?: Date | null
    previousIp?: string | null
  },
): Promise<string> {
  const token = chance.bytes(32).toString('base64url')
  const now = chance.now()
  await db.transaction().execute(async (trx) => {
    await trx.deleteFrom('session').where('staff_id', '=', staffId).execute()
    await trx
      .insertInto('session')
      .values({
        token_hash: hashToken(token),
        id: chance.id(),
        staff_id: staffId,
        created_at: new Date(now),
        last_seen_at: new Date(now),
        expires_at: new Date(now + absoluteMs),
        second_factor: facts.secondFactor,
        ip: facts.ip,
        agent: facts.agent?.slice(0, 200) ?? null,
        previous_at: facts.previousAt ?? null,
        previous_ip: facts.previousIp ?? null,
      })
      .execute()
  })
  return token
}

/** The session behind a cookie's token, or null when there is none, it idled out or ended. Touches it at most once a minute. */
export async function findSession(
  db: Db,
  chance: Chance,
  token: string | undefined,
  touch = true,
): Promise<Session | null> {
  return token ? sessionOf(db, chance, hashToken(token), touch) : null
}

/** The same by the hash, for whoever already holds the session and changed something of it. */
export async function sessionOf(db: Db, chance: Chance, tokenHash: Buffer, touch = false): Promise<Session | null> {
  const kept = await keptSession(db, chance, tokenHash)
  if (!kept || kept.idle) return null
  const now = chance.now()
  if (touch && now - kept.seenAt > 60_000)
    await db
      .updateTable('session')
      .set({ last_seen_at: new Date(now) })
      .where('token_hash', '=', tokenHash)
      .execute()
  return kept.session
}

/**
 * A session that has not ended, although nobody may have touched it for the idle time: with such a one nothing may be asked
 * or done, but the alarms of a desk that was left alone are still rung there. Null: there is none, or its account is closed.
 */
export async function keptSession(
  db: Db,
  chance: Chance,
  tokenHash: Buffer,
): Promise<{ readonly session: Session; readonly idle: boolean; readonly seenAt: number } | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('staff', 'staff.id', 'session.staff_id')
    .select([
      'session.id as session_id',
      'session.last_seen_at',
      'session.expires_at',
      'session.second_factor',
      'staff.id',
      'staff.login',
      'staff.number',
      'staff.name',
      'staff.org_code',
      'staff.language',
      'staff.active',
      'staff.must_change_password',
      'staff.password_changed_at',
      'staff.totp_confirmed_at',
      'staff.designations',
    ])
    .where('token_hash', '=', tokenHash)
    .executeTakeFirst()
  const now = chance.now()
  const rules = await settingsOf(db, now)
  const idleMs = rules.number('session.idleMinutes') * 60_000
  if (!row?.active || row.expires_at.getTime() <= now) return null
  const seenAt = row.last_seen_at.getTime()
  const roles = (await db.selectFrom('staff_role').select('role').where('staff_id', '=', row.id).execute()).map(
    (r) => r.role,
  )
  const standing = standingOf(roles, row.designations)
  const session: Session = {
    id: row.session_id,
    tokenHash,
    staff: {
      id: row.id,
      login: row.login,
      number: row.number,
      name: row.name,
      org: row.org_code,
      language: row.language === 'en' ? 'en' : 'zh',
    },
    roles,
    permissions: standing.permissions,
    eyes: { staff: row.id, unit: row.org_code, reach: standing.reach, classes: standing.classes },
    secondFactor: row.second_factor,
    owes:
      row.must_change_password || now - row.password_changed_at.getTime() > rules.number('password.days') * 86_400_000
        ? 'password'
        : standing.needsSecondFactor && !(row.totp_confirmed_at && row.second_factor)
          ? 'secondFactor'
          : null,
    expiresAt: Math.min(row.expires_at.getTime(), now + idleMs),
  }
  return { session, idle: seenAt + idleMs <= now, seenAt }
}

export async function endSession(db: Db, tokenHash: Buffer): Promise<void> {
  await db.deleteFrom('session').where('token_hash', '=', tokenHash).execute()
}
