import { activations, devices } from '@zhijiao/contract/devices'
import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { positions } from '@zhijiao/contract/positions'
import { tasks } from '@zhijiao/contract/tasks'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  assessmentFound,
  assessmentInstruction,
  assessmentLetter,
  assessmentOpinion,
  assessmentSigned,
  nextIdentity,
} from '../support/assessment.ts'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { openDuty } from '../support/duty.ts'
import { dayIn } from '../support/leaves.ts'
import { act, begin, see } from '../support/matters.ts'
import { codeOf } from '../support/refused.ts'

/**
 * Rows keep the code of their time. Until somebody is received that is the county's, or that of the office that enrolled him;
 * the office that supervises him now sees the whole file, the one before only what a duty of its own still needs.
 */
let county: County
let clerk: Somebody
let chief: Somebody
let officer: Somebody
let head: Somebody
let before: Somebody
let next = 4100

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  clerk = await county.signIn('county', { name: '赵科员' })
  chief = await county.signIn('countyHead', { name: '李局长' })
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  before = await county.signIn('officeHead', { of: places.otherOffice, name: '邻所所长' })
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
const register = (person: string) =>
  begin(clerk, 'reception', person, {
    organKind: '01',
    organ: '示例区人民法院',
    number: '（2026）示刑初12号',
    effectiveOn: '2026-02-25',
    papersOn: '2026-03-02',
    papers: [{ paper: '执行通知书', copies: 1, state: 'missing' }],
  })
async function receive(person: string, office: string = places.office, by = officer.id) {
  const reception = await register(person)
  const sent = await act(clerk, reception, 'sent', { sentOn: '2026-03-02' })
  const came = await act(clerk, sent, 'inTime', { reportedOn: '2026-03-02', identityChecked: true })
  const form = { receivedOn: '2026-03-02', mode: '01', office, officer: by, measures: true }
  return act(clerk, came, 'take', form)
}
const papersIn = async (who: Somebody, query: object = {}) =>
  (await who.call(documents.list, { query: { size: 100, ...query } })).items
const seen = (who: Somebody, id: string) =>
  see(who, id).then(
    () => true,
    () => false,
  )

test('what the county drafted, opened and approved before the reception is in the lists and on the map of the office that received', async () => {
  const person = (await enrol()).id
  const { device } = await clerk.call(devices.register, {
    body: { kind: 'phone', protocol: 'app', identity: `phone${next}` },
  })
  await clerk.call(devices.issue, { params: { id: device.id }, body: { personId: person, revision: device.revision } })
  const term = await clerk.call(activations.propose, {
    params: { personId: person },
    body: { regime: 'check', deviceId: device.id, lastDay: dayIn(county, 20) },
  })
  const db = county.house.databases.system
  await sql`insert into position_latest (activation_no, person_id, org_code, ts, received_at, lat, lon, accuracy_m, source, speed_kmh, course, battery_pct, flags)
    select no, person_id, org_code, ${new Date(county.house.chance.now())}, ${new Date(county.house.chance.now())}, 24.3, 109.4, 15, 'gnss', 0, 0, 80, 64 from activation where id = ${term.id}`.execute(
    db,
  )
  const reception = await receive(person)
  const chased = reception.related.find((r) => r.kind === 'missingPapers')?.id ?? ''
  const { rows } = await sql<{ org: string }>`
    select distinct org_code as org from document where person_id = ${person} and template = 'D06a'
    union select org_code from matter where id = ${chased} union select org_code from activation where id = ${term.id}`.execute(
    db,
  )
  // It is the county's code that they bear.
  expect(rows).toEqual([{ org: places.county }])

  for (const who of [head, officer]) {
    const papers = (await papersIn(who, { person })).map((d) => d.template)
    expect(papers).toContain('D06a')
    const listed = (await papersIn(who)).filter((d) => d.person?.id === person).map((d) => d.template)
    expect(listed.sort()).toEqual(papers.sort())
    const business = await who.call(matters.list, { query: { person, size: 100 } })
    expect(business.items.map((m) => m.id)).toContain(chased)
    expect(await seen(who, chased)).toBe(true)
    const life = await who.call(matters.lifecycle, { params: { personId: person } })
    expect(life.stages.find((s) => s.id === 'reception')?.state).toBe('done')
    const live = await who.call(positions.live, { query: {} })
    expect(live.total + live.without).toBeGreaterThan(0)
    expect(JSON.stringify(live)).toContain(person)
  }
  expect(await papersIn(before)).toEqual([])
  expect(await seen(before, chased)).toBe(false)
})

