import { alarmKinds } from '@zhijiao/contract/alarms'
import { lawDesk } from '@zhijiao/contract/settings'
import { legalDay } from '@zhijiao/geo/day'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { codeOf } from '../support/refused.ts'
import { circle, square, startWatch, type Watch, type Watched } from '../support/watched.ts'

let w: Watch
beforeAll(async () => {
  w = await startWatch({ at: '2026-11-20T02:00:00Z' })
})
afterAll(() => w?.stop())

const ofKind = async (person: string, kind: string) => (await w.episodesOf(person)).filter((e) => e.kind === kind)
const askedOf = (who: Watched, kind: string) =>
  w.asked.filter((a) => a.activationNo === who.no && a.command.kind === kind)

test('S0.16 a phone under its hourly ceiling is prompted when the band has moved away, and the pairs decide', async () => {
  const band = await w.plant({ name: '韦某', intervalS: 300 })
  const phone = await w.plant({ person: band.id, name: band.name, regime: 'check', intervalS: 3600 })
  await w.go(phone, [0], { everyS: 10 })
  await w.go(band, [10], { everyS: 10 })
  w.asked.length = 0
  // The way to work: too far from the phone's last place to say anything, so the phone is asked, once.
  await w.go(band, [2000, 3000, 4000], { everyS: 120 })
  expect(askedOf(phone, 'locate')).toMatchObject([{ episode: null, why: expect.stringContaining('索取定位比对') }])
  expect(await w.episodesOf(band.id)).toEqual([])

  // It answers from home. The band is asked for its place of that moment, and the first pair is apart: nobody is told.
  await w.go(phone, [0], { everyS: 90 })
  expect(askedOf(band, 'locate')).toHaveLength(1)
  await w.go(band, [4000], { everyS: 5 })
  expect(await w.episodesOf(band.id)).toEqual([])

  // The second pair prompts the person; the third, over ten minutes, brings an officer.
  await w.go(band, [4000], { everyS: 300 })
  expect(askedOf(phone, 'locate')).toHaveLength(2)
  await w.go(phone, [0], { everyS: 10 })
  const [suspected] = await ofKind(band.id, 'apart')
  expect(suspected).toMatchObject({ state: 'gathering', activation_no: band.no })
  expect(askedOf(band, 'text')[0]?.command).toMatchObject({ text: expect.stringContaining('随身携带') })
  await w.go(band, [4000], { everyS: 320 })
  await w.go(phone, [0], { everyS: 10 })
  await w.wait(65_000)
  const [apart] = await ofKind(band.id, 'apart')
  expect(apart).toMatchObject({ state: 'raised', activation_no: band.no })
  expect(apart?.evidence.some((e) => e.zh.includes('3 对定位'))).toBe(true)
})

test('S0.16 carried together, the phone is asked once an hour at most and nobody is told', async () => {
  const band = await w.plant({ intervalS: 300 })
  const phone = await w.plant({ person: band.id, name: band.name, regime: 'check', intervalS: 3600 })
  await w.go(phone, [0], { everyS: 10 })
  await w.go(band, [0], { everyS: 10 })
  w.asked.length = 0
  for (let i = 1; i <= 10; i++) await w.go(band, [i * 800], { everyS: 300 })
  expect(askedOf(phone, 'locate')).toHaveLength(1)
  await w.go(phone, [8000], { everyS: 20 })
  await w.go(band, [8010], { everyS: 60 })
  expect(await w.episodesOf(band.id)).toEqual([])
  expect(askedOf(band, 'text')).toEqual([])
})

