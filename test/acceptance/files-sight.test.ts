import { documents } from '@zhijiao/contract/documents'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { photo } from '../support/episode.ts'
import { askLeave, proofOf } from '../support/leaves.ts'
import { begin } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let agency: Somebody
let city: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  city = await county.signIn('city', { name: '孙科长' })
})
afterAll(() => county.stop())

const idsOf = async (who: Somebody, query: { person?: string; subject?: string }) =>
  (await who.call(files.list, { query })).map((f) => f.id).sort()
const bytes = (who: Somebody, id: string) => codeOf(who.call(files.content, { params: { id }, query: {} }))
const attach = async (who: Somebody, body: { person?: string; subject?: string }, fileName: string) =>
  (await who.call(files.upload, { body, file: photo(), fileName })).id

/** Somebody with a photo of a visit and an issued paper on file, none of which the city has to do with. */
async function onFile() {
  const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
  const visit = await attach(officer, { person }, '入户走访.jpg')
  const draft = await officer.call(documents.draft, {
    body: { template: 'D18', person, values: { 违规事实: '未按时报告', 决定: '给予训诫一次' } },
  })
  await sql`insert into file (id, org_code, person_id, subject_id, name, mime, size, sha256, uploaded_at)
    values (${county.house.chance.id()}, ${places.office}, ${person}, ${draft.id}, 'D18.pdf', 'application/pdf', 1, '\\x00', now())`.execute(
    county.house.databases.system,
  )
  return { person, visit, paper: draft.id }
}

describe('S0.47 what the city has to decide shows it what it rests on, and no other file of the same person', () => {
  test('of a leave: its proofs, wherever they were kept; not a photo of a visit, not a paper; until a stated reason opens the file', async () => {
    const { person, visit, paper } = await onFile()
    const leave = await askLeave(county, officer, person, { from: 5, days: 40 })
    expect(leave.competent).toBe('city')
    // Proof that was uploaded to the person before the application named it.
    const loose = await proofOf(officer, person, county.house.chance.id(), '病历.jpg')
    await officer.call(leaves.prove, {
      params: { id: leave.id },
      body: { proofs: [loose.id], revision: leave.revision },
    })
    const proofs = [...leave.proofs, loose.id].sort()
    expect(await idsOf(city, { person })).toEqual(proofs)
    expect(await idsOf(city, { subject: paper })).toEqual([])
    expect(await bytes(city, visit)).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(city.call(files.get, { params: { id: visit } }))).toBe('ZJ_NOT_FOUND')
    for (const id of proofs) expect((await city.call(files.content, { params: { id }, query: {} })).status).toBe(200)
    // The office and the county see everything, as before.
    expect(await idsOf(agency, { person })).toHaveLength(4)
    expect(await idsOf(head, { person })).toHaveLength(4)

    const { number } = await officer.call(people.get, { params: { personId: person } })
    await city.call(people.look, { body: { number, reason: '督查长期外出审批' } })
    expect(await idsOf(city, { person })).toHaveLength(4)
    expect((await city.call(files.content, { params: { id: visit }, query: {} })).status).toBe(200)
  })

  test('what it adds itself it sees, also when its duty is over; the proofs it does not', async () => {
    const { person } = await onFile()
    const leave = await askLeave(county, officer, person, { from: 5, days: 40 })
    const own = await attach(city, { person, subject: leave.id }, '市局核查.jpg')
    const shown = await city.call(leaves.get, { params: { id: leave.id } })
    await city.call(leaves.decide, {
      params: { id: leave.id },
      body: { verdict: 'refused', note: '理由不充分', revision: shown.revision },
    })
    expect(await idsOf(city, { person })).toEqual([...leave.proofs, own].sort())
    await sql`update task set ended_at = ended_at - interval '2 days' where subject_id = ${leave.id}`.execute(
      county.house.databases.system,
    )
    expect(await idsOf(city, { person })).toEqual([own])
  })

  test('another city, and a duty about somebody else, open nothing', async () => {
    const { person, visit } = await onFile()
    await askLeave(county, officer, (await onFile()).person, { from: 5, days: 40 })
    expect(await idsOf(city, { person })).toEqual([])
    expect(await bytes(city, visit)).toBe('ZJ_NOT_FOUND')
  })

  test('files about nobody on file are the county’s, asked for by the matter as well', async () => {
    const subject = county.house.chance.id()
    const annex = await attach(agency, { subject }, '起诉书.jpg')
    expect(await idsOf(agency, { subject })).toEqual([annex])
    for (const of of ['city', 'province'] as const)
      expect(await idsOf(await county.signIn(of), { subject })).toEqual([])
  })
})

describe('S0.47 a psychological report is kept apart as its matter is', () => {
  test('whoever sees no psychology sees no report, in the file of the person or by the matter, with a stated reason either', async () => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    const begun = await begin(officer, 'psychology', person, { occasion: 'entry' })
    const report = await attach(officer, { person, subject: begun.id }, '评估报告.jpg')
    const other = await attach(officer, { person }, '入户走访.jpg')
    for (const who of [officer, head, agency, await county.signIn('countyHead'), await county.signIn('procurator')])
      expect(await idsOf(who, { person })).toEqual([report, other].sort())

    const bureau = await county.signIn('bureauHead', { name: '莫局长' })
    expect(await codeOf(bureau.call(matters.get, { params: { id: begun.id } }))).toBe('ZJ_NOT_FOUND')
    const { number } = await officer.call(people.get, { params: { personId: person } })
    await city.call(people.look, { body: { number, reason: '督查心理矫治工作' } })
    for (const who of [bureau, city]) {
      expect(await idsOf(who, { person })).toEqual([other])
      expect(await idsOf(who, { subject: begun.id })).toEqual([])
      expect(await bytes(who, report)).toBe('ZJ_NOT_FOUND')
    }
    // Nor does anybody put a file to a matter that is kept from him.
    expect(await codeOf(attach(bureau, { person, subject: begun.id }, '补充.jpg'))).toBe('ZJ_NOT_FOUND')
  })
})
