import { alarmStatistics, alarms } from '@zhijiao/contract/alarms'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout, onDuty, plantAlarm } from '../support/episode.ts'
import { act, papersOf, see } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let staff: Somebody
let elsewhere: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  staff = await county.signIn('county', { name: '赵科员' })
  elsewhere = await county.signIn('county', { of: places.otherCounty })
  await onDuty(county, officer.id)
})
afterAll(() => county.stop())

const today = () => legalDayOf(county.house.chance.now())
const alarmOf = (id: string, who = officer) => who.call(alarms.get, { params: { id } })
const form = { cause: 'C01', finding: '电话联系本人，承认未经批准离开', measures: '责令立即返回' } as const

/** An alarm closed by the officer and approved by his head. */
async function closedAs(cause: 'C01' | 'C21', by: Somebody = officer, reviewer: Somebody = head) {
  const person = await plantPerson(county.house, { officer: officer.id })
  const { id } = await plantAlarm(county, person)
  const { revision } = await alarmOf(id, by)
  const submitted = await by.call(alarms.submit, { params: { id }, body: { ...form, cause, revision } })
  const done = await reviewer.call(alarms.review, {
    params: { id },
    body: { verdict: 'approved', note: '', revision: submitted.revision },
  })
  return { id, person, alarm: done }
}
const contest = async (
  { id, person }: { readonly id: string; readonly person: string },
  more: { evidence?: string[]; matter?: string } = {},
) =>
  officer.call(matters.register, {
    body: {
      kind: 'objection',
      person,
      origin: { kind: 'alarm', id },
      form: {
        receivedOn: today(),
        how: 'written',
        claim: '当日因急诊就医离开，已电话报告。',
        ...(more.evidence ? { evidence: more.evidence } : {}),
      },
      ...(more.matter ? { id: more.matter } : {}),
    },
  })
const answer = { heard: '本人到场陈述，出示病历', meanwhile: 'rested', answer: '就医属实，有病历和通话记录' }
const told = () => ({ on: today(), wayOn: true })
const breachesCounted = async () => {
  const { kinds } = await head.call(alarmStatistics.precision, { query: {} })
  return kinds.find((k) => k.kind === 'boundaryOut')?.breach ?? 0
}

describe('Z4 the person contests an alarm, adds evidence, gets an answer by a date', () => {
  test('Z4 closed as a breach: contested with a file, answered in writing within the days set, set aside, told', async () => {
    const { id, person, alarm } = await closedAs('C01')
    expect(alarm).toMatchObject({ contestable: true, objection: null, closure: { setAsideAt: null } })
    const before = await breachesCounted()
    const open = await officer.call(matters.contestable, { params: { personId: person } })
    expect(open.items).toMatchObject([
      {
        what: 'alarm',
        id,
        said: { zh: expect.stringMatching(/^报警 \d+ 号（.+）认定：未经批准离开规定区域$/) },
        by: '张所长',
      },
    ])

    // His evidence lies with the objection, with its digest.
    const matter = county.house.chance.id()
    const evidence = await officer.call(files.upload, {
      body: { subject: matter, person, note: '门诊病历' },
      file: new Blob(['%PDF-1.4 门诊病历'], { type: 'application/pdf' }),
      fileName: '门诊病历.pdf',
    })
    const asked = await contest({ id, person }, { matter, evidence: [evidence.id] })
    expect(asked).toMatchObject({
      step: 'review',
      origin: { kind: 'alarm', id },
      register: { evidence: [evidence.id] },
    })
    // The day of the answer is set and stands in the county's list of duties.
    expect(legalDayOf(Date.parse(asked.clock.dueAt ?? '') - 1)).toBe(plusDays(today(), 10))
    const { items: duties } = await staff.call(tasks.list, { query: { kind: 'matter.objection' } })
    expect(duties.map((t) => t.subject)).toContain(asked.id)
    expect(await alarmOf(id)).toMatchObject({ contestable: false, objection: { id: asked.id, end: null } })
    expect(await codeOf(contest({ id, person }))).toBe('ZJ_OBJECTION_KNOWN')

    const revoked = await act(staff, asked, 'revoke', answer)
    expect(await papersOf(county, asked.id)).toEqual(['D15'])
    expect(await act(officer, revoked, 'told', told())).toMatchObject({ end: 'revoked' })
    const after = await alarmOf(id)
    // Nothing is edited: the finding stands as written, with what became of it.
    expect(after).toMatchObject({
      contestable: false,
      objection: { id: asked.id, end: 'revoked' },
      closure: { cause: 'C01', finding: form.finding, review: 'approved', setAsideAt: expect.any(String) },
    })
    expect(after.notes.at(-1)).toMatchObject({
      kind: 'objection',
      byName: '赵科员',
      text: expect.stringContaining('撤销原认定'),
    })
    expect(await breachesCounted()).toBe(before - 1)
    expect(await ledgerAbout(county, id)).toContain('alarm.findingSetAside')
    const gone = await officer.call(matters.contestable, { params: { personId: person } })
    expect(gone.items).toEqual([])
  })

  test('upheld: the finding stands and counts, the answer is on the alarm and the way on was told', async () => {
    const closed = await closedAs('C01')
    const before = await breachesCounted()
    const asked = await contest(closed)
    const upheld = await act(staff, asked, 'uphold', { ...answer, answer: '未提供就医证明，原认定事实清楚' })
    expect(await codeOf(act(officer, upheld, 'told', { on: today() }))).toBe('ZJ_OBJECTION_WAY')
    expect(await act(officer, upheld, 'told', told())).toMatchObject({ end: 'upheld' })
    const after = await alarmOf(closed.id)
    expect(after).toMatchObject({ contestable: false, closure: { setAsideAt: null } })
    expect(after.notes.at(-1)?.text).toContain('维持原认定：未提供就医证明')
    expect(await breachesCounted()).toBe(before)
    expect(await ledgerAbout(county, closed.id)).toContain('alarm.findingUpheld')
  })

  test('what is no breach, not approved yet, somebody else’s or another county’s cannot be contested', async () => {
    const drift = await closedAs('C21')
    expect(drift.alarm.contestable).toBe(false)
    expect((await refusedWith(contest(drift))).code).toBe('ZJ_OBJECTION_NOT_OPEN')

    const person = await plantPerson(county.house, { officer: officer.id })
    const { id } = await plantAlarm(county, person)
    expect((await alarmOf(id)).contestable).toBe(false)
    expect(await codeOf(contest({ id, person }))).toBe('ZJ_NOT_FOUND')
    const { revision } = await alarmOf(id)
    await officer.call(alarms.submit, { params: { id }, body: { ...form, revision } })
    expect(await codeOf(contest({ id, person }))).toBe('ZJ_OBJECTION_NOT_OPEN')

    const closed = await closedAs('C01')
    expect(await codeOf(contest({ id: closed.id, person }))).toBe('ZJ_OBJECTION_CAUSE')
    expect(await codeOf(elsewhere.call(matters.contestable, { params: { personId: closed.person } }))).toBe(
      'ZJ_NOT_FOUND',
    )
  })

  test('whoever closed or approved it does not answer', async () => {
    const closed = await closedAs('C01', officer, staff)
    const asked = await contest(closed)
    expect(await codeOf(act(staff, asked, 'revoke', answer))).toBe('ZJ_OBJECTION_DECIDER')
    const second = await county.signIn('county', { name: '周科员' })
    expect(await act(second, await see(second, asked.id), 'change', answer)).toMatchObject({ step: 'tellChanged' })
    expect((await alarmOf(closed.id)).closure?.setAsideAt).not.toBeNull()
  })
})
