import { alarms } from '@zhijiao/contract/alarms'
import { devices } from '@zhijiao/contract/devices'
import { system } from '@zhijiao/contract/system'
import { compactAll } from '@zhijiao/server/positions/index'
import {
  authenticate,
  batch,
  generalReply,
  heartbeat,
  locationBody,
  position,
  register,
  vendorGroup,
} from '@zhijiao/wire/jt808/device'
import { encodeFrame } from '@zhijiao/wire/jt808/envelope'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  adminClient,
  away,
  type Ground,
  Line,
  seenLive,
  startGround,
  still,
  trackOf,
  until,
  type Worn,
} from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground.county.stop())

const from = (worn: Pick<Worn, 'identity'>, serial: number) => ({
  device: worn.identity.padStart(12, '0'),
  is2019: false,
  serial,
})
const at = (time: number, east = 0) => ({
  lat: 24.3,
  lon: 109.4 + east * 1e-4,
  time: Math.floor(time / 1000) * 1000,
  positioned: true,
  speedKmh: 3,
  course: 90,
  altitudeM: 95,
})
const now = () => ground.county.house.chance.now()
const registration = { province: 45, county: 9001, maker: 'TEST', model: 'T1', terminal: '1', plate: '' }
const today = () => new Date(now() + 8 * 3_600_000).toISOString().slice(0, 10)
const dayOf = (worn: Worn, who = ground.clerk, reason?: string) => trackOf(who, worn.person, today(), reason)

test('a terminal registers, proves itself with the code it was handed once, and its position is answered when it is durable', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  line.send(register(from(worn, 1), registration))
  await until('registered', () => line.told.some((t) => t.id === 0x8100))
  const reply = line.told.find((t) => t.id === 0x8100)
  expect(reply?.body.readUInt8(2)).toBe(0)
  expect(reply?.body.subarray(3).toString('latin1')).toBe(worn.secret)
  line.send(authenticate(from(worn, 2), worn.secret))
  await until('authenticated', () => line.answered.some((a) => a.serial === 2 && a.result === 0))
  line.send(position(from(worn, 3), at(now())))
  await until('position answered', () => line.answered.some((a) => a.serial === 3))
  const { fixes } = await dayOf(worn)
  expect(fixes).toHaveLength(1)
  expect(fixes[0]).toMatchObject({ lat: 24.3, source: 'gnss', course: 90, authenticated: true })
  expect(fixes[0]?.fault).toBeUndefined()

  // Whoever registers under that number again is handed nothing, and a wrong code ends his line.
  const thief = await Line.open(ground.ports().jt808)
  thief.send(register(from(worn, 1), registration))
  await until('answered', () => thief.told.some((t) => t.id === 0x8100))
  expect(thief.told[0]?.body.subarray(3).toString('latin1')).toBe('')
  thief.send(authenticate(from(worn, 2), 'guessed'))
  await until('refused', () => thief.answered.some((a) => a.serial === 2 && a.result === 1))
  await until('the line is ended', () => thief.closed)
  line.end()
})

test('a number is no secret: who only knows it neither displaces the device nor hears what is meant for it', async () => {
  const worn = await ground.wear()
  const proofOf = async () => (await ground.clerk.call(devices.get, { params: { id: worn.device } })).proof
  const ask = () =>
    ground.clerk.call(devices.command, {
      params: { id: worn.device },
      body: { command: { kind: 'text', text: '请回到居住地' }, why: '核实' },
    })
  expect(await proofOf()).toBe('none')
  const proved = async (serial: number) => {
    const line = await Line.open(ground.ports().jt808)
    line.send(authenticate(from(worn, serial), worn.secret))
    await until('authenticated', () => line.answered.some((a) => a.serial === serial && a.result === 0))
    return line
  }
  const own = await proved(1)
  await until('noted', async () => (await proofOf()) === 'proven')

  // Until this was mended, the first frame of anybody who said the number ended the device's own line: a platform that did
  // so would speak to the stranger and hear of the wearer what the stranger says.
  const stranger = await Line.open(ground.ports().jt808)
  stranger.send(position(from(worn, 1), at(now(), 1)))
  await until('answered', () => stranger.answered.length === 1)
  await ask()
  await until('the device is told', () => own.told.some((t) => t.id === 0x8300))
  expect(own.closed).toBe(false)
  expect(stranger.told.some((t) => t.id === 0x8300)).toBe(false)
  expect((await dayOf(worn)).fixes.map((f) => f.authenticated === true)).toEqual([false])
  await until('seen', async () => (await proofOf()) === 'lapsed')
  const listed = await ground.clerk.call(devices.list, { query: { lapsed: true, q: worn.identity } })
  expect(listed.items.map((d) => d.id)).toEqual([worn.device])
  expect((await ground.clerk.call(devices.counts, { query: {} })).lapsed).toBeGreaterThan(0)
  expect(await metric('zj_device_unproven_total', 'jt808', 'cause="noProof"')).toBeGreaterThan(0)
  expect(await metric('zj_device_unproven_total', 'jt808', 'cause="notReplaced"')).toBeGreaterThan(0)

  // With the device away the stranger is alone, and still told nothing; an empty code is no proof either.
  own.end()
  await still(200)
  const alone = await Line.open(ground.ports().jt808)
  alone.send(heartbeat(from(worn, 1), 80))
  await until('answered', () => alone.answered.length === 1)
  const waiting = await ask()
  await still(400)
  expect(alone.told.some((t) => t.id === 0x8300)).toBe(false)
  expect((await ground.clerk.call(devices.commandState, { params: { id: waiting.id } })).state).toBe('waiting')
  alone.send(authenticate(from(worn, 2), ''))
  await until('ended', () => alone.closed)

  // The device itself comes back on a new line, is told what waited, and replaces its own old line at once.
  const back = await proved(5)
  await until('told what waited', () => back.told.some((t) => t.id === 0x8300))
  await until('noted', async () => (await proofOf()) === 'proven')
  const again = await proved(6)
  await until('the old line is dead', () => back.closed)
  expect(again.closed).toBe(false)
  for (const l of [again, stranger]) l.end()
})

