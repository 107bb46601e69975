import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { tasks } from '@zhijiao/contract/tasks'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { act, begin, issueDraft, roundsOf, see } from '../support/matters.ts'
import { pdfText } from '../support/pdf-text.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let clerk: Somebody
let next = 900

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  officer = await county.signIn('officer', { name: '王警官' })
  clerk = await county.signIn('county', { name: '赵科员' })
})
afterAll(() => county.stop())

const enrol = (more: object = {}) =>
  clerk.call(people.create, {
    body: {
      name: '韦某',
      identity: identityNumber(next++),
      category: '02',
      termStart: '2026-02-27',
      termEnd: '2027-02-26',
      state: 'awaiting',
      org: places.county,
      ...more,
    },
  })
const papers = [
  { paper: '刑事判决书', copies: 1, state: 'there' },
  { paper: '执行通知书', copies: 1, state: 'missing' },
]
const form = (more: object = {}) => ({
  organKind: '01',
  organ: '示例区人民法院',
  number: '（2026）示刑初12号',
  effectiveOn: '2026-02-25',
  papersOn: '2026-03-02',
  papers,
  ...more,
})
const register = (person: string, more: object = {}) => begin(clerk, 'reception', person, form(more))
const papersOf = async (subject: string) =>
  (
    await sql<{ template: string; given: Record<string, unknown> }>`
      select template, given from document where subject_id = ${subject} order by template`.execute(
      county.house.databases.system,
    )
  ).rows
