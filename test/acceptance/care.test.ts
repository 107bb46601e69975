import { obligations } from '@zhijiao/contract/obligations'
import { people } from '@zhijiao/contract/people'
import { tasks } from '@zhijiao/contract/tasks'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { sweepSome } from '@zhijiao/server/obligations/jobs'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { act, begin, see, weigh } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let clerk: Somebody
let elsewhere: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  clerk = await county.signIn('county', { name: '赵科员' })
  elsewhere = await county.signIn('county', { of: places.otherCounty })
})
afterAll(() => county.stop())

const ago = (minutes: number) => new Date(county.house.chance.now() - minutes * 60_000).toISOString()
const today = () => legalDayOf(county.house.chance.now())
const person = () => plantPerson(county.house, { officer: officer.id, name: '闭某' })
const breach = { finding: '无正当理由，屡教不改', type: '09', what: 'other' }

describe('S4.18 an individual talk by the five clears', () => {
  const clear = { thoughts: 'clear', life: 'clear', daily: 'clear', work: 'partly', conduct: 'unclear' }
  const talk = (more: object = {}) => ({
    at: ago(60),
    where: '城东司法所谈话室',
    by: '王警官',
    recorder: '李干事',
    kind: 'regular',
    ...clear,
    workNote: '在工地打零工',
    content: '问：近期工作怎样？答：不稳定。',
    teach: '联系人社部门介绍岗位',
    ...more,
  })
  test('what is not clear is named, and the record of the talk is drafted from the five', async () => {
    const who = await person()
    expect((await weigh(officer, 'talk', who, clear))[0]?.said.zh).toBe(
      '工作情况、现实表现情况还不清楚，写明下一步怎么了解',
    )
    const lacking = await refusedWith(begin(officer, 'talk', who, talk({ life: undefined })))
    expect(lacking.fields?.[0]?.path).toBe('life')
    const done = await begin(officer, 'talk', who, talk())
    expect(done.end).toBe('recorded')
    const { rows } = await sql<{ template: string; given: Record<string, string> }>`
      select template, given from document where subject_id = ${done.id}`.execute(county.house.databases.system)
    expect(rows[0]).toMatchObject({
      template: 'D34a',
      given: { 地点: '城东司法所谈话室', 人员: '谈话人：王警官；记录人：李干事', 谈话类别: '个别谈话' },
    })
    expect(rows[0]?.given.内容).toContain('工作情况：部分清楚。在工地打零工')
    expect(await codeOf(see(elsewhere, done.id))).toBe('ZJ_NOT_FOUND')
  })
})

describe('S0.40 S3.28 visits', () => {
  test('a home is searched, a household helped: with place and pictures', async () => {
    const who = await person()
    const visit = {
      at: ago(30),
      where: '家中',
      spot: { lat: 24.3300004, lon: 109.42, accuracyM: 12.4, source: 'phone', at: ago(30) },
      purpose: 'aid',
      met: '本人',
      found: '送去米油',
    }
    const done = await begin(officer, 'visit', who, visit)
    expect(done).toMatchObject({
      end: 'recorded',
      register: { purpose: 'aid', spot: { lat: 24.33, lon: 109.42, accuracyM: 12, source: 'phone' } },
    })
    for (const spot of [
      { ...visit.spot, lat: 124 },
      { ...visit.spot, source: 'guessed' },
      { ...visit.spot, accuracyM: -1 },
      { ...visit.spot, at: ago(-60) },
      { ...visit.spot, datum: 'GCJ02' },
      '24.33,109.42',
    ])
      expect((await refusedWith(begin(officer, 'visit', who, { ...visit, spot }))).fields?.[0]?.path).toBe('spot')
  })
})

