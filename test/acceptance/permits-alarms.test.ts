import { matters } from '@zhijiao/contract/matters'
import { legalDay } from '@zhijiao/geo/day'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

import { act, begin } from '../support/matters.ts'
import { square, startWatch, type Watch, type Watched } from '../support/watched.ts'

let w: Watch
beforeAll(async () => {
  w = await startWatch({ at: '2026-11-20T02:00:00Z' })
})
afterAll(() => w?.stop())

const hour = 3_600_000
const day = (days = 0) => legalDay(w.county.house.chance.now() + days * 24 * hour)
const at = (ms: number) => new Date(w.county.house.chance.now() + ms).toISOString()
const away = Array(6).fill(4000) as number[]
const ofKind = async (person: string, kind: string) => (await w.episodesOf(person)).filter((e) => e.kind === kind)

/** Registered and supported by the head of the office, approved by the county. */
const approved = async (kind: string, who: Watched, form: Record<string, unknown>) => {
  // The clock of the county jumps by days: whoever acts signs in for it.
  const [head, agency] = [await w.county.signIn('officeHead'), await w.county.signIn('county')]
  const agrees = { opinion: '同意' }
  const asked = await begin(head, kind, who.id, form)
  return act(agency, await act(head, asked, 'support', agrees), 'approve', agrees)
}

test('S1.7 S2.8 approved recurrent travel lets the boundary alarm rest in its period, visibly; what was only asked for does not', async () => {
  const [a, b] = [await w.plant(), await w.plant()]
  await w.fence('livingArea', square(0, 0, 2000), [a.id, b.id], { name: '示例一县' })
  await w.go(a, [0, 0, 0, 0])
  await w.go(b, [0, 0, 0, 0])
  const form = {
    receivedOn: day(),
    why: '在邻县开车',
    areas: [{ name: '示例二县', area: '459022' }],
    times: '每日 06:00—22:00',
    often: '每周五次',
    proof: [w.county.house.chance.id()],
    from: day(),
  }
  await approved('recurrentTravel', a, form)
  const head = await w.county.signIn('officeHead')
  await head.call(matters.register, { body: { kind: 'recurrentTravel', person: b.id, form } })
  await w.go(a, away)
  await w.go(b, away)
  const [rested] = await ofKind(a.id, 'boundaryOut')
  expect(rested).toMatchObject({ state: 'settled', settled_as: 'leave' })
  expect(rested?.evidence.find((e) => e.kind === 'leave')?.zh).toContain('示例二县')
  expect(await ofKind(b.id, 'boundaryOut')).toMatchObject([{ state: 'raised' }])
})

test('S2.7 an approved entry lets exactly that forbidden place rest, and only in its hours', async () => {
  const who = await w.plant()
  await w.fence('forbidden', square(4000, 0, 300), [who.id], { name: '示例一中' })
  await w.go(who, [0, 0, 0, 0])
  await approved('restrictedPlace', who, { place: '示例一中', from: at(0), until: at(2 * hour), why: '家长会' })
  await sql`update permit_pass set from_at = from_at - interval '1 minute' where person_id = ${who.id}`.execute(w.db)
  await w.go(who, away)
  const [rested] = await ofKind(who.id, 'forbiddenIn')
  expect(rested).toMatchObject({ state: 'settled', settled_as: 'leave' })
  // The approved hours end; he is still there.
  for (let i = 0; i < 8; i++) await w.go(who, [4000], { everyS: 1200 })
  await w.wait(15_000)
  await w.wait(65_000)
  expect((await ofKind(who.id, 'forbiddenIn')).at(-1)).toMatchObject({ state: 'raised' })
})
