import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const folder = fileURLToPath(new URL('../migrations/', import.meta.url))

/** Migrations in order: `NNNN_name.sql`. */
export async function migrationFiles(): Promise<readonly { number: number; name: string; path: string }[]> {
  const names = (await readdir(folder)).filter((n) => /^\d{4}_\w+\.sql$/.test(n)).sort()
  return names.map((name) => ({ number: Number(name.slice(0, 4)), name, path: `${folder}${name}` }))
}

/**
 * Brings a database up to date, each migration in its own transaction, under an advisory lock so that
 * several processes may start at once. Creates the three roles and gives the two that sign in their derived passwords.
 * @param admin connection string of a role that may create roles and extensions
 */
export async function migrate(
  admin: string | pg.ClientConfig,
  passwords: { api: string; system: string },
): Promise<{ applied: string[]; version: number }> {
  const client = new pg.Client(typeof admin === 'string' ? { connectionString: admin } : admin)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(774200)')
    await client.query(`do $$ begin
      if not exists (select 1 from pg_roles where rolname = 'zj_api') then create role zj_api login noinherit nobypassrls; end if;
      if not exists (select 1 from pg_roles where rolname = 'zj_system') then create role zj_system login noinherit nobypassrls; end if;
      if not exists (select 1 from pg_roles where rolname = 'zj_tracks') then create role zj_tracks nologin noinherit nobypassrls; end if;
    end $$`)
    for (const [role, password] of [
      ['zj_api', passwords.api],
      ['zj_system', passwords.system],
    ] as const) {
      await client.query(`alter role ${role} password ${client.escapeLiteral(password)}`)
    }
    await client.query(
      'create table if not exists migration (number integer primary key, name text not null, applied_at timestamptz not null default now())',
    )
    await client.query('grant select on migration to zj_api, zj_system')
    const done = new Set(
      (await client.query<{ number: number }>('select number from migration')).rows.map((r) => r.number),
    )
    const applied: string[] = []
    let version = Math.max(0, ...done)
    for (const file of await migrationFiles()) {
      if (done.has(file.number)) continue
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
      applied.push(file.name)
      version = file.number
    }
    return { applied, version }
  } finally {
    await client.query('select pg_advisory_unlock(774200)').catch(() => undefined)
    await client.end()
  }
}