describe('reports (REP-01 … REP-04)', () => {
  const report = (more: object = {}) => ({ what: 'regular', at: ago(20), mode: '01', content: '遵纪守法', ...more })
  test('what changed is named; body and review belong to those outside prison', async () => {
    const who = await person()
    expect((await begin(officer, 'report', who, report())).end).toBe('recorded')
    const what = await refusedWith(begin(officer, 'report', who, report({ what: 'event' })))
    expect(what.fields?.[0]?.path).toBe('changed')
    const moved = report({ what: 'event', changed: ['home'] })
    expect((await weigh(officer, 'report', who, moved)).map((h) => h.citation?.rule)).toContain('REP-02')
    const body = report({ what: 'body', condition: '稳定' })
    expect(await codeOf(begin(officer, 'report', who, body))).toBe('ZJ_REPORT_CATEGORY')
    await county.house.databases.system.updateTable('person').set({ category: '04' }).where('id', '=', who).execute()
    expect((await begin(officer, 'report', who, body)).end).toBe('recorded')
    expect((await weigh(officer, 'report', who)).map((h) => h.citation?.rule)).toContain('REP-03')
  })
})

test('S3.12 a report answers the duty that was due, and stands in the file', async () => {
  const who = await person()
  await sweepSome(county.house, '00000000-0000-0000-0000-000000000000', 1000)
  const due = async () =>
    (await officer.call(obligations.ofPerson, { params: { personId: who }, query: {} })).running.find(
      (o) => o.kind === 'report',
    )
  const before = await due()
  expect(before).toBeDefined()
  await begin(officer, 'report', who, { what: 'regular', at: ago(5), mode: '01', content: '按时报告，表现正常' })
  expect((await due())?.id).not.toBe(before?.id)
  const { items: parts } = await officer.call(people.parts, { params: { personId: who }, query: { part: 'reports' } })
  expect(parts).toMatchObject([{ data: { mode: '01', content: '按时报告，表现正常' } }])
})

describe('END-05 a serious crime or a group incident is reported at once, whatever it will mean', () => {
  test('hinted, first on the county’s desk, then judged as any other', async () => {
    for (const what of ['crime', 'group']) {
      const who = await person()
      const wish = { what, at: ago(60), where: '镇政府门前', happened: '聚集多人', explains: '围观' }
      expect((await weigh(officer, 'incident', who, wish)).map((h) => h.citation?.rule)).toContain('END-05')
      const begun = await begin(officer, 'incident', who, wish)
      expect(begun).toMatchObject({ step: 'alarm', clock: { citation: { rule: 'END-05' } } })
      const told = { policeAt: ago(30), cityAt: ago(20), procuratorateAt: ago(10) }
      expect(await codeOf(act(head, begun, 'told', { ...told, linked: '公安到场' }))).toBe('ZJ_MATTER_NOT_YOURS')
      expect(await codeOf(act(clerk, begun, 'told', told))).toBe('ZJ_INVALID')
      const judged = await act(clerk, begun, 'told', { ...told, linked: '公安到场处置' })
      expect(judged.step).toBe('judge')
      expect(await act(head, judged, 'note', { finding: '仅围观，教育提醒' })).toMatchObject({ end: 'noted' })
    }
    const usual = { what: 'fight', at: ago(60), where: '集市', happened: '口角' }
    expect(await begin(officer, 'incident', await person(), usual)).toMatchObject({ step: 'judge' })
  })
})

