import { audits } from '@zhijiao/contract/audits'
import { Refused } from '@zhijiao/contract/client'
import { devices } from '@zhijiao/contract/devices'
import { staff } from '@zhijiao/contract/orgs'
import { people } from '@zhijiao/contract/people'
import { asSeenBy } from '@zhijiao/server/core/db'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let auditor: Somebody
let person: { id: string; number: string }
const identity = identityNumber(1)
beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '看档人' })
  auditor = await county.signIn('auditAdmin')
  person = await officer.call(people.create, {
    body: { name: '被看的人', identity, category: '02', termStart: '2026-01-01', termEnd: '2027-01-01' },
  })
})
afterAll(() => county.stop())

test('P15 view, search and export are audited as attempts before the result', async () => {
  await officer.call(people.get, { params: { personId: person.id } })
  await officer.call(people.list, { query: { name: '被看的人' } })
  const away = await county.signIn('officer', { of: places.officeElsewhere, name: '外县人' })
  expect(await codeOf(away.call(people.get, { params: { personId: person.id } }))).toBe('ZJ_NOT_FOUND')
  const { items, total } = await auditor.call(audits.list, { query: { staff: officer.id, size: 50 } })
  expect(total).toBe(items.length)
  const pairs = items.map((l) => `${l.promise} ${l.phase} ${l.outcome}`)
  expect(pairs).toEqual([
    'people.list result ok',
    'people.list attempt null',
    'people.get result ok',
    'people.get attempt null',
    'people.create result ok',
    'people.create attempt null',
  ])
  expect(items[0]?.request).toBe(items[1]?.request)
  expect(items[2]).toMatchObject({ person: person.id, says: { zh: '查看矫正对象档案' } })
  // Ids and masked words only.
  expect(JSON.stringify(items)).not.toContain('被看的人')
  expect(JSON.stringify(items)).not.toContain(identity)
  expect((await auditor.call(audits.list, { query: { person: person.id, outcome: 'refused' } })).total).toBe(0)
  const elsewhere = await county.signIn('auditAdmin', { of: places.otherCounty })
  const theirs = await elsewhere.call(audits.list, { query: { outcome: 'refused' } })
  expect(theirs.items.map((l) => [l.staffName, l.outcome])).toEqual([['外县人', 'ZJ_NOT_FOUND']])
})

test('a search among devices, own looks and accounts stand in the audit, with the name masked', async () => {
  const clerk = await county.signIn('county')
  const city = await county.signIn('city')
  const security = await county.signIn('securityAdmin')
  await clerk.call(devices.list, { query: { q: '被看的人' } })
  await clerk.call(devices.unknown, { query: {} })
  const nowhere = county.house.chance.id()
  expect(await codeOf(clerk.call(devices.commandState, { params: { id: nowhere } }))).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(clerk.call(people.seePreview, { params: { id: nowhere } }))).toBe('ZJ_NOT_FOUND')
  await city.call(people.looks, {})
  await security.call(staff.list, { query: { q: '看档人' } })
  await security.call(staff.get, { params: { id: officer.id } })
  await security.call(staff.recoveries, { query: {} })
  const linesOf = async (by: Somebody) => {
    const { rows } = await sql<{ line: string }>`
      select promise || ' ' || act || ' ' || outcome as line from audit where staff_id = ${by.id} and phase = 'result' order by at, id`.execute(
      county.house.databases.system,
    )
    return rows.map((r) => r.line)
  }
  expect(await linesOf(clerk)).toEqual([
    'devices.list search ok',
    'devices.unknown view ok',
    'devices.commandState view ZJ_NOT_FOUND',
    'people.seePreview view ZJ_NOT_FOUND',
  ])
  expect(await linesOf(city)).toEqual(['people.looks view ok'])
  expect(await linesOf(security)).toEqual(['staff.list search ok', 'staff.get view ok', 'staff.recoveries view ok'])
  const { rows } = await sql<{
    said: string
  }>`select detail::text as said from audit where staff_id in (${clerk.id}, ${security.id})`.execute(
    county.house.databases.system,
  )
  expect(rows.some((r) => r.said.includes('被***'))).toBe(true)
  expect(rows.some((r) => r.said.includes('被看的人') || r.said.includes('看档人'))).toBe(false)
})

