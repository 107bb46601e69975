import { audits } from '@zhijiao/contract/audits'
import { activations, devices } from '@zhijiao/contract/devices'
import { positions } from '@zhijiao/contract/positions'
import { devices as devicesRoom, type EndedTerm, endDueTerms } from '@zhijiao/server/devices/index'
import { heartbeat, position } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { listen } from '../support/live.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'
import {
  dayAfter,
  type Ground,
  Line,
  places,
  seenLive,
  startGround,
  trackOf,
  until,
  type Worn,
} from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground.county.stop())

const now = () => ground.county.house.chance.now()
const from = (worn: Pick<Worn, 'identity'>, serial: number) => ({
  device: worn.identity.padStart(12, '0'),
  is2019: false,
  serial,
})
const at = (
  time: number,
  more: { alarms?: readonly number[]; items?: readonly (readonly [number, Uint8Array])[] } = {},
) => ({
  lat: 24.3,
  lon: 109.4,
  time: Math.floor(time / 1000) * 1000,
  positioned: true,
  ...more,
})

test('a device of the county’s stock is told of live where its wearer is supervised, and nowhere else', async () => {
  const { county, clerk, officer } = ground
  const worn = await ground.wear()
  const who = {
    officer,
    colleague: await county.signIn('officer'),
    head: await county.signIn('officeHead'),
    otherOffice: await county.signIn('officeHead', { of: places.otherOffice }),
    clerk,
    otherCounty: await county.signIn('county', { of: places.otherCounty }),
  }
  const lines = await Promise.all(
    Object.entries(who).map(async ([name, { cookie }]) => [name, await listen(county.url, cookie)] as const),
  )
  const found = { water: 'sound', housing: 'sound', strap: 'sound', battery: 'weak' } as const
  await clerk.call(devices.inspect, { params: { id: worn.device }, body: found })
  // Of what nobody wears an office hears nothing: it is not on its list either.
  const { device: spare } = await clerk.call(devices.register, {
    body: { kind: 'wristband', protocol: 'jt808', identity: `136${worn.identity.slice(3)}`, model: 'W1' },
  })
  const heard = async (of: string) => {
    const line = lines.find(([name]) => name === of)?.[1]
    await line?.until((m) => m.type === 'news' && m.topic === 'device')
    return line?.news.flatMap((n) => (n.topic === 'device' ? [`${n.id} ${n.what}`] : []))
  }
  const inspected = `${worn.device} device.inspected`
  expect(await heard('clerk')).toContain(inspected)
  await lines.find(([name]) => name === 'clerk')?.[1].until((m) => m.type === 'news' && m.id === spare.id)
  expect(await heard('officer')).toEqual([inspected])
  expect(await heard('head')).toEqual([inspected])
  for (const [name, line] of lines) {
    if (['colleague', 'otherOffice', 'otherCounty'].includes(name))
      expect
        .soft(
          line.news.filter((n) => n.topic === 'device'),
          name,
        )
        .toEqual([])
    line.close()
  }
})