test('P26 P27 batches of many devices become one flush, kept in order per device', async () => {
  const worn = await Promise.all([ground.wear(), ground.wear(), ground.wear()])
  const lines = await Promise.all(worn.map(() => Line.open(ground.ports().jt808)))
  const start = now() - 600_000
  const before = await flushes()
  worn.forEach((w, i) => {
    for (let k = 0; k < 5; k++)
      for (const frame of batch(
        from(w, k + 1),
        Array.from({ length: 20 }, (_, j) => at(start + (k * 20 + j) * 1000, k * 20 + j)),
        true,
      ))
        lines[i]?.send(frame)
  })
  await until('all answered', () => lines.every((l) => l.answered.length >= 5))
  expect((await flushes()) - before).toBeLessThan(15)
  for (const w of worn) {
    const { fixes } = await dayOf(w)
    expect(fixes).toHaveLength(100)
    expect(fixes.map((f) => f.ts)).toEqual(fixes.map((f) => f.ts).sort((a, b) => a - b))
  }
  // Folded into day tracks nothing changes, and nothing is there twice.
  await compactAll(ground.county.house)
  for (const w of worn) expect((await dayOf(w)).fixes).toHaveLength(100)
  for (const l of lines) l.end()
})

test('P35 what was stored on the device and sent later annotates history, moves no live place and raises nothing live', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  const strap = (word: number) => [[0xeb, vendorGroup([[0x89, Uint8Array.of(0, 0, word >> 8, word & 0xff)]])] as const]
  // Power cut, battery low, case and strap open; then all of it was well again.
  const ill = { alarms: [7, 8, 17], items: strap(1) }
  line.send(position(from(worn, 1), { ...at(now(), 5), alarms: [], items: strap(0x1001) }))
  await until('answered', () => line.answered.length === 1)
  const stored = [at(now() - 60_000, 1), at(now() - 30_000, 2)].map((one) => ({ ...one, ...ill }))
  for (const frame of batch(from(worn, 2), stored, true)) line.send(frame)
  // Out of order without being marked as stored: history as well. That a case was opened is news whenever it comes.
  line.send(position(from(worn, 3), { ...at(now() - 20_000, 3), ...ill, alarms: [7, 8] }))
  await until('answered', () => line.answered.length === 3)
  await until('latest', async () => (await latestOf(worn)) !== undefined)
  const { fixes } = await dayOf(worn)
  expect(fixes.map((f) => [f.blind === true, f.late === true])).toEqual([
    [true, true],
    [true, true],
    [false, true],
    [false, false],
  ])
  expect((await latestOf(worn))?.lon).toBeCloseTo(109.4005, 6)
  const told = (await dayOf(worn)).events.filter((e) => e.kind !== 'strapClosed')
  // A power that is cut and a battery that is low are said again with every report, and kept when they begin.
  for (const [kind, times] of [
    ['strapOpen', 3],
    ['powerLost', 1],
    ['lowBattery', 1],
  ] as const)
    expect(told.filter((e) => e.kind === kind).map((e) => e.blind || e.late === true)).toEqual(Array(times).fill(true))
  await still(400)
  expect((await ground.officer.call(alarms.list, { query: { person: worn.person } })).items).toEqual([])
  line.end()
})