describe('S2.29 incidents: a fight, a broken phone, a missed drill', () => {
  const incident = (more: object = {}) => ({
    what: 'brokenPhone',
    at: ago(600),
    where: '鱼峰路',
    happened: '酒后骑电动车翻车，定位手机屏幕损坏',
    explains: '不小心',
    ...more,
  })
  test('the head says what it means; a violation is begun by a person with its kind named', async () => {
    const who = await person()
    const noted = await act(head, await begin(officer, 'incident', who, incident()), 'note', { finding: '教育提醒' })
    expect(noted).toMatchObject({ end: 'noted', related: [] })
    const drill = await begin(officer, 'incident', who, incident({ what: 'missedDrill', happened: '谎称未收到通知' }))
    expect(await codeOf(act(officer, drill, 'note', { finding: '算了' }))).toBe('ZJ_MATTER_NOT_YOURS')
    expect(await codeOf(act(head, drill, 'violation', { finding: '无故缺席' }))).toBe('ZJ_CARE_TYPE')
    const gone = await act(head, drill, 'violation', { ...breach, type: '03', what: 'educationRefused' })
    expect(gone).toMatchObject({ end: 'toViolation', related: [{ kind: 'violation', how: 'led' }] })
    const led = await see(officer, gone.related[0]?.id ?? '')
    expect(led.register).toMatchObject({ type: '03', description: expect.stringContaining('谎称未收到通知') })
    const line = await officer.call(people.timeline, { params: { personId: who }, query: { kind: 'incident' } })
    expect(line.items.map((i) => i.says.zh)).toContain('事件登记：登记')
  })

  test('sent back for more facts, and up again', async () => {
    const back = await act(head, await begin(officer, 'incident', await person(), incident()), 'return', {}, '请补照片')
    expect(back).toMatchObject({ step: 'more', holder: { post: 'officer' } })
    expect((await act(officer, back, 'again', { added: '照片已补' })).step).toBe('judge')
  })
})

describe('S2.26 a gap is checked on the spot, its cause recorded', () => {
  const gap = () => ({ from: ago(1200), until: ago(60), noticed: '信息化核查发现夜间没有定位' })
  const spot = (more: object = {}) => ({
    at: ago(10),
    where: '家中',
    met: '本人',
    cause: 'off',
    explains: '怕吵关了机',
    found: '手机在床头，已关机',
    ...more,
  })
  const episode = async (who: string) => {
    const id = county.house.chance.id()
    const at = new Date(county.house.chance.now() - 1100 * 60_000)
    await sql`insert into episode (id, kind, person_id, org_code, state, level, began_at, detected_at, sureness, said_zh, said_en, rule_version)
      values (${id}, 'powerOff', ${who}, ${places.office}, 'raised', 3, ${at}, ${at}, 0.9, '设备报告关机', 'the device reports it was switched off', 'test')`.execute(
      county.house.databases.system,
    )
    return id
  }

  test('what the positioning side noted is shown; off without notice goes on as a violation with the record', async () => {
    const who = await person()
    expect((await weigh(officer, 'gapCheck', who, gap()))[0]?.said.zh).toContain('没有定位警情记录')
    const noted = await episode(who)
    const asked = await begin(officer, 'gapCheck', who, { ...gap(), facts: [noted] })
    expect(asked.hints[0]).toMatchObject({ said: { zh: expect.stringContaining('设备报告关机') } })
    const checked = await act(officer, asked, 'checked', spot())
    expect(checked).toMatchObject({ step: 'judge', holder: { post: 'officeHead' } })
    const gone = await act(head, checked, 'violation', breach)
    expect(gone).toMatchObject({ end: 'toViolation' })
    const led = await see(officer, gone.related.find((r) => r.kind === 'violation')?.id ?? '')
    expect(led.register).toMatchObject({ type: '09', facts: [noted] })
  })

  test('S2.28 a suspended number: since when, until when, and what the carrier says', async () => {
    const asked = await begin(officer, 'gapCheck', await person(), gap())
    const bare = await refusedWith(act(officer, asked, 'checked', spot({ cause: 'suspended' })))
    expect(bare.fields?.[0]?.path).toBe('suspendedOn')
    const checked = await act(
      officer,
      asked,
      'checked',
      spot({ cause: 'suspended', suspendedOn: today(), restoredOn: plusDays(today(), 1), carrier: '断卡行动误停' }),
    )
    expect(checked.hints.map((h) => h.said.zh).join()).toContain('号码被停机')
    expect(checked.passages[0]?.form).toMatchObject({ cause: 'suspended', carrier: '断卡行动误停' })
    const excused = await act(head, checked, 'excuse', { finding: '误停，已恢复' })
    expect(excused).toMatchObject({ end: 'excused', related: [] })
  })

  test('nobody answers for the platform', async () => {
    const who = await person()
    await sql`insert into outage (id, org_code, way, reason, starts_at, recorded_at)
      values (${county.house.chance.id()}, ${places.county}, 'declared', '机房断电', ${new Date(county.house.chance.now() - 3_600_000)}, now())`.execute(
      county.house.databases.system,
    )
    const asked = await begin(officer, 'gapCheck', who, gap())
    expect(asked.hints.map((h) => h.said.zh).join()).toContain('平台故障（机房断电）')
    const checked = await act(officer, asked, 'checked', spot({ cause: 'platform' }))
    expect(await codeOf(act(head, checked, 'violation', breach))).toBe('ZJ_GAP_NOT_HIS')
    expect((await act(head, checked, 'excuse', { finding: '平台故障' })).end).toBe('excused')
  })
})

