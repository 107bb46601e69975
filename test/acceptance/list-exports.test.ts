import { alarms } from '@zhijiao/contract/alarms'
import { audits } from '@zhijiao/contract/audits'
import { documents } from '@zhijiao/contract/documents'
import { entrustments } from '@zhijiao/contract/entrustments'
import { fences } from '@zhijiao/contract/fences'
import { staff } from '@zhijiao/contract/orgs'
import { exitBans, leaves } from '@zhijiao/contract/permits'
import { lawDesk } from '@zhijiao/contract/settings'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assessmentHands, assessmentLetter } from '../support/assessment.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantAlarm } from '../support/episode.ts'
import { askLeave } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'
import { circle } from '../support/watched.ts'

let county: County
let officer: Somebody
let head: Somebody
let court: Somebody

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  ;({ officer, head, court } = await assessmentHands(county))
})
afterAll(() => county.stop())

/** The words of a sheet, as somebody finds them who opens the file. */
async function read(response: Response) {
  const parts = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const text = new TextDecoder().decode(parts['xl/worksheets/sheet1.xml'])
  return { text, rows: text.split('<row ').length - 1, name: response.headers.get('content-disposition') ?? '' }
}
const audited = (promise: string) =>
  county.house.databases.system
    .selectFrom('audit')
    .select(['act', 'reason', 'rows'])
    .where('promise', '=', promise)
    .where('outcome', '=', 'ok')
    .execute()

test('leaves as they are asked for: conditions, exporter, reason and watermark in the file, the reason in the audit', async () => {
  const one = await plantPerson(county.house, { officer: officer.id, name: '李合成' })
  const other = await plantPerson(county.house, { officer: officer.id, name: '黄合成' })
  const asked = await askLeave(county, officer, one, { from: 5, days: 3, why: '术后复查' })
  await askLeave(county, officer, other, { from: 5, days: 3 })
  await head.call(leaves.decide, {
    params: { id: asked.id },
    body: { verdict: 'approved', note: '同意', revision: asked.revision },
  })
  const all = await read(await officer.call(leaves.export, { query: { reason: '月度核对' } }))
  for (const words of ['外出请假台账', '李合成', '黄合成', '术后复查', '月度核对', '全部', '水印：'])
    expect(all.text).toContain(words)
  const approved = await read(await officer.call(leaves.export, { query: { state: 'approved', reason: '月度核对' } }))
  expect(approved.text).toContain('状态 已批准')
  expect(approved.text).toContain('李合成')
  expect(approved.text).not.toContain('黄合成')
  expect(approved.rows).toBe(all.rows - 1)
  expect(await audited('leaves.export')).toEqual([
    { act: 'export', reason: '月度核对', rows: 2 },
    { act: 'export', reason: '月度核对', rows: 1 },
  ])
  expect(await codeOf(officer.call(leaves.export, { query: {} as never }))).toBe('ZJ_INVALID')
  // Nobody takes away what he does not see.
  const elsewhere = await county.signIn('county', { of: places.otherCounty })
  const nothing = await read(await elsewhere.call(leaves.export, { query: { reason: '越权试探' } }))
  expect(nothing.text).not.toContain('李合成')
})

test('alarms as they are asked for, the settled ones by how they ended; no position leaves the house', async () => {
  const person = await plantPerson(county.house, { officer: officer.id, name: '覃合成' })
  await plantAlarm(county, person, { kind: 'strapOpen' })
  const over = await plantAlarm(county, person)
  await sql`update episode set state = 'settled', settled_as = 'cleared', settled_at = now() where id = ${over.id}`.execute(
    county.house.databases.system,
  )
  const all = await read(await officer.call(alarms.export, { query: { person, reason: '月度核对' } }))
  expect(all.rows).toBe(
    (await read(await officer.call(alarms.export, { query: { reason: '月度核对', q: '无此人' } }))).rows + 2,
  )
  const settled = await read(
    await officer.call(alarms.export, { query: { state: ['settled'], settledAs: 'cleared', reason: '月度核对' } }),
  )
  for (const words of ['报警台账', '覃合成', '状态 已结', '办结方式 核实后自动解除', '位置和证据未导出', '月度核对'])
    expect(settled.text).toContain(words)
  expect(settled.rows).toBe(all.rows - 1)
  expect(settled.text).not.toContain('24.35')
  expect((await audited('alarms.export')).at(-1)).toEqual({ act: 'export', reason: '月度核对', rows: 1 })
  const elsewhere = await county.signIn('county', { of: places.otherCounty })
  const nothing = await read(await elsewhere.call(alarms.export, { query: { reason: '越权试探' } }))
  expect(nothing.text).not.toContain('覃合成')
})