test('S0.16 one pair apart is answered by the next; a phone that cannot be asked is not', async () => {
  const band = await w.plant({ intervalS: 300 })
  const phone = await w.plant({ person: band.id, name: band.name, regime: 'check', intervalS: 3600 })
  await sql`update device set protocol = 'osmand' where id = ${phone.device}`.execute(w.db)
  await sql`select pg_notify('zj_devices', ${phone.device})`.execute(w.db)
  await w.wait(1000)
  w.asked.length = 0
  await w.go(phone, [900], { everyS: 10 })
  await w.go(band, [0], { everyS: 10 })
  await w.go(band, [0], { everyS: 300 })
  await w.go(phone, [10], { everyS: 10 })
  expect(askedOf(phone, 'locate')).toEqual([])
  expect(await w.episodesOf(band.id)).toEqual([])
})

test('S0.17 a phone seen once an hour is not unknown in between: two of its positions past the line reach an officer', async () => {
  const phone = await w.plant({ regime: 'check', intervalS: 3600 })
  await w.fence('livingArea', square(0, 0, 2000), [phone.id], { name: '示例一县' })
  await w.go(phone, [0, 0, 0], { everyS: 3660 })
  await w.go(phone, [5000], { everyS: 3660 })
  expect(await ofKind(phone.id, 'boundaryOut')).toMatchObject([{ state: 'gathering' }])
  await w.go(phone, [5000], { everyS: 3660 })
  await w.wait(11 * 60_000)
  expect(await ofKind(phone.id, 'boundaryOut')).toMatchObject([{ state: 'raised' }])
})

test('two fixes of one reflection are one witness: nobody is disturbed by them', async () => {
  const band = await w.plant({ intervalS: 120 })
  await w.fence('required', circle(0, 0, 300), [band.id], { name: '住所' })
  await w.go(band, [0, 0, 0, 0], { everyS: 120 })
  await w.go(band, [900, 880], { everyS: 120, fix: { accuracyM: 15 } })
  expect(await ofKind(band.id, 'requiredAbsent')).toMatchObject([{ state: 'gathering' }])
  await w.go(band, [0], { everyS: 30 })
  expect(await ofKind(band.id, 'requiredAbsent')).toMatchObject([
    { state: 'settled', settled_as: 'cleared', raised_at: null },
  ])
})

test('a time window accuses nobody whose latest positions already say he is there', async () => {
  const clock = (ms: number) => new Date(w.county.house.chance.now() + 8 * 3_600_000 + ms).toISOString().slice(11, 16)
  const band = await w.plant({ intervalS: 300 })
  const calendar = { windows: [{ start: clock(30 * 60_000), end: clock(150 * 60_000) }] }
  await w.fence('required', circle(0, 0, 300), [band.id], { name: '住所', calendar })
  await w.go(band, [5000, 5000, 5000, 5000], { everyS: 300 })
  await w.go(band, [0], { everyS: 300 })
  // The window opens and the ten minutes of grace pass; nothing was heard meanwhile.
  await w.wait(16 * 60_000)
  expect(await ofKind(band.id, 'requiredAbsent')).toEqual([])
  await w.go(band, [0, 0], { everyS: 120 })
  await w.wait(11 * 60_000)
  expect(await ofKind(band.id, 'requiredAbsent')).toEqual([])
  // Who truly is away is told, whatever was suspected before.
  await w.go(band, [5000, 5000, 5000, 5000], { everyS: 300 })
  await w.wait(65_000)
  expect(await ofKind(band.id, 'requiredAbsent')).toMatchObject([{ state: 'raised' }])
})

const three = async (x: number) => {
  const people: Watched[] = []
  for (const name of ['甲某', '乙某', '丙某']) people.push(await w.plant({ name: `${name}${x}`, intervalS: 60 }))
  return people
}
/** They stand together so many minutes, seen each minute. */
const stand = async (people: readonly Watched[], x: number, minutes: number) => {
  for (let i = 0; i < minutes; i++) {
    for (const [j, who] of people.entries()) await w.go(who, [x + j * 15], { everyS: 1 })
    await w.wait(58_000)
  }
}