test('the reader learns what was not permitted and why', async () => {
  const police = await county.signIn('communityPolice', { name: '片警' })
  expect(await codeOf(police.call(devices.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
  const away = await county.signIn('officer', { of: places.otherOffice, name: '外所人' })
  expect(await codeOf(away.call(people.get, { params: { personId: person.id } }))).toBe('ZJ_NOT_FOUND')
  const { items } = await auditor.call(audits.list, { query: { outcome: 'refused', size: 100 } })
  const told = (who: Somebody) => items.filter((l) => l.staffId === who.id).map((l) => [l.says.zh, l.outcomeSays?.zh])
  expect(told(police)).toEqual([['请求未获准：设备', '岗位没有“查看终端”权限']])
  expect(told(away)).toEqual([['查看矫正对象档案', '没有这个对象或记录，或不在其管辖范围内，未显示内容']])
})

test('an attempt without a result is found', async () => {
  await county.house.databases.system
    .insertInto('audit')
    .values({
      id: county.house.chance.id(),
      at: new Date(county.house.chance.now()),
      request: 'broken-off',
      phase: 'attempt',
      act: 'view',
      promise: 'people.get',
      org_code: places.office,
      detail: {},
    })
    .execute()
  const { items } = await auditor.call(audits.list, { query: { outcome: 'open' } })
  expect(items.map((l) => l.request)).toContain('broken-off')
})

test('the county learns who looked at a person, superiors included; the officer does not', async () => {
  const city = await county.signIn('city', { name: '市局同志' })
  await city.call(people.look, { body: { number: person.number, reason: '信访核查' } })
  await city.call(people.looked, { params: { personId: person.id } })
  for (const role of ['countyHead', 'procurator'] as const) {
    const by = await county.signIn(role)
    const { items } = await by.call(audits.ofPerson, { params: { personId: person.id }, query: {} })
    expect(items).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          staffName: '市局同志',
          org: { code: places.city, name: '示例市' },
          reason: '信访核查',
        }),
        expect.objectContaining({ staffName: '看档人' }),
      ]),
    )
  }
  expect(await codeOf(officer.call(audits.ofPerson, { params: { personId: person.id }, query: {} }))).toBe(
    'ZJ_NOT_ALLOWED',
  )
  const away = await county.signIn('countyHead', { of: places.otherCounty })
  expect(await codeOf(away.call(audits.ofPerson, { params: { personId: person.id }, query: {} }))).toBe('ZJ_NOT_FOUND')
})

test('the audit is exported with its own trace, and nobody rewrites it', async () => {
  const response = await auditor.call(audits.export, { query: { staff: officer.id, reason: '季度审计' } })
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await response.arrayBuffer())
  const sheet = book.worksheets[0]
  expect(sheet?.getCell('A1').value).toBe('审计日志')
  expect(String(sheet?.getCell('A2').value)).toContain('季度审计')
  // Six of the officer's own doing and the one he was refused, below title, note and headings.
  expect(sheet?.rowCount).toBe(10)
  // As the list was put in order on the screen: the first line of the file is the oldest, else the latest.
  const first = async (sort?: 'at') => {
    const query = { staff: officer.id, reason: '季度审计', ...(sort ? { sort } : {}) }
    const taken = new ExcelJS.Workbook()
    await taken.xlsx.load(await (await auditor.call(audits.export, { query })).arrayBuffer())
    return String(taken.worksheets[0]?.getCell('N4').value)
  }
  const { items: lines } = await auditor.call(audits.list, { query: { staff: officer.id, sort: 'at', size: 50 } })
  expect([await first('at'), await first()]).toEqual([lines[0]?.request, lines.at(-1)?.request])
  const own = await auditor.call(audits.list, { query: { promise: 'audits.export' } })
  expect(own.items.slice(-2).map((l) => [l.phase, l.reason, l.rows])).toEqual([
    ['result', '季度审计', 7],
    ['attempt', '季度审计', null],
  ])
  const { api, system } = county.house.databases
  const eyes = { staff: auditor.id, unit: places.county, reach: 'none' as const, classes: [] }
  for (const query of [sql`delete from audit`, sql`update audit set outcome = 'ok'`]) {
    await expect(asSeenBy(api, eyes, (db) => query.execute(db))).rejects.toThrow(/permission denied/)
    await expect(query.execute(system)).rejects.toThrow(/permission denied/)
  }
  expect(await codeOf(officer.call(audits.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
})

test('a refusal names the permission in words, and the audit says its outcome in words beside the code', async () => {
  const refused = await officer.call(audits.list, { query: {} }).catch((error: unknown) => error)
  if (!(refused instanceof Refused)) throw new Error('it was not refused')
  expect(refused.problem.zh).toContain('“查看审计”')
  expect(refused.problem.en).toContain('"See the audit"')
  expect(refused.problem.data).toMatchObject({ may: 'audit.see' })
  await officer.call(people.get, { params: { personId: officer.id } }).catch(() => undefined)
  const { items } = await auditor.call(audits.list, { query: { staff: officer.id, outcome: 'refused' } })
  const said = new Map(items.map((line) => [line.outcome, line.outcomeSays?.zh]))
  expect(said.get('ZJ_NOT_ALLOWED')).toMatch(/^岗位没有“[^”]+”权限$/)
  expect(said.get('ZJ_NOT_FOUND')).toBe('没有这个对象或记录，或不在其管辖范围内，未显示内容')
})
