import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Call, client } from '@zhijiao/contract/client'
import type { Role } from '@zhijiao/law/roles'
import { startSession } from '@zhijiao/server/core/auth/session'
import { chanceOf } from '@zhijiao/server/core/clock'
import { type Config, readConfig } from '@zhijiao/server/core/config'
import { openDatabases } from '@zhijiao/server/core/db'
import type { House } from '@zhijiao/server/core/house'
import { ensureDatabase } from '@zhijiao/server/core/postgres'
import { vaultOf } from '@zhijiao/server/core/vault'
import { startParts } from '@zhijiao/server/main'
import { pino } from 'pino'
import { inject } from 'vitest'

/** Organisation codes of the county every acceptance test plays in. */
export const places = {
  province: '45',
  city: '4590',
  county: '459001',
  otherCounty: '459002',
  office: '459001001',
  otherOffice: '459001002',
  officeElsewhere: '459002001',
} as const

export interface Somebody {
  readonly id: string
  readonly login: string
  readonly name: string
  readonly cookie: string
  /** Calls a promise as this person. */
  readonly call: Call
}

export interface County {
  readonly house: House
  readonly url: string
  /** Moves the clock of the whole program forward, milliseconds. */
  pass(ms: number): void
  /**
   * Somebody in a post, signed in with a second factor. `of` is an organisation code; the default fits the role. `organ`
   * names the partner organ whose account it is; the default bears the account's own name.
   */
  signIn(
    role: Role | readonly Role[],
    options?: { of?: string; name?: string; designations?: readonly string[]; organ?: string },
  ): Promise<Somebody>
  anyone: Call
  /** Stops the parts and starts them again on the same database, as after a restart of the process. */
  restart(): Promise<void>
  stop(): Promise<void>
}

const seatOf: Partial<Record<Role, string>> = {
  ministry: '',
  province: places.province,
  city: places.city,
  officeHead: places.office,
  officer: places.office,
  socialWorker: places.office,
  volunteer: places.office,
  villageCommittee: places.office,
}

/**
 * When every county begins unless a test says otherwise: a Monday morning, four weeks before the next holiday. Deadlines roll
 * over weekends, days end at midnight and a calendar ends with its year; a test must say the same on every day it runs.
 */
const startsAt = '2026-09-07T10:00:00+08:00'

/** Starts the real program on a database of its own. Device listeners get free ports unless `env` says otherwise. */
export async function startCounty(options: { env?: Record<string, string>; at?: string } = {}): Promise<County> {
  const cluster = inject('cluster')
  const database = `zj_${randomBytes(6).toString('hex')}`
  await ensureDatabase(
    {
      admin: (name) => ({
        host: cluster.host,
        port: cluster.port,
        user: 'zj_admin',
        password: cluster.adminPassword,
        database: name ?? 'postgres',
      }),
    },
    database,
    'zj_template',
  )
  let shift = new Date(options.at ?? startsAt).getTime() - Date.now()
  const chance = chanceOf(() => Date.now() + shift, randomBytes)
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-county-'))
  const config: Config = readConfig(
    {
      ZJ_DATA: folder,
      ZJ_PORT: '0',
      ZJ_JT808_PORT: '0',
      ZJ_GT06_PORT: '0',
      ZJ_WATCH_PORT: '0',
      ZJ_DEVICE_HTTP_PORT: '0',
      ...options.env,
    },
    'test',
  )
  const databases = openDatabases({
    host: cluster.host,
    port: cluster.port,
    database,
    now: () => chance.now(),
    apiPassword: cluster.apiPassword,
    systemPassword: cluster.systemPassword,
  })
  const house: House = {
    config,
    chance,
    databases,
    vault: vaultOf(config.master, chance),
    log: pino({ level: process.env.ZJ_LOG ?? 'silent' }),
  }
  await plantOrganisations(house)
  let parts = await startParts(house)
  let url = parts.url
  let count = 0
  return {
    house,
    get url() {
      return url
    },
    pass: (ms) => {
      shift += ms
    },
    async signIn(role, { of, name, designations = [], organ } = {}) {
      const roles = typeof role === 'string' ? [role] : role
      const id = chance.id()
      const login = `t${++count}${id.slice(-4)}`
      const person = { id, login, name: name ?? `测试${count}` }
      await plantStaff(house, {
        ...person,
        number: `T${String(count).padStart(4, '0')}`,
        org: of ?? seatOf[roles[0] ?? 'county'] ?? places.county,
        roles,
        designations,
        ...(organ ? { organ } : {}),
      })
      const cookie = `zj_session=${await sessionOf(house, id)}`
      return {
        ...person,
        cookie,
        call: (kept, brings) => client({ base: url, headers: () => ({ cookie }) })(kept, brings),
      }
    },
    anyone: (kept, brings) => client({ base: url })(kept, brings),
    async restart() {
      await parts.stop()
      parts = await startParts(house)
      url = parts.url
    },
    async stop() {
      await parts.stop()
      await databases.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** An account of somebody in a post, with a second factor. */
export async function plantStaff(
  { chance, databases }: House,
  who: {
    id: string
    login: string
    number: string
    name: string
    org: string
    roles: readonly Role[]
    designations?: readonly string[]
    organ?: string
  },
): Promise<void> {
  const now = new Date(chance.now())
  const organ = who.roles.includes('partnerOrgan') ? (who.organ ?? who.name) : null
  if (organ)
    await databases.system
      .insertInto('organ')
      .values({ id: chance.id(), org_code: who.org, name: organ, created_by: null, created_at: now })
      .onConflict((c) => c.columns(['org_code', 'name']).doNothing())
      .execute()
  await databases.system
    .insertInto('staff')
    .values({
      id: who.id,
      login: who.login,
      number: who.number,
      name: who.name,
      org_code: who.org,
      organ_id: organ
        ? (eb) => eb.selectFrom('organ').select('id').where('org_code', '=', who.org).where('name', '=', organ)
        : null,
      designations: [...(who.designations ?? [])],
      active: true,
      password_hash: 'x',
      password_changed_at: now,
      password_history: [],
      must_change_password: false,
      totp_confirmed_at: now,
      failed_count: 0,
      language: 'zh',
      created_at: now,
      revision: 1,
    })
    .execute()
  for (const role of who.roles)
    await databases.system
      .insertInto('staff_role')
      .values({ staff_id: who.id, role, granted_by: null, granted_at: now })
      .execute()
}

/** A session as after the second factor. */
export const sessionOf = ({ chance, databases }: House, staff: string): Promise<string> =>
  startSession(databases.system, chance, staff, { secondFactor: true, ip: null, agent: null })

export async function plantOrganisations(house: House): Promise<void> {
  const plant = (
    code: string,
    level: 'ministry' | 'province' | 'city' | 'county' | 'office',
    parent: string | null,
    name: string,
  ) =>
    house.databases.system
      .insertInto('org')
      .values({
        code,
        level,
        parent,
        name,
        name_en: null,
        phone: null,
        address: null,
        urban: false,
        synthetic: true,
        active: true,
        revision: 1,
      })
      .execute()
  await plant('', 'ministry', null, '司法部')
  await plant(places.province, 'province', '', '示例省')
  await plant(places.city, 'city', places.province, '示例市')
  await plant(places.county, 'county', places.city, '示例一县')
  await plant(places.otherCounty, 'county', places.city, '示例二县')
  await plant(places.office, 'office', places.county, '城东司法所')
  await plant(places.otherOffice, 'office', places.county, '城西司法所')
  await plant(places.officeElsewhere, 'office', places.otherCounty, '河口司法所')
}
