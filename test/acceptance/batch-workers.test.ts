import { documents } from '@zhijiao/contract/documents'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { shippedTemplates } from '@zhijiao/server/documents/templates/index'
import { startParts } from '@zhijiao/server/main'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { plantRelease } from '../support/release.ts'

let county: County
let agency: Somebody
let other: Awaited<ReturnType<typeof startParts>>
let outside: pg.Client
beforeAll(async () => {
  county = await startCounty()
  agency = await county.signIn('county', { name: '赵敏' })
  // A worker of another process, which stands by.
  other = await startParts({ ...county.house, config: { ...county.house.config, parts: ['worker'] } })
  const { host, port, adminPassword: password } = inject('cluster')
  const found = await sql<{ database: string }>`select current_database() as database`.execute(
    county.house.databases.system,
  )
  outside = new pg.Client({ host, port, user: 'zj_admin', password, database: found.rows[0]?.database ?? '' })
  await outside.connect()
})
afterAll(async () => {
  await outside?.end()
  await other?.stop()
  await county?.stop()
})

/** The server ends the connection that holds the lock of the batches; whoever works under it goes on with its paper. */
const loseLock = () =>
  outside.query(
    `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and objid = 7080 and granted
       and database = (select oid from pg_database where datname = current_database())`,
  )

test('two workers at one batch, the first of which lost its lock: each paper once, none of them called failed', async () => {
  const people: string[] = []
  for (let i = 0; i < 12; i++) {
    const id = await plantPerson(county.house, { name: `期满${i}` })
    await plantRelease(county.house.databases.system, id, legalDayOf(county.house.chance.now()))
    people.push(id)
  }
  const values = Object.fromEntries(
    (shippedTemplates.get('D29')?.blanks ?? [])
      .filter((b) => b.source !== 'file')
      .map((b) => [b.name, b.sample as string]),
  )
  const asked = await agency.call(documents.batch, { body: { template: 'D29', people, seal: true, values } })
  let lost = 0
  let now = asked
  for (; now.state === 'running'; now = await agency.call(documents.progress, { params: { id: asked.id } })) {
    lost += (await loseLock()).rowCount ?? 0
    await new Promise((done) => setTimeout(done, 40))
  }
  expect(lost).toBeGreaterThan(1)
  expect(now).toMatchObject({ total: 12, done: 12, failed: 0 })
  expect(now.items.filter((i) => i.state !== 'done')).toEqual([])
  const numbers = now.items.map((i) => Number(/第(\d+)号/.exec(i.number ?? '')?.[1]))
  expect(numbers.sort((a, b) => a - b)).toEqual(people.map((_, i) => i + 1))
})
