import { downloads, exportAtOnce, savedQueries } from '@zhijiao/contract/downloads'
import { people } from '@zhijiao/contract/people'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let agency: Somebody
let colleague: Somebody

beforeAll(async () => {
  county = await startCounty()
  agency = await county.signIn('county', { name: '莫科员' })
  colleague = await county.signIn('county', { name: '韦科员' })
})
afterAll(() => county.stop())

/** Copies one person so often that a list holds more than one export gives at once. */
async function crowd(name: string, many: number): Promise<void> {
  const like = await plantPerson(county.house, { name })
  await sql`
    insert into person (id, number, org_code, name, sex, birth_date, identity_cipher, identity_blind, identity_tail, category,
      term_start, term_end, residence, created_at, updated_at)
    select gen_random_uuid(), number || '-' || g, org_code, name, sex, birth_date, identity_cipher,
      decode(md5(number || g), 'hex'), identity_tail, category, term_start, term_end, residence, created_at, updated_at
    from person, generate_series(1, ${many}) g where id = ${like}`.execute(county.house.databases.system)
}

async function ready(who: Somebody, id: string) {
  for (let i = 0; i < 100; i++) {
    const one = (await who.call(downloads.list, {})).items.find((d) => d.id === id)
    if (one && one.state !== 'waiting' && one.state !== 'running') return one
    await new Promise((wake) => setTimeout(wake, 200))
  }
  throw new Error('the export was never finished')
}

describe('P15 large exports run in the background', () => {
  test('more than 5,000 rows are made by the worker, kept for who asked, fetched with an audit line, and expire', async () => {
    await crowd('大名册', exportAtOnce)
    const query = { name: '大名册', reason: '年度核对' }
    expect(await codeOf(agency.call(people.export, { query }))).toBe('ZJ_EXPORT_LARGE')
    const asked = await agency.call(people.exportLater, {
      body: { conditions: { name: '大名册' }, reason: '年度核对' },
    })
    expect(asked.total).toBe(exportAtOnce + 1)
    const done = await ready(agency, asked.id)
    expect(done).toMatchObject({ state: 'ready', done: exportAtOnce + 1, total: exportAtOnce + 1, reason: '年度核对' })

    const response = await agency.call(downloads.content, { params: { id: asked.id } })
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await response.arrayBuffer())
    const text = JSON.stringify(book.worksheets[0]?.getSheetValues().slice(0, 8))
    expect(book.worksheets[0]?.rowCount).toBeGreaterThan(exportAtOnce + 4)
    expect(text).toContain('莫科员')
    expect(text).toContain('年度核对')
    expect(text).not.toContain('示例路 1 号')

    // Nobody else's, whoever he is.
    expect((await colleague.call(downloads.list, {})).items).toEqual([])
    expect(await codeOf(colleague.call(downloads.content, { params: { id: asked.id } }))).toBe('ZJ_NOT_FOUND')
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .select(['phase', 'promise', 'outcome', 'rows'])
      .where('promise', 'in', ['people.export', 'people.exportLater', 'downloads.content'])
      .where('outcome', '=', 'ok')
      .execute()
    expect(lines.map((l) => l.promise).sort()).toEqual(['downloads.content', 'people.export', 'people.exportLater'])
    expect(lines.find((l) => l.promise === 'people.export')?.rows).toBe(exportAtOnce + 1)

    await county.house.databases.system
      .updateTable('download')
      .set({ expires_at: new Date(county.house.chance.now() - 1) })
      .where('id', '=', asked.id)
      .execute()
    expect(await codeOf(agency.call(downloads.content, { params: { id: asked.id } }))).toBe('ZJ_DOWNLOAD_EXPIRED')
  })

  test('who lost the permission meanwhile gets nothing', async () => {
    const leaver = await county.signIn('county', { name: '调离者' })
    const { databases } = county.house
    // Both in one transaction, so that the worker only sees him without his post.
    const { id } = await leaver.call(people.exportLater, { body: { conditions: { name: '无' }, reason: '离任前' } })
    await databases.system.deleteFrom('staff_role').where('staff_id', '=', leaver.id).execute()
    await databases.system
      .updateTable('download')
      .set({ state: 'waiting', content: null })
      .where('id', '=', id)
      .execute()
    for (let i = 0; i < 50; i++) {
      const row = await databases.system.selectFrom('download').select('state').where('id', '=', id).executeTakeFirst()
      if (row?.state === 'failed') return
      await new Promise((wake) => setTimeout(wake, 200))
    }
    throw new Error('an export was made for somebody without a post')
  })
})

