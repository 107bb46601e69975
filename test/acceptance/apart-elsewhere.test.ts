import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { leaveHelp, leaves } from '@zhijiao/contract/permits'
import { tasks } from '@zhijiao/contract/tasks'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { photo } from '../support/episode.ts'
import { askLeave } from '../support/leaves.ts'
import { act, begin, see, weigh } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let agency: Somebody
let second: Somebody
const named = ['minors', 'sealed']

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官', designations: named })
  head = await county.signIn('officeHead', { name: '张所长', designations: named })
  agency = await county.signIn('county', { name: '赵科员', designations: named })
  second = await county.signIn('county', { name: '周科员', designations: named })
})
afterAll(() => county.stop())
// Who is there in the other county each test says for itself.
beforeEach(() =>
  sql`update staff set active = false where starts_with(org_code, ${places.otherCounty})`.execute(
    county.house.databases.system,
  ),
)
const there = (role: 'county' | 'countyHead' | 'officeHead', designations: readonly string[] = []) =>
  county.signIn(role, {
    of: role === 'officeHead' ? places.officeElsewhere : places.otherCounty,
    name: `二县${role}${designations.length}`,
    designations,
  })

const today = () => legalDayOf(county.house.chance.now())
const somebody = (mark: { minor?: boolean; sealed?: boolean }) =>
  plantPerson(county.house, { officer: officer.id, name: '吴少年', ...mark })
const wish = () => ({
  receivedOn: today(),
  moveOn: plusDays(today(), 45),
  why: '随父母迁居',
  address: '示例二县新城镇幸福路6号',
  county: places.otherCounty,
})
/** Asked for, supported, sent to the other county. */
const sent = async (person: string) => {
  const asked = await begin(officer, 'relocation', person, wish())
  const passed = await act(head, asked, 'support', { opinion: '情况属实' })
  return act(agency, passed, 'send', { opinion: '拟同意' })
}
/** What somebody reads among the duties of his whole unit. */
const dutiesOf = async (who: Somebody, subject: string) =>
  (await who.call(tasks.list, { query: { whose: 'unit', size: 100 } })).items.filter((t) => t.subject === subject)

/** From the answer of the other county to the report there, as whoever may have it in hand. */
async function through(hand: Somebody, id: string) {
  const reply = await act(hand, await see(hand, id), 'accept', {
    found: '租房合同属实',
    office: places.officeElsewhere,
  })
  const decided = await act(second, reply, 'approve', { opinion: '同意变更' })
  const over = await act(agency, decided, 'sent', {
    decisionOn: today(),
    sentOn: today(),
    volumes: 1,
    copies: ['organ', 'procuratorate', 'police'],
  })
  return act(hand, await see(hand, over.id), 'sent', { receivedOn: today(), copies: ['procuratorate', 'police'] })
}
const reported = (hand: Somebody, matter: { id: string; revision: number }) =>
  act(hand, matter, 'reported', { on: today(), office: places.officeElsewhere })