test('whom one office enrolled and another received leaves the lists of the first; what it still has to do stays until it is done', async () => {
  const person = (await enrol({ org: places.otherOffice })).id
  const draft = await before.call(documents.draft, { body: { template: 'D15', person } })
  const duty = await openDuty(county, { org: places.otherOffice, person })
  // The other head of that office, so that he sees by his unit and not because it is his own duty.
  const deputy = await county.signIn('officeHead', { of: places.otherOffice })
  const inUnit = async (who: Somebody, view: 'todo' | 'done') =>
    (await who.call(tasks.list, { query: { view, whose: 'unit', person } })).items.map((t) => t.id)
  expect((await papersIn(before)).map((d) => d.id)).toContain(draft.id)
  expect(await inUnit(deputy, 'todo')).toContain(duty.id)

  await receive(person)
  expect((await papersIn(before)).map((d) => d.person?.id)).not.toContain(person)
  expect(await codeOf(before.call(documents.get, { params: { id: draft.id } }))).toBe('ZJ_NOT_FOUND')
  expect((await papersIn(head)).map((d) => d.id)).toContain(draft.id)
  // The duty is still with a post of the first office: its head sees it, without a word from the file.
  expect(await inUnit(deputy, 'todo')).toEqual([duty.id])
  const [still] = (await deputy.call(tasks.list, { query: { view: 'todo', whose: 'unit', person } })).items
  expect(still?.person?.name ?? null).toBeNull()
  await sql`update task set state = 'done', ended_at = now(), outcome = 'done' where id = ${duty.id}`.execute(
    county.house.databases.system,
  )
  expect(await inUnit(deputy, 'done')).toEqual([])
  expect((await head.call(tasks.get, { params: { id: duty.id } })).id).toBe(duty.id)
})

test('an assessment goes into the file with its paper, and the office that made it can still open it', async () => {
  const identity = nextIdentity()
  const chosen = { ...assessmentInstruction, office: places.otherOffice }
  const asked = await clerk.call(matters.register, {
    body: { kind: 'assessment', form: { receivedOn: '2026-03-02', ...assessmentLetter({ identity }) } },
  })
  const maker = await county.signIn('officer', { of: places.otherOffice })
  await act(clerk, asked, 'instruct', chosen)
  await act(maker, await see(maker, asked.id), 'submit', assessmentFound(county))
  await act(before, await see(before, asked.id), 'submit', assessmentOpinion)
  await act(chief, await see(chief, asked.id), 'sign', assessmentSigned)
  const [opinion] = await papersIn(chief, { subject: asked.id, template: 'D02' })
  expect(opinion).toBeDefined()
  expect(await seen(head, asked.id)).toBe(false)

  const person = (await enrol({ identity })).id
  await register(person)
  expect((await see(clerk, asked.id)).person?.id).toBe(person)
  // Before he is received, and after: it is theirs, and nothing else of his file is.
  expect(await seen(before, asked.id)).toBe(true)
  expect((await papersIn(before, { subject: asked.id })).map((d) => d.template)).toContain('D02')
  expect(await codeOf(before.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')

  const other = (await enrol({ identity: identityNumber(next++) })).id
  await receive(other)
  const db = county.house.databases.system
  await sql`update person set org_code = ${places.office}, officer_id = ${officer.id}, state = 'inCorrection' where id = ${person}`.execute(
    db,
  )
  for (const who of [head, officer]) {
    expect(await seen(who, asked.id)).toBe(true)
    expect((await papersIn(who, { subject: asked.id })).map((d) => d.template)).toContain('D02')
  }
  expect(await seen(before, asked.id)).toBe(true)
})

test('who is kept apart stays so: an undesignated head finds nothing of a minor that the county drafted', async () => {
  const minor = (await enrol()).id
  const db = county.house.databases.system
  await sql`update person set minor = true where id = ${minor}`.execute(db)
  const named = await county.signIn('officeHead', { designations: ['minors'] })
  const naming = await county.signIn('county', { designations: ['minors'] })
  const draft = await naming.call(documents.draft, { body: { template: 'D15', person: minor } })
  const duty = await openDuty(county, { org: places.county, person: minor })
  await sql`update person set org_code = ${places.office}, officer_id = null where id = ${minor}`.execute(db)
  await sql`update task set unit_code = ${places.office} where id = ${duty.id}`.execute(db)
  const listed = async (who: Somebody) => ({
    papers: (await papersIn(who)).some((d) => d.id === draft.id),
    duties: (await who.call(tasks.list, { query: { view: 'todo', whose: 'unit', size: 100 } })).items.some(
      (t) => t.id === duty.id,
    ),
  })
  expect(await listed(named)).toEqual({ papers: true, duties: true })
  expect(await listed(head)).toEqual({ papers: false, duties: false })
})
