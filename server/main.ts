import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { type Chance, systemChance } from './core/clock.ts'
import type { Config } from './core/config.ts'
import { openDatabases } from './core/db.ts'
import type { House } from './core/house.ts'
import { makeApp } from './core/http/app.ts'
import { mountRooms } from './core/http/mount.ts'
import { keptKeys, keyRing, keysOf, mayTakeOver, type Superuser, takeOver, vaultOn } from './core/key-change.ts'
import { type Known, knowKey } from './core/logins.ts'
import { migrate } from './core/migrate.ts'
import { ensureDatabase, reachableByOthers, startPostgres } from './core/postgres.ts'
import { refuse, UpgradeFirst } from './core/refusals.ts'
import type { Stop } from './core/room.ts'
import { type Vault, withKept } from './core/vault.ts'
import { backupBeforeUpgrade } from './operations/index.ts'
import { furnish } from './rooms.ts'
import { listenForHealth } from './system/index.ts'

export interface Running {
  readonly house: House
  /** Where the console is served, e.g. http://127.0.0.1:8600. */
  readonly url: string
  /** Where health, readiness and metrics have a port of their own. */
  readonly health: string | null
  stop(): Promise<void>
}

export interface Opened {
  readonly house: House
  /** Connection of the role that migrates and backs up. */
  readonly admin: pg.ClientConfig
  /** Folder of the embedded cluster's data; null with a database of one's own. */
  readonly cluster: string | null
  close(): Promise<void>
}

/** Opens the database, embedded or given, brings it up to date (unless told to leave it) and hands out the house. */
export async function openHouse(
  config: Config,
  options: {
    chance?: Chance
    quiet?: boolean
    leaveSchema?: boolean
    /** The caller asks himself whose the key is. */
    leaveKey?: boolean
    /** Asked before anything is written, of the key too; what it throws leaves everything as it was. */
    guard?: (client: pg.Client) => Promise<void>
  } = {},
): Promise<Opened> {
  const chance = options.chance ?? systemChance()
  const ring = keyRing(config, chance)
  const [present, ...former] = ring
  const log = pino(
    { level: options.quiet ? 'silent' : (process.env.ZJ_LOG ?? 'info'), redact: ['*.password', '*.token', '*.cookie'] },
    pino.destination(2),
  )
  mkdirSync(config.folder, { recursive: true })
  const server = await openDatabaseServer(
    config,
    ring.map(({ vault }) => vault.key('database:admin').toString('hex')),
  )
  const { cluster, stop } = server
  let known: Pick<Known, 'holder' | 'logins'> = { holder: present.keys, logins: present.keys }
  let vault: Vault
  try {
    if (options.leaveSchema && !options.leaveKey)
      known = await withClient(server.admin(), (client) => knowKey(client, server.admin(), ...keysOf(ring)))
    if (!options.leaveSchema)
      await migrate(server.admin(), present.keys, {
        ...options,
        former: former.map((k) => k.keys),
        guard: async (client, found) => {
          await options.guard?.(client)
          await mayTakeOver(client, found, ring)
        },
        settle: async (client, found) => {
          const { holder } = await takeOver(client, found, ring, server)
          known = { holder, logins: holder }
        },
        ...(config.mode === 'production'
          ? { beforeUpgrade: (pending) => beforeUpgrade({ config, chance, log }, server.admin(), cluster, pending) }
          : {}),
      })
    // A command that leaves the database with the key of before works as if that were the present one.
    const own = vaultOn(ring, known.holder, chance)
    vault = options.leaveKey ? own : withKept(own, await withClient(server.admin(), (client) => keptKeys(client, own)))
  } catch (error) {
    await stop()
    throw error
  }
  const admin = server.admin()
  const databases = openDatabases({
    host: admin.host ?? '127.0.0.1',
    port: admin.port ?? 5432,
    database: admin.database ?? 'zhijiao',
    ssl: Boolean(admin.ssl),
    now: () => chance.now(),
    apiPassword: known.logins.api,
    systemPassword: known.logins.system,
  })
  return {
    house: { config, chance, databases, vault, log },
    admin,
    cluster,
    close: async () => {
      await databases.close()
      await stop()
    },
  }
}

/** A start on an older database: the embedded one is backed up first, one of the operator's own is left to the operator. */
async function beforeUpgrade(
  house: Pick<House, 'config' | 'chance' | 'log'>,
  admin: pg.ClientConfig,
  cluster: string | null,
  pending: readonly string[],
): Promise<void> {
  if (!cluster)
    throw refuse(UpgradeFirst, {
      count: pending.length,
      names: `${pending.slice(0, 3).join(', ')}${pending.length > 3 ? ' …' : ''}`,
    })
  house.log.info({ pending }, 'the database is older than the program: it is backed up, then upgraded')
  const target = await backupBeforeUpgrade(house, admin, cluster)
  house.log.info({ target }, 'backed up')
}

