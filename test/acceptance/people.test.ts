import { client } from '@zhijiao/contract/client'
import { people } from '@zhijiao/contract/people'
import { startSession } from '@zhijiao/server/core/auth/session'
import { asSeenBy, type Eyes } from '@zhijiao/server/core/db'
import ExcelJS from 'exceljs'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let colleague: Somebody
let head: Somebody
let agency: Somebody
let next = 0

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '张警官' })
  colleague = await county.signIn('officer', { name: '李警官' })
  head = await county.signIn('officeHead')
  agency = await county.signIn('county')
})
// Tests move the clock; nobody is signed out by another one's half hour.
beforeEach(async () => {
  officer = await again(officer)
  colleague = await again(colleague)
  head = await again(head)
  agency = await again(agency)
})
afterAll(() => county.stop())

const wish = (facts: Record<string, unknown> = {}) => ({
  name: '王小明',
  identity: identityNumber(next++),
  category: '02' as const,
  termStart: '2026-01-01',
  termEnd: '2027-12-31',
  crime: '盗窃罪',
  phone: `1380000${String(next).padStart(4, '0')}`,
  residence: '示例一县城东街 1 号',
  ...facts,
})
const enrol = (by: Somebody, facts: Record<string, unknown> = {}) => by.call(people.create, { body: wish(facts) })
/** The same person signed in anew, after his session has ended. */
async function again(somebody: Somebody): Promise<Somebody> {
  const { databases, chance } = county.house
  const token = await startSession(databases.system, chance, somebody.id, { secondFactor: true, ip: null, agent: null })
  const cookie = `zj_session=${token}`
  return {
    ...somebody,
    cookie,
    call: (kept, brings) => client({ base: county.url, headers: () => ({ cookie }) })(kept, brings),
  }
}
const idOf = (p: { id: string }) => ({ params: { personId: p.id } })
const eyesOf = (s: Somebody, unit: string, reach: Eyes['reach'], classes: readonly string[] = []): Eyes => ({
  staff: s.id,
  unit,
  reach,
  classes,
})

