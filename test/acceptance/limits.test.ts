import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, startCounty } from '../support/county.ts'

const most = 40
let county: County
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_REQUESTS_PER_MINUTE: String(most), ZJ_PARTS: 'api' } })
})
afterAll(() => county.stop())

const ask = (cookie?: string, path = '/api/account/me') =>
  fetch(`${county.url}${path}`, { headers: cookie ? { cookie } : {} })
/** Statuses of so many requests, one after the other. */
async function askOften(times: number, cookie?: () => string | undefined, path?: string): Promise<number[]> {
  const seen = []
  for (let i = 0; i < times; i++) seen.push((await ask(cookie?.(), path)).status)
  return seen
}
const count = (statuses: readonly number[], status: number) => statuses.filter((one) => one === status).length
let invented = 0
const forged = () => `zj_session=${String(++invented).padStart(43, 'A')}`

test('officers behind one address have a limit each, and whoever invents cookies stays with the address', async () => {
  const first = await county.signIn('officer')
  const second = await county.signIn('officer')
  // The first request of a session goes by the address; what it finds is known from then on.
  expect((await ask(first.cookie)).status).toBe(200)
  expect((await ask(second.cookie)).status).toBe(200)

  const busy = await askOften(most + 5, () => first.cookie)
  expect([count(busy, 200), count(busy, 429)]).toEqual([most, 5])
  const refused = await ask(first.cookie)
  expect(await refused.json()).toMatchObject({ code: 'ZJ_TOO_MANY_REQUESTS' })
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  // One who asks too often takes nothing from his neighbour.
  expect(count(await askOften(10, () => second.cookie), 200)).toBe(10)

  // The address had two; forged cookies, no cookie and unknown paths use up the rest together.
  const strangers = [
    ...(await askOften(15, forged)),
    ...(await askOften(10)),
    ...(await askOften(10, () => 'zj_session=x')),
    ...(await askOften(6, forged, '/api/nothing')),
  ]
  expect(count(strangers, 429)).toBe(41 - (most - 2))
  expect(strangers.at(-1)).toBe(429)
  expect((await ask(forged())).status).toBe(429)
  expect((await ask(second.cookie)).status).toBe(200)

  // A session that ended is a cookie like any other.
  await county.house.databases.system.deleteFrom('session').where('staff_id', '=', second.id).execute()
  expect((await ask(second.cookie)).status).toBe(401)
  expect((await ask(second.cookie)).status).toBe(429)
})

test('behind proxies the address is what they say, not what the caller wrote before it', async () => {
  const proxied = await startCounty({
    env: { ZJ_REQUESTS_PER_MINUTE: '20', ZJ_PARTS: 'api', ZJ_TRUST_PROXY: '127.0.0.1,10.1.0.0/16' },
  })
  try {
    const by = (forwarded: string) =>
      fetch(`${proxied.url}/api/account/sign-in`, {
        method: 'POST',
        headers: { 'x-forwarded-for': forwarded, 'content-type': 'application/json', 'x-zj-client': 'test' },
        body: JSON.stringify({ login: 'nobody', password: 'not his' }),
      })
    // Two hops: the outer proxy (10.1.0.7) appended the caller's address to what the caller wrote, the inner one the outer.
    const statuses = []
    for (let i = 0; i < 25; i++) statuses.push((await by(`198.51.100.${i}, 203.0.113.9, 10.1.0.7`)).status)
    expect(count(statuses, 429)).toBe(5)
    // His neighbour has a limit of his own.
    expect((await by('203.0.113.10, 10.1.0.7')).status).not.toBe(429)
    const { rows } = await sql<{ ip: string }>`select distinct ip from audit where promise = 'account.signIn'`.execute(
      proxied.house.databases.system,
    )
    expect(rows.map((r) => r.ip).sort()).toEqual(['203.0.113.10', '203.0.113.9'])
  } finally {
    await proxied.stop()
  }
})

test('without a named proxy nobody is believed', async () => {
  const lone = await startCounty({ env: { ZJ_REQUESTS_PER_MINUTE: '5', ZJ_PARTS: 'api' } })
  try {
    const statuses = []
    for (let i = 0; i < 8; i++)
      statuses.push(
        (await fetch(`${lone.url}/api/account/me`, { headers: { 'x-forwarded-for': `198.51.100.${i}` } })).status,
      )
    expect(count(statuses, 429)).toBe(3)
  } finally {
    await lone.stop()
  }
})
