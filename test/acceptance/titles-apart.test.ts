import { alarms } from '@zhijiao/contract/alarms'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { type TaskQuery, tasks } from '@zhijiao/contract/tasks'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { unnamed } from '@zhijiao/server/core/apart'
import { asSeenBy } from '@zhijiao/server/core/db'
import { strFromU8, unzipSync } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { openDuty } from '../support/duty.ts'
import { plantAlarm } from '../support/episode.ts'
import { listen } from '../support/live.ts'
import { act, begin } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let named: Somebody
let clerk: Somebody
let agencyHead: Somebody
let bureau: Somebody

beforeAll(async () => {
  county = await startCounty()
  const designations = ['minors', 'sealed']
  officer = await county.signIn('officer', { name: '王所员', designations })
  head = await county.signIn('officeHead', { name: '张所长', designations })
  named = await county.signIn('county', { name: '赵科员', designations })
  clerk = await county.signIn('county', { name: '周科员' })
  agencyHead = await county.signIn('countyHead', { name: '钱局' })
  bureau = await county.signIn('bureauHead', { name: '冯局' })
})
afterAll(() => county.stop())

const list = async (who: Somebody, query: Partial<TaskQuery>) =>
  (await who.call(tasks.list, { query: { size: 100, whose: 'unit', ...query } })).items
const sheet = async (who: Somebody, query: Partial<TaskQuery>) => {
  const answer = await who.call(tasks.export, { query: { whose: 'unit', ...query } })
  return strFromU8(
    unzipSync(new Uint8Array(await answer.arrayBuffer()))['xl/worksheets/sheet1.xml'] ?? new Uint8Array(),
  )
}
/** A name that nobody else in the county has, so that a second try reads its own. */
const aName = (family: string) => `${family}${county.house.chance.id().slice(-6)}`
/** A change of place that lies at the home county's desk: whichever clerk takes it up. */
async function atTheDesk(mark: { minor?: boolean; sealed?: boolean }) {
  const name = aName('吴')
  const person = await plantPerson(county.house, { officer: officer.id, name, ...mark })
  const today = legalDayOf(county.house.chance.now())
  const asked = await begin(officer, 'relocation', person, {
    receivedOn: today,
    moveOn: plusDays(today, 45),
    why: '随父母迁居',
    address: '示例二县新城镇幸福路6号',
    county: places.otherCounty,
  })
  await act(head, asked, 'support', { opinion: '情况属实' })
  return { name, person, matter: asked.id }
}