test('leaves and requests of an organ are found by name and number, and put in order; the file is of the same query', async () => {
  // A second try plants again; each finds its own.
  const mark = county.house.chance.id().slice(-5)
  const [a, b] = [
    await plantPerson(county.house, { officer: officer.id, name: `岑${mark}甲一` }),
    await plantPerson(county.house, { officer: officer.id, name: `岑${mark}乙%二` }),
  ]
  await askLeave(county, officer, a, { from: 9, days: 2 })
  await askLeave(county, officer, b, { from: 7, days: 6 })
  const names = async (query: { q: string; sort?: string }) =>
    (await officer.call(leaves.list, { query })).items.map((l) => l.person.name)
  expect(await names({ q: `岑${mark}`, sort: 'from' })).toEqual([`岑${mark}乙%二`, `岑${mark}甲一`])
  expect(await names({ q: `岑${mark}`, sort: 'until' })).toEqual([`岑${mark}甲一`, `岑${mark}乙%二`])
  // What is typed is text and no pattern.
  expect(await names({ q: `${mark}乙%` })).toEqual([`岑${mark}乙%二`])
  expect(await names({ q: `${mark}甲%` })).toEqual([])
  const [leave] = (await officer.call(leaves.list, { query: { person: a } })).items
  expect(await names({ q: leave?.person.number.toLowerCase() ?? '' })).toEqual([`岑${mark}甲一`])
  const sheet = await read(await officer.call(leaves.export, { query: { q: `${mark}甲一`, reason: '月度核对' } }))
  expect(sheet.text).toContain(`姓名或档案编号含 ${mark}甲一`)
  expect(sheet.text).toContain(`岑${mark}甲一`)
  expect(sheet.text).not.toContain(`${mark}乙`)

  const entrust = (name: string, letter: string) =>
    court.call(entrustments.entrust, { body: { county: places.county, form: assessmentLetter({ name, letter }) } })
  await entrust(`农${mark}甲一`, `（2026）桂委评字第${mark}71号`)
  await entrust(`农${mark}乙二`, `（2026）桂委评字第${mark}72号`)
  const found = async (query: { q?: string; sort?: string }) =>
    (await court.call(entrustments.list, { query })).items
      .map((e) => e.who)
      .filter((who) => who.startsWith(`农${mark}`))
  expect(await found({ q: `农${mark}` })).toEqual([`农${mark}乙二`, `农${mark}甲一`])
  expect(await found({ q: `农${mark}`, sort: 'received' })).toEqual([`农${mark}甲一`, `农${mark}乙二`])
  expect(await found({ q: `第${mark}71号` })).toEqual([`农${mark}甲一`])
  expect(await found({ sort: 'who' })).toHaveLength(2)
  const register = await read(
    await court.call(entrustments.export, { query: { q: `第${mark}72号`, reason: '年度统计' } }),
  )
  expect(register.text).toContain(`被调查人或委托文号含 第${mark}72号`)
  expect(register.text).toContain(`农${mark}乙二`)
  expect(register.text).not.toContain(`农${mark}甲一`)
})

test('whose ban on leaving the country is not reported, and the register of documents', async () => {
  const bans = await read(await officer.call(exitBans.export, { query: { overdue: true, reason: '逐人催办' } }))
  for (const words of ['不准出境未报备名单', '李合成', '已逾期', '逐人催办']) expect(bans.text).toContain(words)
  const papers = await read(await officer.call(documents.export, { query: { template: 'D10', reason: '归档核对' } }))
  for (const words of ['法律文书登记簿', '外出审批表', '李合成', '草稿', '归档核对'])
    expect(papers.text).toContain(words)
  expect(papers.text).not.toContain('事项审批告知书')
  expect(await audited('documents.export')).toMatchObject([{ act: 'export', reason: '归档核对' }])
  expect(await audited('exitBans.export')).toMatchObject([{ act: 'export', reason: '逐人催办' }])
})

test('an organ takes the list of its own requests away, and of nobody else’s', async () => {
  const sent = await court.call(entrustments.entrust, { body: { county: places.county, form: assessmentLetter() } })
  const own = await read(await court.call(entrustments.export, { query: { reason: '年度统计' } }))
  for (const words of ['委托调查评估台账', sent.who, sent.countyName, '年度统计']) expect(own.text).toContain(words)
  expect(await codeOf(officer.call(entrustments.export, { query: { reason: '年度统计' } }))).toBe('ZJ_NOT_ALLOWED')
})

test('fences, accounts, the audit, unreported bans and rules of law stand in the order of a plain column, both ways', async () => {
  const clerk = await county.signIn('county')
  const security = await county.signIn('securityAdmin')
  const auditor = await county.signIn('auditAdmin')
  const mark = county.house.chance.id().slice(-5)
  for (const name of [`甲${mark}`, `丙${mark}`, `乙${mark}`])
    await clerk.call(fences.create, {
      body: {
        org: places.county,
        kind: 'forbidden',
        name,
        datum: 'WGS84',
        basis: '禁止令',
        area: circle(0, 0, 200),
      },
    })
  await plantPerson(county.house, { officer: officer.id, name: '排甲' })
  await plantPerson(county.house, { officer: officer.id, name: '排乙' })
  /** Whether a column rises with `sort` and is the same backwards with `-sort`; rows that are alike may stand either way. */
  const ordered = async (sort: string, read: (sort: string) => Promise<readonly (string | null)[]>) => {
    const [up, down] = [await read(sort), await read(`-${sort}`)]
    expect(new Set(up).size, sort).toBeGreaterThan(1)
    expect([...down].reverse(), sort).toEqual(up)
    expect(down, sort).not.toEqual(up)
  }
  const size = 200
  await ordered('name', async (sort) =>
    (await clerk.call(fences.list, { query: { q: mark, sort, size } })).items.map((f) => f.name),
  )
  for (const column of ['name', 'login', 'number'] as const)
    await ordered(column, async (sort) =>
      (await security.call(staff.list, { query: { sort, size } })).items.map((s) => s[column]),
    )
  await ordered('org', async (sort) =>
    (await security.call(staff.list, { query: { sort, size } })).items.map((s) => s.org.code),
  )
  const until = new Date(county.house.chance.now()).toISOString()
  await ordered('at', async (sort) =>
    (await auditor.call(audits.list, { query: { to: until, sort, size } })).items.map((a) => a.at),
  )
  await ordered('name', async (sort) =>
    (await clerk.call(exitBans.unreported, { query: { sort, size } })).items.map((r) => r.name),
  )
  await ordered('rule', async (sort) =>
    (await clerk.call(lawDesk.rules, { query: { q: 'LVE', sort, size } })).items.map((r) => r.rule),
  )
})
