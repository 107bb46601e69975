import { account } from '@zhijiao/contract/account'
import { fences } from '@zhijiao/contract/fences'
import { history } from '@zhijiao/contract/history'
import { matters } from '@zhijiao/contract/matters'
import { obligations } from '@zhijiao/contract/obligations'
import { people } from '@zhijiao/contract/people'
import { lawDesk } from '@zhijiao/contract/settings'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { sweepSome } from '@zhijiao/server/obligations/jobs'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { act, begin, see, weigh } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

const four = '1=宽管/Lenient,2=普管/Ordinary,3=严管/Strict,4=重点/Key'

let county: County
let drafter: Somebody
let publisher: Somebody
let officer: Somebody
let head: Somebody
let agency: Somebody
let n = 400

beforeAll(async () => {
  county = await startCounty({ at: '2026-11-18T10:00:00+08:00', env: { ZJ_PARTS: 'api' } })
  drafter = await county.signIn('province', { name: '韦处' })
  publisher = await county.signIn('province', { name: '蒙处' })
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '莫科员' })
})
afterAll(() => county.stop())

const today = () => legalDayOf(county.house.chance.now())
const draft = (values: Record<string, string>, by = drafter) =>
  by.call(lawDesk.draft, { body: { from: today(), source: '省分类管理办法', values, confirms: [] } })
async function publish(values: Record<string, string>): Promise<void> {
  const { id } = await draft(values)
  await publisher.call(lawDesk.publish, { params: { id } })
}
const levelsOf = async (who: Somebody) => (await who.call(account.me, {})).levels
const wish = (level?: string) => ({
  name: '陆某',
  identity: identityNumber(n++),
  category: '02' as const,
  termStart: '2026-01-01',
  termEnd: '2027-12-31',
  ...(level ? { level } : {}),
})
async function cellsOf(answer: Response): Promise<string[][]> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(await answer.arrayBuffer())
  const rows: string[][] = []
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1).map((v) => String(v ?? ''))))
  return rows
}
/** The cell under a heading in the row that holds a text. */
function under(rows: readonly string[][], heading: string, holds: string): string | undefined {
  const heads = rows.find((r) => r.some((cell) => cell.replace('*', '') === heading)) ?? []
  const at = heads.findIndex((cell) => cell.replace('*', '') === heading)
  return rows.find((r) => r.includes(holds) && r !== heads)?.[at]
}
const levelForm = (to: string) => ({ to, grounds: ['risk'], reason: '再犯风险上升' })

describe('levels that a province sets (SET-34)', () => {
  test('are refused where nobody could read them, with the piece and how to write it', async () => {
    const refused = await refusedWith(draft({ 'SET-34': '1=宽管,2=普管,2=严管' }))
    expect(refused).toMatchObject({ code: 'ZJ_LAW_LEVELS_TWICE', zh: expect.stringContaining('2=严管') })
    expect(refused.fields?.[0]?.path).toBe('values.SET-34')
    for (const [text, code] of [
      [' ', 'ZJ_LAW_LEVELS_NONE'],
      ['10=宽管', 'ZJ_LAW_LEVELS_CODE'],
      ['1=', 'ZJ_LAW_LEVELS_NAME'],
    ] as const)
      expect(await codeOf(draft({ 'SET-34': text }))).toBe(code)
    // Periods of a level that there is not; in one draft with it they are taken.
    const stray = await refusedWith(draft({ 'SET-25': '1=1m,4=3d' }))
    expect(stray).toMatchObject({ code: 'ZJ_LAW_DRAFT_LEVEL', zh: expect.stringContaining('1 宽松、2 普通、3 严格') })
    expect(await draft({ 'SET-34': four, 'SET-25': '1=1m,2=2w,3=1w,4=3d' })).toMatchObject({ state: 'draft' })
  })

  test('are the province’s: a county below it is sent there, and may still set how often', async () => {
    const refused = await refusedWith(draft({ 'SET-34': four }, agency))
    expect(refused).toMatchObject({ code: 'ZJ_LAW_LEVELS_ABOVE', zh: expect.stringContaining('示例省') })
    expect(await draft({ 'SET-26': '1=2m,2=1m,3=1m' }, agency)).toMatchObject({ state: 'draft' })
  })

  test('before they are published a fourth is refused with those that there are, wherever it is given', async () => {
    const who = await plantPerson(county.house, { officer: officer.id })
    expect((await levelsOf(officer)).offered.map((l) => l.zh)).toEqual(['宽松', '普通', '严格'])
    const refused = await refusedWith(officer.call(people.create, { body: wish('4') }))
    expect(refused).toMatchObject({
      code: 'ZJ_LAW_LEVEL_UNKNOWN',
      zh: expect.stringContaining('1 宽松、2 普通、3 严格'),
    })
    expect(refused.zh).toContain('SET-34')
    expect(refused.fields?.[0]?.path).toBe('level')
    expect(await codeOf(officer.call(people.create, { body: wish('x') }))).toBe('ZJ_INVALID')
    expect(await codeOf(begin(head, 'level', who, levelForm('4')))).toBe('ZJ_LAW_LEVEL_UNKNOWN')
    const row = { part: 'levels' as const, data: { level: '4', from: '2026-11-01', reason: '评估' } }
    expect(await codeOf(officer.call(people.addPart, { params: { personId: who }, body: row }))).toBe(
      'ZJ_LAW_LEVEL_UNKNOWN',
    )
    const { id } = await agency.call(fences.create, {
      body: {
        name: '河边街区',
        kind: 'forbidden',
        org: places.county,
        area: { kind: 'circle', coordinates: [109.42, 24.33], radiusM: 300 },
        datum: 'WGS84',
        basis: '（2026）桂刑初 1 号禁止令',
      },
    })
    const bind = (level: string) =>
      agency.call(fences.assign, {
        params: { id },
        body: { group: { org: places.county, level }, from: today(), basis: '禁止令' },
      })
    expect(await codeOf(bind('4'))).toBe('ZJ_LAW_LEVEL_UNKNOWN')
    expect(await bind('2')).toMatchObject({ assigned: 1 })
    const old = await agency.call(people.importHistory, {
      body: {
        source: '旧系统',
        files: [
          { number: 'OLD-1', person: { ...wish('4'), org: places.office } },
          { number: 'OLD-2', person: { ...wish('3'), org: places.office } },
        ],
      },
    })
    expect(old).toMatchObject({
      created: 1,
      refused: [{ row: 1, code: 'ZJ_LAW_LEVEL_UNKNOWN', field: 'person.level' }],
    })
  })
})

