import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { client } from '@zhijiao/contract/client'
import { evidence } from '@zhijiao/contract/evidence'
import { system } from '@zhijiao/contract/system'
import backup from '@zhijiao/server/commands/backup'
import restore from '@zhijiao/server/commands/restore'
import retain from '@zhijiao/server/commands/retain'
import upgrade from '@zhijiao/server/commands/upgrade'
import { readConfig } from '@zhijiao/server/core/config'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { openHouse, startParts } from '@zhijiao/server/main'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePorts, zhijiao as run, zhijiaoHere } from '../support/command.ts'
import { openPlace } from '../support/place.ts'

const place = openPlace('operations')
const key = `${'5a'.repeat(16)}00112233445566778899aabbccddeeff`
const installed = {
  ZJ_DATA: join(place, 'data'),
  ZJ_MASTER_KEY: key,
  ...freePorts,
}

const zhijiao = (args: readonly string[], env: Readonly<Record<string, string>> = installed) => run(args, env)

beforeAll(async () => {
  expect((await zhijiao(['upgrade'])).code).toBe(0)
  const opened = await openHouse(readConfig(installed, 'production'), { quiet: true })
  await opened.house.databases.system
    .insertInto('org')
    .values({
      code: '',
      level: 'ministry',
      parent: null,
      name: '司法部',
      name_en: null,
      phone: null,
      address: null,
      urban: false,
      synthetic: false,
      active: true,
      revision: 1,
    })
    .execute()
  await opened.house.databases.system.transaction().execute(async (db) => {
    const ledger = ledgerIn(db, opened.house.chance, { id: null, name: '测试', lawRevision: '' })
    for (let i = 0; i < 40; i++) await ledger.append({ kind: 'test.written', org: '', payload: { i } })
  })
  await opened.close()
})
afterAll(() => rmSync(place, { recursive: true, force: true }))

test('S1.10 a backup taken while the program writes restores to a ledger that recomputes', async () => {
  const opened = await openHouse(readConfig(installed, 'production'), { quiet: true })
  const parts = await startParts(opened.house)
  let writing = true
  const writer = (async () => {
    while (writing) {
      await opened.house.databases.system.transaction().execute((db) =>
        ledgerIn(db, opened.house.chance, { id: null, name: '测试', lawRevision: '' }).append({
          kind: 'test.written',
          org: '',
          payload: { at: 'during' },
        }),
      )
    }
  })()
  const target = join(place, 'backup')
  const made = await zhijiao(['backup', target])
  writing = false
  await writer
  await parts.stop()
  await opened.close()
  expect(made.out).toContain('备份完成')
  expect(made.code).toBe(0)

  const restored = await zhijiao(['restore', target], { ...installed, ZJ_DATA: join(place, 'restored') })
  expect(restored.out).toContain('全部核对无误')
  expect(restored.code).toBe(0)
  // The same folder is not written over.
  expect((await zhijiao(['restore', target], { ...installed, ZJ_DATA: join(place, 'restored') })).code).toBe(1)

  const damaged = join(place, 'damaged')
  cpSync(target, damaged, { recursive: true })
  const victim = join(
    damaged,
    'cluster',
    'global',
    readdirSync(join(damaged, 'cluster', 'global')).filter((f) => /^\d+$/.test(f))[0] ?? '',
  )
  const bytes = readFileSync(victim)
  bytes[10] = (bytes[10] ?? 0) ^ 1
  writeFileSync(victim, bytes)
  const refused = await zhijiao(['restore', damaged], { ...installed, ZJ_DATA: join(place, 'never') })
  expect(refused.code).toBe(1)
  expect(refused.out).toContain('has been changed')
  expect(existsSync(join(place, 'never', 'postgres', 'cluster'))).toBe(false)
}, 240_000)