const came = { reportedOn: '2026-03-02', identityChecked: true }
const takeIn = () => ({
  receivedOn: '2026-03-02',
  mode: '01',
  office: places.office,
  officer: officer.id,
  measures: true,
})
const stateOf = (id: string) =>
  county.house.databases.system
    .selectFrom('person')
    .select(['state', 'org_code', 'officer_id'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()

describe('reception of a person and of his papers (INT-01)', () => {
  test('S0.29 receipt, report, taken in: missing papers hold nothing up, and the evaluation is the first thing after it', async () => {
    const person = await enrol()
    const asked = await register(person.id)
    expect(asked).toMatchObject({ step: 'receipt', clock: { citation: { rule: 'DLV-03' } } })
    // Five calendar days; the last, a Saturday, moves to Monday.
    expect(asked.clock.dueAt).toBe('2026-03-09T15:59:59.999Z')
    expect((await papersOf(asked.id)).map((p) => p.template)).toEqual(['D03', 'D06a'])
    expect((await papersOf(asked.id))[1]?.given).toMatchObject({ 文书名称: '刑事判决书', 缺失项: '执行通知书' })
    const chased = asked.related.find((r) => r.kind === 'missingPapers')
    expect(chased).toMatchObject({ how: 'led', end: null })

    const sent = await act(clerk, asked, 'sent', { sentOn: '2026-03-02' })
    expect(sent).toMatchObject({ step: 'await', clock: { citation: { rule: 'RPT-01' } } })
    expect(sent.clock.dueAt).toBe('2026-03-09T15:59:59.999Z')
    expect(sent.hints[0]?.said.zh).toContain('应于 2026-03-09 前报到')
    expect(await codeOf(act(clerk, sent, 'late', came))).toBe('ZJ_RECEPTION_IN_TIME')
    expect(await codeOf(act(clerk, sent, 'notReported'))).toBe('ZJ_RECEPTION_NOT_DUE')
    const reported = await act(clerk, sent, 'inTime', came)
    expect(reported.hints[0]?.citation?.rule).toBe('INT-08')
    expect((await papersOf(asked.id)).find((p) => p.template === 'D05')?.given).toMatchObject({
      '报到情况(01/02/03)': '01 在规定时限内报到',
      应报到日: '2026-03-09',
    })
    expect(await codeOf(act(clerk, reported, 'take', { ...takeIn(), office: places.officeElsewhere }))).toBe(
      'ZJ_INTAKE_OFFICE',
    )
    const taken = await act(clerk, reported, 'take', takeIn())
    expect(taken).toMatchObject({ end: 'received' })
    expect(await stateOf(person.id)).toMatchObject({
      state: 'inCorrection',
      org_code: places.office,
      officer_id: officer.id,
    })
    const evaluation = taken.related.find((r) => r.kind === 'psychology')
    expect(evaluation).toBeDefined()
    const desk = await officer.call(tasks.list, { query: { view: 'todo', kind: 'matter.psychology' } })
    expect(desk.items.map((t) => t.subject)).toContain(evaluation?.id)
    // The report of the ban on leaving the country is on the county's desk, its time counted from the reception.
    const ban = taken.related.find((r) => r.kind === 'exitBan')
    const duty = await clerk.call(tasks.list, { query: { view: 'todo', kind: 'matter.exitBan', person: person.id } })
    expect(duty.items).toMatchObject([{ subject: ban?.id, clock: { citation: { rule: 'LVE-14' } } }])
    expect(duty.items[0]?.clock.dueAt).toBe('2026-03-07T15:59:59.999Z')
    expect((await papersOf(asked.id)).find((p) => p.template === 'D34c')?.given).toMatchObject({
      内容: [
        { '收/发': '收', 材料名称: '刑事判决书' },
        { '收/发': '发', 材料名称: '法律文书送达回执', 日期: '2026-03-02' },
      ],
    })
    const { items: parts } = await officer.call(people.parts, { params: { personId: person.id }, query: {} })
    expect(parts.find((p) => p.part === 'correction')?.data).toMatchObject({
      receivedOn: '2026-03-02',
      receiveMode: '01',
      reportStatus: '01',
    })
    expect(parts.find((p) => p.part === 'sentence')?.data).toMatchObject({ effectiveOn: '2026-02-25' })
    const life = await officer.call(matters.lifecycle, { params: { personId: person.id } })
    expect(life.stages.find((s) => s.id === 'reception')?.state).toBe('done')
  })

  test('missing papers are asked for, asked for again, and come', async () => {
    const person = await enrol()
    const asked = await register(person.id)
    const id = asked.related.find((r) => r.kind === 'missingPapers')?.id ?? ''
    const told = await act(clerk, await see(clerk, id), 'asked', { askedOn: '2026-03-02' })
    expect(told).toMatchObject({ step: 'wait', clock: { citation: { rule: 'DLV-04' } } })
    expect((await papersOf(id))[0]).toMatchObject({
      template: 'D06',
      given: { 缺失项: ['执行通知书'], 期限5日: '收到本通知之日起5日内' },
    })
    const reminded = await act(clerk, told, 'remind', { what: '电话催促' })
    expect(reminded).toMatchObject({ step: 'reminded' })
    const again = await act(clerk, reminded, 'remind', {})
    expect(again).toMatchObject({ step: 'reminded', end: null })
    expect(await codeOf(act(clerk, again, 'supplied', {}))).toBe('ZJ_INVALID')
    // What came later has its receipt, and the clock of one, as what came at first.
    const came = await act(clerk, again, 'supplied', { arrivedOn: '2026-03-02' })
    expect(came).toMatchObject({ step: 'receipt', clock: { citation: { rule: 'DLV-03' } } })
    expect(came.clock.dueAt).toBe('2026-03-09T15:59:59.999Z')
    expect((await papersOf(id)).find((p) => p.template === 'D06a')?.given).toMatchObject({
      文书名称: '执行通知书',
      收到日期: '2026-03-02',
      缺失项: '无',
    })
    expect(await act(clerk, came, 'sent', { sentOn: '2026-03-02' })).toMatchObject({ end: 'supplied' })
    // No paper at all is no obstacle either.
    const bare = await register((await enrol()).id, { papersOn: undefined, papers: undefined })
    expect(bare).toMatchObject({ step: 'await' })
    expect(bare.related.map((r) => r.kind)).toContain('missingPapers')
  })

  test('whoever does not come is searched for at once; late is late', async () => {
    const person = await enrol()
    const asked = await register(person.id, { effectiveOn: '2026-02-10' })
    const waiting = await act(clerk, asked, 'sent', { sentOn: '2026-03-02' })
    expect(waiting.clock.overdue).toBe(true)
    expect(waiting.hints.map((h) => h.citation?.rule)).toContain('MIS-03')
    expect(await codeOf(act(clerk, waiting, 'inTime', came))).toBe('ZJ_RECEPTION_LATE')
    const gone = await act(clerk, waiting, 'notReported', { said: '电话关机，家中无人' })
    expect(gone).toMatchObject({ step: 'searching' })
    expect(gone.related.map((r) => r.kind)).toContain('search')
    expect((await papersOf(asked.id)).find((p) => p.template === 'D05')?.given).toMatchObject({
      '报到情况(01/02/03)': '03 未报到且下落不明',
    })
    const found = await act(clerk, gone, 'found', came)
    expect(found).toMatchObject({ step: 'receive' })
  })

  test('what was issued on the way stands: a second reminder and the report after a search are papers of their own', async () => {
    const asked = await register((await enrol()).id, { effectiveOn: '2026-02-10' })
    const waiting = await act(clerk, asked, 'sent', { sentOn: '2026-03-02' })
    const gone = await act(clerk, waiting, 'notReported', { said: '电话关机，家中无人' })
    const lost = await issueDraft(clerk, asked.id, 'D05')
    await act(clerk, gone, 'found', came)
    const status = '报到情况(01/02/03)'
    expect(await roundsOf(county, asked.id, 'D05')).toMatchObject([
      { id: lost.id, state: 'issued', given: { [status]: '03 未报到且下落不明' } },
      { state: 'draft', number: null, given: { [status]: '02 超出规定时限报到' } },
    ])
    const back = await issueDraft(clerk, asked.id, 'D05')
    expect(back.number).not.toBe(lost.number)

    const chased = asked.related.find((m) => m.kind === 'missingPapers')?.id ?? ''
    const told = await act(clerk, await see(clerk, chased), 'asked', { askedOn: '2026-03-02' })
    await issueDraft(clerk, chased, 'D06')
    const reminded = await act(clerk, told, 'remind', { what: '电话催促' })
    expect((await roundsOf(county, chased, 'D06')).map((p) => p.state)).toEqual(['issued', 'draft'])
    // While the reminder is a draft, the next one is written into it.
    await act(clerk, reminded, 'remind', {})
    expect((await roundsOf(county, chased, 'D06')).map((p) => p.state)).toEqual(['issued', 'draft'])
  })

  test('DLV-01 DLV-02 a notice or papers that the court sent late are said at registration and while they are out', async () => {
    const person = await enrol()
    const late = form({ effectiveOn: '2026-02-10', notifiedOn: '2026-02-27' })
    const { hints } = await clerk.call(matters.weigh, { body: { kind: 'reception', person: person.id, form: late } })
    const of = (rule: string) => hints.find((h) => h.citation?.rule === rule)?.said.zh
    // Five days: Sunday the 15th lies in the holidays of the spring festival and moves to the 24th.
    expect(of('DLV-01')).toContain('决定机关的通知应于 2026-02-24 前送达，实际 2026-02-27 送达，迟延 3 日')
    expect(of('DLV-02')).toContain('法律文书应于 2026-02-24 前送达，实际 2026-03-02 送达，迟延 6 日')
    const asked = await register(person.id, { effectiveOn: '2026-02-10', notifiedOn: '2026-02-27' })
    expect(asked.hints.map((h) => h.citation?.rule)).toEqual(expect.arrayContaining(['DLV-01', 'DLV-02']))
    const chased = await see(clerk, asked.related.find((r) => r.kind === 'missingPapers')?.id ?? '')
    expect(chased.hints[0]).toMatchObject({ citation: { rule: 'DLV-02' } })
    expect(chased.hints[0]?.said.zh).toContain('至今未收到')
    const inTime = await clerk.call(matters.weigh, {
      body: { kind: 'reception', person: (await enrol()).id, form: form({ notifiedOn: '2026-03-02' }) },
    })
    expect(inTime.hints.filter((h) => /^DLV-0[12]$/.test(h.citation?.rule ?? ''))).toEqual([])
  })

  test('who serves outside prison is handed over, not waited for (RPT-02)', async () => {
    const person = await enrol({ category: '04' })
    const asked = await register(person.id)
    const printed = async (who: string, template: string) => {
      const { items } = await clerk.call(documents.list, { query: { subject: who, template } })
      const pdf = await clerk.call(documents.pdf, { params: { id: items[0]?.id ?? '' } })
      return pdfText(Buffer.from(await pdf.arrayBuffer())).text.replace(/\s/g, '')
    }
    const told = await printed(asked.id, 'D03')
    expect(told).toContain('由公安机关、看守所或者监狱将你移送')
    expect(told).toContain('你不需要自行前往报到')
    expect(told).not.toContain('逾期报到')
    const selfReporting = await register((await enrol()).id)
    expect(await printed(selfReporting.id, 'D03')).toContain('前到上述地址报到')
    expect(await act(clerk, asked, 'sent', { sentOn: '2026-03-02' })).toMatchObject({
      step: 'handover',
      clock: { citation: { rule: 'RPT-02' } },
    })
    await act(clerk, await see(clerk, asked.id), 'inTime', came)
    const notice = await printed(asked.id, 'D05')
    expect(notice).toContain('前移送我单位')
    expect(notice).not.toContain('前报到。')
  })

  test('MIN-08 a minor who has not finished school: said, and a letter to the education department on the county’s desk', async () => {
    const designations = ['minors']
    const versed = await county.signIn('county', { name: '钱科员', designations })
    const carer = await county.signIn('officer', { name: '孙警官', designations })
    const taken = async (education: string) => {
      const body = {
        name: '小某',
        identity: identityNumber(next++, '20100304'),
        category: '02',
        termStart: '2026-02-27',
        termEnd: '2027-02-26',
        state: 'awaiting' as const,
        org: places.county,
        education,
      }
      const person = await versed.call(people.create, { body })
      const asked = await begin(versed, 'reception', person.id, form())
      const sent = await act(versed, asked, 'sent', { sentOn: '2026-03-02' })
      const here = await act(versed, sent, 'inTime', came)
      const rule = here.hints.find((h) => h.citation?.rule === 'MIN-08')
      const done = await act(versed, here, 'take', { ...takeIn(), officer: carer.id })
      const letter = done.related.find((r) => r.kind === 'coordination')
      return { tone: rule?.tone, letter: letter ? await see(versed, letter.id) : undefined }
    }
    const unfinished = await taken('02')
    expect(unfinished.tone).toBe('must')
    expect(unfinished.letter).toMatchObject({ step: 'sign', register: { matter: 'school' } })
    expect(String(unfinished.letter?.register.situation)).toContain('尚未完成义务教育')
    expect((await papersOf(unfinished.letter?.id ?? '')).map((p) => p.template)).toEqual(['D37'])
    const todo = await versed.call(tasks.list, { query: { view: 'todo', kind: 'matter.coordination' } })
    expect(todo.items.map((t) => t.subject)).toContain(unfinished.letter?.id)
    // Where the file does not say, a person asks; whoever has finished is not spoken of.
    expect(await taken('03')).toMatchObject({ tone: 'careful', letter: undefined })
    expect(await taken('04')).toMatchObject({ tone: undefined, letter: undefined })
  })

  test('of whoever serves outside prison reception asks the condition: a serious illness brings the review (REP-04)', async () => {
    const person = await enrol({ category: '04' })
    const handed = await act(clerk, await register(person.id), 'sent', { sentOn: '2026-03-02' })
    const reported = await act(clerk, handed, 'inTime', came)
    const lacking = await refusedWith(act(clerk, reported, 'take', takeIn()))
    expect(lacking).toMatchObject({ code: 'ZJ_INVALID', fields: [{ path: 'physical' }] })
    const form = { ...takeIn(), physical: '01', hospital: '示例市人民医院' }
    expect(await act(clerk, reported, 'take', form)).toMatchObject({ end: 'received' })
    const { rows } = await sql<{ data: object }>`
      select data from person_part where person_id = ${person.id}::uuid and part = 'correction' and ended_at is null`.execute(
      county.house.databases.system,
    )
    expect(rows).toMatchObject([{ data: { physical: '01', hospital: '示例市人民医院' } }])
  })

  test('an officer of the office, another county and whoever is twice at it are refused', async () => {
    const person = await enrol({ org: places.office, officer: officer.id })
    const wish = { kind: 'reception', person: person.id, form: form() }
    expect(await codeOf(officer.call(matters.register, { body: wish }))).toBe('ZJ_NOT_ALLOWED')
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    expect(await codeOf(elsewhere.call(matters.register, { body: wish }))).toBe('ZJ_NOT_FOUND')
    await clerk.call(matters.register, { body: wish })
    expect(await codeOf(clerk.call(matters.register, { body: wish }))).toBe('ZJ_MATTER_RUNNING')
  })
})