describe('S0.12 every person enrolled', () => {
  test('an officer opens a file; identity and phone lie sealed and are shown masked', async () => {
    const body = wish({ name: '陈一' })
    const file = await officer.call(people.create, { body })
    expect(file).toMatchObject({
      number: expect.stringMatching(/^459001-\d{4}-\d{5}$/),
      name: '陈一',
      sex: 'male',
      birthDate: '1985-03-04',
      identity: `459************${body.identity.slice(-3)}`,
      officer: { name: '张警官' },
      org: { code: places.office },
      minor: false,
    })
    const row = await county.house.databases.system
      .selectFrom('person')
      .selectAll()
      .where('id', '=', file.id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(row)).not.toContain(body.identity)
    expect(row.identity_cipher.toString('latin1')).not.toContain(body.identity)
    const revealed = await officer.call(people.reveal, { ...idOf(file), body: { reason: '核对判决书' } })
    expect(revealed).toMatchObject({ identity: body.identity, phone: body.phone })
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .selectAll()
      .where('promise', '=', 'people.reveal')
      .execute()
    expect(lines.map((l) => [l.phase, l.person_id, l.reason])).toEqual([
      ['attempt', file.id, null],
      ['result', file.id, '核对判决书'],
    ])
  })

  test('a wrong identity number is refused with the fault named, a known one with its number', async () => {
    const wrong = await refusedWith(enrol(officer, { identity: '450101198503040012' }))
    expect(wrong).toMatchObject({ code: 'ZJ_PERSON_IDENTITY_INVALID', data: { which: 'checkCharacter' } })
    expect(wrong.zh).toContain('校验位')
    const identity = identityNumber(next++)
    const first = await enrol(officer, { identity })
    const again = await refusedWith(enrol(officer, { identity: identity.toLowerCase() }))
    expect(again).toMatchObject({ code: 'ZJ_PERSON_EXISTS', data: { number: first.number } })
    // Another county learns that there is a file, not where.
    const elsewhere = await county.signIn('officer', { of: places.officeElsewhere })
    const there = await refusedWith(enrol(elsewhere, { identity }))
    expect(there.code).toBe('ZJ_PERSON_EXISTS_ELSEWHERE')
    expect(JSON.stringify(there)).not.toContain(first.number)
  })

  test('a change needs the present revision; the ledger keeps what stood before', async () => {
    const file = await enrol(officer)
    const changed = await officer.call(people.change, {
      ...idOf(file),
      body: { revision: file.revision, residence: '新街 2 号', phone: '13911112222' },
    })
    expect(changed).toMatchObject({ residence: '新街****', phone: '139****2222', revision: 2 })
    expect(await codeOf(officer.call(people.change, { ...idOf(file), body: { revision: 1, residence: '旧' } }))).toBe(
      'ZJ_CHANGED',
    )
    const { items } = await officer.call(people.timeline, { ...idOf(file), query: {} })
    expect(items.map((i) => i.kind)).toEqual(['person.corrected', 'person.enrolled'])
    expect(items[0]?.payload).toMatchObject({
      changes: { residence: { from: '示例一县****', to: '新街****' } },
    })
    expect(JSON.stringify(items)).not.toContain('13911112222')
  })

  test('a mask is kept for what it hides, and never becomes an address or a number itself', async () => {
    const file = await enrol(officer, { residence: '示例一县城东街道 1 号' })
    const put = (facts: Record<string, unknown>, { revision } = file) =>
      officer.call(people.change, { ...idOf(file), body: { revision, ...facts } })
    const same = await put({ residence: '示例一县城东街道****', crime: '危险驾驶罪' })
    const wrong = await refusedWith(put({ residence: '示例一县城西街道****' }, same))
    expect([wrong.code, wrong.fields?.map((f) => f.path)]).toEqual(['ZJ_PERSON_STILL_MASKED', ['residence']])
    expect(await codeOf(put({ registeredAddress: '示例一县****' }, same))).toBe('ZJ_PERSON_STILL_MASKED')
    expect(await codeOf(enrol(officer, { residence: '示例一县****' }))).toBe('ZJ_PERSON_STILL_MASKED')
    const plain = await officer.call(people.reveal, { ...idOf(file), body: { reason: '核对居住地' } })
    expect([plain.residence, plain.registeredAddress]).toEqual(['示例一县城东街道 1 号', ''])

    const address = (text: string) => ({ kind: 'temporary', address: text, from: '2026-01-01' })
    const add = (data: Record<string, unknown>) =>
      officer.call(people.addPart, { ...idOf(file), body: { part: 'addresses', data } })
    const [masked] = (await refusedWith(add(address('示例一县城东街道****')))).fields ?? []
    expect(masked?.path).toBe('data.address')
    const row = await add(address('示例一县城东街道 3 号'))
    const params = { personId: file.id, id: row.id }
    const other = { revision: 1, data: address('示例二县城西街道****') }
    expect(await codeOf(officer.call(people.changePart, { params, body: other }))).toBe('ZJ_PERSON_STILL_MASKED')
    const back = { revision: 1, data: address('示例一县城东街道****') }
    expect(await officer.call(people.changePart, { params, body: back })).toMatchObject({ revision: 2 })
  })
})