test('聚集 is off until a unit switches it on; then three who stand together reach their officers, a class does not', async () => {
  const off = await three(50_000)
  await stand(off, 50_000, 18)
  for (const who of off) expect(await w.episodesOf(who.id)).toEqual([])

  const county = await w.county.signIn('county')
  const row = (await county.call(alarmKinds.list, {})).find((k) => k.kind === 'gathered')
  if (!row) throw new Error('no such kind')
  expect(row.enabled).toBe(false)
  const { level, clockMin, toPerson, toOfficer, revision } = row
  await county.call(alarmKinds.edit, {
    params: { kind: 'gathered' },
    body: { level, enabled: true, clockMin, ladderS: 60, toPerson, toOfficer, note: '示例：重点时段', revision },
  })
  await w.wait(11_000)
  // The unit's own place: a required place that binds nobody.
  await w.fence('required', circle(70_000, 0, 200), [], { org: places.office, name: '教育中心' })
  const [people, pupils] = [await three(60_000), await three(70_000)]
  for (let i = 0; i < 18; i++) {
    await stand(people, 60_000, 1)
    for (const [j, who] of pupils.entries()) await w.go(who, [70_000 + j * 15], { everyS: 1 })
  }
  await w.wait(65_000)
  for (const who of people) {
    const [one] = await ofKind(who.id, 'gathered')
    expect(one).toMatchObject({ state: 'raised', activation_no: who.no })
    expect(one?.said_zh).toContain('与他人聚集（与另外 2 名社区矫正对象）')
    // Nobody's name in somebody else's file.
    for (const other of people) if (other !== who) expect(JSON.stringify(one)).not.toContain(other.name)
  }
  for (const who of pupils) expect(await ofKind(who.id, 'gathered')).toEqual([])
})

test('a published threshold holds for its unit without a restart; out of its range it is refused', async () => {
  const drafter = await w.county.signIn('county')
  const security = await w.county.signIn('securityAdmin')
  const parameters = (await drafter.call(lawDesk.parameters, {})).items
  expect(parameters.find((p) => p.id === 'POS-01')).toMatchObject({
    value: 200,
    bounds: { min: 50, max: 1000 },
    source: expect.stringContaining('positioning.md'),
  })
  const here = await w.plant({ intervalS: 60 })
  const there = await w.plant({ org: places.officeElsewhere, intervalS: 60 })
  const report = (pct: number) => Promise.all([here, there].map((who) => w.go(who, [0], { fix: { batteryPct: pct } })))
  await report(25)
  expect(await w.episodesOf(here.id)).toEqual([])

  const from = legalDay(w.county.house.chance.now())
  const draft = (values: Record<string, number | string>) =>
    drafter.call(lawDesk.draft, { body: { from, source: '示例县司法局文件', values, confirms: [] } })
  expect(await codeOf(draft({ 'LOC-12': 90 }))).toBe('ZJ_LAW_DRAFT_BOUNDS')
  expect(await codeOf(draft({ 'POS-04': 1 }))).toBe('ZJ_LAW_DRAFT_BOUNDS')
  expect(await codeOf(draft({ 'LOC-07': 'night' }))).toBe('ZJ_LAW_DRAFT_HOURS')
  const { id } = await draft({ 'LOC-12': 30, 'LOC-07': '21:00-06:00' })
  await report(24)
  expect(await w.episodesOf(here.id)).toEqual([])

  await security.call(lawDesk.publish, { params: { id } })
  await w.wait(11_000)
  await w.wait(11_000)
  await report(23)
  expect(await ofKind(here.id, 'lowBattery')).toHaveLength(1)
  expect(await w.episodesOf(there.id)).toEqual([])
  const rules = w.engine?.fleet.get(here.no)?.rules
  expect(rules?.night).toMatchObject({ from: 21 * 60, until: 6 * 60 })
  const versions = await sql<{ rule_version: string }>`
    select rule_version from episode where person_id = ${here.id}`.execute(w.db)
  expect(versions.rows[0]?.rule_version).toContain(id)
})