test('S1.10 the doctor finds a changed ledger entry and says what to do', async () => {
  expect((await zhijiao(['doctor', '--deep'])).out).toContain('账本完好')
  const opened = await openHouse(readConfig(installed, 'production'), { quiet: true })
  const admin = new pg.Client(opened.admin)
  await admin.connect()
  await admin.query(
    "update ledger_entry set actor = '别人' where id = (select entry_id from ledger_leaf where seq = 7)",
  )
  const found = await zhijiao(['doctor', '--deep'])
  expect(found.code).toBe(1)
  expect(found.out).toContain('entry 7 has been changed')
  await admin.query(
    "update ledger_entry set actor = '测试' where id = (select entry_id from ledger_leaf where seq = 7)",
  )
  await admin.end()
  await opened.close()
  expect((await zhijiao(['doctor', '--deep'])).out).toContain('账本完好')
}, 240_000)

/** The installation as an older program left it: the newest migration is not there yet. */
const older = 161
async function made(statement: string): Promise<unknown[]> {
  const opened = await openHouse(readConfig(installed, 'production'), { quiet: true, leaveSchema: true })
  const admin = new pg.Client(opened.admin)
  await admin.connect()
  const { rows } = await admin.query(statement)
  await admin.end()
  await opened.close()
  return rows
}
const migrated = async () => (await made(`select 1 from migration where number = ${older}`)).length === 1
const copies = () =>
  existsSync(join(installed.ZJ_DATA, 'backups')) ? readdirSync(join(installed.ZJ_DATA, 'backups')).length : 0

