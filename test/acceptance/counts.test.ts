import { people } from '@zhijiao/contract/people'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, places, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  const state = (id: string, to: string) =>
    sql`update person set state = ${to} where id = ${id}`.execute(county.house.databases.system)
  for (const org of [places.office, places.office, places.otherOffice, places.officeElsewhere])
    await plantPerson(county.house, { org })
  await state(await plantPerson(county.house), 'released')
  await plantPerson(county.house, { minor: true })
})
afterAll(() => county.stop())

const figures = async (role: 'city' | 'countyHead' | 'province', of?: string) => {
  const who = await county.signIn(role, of ? { of } : {})
  const counts = await who.call(people.counts, { query: {} })
  // The unit itself comes first; the units below must add up to it.
  return {
    total: counts.total,
    released: counts.units.slice(1).reduce((n, u) => n + (u.byState.released ?? 0), 0),
    register: counts.units.slice(1).reduce((n, u) => n + u.inCorrection, 0),
    text: JSON.stringify(counts),
  }
}

test('S0.3 S2.5 received, released and on register by unit: each level sees its own units, and not one name', async () => {
  expect(await figures('city')).toMatchObject({ total: 6, released: 1, register: 5 })
  expect(await figures('province')).toMatchObject({ total: 6 })
  expect(await figures('countyHead')).toMatchObject({ total: 5, released: 1, register: 4 })
  expect(await figures('countyHead', places.otherCounty)).toMatchObject({ total: 1, released: 0, register: 1 })
  expect((await figures('city')).text).not.toContain('测试对象')
  const admin = await county.signIn('systemAdmin')
  await expect(admin.call(people.counts, { query: {} })).rejects.toMatchObject({ problem: { code: 'ZJ_NOT_ALLOWED' } })
})