describe('S0.37 welfare is asked of those who can give it', () => {
  const letter = {
    matter: 'child',
    to: '示例市民政局',
    situation: '刘某暂予监外执行将满，一岁女儿无人抚养',
    asks: '商请协调临时监护',
  }
  test('signed by the county, its answer awaited as configured, asked again, met, solved', async () => {
    const asked = await begin(officer, 'coordination', await person(), letter)
    expect(asked).toMatchObject({ step: 'sign', holder: { post: 'county' } })
    const { rows } = await sql<{ template: string; given: Record<string, string> }>`
      select template, given from document where subject_id = ${asked.id}`.execute(county.house.databases.system)
    expect(rows).toMatchObject([
      {
        template: 'D37',
        given: { 受函单位: '示例市民政局', 协调事项: '未成年子女照护、收养', 答复期限: '收到本函之日起15日内' },
      },
    ])
    expect(await codeOf(act(officer, asked, 'send', { sentOn: today() }))).toBe('ZJ_MATTER_NOT_YOURS')
    const sent = await act(clerk, asked, 'send', { sentOn: today(), number: '示矫函〔2026〕3号' })
    expect(sent).toMatchObject({ step: 'reply', clock: { source: 'configured' } })
    expect(legalDayOf(Date.parse(sent.clock.dueAt ?? ''))).toBe(plusDays(today(), 15))
    const urged = await act(clerk, sent, 'urge', {})
    const meeting = await act(clerk, urged, 'meet', {})
    const solved = await act(clerk, meeting, 'solved', {
      heldOn: today(),
      who: '民政局、妇联、街道',
      outcome: '由其生父抚养',
    })
    expect(solved).toMatchObject({ end: 'solved' })
    expect(solved.passages.map((p) => p.way)).toEqual(['send', 'urge', 'meet', 'solved'])
  })
})

describe('S3.27 a help group and a humane plan', () => {
  test('who helps with what, agreed by the head, carried out, with what came of it', async () => {
    const who = await person()
    const form = {
      need: '失业，母亲患病',
      goal: '三个月内就业',
      members: [{ name: '黄秀英', unit: '居委会', does: '介绍公益岗位' }],
      measures: '技能培训、临时救助',
      until: plusDays(today(), 90),
    }
    const asked = await begin(officer, 'helpPlan', who, form)
    expect(await codeOf(begin(officer, 'helpPlan', who, form))).toBe('ZJ_MATTER_RUNNING')
    const agreed = await act(head, asked, 'agree', { opinion: '同意' })
    expect(agreed).toMatchObject({ step: 'carryOut', holder: { post: 'officer' } })
    const { items } = await officer.call(tasks.list, { query: { view: 'todo', kind: 'matter.helpPlan' } })
    expect(items.map((t) => t.subject)).toContain(asked.id)
    const done = await act(officer, agreed, 'done', {
      done: [{ on: today(), what: '介绍到社区保洁岗位', by: '黄秀英' }],
      effect: '已上岗',
    })
    expect(done).toMatchObject({ end: 'done' })
  })
})
