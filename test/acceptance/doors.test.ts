import { fences } from '@zhijiao/contract/fences'
import { asSeenBy, type Eyes } from '@zhijiao/server/core/db'
import { type RawBuilder, sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantAlarm } from '../support/episode.ts'
import { plantPerson } from '../support/person.ts'

/**
 * Functions that step over row-level security ask themselves who calls, so that hand-written SQL in somebody's session gets
 * from them what his post is given and nothing else.
 */
let county: County
let person: string
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  person = await plantPerson(county.house, { name: '某人' })
  await plantPerson(county.house, { org: places.officeElsewhere, name: '外县人' })
})
afterAll(() => county.stop())

const eyes = (reach: Eyes['reach'], unit: string = places.county, staff: string | null = null): Eyes => ({
  staff,
  unit,
  reach,
  classes: [],
})
interface Told {
  v: unknown
}
/** The first column of what a statement answers in somebody's session. */
const told = (by: Eyes, query: RawBuilder<Told>) =>
  asSeenBy(county.house.databases.api, by, async (db) => (await query.execute(db)).rows.map((row) => row.v))

test('figures are for readers of a unit: not for another organ, for whom duties are handed to, or for administrators', async () => {
  const someone = await plantPerson(county.house)
  await plantAlarm(county, someone)
  const figures = [
    sql<Told>`select people as v from zj_person_counts()`,
    sql<Told>`select episodes as v from zj_episode_counts('2000-01-01')`,
    sql<Told>`select kind as v from zj_alarm_precision(${places.county}, '2000-01-01', '2100-01-01')`,
  ]
  for (const one of figures) {
    for (const reach of ['own', 'office', 'unit', 'counts'] as const)
      expect((await told(eyes(reach), one)).length).toBeGreaterThan(0)
    for (const reach of ['opened', 'handed', 'none'] as const) expect(await told(eyes(reach), one)).toEqual([])
  }
})

test('whether an identity or a number is known is told to who registers persons and devices', async () => {
  const db = county.house.databases.system
  await sql`insert into device (id, org_code, kind, protocol, identity, state, created_at)
    values (${county.house.chance.id()}, ${places.otherCounty}, 'wristband', 'jt808', '13700000001', 'stock', now())`.execute(
    db,
  )
  const known = [
    sql<{
      v: Buffer
    }>`select zj_identities_known(array[${county.house.vault.blind('identity', person)}]::bytea[]) as v`,
    sql<Told>`select v from zj_device_org('jt808', '13700000001') v where v is not null`,
  ]
  for (const one of known) {
    expect(await told(eyes('unit'), one)).toHaveLength(1)
    for (const reach of ['opened', 'handed', 'none', 'counts'] as const)
      expect(await told(eyes(reach), one)).toEqual([])
  }
})

test('an outage of the city tells a county how many of its own episodes it settled', async () => {
  const db = county.house.databases.system
  const planted = async () => (await plantAlarm(county, await plantPerson(county.house))).id
  const [here, there] = [await planted(), await planted()]
  await sql`update episode set settled_as = 'outage', state = 'settled', settled_at = now(), began_at = now() where id in (${here}, ${there})`.execute(
    db,
  )
  await sql`update episode set org_code = ${places.officeElsewhere} where id = ${there}`.execute(db)
  const settled = sql<Told>`select zj_outage_settled(${places.city}, now() - interval '1 day', null) as v`
  const [all, ours, theirs] = [
    await told(eyes('counts', places.city), settled),
    await told(eyes('unit'), settled),
    await told(eyes('none', places.otherCounty), settled),
  ].map(([n]) => Number(n))
  expect([ours, theirs].every((n) => n !== undefined && n > 0)).toBe(true)
  expect(all).toBe((ours ?? 0) + (theirs ?? 0))
  expect(await told(eyes('handed'), settled)).toEqual([0])
})

