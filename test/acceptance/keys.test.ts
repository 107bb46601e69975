import { rmSync } from 'node:fs'
import { join } from 'node:path'
import backup from '@zhijiao/server/commands/backup'
import doctor from '@zhijiao/server/commands/doctor'
import logins from '@zhijiao/server/commands/logins'
import retain from '@zhijiao/server/commands/retain'
import upgrade from '@zhijiao/server/commands/upgrade'
import { readConfig } from '@zhijiao/server/core/config'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { sealAll } from '@zhijiao/server/core/ledger/sealer'
import { ensureDatabase, type Postgres, startPostgres } from '@zhijiao/server/core/postgres'
import { openHouse } from '@zhijiao/server/main'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { freePorts, zhijiao, zhijiaoHere } from '../support/command.ts'
import { openPlace } from '../support/place.ts'

const place = openPlace('keys')
const server = openPlace('keys-server')
const key = `${'7b'.repeat(16)}00112233445566778899aabbccddeeff`
const anotherKey = `${'8c'.repeat(16)}ffeeddccbbaa99887766554433221100`
let postgres: Postgres

/** The environment of an operator at a database of the one server; without a key it is the demonstration's. */
const at = (database: string, master?: string): Record<string, string> => ({
  ...freePorts,
  ZJ_DATA: join(place, database),
  DATABASE_URL: `postgres://zj_admin:server@${postgres.host}:${postgres.port}/${database}`,
  ...(master ? { ZJ_MASTER_KEY: master } : {}),
})