describe('an export is for the post it was asked from', () => {
  const made = async (who: Somebody) => {
    const { id } = await who.call(people.exportLater, { body: { conditions: { name: '无' }, reason: '离任前' } })
    expect(await ready(who, id)).toMatchObject({ state: 'ready', withheld: false })
    expect(await (await who.call(downloads.content, { params: { id } })).arrayBuffer()).toBeDefined()
    return id
  }
  const refused = async (who: Somebody, id: string) => {
    const [shown] = (await who.call(downloads.list, {})).items.filter((d) => d.id === id)
    return [shown?.withheld, await codeOf(who.call(downloads.content, { params: { id } }))]
  }
  const withheld = [true, 'ZJ_DOWNLOAD_OTHER_POST']

  test('who went to another unit, lost the permission, or is named for less, is not handed what he exported before', async () => {
    const { databases } = county.house
    const moved = await county.signIn('county', { name: '调动者' })
    const ofMoved = await made(moved)
    await databases.system
      .updateTable('staff')
      .set({ org_code: places.otherCounty })
      .where('id', '=', moved.id)
      .execute()
    expect(await refused(moved, ofMoved)).toEqual(withheld)

    const officer = await county.signIn('county', { name: '转岗者' })
    const ofOfficer = await made(officer)
    await databases.system
      .updateTable('staff_role')
      .set({ role: 'socialWorker' })
      .where('staff_id', '=', officer.id)
      .execute()
    expect(await refused(officer, ofOfficer)).toEqual(withheld)

    const named = await county.signIn('county', { name: '专人', designations: ['minors'] })
    const ofNamed = await made(named)
    await databases.system.updateTable('staff').set({ designations: [] }).where('id', '=', named.id).execute()
    expect(await refused(named, ofNamed)).toEqual(withheld)
    // Named again, it is his again: nothing was thrown away.
    await databases.system
      .updateTable('staff')
      .set({ designations: ['minors'] })
      .where('id', '=', named.id)
      .execute()
    expect((await named.call(downloads.content, { params: { id: ofNamed } })).ok).toBe(true)
    const { rows } = await sql<{ outcome: string }>`
      select outcome from audit where staff_id = ${moved.id} and promise = 'downloads.content' and phase = 'result' order by at, id`.execute(
      databases.system,
    )
    expect(rows.map((r) => r.outcome)).toEqual(['ok', 'ZJ_DOWNLOAD_OTHER_POST'])
  })
})

describe('saved queries follow the officer', () => {
  test('kept with the account, replaced under the same name, seen by nobody else, without identity or phone', async () => {
    const save = (name: string, conditions: Record<string, string | string[]>) =>
      agency.call(savedQueries.save, { body: { list: 'people', name, conditions } })
    await save('城东重点', { org: places.office, level: ['3'], identity: '450102199001011234', phone: '13911112222' })
    const again = await save('城东重点', { org: places.office, level: ['2'] })
    const mine = await agency.call(savedQueries.list, { query: { list: 'people' } })
    expect(mine.items).toMatchObject([{ name: '城东重点', conditions: { org: places.office, level: ['2'] } }])
    expect(JSON.stringify(mine)).not.toMatch(/4501021990|139111/)
    expect((await colleague.call(savedQueries.list, { query: { list: 'people' } })).items).toEqual([])
    expect(await codeOf(colleague.call(savedQueries.forget, { params: { id: again.id } }))).toBe('ZJ_NOT_FOUND')
    for (let i = 1; i < 20; i++) await save(`第 ${i} 个`, { state: ['missing'] })
    expect(await codeOf(save('再一个', {}))).toBe('ZJ_SAVED_QUERY_FULL')
    await agency.call(savedQueries.forget, { params: { id: again.id } })
    expect((await agency.call(savedQueries.list, { query: { list: 'people' } })).items).toHaveLength(19)
  })
})