test('S0.12 every issue, swap and return stands in the register of the device', async () => {
  const person = await plantPerson(ground.county.house, { officer: ground.officer.id, name: '登记甲' })
  const { device, secret } = await ground.clerk.call(devices.register, {
    body: { kind: 'wristband', protocol: 'jt808', identity: '00013811110001', model: 'W1' },
  })
  expect(device.identity).toBe('13811110001')
  expect(secret).toMatch(/^[A-Z2-9]{20}$/)
  expect(
    await codeOf(
      ground.clerk.call(devices.register, { body: { kind: 'wristband', protocol: 'jt808', identity: '13811110001' } }),
    ),
  ).toBe('ZJ_DEVICE_KNOWN')
  const issued = await ground.clerk.call(devices.issue, {
    params: { id: device.id },
    body: { personId: person, revision: device.revision },
  })
  expect(issued.holder?.name).toBe('登记甲')
  expect(
    await codeOf(
      ground.clerk.call(devices.issue, {
        params: { id: device.id },
        body: { personId: person, revision: issued.revision },
      }),
    ),
  ).toBe('ZJ_DEVICE_NOT_IN_STOCK')
  const { device: second } = await ground.clerk.call(devices.register, {
    body: { kind: 'wristband', protocol: 'jt808', identity: '13811110002', model: 'W1' },
  })
  const swapped = await ground.clerk.call(devices.swap, {
    params: { id: device.id },
    body: { toDeviceId: second.id, oldState: 'repair', reason: '表带损坏', revision: issued.revision },
  })
  expect(swapped).toMatchObject({ id: second.id, state: 'issued', holder: { id: person } })
  const back = await ground.clerk.call(devices.takeBack, {
    params: { id: second.id },
    body: { state: 'stock', reason: '解除矫正', revision: swapped.revision },
  })
  expect(back).toMatchObject({ state: 'stock', holder: null })
  const first = await ground.clerk.call(devices.history, { params: { id: device.id }, query: {} })
  expect(first.items.map((l) => l.kind)).toEqual(['device.returned', 'device.issued', 'device.registered'])
  expect(first.items[0]).toMatchObject({ reason: '表带损坏', person: { name: '登记甲' } })
  const counts = await ground.clerk.call(devices.counts, { query: {} })
  expect(counts.byState.repair).toBe(1)
  expect(counts.peopleWithout).toBeGreaterThanOrEqual(1)
  expect(
    (await ground.clerk.call(devices.list, { query: { state: 'repair', sort: '-identity', size: 5 } })).items[0]?.id,
  ).toBe(device.id)
})

test('a device of another county is neither seen nor touched', async () => {
  const other = await ground.county.signIn('county', { of: places.otherCounty })
  const worn = await ground.wear()
  expect(await codeOf(other.call(devices.get, { params: { id: worn.device } }))).toBe('ZJ_NOT_FOUND')
  expect((await other.call(devices.list, { query: {} })).total).toBe(0)
  expect(
    await codeOf(
      other.call(devices.command, { params: { id: worn.device }, body: { command: { kind: 'locate' }, why: '试' } }),
    ),
  ).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(other.call(activations.get, { params: { id: worn.activation } }))).toBe('ZJ_NOT_FOUND')
  const worker = await ground.county.signIn('socialWorker')
  expect(await codeOf(worker.call(activations.ofPerson, { params: { personId: worn.person } }))).toBe('ZJ_NOT_ALLOWED')
})

test('S0.12 a device that somebody brought along is taken into the stock of the county that supervises him now', async () => {
  const other = await ground.county.signIn('county', { of: places.otherCounty })
  const worn = await ground.wear({ name: '迁入甲' })
  await sql`update person set org_code = ${places.officeElsewhere}, officer_id = null where id = ${worn.person}`.execute(
    ground.county.house.databases.system,
  )
  const params = { id: worn.device }
  const brought = await other.call(devices.get, { params })
  expect(brought).toMatchObject({ state: 'issued', holder: { id: worn.person } })
  const taken = await other.call(devices.takeBack, {
    params,
    body: { state: 'stock', reason: '迁入后换用本县终端', revision: brought.revision },
  })
  expect(taken).toMatchObject({ state: 'stock', holder: null, org: places.otherCounty })
  expect(await codeOf(ground.clerk.call(devices.get, { params }))).toBe('ZJ_NOT_FOUND')
  const [last] = (await other.call(devices.history, { params, query: {} })).items
  expect(last).toMatchObject({ kind: 'device.returned', reason: '迁入后换用本县终端', person: { name: '迁入甲' } })
})

