import { client } from '@zhijiao/contract/client'
import { system } from '@zhijiao/contract/system'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { away, type Ground, startGround, until } from './devices.support.ts'

const token = 'metrics-token-of-the-county-of-this-test'
let ground: Ground

beforeAll(async () => {
  ground = await startGround({ env: { ZJ_METRICS_TOKEN: token } })
})
afterAll(() => ground?.county.stop())

test('S1.10 while PostgreSQL is away the process still says that it lives and gives its counts, and that it is not ready', async () => {
  const { url } = ground.county
  const call = client({ base: url })
  const metrics = () => fetch(`${url}/api/metrics`, { headers: { authorization: `Bearer ${token}` } })
  const ready = async () => (await call(system.ready, {}).catch(() => null))?.ready ?? false
  expect(await ready()).toBe(true)
  const back = await away(ground)
  try {
    // The law is read again every ten seconds; what asks for it now finds nobody.
    ground.county.pass(11_000)
    expect((await call(system.health, {})).live).toBe(true)
    const answer = await metrics()
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('zj_positions_waiting')
    expect(await ready()).toBe(false)
  } finally {
    await back()
  }
  await until('ready again', ready)
})
