import { rmSync } from 'node:fs'
import { join } from 'node:path'
import doctor from '@zhijiao/server/commands/doctor'
import upgrade from '@zhijiao/server/commands/upgrade'
import { readConfig } from '@zhijiao/server/core/config'
import { ensureDatabase, type Postgres, startPostgres } from '@zhijiao/server/core/postgres'
import { openHouse } from '@zhijiao/server/main'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePorts, zhijiaoHere } from '../support/command.ts'
import { openPlace } from '../support/place.ts'

/** A PostgreSQL as a provider manages it: nobody but the provider is a superuser. */
const place = openPlace('owner')
let postgres: Postgres

const at = (database: string, account: string): Record<string, string> => ({
  ...freePorts,
  ZJ_DATA: join(place, database),
  DATABASE_URL: `postgres://${account}:secret@${postgres.host}:${postgres.port}/${database}`,
  ZJ_MASTER_KEY: `${'7b'.repeat(16)}00112233445566778899aabbccddeeff`,
})
async function ask(database: string, statement: string) {
  const client = new pg.Client(postgres.admin(database))
  await client.connect()
  try {
    return (await client.query(statement)).rows
  } finally {
    await client.end()
  }
}

beforeAll(async () => {
  postgres = await startPostgres({ folder: join(place, 'server'), port: 0, password: 'server' })
  await ensureDatabase(postgres, 'county')
  await ask('county', "create role reader login password 'secret'")
  await ask('county', "create role dba login password 'secret' createrole")
  await ask('county', 'alter database county owner to dba')
})
afterAll(async () => {
  await postgres.stop()
  rmSync(place, { recursive: true, force: true })
})

test('an account that may not make the schema is told what it lacks, and nothing is changed', async () => {
  const refused = await zhijiaoHere(upgrade, [], at('county', 'reader'))
  expect(refused.code).toBe(2)
  expect(refused.out).toContain('ZJ_DATABASE_RIGHTS')
  expect(refused.out).toContain('ALTER ROLE "reader" CREATEROLE')
  expect(
    await ask('county', "select rolname from pg_roles where rolname like 'zj\\_%' and rolname <> 'zj_admin'"),
  ).toEqual([])
  expect(await ask('county', "select to_regclass('migration') as there")).toEqual([{ there: null }])
})

test('an owner who is no superuser makes the schema, and starts it, and the program may make nothing in it', async () => {
  const made = await zhijiaoHere(upgrade, [], at('county', 'dba'))
  expect(made.out).toContain('升级完成')
  const opened = await openHouse(readConfig(at('county', 'dba'), 'production'), { quiet: true })
  try {
    expect(await opened.house.databases.api.selectFrom('org').select('code').execute()).toEqual([])
    for (const db of [opened.house.databases.api, opened.house.databases.system])
      await expect(sql`create table public.mine (id integer)`.execute(db)).rejects.toMatchObject({ code: '42501' })
  } finally {
    await opened.close()
  }
  expect((await zhijiaoHere(doctor, [], at('county', 'dba'))).code).toBe(0)
  expect(
    await ask('county', "select rolsuper from pg_roles where rolname in ('dba', 'zj_api', 'zj_system') and rolsuper"),
  ).toEqual([])
})