test('a server whose clock counts in fractions of a millisecond keeps what devices send', async () => {
  const worn = await ground.wear()
  ground.county.pass(0.37)
  const line = await Line.open(ground.ports().jt808)
  line.send(position(from(worn, 1), at(now())))
  await until('answered', () => line.answered.length === 1)
  const { fixes } = await dayOf(worn)
  expect(fixes).toHaveLength(1)
  expect(Number.isInteger(fixes[0]?.receivedAt)).toBe(true)
  line.end()
})

test('Z9 a fix that fails a check is kept with the reason and the rule version, and sent twice it is kept once', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  // One moment for all: what is sent again must be the very same.
  const t = now()
  line.send(position(from(worn, 1), at(t)))
  line.send(position(from(worn, 2), { ...at(t + 1000), lat: 0, lon: 0 }))
  line.send(position(from(worn, 3), { ...at(t + 2000), positioned: false }))
  line.send(position(from(worn, 4), { ...at(t + 3000), lat: 48.85, lon: 2.35 }))
  line.send(position(from(worn, 5), at(t)))
  line.send(position(from(worn, 6), { ...at(t), time: Date.UTC(2000, 0, 1) }))
  await until('all answered', () => line.answered.length === 6)
  const { fixes } = await dayOf(worn)
  const faults = fixes.map((f) => f.fault?.code ?? null)
  expect(faults).toContain('zeroIsland')
  expect(faults).toContain('notFixed')
  expect(faults).toContain('outsideChina')
  expect(faults).toContain('clockWrong')
  expect(faults.filter((f) => f === null)).toHaveLength(1)
  for (const f of fixes) if (f.fault) expect(f.fault.rules).toMatch(/^geo-/)
  // The map follows in a later flush.
  await until('latest', async () => (await latestOf(worn)) !== undefined)
  expect((await latestOf(worn))?.lat).toBeCloseTo(24.3, 5)
  line.end()
})

test('an unknown device is answered, counted in the inbox, and nothing it sent is kept', async () => {
  const stranger = { identity: '13000000001' }
  const line = await Line.open(ground.ports().jt808)
  line.send(register(from(stranger, 1), registration))
  for (let i = 2; i < 6; i++) line.send(position(from(stranger, i), at(now(), i)))
  await until('answered', () => line.answered.length === 4)
  await until('in the inbox', async () => {
    const { items } = await ground.clerk.call(devices.unknown, { query: { q: stranger.identity } })
    return items[0]?.messages === 5 && items[0].says.maker === 'TEST'
  })
  const { device } = await ground.clerk.call(devices.adopt, {
    params: { protocol: 'jt808', identity: stranger.identity },
    body: { kind: 'wristband' },
  })
  expect(device.identity).toBe(stranger.identity)
  expect((await ground.clerk.call(devices.unknown, { query: { q: stranger.identity } })).total).toBe(0)
  line.end()
})

test('P18 a device answers a self-check, and the answer is booked with the command', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 80))
  await until('heard', () => line.answered.length === 1)
  const asked = await ground.officer.call(devices.command, {
    params: { id: worn.device },
    body: { command: { kind: 'selfCheck' }, why: '例行检查' },
  })
  await until('asked', () => line.told.some((t) => t.id === 0x8107))
  line.send(attributes(worn, 2))
  await until('booked', async () => {
    const state = await ground.officer.call(devices.commandState, { params: { id: asked.id } })
    return state.state === 'answered' && state.detail.firmware === 'V2.1'
  })
  const health = await ground.officer.call(devices.health, { params: { id: worn.device } })
  expect(health.now.firmware).toBe('V2.1')
  // Locate now, answered by a general reply.
  const locate = await ground.officer.call(devices.command, {
    params: { id: worn.device },
    body: { command: { kind: 'burst', intervalS: 10, validityS: 600 }, why: '疑似越界' },
  })
  await until('tracked', () => line.told.some((t) => t.id === 0x8202))
  const told = line.told.find((t) => t.id === 0x8202)
  expect(told?.body.readUInt16BE(0)).toBe(10)
  line.send(generalReply(from(worn, 3), told?.serial ?? 0, 0x8202, 0))
  await until(
    'booked',
    async () => (await ground.officer.call(devices.commandState, { params: { id: locate.id } })).state === 'answered',
  )
  line.end()
})

/** Value of one counter by its labels, as an administrator reads it. */
async function metric(name: string, ...labels: string[]): Promise<number> {
  const admin = await ground.county.signIn('systemAdmin')
  const text = await (await admin.call(system.metrics, {})).text()
  const line = text.split('\n').find((l) => l.startsWith(`${name}{`) && labels.every((one) => l.includes(one)))
  return Number(line?.split(' ').at(-1) ?? 0)
}

