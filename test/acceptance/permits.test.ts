import { matters } from '@zhijiao/contract/matters'
import { exitBans } from '@zhijiao/contract/permits'
import { lawDesk } from '@zhijiao/contract/settings'
import { tasks } from '@zhijiao/contract/tasks'
import { plusDays, plusMonths } from '@zhijiao/law/civil-date'
import { callExpiringTravel, liftBans } from '@zhijiao/server/permits/jobs'
import { carryImportedTravel } from '@zhijiao/server/permits/practices/travel'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import { type Desk, startDesk } from './permits.support.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk?.stop())

describe('S2.7 S2.8 recurrent travel', () => {
  const form = (more: Record<string, unknown> = {}) => ({
    receivedOn: desk.today(),
    why: '在邻县货运公司开车',
    areas: [{ name: '示例二县', area: '459022' }],
    times: '每周一至周五 06:00—20:00',
    often: '每周不超过五次',
    proof: [desk.county.house.chance.id()],
    from: plusDays(desk.today(), 1),
    ...more,
  })

  test('the county approves once for six months; D11 and D15 say so', async () => {
    const person = await desk.person()
    const asked = await desk.begin('recurrentTravel', person, form())
    expect(asked).toMatchObject({ step: 'office', holder: { post: 'officeHead' } })
    const passed = await desk.act(desk.head, asked, 'support', { opinion: '情况属实' })
    expect(await codeOf(desk.act(desk.head, passed, 'approve', { opinion: '同意' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const done = await desk.act(desk.agency, passed, 'approve', { opinion: '同意，按批准的时间往返' })
    expect(done).toMatchObject({ end: 'approved' })
    const papers = await desk.papers(asked.id)
    expect(Object.keys(papers).sort()).toEqual(['D11', 'D15'])
    expect(papers.D11).toMatchObject({
      市县名称: '示例二县',
      司法所意见: '情况属实',
      县级意见: '同意，按批准的时间往返',
    })
    const from = plusDays(desk.today(), 1)
    const last = plusDays(plusMonths(from, 6), -1)
    const { rows } = await sql<{ from_day: string; until_day: string }>`
      select from_day, until_day from away where person_id = ${person}`.execute(desk.db)
    expect(rows).toEqual([{ from_day: from, until_day: last }])
    expect(String(papers.D11?.有效期6个月)).toContain('至')
  })

  test('what is asked is named: elements, codes, abroad, no need', async () => {
    const person = await desk.person()
    const bad = await refusedWith(desk.begin('recurrentTravel', person, { why: '', areas: [] }))
    expect(bad.fields?.map((f) => f.path)).toEqual(expect.arrayContaining(['why', 'areas', 'times', 'often', 'proof']))
    const area = async (code: string) =>
      codeOf(desk.begin('recurrentTravel', person, form({ areas: [{ name: '某地', area: code }] })))
    expect([await area('4590'), await area('810001'), await area('459001')]).toEqual([
      'ZJ_TRAVEL_AREA',
      'ZJ_TRAVEL_ABROAD',
      'ZJ_TRAVEL_INSIDE',
    ])
    const hints = await desk.weigh('recurrentTravel', person, form())
    expect(hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'LVE-12' } })
  })

  test('before it ends the officer is told; asking again settles that duty', async () => {
    const person = await desk.person({ termEnd: plusDays(desk.today(), 10) })
    const asked = await desk.begin('recurrentTravel', person, form())
    const passed = await desk.act(desk.head, asked, 'support', { opinion: '同意' })
    await desk.act(desk.agency, passed, 'approve', { opinion: '同意' })
    await callExpiringTravel(desk.county.house)
    const duty = () => desk.officer.call(tasks.list, { query: { kind: 'leave.travelExpiry', person } })
    expect((await duty()).items).toMatchObject([{ clock: { citation: { rule: 'LVE-12' } } }])
    await desk.begin('recurrentTravel', person, form())
    expect((await duty()).items.filter((t) => t.state === 'open')).toEqual([])
  })
})

test('S2.8 an approval that came in with old files holds as well', async () => {
  const person = await desk.person()
  const from = plusDays(desk.today(), -30)
  const at = `${plusDays(desk.today(), -31)}T02:00:00.000Z`
  const answer = await desk.agency.call(matters.importHistory, {
    body: {
      source: '旧系统',
      matters: [
        {
          id: desk.county.house.chance.id(),
          kind: 'recurrentTravel',
          person,
          on: plusDays(desk.today(), -31),
          openedAt: at,
          openedBy: '原办案人',
          register: { why: '开车', areas: [{ name: '示例二县', area: '459022' }], times: '白天', often: '每周', from },
          passages: [
            { step: 'office', way: 'support', by: '原所长', at, form: { opinion: '同意' } },
            { step: 'county', way: 'approve', by: '原科员', at, form: { opinion: '同意' } },
          ],
        },
      ],
    },
  })
  expect(answer).toMatchObject({ created: 1, refused: [] })
  await carryImportedTravel(desk.county.house)
  await carryImportedTravel(desk.county.house)
  const { rows } = await sql`select from_day, until_day from away where person_id = ${person}`.execute(desk.db)
  expect(rows).toEqual([{ from_day: from, until_day: plusDays(plusMonths(from, 6), -1) }])
})

describe('S2.7 a restricted place', () => {
  test('the county approves, court and procuratorate are told, D14 is drafted', async () => {
    const person = await desk.person()
    const form = {
      place: '示例一县第一中学',
      from: desk.now(3_600_000),
      until: desk.now(2 * 3_600_000),
      why: '参加女儿家长会',
    }
    expect(await codeOf(desk.begin('restrictedPlace', person, { ...form, until: desk.now(60_000) }))).toBe(
      'ZJ_PLACE_TIMES',
    )
    const hints = await desk.weigh('restrictedPlace', person, form)
    expect(hints.map((h) => h.tone)).toEqual(['must', 'careful'])
    const asked = await desk.begin('restrictedPlace', person, form)
    const passed = await desk.act(desk.head, asked, 'support', { opinion: '由所员陪同' })
    const told = await desk.act(desk.agency, passed, 'approve', { opinion: '同意' })
    expect(told).toMatchObject({ step: 'tell', holder: { post: 'county' } })
    const done = await desk.act(desk.agency, told, 'told', {
      court: '示例一县人民法院',
      courtOn: desk.today(),
      procuratorateOn: desk.today(),
    })
    expect(done.end).toBe('approved')
    const papers = await desk.papers(asked.id)
    expect(papers.D14).toMatchObject({ 场所: '示例一县第一中学', 县级意见: '同意' })
    expect(String(papers.D14?.进入起止时间)).toContain('至')
  })

  test('a time that has passed is not approved', async () => {
    const person = await desk.person()
    const asked = await desk.begin('restrictedPlace', person, {
      place: '车站',
      from: desk.now(0),
      until: desk.now(2000),
      why: '接人',
    })
    const passed = await desk.act(desk.head, asked, 'support', { opinion: '同意' })
    await new Promise((r) => setTimeout(r, 2100))
    expect(await codeOf(desk.act(desk.agency, passed, 'approve', { opinion: '同意' }))).toBe('ZJ_PLACE_OVER')
  })
})

describe('S3.9 a medical review put off goes where its length sends it', () => {
  const form = (months: number) => ({
    state: '01',
    illness: '尿毒症透析',
    lastReview: desk.today(),
    months,
    hospital: '示例市人民医院',
    why: '透析期间不能前往指定医院',
  })
  const ill = () => desk.person({ category: '04' })
  const told = () => ({
    personOn: desk.today(),
    procuratorateOn: desk.today(),
    nextReview: plusDays(desk.today(), 60),
  })

  test('under one month the county decides', async () => {
    const asked = await desk.begin('medicalReview', await ill(), form(0.5))
    const passed = await desk.act(desk.head, asked, 'support', { opinion: '属实' })
    expect(passed.step).toBe('countyDecides')
    const done = await desk.act(desk.agency, passed, 'approve', { opinion: '同意' })
    expect(done.step).toBe('tell')
    expect((await desk.act(desk.agency, done, 'told', told())).end).toBe('approved')
  })

  test('one month and more the city: only this file opens to it, and only while it has it in hand', async () => {
    const person = await ill()
    const asked = await desk.begin('medicalReview', person, form(1))
    expect(await codeOf(desk.see(desk.city, asked.id))).toBe('ZJ_NOT_FOUND')
    const up = await desk.act(desk.head, asked, 'support', { opinion: '属实' })
    expect(up.step).toBe('county')
    const atCity = await desk.act(desk.agency, up, 'report', { opinion: '拟同意' })
    expect(atCity).toMatchObject({ step: 'city', holder: { post: 'city', unit: '4590' } })
    expect(await codeOf(desk.act(desk.agency, atCity, 'approve', { opinion: '同意' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const decided = await desk.act(desk.city, atCity, 'approve', { opinion: '同意延期一个月' })
    expect(decided.step).toBe('tell')
    expect((await desk.papers(asked.id)).D15).toMatchObject({ 审批结果: '批准', 理由: '同意延期一个月' })
  })

  test('three months and more the province, level by level', async () => {
    const asked = await desk.begin('medicalReview', await ill(), form(3))
    const up = await desk.act(desk.head, asked, 'support', { opinion: '属实' })
    const city = await desk.act(desk.agency, up, 'report', { opinion: '拟同意' })
    expect(city.step).toBe('cityOpinion')
    const province = await desk.act(desk.city, city, 'report', { opinion: '拟同意' })
    expect(province).toMatchObject({ step: 'province', holder: { post: 'province' } })
    expect((await desk.act(desk.province, province, 'approve', { opinion: '同意' })).step).toBe('tell')
  })

  test('an old one stands where the law led it: before the county, the city, the province, or decided', async () => {
    const at = `${desk.today()}T00:30:00.000Z`
    const passed = (step: string, way: string, form: object = { opinion: '同意' }) => ({
      step,
      way,
      by: '原承办人',
      at,
      form,
    })
    const up = passed('office', 'support')
    const old = async (months: number, passages: object[]) => {
      const id = desk.county.house.chance.id()
      const answer = await desk.agency.call(matters.importHistory, {
        body: {
          source: '旧系统',
          matters: [
            {
              id,
              kind: 'medicalReview',
              person: await ill(),
              on: desk.today(),
              openedAt: at,
              openedBy: '原承办人',
              register: form(months),
              passages: passages as [],
            },
          ],
        },
      })
      expect(answer).toMatchObject({ created: 1, refused: [] })
      return desk.see(desk.agency, id)
    }
    expect((await old(0.5, [up])).step).toBe('countyDecides')
    expect((await old(1, [up])).step).toBe('county')
    const report = passed('county', 'report')
    const city = await old(2, [up, report])
    expect(city).toMatchObject({ step: 'city', holder: { post: 'city', unit: '4590' } })
    expect((await old(3, [up, report])).step).toBe('cityOpinion')
    expect(await old(3, [up, report, passed('cityOpinion', 'report')])).toMatchObject({
      step: 'province',
      holder: { post: 'province' },
      passages: [{ to: 'county' }, { to: 'cityOpinion' }, { to: 'province' }],
    })
    // And goes on from there like any other.
    const decided = await desk.act(desk.city, await desk.see(desk.city, city.id), 'approve', { opinion: '同意' })
    expect(decided.step).toBe('tell')
  })

  test('the province corrects the levels by two people: the next goes by the correction, one of before stays where it was', async () => {
    const before = await desk.begin('medicalReview', await ill(), form(1))
    const up = await desk.act(desk.head, before, 'support', { opinion: '属实' })
    const atCity = await desk.act(desk.agency, up, 'report', { opinion: '拟同意' })
    const publisher = await desk.county.signIn('province')
    const corrects = { 'REP-05': { value: { min: 2, max: 6 } }, 'REP-06': { value: 6 } }
    const { id } = await desk.province.call(lawDesk.draft, {
      body: { from: desk.today(), source: '司法部公报所载全文', values: {}, confirms: [], corrects },
    })
    const who = async (months: number) => {
      const person = await ill()
      const [said] = await desk.weigh('medicalReview', person, form(months))
      const asked = await desk.begin('medicalReview', person, form(months))
      return { said: said?.said.zh, asked, led: await desk.act(desk.head, asked, 'support', { opinion: '属实' }) }
    }
    // A draft of one person decides nothing.
    expect((await who(1)).led.step).toBe('county')
    await publisher.call(lawDesk.publish, { params: { id } })
    const month = await who(1)
    expect(month.said).toContain('由县级社区矫正机构批准')
    expect(month.led.step).toBe('countyDecides')
    await desk.act(desk.agency, month.led, 'approve', { opinion: '同意' })
    const three = await desk.act(desk.agency, (await who(3)).led, 'report', { opinion: '拟同意' })
    expect(three.step).toBe('city')
    const six = await desk.act(desk.agency, (await who(6)).led, 'report', { opinion: '拟同意' })
    expect(six.step).toBe('cityOpinion')

    // The city has it in hand since before: it decides, and the notice names the rule it decides by.
    expect(await desk.see(desk.city, before.id)).toMatchObject({ step: 'city', holder: { post: 'city' } })
    const decided = await desk.act(desk.city, atCity, 'approve', { opinion: '同意延期一个月' })
    expect(decided.step).toBe('tell')
    expect((await desk.papers(before.id)).D15).toMatchObject({ 依据: '社区矫正法实施办法第24+58条' })

    // An old one is led by the law of its own day.
    const old = async (at: string) => {
      const id = desk.county.house.chance.id()
      const by = '原承办人'
      const passages = [{ step: 'office', way: 'support', by, at, form: { opinion: '同意' } }]
      await desk.agency.call(matters.importHistory, {
        body: {
          source: '旧系统',
          matters: [
            {
              id,
              kind: 'medicalReview',
              person: await ill(),
              on: desk.today(),
              openedAt: at,
              openedBy: by,
              register: form(1),
              passages,
            },
          ],
        },
      })
      return (await desk.see(desk.agency, id)).step
    }
    expect(await old(desk.now(-86_400_000))).toBe('county')
    expect(await old(desk.now())).toBe('countyDecides')
  })

  test('nobody else has one to put off', async () => {
    expect(await codeOf(desk.begin('medicalReview', await desk.person(), form(1)))).toBe('ZJ_REVIEW_ONLY')
  })
})

describe('P36 the ban on leaving the country', () => {
  test('reported within the days set, with the custody of the papers; lifted at the end', async () => {
    const person = await desk.person()
    expect(
      await codeOf(desk.begin('exitBan', person, { none: true, papers: [{ kind: 'passport', custody: '01' }] })),
    ).toBe('ZJ_EXIT_PAPERS')
    const asked = await desk.begin('exitBan', person, {
      papers: [{ kind: 'passport', number: 'E12345678', custody: '01' }],
    })
    expect(asked).toMatchObject({ step: 'report', holder: { post: 'county' }, clock: { citation: { rule: 'LVE-14' } } })
    // Of an old file without a reception the time runs from the first day of the term.
    expect(asked.clock.dueAt?.slice(0, 10)).toBe('2026-01-06')
    expect(asked.clock.overdue).toBe(true)
    const unreported = async () => (await desk.agency.call(exitBans.unreported, { query: { size: 100 } })).items
    expect((await unreported()).map((p) => p.id)).toContain(person)
    const done = await desk.act(desk.agency, asked, 'done', { organ: '示例一县公安局出入境管理大队', on: desk.today() })
    expect(done.end).toBe('reported')
    expect((await unreported()).map((p) => p.id)).not.toContain(person)
    await desk.db.updateTable('person').set({ state: 'released' }).where('id', '=', person).execute()
    await liftBans(desk.county.house)
    const { items } = await desk.agency.call(matters.list, { query: { kind: 'exitBanLifting', person } })
    expect(items).toMatchObject([{ step: 'lift', holder: { post: 'county' } }])
    const lifting = await desk.see(desk.agency, items[0]?.id ?? '')
    const lifted = await desk.act(desk.agency, lifting, 'done', {
      organ: '示例一县公安局出入境管理大队',
      on: desk.today(),
      returned: true,
    })
    expect(lifted.end).toBe('lifted')
    await liftBans(desk.county.house)
    expect((await desk.agency.call(matters.list, { query: { kind: 'exitBanLifting', person } })).total).toBe(1)
  })

  test('LVE-14 whoever goes to prison still serves: the ban stays; a death lifts it', async () => {
    const reported = async () => {
      const person = await desk.person()
      const asked = await desk.begin('exitBan', person, { none: true })
      await desk.act(desk.agency, asked, 'done', { organ: '示例一县公安局出入境管理大队', on: desk.today() })
      return person
    }
    const liftings = async (person: string) =>
      (await desk.agency.call(matters.list, { query: { kind: 'exitBanLifting', person } })).items
    const lift = (why: string) => (person: string) => desk.begin('exitBanLifting', person, { why })

    const free = await reported()
    expect(await codeOf(lift('released')(free))).toBe('ZJ_EXIT_NOT_RELEASED')

    // Revoked: the correction ended, the sentence did not.
    const prison = await reported()
    await desk.db.updateTable('person').set({ state: 'terminated' }).where('id', '=', prison).execute()
    await liftBans(desk.county.house)
    expect(await liftings(prison)).toEqual([])
    const refused = await refusedWith(lift('terminated')(prison))
    expect(refused).toMatchObject({ code: 'ZJ_EXIT_GOES_ON', zh: expect.stringContaining('出境入境管理法第十二条') })
    // One that was begun before this was known is dropped, not done.
    await desk.db.updateTable('person').set({ state: 'transferred' }).where('id', '=', prison).execute()
    const begun = await lift('transferred')(prison)
    await sql`update matter set register = jsonb_set(register, '{why}', '"terminated"') where id = ${begun.id}`.execute(
      desk.db,
    )
    await desk.db.updateTable('person').set({ state: 'terminated' }).where('id', '=', prison).execute()
    const doing = desk.act(desk.agency, begun, 'done', { organ: '示例一县公安局', on: desk.today() })
    expect(await codeOf(doing)).toBe('ZJ_EXIT_GOES_ON')
    await liftBans(desk.county.house)
    expect(await desk.see(desk.agency, begun.id)).toMatchObject({ end: 'settled' })

    const dead = await reported()
    const death = await desk.begin('death', dead, {
      at: desk.now(-3_600_000),
      cause: 'normal',
      reportedBy: '其母',
      how: '因病抢救无效',
    })
    await desk.act(desk.agency, death, 'end', { proof: '死亡医学证明' })
    await liftBans(desk.county.house)
    expect(await liftings(dead)).toMatchObject([{ step: 'lift' }])
  })

  test('whoever was received lately is not overdue: the list counts from the reception, the overdue first', async () => {
    const [late, fresh, mid] = [await desk.person(), await desk.person(), await desk.person()]
    for (const [id, ago] of [
      [fresh, 1],
      [mid, 7],
    ] as const)
      await sql`insert into person_part (id, person_id, org_code, part, data, added_at) values
        (${desk.county.house.chance.id()}, ${id}, ${places.office}, 'correction', ${JSON.stringify({ receivedOn: plusDays(desk.today(), -ago) })}, ${desk.now()})`.execute(
        desk.db,
      )
    const listed = async (query: object) =>
      (await desk.agency.call(exitBans.unreported, { query: { size: 100, ...query } })).items
    const all = (await listed({})).filter((p) => [late, fresh, mid].includes(p.id))
    expect(all.map((p) => p.id)).toEqual([late, mid, fresh])
    expect(all.map((p) => p.overdue)).toEqual([true, true, false])
    expect(all[2]).toMatchObject({ since: plusDays(desk.today(), -1), dueOn: plusDays(desk.today(), 4) })
    expect((await listed({ overdue: true })).map((p) => p.id)).not.toContain(fresh)
    expect((await listed({ overdue: false })).map((p) => p.id)).toContain(fresh)
    const [said] = await desk.weigh('exitBan', fresh, {})
    expect(said?.said.zh).toContain(plusDays(desk.today(), 4))
    const asked = await desk.begin('exitBan', fresh, {})
    expect(asked.clock.dueAt?.slice(0, 10)).toBe(plusDays(desk.today(), 4))
    const report = { organ: '示例一县公安局出入境管理大队', on: desk.today() }
    expect(await codeOf(desk.act(desk.agency, asked, 'done', report))).toBe('ZJ_EXIT_PAPERS')
    expect((await desk.act(desk.agency, asked, 'done', { ...report, none: true })).end).toBe('reported')
  })

  test('nothing is lifted that was not reported', async () => {
    expect(await codeOf(desk.begin('exitBanLifting', await desk.person(), { why: 'error' }))).toBe(
      'ZJ_EXIT_NOT_REPORTED',
    )
  })
})

describe('Z4 an objection to a decision', () => {
  const refusedContact = async (person: string) => {
    const asked = await desk.begin('contact', person, {
      whom: '被害人李某',
      relation: '被害人',
      day: plusDays(desk.today(), 3),
      where: '司法所',
      why: '当面道歉',
    })
    const passed = await desk.act(desk.head, asked, 'doubt', { opinion: '对方不愿' })
    return desk.act(desk.agency, passed, 'refuse', { opinion: '对方不同意见面' }, '被害人不同意见面')
  }
  const form = () => ({ receivedOn: desk.today(), how: 'written', claim: '被害人已同意见面，附书面同意' })

  test('answered in writing within the days set by somebody else, then the procuratorate', async () => {
    const person = await desk.person()
    const cause = (await refusedContact(person)).id
    const hints = await desk.weigh('objection', person, form(), { cause })
    expect(hints.map((h) => h.said.zh).join()).toMatch(/不当然停止.*人民检察院/)
    const asked = await desk.begin('objection', person, form(), { cause })
    expect(asked).toMatchObject({ step: 'review', holder: { post: 'county' }, clock: { citation: { rule: 'PEN-10' } } })
    expect(asked.clock.dueAt?.slice(0, 10)).toBe(plusDays(desk.today(), 10))
    expect(asked.related).toMatchObject([{ id: cause, kind: 'contact', how: 'from' }])
    const answer = { heard: '本人到场陈述', meanwhile: 'stood', answer: '经复查，被害人确已书面同意，原决定不当' }
    expect(await codeOf(desk.act(desk.agency, asked, 'revoke', answer))).toBe('ZJ_OBJECTION_DECIDER')
    const told = await desk.act(desk.second, asked, 'revoke', answer)
    expect(told.step).toBe('tellRevoked')
    expect((await desk.papers(asked.id)).D15).toMatchObject({
      审批结果: '撤销原决定',
      理由: answer.answer,
      要求: expect.arrayContaining([expect.stringContaining('人民检察院')]),
    })
    expect(await codeOf(desk.act(desk.officer, told, 'told', { on: desk.today(), wayOn: false }))).toBe(
      'ZJ_OBJECTION_WAY',
    )
    expect((await desk.act(desk.officer, told, 'told', { on: desk.today(), wayOn: true })).end).toBe('revoked')
    expect(await codeOf(desk.begin('objection', person, form(), { cause }))).toBe('ZJ_OBJECTION_KNOWN')
  })

  test('only against a decision about this person', async () => {
    const [a, b] = [await desk.person(), await desk.person()]
    const cause = (await refusedContact(a)).id
    expect(await codeOf(desk.begin('objection', b, form(), { cause }))).toBe('ZJ_OBJECTION_CAUSE')
    expect(await codeOf(desk.begin('objection', a, form()))).toBe('ZJ_OBJECTION_CAUSE')
    const open = await desk.begin('contact', a, {
      whom: '李某',
      relation: '被害人',
      day: plusDays(desk.today(), 3),
      where: '司法所',
      why: '道歉',
    })
    expect(await codeOf(desk.begin('objection', a, form(), { cause: open.id }))).toBe('ZJ_OBJECTION_NOT_OPEN')
  })
})

test('a permit of one county is none of another’s', async () => {
  const asked = await desk.begin('restrictedPlace', await desk.person(), {
    place: '网吧',
    from: desk.now(3_600_000),
    until: desk.now(7_200_000),
    why: '工作',
  })
  expect(await codeOf(desk.see(desk.elsewhere, asked.id))).toBe('ZJ_NOT_FOUND')
})
