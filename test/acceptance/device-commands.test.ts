import { activations, type DeviceCommand, devices } from '@zhijiao/contract/devices'
import { outages } from '@zhijiao/contract/outages'
import { devices as devicesRoom } from '@zhijiao/server/devices/index'
import { SIGNATURE_HEADERS, sign } from '@zhijiao/wire/app/signature'
import { batch, generalReply, heartbeat } from '@zhijiao/wire/jt808/device'
import { encodeFrame } from '@zhijiao/wire/jt808/envelope'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'
import { dayAfter, type Ground, Line, places, startGround, still, until, type Worn } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const minute = 60_000
const now = () => ground.county.house.chance.now()
const from = (worn: Pick<Worn, 'identity'>, serial: number) => ({
  device: worn.identity.padStart(12, '0'),
  is2019: false,
  serial,
})
/** Moves the clock; nobody is signed out for sitting still meanwhile. */
const pass = async (ms: number) => {
  for (let left = ms; left > 0; left -= 10 * minute) {
    ground.county.pass(Math.min(left, 10 * minute))
    for (const who of [ground.clerk, ground.head, ground.officer]) await who.call(outages.list, { query: {} })
  }
}
const commandsOf = async ({ device }: Pick<Worn, 'device'>) =>
  (await ground.clerk.call(devices.commands, { params: { id: device }, query: {} })).items
const send = ({ device }: Pick<Worn, 'device'>, command: DeviceCommand, expiresInS = 600) =>
  ground.clerk.call(devices.command, { params: { id: device }, body: { command, why: '核实', expiresInS } })
const takeBack = async ({ device }: Pick<Worn, 'device'>) => {
  const { revision } = await ground.clerk.call(devices.get, { params: { id: device } })
  return ground.clerk.call(devices.takeBack, {
    params: { id: device },
    body: { state: 'stock', reason: '不再需要', revision },
  })
}
const issue = async ({ device }: Pick<Worn, 'device'>, personId: string) => {
  const { revision } = await ground.clerk.call(devices.get, { params: { id: device } })
  return ground.clerk.call(devices.issue, { params: { id: device }, body: { personId, revision } })
}
const approved = async ({ device }: Pick<Worn, 'device'>, personId: string) => {
  const asked = await ground.clerk.call(activations.propose, {
    params: { personId },
    body: {
      regime: 'device',
      deviceId: device,
      ground: 'leftWithoutApproval',
      facts: '未经批准离县',
      lastDay: dayAfter(now(), 20),
    },
  })
  return ground.head.call(activations.approve, { params: { id: asked.id }, body: { revision: asked.revision } })
}

test('what waited for one wearer never reaches the next: neither the old "stop" nor a word to somebody else', async () => {
  const worn = await ground.wear()
  // The band is off while all of this happens.
  await send(worn, { kind: 'text', text: '请速到司法所报到' }, 86_400)
  await send(worn, { kind: 'locate' }, 86_400)
  await takeBack(worn)
  const inStock = await commandsOf(worn)
  expect(inStock.map((c) => c.sends)).toEqual([0, 0, 0])
  expect(inStock.map((c) => [c.command.kind, c.state, c.withdrawn?.why ?? null])).toEqual([
    // In stock it still hears that the term is over.
    ['stop', 'waiting', null],
    ['locate', 'withdrawn', 'term'],
    ['text', 'withdrawn', 'holder'],
  ])
  expect(inStock[2]?.withdrawn?.says.zh).toContain('换人或收回')

  const next = await plantPerson(ground.county.house, { officer: ground.officer.id, name: '下一位' })
  await issue(worn, next)
  expect((await commandsOf(worn))[0]).toMatchObject({ command: { kind: 'stop' }, state: 'withdrawn' })
  await approved(worn, next)
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 80))
  await until('heard', () => line.answered.length === 1)
  await send(worn, { kind: 'selfCheck' })
  await until('asked', () => line.told.some((t) => t.id === 0x8107))
  await still(300)
  // Neither switched off (0x8105), nor spoken to (0x8300), nor located (0x8201).
  expect(line.told.map((t) => t.id).filter((id) => id !== 0x8001)).toEqual([0x8107])
  line.end()
})

