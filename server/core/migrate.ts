import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { noteKey } from './key-change.ts'
import { locks } from './locks.ts'
import { type DatabaseKeys, type Known, knowKey, makeLogins } from './logins.ts'
import { asOwner, checkRights } from './owner.ts'

const folder = fileURLToPath(new URL('../migrations/', import.meta.url))

interface Migration {
  readonly number: number
  readonly name: string
  readonly path: string
}

/** Migrations in order: `NNNN_name.sql`. */
export async function migrationFiles(): Promise<readonly Migration[]> {
  const names = (await readdir(folder)).filter((n) => /^\d{4}_\w+\.sql$/.test(n)).sort()
  return names.map((name) => ({ number: Number(name.slice(0, 4)), name, path: `${folder}${name}` }))
}

/** Names of the migrations a database has not seen; all of them for a new one. Only reads. */
export async function pendingMigrations(admin: pg.ClientConfig): Promise<readonly string[]> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    return (await pendingIn(client)).map((f) => f.name)
  } finally {
    await client.end()
  }
}

async function pendingIn(client: pg.Client): Promise<readonly Migration[]> {
  const known = await client.query<{ there: boolean }>("select to_regclass('migration') is not null as there")
  const done = known.rows[0]?.there
    ? new Set((await client.query<{ number: number }>('select number from migration')).rows.map((r) => r.number))
    : new Set<number>()
  return (await migrationFiles()).filter((f) => !done.has(f.number))
}

/** Whether there is anything to lose: a new installation, or the first try of one, has no unit yet. */
async function isInUse(client: pg.Client): Promise<boolean> {
  const there = await client.query<{ there: boolean }>("select to_regclass('org') is not null as there")
  if (!there.rows[0]?.there) return false
  return (await client.query('select 1 from org limit 1')).rowCount === 1
}

/**
 * Brings a database up to date, each migration in its own transaction, under an advisory lock so that several processes may
 * start at once. Makes the roles when there are none; whoever holds another key is turned away before anything is written.
 * @param admin connection of a superuser, or of an owner of the database who may make roles
 * @throws Refusal as `knowKey` does, and `ZJ_DATABASE_RIGHTS` when the account may not
 */
export async function migrate(
  admin: pg.ClientConfig,
  keys: DatabaseKeys,
  options: {
    /** Asked before anything is written; what it throws leaves everything as it was. */
    guard?: (client: pg.Client, known: Known) => Promise<void>
    /** Called once before the pending migrations of a database somebody works with; what it throws leaves it as it is. */
    beforeUpgrade?: (pending: readonly string[]) => Promise<void>
    /** Keys of before, which the database may still be marked with. */
    former?: readonly DatabaseKeys[]
    /** Called last, still under the lock: who starts takes a database over from the key of before. */
    settle?: (client: pg.Client, known: Known) => Promise<void>
  } = {},
): Promise<{ applied: string[]; version: number }> {
  const client = new pg.Client(admin)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [locks.migrations])
    const known = await knowKey(client, admin, keys, options.former)
    const { standing, holder } = known
    await options.guard?.(client, known)
    const pending = await pendingIn(client)
    if (pending.length > 0) await checkRights(client)
    if (pending.length > 0 && (await isInUse(client))) await options.beforeUpgrade?.(pending.map((f) => f.name))
    await makeLogins(client, standing, holder)
    if (pending.length > 0) await asOwner(client, () => applyEach(client, pending))
    await noteKey(client, holder.id)
    await options.settle?.(client, known)
    const version = Math.max(0, ...(await migrationFiles()).map((f) => f.number))
    return { applied: pending.map((f) => f.name), version }
  } finally {
    await client.query('select pg_advisory_unlock($1)', [locks.migrations]).catch(() => undefined)
    await client.end()
  }
}

/** Each in its own transaction; the first that fails ends it, and those before it stay. */
async function applyEach(client: pg.Client, files: readonly Migration[]): Promise<void> {
  for (const file of files) {
    await client.query('begin')
    try {
      await client.query(await readFile(file.path, 'utf8'))
      await client.query('insert into migration (number, name) values ($1, $2)', [file.number, file.name])
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw new Error(`migration ${file.name} failed: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      })
    }
  }
}
