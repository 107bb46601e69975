import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { client } from '@zhijiao/contract/client'
import { evidence } from '@zhijiao/contract/evidence'
import { system } from '@zhijiao/contract/system'
import { readConfig } from '@zhijiao/server/core/config'
import { ledgerIn } from '@zhijiao/server/core/ledger/append'
import { openHouse, startParts } from '@zhijiao/server/main'
import { afterAll, beforeAll, expect, test } from 'vitest'

const root = fileURLToPath(new URL('../../', import.meta.url))
const place = mkdtempSync(join(tmpdir(), 'zhijiao-operations-'))
const key = `${'5a'.repeat(16)}00112233445566778899aabbccddeeff`
const installed = {
  ZJ_DATA: join(place, 'data'),
  ZJ_MASTER_KEY: key,
  ZJ_PORT: '0',
  ZJ_JT808_PORT: '0',
  ZJ_GT06_PORT: '0',
  ZJ_WATCH_PORT: '0',
  ZJ_DEVICE_HTTP_PORT: '0',
}

/** The command as an operator types it, in a process of its own. */
function zhijiao(
  args: readonly string[],
  env: Record<string, string> = installed,
): Promise<{ code: number; out: string }> {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(root, 'server/bin/zhijiao.mjs'), ...args], {
      cwd: root,
      env: { ...process.env, NODE_ENV: '', ...env },
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
    child.on('exit', (code) => done({ code: code ?? -1, out }))
  })
}

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
  const { default: pg } = await import('pg')
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

test('P33 health, readiness and the head of the ledger answer without a session', async () => {
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
