import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { pino } from 'pino'
import { type Chance, systemChance } from './core/clock.ts'
import type { Config } from './core/config.ts'
import { openDatabases } from './core/db.ts'
import type { House } from './core/house.ts'
import { makeApp } from './core/http/app.ts'
import { mountRooms } from './core/http/mount.ts'
import { migrate } from './core/migrate.ts'
import { ensureDatabase, startPostgres } from './core/postgres.ts'
import type { Stop } from './core/room.ts'
import { vaultOf } from './core/vault.ts'
import { furnish } from './rooms.ts'

export interface Running {
  readonly house: House
  /** Where the console is served, e.g. http://127.0.0.1:8600. */
  readonly url: string
  stop(): Promise<void>
}

/** Opens the database, embedded or given, brings it up to date and hands out the house. */
export async function openHouse(
  config: Config,
  options: { chance?: Chance; quiet?: boolean } = {},
): Promise<{ house: House; close: Stop }> {
  const chance = options.chance ?? systemChance()
  const vault = vaultOf(config.master, chance)
  const passwords = {
    api: vault.key('database:api').toString('hex'),
    system: vault.key('database:system').toString('hex'),
  }
  const log = pino(
    { level: options.quiet ? 'silent' : (process.env.ZJ_LOG ?? 'info'), redact: ['*.password', '*.token', '*.cookie'] },
    pino.destination(2),
  )
  mkdirSync(config.folder, { recursive: true })
  let address: { host: string; port: number; database: string; ssl: boolean }
  let stopPostgres: Stop = async () => undefined
  if (config.databaseUrl) {
    const url = new URL(config.databaseUrl)
    address = {
      host: url.hostname,
      port: Number(url.port || 5432),
      database: url.pathname.slice(1) || 'postgres',
      ssl: url.searchParams.get('sslmode') === 'require' || url.searchParams.get('sslmode') === 'verify-full',
    }
    await migrate(config.databaseUrl, passwords)
  } else {
    const postgres = await startPostgres({
      folder: join(config.folder, 'postgres'),
      port: config.databasePort,
      password: vault.key('database:admin').toString('hex'),
    })
    await ensureDatabase(postgres, 'zhijiao')
    await migrate(postgres.admin('zhijiao'), passwords)
    address = { host: postgres.host, port: postgres.port, database: 'zhijiao', ssl: false }
    stopPostgres = () => postgres.stop()
  }
  const databases = openDatabases({ ...address, apiPassword: passwords.api, systemPassword: passwords.system })
  return {
    house: { config, chance, databases, vault, log },
    close: async () => {
      await databases.close()
      await stopPostgres()
    },
  }
}

/** Starts the configured parts of the program on an open house. */
export async function startParts(house: House): Promise<{ url: string; stop: Stop }> {
  const { config } = house
  const rooms = furnish(house)
  const stops: Stop[] = []
  let url = ''
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
  } catch (error) {
    for (const stop of stops.reverse()) await stop().catch(() => undefined)
    throw error
  }
  return {
    url,
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