test('a new term of the same person withdraws the "stop" of the old one, and without a term nobody is asked where he is', async () => {
  const worn = await ground.wear()
  await send(worn, { kind: 'burst', intervalS: 10, validityS: 600 })
  const term = await ground.clerk.call(activations.get, { params: { id: worn.activation } })
  await ground.clerk.call(activations.end, {
    params: { id: worn.activation },
    body: { why: 'custody', reason: '被刑事拘留', revision: term.revision },
  })
  expect((await commandsOf(worn)).map((c) => [c.command.kind, c.state, c.withdrawn?.why ?? null])).toEqual([
    ['stop', 'waiting', null],
    ['burst', 'withdrawn', 'term'],
  ])
  await approved(worn, worn.person)
  expect((await commandsOf(worn))[0]).toMatchObject({ state: 'withdrawn', withdrawn: { why: 'term' } })
  // A "stop" somebody asks for under the term that runs stands.
  await send(worn, { kind: 'stop' })
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 80))
  await until('told to stop', () => line.told.some((t) => t.id === 0x8105))
  expect(line.told.filter((t) => t.id === 0x8105)).toHaveLength(1)
  line.end()
})

test('a device that is still in stock hears that its term is over', async () => {
  const worn = await ground.wear()
  await takeBack(worn)
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 80))
  await until('told to stop', () => line.told.some((t) => t.id === 0x8105))
  line.end()
})

test('a "stop" that went out on a dying line is said again until somebody answers, and never to the next wearer', async () => {
  const worn = await ground.wear()
  await send(worn, { kind: 'selfCheck' }, 86_400)
  const term = await ground.clerk.call(activations.get, { params: { id: worn.activation } })
  await ground.clerk.call(activations.end, {
    params: { id: worn.activation },
    body: { why: 'custody', reason: '被刑事拘留', revision: term.revision },
  })
  let serial = 0
  const heard = async () => {
    const line = await Line.open(ground.ports().jt808)
    line.send(heartbeat(from(worn, ++serial), 80))
    await until('heard', () => line.answered.length === 1)
    return line
  }
  const stops = (line: Line) => line.told.filter((t) => t.id === 0x8105)
  const state = async () => (await commandsOf(worn)).map((c) => [c.command.kind, c.state])
  // What goes out here reaches nobody.
  const dying = await heard()
  await until('sent', () => stops(dying).length === 1)
  dying.end()
  const soon = await heard()
  await still(600)
  expect(stops(soon)).toEqual([])
  await pass(2 * minute + 1_000)
  // On the line that stands, without its having to come back; what was asked besides is asked once.
  await until('said again', () => stops(soon).length === 1)
  expect(soon.told.filter((t) => t.id === 0x8107)).toEqual([])
  soon.end()
  await pass(5 * minute)
  const back = await heard()
  await until('said again', () => stops(back).length === 1)
  expect(await state()).toEqual([
    ['stop', 'sent'],
    ['selfCheck', 'sent'],
  ])
  // How often, and when last, is said beside it.
  const [stop, selfCheck] = await commandsOf(worn)
  expect([stop?.sends, selfCheck?.sends]).toEqual([3, 1])
  expect(Date.parse(stop?.sentAt ?? '')).toBeGreaterThan(Date.parse(selfCheck?.sentAt ?? ''))
  back.send(generalReply(from(worn, ++serial), stops(back)[0]?.serial ?? 0, 0x8105, 0))
  await until('booked', async () => (await state())[0]?.[1] === 'answered')
  await pass(15 * minute)
  await still(2_500)
  expect(stops(back)).toHaveLength(1)
  back.end()

  // Sent to one and not answered: not said to who wears the device next.
  const other = await ground.wear()
  await takeBack(other)
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(other, 1), 80))
  await until('told to stop', () => stops(line).length === 1)
  const next = await plantPerson(ground.county.house, { officer: ground.officer.id, name: '下一位' })
  await issue(other, next)
  await approved(other, next)
  await pass(3 * minute)
  await still(2_500)
  expect(stops(line)).toHaveLength(1)
  expect((await commandsOf(other)).find((c) => c.command.kind === 'stop')?.state).toBe('sent')
  line.end()
})