test('S3.5 a phone is never an electronic device, a band never an information check, and only the bureau head approves', async () => {
  const phone = await ground.wear({ kind: 'phone', protocol: 'app' })
  const band = await ground.wear()
  const lastDay = dayAfter(now(), 20)
  const article29 = { regime: 'device', ground: 'policePenalty', facts: '治安处罚决定书', lastDay } as const
  expect(
    await codeOf(
      ground.clerk.call(activations.propose, {
        params: { personId: phone.person },
        body: { ...article29, deviceId: phone.device },
      }),
    ),
  ).toBe('ZJ_ACTIVATION_KIND')
  expect(
    await codeOf(
      ground.clerk.call(activations.propose, {
        params: { personId: band.person },
        body: { regime: 'check', deviceId: band.device, lastDay },
      }),
    ),
  ).toBe('ZJ_ACTIVATION_KIND')
  expect(
    await codeOf(
      ground.clerk.call(activations.propose, {
        params: { personId: band.person },
        body: { ...article29, deviceId: band.device, lastDay: dayAfter(now(), 120) },
      }),
    ),
  ).toBe('ZJ_ACTIVATION_TERM')
  const { items } = await ground.clerk.call(activations.ofPerson, { params: { personId: band.person } })
  expect(items[0]).toMatchObject({ approver: '局长', regime: 'device', state: 'running' })
  expect(items[0]?.cites.map((c) => c.rule)).toContain('EPD-02')
  const check = (await ground.clerk.call(activations.ofPerson, { params: { personId: phone.person } })).items[0]
  expect(check).toMatchObject({ regime: 'check', approver: '县局经办', ceilingS: 3600 })
  expect(check?.cites[0]?.article).toBe('26')
  expect(
    await codeOf(ground.clerk.call(activations.approve, { params: { id: band.activation }, body: { revision: 2 } })),
  ).toBe('ZJ_NOT_ALLOWED')
  // Continuous positioning by phone is refused, a single position is not.
  const command = (body: Parameters<typeof send>[1]) => send(phone, body)
  expect(await codeOf(command({ kind: 'burst', intervalS: 10, validityS: 600 }))).toBe('ZJ_DEVICE_COMMAND_OVER_CEILING')
  expect(await codeOf(command({ kind: 'interval', seconds: 60 }))).toBe('ZJ_DEVICE_COMMAND_OVER_CEILING')
  expect((await command({ kind: 'locate' })).state).toBe('waiting')
})

const send = (
  worn: Worn,
  command:
    | { kind: 'locate' }
    | { kind: 'burst'; intervalS: number; validityS: number }
    | { kind: 'interval'; seconds: number },
) => ground.officer.call(devices.command, { params: { id: worn.device }, body: { command, why: '核查' } })

test('a proposal is refused with its reason, and an extension goes on without a gap', async () => {
  const worn = await ground.wear({ days: 10 })
  const term = await ground.clerk.call(activations.get, { params: { id: worn.activation } })
  const longer = await ground.clerk.call(activations.extend, {
    params: { id: worn.activation },
    body: {
      assessedOn: dayAfter(now(), 0),
      assessment: '仍有离开倾向',
      lastDay: dayAfter(now(), 60),
      revision: term.revision,
    },
  })
  expect(longer).toMatchObject({ state: 'proposed', extends: worn.activation })
  expect(
    await codeOf(
      ground.clerk.call(activations.extend, {
        params: { id: worn.activation },
        body: {
          assessedOn: dayAfter(now(), 0),
          assessment: '再次',
          lastDay: dayAfter(now(), 60),
          revision: term.revision,
        },
      }),
    ),
  ).toBe('ZJ_ACTIVATION_EXTENDED')
  const refused = await ground.head.call(activations.refuse, {
    params: { id: longer.id },
    body: { reason: '评估不充分', revision: longer.revision },
  })
  expect(refused.state).toBe('refused')
  const again = await ground.clerk.call(activations.extend, {
    params: { id: worn.activation },
    body: {
      assessedOn: dayAfter(now(), 0),
      assessment: '补充评估',
      lastDay: dayAfter(now(), 60),
      revision: term.revision,
    },
  })
  const approved = await ground.head.call(activations.approve, {
    params: { id: again.id },
    body: { revision: again.revision },
  })
  expect(approved.state).toBe('running')
  expect(approved.startsAt).toBe(term.endsAt)
  const soon = await ground.clerk.call(activations.list, {
    query: { state: 'running', endsWithinDays: 11, q: worn.identity },
  })
  expect(soon.items.map((a) => a.id)).toEqual([worn.activation])
})

