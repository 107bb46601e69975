import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { alarms } from '@zhijiao/contract/alarms'
import { type Call, client } from '@zhijiao/contract/client'
import { activations, devices } from '@zhijiao/contract/devices'
import { system } from '@zhijiao/contract/system'
import type { Role } from '@zhijiao/law/roles'
import { startSession } from '@zhijiao/server/core/auth/session'
import { readConfig } from '@zhijiao/server/core/config'
import { type Opened, openHouse } from '@zhijiao/server/main'
import { authenticate, position, register } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantPerson } from '../support/person.ts'
import { openPlace } from '../support/place.ts'
import { dayAfter, Line, still, until } from './devices.support.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const folder = openPlace('parts')
const key = `${'c3'.repeat(16)}00112233445566778899aabbccddeeff`
const token = 'a-token-of-the-county-0123456789'
const running: ChildProcess[] = []
const health = new Map<string, number>()
let opened: Opened
let web: number
let jt808: number

const freePort = () =>
  new Promise<number>((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => done(address && typeof address === 'object' ? address.port : 0))
    })
  })

beforeAll(async () => {
  ;[web, jt808] = [await freePort(), await freePort()]
  const env = {
    ZJ_DATA: folder,
    ZJ_MASTER_KEY: key,
    ZJ_PORT: String(web),
    ZJ_JT808_PORT: String(jt808),
    ZJ_GT06_PORT: '-1',
    ZJ_WATCH_PORT: '-1',
    ZJ_DEVICE_HTTP_PORT: '-1',
  }
  opened = await openHouse(readConfig(env, 'production'), { quiet: true })
  const db = opened.house.databases.system
  for (const [code, level, parent] of [
    ['', 'ministry', null],
    ['45', 'province', ''],
    ['4590', 'city', '45'],
    ['459001', 'county', '4590'],
    ['459001001', 'office', '459001'],
  ] as const)
    await db
      .insertInto('org')
      .values({
        code,
        level,
        parent,
        name: code || '部',
        name_en: null,
        phone: null,
        address: null,
        urban: false,
        synthetic: true,
        active: true,
        revision: 1,
      })
      .execute()
  for (const part of ['worker', 'engine', 'gateway', 'api']) {
    const port = await freePort()
    health.set(part, port)
    const child = spawn(process.execPath, [join(root, 'server/bin/zhijiao.mjs'), 'start'], {
      cwd: root,
      env: {
        ...process.env,
        NODE_ENV: '',
        ...env,
        ZJ_PARTS: part,
        ZJ_HEALTH_PORT: String(port),
        ZJ_METRICS_TOKEN: token,
      },
      stdio: 'ignore',
    })
    running.push(child)
  }
}, 120_000)

afterAll(async () => {
  await Promise.all(
    running.map(
      (child) =>
        new Promise<void>((done) => {
          if (child.exitCode !== null) return done()
          child.once('exit', () => done())
          child.kill('SIGTERM')
        }),
    ),
  )
  await opened?.close()
  rmSync(folder, { recursive: true, force: true })
}, 180_000)

async function signIn(role: Role, org: string): Promise<{ id: string; call: Call }> {
  const { house } = opened
  const id = house.chance.id()
  const now = new Date(house.chance.now())
  await sql`insert into staff (id, login, number, name, org_code, password_hash, password_changed_at, must_change_password, totp_confirmed_at, created_at)
    values (${id}, ${`p${id.slice(-8)}`}, ${id.slice(-6)}, ${role}, ${org}, 'x', ${now}, false, ${now}, ${now})`.execute(
    house.databases.system,
  )
  await house.databases.system
    .insertInto('staff_role')
    .values({ staff_id: id, role, granted_by: null, granted_at: now })
    .execute()
  const token = await startSession(house.databases.system, house.chance, id, {
    secondFactor: true,
    ip: null,
    agent: null,
  })
  return { id, call: client({ base: `http://127.0.0.1:${web}`, headers: () => ({ cookie: `zj_session=${token}` }) }) }
}