test('of two intervals the newer one holds: the older is not said again after it, and a phone is handed it again with its next post', async () => {
  const worn = await ground.wear({ kind: 'phone', protocol: 'app' })
  await send(worn, { kind: 'interval', seconds: 7200 }, 86_400)
  const handed = async () =>
    ((await post(worn)).json.commands ?? []).map((c) => [c.kind, (c as { seconds?: number }).seconds])
  expect(await handed()).toEqual([['interval', 7200]])
  expect(await handed()).toEqual([])
  await send(worn, { kind: 'interval', seconds: 3600 }, 86_400)
  expect(await handed()).toEqual([['interval', 3600]])
  await pass(5 * minute)
  expect(await handed()).toEqual([['interval', 3600]])
  for (let i = 0; i < 24; i++) {
    await pass(15 * minute)
    await handed()
  }
  const { rows } = await sql<{ sends: number; again: boolean }>`
    select sends, again_at is not null as again from device_command where device_id = ${worn.device} and command ->> 'kind' = 'interval' order by asked_at`.execute(
    ground.county.house.databases.system,
  )
  expect(rows).toEqual([
    { sends: 1, again: false },
    { sends: 8, again: false },
  ])
})

test('S2.8 that a device is no longer needed is decided in its procedure, not at the desk; a phone is simply let go', async () => {
  const band = await ground.wear()
  const phone = await ground.wear({ kind: 'phone', protocol: 'app' })
  const ended = async ({ activation }: Worn) => {
    const { revision } = await ground.clerk.call(activations.get, { params: { id: activation } })
    return ground.clerk.call(activations.end, {
      params: { id: activation },
      body: { why: 'removal', reason: '表现稳定', revision },
    })
  }
  expect(await codeOf(ended(band))).toBe('ZJ_ACTIVATION_REMOVAL')
  expect(await ground.clerk.call(activations.get, { params: { id: band.activation } })).toMatchObject({
    state: 'running',
  })
  expect(await ended(phone)).toMatchObject({ state: 'ended', endReason: 'removal' })
})

/** A post of our phone app, signed with the install's secret. */
async function post(worn: Worn, more: object = {}) {
  const body = Buffer.from(
    JSON.stringify({
      install: worn.identity,
      bootId: 'b1',
      wallClockAtSend: now(),
      elapsedRealtimeAtSend: 1_000_000,
      fixes: [],
      events: [],
      ...more,
    }),
  )
  const time = String(now())
  const answer = await fetch(`http://127.0.0.1:${ground.ports().http}/app`, {
    method: 'POST',
    body,
    headers: {
      [SIGNATURE_HEADERS.install]: worn.identity,
      [SIGNATURE_HEADERS.time]: time,
      [SIGNATURE_HEADERS.signature]: sign(Buffer.from(worn.secret), { install: worn.identity, time, body }),
    },
  })
  return { status: answer.status, json: (await answer.json()) as { commands?: { id: string; kind: string }[] } }
}