describe('S0.47 one person one file, every event logged', () => {
  test('groups are rows that are checked, corrected and ended, never deleted', async () => {
    const file = await enrol(officer)
    const bad = await refusedWith(
      officer.call(people.addPart, { ...idOf(file), body: { part: 'relatives', data: { relation: '父' } } }),
    )
    expect(bad.fields?.map((f) => f.path)).toEqual(['data.name'])
    const part = await officer.call(people.addPart, {
      ...idOf(file),
      body: { part: 'relatives', data: { relation: '父', name: '王大明', phone: '13712345678' } },
    })
    expect(part.data).toMatchObject({ phone: '137****5678' })
    // The masked phone comes back unchanged from the form: it is kept, not overwritten with stars.
    const corrected = await officer.call(people.changePart, {
      params: { personId: file.id, id: part.id },
      body: { revision: 1, data: { relation: '父亲', name: '王大明', phone: '137****5678' } },
    })
    expect(corrected).toMatchObject({ revision: 2, data: { relation: '父亲' } })
    const revealed = await officer.call(people.reveal, { ...idOf(file), body: { reason: '联系家属' } })
    expect(revealed.parts).toEqual([{ id: part.id, field: 'phone', value: '13712345678' }])
    await officer.call(people.endPart, { params: { personId: file.id, id: part.id }, body: { reason: '去世' } })
    expect((await officer.call(people.parts, { ...idOf(file), query: {} })).items).toEqual([])
    expect((await officer.call(people.parts, { ...idOf(file), query: { ended: true } })).items).toHaveLength(1)
    const { items } = await officer.call(people.timeline, { ...idOf(file), query: { kind: 'part' } })
    expect(items.map((i) => [i.kind, i.says.zh])).toEqual([
      ['part.ended', '结束档案内容'],
      ['part.corrected', '更正档案内容'],
      ['part.added', '新增档案内容'],
    ])
  })

  test('two files of one person become one and lose neither history; it is not undone', async () => {
    const one = await enrol(officer, { name: '赵重复' })
    const other = await enrol(officer, { name: '赵重复' })
    await officer.call(people.addPart, {
      ...idOf(other),
      body: { part: 'reports', data: { on: '2026-02-01', mode: '01', content: '当面报告' } },
    })
    const found = await agency.call(people.duplicates, idOf(one))
    expect(found.items).toMatchObject([{ why: ['nameAndBirth'], person: { id: other.id } }])
    const merged = await agency.call(people.merge, {
      ...idOf(one),
      body: { other: other.id, revision: one.revision, otherRevision: other.revision, reason: '同一人两次建档' },
    })
    expect(merged.mergedFrom).toEqual([{ id: other.id, number: other.number }])
    expect(merged.parts).toEqual({ reports: 1 })
    const { items } = await officer.call(people.timeline, { ...idOf(one), query: {} })
    expect(
      items
        .filter((i) => i.of === other.number)
        .map((i) => i.kind)
        .sort(),
    ).toEqual(['part.added', 'person.enrolled', 'person.mergedAway'])
    expect((await officer.call(people.get, idOf(other))).mergedInto).toEqual({ id: one.id, number: one.number })
    expect((await officer.call(people.list, { query: { name: '赵重复' } })).total).toBe(1)
    const frozen = await refusedWith(
      officer.call(people.change, { ...idOf(other), body: { revision: 2, crime: '抢劫罪' } }),
    )
    expect(frozen).toMatchObject({ code: 'ZJ_PERSON_MERGED', data: { number: one.number } })
    expect(await codeOf(agency.call(people.unmerge, idOf(one)))).toBe('ZJ_MERGE_FINAL')
    const stranger = await enrol(officer, { name: '钱不同', identity: identityNumber(next++, '19700101') })
    expect(
      await codeOf(
        agency.call(people.merge, {
          ...idOf(one),
          body: { other: stranger.id, revision: merged.revision, otherRevision: 1, reason: '试试' },
        }),
      ),
    ).toBe('ZJ_MERGE_DIFFERENT')
  })

  test('old files come in by the batch with their own times, once', async () => {
    const files = Array.from({ length: 600 }, (_, i) => ({
      number: `OLD-${i}`,
      person: {
        ...wish({ name: `旧档${i}` }),
        org: places.otherOffice,
        identity: identityNumber(i, '19620101', 'female'),
      },
      parts: [
        {
          part: 'reports' as const,
          data: { on: '2025-03-01', mode: '01', content: '旧报告' },
          occurredAt: '2025-03-01T01:00:00Z',
        },
      ],
      events: [{ kind: 'history.visit', occurredAt: '2025-02-03T04:05:06.000Z', payload: { note: '走访' } }],
    }))
    const answer = await agency.call(people.importHistory, { body: { source: '旧平台', files } })
    expect(answer).toMatchObject({ created: 600, known: 0, refused: [] })
    expect(
      await agency.call(people.importHistory, { body: { source: '旧平台', files: files.slice(0, 5) } }),
    ).toMatchObject({ created: 0, known: 5 })
    const person = answer.people[0]
    if (!person) throw new Error('nobody came in')
    const { items } = await agency.call(people.timeline, { params: { personId: person.id }, query: {} })
    expect(items.map((i) => [i.kind, i.imported])).toEqual([
      ['person.imported', true],
      ['history.visit', true],
    ])
    expect(items[1]).toMatchObject({ occurredAt: '2025-02-03T04:05:06.000Z' })
    expect(items[1]?.recordedAt).not.toBe(items[1]?.occurredAt)
    const bad = await agency.call(people.importHistory, {
      body: {
        source: '旧平台',
        files: [{ number: 'X1', person: { ...wish({ identity: '1' }), org: places.officeElsewhere } }],
      },
    })
    expect(bad.refused).toHaveLength(1)
  })
})