test('what a batch loses is counted by cause, and its other positions stand', async () => {
  const worn = await ground.wear()
  const unread = (cause: string) => metric('zj_fixes_unread_total', 'jt808', `cause="${cause}"`)
  const before = [await unread('malformed'), await unread('noTime'), await unread('cutShort')]
  const t = now() - 60_000
  const bodies = [0, 1, 2, 3].map((i) => Buffer.from(locationBody(at(t + i * 1000, i))))
  // A month that is none, and a device whose clock is not set yet.
  bodies[1]?.writeUInt8(0x13, 23)
  bodies[2]?.fill(0, 22, 28)
  const items = bodies.flatMap((b) => [Buffer.from([0, b.length]), b])
  const body = Buffer.concat([Buffer.from([0, 5, 0]), ...items, Buffer.from([0, 40, 1, 2])])
  const frame = encodeFrame(0x0704, body, from(worn, 1))
  const line = await Line.open(ground.ports().jt808)
  line.send(frame ?? Buffer.alloc(0))
  await until('answered', () => line.answered.length === 1)
  expect((await dayOf(worn)).fixes).toHaveLength(2)
  const after = [await unread('malformed'), await unread('noTime'), await unread('cutShort')]
  expect(after.map((n, i) => n - (before[i] ?? 0))).toEqual([1, 1, 1])
  line.end()
})

test('while PostgreSQL is away nothing is acknowledged; then everything is', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  line.send(position(from(worn, 1), at(now())))
  await until('answered', () => line.answered.length === 1)
  const back = await away(ground)
  await still(200)
  for (let i = 2; i < 12; i++) line.send(position(from(worn, i), at(now() + i * 1000, i)))
  line.send(heartbeat(from(worn, 12), 70))
  await still(1_500)
  expect(line.answered).toHaveLength(1)
  await back()
  await until('answered after all', () => line.answered.length === 12, 30_000)
  expect((await dayOf(worn)).fixes).toHaveLength(11)
  line.end()
})

test('what is sent again while its first copy is being written is answered when that copy is durable, and no sooner', async () => {
  const worn = await ground.wear()
  const phone = await ground.wear({ protocol: 'osmand' })
  const t = now()
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 80))
  await until('heard', () => line.answered.length === 1)
  const holder = await adminClient(ground)
  try {
    // The flush stands still for less time than it takes to call the database gone.
    await holder.query('begin; lock table position_inbox in exclusive mode; lock table device_event in exclusive mode')
    line.send(position(from(worn, 2), { ...at(t), alarms: [0] }))
    await still(200)
    line.send(position(from(worn, 3), { ...at(t), alarms: [0] }))
    const place = `${t / 1000}`.split('.')[0]
    const asked = (n: number) =>
      fetch(
        `http://127.0.0.1:${ground.ports().http}/?id=${phone.identity}&timestamp=${place}&lat=24.3&lon=109.4&key=${phone.secret}`,
      ).then(() => told.push(n))
    const told: number[] = []
    const first = asked(1)
    await still(200)
    const second = asked(2)
    await still(1_500)
    expect(line.answered.map((a) => a.serial)).toEqual([1])
    expect(told).toEqual([])
    await holder.query('commit')
    await until('both answered', () => line.answered.length === 3)
    await Promise.all([first, second])
  } finally {
    await holder.end()
  }
  for (const who of [worn, phone]) expect((await dayOf(who)).fixes).toHaveLength(1)
  line.end()
})

async function flushes(): Promise<number> {
  const { rows } = await sql<{ no: number }>`select coalesce(max(no), 0) as no from position_inbox`.execute(
    ground.county.house.databases.system,
  )
  return Number(rows[0]?.no ?? 0)
}

async function latestOf(worn: Worn) {
  const { items } = await seenLive(ground.clerk, worn.person)
  return items[0]
}

/** 0x0107 (2013): kind, maker 5, model 20, terminal 7, ICCID 10, hardware, firmware, GNSS, communication. */
function attributes(worn: Worn, serial: number): Uint8Array {
  const body = Buffer.concat([
    Buffer.from([0, 1]),
    Buffer.from('TEST\0'),
    Buffer.alloc(20),
    Buffer.alloc(7),
    Buffer.alloc(10),
    Buffer.from([4]),
    Buffer.from('HW10'),
    Buffer.from([4]),
    Buffer.from('V2.1'),
    Buffer.from([3, 1]),
  ])
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0x0107, 0)
  head.writeUInt16BE(body.length, 2)
  Buffer.from(worn.identity.padStart(12, '0'), 'hex').copy(head, 4)
  head.writeUInt16BE(serial, 10)
  const content = Buffer.concat([head, body])
  const code = content.reduce((x, b) => x ^ b, 0)
  const escaped = [...content, code].flatMap((b) => (b === 0x7e ? [0x7d, 2] : b === 0x7d ? [0x7d, 1] : [b]))
  return Uint8Array.from([0x7e, ...escaped, 0x7e])
}
