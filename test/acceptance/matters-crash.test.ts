import { client } from '@zhijiao/contract/client'
import { matters } from '@zhijiao/contract/matters'
import type { Role } from '@zhijiao/law/roles'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places, plantOrganisations, plantStaff, sessionOf } from '../support/county.ts'
import { type Cluster, openCluster } from '../support/load-cluster.ts'
import { freePort, type Program, startProgram } from '../support/load-program.ts'
import { plantPerson } from '../support/person.ts'

let cluster: Cluster
let program: Program | null = null
beforeAll(async () => {
  cluster = await openCluster()
  await plantOrganisations(cluster.house)
}, 60_000)
afterAll(async () => {
  await program?.kill()
  await cluster.close()
})

test('S2.7 a crash in mid-approval leaves the approval where it was', { timeout: 300_000 }, async () => {
  const { house } = cluster
  const signIn = async (role: Role, org: string, base: string) => {
    const id = house.chance.id()
    await plantStaff(house, { id, login: `c${id.slice(-6)}`, number: id.slice(-6), name: role, org, roles: [role] })
    const cookie = `zj_session=${await sessionOf(house, id)}`
    return client({ base, headers: () => ({ cookie }) })
  }
  const port = await freePort()
  const start = () =>
    startProgram({ env: { ...cluster.env, ZJ_PARTS: 'api,worker', ZJ_PORT: String(port) }, ports: [port] })
  program = await start()
  const base = `http://127.0.0.1:${port}`
  const head = await signIn('officeHead', places.office, base)
  const person = await plantPerson(house, { name: '覃某' })
  const day = new Date(house.chance.now() + 5 * 86_400_000).toISOString().slice(0, 10)
  const form = { whom: '被害人', relation: '被害人', day, where: '司法所', why: '道歉' }
  const asked = await head(matters.register, { body: { kind: 'contact', person, form } })
  const approve = () =>
    head(matters.act, {
      params: { id: asked.id },
      body: { way: 'support', form: { opinion: '同意' }, revision: asked.revision },
    })

  // The passage is written; before it can commit, the ledger is held by somebody else, and there the program dies.
  await cluster.admin.query('begin')
  await cluster.admin.query('lock table ledger_unsealed in access exclusive mode')
  const lost = approve().then(
    () => 'answered',
    () => 'lost',
  )
  await expect
    .poll(
      async () =>
        (await cluster.admin.query("select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock'"))
          .rows[0].n,
      { timeout: 20_000 },
    )
    .toBeGreaterThan(0)
  await program.kill()
  await cluster.admin.query('rollback')
  expect(await lost).toBe('lost')

  program = await start()
  const left = await head(matters.get, { params: { id: asked.id } })
  expect(left).toMatchObject({ step: 'office', revision: asked.revision, passages: [] })
  const done = await approve()
  expect(done).toMatchObject({ step: 'county', passages: [{ step: 'office', way: 'support' }] })
  expect(done.passages).toHaveLength(1)
})