test('what waits for a device is withdrawn only for a device of one’s own unit or persons', async () => {
  const db = county.house.databases.system
  const [device, command] = [county.house.chance.id(), county.house.chance.id()]
  await sql`insert into device (id, org_code, kind, protocol, identity, state, created_at)
    values (${device}, ${places.county}, 'wristband', 'jt808', ${device.slice(-12)}, 'stock', now())`.execute(db)
  await sql`insert into device_command (id, device_id, person_id, org_code, command, why, asked_by, asked_at, expires_at)
    values (${command}, ${device}, ${person}, ${places.county}, '{"kind":"locate"}', '核对', '某', now(), now() + interval '1 hour')`.execute(
    db,
  )
  const withdraw = sql<Told>`select zj_withdraw_stale(${device}, now()) as v`
  for (const by of [
    eyes('unit', places.otherCounty),
    eyes('office', places.officeElsewhere),
    eyes('handed'),
    eyes('opened'),
    eyes('none'),
    eyes('counts', places.city),
  ])
    expect(await told(by, withdraw)).toEqual([0])
  expect(await told(eyes('unit'), withdraw)).toEqual([1])
  await sql`update device_command set result = null, withdrawn = null, withdrawn_at = null where id = ${command}`.execute(
    db,
  )
  const { rows } = await withdraw.execute(db)
  expect(rows).toEqual([{ v: 1 }])
})

test('a recovery is asked for and decided by administrators and heads, never by who asked or whose it is', async () => {
  const [loser, security, system, officer] = await Promise.all([
    county.signIn('officer'),
    county.signIn('securityAdmin'),
    county.signIn('systemAdmin'),
    county.signIn('officer'),
  ])
  const id = county.house.chance.id()
  const ask = (by: Somebody, reach: Eyes['reach'], at: string = county.house.chance.id()) =>
    told(
      eyes(reach, places.county, by.id),
      sql<Told>`insert into recovery (id, staff_id, reason, requested_by, requested_at)
        values (${at}, ${loser.id}, '丢失', ${by.id}, now()) returning id as v`,
    )
  const decide = (by: Somebody, reach: Eyes['reach']) =>
    told(
      eyes(reach, places.county, by.id),
      sql<{
        v: string
      }>`update recovery set approved_by = ${by.id}, approved_at = now(), decided_by = ${by.id} where id = ${id} returning id as v`,
    )
  await expect(ask(officer, 'own')).rejects.toThrow(/row-level security/)
  await expect(ask(officer, 'handed')).rejects.toThrow(/row-level security/)
  expect(await ask(security, 'none', id)).toEqual([id])
  expect(await decide(officer, 'own')).toEqual([])
  expect(await decide(loser, 'own')).toEqual([])
  await expect(decide(security, 'none')).rejects.toThrow(/row-level security/)
  await expect(decide(loser, 'none')).rejects.toThrow(/row-level security/)
  expect(await decide(system, 'none')).toEqual([id])
})

test('whether a fence binds somebody elsewhere is told as yes or no, to who sees a whole unit', async () => {
  const clerk = await county.signIn('county')
  const { id } = await clerk.call(fences.create, {
    body: {
      org: places.county,
      name: '河边街',
      kind: 'forbidden',
      area: { kind: 'circle', coordinates: [109.42, 24.33], radiusM: 300 },
      datum: 'WGS84',
      basis: '禁止令',
    },
  })
  await sql`insert into fence_person (fence_id, person_id, from_day, added_at) values (${id}, ${person}, '2026-01-01', now())`.execute(
    county.house.databases.system,
  )
  const elsewhere = sql<Told>`select zj_fence_elsewhere(${id}) as v`
  expect(await told(eyes('unit'), elsewhere)).toEqual([false])
  expect(await told(eyes('unit', places.otherCounty), elsewhere)).toEqual([true])
  for (const reach of ['opened', 'handed', 'none', 'own'] as const)
    expect(await told(eyes(reach, places.otherCounty), elsewhere)).toEqual([false])
})
