import { alarms } from '@zhijiao/contract/alarms'
import { documents } from '@zhijiao/contract/documents'
import { entrustments } from '@zhijiao/contract/entrustments'
import { exitBans, leaves } from '@zhijiao/contract/permits'
import { unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assessmentHands, assessmentLetter } from '../support/assessment.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantAlarm } from '../support/episode.ts'
import { askLeave } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

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
