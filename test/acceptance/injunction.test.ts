import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { act, begin, filled, papersOf, plantSupervised, see, weigh } from '../support/matters.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let officer: Somebody
let clerk: Somebody
beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  officer = await county.signIn('officer', { name: '王警官' })
  clerk = await county.signIn('county', { name: '赵科员' })
})
afterAll(() => county?.stop())

const form = (more: object = {}) => ({
  kind: '01',
  content: '禁止进入网吧、酒吧等营业性娱乐场所',
  court: '示例区人民法院',
  number: '（2026）示刑初12号',
  from: '2026-01-01',
  until: '2026-12-31',
  watch: '每周抽查一次行踪，每月走访一次',
  places: [{ name: '蓝天网吧', address: '示例路8号' }, { name: '星光酒吧' }],
  ...more,
})

test('an injunction is put on record with its term, checked by the county, and each place gets its letter D33', async () => {
  const person = await plantSupervised(county, { officer: officer.id, name: '禁某', injunction: '禁止进入娱乐场所' })
  const before = await officer.call(matters.lifecycle, { params: { personId: person } })
  expect(before.missing.find((m) => m.kind === 'injunction')).toMatchObject({ citation: { rule: 'INJ-01' } })
  const hints = await weigh(officer, 'injunction', person, form())
  expect(hints.find((h) => h.tone === 'careful')?.said.zh).toContain('禁入围栏')
  expect(hints.map((h) => h.citation?.rule)).toContain('REP-07')

  const asked = await begin(officer, 'injunction', person, form())
  expect(asked).toMatchObject({ step: 'county', holder: { post: 'county' } })
  expect(await codeOf(act(officer, asked, 'confirm', { contact: '王警官，0772-0000002' }))).toBe('ZJ_MATTER_NOT_YOURS')
  expect(await codeOf(act(clerk, asked, 'confirm'))).toBe('ZJ_INVALID')
  const done = await act(clerk, asked, 'confirm', { contact: '王警官，0772-0000002' })
  expect(done.end).toBe('inForce')
  const letters = done.related.filter((r) => r.kind === 'injunctionLetter')
  expect(letters).toHaveLength(2)
  const papers = await Promise.all(letters.map(({ id }) => filled(county, id, 'D33')))
  expect(papers.map((p) => p.收文单位).sort()).toEqual(['星光酒吧', '蓝天网吧'])
  expect(papers[0]).toMatchObject({
    禁止令内容: '禁止进入网吧、酒吧等营业性娱乐场所',
    期限: '2026年1月1日至2026年12月31日',
    联系人: '王警官，0772-0000002',
    裁判文书: '（示例区人民法院（2026）示刑初12号）',
  })
  const letter = await see(officer, letters[0]?.id ?? '')
  expect(letter).toMatchObject({ step: 'serve', holder: { post: 'officer' } })
  expect((await act(officer, letter, 'served', { on: '2026-03-02', how: 'direct' })).end).toBe('served')

  const { items } = await officer.call(people.parts, { params: { personId: person }, query: { part: 'injunction' } })
  expect(items[0]?.data).toMatchObject({ kind: '01', from: '2026-01-01', until: '2026-12-31', court: '示例区人民法院' })
  const after = await officer.call(matters.lifecycle, { params: { personId: person } })
  expect(after.missing.find((m) => m.kind === 'injunction')).toBeUndefined()
  // What the header said is left as it was.
  expect((await officer.call(people.get, { params: { personId: person } })).injunctionText).toBe('禁止进入娱乐场所')
})

test('without places no letter; a header that said nothing says it now; an entry in error leaves nothing', async () => {
  const person = await plantSupervised(county, { officer: officer.id })
  const wrong = await begin(officer, 'injunction', person, form({ content: '错录' }))
  expect((await act(clerk, wrong, 'drop', { contact: '王警官' }, '录错对象')).end).toBe('dropped')
  expect((await officer.call(people.get, { params: { personId: person } })).injunctionText).toBe('')
  const asked = await begin(officer, 'injunction', person, form({ kind: '03', places: [], content: '禁止接触被害人' }))
  const done = await act(clerk, asked, 'confirm', { contact: '王警官' })
  expect(done.related).toEqual([])
  expect(await papersOf(county, done.id)).toEqual([])
  expect((await officer.call(people.get, { params: { personId: person } })).injunctionText).toBe('禁止接触被害人')
})

test('only control and suspended sentences carry one, and never beyond the correction', async () => {
  const parole = await plantSupervised(county, { officer: officer.id, category: '03' })
  expect(await codeOf(begin(officer, 'injunction', parole, form()))).toBe('ZJ_INJUNCTION_CATEGORY')
  const person = await plantSupervised(county, { officer: officer.id })
  expect(await codeOf(begin(officer, 'injunction', person, form({ until: '2029-01-01' })))).toBe('ZJ_INJUNCTION_TERM')
  expect(await codeOf(begin(officer, 'injunction', person, form({ until: '2025-01-01' })))).toBe('ZJ_INVALID')
})