test('S0.8 a phone says with its next post what it did and what it showed, and a message to the person has arrived', async () => {
  const [worn, other] = [
    await ground.wear({ kind: 'phone', protocol: 'app' }),
    await ground.wear({ kind: 'phone', protocol: 'app' }),
  ]
  const { house } = ground.county
  const [subject, message] = [house.chance.id(), house.chance.id()]
  const { system } = house.databases
  await sql`insert into message (id, person_id, org_code, subject_id, channel, text_zh, created_at)
    select ${message}, id, org_code, ${subject}, 'app', '请联系司法所', ${new Date(now())} from person where id = ${worn.person}`.execute(
    system,
  )
  await system.transaction().execute((db) =>
    devicesRoom(house).command(db, {
      deviceId: worn.device,
      personId: worn.person,
      org: places.office,
      command: { kind: 'text', text: '请联系司法所' },
      why: '核实异常',
      subjectId: subject,
      askedBy: 'engine',
    }),
  )
  await send(worn, { kind: 'locate' })
  await send(worn, { kind: 'selfCheck' })
  const { commands = [] } = (await post(worn)).json
  expect(commands.map((c) => c.kind)).toEqual(['text', 'locate', 'selfCheck'])
  expect((await commandsOf(worn)).map((c) => c.state)).toEqual(['sent', 'sent', 'sent'])

  const answers = commands.map(({ id, kind }) => ({ id, result: kind === 'selfCheck' ? 'unsupported' : 'ok' }))
  // Nobody answers for another, and what cannot be read is named with its place; the post is taken all the same.
  expect((await post(other, { answers })).status).toBe(200)
  expect((await commandsOf(worn)).map((c) => c.state)).toEqual(['sent', 'sent', 'sent'])
  expect(await post(worn, { answers: [{ id: 'x', result: 'ok' }] })).toMatchObject({
    status: 200,
    json: { ignored: [{ at: 'answers[0].id', problem: 'unknownValue' }] },
  })
  expect((await post(worn, { answers })).status).toBe(200)
  expect((await post(worn, { answers })).status).toBe(200)
  expect((await commandsOf(worn)).map((c) => [c.command.kind, c.state])).toEqual([
    ['selfCheck', 'unsupported'],
    ['locate', 'answered'],
    ['text', 'answered'],
  ])
  const { rows } = await sql<{ arrived: boolean }>`
    select delivered_at is not null and failed is null as arrived from message where id = ${message}`.execute(system)
  expect(rows).toEqual([{ arrived: true }])
})

test('P18 the parameters of a device are read, though it says first that it heard', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 80))
  await until('heard', () => line.answered.length === 1)
  const asked = await send(worn, { kind: 'readParameters' })
  await until('asked', () => line.told.some((t) => t.id === 0x8104))
  const serial = line.told.find((t) => t.id === 0x8104)?.serial ?? 0
  line.send(generalReply(from(worn, 2), serial, 0x8104, 0))
  const seen = () => ground.clerk.call(devices.commandState, { params: { id: asked.id } })
  await until('said to be heard', async () => (await seen()).state === 'answered')
  // Two parameters: the interval as a DWORD, the server as text.
  const list = Buffer.concat([
    Buffer.from([serial >> 8, serial & 0xff, 2, 0, 0, 0, 0x29, 4, 0, 0, 0, 30, 0, 0, 0, 0x13, 9]),
    Buffer.from('127.0.0.1'),
  ])
  line.send(encodeFrame(0x0104, list, from(worn, 3)) ?? Buffer.alloc(0))
  await until('listed', async () => (await seen()).detail['0x0029'] === 30)
  expect((await seen()).detail).toMatchObject({ '0x0013': '127.0.0.1' })
  line.end()
})

test('what stays away of a message in parts is asked for, and the whole is answered', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  const fixes = Array.from({ length: 90 }, (_, i) => ({
    lat: 24.3,
    lon: 109.4 + i * 1e-5,
    time: Math.floor(now() / 1000 - 600 + i) * 1000,
    positioned: true,
  }))
  const parts = batch(from(worn, 10), fixes, true)
  expect(parts.length).toBeGreaterThan(2)
  parts.forEach((part, i) => {
    if (i !== 1) line.send(part)
  })
  await until('asked for the second', () => line.told.some((t) => t.id === 0x8003), 30_000)
  const body = line.told.find((t) => t.id === 0x8003)?.body
  expect([body?.readUInt16BE(0), body?.readUInt8(2), body?.readUInt16BE(3)]).toEqual([10, 1, 2])
  expect(line.answered).toEqual([])
  line.send(parts[1] ?? Buffer.alloc(0))
  await until('every part is answered', () => line.answered.length === parts.length)
  await still(3_000)
  expect(line.told.filter((t) => t.id === 0x8003)).toHaveLength(1)
  line.end()
})
