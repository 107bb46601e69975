import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { systemChance } from '@zhijiao/server/core/clock'
import { readConfig } from '@zhijiao/server/core/config'
import { openDatabases } from '@zhijiao/server/core/db'
import type { House } from '@zhijiao/server/core/house'
import { databaseKeys } from '@zhijiao/server/core/logins'
import { migrate } from '@zhijiao/server/core/migrate'
import { ensureDatabase, type Postgres, startPostgres } from '@zhijiao/server/core/postgres'
import { vaultOf } from '@zhijiao/server/core/vault'
import pg from 'pg'
import { pino } from 'pino'

/** A PostgreSQL of one's own with the settings of the product, fsync on, in a folder that goes with it. */
export interface Cluster {
  readonly postgres: Postgres
  /** Starts the postmaster again after it was killed; same folder, same port. */
  revive(): Promise<void>
  readonly folder: string
  /** For the program under test. */
  readonly env: Readonly<Record<string, string>>
  /** The house as a process beside the program sees it. */
  readonly house: House
  readonly admin: pg.Client
  close(): Promise<void>
}

export async function openCluster(settings: Readonly<Record<string, string>> = {}): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-load-'))
  const data = mkdtempSync(join(tmpdir(), 'zhijiao-load-data-'))
  const password = randomBytes(12).toString('hex')
  const master = randomBytes(32).toString('hex')
  let postgres = await startPostgres({ folder, port: 0, password, settings })
  await ensureDatabase(postgres, 'zhijiao')
  const env = {
    DATABASE_URL: `postgres://zj_admin:${password}@${postgres.host}:${postgres.port}/zhijiao`,
    ZJ_MASTER_KEY: master,
    ZJ_DATA: data,
    ZJ_LOG: 'warn',
  }
  const chance = systemChance()
  const config = readConfig(env, 'test')
  const vault = vaultOf(config.master, chance)
  const keys = databaseKeys(vault)
  await migrate(postgres.admin('zhijiao'), keys)
  const databases = openDatabases({
    host: postgres.host,
    port: postgres.port,
    database: 'zhijiao',
    now: () => chance.now(),
    apiPassword: keys.api,
    systemPassword: keys.system,
  })
  const admin = new pg.Client(postgres.admin('zhijiao'))
  // A server that was killed takes this connection with it; whoever kills does not use it afterwards.
  admin.on('error', () => undefined)
  await admin.connect()
  const { port } = postgres
  return {
    get postgres() {
      return postgres
    },
    revive: async () => {
      // The kernel needs a moment to take a killed process off its list.
      for (let left = 200; left > 0 && alive(postgres.pid); left--) await sleep(10)
      postgres = await startPostgres({ folder, port, password, settings })
    },
    folder,
    env,
    house: { config, chance, databases, vault, log: pino({ level: 'silent' }) },
    admin,
    close: async () => {
      await admin.end().catch(() => undefined)
      await databases.close()
      await postgres.stop()
      rmSync(folder, { recursive: true, force: true })
      rmSync(data, { recursive: true, force: true })
    },
  }
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
