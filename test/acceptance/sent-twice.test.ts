import { files } from '@zhijiao/contract/files'
import { people } from '@zhijiao/contract/people'
import { type Leave, leaveHelp, leaves } from '@zhijiao/contract/permits'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { photo } from '../support/episode.ts'
import { askLeave } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let person: string
let leave: Leave

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
})
afterAll(() => county.stop())
beforeEach(async () => {
  ;({ person, leave } = await away())
})

async function away() {
  const someone = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
  const asked = await askLeave(county, officer, someone, { from: 0, days: 5 })
  const decided = await head.call(leaves.decide, {
    params: { id: asked.id },
    body: { verdict: 'approved', note: '同意', revision: asked.revision },
  })
  return { person: someone, leave: decided }
}
const newId = () => county.house.chance.id()
/** How often the ledger says something about a person. */
const entries = async (kind: string) => {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from ledger_entry where person_id = ${person}::uuid and kind = ${kind}`.execute(
    county.house.databases.system,
  )
  return Number(rows[0]?.n)
}
const params = () => ({ id: leave.id })

test('S1.7 a contact that was sent twice, or twice at once, is recorded once', async () => {
  const id = newId()
  const at = new Date(county.house.chance.now()).toISOString()
  const call = (of: string) =>
    officer.call(leaves.call, { params: { id: of }, body: { id, at, means: 'phone', result: 'reached', note: '在' } })
  await Promise.all([call(leave.id), call(leave.id)])
  expect((await call(leave.id)).calls).toMatchObject([{ id, result: 'reached' }])
  expect(await entries('leave.called')).toBe(1)
  // What was chosen for one leave is no contact of another.
  expect(await codeOf(call((await away()).leave.id))).toBe('ZJ_LEAVE_ID')
})

test('S1.7 a request for help that was sent twice is one request and one duty; whoever asked does not answer it himself', async () => {
  const id = newId()
  const ask = (of: string) =>
    officer.call(leaves.askHelp, { params: { id: of }, body: { id, county: places.otherCounty, wish: '请查访一次' } })
  await Promise.all([ask(leave.id), ask(leave.id)])
  expect((await ask(leave.id)).helps).toMatchObject([{ id, here: true }])
  expect(await entries('leave.helpAsked')).toBe(1)
  expect(await codeOf(ask((await away()).leave.id))).toBe('ZJ_LEAVE_ID')

  const answer = { params: { id }, body: { answer: '对方电话答复：本人在' } }
  const agency = await county.signIn('county', { name: '赵科员' })
  for (const who of [officer, head, agency])
    expect(await codeOf(who.call(leaveHelp.answer, answer))).toBe('ZJ_LEAVE_HELP_ELSEWHERE')
  const there = await county.signIn('county', { of: places.otherCounty, name: '二县陆科员' })
  await there.call(leaveHelp.answer, { params: { id }, body: { answer: '已查访' } })
  expect((await officer.call(leaves.get, { params: params() })).helps).toMatchObject([{ answeredBy: '二县陆科员' }])
  // Also after he is back: sent again it is the same request, not one to a leave that is over.
  const today = await officer.call(leaves.get, { params: params() })
  await officer.call(leaves.return, { params: params(), body: { on: today.from, revision: today.revision } })
  expect((await ask(leave.id)).helps).toHaveLength(1)
})

test('S0.47 a row of the file that was sent twice is added once', async () => {
  const id = newId()
  const add = (of: string, name = '韦父') =>
    officer.call(people.addPart, {
      params: { personId: of },
      body: { id, part: 'relatives', data: { relation: '父', name } },
    })
  const before = await entries('part.added')
  await Promise.all([add(person), add(person)])
  expect(await add(person, '另一人')).toMatchObject({ id, data: { name: '韦父' } })
  const { items } = await officer.call(people.parts, { params: { personId: person }, query: { part: 'relatives' } })
  expect(items.map((row) => row.id)).toEqual([id])
  expect((await entries('part.added')) - before).toBe(1)
  expect(await codeOf(add((await away()).person))).toBe('ZJ_PERSON_PART_ID')
})

test('S0.47 a file that was sent twice is kept once; another under its id is refused', async () => {
  const id = newId()
  const before = (await officer.call(files.list, { query: { person } })).length
  const received = await entries('file.received')
  const send = (who: Somebody, body: object, file: Blob = photo()) =>
    who.call(files.upload, { body: { id, ...body }, file, fileName: '走访.jpg' })
  const [first, again] = await Promise.all([send(officer, { person }), send(officer, { person })])
  expect(again).toEqual(first)
  expect(first.id).toBe(id)
  expect(await officer.call(files.list, { query: { person } })).toHaveLength(before + 1)
  expect((await entries('file.received')) - received).toBe(1)
  const png = new Blob([Buffer.from('89504e470d0a1a0a0000', 'hex')])
  expect(await codeOf(send(officer, { person }, png))).toBe('ZJ_FILE_ID')
  expect(await codeOf(send(officer, { person: (await away()).person }))).toBe('ZJ_FILE_ID')
  expect(await codeOf(send(head, { person }))).toBe('ZJ_FILE_ID')
})
