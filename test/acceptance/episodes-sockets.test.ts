import { alarms } from '@zhijiao/contract/alarms'
import { fences } from '@zhijiao/contract/fences'
import { outages } from '@zhijiao/contract/outages'
import { leaves } from '@zhijiao/contract/permits'
import { authenticate, generalReply, position, register } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { at, square } from '../support/watched.ts'
import { dayAfter, type Ground, Line, startGround, still, until, type Worn } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const now = () => ground.county.house.chance.now()
const registration = { province: 45, county: 9001, maker: 'TEST', model: 'T1', terminal: '1', plate: '' }
/** A band on a real socket, signed on, that sends where it is. */
const band = async (worn: Worn) => {
  const line = await Line.open(ground.ports().jt808)
  let serial = 0
  const from = () => ({ device: worn.identity.padStart(12, '0'), is2019: false, serial: ++serial })
  line.send(register(from(), registration))
  await until('registered', () => line.told.some((t) => t.id === 0x8100))
  line.send(authenticate(from(), worn.secret))
  await until('signed on', () => line.answered.length > 0)
  const go = async (xs: readonly number[], everyS = 50, bits: readonly number[] = []) => {
    for (const x of xs) {
      ground.county.pass(everyS * 1000)
      const sent = from()
      line.send(
        position(sent, {
          ...at(x),
          time: Math.floor(now() / 1000) * 1000,
          positioned: true,
          alarms: [...bits],
          speedKmh: 3,
          course: 90,
          altitudeM: 90 + (x % 7),
        }),
      )
      await until('answered', () => line.answered.some((a) => a.serial === sent.serial))
    }
    await awake()
    await still(60)
  }
  return { line, go }
}
/** Nobody is signed out for sitting still while the clock is moved. */
const awake = () =>
  Promise.all([ground.clerk, ground.head, ground.officer].map((who) => who.call(outages.list, { query: {} })))

test('S2.13 S0.17 Z7 a real frame across a drawn fence: the band is asked for a burst, the officer gets the alarm with its clock', async () => {
  const worn = await ground.wear({ name: '韦某' })
  const fence = await ground.clerk.call(fences.create, {
    body: {
      org: places.county,
      name: '示例一县活动区',
      kind: 'livingArea',
      area: square(0, 0, 1500),
      datum: 'WGS84',
      basis: '法 29',
    },
  })
  await ground.clerk.call(fences.assign, {
    params: { id: fence.id },
    body: { persons: [worn.person], from: dayAfter(now(), 0), basis: '执行地规定' },
  })
  await still(300)
  const { line, go } = await band(worn)
  await go([0, 0, 0, 0])
  await go([2500])
  await until('burst asked', () => line.told.some((t) => t.id === 0x8202))
  const burst = line.told.find((t) => t.id === 0x8202)
  // The person is told through the band as well, and what arrives is noted.
  await until('text sent', () => line.told.some((t) => t.id === 0x8300))
  const text = line.told.find((t) => t.id === 0x8300)
  line.send(
    generalReply({ device: worn.identity.padStart(12, '0'), is2019: false, serial: 900 }, text?.serial ?? 0, 0x8300, 0),
  )
  await until('the message is noted as arrived', async () => {
    const { rows } = await sql<{
      delivered_at: Date | null
    }>`select delivered_at from message where person_id = ${worn.person}`.execute(ground.county.house.databases.system)
    return rows.length === 1 && rows[0]?.delivered_at !== null
  })
  expect([burst?.body.readUInt16BE(0), burst?.body.readUInt32BE(2)]).toEqual([10, 600])
  const before = await ground.officer.call(alarms.list, { query: { person: worn.person } })
  expect(before.items).toMatchObject([{ kind: 'boundaryOut', state: 'gathering', owner: null }])

  await go([2500, 2600, 2700, 2800, 2900], 50)
  await until('raised', async () => {
    const { items } = await ground.officer.call(alarms.list, { query: { person: worn.person } })
    return items[0]?.state === 'raised'
  })
  const { items } = await ground.officer.call(alarms.list, { query: { person: worn.person } })
  expect(items).toHaveLength(1)
  expect(items[0]?.said.zh).toContain('韦某')
  expect(items[0]?.clock.dueAt).not.toBeNull()
  const [alarm] = items
  if (!alarm) throw new Error('none')
  const file = await ground.officer.call(alarms.get, { params: { id: alarm.id } })
  expect(file.evidence.some((e) => e.kind === 'fix' && e.speaks === 'for')).toBe(true)
  expect(file.fence?.name).toBe('示例一县活动区')
  expect(file.evidence.every((e) => !e.unauthenticated)).toBe(true)
  line.end()
})

test('S0.8 a help key on a real socket is on the desk at once; a restart of the whole program doubles nothing', async () => {
  const worn = await ground.wear()
  const { line, go } = await band(worn)
  await go([0])
  await go([0], 5, [0])
  await until(
    'sos',
    async () => (await ground.officer.call(alarms.list, { query: { person: worn.person } })).total === 1,
  )
  line.end()
  await ground.county.restart()
  const again = await band(worn)
  await again.go([0, 0], 30)
  const { items } = await ground.officer.call(alarms.list, { query: { person: worn.person } })
  expect(items.filter((a) => a.kind === 'sos')).toMatchObject([{ state: 'raised', level: 1 }])
  again.line.end()
})

