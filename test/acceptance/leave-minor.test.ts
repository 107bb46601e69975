import { files } from '@zhijiao/contract/files'
import { leaves } from '@zhijiao/contract/permits'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { photo } from '../support/episode.ts'
import { proofOf } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let city: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王所员', designations: ['minors'] })
  city = await county.signIn('city', { name: '孙科长' })
})
afterAll(() => county.stop())

const ask = (person: string, days: number) => {
  const today = legalDayOf(county.house.chance.now())
  return officer.call(leaves.ask, {
    body: {
      person,
      from: plusDays(today, 5),
      until: plusDays(today, 4 + days),
      destination: { text: '南宁市第一职业学校', area: '450103' },
      reason: '01',
      reasonText: '职业培训',
    },
  })
}
const listed = async (who: Somebody) =>
  (await who.call(leaves.list, { query: { size: 100 } })).items.map((l) => l.person.id)

test('S2.27 the city decides on a minor’s leave of more than 30 days: exactly that file is open to it, until it has decided', async () => {
  const minor = await plantPerson(county.house, { officer: officer.id, minor: true, name: '吴少年' })
  const other = await plantPerson(county.house, { officer: officer.id, minor: true, name: '另一少年' })
  const asked = await ask(minor, 40)
  await ask(other, 5)
  expect(asked.competent).toBe('city')

  const stranger = await county.signIn('city', { of: '4591' }).catch(() => null)
  expect(await listed(city)).toEqual([minor])
  // The file of the minor beside it stays shut: what the leave rests on is all that the duty opens.
  const visit = await officer.call(files.upload, { body: { person: minor }, file: photo(), fileName: '入户走访.jpg' })
  const proof = await proofOf(officer, minor, asked.id)
  expect((await city.call(files.list, { query: { person: minor } })).map((f) => f.id)).toEqual([proof.id])
  expect(await codeOf(city.call(files.content, { params: { id: visit.id }, query: {} }))).toBe('ZJ_NOT_FOUND')
  if (stranger) expect(await listed(stranger)).toEqual([])
  // The county's staff who are not named for minors gain nothing by the city's duty.
  expect(await listed(await county.signIn('county'))).toEqual([])

  const decided = await city.call(leaves.decide, {
    params: { id: asked.id },
    body: { verdict: 'approved', note: '同意参加培训', unproven: '入学通知原件在卷', revision: asked.revision },
  })
  expect(decided).toMatchObject({ state: 'approved', decidedBy: { name: '孙科长' } })

  // An hour later the duty is over, and with it the sight.
  await county.house.databases.system
    .updateTable('task')
    .set({ ended_at: new Date(county.house.chance.now() - 61 * 60_000) })
    .where('subject_id', '=', asked.id)
    .where('kind', '=', 'leave.decide')
    .execute()
  expect(await codeOf(city.call(leaves.get, { params: { id: asked.id } }))).toBe('ZJ_NOT_FOUND')
  expect(await city.call(files.list, { query: { person: minor } })).toEqual([])
})
