import { batch, position } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { away, type Ground, Line, startGround, still, until } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground?.county.stop())

const now = () => Math.floor(ground.county.house.chance.now() / 1000) * 1000
const from = (identity: string, serial: number) => ({ device: identity.padStart(12, '0'), is2019: false, serial })
const at = (time: number, more: object = {}) => ({ lat: 24.3, lon: 109.4, time, positioned: true, ...more })
const system = () => ground.county.house.databases.system

test('Z9 what gathers while PostgreSQL is away is written in pieces it can take, however many events it holds', {
  timeout: 180_000,
}, async () => {
  const worn = await Promise.all(Array.from({ length: 5 }, () => ground.wear()))
  const lines = await Promise.all(worn.map(() => Line.open(ground.ports().jt808)))
  const [seconds, aFrame] = [9_500, 25]
  const start = now() - seconds * 1000
  const back = await away(ground)
  try {
    await still(200)
    worn.forEach((w, i) => {
      for (let k = 0; k < seconds / aFrame; k++) {
        // Each with an event that stands for itself: nearly fifty thousand are more than a smallint counts.
        const fixes = Array.from({ length: aFrame }, (_, n) => at(start + (k * aFrame + n) * 1000, { alarms: [28] }))
        for (const frame of batch(from(w.identity, k + 1), fixes, false)) lines[i]?.send(frame)
      }
    })
    await still(2_000)
    expect(lines.flatMap((line) => line.answered)).toEqual([])
  } finally {
    await back()
  }
  for (const line of lines) await until('answered', () => line.answered.length === seconds / aFrame, 120_000)
  const events = await sql<{ n: number; most: number }>`
    select sum(x.n)::int as n, max(x.n)::int as most from (select count(*) as n from device_event
      where device_id = any(${worn.map((w) => w.device)}::uuid[]) group by no) x`.execute(system())
  expect(events.rows[0]?.n).toBe(worn.length * seconds)
  expect(events.rows[0]?.most).toBeLessThanOrEqual(8_000)
  const fixes = await sql<{ most: number }>`select max(fixes)::int as most from position_inbox`.execute(system())
  expect(fixes.rows[0]?.most).toBeLessThanOrEqual(8_000)
  for (const line of lines) line.end()
})
