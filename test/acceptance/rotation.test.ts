import { spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { account } from '@zhijiao/contract/account'
import { type Call, client } from '@zhijiao/contract/client'
import { devices } from '@zhijiao/contract/devices'
import { evidence } from '@zhijiao/contract/evidence'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { legalDayOf } from '@zhijiao/law/civil-date'
import doctor from '@zhijiao/server/commands/doctor'
import logins from '@zhijiao/server/commands/logins'
import rotateCommand from '@zhijiao/server/commands/rotate'
import upgrade from '@zhijiao/server/commands/upgrade'
import { hashPassword } from '@zhijiao/server/core/auth/password'
import { codeAt } from '@zhijiao/server/core/auth/second-factor'
import { readConfig } from '@zhijiao/server/core/config'
import type { House } from '@zhijiao/server/core/house'
import { ensureDatabase, startPostgres } from '@zhijiao/server/core/postgres'
import { vaultOf } from '@zhijiao/server/core/vault'
import { sealKeyOf } from '@zhijiao/server/documents/seal/keys'
import { verifyPack } from '@zhijiao/server/evidence/verify'
import { listeningAt } from '@zhijiao/server/gateway/index'
import { databaseFolder, openHouse, startParts } from '@zhijiao/server/main'
import { rotate, sealedTables } from '@zhijiao/server/operations/rotation'
import { authenticate, heartbeat } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { assessmentLetter } from '../support/assessment.ts'
import { identityNumber } from '../support/citizens.ts'
import { freePorts, zhijiao, zhijiaoHere } from '../support/command.ts'
import { places, plantOrganisations, plantStaff, sessionOf } from '../support/county.ts'
import { eventually } from '../support/duty.ts'
import { photo } from '../support/episode.ts'
import { openPlace } from '../support/place.ts'
import { codeOf } from '../support/refused.ts'
import { Line, until } from './devices.support.ts'

let place = ''
const first = `${'3c'.repeat(16)}00112233445566778899aabbccddeeff`
const second = `${'4d'.repeat(16)}ffeeddccbbaa99887766554433221100`
const at = (master: string, former?: string): Record<string, string> => ({
  ...freePorts,
  ZJ_DATA: join(place, 'data'),
  ZJ_MASTER_KEY: master,
  ...(former ? { ZJ_MASTER_KEY_FORMER: former } : {}),
})

interface Program {
  readonly house: House
  readonly url: string
  stop(): Promise<void>
}
async function started(env: Record<string, string>): Promise<Program> {
  const opened = await openHouse(readConfig(env, 'production'), { quiet: true })
  const parts = await startParts(opened.house)
  return {
    house: opened.house,
    url: parts.url,
    stop: async () => {
      await parts.stop()
      await opened.close()
    },
  }
}

const password = 'Tianqi-Hao-58'
const factor = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const ids = { clerk: '', officer: '' }
/** Somebody's call at a program: a session of his own there. */
async function as(program: Program, who: keyof typeof ids): Promise<Call> {
  const cookie = `zj_session=${await sessionOf(program.house, ids[who])}`
  return client({ base: program.url, headers: () => ({ cookie }) })
}

const terminal = '13955500001'
const from = (serial: number) => ({ device: terminal.padStart(12, '0'), is2019: false, serial })
/** A terminal says its code: whether it was taken. */
async function says(program: Program, code: string): Promise<{ line: Line; taken: boolean }> {
  const line = await Line.open(listeningAt(program.house)?.jt808 ?? 0)
  line.send(authenticate(from(1), code))
  await until('answered', () => line.answered.some((a) => a.serial === 1))
  return { line, taken: line.answered.some((a) => a.serial === 1 && a.result === 0) }
}

const many = 460
const numberOf = (n: number) => identityNumber(n)
const phoneOf = (n: number) => `138${String(10_000_000 + n)}`
/** Sealed by a program from before keys had names: nothing stands in front but the 1. */
const unnamed = (sealed: Buffer) => Buffer.concat([Buffer.from([1]), sealed.subarray(5)])

let enrolled: { id: string; identity: string; phone: string; file: string; bytes: Buffer }
let device: { id: string; secret: string }
let seal: string
let packOfBefore: Uint8Array
let heads: never[]

async function county(program: Program): Promise<void> {
  const { house } = program
  await plantOrganisations(house)
  ids.clerk = house.chance.id()
  ids.officer = house.chance.id()
  const staff = { org: places.county, designations: [] }
  await plantStaff(house, { ...staff, id: ids.clerk, login: 'clerk', number: 'R1', name: '赵科员', roles: ['county'] })
  await plantStaff(house, {
    ...staff,
    org: places.office,
    id: ids.officer,
    login: 'officer',
    number: 'R2',
    name: '王所员',
    roles: ['officer'],
  })
  await house.databases.system
    .updateTable('staff')
    .set({
      password_hash: await hashPassword(password),
      totp_secret: house.vault.seal('totp', factor),
      totp_pending: house.vault.seal('totp', factor),
    })
    .where('id', '=', ids.officer)
    .execute()
  const officer = await as(program, 'officer')
  const clerk = await as(program, 'clerk')

  const identity = numberOf(900)
  const phone = phoneOf(900)
  const bytes = photo()
  const { id } = await officer(people.create, {
    body: {
      name: '陈一',
      identity,
      category: '02',
      termStart: '2026-01-01',
      termEnd: '2027-12-31',
      crime: '盗窃罪',
      phone,
      residence: '示例一县城东街 1 号',
    },
  })
  const file = await officer(files.upload, { body: { person: id }, file: bytes, fileName: '走访.jpg' })
  enrolled = { id, identity, phone, file: file.id, bytes: Buffer.from(await new Blob([bytes]).arrayBuffer()) }

  const made = await clerk(devices.register, {
    body: { kind: 'wristband', protocol: 'jt808', identity: terminal, model: 'TEST', crs: 'WGS84' },
  })
  device = { id: made.device.id, secret: made.secret ?? '' }
  seal = (await sealKeyOf(house, places.county, '示例一县社区矫正管理局')).id

  // A county as it has grown: some of it sealed by older programs, which named no key.
  for (let n = 0; n < many; n++) {
    const sealed = house.vault.seal('identity', numberOf(n))
    await sql`insert into person (id, number, org_code, officer_id, name, sex, birth_date, identity_cipher, identity_blind, identity_tail,
        phone_cipher, phone_blind, phone_tail, category, term_start, term_end, created_at, updated_at)
      values (${house.chance.id()}, ${`R${n}`}, ${places.office}, ${ids.officer}, ${`测试${n}`}, 'male', '1985-03-04',
        ${n % 2 ? unnamed(sealed) : sealed}, ${house.vault.blind('identity', numberOf(n))}, '000',
        ${n % 3 ? house.vault.seal('phone', phoneOf(n)) : null}, ${n % 3 ? house.vault.blind('phone', phoneOf(n)) : null}, '0000',
        '02', '2026-01-01', '2027-12-31', now(), now())`.execute(house.databases.system)
  }
  const now = new Date(house.chance.now())
  await sql`insert into person_import (id, staff_id, org_code, file_name, rows, summary, created_at, expires_at)
    values (${house.chance.id()}, ${ids.clerk}, ${places.county}, '名单.xlsx', ${house.vault.seal('import', '[]')}, '{}', ${now}, ${now})`.execute(
    house.databases.system,
  )
  await clerk(matters.register, {
    body: { kind: 'assessment', form: { receivedOn: legalDayOf(house.chance.now()), ...assessmentLetter() } },
  })

  packOfBefore = await packed(program)
  heads = readFileSync(join(house.config.headsFolder, 'heads.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .map((l) => JSON.parse(l) as never)
}

async function packed(program: Program): Promise<Uint8Array> {
  const clerk = await as(program, 'clerk')
  const body = { about: 'person', id: enrolled.id, reason: '检察院调取' } as const
  return new Uint8Array(await (await clerk(evidence.export, { body })).arrayBuffer())
}

/** Whether an account is locked after wrong attempts. */
const locked = async (program: Program) =>
  (await codeOf(client({ base: program.url })(account.signIn, { body: { login: 'clerk', password: 'wrong' } }))) ===
  'ZJ_SIGN_IN_LOCKED'

/** Everything that is sealed is read through the front door, whichever key it lies under. */
async function readsAll(program: Program): Promise<void> {
  const { house } = program
  const officer = await as(program, 'officer')
  const shown = await officer(people.reveal, { params: { personId: enrolled.id }, body: { reason: '核对身份信息' } })
  expect(shown).toMatchObject({ identity: enrolled.identity, phone: enrolled.phone })
  for (const n of [0, 1, 2, many - 2, many - 1]) {
    const found = await officer(people.list, { query: { identity: numberOf(n) } })
    expect(
      found.items.map((p) => p.name),
      `${n}`,
    ).toEqual([`测试${n}`])
    expect((await officer(people.list, { query: { q: numberOf(n) } })).total).toBe(1)
    if (n % 3) expect((await officer(people.list, { query: { phone: phoneOf(n) } })).total).toBe(1)
  }
  // Nobody is enrolled twice, by whichever key he was filed.
  for (const identity of [enrolled.identity, numberOf(1), numberOf(many - 2)])
    expect(
      await codeOf(
        officer(people.create, {
          body: {
            name: '重复',
            identity,
            category: '02',
            termStart: '2026-01-01',
            termEnd: '2027-12-31',
            crime: '盗窃罪',
          },
        }),
      ),
    ).toBe('ZJ_PERSON_EXISTS')
  const content = await officer(files.content, { params: { id: enrolled.file }, query: {} })
  expect(Buffer.from(await content.arrayBuffer()).equals(enrolled.bytes)).toBe(true)

  await sql`update staff set totp_last_step = null where id = ${ids.officer}`.execute(house.databases.system)
  const anyone = client({ base: program.url })
  const code = codeAt(factor, house.chance.now())
  expect((await anyone(account.signIn, { body: { login: 'officer', password, code } })).step).toBe('in')
  for (const [code, right] of [
    ['guessed', false],
    [device.secret, true],
  ] as const) {
    const { line, taken } = await says(program, code)
    expect(taken).toBe(right)
    line.end()
  }
  const key = await sealKeyOf(house, places.county, '示例一县社区矫正管理局')
  expect(key.id).toBe(seal)
  expect(key.certificate.checkPrivateKey(key.key)).toBe(true)
}

/** Stored values that name a key, by table and column, wherever they are; by looking, not by list. */
async function sealedWith(house: House, key: string): Promise<string[]> {
  const db = house.databases.system
  const { rows } = await sql<{ t: string; c: string }>`
    select c.relname as t, a.attname as c from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and a.atttypid = 'bytea'::regtype
      and has_table_privilege(c.oid, 'select') order by 1, 2`.execute(db)
  const found: string[] = []
  for (const { t, c } of rows) {
    const { rows: hits } = await sql`select 1 from ${sql.table(t)}
      where length(${sql.ref(c)}) > 5 and substring(${sql.ref(c)} from 1 for 5) = decode(${`02${key}`}, 'hex') limit 1`.execute(
      db,
    )
    if (hits.length > 0) found.push(`${t}.${c}`)
  }
  return found
}
const idOf = (master: string) => vaultOf(Buffer.from(master, 'hex'), { bytes: (n) => Buffer.alloc(n) }).id

let program: Program | undefined
const stopped = async () => {
  const working = program
  program = undefined
  await working?.stop()
}
const startedAnew = async (env: Record<string, string>): Promise<Program> => {
  await stopped()
  program = await started(env)
  return program
}
/** An installation of its own for each try: what was sealed anew stays so. */
beforeEach(async () => {
  place = openPlace('rotation')
})
afterEach(async () => {
  await stopped()
  rmSync(join(databaseFolder({ folder: join(place, 'data') }), '..'), { recursive: true, force: true })
  rmSync(place, { recursive: true, force: true })
})

test('S1.11 the master key is changed while the program works: read, searched and proved before, during and after', async () => {
  const [was, is] = [idOf(first), idOf(second)]
  let now = await startedAnew(at(first))
  await county(now)
  await readsAll(now)
  const sealed = await sealedWith(now.house, was)
  expect(sealed).toEqual(
    expect.arrayContaining([
      'assessment_identity.identity_cipher',
      'device.secret',
      'person.identity_cipher',
      'seal_key.key_sealed',
      'staff.totp_secret',
    ]),
  )
  // Whatever names a key is on the list of what is rewritten.
  const listed = sealedTables.flatMap(({ table, columns }) => columns.map(({ column }) => `${table}.${column}`))
  expect(sealed.filter((each) => !listed.includes(each))).toEqual([])

  // With the new key alone, and with both while the program still works with the one of before, nothing is changed.
  expect((await zhijiao(['start'], at(second))).out).toContain('ZJ_KEY_DIFFERS')
  for (let tried = 0; tried < 10 && !(await locked(now)); tried++);
  expect(await locked(now)).toBe(true)
  const early = await zhijiao(['start'], at(second, first))
  expect(early.out).toContain('ZJ_FORMER_KEY_AT_WORK')
  expect(early.code).toBe(2)
  await readsAll(now)
  now = await startedAnew(at(second, first))
  expect(await locked(now)).toBe(true)
  await readsAll(now)
  const officer = await as(now, 'officer')
  const { id: fresh } = await officer(people.create, {
    body: {
      name: '新来',
      identity: numberOf(901),
      category: '02',
      termStart: '2026-01-01',
      termEnd: '2027-12-31',
      crime: '盗窃罪',
    },
  })
  const [added] = (
    await sql<{ c: Buffer }>`select identity_cipher as c from person where id = ${fresh}`.execute(
      now.house.databases.system,
    )
  ).rows
  expect(added?.c.subarray(1, 5).toString('hex')).toBe(is)

  // Interrupted after a batch: what was done stands, what is left is said, and the former key cannot be left out.
  let batches = 0
  const half = await rotate(
    now.house,
    { account: 'test', from: null, host: 'here' },
    { batch: 100, progress: () => batches++, stopped: () => batches > 0 },
  )
  expect(half.done).toEqual({ person: 100 })
  expect(half.gone).toEqual([])
  await readsAll(now)
  const check = await zhijiaoHere(rotateCommand, ['--check'], at(second, first))
  expect(check.out).toContain('must not be taken out')
  expect(check.out).toContain(was)
  expect(check.code).toBe(1)
  expect((await zhijiaoHere(doctor, [], at(second, first))).out).toContain('rotate')
  await stopped()
  const alone = await zhijiao(['start'], at(second))
  expect(alone.out).toContain('ZJ_KEY_NOT_GIVEN')
  expect(alone.out).toContain(was)
  expect(alone.code).toBe(2)
  expect((await zhijiaoHere(rotateCommand, [], at(second))).out).toContain('ZJ_KEY_NOT_GIVEN')

  now = await startedAnew(at(second, first))
  await readsAll(now)
  await interrupted(now)
  await readsAll(now)

  const { line } = await says(now, device.secret)
  const clerk = await as(now, 'clerk')
  const proof = async () => (await clerk(devices.get, { params: { id: device.id } })).proof
  await until('noted', async () => (await proof()) === 'proven')
  const whole = await zhijiaoHere(rotateCommand, [], at(second, first))
  expect(whole.out).toContain(`${was} 可以撤下`)
  expect(whole.out).toContain('may be taken out')
  expect(whole.code).toBe(0)
  // A terminal that proved itself stays proven: its code is the same, however it is sealed.
  await sql`select pg_notify('zj_devices', ${device.id})`.execute(now.house.databases.system)
  await new Promise((done) => setTimeout(done, 500))
  line.send(heartbeat(from(2)))
  await until('answered', () => line.answered.some((a) => a.serial === 2))
  await new Promise((done) => setTimeout(done, 1500))
  expect(await proof()).toBe('proven')
  line.end()
  const again = await zhijiaoHere(rotateCommand, [], at(second, first))
  expect(again.out).toContain('0 rows rewritten')
  expect(again.code).toBe(0)
  await readsAll(now)
  expect(await sealedWith(now.house, was)).toEqual([])
  now = await startedAnew(at(second))
  expect(await locked(now)).toBe(true)
  await readsAll(now)
  expect((await sealedWith(now.house, is)).length).toBeGreaterThanOrEqual(sealed.length)
  expect((await zhijiao(['start'], at(first))).out).toContain('ZJ_KEY_DIFFERS')

  // The ledger was begun under the one key and goes on under the other: old packs and old heads hold.
  expect(verifyPack(packOfBefore, heads).failed).toBeNull()
  expect(verifyPack(await packed(now), heads).failed).toBeNull()
  const whole2 = await zhijiaoHere(doctor, ['--deep'], at(second))
  expect(whole2.out).toContain('账本完好')
  expect(whole2.out).toContain('全部内容由现在的主密钥封存')
  const { rows: said } = await sql<{ payload: Record<string, unknown>; actor: string }>`
    select l.payload, e.actor from ledger_entry e join ledger_payload l on l.entry_id = e.id
    where e.kind = 'key.rotated' order by e.recorded_at`.execute(now.house.databases.system)
  expect(said[0]?.payload).toMatchObject({ to: is, rows: { person: 100 }, gone: [], account: 'test' })
  expect(said.at(-1)?.payload).toMatchObject({ to: is, left: 0, gone: [was] })
  expect(JSON.stringify(said)).not.toMatch(new RegExp(`${first}|${second}`))
}, 300_000)

/** The command as an operator interrupts it: held up at a row that somebody is editing, then Ctrl-C. */
async function interrupted({ house }: Program): Promise<void> {
  const client = await house.databases.systemPool.connect()
  try {
    await client.query('begin')
    await client.query("select 1 from person where name = '测试459' for update")
    const root = fileURLToPath(new URL('../../', import.meta.url))
    const child = spawn(process.execPath, [join(root, 'server/bin/zhijiao.mjs'), 'rotate'], {
      cwd: root,
      env: { ...process.env, NODE_ENV: '', ...at(second, first) },
    })
    let out = ''
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += String(chunk)))
    const ended = new Promise<number>((done) => child.on('exit', (code) => done(code ?? -1)))
    await eventually(
      async () => out,
      (seen) => /\d+\/\d+/.test(seen),
    )
    child.kill('SIGINT')
    await new Promise((done) => setTimeout(done, 300))
    await client.query('commit')
    expect(await ended).toBe(1)
    expect(out).toContain('已中断')
    expect(out).toContain('must not be taken out')
  } finally {
    client.release()
  }
}

test('S1.11 on a server of one’s own: its superuser stays, a copy beside it comes along, another key is no former one', async () => {
  const folder = openPlace('rotation-server')
  const postgres = await startPostgres({ folder, port: 0, password: 'server' })
  const of = (database: string, master: string, former?: string) => ({
    ...at(master, former),
    ZJ_DATA: join(place, database),
    DATABASE_URL: `postgres://zj_admin:server@${postgres.host}:${postgres.port}/${database}`,
  })
  try {
    await ensureDatabase(postgres, 'production')
    expect((await zhijiaoHere(upgrade, [], of('production', first))).code).toBe(0)
    await ensureDatabase(postgres, 'copy', 'production')
    const stranger = `${'6f'.repeat(16)}0123456789abcdeffedcba9876543210`
    expect((await zhijiaoHere(logins, [], of('production', second, stranger))).out).toContain('ZJ_KEY_DIFFERS')

    // A command that leaves the database as it is leaves its key as well.
    expect((await zhijiaoHere(logins, [], of('production', second, first))).code).toBe(0)
    expect((await zhijiaoHere(rotateCommand, ['--check'], of('production', second, first))).out).toContain(idOf(first))
    expect((await zhijiaoHere(logins, [], of('production', first))).code).toBe(0)

    for (const database of ['production', 'copy']) {
      const done = await zhijiaoHere(rotateCommand, [], of(database, second, first))
      expect(done.out, database).toContain('may be taken out')
      expect((await zhijiaoHere(logins, [], of(database, second))).out).toContain('zj_api、zj_system')
      expect((await zhijiaoHere(logins, [], of(database, first))).out).toContain('ZJ_KEY_DIFFERS')
    }
    expect((await zhijiaoHere(logins, ['--reset'], of('production', second))).code).toBe(0)
    expect((await zhijiaoHere(doctor, [], of('copy', second))).out).toContain('全部内容由现在的主密钥封存')
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}, 120_000)
