import { documents } from '@zhijiao/contract/documents'
import { people } from '@zhijiao/contract/people'
import { leaves, type OldLeave } from '@zhijiao/contract/permits'
import { tasks } from '@zhijiao/contract/tasks'
import { civilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { callOverstayed } from '@zhijiao/server/permits/jobs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later, onDuty } from '../support/episode.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let agency: Somebody
beforeAll(async () => {
  county = await startCounty({ at: '2026-06-10T02:00:00Z' })
  officer = await county.signIn('officer', { name: '王建国' })
  agency = await county.signIn('county', { name: '赵敏' })
  await onDuty(county, officer.id, { hours: 24 * 60 })
})
afterAll(() => county?.stop())

const id = () => county.house.chance.id()
const somebody = () => plantPerson(county.house, { officer: officer.id, name: '旧档对象' })
const old = (person: string, more: Partial<OldLeave> = {}): OldLeave => ({
  id: id(),
  person,
  from: '2026-05-04',
  until: '2026-05-08',
  destination: { text: '南宁市人民医院', area: '450103' },
  reason: '01',
  reasonText: '复查',
  askedAt: '2026-04-28T01:00:00Z',
  askedBy: '李国栋(原)',
  verdict: 'approved',
  decidedAt: '2026-04-29T01:00:00Z',
  decidedBy: '周某(原所长)',
  note: '情况属实',
  returnedOn: '2026-05-08',
  ...more,
})
const bring = (list: readonly OldLeave[], who = agency) =>
  who.call(leaves.importHistory, { body: { source: '旧系统 V2', leaves: [...list] } })

test('S1.7 leaves of old files come in with their own times and names, marked; asking twice imports once', async () => {
  const person = await somebody()
  const leave = old(person)
  expect(await bring([leave])).toEqual({ created: 1, known: 0, refused: [] })
  expect(await bring([{ ...leave, id: leave.id.toUpperCase() }])).toEqual({ created: 0, known: 1, refused: [] })
  expect(await officer.call(leaves.get, { params: { id: leave.id } })).toMatchObject({
    state: 'returned',
    imported: true,
    competent: 'office',
    askedAt: '2026-04-28T01:00:00.000Z',
    askedBy: { id: null, name: '李国栋(原)' },
    decidedBy: { id: null, name: '周某(原所长)' },
    returnedOn: '2026-05-08',
    contestable: false,
  })
  // Nobody gets a duty, and no paper is drafted: that happened then.
  expect((await officer.call(tasks.list, { query: { whose: 'unit', person } })).total).toBe(0)
  expect((await officer.call(documents.list, { query: { person } })).total).toBe(0)
  const { items } = await officer.call(people.timeline, { params: { personId: person }, query: {} })
  const told = items.filter((e) => e.kind.startsWith('leave.'))
  expect(told.map((e) => [e.kind, e.imported, e.occurredAt])).toEqual([
    ['leave.returned', true, '2026-05-07T16:00:00.000Z'],
    ['leave.approved', true, '2026-04-29T01:00:00.000Z'],
    ['leave.asked', true, '2026-04-28T01:00:00.000Z'],
  ])
  // A paper of then belongs to it.
  const paper = { id: id(), template: 'D10', person, subject: leave.id, decidedOn: '2026-04-29' }
  const papers = await agency.call(documents.importHistory, {
    body: {
      source: '旧系统 V2',
      documents: [{ ...paper, issuedAt: '2026-04-29T02:00:00Z', issuedBy: '周某(原所长)' }],
    },
  })
  expect(papers).toEqual({ created: 1, known: 0, refused: [] })
})

test('S1.7 the person is named by id or by the number of the file, as matters are', async () => {
  const person = await somebody()
  const { number } = await officer.call(people.get, { params: { personId: person } })
  const named = [
    old(number, { from: '2026-03-02', until: '2026-03-04', returnedOn: '2026-03-04' }),
    old(person.toUpperCase(), { from: '2026-04-06', until: '2026-04-08', returnedOn: '2026-04-08' }),
    // Whichever they were named with, it is one person, who cannot be away twice.
    old(person, { from: '2026-03-03', until: '2026-03-05', returnedOn: '2026-03-05' }),
  ].map((leave) => ({ ...leave, askedAt: '2026-02-20T01:00:00Z', decidedAt: '2026-02-21T01:00:00Z' }))
  const answer = await bring(named)
  expect([answer.created, answer.refused.map((r) => [r.row, r.code])]).toEqual([2, [[3, 'ZJ_LEAVE_OLD_OVERLAP']]])
  expect((await officer.call(leaves.list, { query: { person } })).total).toBe(2)
})

test('S0.21 what was granted before counts when a later leave is weighed', async () => {
  const person = await somebody()
  await bring([old(person, { from: '2026-06-04', until: '2026-06-10', returnedOn: '2026-06-10' })])
  const next = {
    person,
    from: '2026-06-11',
    until: '2026-06-13',
    destination: { text: '南宁', area: '450103' },
    reason: '01',
  }
  expect(await officer.call(leaves.weigh, { body: next })).toMatchObject({ level: 'county', joinedDays: 10 })
})

test('S1.7 one that still runs is watched: past its last day it becomes a duty', async () => {
  const person = await somebody()
  const today = legalDayOf(county.house.chance.now())
  const running = old(person, { from: '2026-06-08', until: plusDays(today, 2), returnedOn: undefined })
  expect(await bring([running])).toMatchObject({ created: 1 })
  expect(await officer.call(leaves.get, { params: { id: running.id } })).toMatchObject({
    state: 'approved',
    overstayed: false,
  })
  await later(county, 4 * 24 * 3_600_000)
  await callOverstayed(county.house)
  const { items } = await officer.call(tasks.list, { query: { kind: 'leave.return' } })
  expect(items.map((t) => t.subject)).toEqual([running.id])
})

test('S1.7 a row that cannot have been so is left out and named; the others come in', async () => {
  const [person, other, elsewhere] = [
    await somebody(),
    await somebody(),
    await plantPerson(county.house, { org: places.otherCounty, officer: null }),
  ]
  const good = old(person)
  const answer = await bring([
    good,
    old(person, { from: '2026-05-08', until: '2026-05-09', returnedOn: '2026-05-09' }),
    old(elsewhere),
    old(other, { returnedOn: undefined }),
    old(other, { decidedAt: '2026-04-20T01:00:00Z' }),
    old(other, { decidedAt: '2027-04-20T01:00:00Z' }),
    old(other, { returnedOn: '2026-05-03' }),
    old(other, { from: '2026-02-30' }),
    old(other, { verdict: 'refused' }),
    old(other, { destination: { text: '河内', country: 'VN' } }),
    old(other, { verdict: 'refused', returnedOn: undefined }),
    old('T-NOBODY'),
    old(other, { until: '2026-05-01', verdict: 'refused', returnedOn: undefined }),
    old(other, { askedAt: '2027-04-20T01:00:00Z', decidedAt: '2027-04-21T01:00:00Z' }),
  ])
  expect(answer.created).toBe(2)
  expect(answer.refused.map((r) => [r.row, r.field, r.code])).toEqual([
    [2, 'from', 'ZJ_LEAVE_OLD_OVERLAP'],
    [3, 'person', 'ZJ_LEAVE_OLD_PERSON'],
    [4, 'returnedOn', 'ZJ_LEAVE_OLD_RETURN'],
    [5, 'decidedAt', 'ZJ_LEAVE_OLD_TIMES'],
    [6, 'decidedAt', 'ZJ_LEAVE_OLD_TIMES'],
    [7, 'returnedOn', 'ZJ_LEAVE_RETURN_DAY'],
    [8, 'from', 'ZJ_LAW_DATE_INVALID'],
    [9, 'returnedOn', 'ZJ_LEAVE_OLD_REFUSED'],
    [10, 'destination.country', 'ZJ_LAW_LEAVE_ABROAD'],
    [12, 'person', 'ZJ_LEAVE_OLD_PERSON'],
    [13, 'until', 'ZJ_LAW_LEAVE_DATES'],
    [14, 'askedAt', 'ZJ_LEAVE_OLD_TIMES'],
  ])
  // An id of another area's leave is a refusal of that row, not a silence.
  const there = await county.signIn('county', { of: places.otherCounty })
  const taken = await bring([old(elsewhere, { id: good.id })], there)
  expect(taken.refused.map((r) => [r.row, r.field, r.code])).toEqual([[1, 'id', 'ZJ_LEAVE_OLD_ID']])
  expect(await codeOf(bring([old(person)], officer))).toBe('ZJ_NOT_ALLOWED')
  // Of the years before the present rules, too: counted by what held then.
  const early = old(other, {
    from: '2013-05-04',
    until: '2013-05-08',
    returnedOn: '2013-05-08',
    askedAt: '2013-04-28T01:00:00Z',
    decidedAt: '2013-04-29T01:00:00Z',
  })
  expect(await bring([early])).toMatchObject({ created: 1, refused: [] })
  expect(civilDate((await agency.call(leaves.get, { params: { id: early.id } })).from)).toBe('2013-05-04')
})