async function withClient<T>(admin: pg.ClientConfig, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

interface DatabaseServer extends Superuser {
  readonly admin: () => pg.ClientConfig
  readonly cluster: string | null
  readonly stop: Stop
}

/** @param passwords of the embedded cluster's superuser: the present one, then those of the keys of before */
async function openDatabaseServer(config: Config, passwords: readonly string[]): Promise<DatabaseServer> {
  if (config.databaseUrl) {
    const url = new URL(config.databaseUrl)
    const admin: pg.ClientConfig = {
      host: url.hostname,
      port: Number(url.port || 5432),
      user: decodeURIComponent(url.username),
      password: decodeURIComponent(url.password),
      database: url.pathname.slice(1) || 'postgres',
      ...(/require|verify/.test(url.searchParams.get('sslmode') ?? '') ? { ssl: { rejectUnauthorized: true } } : {}),
    }
    // Its superuser is the operator's.
    return {
      admin: () => admin,
      cluster: null,
      stop: async () => undefined,
      behind: false,
      renew: async () => undefined,
    }
  }
  const folder = databaseFolder(config)
  const [password = '', ...formerPasswords] = passwords
  const postgres = await startPostgres({ folder, port: config.databasePort, password, formerPasswords })
  await ensureDatabase(postgres, 'zhijiao')
  return {
    admin: () => postgres.admin('zhijiao'),
    cluster: join(folder, 'cluster'),
    behind: postgres.admin().password !== password,
    renew: async (client) => {
      await client.query(`alter role zj_admin password ${client.escapeLiteral(password)}`)
      return () => postgres.renewed(password)
    },
    // Other processes of ours may be working on the same cluster; the last one to leave turns it off.
    stop: async () => {
      // Our own sessions need a moment to be gone from the list.
      for (let left = 20; left > 0; left--) {
        if ((await otherSessions(postgres.admin('zhijiao'))) === 0) return postgres.stop()
        await sleep(50)
      }
    },
  }
}

/** Where the embedded cluster lies: in the data folder, or where the unprivileged user can reach it. */
export function databaseFolder(config: Pick<Config, 'folder'>): string {
  const wanted = join(config.folder, 'postgres')
  if (process.getuid?.() !== 0 || reachableByOthers(config.folder)) return wanted
  return join('/var/lib/zhijiao', createHash('sha256').update(config.folder).digest('hex').slice(0, 12), 'postgres')
}

async function otherSessions(admin: pg.ClientConfig): Promise<number> {
  const client = new pg.Client(admin)
  try {
    await client.connect()
    const { rows } = await client.query<{ n: number }>(
      "select count(*)::int as n from pg_stat_activity where backend_type = 'client backend' and usename in ('zj_api', 'zj_system', 'zj_admin') and pid <> pg_backend_pid()",
    )
    return rows[0]?.n ?? 0
  } catch (error) {
    // Gone already is nobody's; one that is full or busy starting is somebody's, and not for this process to turn off.
    return error instanceof Error && 'code' in error && error.code === 'ECONNREFUSED' ? 0 : 1
  } finally {
    await client.end().catch(() => undefined)
  }
}

/** Starts the configured parts of the program on an open house. */
export async function startParts(house: House): Promise<{ url: string; health: string | null; stop: Stop }> {
  const { config } = house
  const rooms = furnish(house)
  const stops: Stop[] = []
  let url = ''
  let health: string | null = null
  try {
    // Engine before gateway: whoever publishes finds someone who listens.
    for (const part of ['worker', 'engine', 'gateway'] as const) {
      if (!config.parts.includes(part)) continue
      for (const room of rooms) {
        const stop = await room.background?.[part]?.()
        if (stop) stops.push(stop)
      }
    }
    if (config.parts.includes('api')) {
      const app = await makeApp(house)
      mountRooms(
        app,
        house,
        rooms.flatMap((r) => r.http),
      )
      for (const room of rooms) room.raw?.(app)
      for (const room of rooms) {
        const stop = await room.background?.api?.()
        if (stop) stops.push(stop)
      }
      url = (await app.listen({ host: config.http.host, port: config.http.port })).replace('[::1]', '127.0.0.1')
      stops.push(async () => {
        await app.close()
      })
    }
    // Last: who answers here is at work.
    const listener = await listenForHealth(house)
    if (listener) {
      health = listener.url
      stops.push(listener.stop)
    }
  } catch (error) {
    for (const stop of stops.reverse()) await stop().catch(() => undefined)
    throw error
  }
  return {
    url,
    health,
    stop: async () => {
      for (const stop of stops.reverse()) await stop()
    },
  }
}

/** The whole program: database, parts, and their end in reverse order. */
export async function startZhijiao(
  config: Config,
  options: { chance?: Chance; quiet?: boolean } = {},
): Promise<Running> {
  const { house, close } = await openHouse(config, options)
  try {
    const parts = await startParts(house)
    return {
      house,
      url: parts.url,
      health: parts.health,
      stop: async () => {
        await parts.stop()
        await close()
      },
    }
  } catch (error) {
    await close()
    throw error
  }
}