describe.each([
  ['a minor', { minor: true }, 'MIN-02'],
  ['a sealed record', { sealed: true }, 'MIN-04'],
] as const)('S1.9 MIN-02 a change of place of %s', (_, mark, rule) => {
  test('is seen in the other county by whoever is named and by nobody else, from the question to the report', async () => {
    const other = await there('county')
    const hand = await there('county', named)
    const officeHead = await there('officeHead', named)
    const person = await somebody(mark)
    const hints = await weigh(officer, 'relocation', person, wish())
    expect(hints.find((h) => h.citation?.rule === rule)).toMatchObject({ tone: 'good' })
    const { id } = await sent(person)

    const [duty] = await dutiesOf(other, id)
    expect(duty).toMatchObject({ owner: { id: hand.id }, person: null })
    expect(JSON.stringify(duty)).not.toContain('吴少年')
    expect(duty?.title.zh).toMatch(/^须由专人办理的社区矫正对象：执行地变更·/)
    expect(await codeOf(other.call(tasks.claim, { params: { id: duty?.id ?? '' }, body: { revision: 1 } }))).toBe(
      'ZJ_TASK_STEP_NOT_YOURS',
    )
    expect(await codeOf(see(other, id))).toBe('ZJ_NOT_FOUND')
    expect((await other.call(matters.list, { query: { kind: 'relocation' } })).items.map((m) => m.id)).not.toContain(id)
    const letter = { office: places.officeElsewhere, found: '属实' }
    expect(await codeOf(act(other, { id, revision: 3 }, 'accept', letter))).toBe('ZJ_NOT_FOUND')

    // What the named one attaches there bears no person; it is kept apart all the same.
    const proof = await hand.call(files.upload, { body: { subject: id }, file: photo(), fileName: '租房合同.jpg' })
    expect(await other.call(files.list, { query: { subject: id } })).toEqual([])
    expect((await agency.call(files.list, { query: { subject: id } })).map((f) => f.id)).toEqual([proof.id])

    const arrival = await through(hand, id)
    expect(arrival.step).toBe('arrival')
    expect(arrival.hints.find((h) => h.tone === 'must')?.said.zh).toContain('已指定专人的司法所：')
    expect(await codeOf(reported(other, arrival))).toBe('ZJ_NOT_FOUND')
    expect((await reported(hand, arrival)).end).toBe('moved')

    expect(await hand.call(people.get, { params: { personId: person } })).toMatchObject({ state: 'inCorrection' })
    for (const one of [other, await county.signIn('county')]) {
      expect(await codeOf(see(one, id))).toBe('ZJ_NOT_FOUND')
      expect(await codeOf(one.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')
    }
    // The county that sent it keeps the finished matter, for its named staff; the office goes on with what is owed.
    expect(await see(agency, id)).toMatchObject({ end: 'moved' })
    const { items } = await officeHead.call(matters.list, { query: { person, kind: 'movedIn' } })
    expect(items).toMatchObject([{ step: 'assign' }])
  })

  test('where no clerk is named it is the duty of the head of the agency there, who takes it to the end', async () => {
    const other = await there('county')
    const chief = await there('countyHead')
    const person = await somebody(mark)
    const { id } = await sent(person)
    const mine = await chief.call(tasks.list, { query: { whose: 'mine', kind: 'matter.relocation', size: 100 } })
    expect(mine.items.find((t) => t.subject === id)).toMatchObject({ owner: { id: chief.id } })
    const arrival = await through(chief, id)
    // Nobody of an office is named: it is said where the office is chosen.
    expect(arrival.hints.find((h) => h.tone === 'must')?.said.zh).toContain('还没有指定专人')
    expect((await reported(chief, arrival)).end).toBe('moved')
    expect(await codeOf(see(other, id))).toBe('ZJ_NOT_FOUND')
  })

  test('where nobody at all is named, whoever sends is told before and while it waits; once somebody is, it goes on', async () => {
    const other = await there('county')
    const person = await somebody(mark)
    const told = (hints: Awaited<ReturnType<typeof weigh>>) =>
      hints.find((h) => h.tone === 'careful' && h.citation?.rule === rule)?.said.zh
    expect(told(await weigh(officer, 'relocation', person, wish()))).toContain('以函件方式办理')
    const waiting = await sent(person)
    expect(told((await see(agency, waiting.id)).hints)).toContain('联系对方指定专人')
    expect(await codeOf(see(other, waiting.id))).toBe('ZJ_NOT_FOUND')
    const hand = await there('county', named)
    expect((await through(hand, waiting.id)).step).toBe('arrival')
  })
})

test('S1.9 of anybody else the other county sees what it saw', async () => {
  const other = await there('county')
  const person = await plantPerson(county.house, { officer: officer.id, name: '迁某' })
  const { id } = await sent(person)
  expect((await dutiesOf(other, id))[0]?.title.zh).toContain('迁某')
  expect((await reported(other, await through(other, id))).end).toBe('moved')
})

describe('S1.7 MIN-02 help for a minor on leave', () => {
  const away = async () => {
    const person = await somebody({ minor: true })
    const asked = await askLeave(county, officer, person, { from: 0, days: 5 })
    return head.call(leaves.decide, {
      params: { id: asked.id },
      body: { verdict: 'approved', note: '同意', revision: asked.revision },
    })
  }
  const askHelp = (id: string, body: object) =>
    officer.call(leaves.askHelp, { params: { id }, body: { wish: '请实地查访一次', ...body } })

  test('is asked of whoever is named there; nobody else reads name, place or days', async () => {
    const other = await there('county')
    const hand = await there('county', named)
    const leave = await away()
    const [help] = (await askHelp(leave.id, { county: places.otherCounty })).helps
    const id = help?.id ?? ''
    const [duty] = await dutiesOf(other, id)
    expect(duty).toMatchObject({
      owner: { id: hand.id },
      title: { zh: '协助监管：须由专人办理的社区矫正对象' },
    })
    const received = async (who: Somebody) =>
      (await who.call(leaveHelp.received, { query: { size: 100 } })).items.map((h) => h.id)
    expect(await received(other)).not.toContain(id)
    expect(await codeOf(other.call(leaveHelp.answer, { params: { id }, body: { answer: '在' } }))).toBe('ZJ_NOT_FOUND')
    expect(await received(hand)).toContain(id)
    await hand.call(leaveHelp.answer, { params: { id }, body: { answer: '已查访，本人在校' } })
    expect((await officer.call(leaves.get, { params: { id: leave.id } })).helps).toMatchObject([
      { answer: '已查访，本人在校' },
    ])
  })

  test('is not sent where nobody could read it: the refusal says to write a letter, and the letter is taken', async () => {
    await there('county')
    const leave = await away()
    expect(await refusedWith(askHelp(leave.id, { county: places.otherCounty }))).toMatchObject({
      code: 'ZJ_LEAVE_HELP_NOBODY',
      fields: [{ path: 'county' }],
    })
    const letter = await askHelp(leave.id, { organ: '示例二县社区矫正机构', letter: '矫协函〔2026〕9 号' })
    expect(letter.helps).toMatchObject([{ here: false }])
  })
})