test('S1.10 an upgrade says what is pending, backs up before it changes anything, and the copy restores and upgrades', async () => {
  await made(`delete from migration where number = ${older}`)
  const check = await zhijiaoHere(upgrade, ['--check'], installed)
  expect(check.out).toContain('0161_installation.sql')
  expect(check.code).toBe(1)
  expect(await migrated()).toBe(false)

  // A backup keeps what is there as it is.
  expect((await zhijiaoHere(backup, [join(place, 'older')], installed)).code).toBe(0)
  expect(await migrated()).toBe(false)

  const done = await zhijiaoHere(upgrade, [], installed)
  expect(done.code).toBe(0)
  const copy = /已备份到 \/ backed up to (\S+)/.exec(done.out)?.[1] ?? ''
  expect(JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'))).toMatchObject({ form: 'zhijiao-backup-1' })
  expect(await migrated()).toBe(true)
  expect((await zhijiaoHere(upgrade, ['--check'], installed)).code).toBe(0)

  const again = { ...installed, ZJ_DATA: join(place, 'before-upgrade') }
  expect((await zhijiaoHere(restore, [copy], again)).code).toBe(0)
  expect((await zhijiaoHere(upgrade, ['--check'], again)).out).toContain('0161_installation.sql')
  expect((await zhijiaoHere(upgrade, ['--no-backup'], again)).code).toBe(0)
}, 240_000)

test('S1.10 a production start on an older database backs the embedded one up, and leaves a database of its own to its operator', async () => {
  await made(`delete from migration where number = ${older}`)
  const keeper = await openHouse(readConfig(installed, 'production'), { quiet: true, leaveSchema: true })
  const { user, password, host, port, database } = keeper.admin
  const own = { ...installed, DATABASE_URL: `postgres://${user}:${password}@${host}:${port}/${database}` }
  const refused = await zhijiao(['start'], own)
  expect(refused.out).toContain('ZJ_UPGRADE_FIRST')
  expect(refused.out).toContain('npx zhijiao upgrade')
  expect(refused.code).toBe(2)
  expect(await migrated()).toBe(false)

  const before = copies()
  const opened = await openHouse(readConfig(installed, 'production'), { quiet: true })
  await opened.close()
  expect(copies()).toBe(before + 1)
  expect(await migrated()).toBe(true)
  await keeper.close()
}, 240_000)

test('S1.11 retain says what would go, then lets it go, by the periods set', async () => {
  await made(
    `insert into unknown_device (protocol, identity, first_seen_at, last_seen_at, messages)
     values ('jt808', '13900000001', now() - interval '3 years', now() - interval '2 years', 1), ('jt808', '13900000002', now(), now(), 1)`,
  )
  const dry = await zhijiaoHere(retain, ['--dry-run'], installed)
  expect(dry.code).toBe(0)
  expect(JSON.parse(dry.out)).toMatchObject({ dryRun: true, policy: { tracksAfterEndDays: 180 }, people: 0, traces: 0 })
  expect(await made('select 1 from unknown_device')).toHaveLength(2)
  const gone = await zhijiaoHere(retain, [], installed)
  expect(JSON.parse(gone.out)).toMatchObject({ dryRun: false, traces: 1 })
  expect(await made('select identity from unknown_device')).toEqual([{ identity: '13900000002' }])
  const wrong = await zhijiaoHere(retain, ['--now'], installed)
  expect(wrong.code).toBe(2)
}, 120_000)

test('S1.11 a production start refuses without a key, with the demonstration key and with a poor one', async () => {
  const { ZJ_MASTER_KEY: _, ...without } = installed
  const bare = await zhijiao(['start'], without)
  expect(bare.code).toBe(2)
  expect(bare.out).toContain('ZJ_MASTER_KEY')
  const demo = Buffer.from('zhijiao demo master key: never use this outside a demonstration!')
    .subarray(0, 32)
    .toString('hex')
  expect((await zhijiao(['start'], { ...installed, ZJ_MASTER_KEY: demo })).out).toContain('demonstration')
  expect((await zhijiao(['start'], { ...installed, ZJ_MASTER_KEY: '00'.repeat(32) })).code).toBe(2)
})

test('S1.10 a scraper reads the metrics with its token, and nobody with another', async () => {
  const token = 'a-token-of-the-county-0123456789'
  const file = join(place, 'metrics.token')
  writeFileSync(file, `${token}\n`)
  const asked = (url: string, given: string) =>
    fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${given}` } })
  for (const [secret, right] of [
    [{ ZJ_METRICS_TOKEN: token }, 200],
    [{ ZJ_METRICS_TOKEN_FILE: file }, 200],
    [{}, 401],
  ] as const) {
    const env = { ...installed, ...secret, ZJ_PARTS: 'api', ZJ_HEALTH_PORT: '0' }
    const opened = await openHouse(readConfig(env, 'production'), { quiet: true })
    const parts = await startParts(opened.house)
    for (const url of [parts.url, parts.health ?? '']) {
      const answer = await asked(url, token)
      expect(answer.status).toBe(right)
      if (right === 200) expect(await answer.text()).toContain('process_cpu_seconds_total')
      const wrong = await asked(url, `${token}x`)
      expect(wrong.status).toBe(401)
      expect(await wrong.json()).toMatchObject({ code: 'ZJ_TOKEN_WRONG' })
      expect((await fetch(`${url}/api/metrics`)).status).toBe(401)
      // The token opens the metrics and nothing else.
      const elsewhere = await fetch(`${url}/api/people`, { headers: { authorization: `Bearer ${token}` } })
      expect([401, 404]).toContain(elsewhere.status)
    }
    await parts.stop()
    await opened.close()
  }
  const short = await zhijiao(['start'], { ...installed, ZJ_METRICS_TOKEN: 'short' })
  expect(short.out).toContain('ZJ_METRICS_TOKEN')
  expect(short.code).toBe(2)
}, 120_000)

test('S1.10 health, readiness and the head of the ledger answer without a session', async () => {
  const opened = await openHouse(readConfig(installed, 'production'), { quiet: true })
  const parts = await startParts(opened.house)
  const call = client({ base: parts.url })
  expect((await call(system.health, {})).live).toBe(true)
  expect(await call(system.ready, {})).toMatchObject({ ready: true, database: 'up' })
  expect((await call(evidence.head, {})).size).toBeGreaterThan(0)
  await expect(call(system.metrics, {})).rejects.toMatchObject({ status: 401 })
  await parts.stop()
  await opened.close()
})