test('P27 S1.10 gateway, engine, worker and api as four processes: a call for help crosses them all and reaches the desk', async () => {
  const anyone = client({ base: `http://127.0.0.1:${web}` })
  await until(
    'the api answers',
    async () => (await anyone(system.ready, {}).catch(() => null))?.ready === true,
    120_000,
  )
  const officer = await signIn('officer', '459001001')
  const clerk = await signIn('county', '459001')
  const head = await signIn('bureauHead', '459001')
  const person = await plantPerson(opened.house, { officer: officer.id, name: '李分体' })
  const { device, secret } = await clerk.call(devices.register, {
    body: { kind: 'wristband', protocol: 'jt808', identity: '13900000077', model: 'TEST', crs: 'WGS84' },
  })
  await clerk.call(devices.issue, { params: { id: device.id }, body: { personId: person, revision: 1 } })
  const term = await clerk.call(activations.propose, {
    params: { personId: person },
    body: {
      regime: 'device',
      deviceId: device.id,
      ground: 'leftWithoutApproval',
      facts: '两次未经批准离开所居住的县',
      lastDay: dayAfter(Date.now(), 30),
      document: '(2026)示定字第1号',
    },
  })
  await head.call(activations.approve, { params: { id: term.id }, body: { revision: term.revision } })

  // Four processes hear of the term by notices of the database.
  await still(2000)
  let line: Line | null = null
  await until(
    'the gateway listens',
    async () => {
      line = await Line.open(jt808).catch(() => null)
      return line !== null
    },
    120_000,
  )
  const open = line as Line | null
  if (!open) throw new Error('no line')
  const from = (serial: number) => ({ device: '013900000077', is2019: false, serial })
  open.send(register(from(1), { province: 45, county: 9001, maker: 'TEST', model: 'T', terminal: '1', plate: '' }))
  await until('registered', () => open.told.some((t) => t.id === 0x8100))
  open.send(authenticate(from(2), secret))
  await until('authenticated', () => open.answered.some((a) => a.serial === 2))
  open.send(
    position(from(3), {
      lat: 24.33,
      lon: 109.42,
      time: Math.floor(Date.now() / 1000) * 1000,
      positioned: true,
      alarms: [0],
      speedKmh: 0,
      course: 0,
      altitudeM: 90,
    }),
  )
  await until('answered', () => open.answered.some((a) => a.serial === 3))
  // Asked as a person would look, not as a loop: the program limits how often one address may ask.
  let seen: readonly { kind: string; state: string }[] = []
  for (let left = 60; left > 0 && !seen.some((a) => a.kind === 'sos' && a.state === 'raised'); left--) {
    await still(500)
    seen = (await officer.call(alarms.list, { query: { person } })).items.map(({ kind, state }) => ({ kind, state }))
  }
  expect(seen).toEqual([{ kind: 'sos', state: 'raised' }])
  open.end()
}, 400_000)

test('S1.10 each of the four processes says on a port of its own whether it lives and works, and gives its counts', async () => {
  for (const [part, port] of health) {
    const base = `http://127.0.0.1:${port}`
    await until(
      `${part} answers`,
      async () => (await fetch(`${base}/api/health`).catch(() => null))?.ok === true,
      120_000,
    )
    expect(await (await fetch(`${base}/api/ready`)).json()).toMatchObject({
      ready: true,
      parts: [part],
      database: 'up',
    })
    expect((await fetch(`${base}/api/metrics`)).status).toBe(401)
    const scraped = await fetch(`${base}/api/metrics`, { headers: { authorization: `Bearer ${token}` } })
    expect(scraped.status).toBe(200)
    const text = await scraped.text()
    expect(text).toContain('nodejs_eventloop_lag_seconds')
    // The call for help of the test above crossed the gateway and the engine: counted, without whose it was.
    if (part === 'gateway') expect(text).toMatch(/zj_device_messages_total\{protocol="jt808"\} [1-9]/)
    if (part === 'engine') expect(text).toMatch(/zj_engine_fixes_total [1-9]/)
    for (const personal of ['李分体', '13900000077']) expect(text).not.toContain(personal)
    // Nothing else is served there.
    expect((await fetch(`${base}/api/people`)).status).toBe(404)
    expect((await fetch(`${base}/`)).status).toBe(404)
  }
}, 300_000)
