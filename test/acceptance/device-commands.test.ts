import { activations, type DeviceCommand, devices } from '@zhijiao/contract/devices'
import { heartbeat } from '@zhijiao/wire/jt808/device'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'
import { dayAfter, type Ground, Line, startGround, still, until, type Worn } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const now = () => ground.county.house.chance.now()
const from = (worn: Pick<Worn, 'identity'>, serial: number) => ({
  device: worn.identity.padStart(12, '0'),
  is2019: false,
  serial,
})
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
