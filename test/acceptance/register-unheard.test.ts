import { positions } from '@zhijiao/contract/positions'
import { legalDay } from '@zhijiao/geo/day'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, startGround, trackOf, until } from './devices.support.ts'

let ground: Ground
beforeAll(async () => {
  ground = await startGround()
})
afterAll(() => ground.county.stop())

const now = () => ground.county.house.chance.now()
const today = (person: string) => trackOf(ground.clerk, person, legalDay(now()))

test('a term that ended without a word to the gateway is noticed within a minute, and what comes after it is not kept', async () => {
  const phone = await ground.wear({ kind: 'phone', protocol: 'osmand' })
  const base = `http://127.0.0.1:${ground.ports().http}`
  const db = ground.county.house.databases.system
  const report = async () => {
    const at = Math.floor(now() / 1000)
    const answer = await fetch(
      `${base}/osmand?id=${phone.identity}&lat=24.33&lon=109.43&timestamp=${at}&accuracy=9&key=${phone.secret}`,
    )
    expect(answer.status).toBe(200)
  }
  await report()
  expect((await today(phone.person)).fixes).toHaveLength(1)
  // Nobody hears of it: the notice was lost.
  await sql`update activation set state = 'ended', ended_at = ${new Date(now() + 1_000)}, end_reason = 'test' where id = ${phone.activation}`.execute(
    db,
  )
  ground.county.pass(61_000)
  await until('refused as out of term', async () => {
    await report()
    const { items } = await ground.clerk.call(positions.refusals, { query: { device: phone.device } })
    return items.some((r) => r.reason === 'outOfTerm')
  })
  expect((await today(phone.person)).fixes).toHaveLength(1)
})
