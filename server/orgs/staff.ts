import type { BodyOf, SpecOf, Static } from '@zhijiao/contract/kernel'
import type { Colleague, StaffMember, staff } from '@zhijiao/contract/orgs'
import type { CivilDate } from '@zhijiao/law/civil-date'
import { plusDays } from '@zhijiao/law/civil-date'
import type { Role } from '@zhijiao/law/roles'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'

/** Days before its end from which a certificate is shown as ending. */
const endingDays = 60

type NewAccount = BodyOf<SpecOf<(typeof staff)['add']>>
type ChangedAccount = BodyOf<SpecOf<(typeof staff)['change']>>

interface Query {
  readonly q?: string
  readonly org?: string
  readonly role?: string
  readonly active?: boolean
  readonly certificate?: 'held' | 'missing' | 'ending'
}

const fields = [
  'staff.id',
  'staff.login',
  'staff.number',
  'staff.name',
  'staff.org_code',
  'staff.organ_id',
  'staff.phone',
  'staff.certificate',
  'staff.certificate_until',
  'staff.designations',
  'staff.active',
  'staff.locked_until',
  'staff.totp_confirmed_at',
  'staff.must_change_password',
  'staff.last_login_at',
  'staff.created_at',
  'staff.revision',
] as const

const byOrg = sql`staff.org_code`
const orders = new Map([
  ['-org', sql`staff.org_code desc`],
  ['name', sql`staff.name`],
  ['-name', sql`staff.name desc`],
  ['login', sql`staff.login`],
  ['-login', sql`staff.login desc`],
  ['number', sql`staff.number`],
  ['-number', sql`staff.number desc`],
  // Who never signed in stands with whom it is longest ago.
  ['lastLogin', sql`staff.last_login_at nulls first`],
  ['-lastLogin', sql`staff.last_login_at desc nulls last`],
])

