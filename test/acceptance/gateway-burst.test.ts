import { type DeviceCommand, devices } from '@zhijiao/contract/devices'
import { answer, login } from '@zhijiao/wire/gt06/device'
import { heartbeat } from '@zhijiao/wire/watch/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { later } from '../support/episode.ts'
import { type Ground, Line, startGround, until, type Worn } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const commandsOf = async (worn: Worn) =>
  (await ground.clerk.call(devices.commands, { params: { id: worn.device }, query: {} })).items
const send = (worn: Worn, command: DeviceCommand) =>
  ground.clerk.call(devices.command, { params: { id: worn.device }, body: { command, why: '疑似越界' } })
/** Words of every 0x80 message received so far, with the serial the answer must name. */
function told(line: Line): { words: string; serial: number }[] {
  const text = line.raw.toString('latin1')
  return [...text.matchAll(/(TIMER,\d+#|WHERE#|STATUS#)/g)].map((found) => ({
    words: found[0],
    // Behind the words: two bytes of language, two of serial.
    serial: line.raw.readUInt16BE(found.index + found[0].length + 2),
  }))
}

test('S0.8 a GT06 band is asked where it is, and answers are booked to the question', async () => {
  const worn = await ground.wear({ protocol: 'gt06' })
  const line = await Line.open(ground.ports().gt06)
  line.send(login(worn.identity, 1))
  await until('logged in', () => line.raw.length > 0)
  await send(worn, { kind: 'locate' })
  await until('asked', () => told(line).some((t) => t.words === 'WHERE#'))
  const { serial } = told(line)[0] ?? { serial: 0 }
  line.send(answer(serial, 'WHERE OK', 2))
  await until('booked', async () => (await commandsOf(worn))[0]?.state === 'answered')
  // What the family has no words for is said to be so, at once.
  await send(worn, { kind: 'text', text: '请回到居住地' })
  await until('refused', async () => (await commandsOf(worn))[0]?.state === 'unsupported')
  line.end()
})

test('S0.17 a family without a burst is set to its interval, and set back when it is over, though the gateway restarts', async () => {
  const worn = await ground.wear({ protocol: 'gt06' })
  let line = await Line.open(ground.ports().gt06)
  line.send(login(worn.identity, 1))
  await until('logged in', () => line.raw.length > 0)
  await send(worn, { kind: 'burst', intervalS: 10, validityS: 600 })
  await until('fast', () => told(line).some((t) => t.words === 'TIMER,10#'))
  await send(worn, { kind: 'burst', intervalS: 20, validityS: 900 })
  await until('slower', () => told(line).some((t) => t.words === 'TIMER,20#'))
  expect(told(line).map((t) => t.words)).toEqual(['TIMER,10#', 'TIMER,20#'])
  // One order to set it back, not two.
  const waiting = await sql<{ n: number }>`
    select count(*)::int as n from device_command where device_id = ${worn.device} and not_before is not null and sent_at is null`.execute(
    ground.county.house.databases.system,
  )
  expect(waiting.rows[0]?.n).toBe(1)
  line.end()
  await ground.county.restart()
  await later(ground.county, 14 * 60_000)
  line = await Line.open(ground.ports().gt06)
  line.send(login(worn.identity, 1))
  await until('logged in again', () => line.raw.length > 0)
  await new Promise((done) => setTimeout(done, 2_500))
  expect(told(line)).toEqual([])
  await later(ground.county, 70_000)
  await until('set back', () => told(line).some((t) => t.words === 'TIMER,300#'))
  expect(told(line)).toHaveLength(1)
  line.end()
})

test('the wrist watch, too, is set faster and back', async () => {
  const worn = await ground.wear({ protocol: 'watch' })
  const line = await Line.open(ground.ports().watch)
  line.send(heartbeat({ maker: '3G', device: worn.identity, index: null }, 100, 80))
  await until('heard', () => line.raw.length > 0)
  await send(worn, { kind: 'burst', intervalS: 10, validityS: 60 })
  await until('fast', () => line.raw.toString('latin1').includes('UPLOAD,10'))
  await later(ground.county, 61_000)
  await until('set back', () => line.raw.toString('latin1').includes('UPLOAD,300'))
  line.end()
})