async function ask<T extends pg.QueryResultRow>(database: string, ...statements: readonly string[]): Promise<T[]> {
  const client = new pg.Client(postgres.admin(database))
  await client.connect()
  try {
    let rows: T[] = []
    for (const statement of statements) rows = (await client.query<T>(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Everything a stranger must not change: who may sign in with what, and what was migrated. */
const untouched = async () => ({
  logins: await ask('production', "select rolname, rolpassword from pg_authid where rolname like 'zj\\_%' order by 1"),
  migrations: await ask('production', 'select number, applied_at from migration order by 1'),
})

/** The production installation still signs in as its own roles. */
async function productionWorks(): Promise<boolean> {
  const opened = await openHouse(readConfig(at('production', key), 'production'), { quiet: true, leaveSchema: true })
  try {
    await opened.house.databases.api.selectFrom('org').select('code').execute()
    await opened.house.databases.system.selectFrom('org').select('code').execute()
    return true
  } finally {
    await opened.close()
  }
}

/** As the installation stood before marks were kept. */
const unmark = () =>
  ask(
    'production',
    'drop table installation',
    'delete from migration where number = 161',
    'comment on role zj_api is null',
    'comment on role zj_system is null',
  )

beforeAll(async () => {
  postgres = await startPostgres({ folder: server, port: 0, password: 'server' })
  await ensureDatabase(postgres, 'production')
  const made = await zhijiaoHere(upgrade, [], at('production', key))
  expect(made.out).toContain('0161_installation')
  const opened = await openHouse(readConfig(at('production', key), 'production'), { quiet: true })
  await ask(
    'production',
    "insert into org (code, level, parent, name, synthetic) values ('', 'ministry', null, '司法部', false)",
  )
  await opened.house.databases.system.transaction().execute((db) =>
    ledgerIn(db, opened.house.chance, { id: null, name: '测试', lawRevision: '' }).append({
      kind: 'test.written',
      org: '',
      payload: {},
    }),
  )
  await sealAll(opened.house)
  await opened.close()
}, 120_000)
beforeEach(async () => {
  expect((await zhijiaoHere(upgrade, [], at('production', key))).code).toBe(0)
})
afterAll(async () => {
  await postgres?.stop()
  for (const folder of [place, server]) rmSync(folder, { recursive: true, force: true })
})

test('S1.11 the demonstration beside production on one server takes over nothing', async () => {
  const before = await untouched()
  await ensureDatabase(postgres, 'demo')
  const tried = await zhijiao(['demo', '--people', '10', '--days', '0', '--no-twin'], at('demo'))
  expect(tried.out).toContain('ZJ_LOGINS_OF_ANOTHER')
  expect(tried.out).toContain('production')
  expect(tried.code).toBe(2)
  expect(await ask('demo', "select 1 from pg_class where relnamespace = 'public'::regnamespace")).toEqual([])
  expect(await untouched()).toEqual(before)
  expect(await productionWorks()).toBe(true)
})

test('S1.11 a command at the production database without its key, or with another, is turned away before it writes', async () => {
  // Something is pending: whoever migrated first would show.
  await ask('production', 'delete from migration where number = 161')
  const before = await untouched()
  for (const [command, ...args] of [
    [upgrade],
    [upgrade, '--check'],
    [retain],
    [doctor],
    [logins],
    [logins, '--reset'],
  ] as const) {
    const tried = await zhijiaoHere(command, args, at('production'))
    expect(tried.out, command.usage).toContain('ZJ_KEY_DIFFERS')
    expect(tried.code, command.usage).toBe(2)
  }
  const copy = await zhijiaoHere(backup, [join(place, 'backup')], at('production'))
  expect(copy.out).toContain('pg_basebackup')
  expect(copy.code).toBe(2)
  const bare = await zhijiao(['demo', '--people', '10', '--days', '0', '--no-twin'], at('production'))
  const other = await zhijiao(['start'], at('production', anotherKey))
  for (const tried of [bare, other]) {
    expect(tried.out).toContain('ZJ_KEY_DIFFERS')
    expect(tried.code).toBe(2)
  }
  // With the very key, the demonstration still sees whose database it is before it touches the schema.
  const demo = await zhijiao(['demo', '--people', '10', '--days', '0', '--no-twin'], at('production', key))
  expect(demo.out).toContain('司法部')
  expect(demo.code).toBe(2)
  expect(await untouched()).toEqual(before)
  expect(await productionWorks()).toBe(true)
}, 120_000)

test('S1.11 an installation from before marks were kept goes on with its logins, and is known by its key', async () => {
  const before = await untouched()
  await unmark()
  expect((await zhijiaoHere(upgrade, [], at('production', anotherKey))).out).toContain('ZJ_KEY_DIFFERS')
  // Before the first entry was sealed only the password of the logins says whose they are.
  await ask('production', 'create table kept as select * from tree_head', 'delete from tree_head')
  expect((await zhijiaoHere(upgrade, [], at('production', anotherKey))).out).toContain('ZJ_KEY_DIFFERS')
  expect(await ask('production', "select to_regclass('installation') as there")).toEqual([{ there: null }])
  const upgraded = await zhijiaoHere(upgrade, [], at('production', key))
  await ask('production', 'insert into tree_head select * from kept', 'drop table kept')
  expect(upgraded.code).toBe(0)
  expect((await untouched()).logins).toEqual(before.logins)
  expect(await productionWorks()).toBe(true)
  expect((await zhijiaoHere(upgrade, [], at('production', anotherKey))).out).toContain('ZJ_KEY_DIFFERS')
}, 60_000)

test('S1.11 logins that were taken are given back by an explicit act, once nobody else lives by them', async () => {
  await unmark()
  for (const role of ['zj_api', 'zj_system']) await ask('production', `alter role ${role} password 'taken'`)
  await ensureDatabase(postgres, 'stranger')
  await ask('stranger', 'create table theirs (a int)', 'grant select on theirs to zj_api')
  expect((await zhijiaoHere(upgrade, [], at('production', key))).out).toContain('ZJ_LOGINS_OF_ANOTHER')
  const early = await zhijiaoHere(logins, ['--reset'], at('production', key))
  expect(early.out).toContain('stranger')
  expect(early.code).toBe(2)
  await ask('postgres', 'drop database stranger')
  expect((await zhijiaoHere(logins, ['--reset'], at('production', key))).code).toBe(0)
  expect((await zhijiaoHere(upgrade, [], at('production', key))).code).toBe(0)
  expect(await productionWorks()).toBe(true)
  // By a program from before marks, that leaves the mark and changes the password.
  await ask('production', "alter role zj_system password 'taken'")
  expect((await zhijiaoHere(upgrade, [], at('production', key))).out).toContain('ZJ_LOGINS_OF_ANOTHER')
  expect((await zhijiaoHere(logins, ['--reset'], at('production', key))).code).toBe(0)
  expect(await productionWorks()).toBe(true)
  const shown = await zhijiaoHere(logins, [], at('production', key))
  expect(shown.out).toContain('zj_api、zj_system')
  expect(shown.code).toBe(0)
}, 60_000)

test('S1.10 several processes that start at once at a new database make it once', async () => {
  await ensureDatabase(postgres, 'second')
  const config = readConfig(at('second', key), 'test')
  const all = await Promise.all([1, 2, 3, 4].map(() => openHouse(config, { quiet: true })))
  for (const opened of all) await opened.close()
  expect(await ask('second', 'select count(*)::int as n from installation')).toEqual([{ n: 1 }])
  expect(await productionWorks()).toBe(true)
}, 60_000)

test('S1.11 the embedded database of another key is named as such, and not left running', async () => {
  const own = { ...freePorts, ZJ_DATA: join(place, 'embedded') }
  expect((await zhijiaoHere(upgrade, [], { ...own, ZJ_MASTER_KEY: key })).code).toBe(0)
  const tried = await zhijiao(['demo', '--people', '10', '--days', '0', '--no-twin'], own)
  expect(tried.out).toContain('ZJ_KEY_DIFFERS')
  expect(tried.code).toBe(2)
  expect((await zhijiaoHere(upgrade, ['--check'], { ...own, ZJ_MASTER_KEY: key })).code).toBe(0)
}, 60_000)