test('S0.9 a bit that stays set in every position is one alarm, and none again once the officer has closed it', async () => {
  const worn = await ground.wear()
  const { line, go } = await band(worn)
  const damages = async () =>
    (await ground.officer.call(alarms.list, { query: { person: worn.person } })).items.filter(
      (a) => a.kind === 'deviceDamaged',
    )
  // Bit 17: the opened case.
  await go([0, 0, 0], 50, [17])
  await until('damage told', async () => (await damages())[0]?.state === 'raised')
  const [alarm] = await damages()
  if (!alarm) throw new Error('none')
  const before = await ground.officer.call(alarms.get, { params: { id: alarm.id } })
  await go([0, 0, 0], 50, [17])
  expect((await ground.officer.call(alarms.get, { params: { id: alarm.id } })).evidence).toEqual(before.evidence)
  const head = await ground.county.signIn('officeHead')
  const submitted = await ground.officer.call(alarms.submit, {
    params: { id: alarm.id },
    body: {
      cause: 'C31',
      finding: '外壳卡扣损坏，已报修，等待更换。',
      measures: '约定周五更换',
      revision: before.revision,
    },
  })
  await head.call(alarms.review, {
    params: { id: alarm.id },
    body: { verdict: 'approved', note: '', revision: submitted.revision },
  })
  for (let i = 0; i < 12; i++) await go([0, 0], 50, [17])
  expect((await damages()).map((a) => a.state)).toEqual(['settled'])
  line.end()
})

test('S1.7 a band on a real socket stays where its approved leave does not lead: the officer reads what was approved and where it is', async () => {
  const neighbours = await ground.county.signIn('county', { of: places.otherCounty })
  await neighbours.call(fences.create, {
    body: {
      org: places.otherCounty,
      name: '示例二县边界',
      kind: 'livingArea',
      area: square(9000, 0, 2500),
      datum: 'WGS84',
      basis: '法 27',
    },
  })
  const [astray, faithful] = [await ground.wear({ name: '莫某' }), await ground.wear({ name: '黄某' })]
  // The second of five days: neither the way there nor the way back.
  for (const { person } of [astray, faithful]) {
    const asked = await ground.officer.call(leaves.ask, {
      body: {
        person,
        from: dayAfter(now(), -1),
        until: dayAfter(now(), 3),
        destination: { text: '示例二县', area: places.otherCounty },
        reason: '05',
        reasonText: '项目验收',
      },
    })
    await ground.clerk.call(leaves.decide, {
      params: { id: asked.id },
      body: { verdict: 'approved', note: '同意', unproven: '原件在卷', revision: asked.revision },
    })
  }
  const living = (await ground.clerk.call(fences.list, { query: { kind: 'livingArea', org: places.county } })).items[0]
  if (!living) throw new Error('the county has no outline')
  await ground.clerk.call(fences.assign, {
    params: { id: living.id },
    body: { persons: [astray.person, faithful.person], from: dayAfter(now(), 0), basis: '执行地规定' },
  })
  await still(300)
  const of = async (worn: Worn) =>
    (await ground.officer.call(alarms.list, { query: { person: worn.person } })).items.filter(
      (a) => a.kind === 'boundaryOut',
    )
  const [first, second] = [await band(astray), await band(faithful)]
  await first.go([0, 0, 0, 0, 1200, 2400, 3600, 4000, 4000, 4000])
  await second.go([0, 0, 0, 0, 1200, 2400, 4800, 7200, 9000, 9000, 9000])
  for (const worn of [astray, faithful])
    await until('excused on the way', async () => (await of(worn))[0]?.settledAs === 'leave')
  for (let i = 0; i < 9; i++) {
    await first.go([4000 + (i % 2) * 10], 600)
    await second.go([9000 + (i % 2) * 10], 1)
    await still(260)
  }
  await first.go([4000], 60)
  await until('raised', async () => (await of(astray)).some((a) => a.state === 'raised'))
  const raised = (await of(astray)).find((a) => a.state === 'raised')
  const file = await ground.officer.call(alarms.get, { params: { id: raised?.id ?? '' } })
  expect(file.evidence.find((e) => e.kind === 'leave')).toMatchObject({
    speaks: 'for',
    zh: expect.stringContaining('已批准前往 示例二县，当前位置在'),
    en: expect.stringContaining('approved for 示例二县, the position is elsewhere'),
  })
  // Who stays where his leave leads is no alarm, however long.
  expect(await of(faithful)).toMatchObject([{ state: 'settled', settledAs: 'leave' }])
  first.line.end()
  second.line.end()
})

test('Z3 ending the term on paper settles what was open', async () => {
  const worn = await ground.wear()
  const { line, go } = await band(worn)
  await go([0])
  await go([0], 5, [0])
  await until(
    'sos',
    async () => (await ground.officer.call(alarms.list, { query: { person: worn.person } })).total === 1,
  )
  await sql`update activation set state = 'ended', ended_at = ${new Date(now())}, end_reason = 'removed' where id = ${worn.activation}`.execute(
    ground.county.house.databases.system,
  )
  await sql`select pg_notify('zj_devices', ${worn.device})`.execute(ground.county.house.databases.system)
  await until('settled', async () => {
    const { items } = await ground.officer.call(alarms.list, { query: { person: worn.person } })
    return items[0]?.settledAs === 'termEnded'
  })
  line.end()
})