test('a term ends with custody, release or transfer, whoever ends it', async () => {
  const worn = await ground.wear()
  const term = await ground.clerk.call(activations.get, { params: { id: worn.activation } })
  const ended = await ground.clerk.call(activations.end, {
    params: { id: worn.activation },
    body: { why: 'custody', reason: '因涉嫌盗窃被刑事拘留', revision: term.revision },
  })
  expect(ended).toMatchObject({ state: 'ended', endReason: 'custody' })
  const second = await ground.wear()
  await sql`update person set state = 'released' where id = ${second.person}`.execute(
    ground.county.house.databases.system,
  )
  await endDueTerms(ground.county.house, new Set())
  expect(await ground.clerk.call(activations.get, { params: { id: second.activation } })).toMatchObject({
    endReason: 'release',
  })
  expect(devicesRoom(ground.county.house).onEnded(async () => undefined)).toBeTypeOf('function')
})

test('S0.8 S0.9 strap, flat battery and an opened case arrive as events of the person', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  // Alarm bits of the standard: 7 under-voltage, 8 power lost, 0 SOS.
  line.send(position(from(worn, 1), at(now() - 120_000, { alarms: [7] })))
  line.send(position(from(worn, 2), at(now() - 60_000, { alarms: [0, 8] })))
  await until('answered', () => line.answered.length === 2)
  const { events } = await ground.clerk.call(positions.today, { params: { personId: worn.person }, query: {} })
  const kinds = events.map((e) => e.kind)
  expect(kinds).toContain('lowBattery')
  expect(kinds).toContain('powerLost')
  expect(kinds).toContain('sos')
  line.end()
})

test('S0.10 the health record of a device joins its own reports and what was found on it', async () => {
  const worn = await ground.wear()
  const line = await Line.open(ground.ports().jt808)
  line.send(heartbeat(from(worn, 1), 8))
  line.send(position(from(worn, 2), at(now() - 30_000, { alarms: [4] })))
  await until('answered', () => line.answered.length === 2)
  await until(
    'battery known',
    async () => (await ground.clerk.call(devices.get, { params: { id: worn.device } })).batteryPct === 8,
  )
  await ground.clerk.call(devices.inspect, {
    params: { id: worn.device },
    body: { water: 'damaged', housing: 'sound', strap: 'worn', battery: 'weak', note: '表圈进水' },
  })
  const health = await ground.clerk.call(devices.health, { params: { id: worn.device } })
  expect(health.now).toMatchObject({ water: 'damaged', housing: 'sound', gnss: 'fault', batteryPct: 8 })
  expect(health.faults.map((f) => f.zh)).toEqual(['防水损坏', '卫星定位故障', '电量低或电池失效'])
  expect(health.lines.map((l) => l.kind)).toEqual(expect.arrayContaining(['inspected', 'gnssFault']))
  expect(health.device.online).toBe(true)
  line.end()
})