describe('who sees whom', () => {
  test('an officer his own caseload, a head the office, the county the county, another county nothing', async () => {
    const mine = await enrol(officer, { name: '孙我的' })
    const theirs = await enrol(colleague, { name: '孙他的' })
    const names = async (s: Somebody) =>
      (await s.call(people.list, { query: { name: '孙' } })).items.map((i) => i.name).sort()
    expect(await names(officer)).toEqual(['孙我的'])
    expect(await names(colleague)).toEqual(['孙他的'])
    expect(await names(head)).toEqual(['孙他的', '孙我的'])
    expect(await names(agency)).toEqual(['孙他的', '孙我的'])
    expect(await codeOf(officer.call(people.get, idOf(theirs)))).toBe('ZJ_NOT_FOUND')
    expect(await names(await county.signIn('officeHead', { of: places.otherOffice }))).toEqual([])
    const away = await county.signIn('county', { of: places.otherCounty })
    expect(await codeOf(away.call(people.get, idOf(mine)))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(away.call(people.timeline, { ...idOf(mine), query: {} }))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(away.call(people.reveal, { ...idOf(mine), body: { reason: '想看一看' } }))).toBe('ZJ_NOT_FOUND')
    // Given to a colleague, it leaves the first caseload at once.
    await head.call(people.assign, { ...idOf(mine), body: { officer: colleague.id, revision: mine.revision } })
    expect(await codeOf(officer.call(people.get, idOf(mine)))).toBe('ZJ_NOT_FOUND')
    const elsewhere = await county.signIn('officer', { of: places.officeElsewhere })
    expect(
      await codeOf(agency.call(people.assign, { ...idOf(mine), body: { officer: elsewhere.id, revision: 2 } })),
    ).toBe('ZJ_PERSON_OFFICER_ELSEWHERE')
    // Transferred: the former county no longer, the new one does.
    await county.house.databases.system
      .updateTable('person')
      .set({ org_code: places.officeElsewhere })
      .where('id', '=', mine.id)
      .execute()
    expect(await codeOf(agency.call(people.get, idOf(mine)))).toBe('ZJ_NOT_FOUND')
    expect((await away.call(people.get, idOf(mine))).name).toBe('孙我的')
  })

  test('S2.5 city and province see counts; one file only by its number, with a reason, for a while', async () => {
    const file = await enrol(officer, { name: '周被看' })
    const city = await county.signIn('city')
    expect(await codeOf(city.call(people.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
    const counts = await city.call(people.counts, { query: {} })
    expect(counts.units[0]?.org.code).toBe(places.city)
    expect(counts.units.map((u) => u.org.code)).toEqual([places.city, places.county, places.otherCounty])
    expect(counts.total).toBeGreaterThan(0)
    expect(JSON.stringify(counts)).not.toContain('周被看')
    const looked = (s: Somebody) => s.call(people.looked, idOf(file))
    expect(await codeOf(looked(city))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(city.call(people.look, { body: { number: '459001-2026-99999', reason: '信访核查' } }))).toBe(
      'ZJ_NOT_FOUND',
    )
    const look = await city.call(people.look, { body: { number: file.number, reason: '信访核查' } })
    expect(await looked(city)).toMatchObject({ name: '周被看', lookUntil: look.until })
    expect(await codeOf(looked(await county.signIn('city')))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(looked(await county.signIn('province')))).toBe('ZJ_NOT_FOUND')
    // The look stands in the file itself, and in the list of who looked.
    const { items } = await officer.call(people.timeline, { ...idOf(file), query: {} })
    expect(items[0]).toMatchObject({ kind: 'person.lookedAt', payload: { reason: '信访核查' } })
    county.pass(14 * 60_000)
    await looked(city)
    county.pass(14 * 60_000)
    await looked(city)
    county.pass(3 * 60_000)
    expect(await codeOf(looked(city))).toBe('ZJ_NOT_FOUND')
  })

  test('minors and sealed records only for the named; nobody else learns that they exist', async () => {
    const young = { birth: identityNumber(900, '20100101') }
    const named = await county.signIn('officer', { designations: ['minors'] })
    expect(await codeOf(enrol(officer, { identity: young.birth }))).toBe('ZJ_PERSON_NOT_NAMED')
    const minor = await named.call(people.create, { body: wish({ name: '吴少年', identity: young.birth }) })
    expect(minor.minor).toBe(true)
    expect((await head.call(people.list, { query: { name: '吴少年' } })).total).toBe(0)
    expect(await codeOf(head.call(people.get, idOf(minor)))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(agency.call(people.get, idOf(minor)))).toBe('ZJ_NOT_FOUND')
    expect(
      (await (await county.signIn('officeHead', { designations: ['minors'] })).call(people.get, idOf(minor))).name,
    ).toBe('吴少年')
    const city = await county.signIn('city')
    expect(await codeOf(city.call(people.look, { body: { number: minor.number, reason: '信访核查' } }))).toBe(
      'ZJ_NOT_FOUND',
    )
    const sealer = await county.signIn('county', { designations: ['sealed'] })
    const sealed = await sealer.call(people.create, {
      body: wish({ name: '郑封存', org: places.office, sealed: true, officer: null }),
    })
    expect(await codeOf(agency.call(people.get, idOf(sealed)))).toBe('ZJ_NOT_FOUND')
    expect((await sealer.call(people.get, idOf(sealed))).sealed).toBe(true)
  })

  test('the three administrators get no personal data anywhere', async () => {
    await enrol(officer)
    for (const role of ['systemAdmin', 'securityAdmin', 'auditAdmin'] as const) {
      const admin = await county.signIn(role)
      expect(await codeOf(admin.call(people.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
      expect(await codeOf(admin.call(people.counts, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
      const seen = await asSeenBy(county.house.databases.api, eyesOf(admin, places.county, 'none'), async (db) => {
        const count = async (table: string) =>
          Number(
            (
              await sql<{
                n: number
              }>`select count(*) n from ${sql.table(table)} where ${sql.ref(table === 'person' ? 'id' : 'person_id')} is not null`.execute(
                db,
              )
            ).rows[0]?.n,
          )
        return [
          await count('person'),
          await count('person_part'),
          await count('ledger_entry'),
          await count('task'),
          await count('file'),
          await count('look'),
        ]
      })
      expect(seen).toEqual([0, 0, 0, 0, 0, 0])
    }
  })

  test('hand-written SQL under the request role sees and does no more', async () => {
    const mine = await enrol(officer, { name: '冯手写' })
    const { api } = county.house.databases
    const count = (eyes: Eyes, query = sql<{ n: number }>`select count(*) n from person where id = ${mine.id}`) =>
      asSeenBy(api, eyes, async (db) => Number((await query.execute(db)).rows[0]?.n))
    expect(await count(eyesOf(officer, places.office, 'own'))).toBe(1)
    expect(await count(eyesOf(colleague, places.office, 'own'))).toBe(0)
    expect(await count(eyesOf(head, places.office, 'office'))).toBe(1)
    expect(await count(eyesOf(head, places.otherOffice, 'office'))).toBe(0)
    expect(await count(eyesOf(head, places.city, 'counts'))).toBe(0)
    expect(await count(eyesOf(head, places.county, 'none'))).toBe(0)
    expect(
      await count(
        eyesOf(colleague, places.office, 'own'),
        sql`select count(*) n from ledger_entry where person_id = ${mine.id}`,
      ),
    ).toBe(0)
    // Without any eyes set there is nothing at all.
    expect(Number((await sql<{ n: number }>`select count(*) n from person`.execute(api)).rows[0]?.n)).toBe(0)
    // Nor may it move a person out of reach, write a look, unseal itself or edit what is sealed.
    const run = (eyes: Eyes, query: ReturnType<typeof sql>) => asSeenBy(api, eyes, (db) => query.execute(db))
    await expect(
      run(
        eyesOf(officer, places.office, 'own'),
        sql`update person set org_code = ${places.officeElsewhere} where id = ${mine.id}`,
      ),
    ).rejects.toThrow(/row-level security/)
    await expect(
      run(
        eyesOf(head, places.city, 'counts'),
        sql`insert into look values (gen_random_uuid(), ${head.id}, ${mine.id}, ${places.office}, 'reason', now(), now() + interval '1 day')`,
      ),
    ).rejects.toThrow(/permission denied/)
    await expect(run(eyesOf(officer, places.office, 'own'), sql`update ledger_entry set actor = 'x'`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(run(eyesOf(officer, places.office, 'own'), sql`delete from person`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(run(eyesOf(officer, places.office, 'own'), sql`select password_hash from staff`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(run(eyesOf(officer, places.office, 'own'), sql`set role zj_system`)).rejects.toThrow(
      /permission denied/,
    )
    await expect(
      run(eyesOf(officer, places.office, 'own'), sql`alter table person disable row level security`),
    ).rejects.toThrow(/owner/)
  })

  test('P15 a search is audited before its result, with the values that would name a person masked', async () => {
    const identity = identityNumber(next++)
    await enrol(officer, { identity, name: '卫审计' })
    await officer.call(people.list, { query: { identity, name: '卫审计' } })
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .selectAll()
      .where('promise', '=', 'people.list')
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(2)
      .execute()
    expect(lines.map((l) => [l.phase, l.act, l.rows])).toEqual([
      ['result', 'search', 1],
      ['attempt', 'search', null],
    ])
    expect(JSON.stringify(lines)).not.toContain(identity)
    expect(JSON.stringify(lines)).not.toContain('卫审计')
  })
})

describe('queries', () => {
  test('any conditions hold together; totals are true and pages do not overlap', async () => {
    const { officeHead } = { officeHead: await county.signIn('officeHead', { of: places.otherOffice }) }
    const list = (query: Record<string, unknown>) => officeHead.call(people.list, { query })
    const all = await list({ size: 200 })
    expect(all.total).toBe(600)
    const pages = await Promise.all([1, 2, 3].map((page) => list({ page, size: 200, sort: '-termEnd' })))
    expect(new Set(pages.flatMap((p) => p.items.map((i) => i.id))).size).toBe(600)
    expect((await list({ sex: 'female', category: ['02', '03'], imported: true, bornUntil: '1962-12-31' })).total).toBe(
      600,
    )
    expect((await list({ category: '03' })).total).toBe(0)
    expect((await list({ q: '旧档59' })).total).toBe(11)
    expect((await list({ number: 'OLD-59' })).total).toBe(11)
    expect((await list({ identity: identityNumber(7, '19620101', 'female') })).items).toMatchObject([{ name: '旧档7' }])
    expect(
      (await list({ termEndFrom: '2027-12-31', termEndUntil: '2027-12-31', unassigned: true, minor: false })).total,
    ).toBe(600)
    expect((await list({ name: '%' })).total).toBe(0)
  })

  test('names are in the order of the dictionary where they fit on one page', async () => {
    for (const name of ['序张', '序安', '序李']) await enrol(officer, { name })
    const { items } = await officer.call(people.list, { query: { name: '序', sort: 'name' } })
    expect(items.map((i) => i.name)).toEqual(['序安', '序李', '序张'])
  })
})

describe('Excel', () => {
  const sheetOf = async (response: Response) => {
    const book = new ExcelJS.Workbook()
    await book.xlsx.load(await response.arrayBuffer())
    const sheet = book.worksheets[0]
    if (!sheet) throw new Error('no sheet')
    return sheet
  }
  const upload = async (rows: readonly (readonly unknown[])[], change?: (sheet: ExcelJS.Worksheet) => void) => {
    const book = new ExcelJS.Workbook()
    const sheet = book.addWorksheet('导入')
    sheet.addRow(['社区矫正对象导入'])
    sheet.addRow([
      '姓名*',
      '身份证号码*',
      '矫正类别',
      '矫正起日',
      '矫正止日',
      '管理单位',
      '联系电话',
      '责任人账号',
      '性别',
      '罪名',
    ])
    for (const row of rows) sheet.addRow([...row])
    change?.(sheet)
    return new Blob([new Uint8Array(await book.xlsx.writeBuffer())])
  }

  test('the template is read back with its headings', async () => {
    const sheet = await sheetOf(await agency.call(people.template, {}))
    expect(sheet.getRow(3).values).toContain('身份证号码*')
  })

  test('a preview names each bad cell; the good rows are created once', async () => {
    const [a, b, c, d] = Array.from({ length: 4 }, () => identityNumber(next++))
    const known = identityNumber(next++)
    await enrol(officer, { identity: known })
    const file = await upload([
      ['导入甲', a, '缓刑', '2026-01-01', '20271231', '城东司法所', '13900000001', officer.login, '男', '=1+1'],
      ['导入乙', b, '假释', '2026年1月1日', new Date('2027-05-06T00:00:00Z'), places.otherOffice, '', '', '', ''],
      ['', c, '缓刑', '2026-01-01', '2027-12-31', '城东司法所', '', '', '', ''],
      ['导入丁', '459001198503040000', '流放', '2026-02-30', '2025-12-31', '河口司法所', 'abc', 'nobody', '女', ''],
      ['导入戊', a, '缓刑', '2026-01-01', '2025-12-31', '城东司法所', '', '', '女', ''],
      ['导入己', known, '缓刑', '2026-01-01', '2027-12-31', '城东司法所', '', '', '', ''],
      ['导入庚', Number(d?.slice(0, 17)), '缓刑', '2026-01-01', '2027-12-31', '城东司法所', '', '', '', ''],
    ])
    const preview = await agency.call(people.preview, { file, fileName: '名单.xlsx' })
    expect(preview).toMatchObject({ total: 7, good: 2, bad: 5, committedAt: null })
    expect(preview.doubts).toEqual([])
    const bad = preview.cells.map((cell) => `${cell.row}${cell.letter} ${cell.column}`)
    expect(bad).toEqual(
      expect.arrayContaining([
        '5A 姓名',
        '6B 身份证号码',
        '6C 矫正类别',
        '6D 矫正起日',
        '6F 管理单位',
        '6G 联系电话',
        '6H 责任人账号',
        '7B 身份证号码',
        '7E 矫正止日',
        '7I 性别',
        '8B 身份证号码',
        '9B 身份证号码',
      ]),
    )
    expect(preview.cells.find((cell) => cell.row === 9)?.zh).toContain('文本格式')
    expect(JSON.stringify(preview)).not.toContain(a)
    expect((await agency.call(people.list, { query: { name: '导入' } })).total).toBe(0)
    const done = await agency.call(people.commit, { params: { id: preview.id } })
    expect(done.created).toBe(2)
    expect((await agency.call(people.commit, { params: { id: preview.id } })).created).toBe(2)
    const { items } = await agency.call(people.list, { query: { name: '导入', sort: 'name' } })
    expect(items.map((i) => [i.name, i.org.name, i.officer?.name ?? null, i.termEnd])).toEqual([
      ['导入甲', '城东司法所', '张警官', '2027-12-31'],
      ['导入乙', '城西司法所', null, '2027-05-06'],
    ])
    // Somebody else's preview is not there.
    const other = await county.signIn('county')
    expect(await codeOf(other.call(people.seePreview, { params: { id: preview.id } }))).toBe('ZJ_NOT_FOUND')
  })

  test('a good row whose term does not fit is named beside the bad ones, and comes in all the same', async () => {
    const file = await upload([
      ['核对甲', identityNumber(next++), '缓刑', '2026-01-01', '2027-01-01', '城东司法所', '', '', '', ''],
    ])
    const preview = await agency.call(people.preview, { file, fileName: '核对.xlsx' })
    expect(preview).toMatchObject({ good: 1, bad: 0 })
    expect(preview.doubts).toMatchObject([{ row: 3, letter: 'E', zh: expect.stringContaining('末日应为 2026-12-31') }])
  })

  test('what is no sheet, lacks headings or came too late is refused in words', async () => {
    const send = (file: Blob) => agency.call(people.preview, { file, fileName: 'x.xlsx' })
    expect(await codeOf(send(new Blob(['not a workbook'])))).toBe('ZJ_IMPORT_UNREADABLE')
    const empty = new ExcelJS.Workbook()
    empty.addWorksheet('a').addRow(['姓名', '年龄'])
    const missing = await refusedWith(send(new Blob([new Uint8Array(await empty.xlsx.writeBuffer())])))
    expect(missing.code).toBe('ZJ_IMPORT_HEADINGS')
    expect(missing.zh).toContain('身份证号码')
    const late = await send(
      await upload([['迟到者', identityNumber(next++), '缓刑', '2026-01-01', '2027-12-31', '城东司法所']]),
    )
    county.pass(25 * 3_600_000)
    agency = await again(agency)
    officer = await again(officer)
    expect(await codeOf(agency.call(people.commit, { params: { id: late.id } }))).toBe('ZJ_IMPORT_EXPIRED')
  })

  test('an export carries its conditions, the exporter, the time and a watermark, shows no number in clear, and is audited', async () => {
    const identity = identityNumber(next++)
    // Its own name and reason: a second try finds one row again.
    const name = `=出口${identity.slice(-4)}`
    const reason = `月度核对 ${identity.slice(-4)}`
    await enrol(officer, { name, identity, phone: '13612345678' })
    const response = await agency.call(people.export, { query: { name: name.slice(1), reason } })
    const sheet = await sheetOf(response)
    expect(sheet.getCell('A1').value).toBe('社区矫正对象名册')
    expect(String(sheet.getCell('A2').value)).toContain(`name=${name.slice(1)}`)
    expect(String(sheet.getCell('A3').value)).toContain(reason)
    expect(sheet.headerFooter.oddHeader).toContain(agency.name)
    const heads = sheet.getRow(5).values as unknown[]
    const row = sheet.getRow(6).values as unknown[]
    expect(row[heads.indexOf('姓名')]).toBe(name)
    expect(row[heads.indexOf('身份证号码')]).toBe(`459************${identity.slice(-3)}`)
    expect(row[heads.indexOf('联系电话')]).toBe('136****5678')
    expect(sheet.rowCount).toBe(6)
    const lines = await county.house.databases.system
      .selectFrom('audit')
      .selectAll()
      .where('promise', '=', 'people.export')
      .where('reason', '=', reason)
      .orderBy('phase')
      .execute()
    expect(lines.map((l) => [l.phase, l.reason, l.rows])).toEqual([
      ['attempt', reason, null],
      ['result', reason, 1],
    ])
    expect(await codeOf(agency.call(people.export, { query: { name: '出口' } as never }))).toBe('ZJ_INVALID')
    expect(await codeOf(officer.call(people.export, { query: { reason: '月度核对' } }))).toBe('ZJ_NOT_ALLOWED')
  })
})