describe('S1.9 MIN-02 a duty tells the name of somebody kept apart to whoever may open the file, and to nobody else', () => {
  test.each([{ minor: true }, { sealed: true }])(
    '%o: list, count, search, export, page and live line',
    async (mark) => {
      const line = await listen(county.url, clerk.cookie)
      const heard = await listen(county.url, named.cookie)
      const { name, person, matter } = await atTheDesk(mark)
      const duty = { kind: 'matter.relocation', whose: 'mine' as const }

      const read = (await list(named, duty)).find((t) => t.subject === matter)
      expect(read).toMatchObject({ person: { id: person, name } })
      expect(read?.title.zh).toContain(`${name}：`)
      expect(read?.title.en).toContain(`${name}: `)

      const shown = (await list(clerk, duty)).find((t) => t.subject === matter)
      expect(shown?.title.zh).toBe(read?.title.zh.replace(name, unnamed.zh))
      expect(shown?.title.en).toBe(read?.title.en.replace(name, unnamed.en))
      expect(shown?.person).toBeNull()
      const page = await clerk.call(tasks.get, { params: { id: shown?.id ?? '' } })
      expect(JSON.stringify(page)).not.toContain(name)

      // By its name it is found, listed and counted for the one, and neither listed nor counted for the other.
      for (const whose of ['mine', 'unit'] as const) {
        expect((await list(named, { q: name, whose })).map((t) => t.subject)).toContain(matter)
        expect(await list(clerk, { q: name, whose })).toEqual([])
        expect(await named.call(tasks.counts, { query: { q: name, whose } })).toMatchObject({ todo: 1 })
        expect(await clerk.call(tasks.counts, { query: { q: name, whose } })).toMatchObject({ todo: 0, byKind: [] })
      }
      expect((await list(clerk, { q: unnamed.zh, whose: 'mine' })).map((t) => t.subject)).toContain(matter)
      expect(await sheet(named, duty)).toContain(name)
      expect(await sheet(clerk, duty)).not.toContain(name)
      expect(await sheet(clerk, duty)).toContain(unnamed.zh)

      // The live line says where to look and never whom; who is not named for him hears nothing of it.
      await heard.until((m) => m.type === 'news' && m.topic === 'task' && m.id === read?.id)
      expect(line.news.filter((n) => n.id === read?.id || n.id === matter)).toEqual([])
      expect(JSON.stringify([line.messages, heard.messages])).not.toContain(name)
      line.close()
      heard.close()
      expect(await codeOf(clerk.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')
      expect(await codeOf(clerk.call(matters.get, { params: { id: matter } }))).toBe('ZJ_NOT_FOUND')

      // Hand-written SQL finds no more.
      const eyes = { staff: clerk.id, unit: places.county, reach: 'unit', classes: ['tracks', 'psychology'] } as const
      const { rows } = await asSeenBy(county.house.databases.api, eyes, (db) =>
        sql<{ n: number }>`select count(*)::int as n from task_named`.execute(db),
      )
      expect(rows[0]?.n).toBe(0)
    },
  )

  test('an alarm about a minor that climbs to somebody who is not named for him', async () => {
    const name = aName('吴')
    const person = await plantPerson(county.house, { officer: officer.id, name, minor: true })
    const { id } = await plantAlarm(county, person)
    const of = async (who: Somebody) =>
      (await list(who, { whose: 'unit', kind: 'alarm.handle' })).find((t) => t.subject === id)
    expect((await of(agencyHead))?.title.zh).toContain(name)
    await county.house.databases.system
      .updateTable('task')
      .set({ owner_id: clerk.id })
      .where('subject_id', '=', id)
      .execute()
    const seen = await of(clerk)
    expect(seen?.title.zh).toContain(`${unnamed.zh}：`)
    expect(JSON.stringify(seen)).not.toContain(name)
    // Nor does the desk of alarms tell him.
    expect(JSON.stringify(await clerk.call(alarms.list, { query: { size: 100 } }))).not.toContain(name)
    const page = await clerk.call(alarms.get, { params: { id } }).catch((refused: unknown) => refused)
    expect(JSON.stringify(page)).not.toContain(name)
  })

  test('the titles follow the file: sealed today, and no longer sealed', async () => {
    const name = aName('陆')
    const person = await plantPerson(county.house, { officer: officer.id, name })
    const title = { zh: `${name}：核实住址`, en: `${name}: check the address` }
    const duty = await openDuty(county, { person, title, ownerRole: 'county', unit: places.county })
    const read = async (who: Somebody) => (await who.call(tasks.get, { params: { id: duty.id } })).title.zh
    expect(await read(clerk)).toBe(title.zh)

    const mark = (sealed: boolean) =>
      sql`update person set sealed = ${sealed} where id = ${person}`.execute(county.house.databases.system)
    await mark(true)
    expect(await read(clerk)).toBe(`${unnamed.zh}：核实住址`)
    expect(await read(named)).toBe(title.zh)
    const { due } = await named.call(matters.lifecycle, { params: { personId: person } })
    expect(due.map((d) => d.said.zh)).toContain(title.zh)
    await mark(false)
    expect(await read(clerk)).toBe(title.zh)
  })
})

test('S1.9 the duty of a psychological evaluation is not shown to who may not see psychology', async () => {
  const name = aName('潘')
  const person = await plantPerson(county.house, { officer: officer.id, name })
  const { id } = await begin(officer, 'psychology', person, { occasion: 'entry' })
  const of = async (who: Somebody) => (await list(who, { kind: 'matter.psychology' })).filter((t) => t.subject === id)
  const [duty] = await list(officer, { kind: 'matter.psychology', whose: 'mine', q: name })
  expect(duty?.subject).toBe(id)
  expect(await of(clerk)).toHaveLength(1)
  expect(await of(bureau)).toEqual([])
  expect(await list(bureau, { q: name })).toEqual([])
  expect(await bureau.call(tasks.counts, { query: { whose: 'unit', person } })).toMatchObject({ todo: 0 })
  expect(await codeOf(bureau.call(tasks.get, { params: { id: duty?.id ?? '' } }))).toBe('ZJ_NOT_FOUND')
  expect(await sheet(bureau, {})).not.toContain(name)
})