test('whoever reads a device that somebody wears stands among those who looked at him', async () => {
  const { county, clerk, officer } = ground
  const worn = await ground.wear({ name: '被看甲' })
  const id = { params: { id: worn.device } }
  const asked = await officer.call(devices.command, { ...id, body: { command: { kind: 'locate' }, why: '核对位置' } })
  const reader = await county.signIn('county', { name: '看表科员' })
  await reader.call(devices.get, id)
  await reader.call(devices.health, id)
  await reader.call(devices.history, { ...id, query: {} })
  await reader.call(devices.commands, { ...id, query: {} })
  await reader.call(devices.commandState, { params: { id: asked.id } })
  const { items } = await clerk.call(audits.ofPerson, { params: { personId: worn.person }, query: { size: 100 } })
  expect(items.filter((one) => one.staffName === '看表科员')).toHaveLength(5)
  // What lies in stock is nobody's.
  const person = await plantPerson(county.house, { officer: officer.id })
  const { device } = await clerk.call(devices.register, {
    body: {
      kind: 'wristband',
      protocol: 'jt808',
      identity: String(13_850_000_000 + Math.floor(Math.random() * 9_999_999)),
    },
  })
  await reader.call(devices.get, { params: { id: device.id } })
  expect((await clerk.call(audits.ofPerson, { params: { personId: person }, query: {} })).total).toBe(0)
})

test('Z3 a term stops itself: the device is told, the gateway keeps nothing, what hangs on it settles', async () => {
  const worn = await ground.wear({ days: 0 })
  const line = await Line.open(ground.ports().jt808)
  line.send(position(from(worn, 1), at(now() - 60_000)))
  await until('answered', () => line.answered.length === 1)
  const { endsAt } = await ground.clerk.call(activations.get, { params: { id: worn.activation } })
  expect(endsAt).toBe(new Date(`${dayAfter(now(), 1)}T00:00:00+08:00`).toISOString())

  // Midnight passes; the hook that settles episodes runs in the same transaction.
  ground.county.pass(Date.parse(endsAt) - now() + 5_000)
  const settled: EndedTerm[] = []
  const hook = async (_inside: unknown, ended: EndedTerm) => {
    settled.push(ended)
  }
  await endDueTerms(ground.county.house, new Set([hook]))
  expect(settled.map((e) => [e.id, e.reason, new Date(e.endedAt).toISOString()])).toContainEqual([
    worn.activation,
    'term',
    endsAt,
  ])
  await until('told to stop', () => line.told.some((t) => t.id === 0x8105))
  const head = await ground.county.signIn('county')
  const ended = await head.call(activations.get, { params: { id: worn.activation } })
  expect(ended).toMatchObject({ state: 'ended', endReason: 'term', endedAt: endsAt, daysLeft: 0 })

  // Taken inside, arrived after: history. Taken after: answered, counted, no place kept.
  line.send(position(from(worn, 2), at(Date.parse(endsAt) - 30_000)))
  line.send(position(from(worn, 3), at(now())))
  await until('both answered', () => line.answered.length === 3)
  const yesterday = dayAfter(Date.parse(endsAt) - 1000, 0)
  const day = await trackOf(head, worn.person, yesterday)
  expect(day.fixes.map((f) => f.late === true)).toEqual([false, true])
  const after = await trackOf(head, worn.person, dayAfter(now(), 0))
  expect(after.fixes).toEqual([])
  await until('counted', async () => {
    const { items } = await head.call(positions.refusals, { query: { device: worn.device } })
    return items.some((r) => r.reason === 'outOfTerm' && r.count >= 1)
  })
  const { rows } = await sql<{
    text: string
  }>`select r::text as text from position_refusal r where device_id = ${worn.device}`.execute(
    ground.county.house.databases.system,
  )
  expect(rows.map((r) => r.text).join()).not.toMatch(/24\.3|109\.4/)
  expect((await seenLive(head, worn.person)).items).toEqual([])
  const { rows: facts } = await sql<{
    kind: string
    cites: string[]
  }>`select kind, cites from ledger_entry where subject = ${worn.activation} order by recorded_at`.execute(
    ground.county.house.databases.system,
  )
  expect(facts.map((f) => f.kind)).toEqual(['activation.proposed', 'activation.approved', 'activation.ended'])
  expect(facts.at(-1)?.cites).toEqual(['EPD-03'])
  line.end()
})