/** Accounts through the caller's eyes; never a password or a secret among the columns. */
export const staffStore = (db: ScopedDb, now: number, today: CivilDate) => {
  const where = (query: Query) => {
    let q = db
      .selectFrom('staff')
      .leftJoin('org', 'org.code', 'staff.org_code')
      .leftJoin('organ', 'organ.id', 'staff.organ_id')
    if (query.q) {
      const text = `%${query.q.trim().replace(/[\\%_]/g, (c) => `\\${c}`)}%`
      q = q.where((e) =>
        e.or([
          e('staff.name', 'like', text),
          e('staff.login', 'like', text.toLowerCase()),
          e('staff.number', 'like', text),
          e('organ.name', 'like', text),
        ]),
      )
    }
    if (query.org) q = q.where('staff.org_code', 'like', `${query.org}%`)
    if (query.active !== undefined) q = q.where('staff.active', '=', query.active)
    if (query.role)
      q = q.where((e) =>
        e.exists(
          e
            .selectFrom('staff_role')
            .select('role')
            .whereRef('staff_role.staff_id', '=', 'staff.id')
            .where('role', '=', query.role ?? ''),
        ),
      )
    if (query.certificate === 'held') q = q.where('staff.certificate', 'is not', null)
    if (query.certificate === 'missing') q = q.where('staff.certificate', 'is', null)
    if (query.certificate === 'ending') q = q.where('staff.certificate_until', '<=', plusDays(today, endingDays))
    return q
  }
  const rolesOf = async (ids: readonly string[]) => {
    const map = new Map<string, string[]>()
    if (ids.length > 0)
      for (const row of await db
        .selectFrom('staff_role')
        .select(['staff_id', 'role'])
        .where('staff_id', 'in', [...ids])
        .orderBy('role')
        .execute())
        map.set(row.staff_id, [...(map.get(row.staff_id) ?? []), row.role])
    return map
  }
  const select = (query: Query) => where(query).select([...fields, 'org.name as org_name', 'organ.name as organ_name'])
  const shown = (
    row: Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>,
    roles: string[],
  ): StaffMember => ({
    id: row.id,
    login: row.login,
    number: row.number,
    name: row.name,
    org: { code: row.org_code, name: row.org_name ?? row.org_code },
    organ: row.organ_id ? { id: row.organ_id, name: row.organ_name ?? '—' } : null,
    phone: row.phone,
    certificate: row.certificate,
    certificateUntil: row.certificate_until,
    roles,
    designations: row.designations.filter((d): d is 'minors' | 'sealed' => d === 'minors' || d === 'sealed'),
    active: row.active,
    locked: (row.locked_until?.getTime() ?? 0) > now,
    secondFactor: row.totp_confirmed_at !== null,
    mustChangePassword: row.must_change_password,
    lastLoginAt: row.last_login_at?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    revision: row.revision,
  })
  return {
    async page(query: Query, { number, size, sort }: { number: number; size: number; sort: string }) {
      const { n } = await where(query).select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
      const rows = await select(query)
        .orderBy(sql`${orders.get(sort) ?? byOrg}`)
        .orderBy('staff.number')
        .orderBy('staff.id')
        .limit(size)
        .offset((number - 1) * size)
        .execute()
      const roles = await rolesOf(rows.map((r) => r.id))
      return { items: rows.map((r) => shown(r, roles.get(r.id) ?? [])), total: Number(n), page: number, size }
    },
    async get(id: string): Promise<StaffMember> {
      const row = await select({}).where('staff.id', '=', id).executeTakeFirstOrThrow(notFound)
      return shown(row, (await rolesOf([id])).get(id) ?? [])
    },
    async colleagues(query: Query): Promise<Static<typeof Colleague>[]> {
      const rows = await select({ ...query, active: true })
        .orderBy('staff.org_code')
        .orderBy('staff.number')
        .limit(200)
        .execute()
      const roles = await rolesOf(rows.map((r) => r.id))
      return rows.map((r) => ({
        id: r.id,
        name: r.name,
        number: r.number,
        org: { code: r.org_code, name: r.org_name ?? r.org_code },
        roles: roles.get(r.id) ?? [],
      }))
    },
    /** A new account; its password is to be changed at the first sign-in. */
    async add(id: string, account: NewAccount, organ: string | null, passwordHash: string): Promise<void> {
      await db
        .insertInto('staff')
        .values({
          id,
          login: account.login,
          number: account.number,
          name: account.name.trim(),
          org_code: account.org,
          organ_id: organ,
          phone: account.phone ?? null,
          certificate: account.certificate ?? null,
          certificate_until: account.certificateUntil ?? null,
          designations: [],
          active: true,
          password_hash: passwordHash,
          password_changed_at: new Date(now),
          password_history: [],
          must_change_password: true,
          failed_count: 0,
          language: 'zh',
          created_at: new Date(now),
          revision: 1,
        })
        .execute()
    },
    async change(id: string, account: ChangedAccount, organ: string | null): Promise<void> {
      await db
        .updateTable('staff')
        .set({
          number: account.number,
          name: account.name.trim(),
          org_code: account.org,
          organ_id: organ,
          phone: account.phone,
          certificate: account.certificate,
          certificate_until: account.certificateUntil,
          revision: account.revision + 1,
        })
        .where('id', '=', id)
        .where('revision', '=', account.revision)
        .execute()
    },
    async setActive(id: string, active: boolean): Promise<void> {
      await db.updateTable('staff').set({ active, revision: sql<number>`revision + 1` }).where('id', '=', id).execute()
    },
    async setRoles(
      account: Pick<StaffMember, 'id' | 'revision'>,
      roles: readonly Role[],
      designations: readonly string[],
      by: string,
    ): Promise<void> {
      await db.deleteFrom('staff_role').where('staff_id', '=', account.id).execute()
      if (roles.length > 0)
        await db
          .insertInto('staff_role')
          .values(roles.map((role) => ({ staff_id: account.id, role, granted_by: by, granted_at: new Date(now) })))
          .execute()
      await db
        .updateTable('staff')
        .set({ designations: [...new Set(designations)], revision: account.revision + 1 })
        .where('id', '=', account.id)
        .execute()
    },
    /** Notes who takes over from somebody. */
    async succeed(id: string, staff: string, successor: string, by: { id: string; name: string }): Promise<void> {
      await db
        .insertInto('staff_successor')
        .values({ id, staff_id: staff, successor_id: successor, at: new Date(now), by_id: by.id, by_name: by.name })
        .execute()
    },
    caseload: async (id: string) =>
      Number((await sql<{ n: number }>`select zj_caseload(${id}::uuid) as n`.execute(db)).rows[0]?.n ?? 0),
  }
}
export type StaffStore = ReturnType<typeof staffStore>