describe('a fourth level, published by two people', () => {
  let who: string
  beforeAll(async () => {
    await publish({ 'SET-34': four, 'SET-25': '1=1m,2=2w,3=1w,4=3d' })
    who = await plantPerson(county.house, { officer: officer.id, name: '周某' })
    await sql`insert into person_part (id, person_id, org_code, part, data, added_by, added_at)
      values (${county.house.chance.id()}, ${who}, ${places.office}, 'correction', '{"receivedOn":"2026-09-07"}', ${officer.id}, now())`.execute(
      county.house.databases.system,
    )
  })

  test('is told to every screen of the province, and to no other', async () => {
    expect(await levelsOf(officer)).toMatchObject({
      offered: [{ zh: '宽管', en: 'Lenient' }, { zh: '普管' }, { zh: '严管' }, { code: '4', zh: '重点', en: 'Key' }],
      former: [],
    })
    const { databases } = county.house
    await databases.system
      .insertInto('org')
      .values({
        code: '44',
        level: 'province',
        parent: '',
        name: '邻省',
        name_en: null,
        phone: null,
        address: null,
        urban: false,
        synthetic: true,
        active: true,
        revision: 1,
      })
      .execute()
    const neighbour = await county.signIn('province', { of: '44' })
    expect((await levelsOf(neighbour)).offered.map((l) => l.zh)).toEqual(['宽松', '普通', '严格'])
  })

  test('S3.12 is given by the procedure, filtered by, exported, and asked for as often as it says', async () => {
    const hints = (await weigh(head, 'level', who, levelForm('4'))).map((h) => h.said.zh)
    expect(hints).toContain('现管理级别：普管')
    expect(hints.some((said) => said.includes('每 3 日一次'))).toBe(true)
    const asked = await begin(head, 'level', who, levelForm('4'))
    const decided = await act(agency, await see(agency, asked.id), 'decide', { opinion: '同意' })
    await act(officer, decided, 'told', { toldOn: decided.on, how: 'direct' })
    expect(await officer.call(people.get, { params: { personId: who } })).toMatchObject({ level: '4' })
    const listed = await officer.call(people.list, { query: { level: ['4'] } })
    expect(listed.items.map((p) => p.id)).toEqual([who])

    const register = await cellsOf(await agency.call(people.export, { query: { level: ['4'], reason: '月度核对' } }))
    expect(under(register, '管理级别', '周某')).toBe('重点')
    expect(register.flat().some((cell) => cell.includes('level=重点'))).toBe(true)
    const book = await cellsOf(await agency.call(matters.export, { query: { kind: 'level', reason: '月度核对' } }))
    expect(under(book, '拟定管理级别', '周某')).toBe('重点')

    await sweepSome(county.house, '00000000-0000-0000-0000-000000000000', 1000)
    const { running } = await officer.call(obligations.ofPerson, { params: { personId: who }, query: {} })
    const report = running.find((o) => o.kind === 'report')
    expect(report).toMatchObject({ from: '2026-11-18', clock: { dueOn: '2026-11-20' } })
    expect(report?.clock.counted?.zh).toContain('每 3 日一次')
    // Education names no fourth level: as often as the strict one.
    expect(running.find((o) => o.kind === 'education')?.clock.counted?.zh).toContain('每月一次')
  })

  test('stands in the sheets: the template, the preview of an import, the fields of the history import', async () => {
    const template = new ExcelJS.Workbook()
    const answer = await agency.call(people.template, {})
    await template.xlsx.load(await answer.arrayBuffer())
    const [sheet] = template.worksheets
    if (!sheet) throw new Error('the template has no sheet')
    let heads: string[] = []
    sheet.eachRow((row) => {
      const cells = (row.values as unknown[]).slice(1).map((v) => String(v ?? '').replace('*', ''))
      if (cells.includes('身份证号码')) heads = cells
    })
    const add = (row: Record<string, string>) => sheet.addRow(heads.map((h) => row[h] ?? ''))
    const good = { 矫正类别: '缓刑', 矫正起日: '2026-01-01', 矫正止日: '2027-12-31', 管理单位: places.office }
    add({ ...good, 姓名: '甲某', 身份证号码: identityNumber(n++), 管理级别: '重点' })
    add({ ...good, 姓名: '乙某', 身份证号码: identityNumber(n++), 管理级别: '严格' })
    const file = new Blob([new Uint8Array(await template.xlsx.writeBuffer())])
    const preview = await agency.call(people.preview, { file, fileName: '名册.xlsx' })
    expect(preview).toMatchObject({
      good: 1,
      cells: [{ column: '管理级别', zh: '只能填：宽管、普管、严管、重点' }],
    })
    await agency.call(people.commit, { params: { id: preview.id } })
    const { items } = await agency.call(people.list, { query: { name: '甲某' } })
    expect(items[0]?.level).toBe('4')
    const fields = await cellsOf(await agency.call(history.fields, { params: { kind: 'people' } }))
    expect(fields.find((r) => r[0] === 'person.level')?.[4]).toBe('1 宽管、2 普管、3 严管、4 重点')
  })

  test('is not dropped while somebody has it, in drafting or in publishing; then it may go and old records name it still', async () => {
    const three = '1=宽管,2=普管,3=严管'
    const refused = await refusedWith(draft({ 'SET-34': three }))
    expect(refused).toMatchObject({ code: 'ZJ_LAW_LEVEL_HELD', zh: expect.stringContaining('重点 2 人') })
    const { system } = county.house.databases
    await sql`update person set level = '3' where level = '4'`.execute(system)
    const { id } = await draft({ 'SET-34': three })
    await sql`update person set level = '4' where id = ${who}`.execute(system)
    expect(await codeOf(publisher.call(lawDesk.publish, { params: { id } }))).toBe('ZJ_LAW_LEVEL_HELD')
    expect((await levelsOf(officer)).offered.length).toBe(4)
    await sql`update person set level = '3' where id = ${who}`.execute(system)
    // What is under way for it is not decided once it is gone.
    const asked = await begin(head, 'level', who, levelForm('4'))
    await publisher.call(lawDesk.publish, { params: { id } })
    expect(await levelsOf(officer)).toMatchObject({ former: [{ code: '4', zh: '重点' }] })
    const matter = await see(agency, asked.id)
    expect(await codeOf(act(agency, matter, 'decide', { opinion: '同意' }))).toBe('ZJ_LAW_LEVEL_UNKNOWN')
    await act(agency, matter, 'refuse', { opinion: '级别已取消' }, '级别已取消')
    const book = await cellsOf(await agency.call(matters.export, { query: { kind: 'level', reason: '月度核对' } }))
    expect(under(book, '拟定管理级别', '周某')).toBe('重点')
    // A file that was closed elsewhere at that level still comes in.
    const old = await agency.call(people.importHistory, {
      body: {
        source: '旧系统',
        files: [{ number: 'OLD-4', person: { ...wish('4'), org: places.office, state: 'released' } }],
      },
    })
    expect(old).toMatchObject({ created: 1, refused: [] })
  })
})
