import { activations } from '@zhijiao/contract/devices'
import { people } from '@zhijiao/contract/people'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Somebody } from '../support/county.ts'
import { act, begin, see, weigh } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import { dayAfter, type Ground, startGround } from './devices.support.ts'

let ground: Ground
let officer: Somebody
let clerk: Somebody
let unnamed: Somebody
const wish = { evidence: '（2026）示刑初 12 号判决书', why: '登记时误将止日录为次年对应日' }

beforeAll(async () => {
  ground = await startGround()
  officer = await ground.county.signIn('officer', { name: '王警官', designations: ['minors', 'sealed'] })
  clerk = await ground.county.signIn('county', { name: '赵科员', designations: ['minors', 'sealed'] })
  unnamed = await ground.county.signIn('county', { name: '孙科员' })
})
afterAll(() => ground.county.stop())

const fileOf = (id: string) => officer.call(people.get, { params: { personId: id } })
const planted = (name: string) => plantPerson(ground.county.house, { officer: officer.id, name })

describe('S0.29 the term on file is weighed by the law (TRM-07)', () => {
  test('a term is weighed before it is kept: the day its length gives, its article, and none where nothing is wrong', async () => {
    const term = { category: '02', termStart: '2024-08-09', correctionTerm: '一年', sentenceTerm: '八个月' } as const
    const weighTerm = (termEnd: string, more: object = {}) =>
      officer.call(people.weighTerm, { query: { ...term, termEnd, ...more } })
    expect((await weighTerm('2025-08-08')).doubt).toBeNull()
    expect((await weighTerm('2025-08-09')).doubt).toMatchObject({
      expected: '2025-08-08',
      citation: { rule: 'TRM-07' },
      said: { zh: '从起日算 12 个月，末日应为 2025-08-08，不是 2025-08-09，请对照裁判文书核对' },
    })
    expect((await weighTerm('2025-02-08', { correctionTerm: '六个月' })).doubt).toMatchObject({
      expected: null,
      citation: { rule: 'TRM-04' },
    })
  })

  test('the file says it as long as it is so, and the correction takes it away; nobody approves his own', async () => {
    const who = await planted('韦某')
    const before = await fileOf(who)
    expect(before.termDoubt).toBeNull()
    const asked = await begin(officer, 'recordCorrection', who, { ...wish, termEnd: '2027-01-01', length: '一年' })
    expect(asked.step).toBe('county')
    const hints = (await see(clerk, asked.id)).hints.map((h) => h.said.zh)
    expect(hints).toEqual(
      expect.arrayContaining(['现矫正起止：2026-01-01 至 2027-12-31', expect.stringContaining('末日应为 2026-12-31')]),
    )
    expect(await codeOf(act(officer, asked, 'approve', { opinion: '同意' }))).toMatch(/^ZJ_/)
    await act(clerk, asked, 'approve', { opinion: '同意' })
    expect((await fileOf(who)).termDoubt).toMatchObject({ expected: '2026-12-31' })
    const again = await begin(officer, 'recordCorrection', who, { ...wish, termEnd: '2026-12-31' })
    await act(clerk, again, 'approve', { opinion: '同意' })
    expect(await fileOf(who)).toMatchObject({ termEnd: '2026-12-31', correctionTerm: '一年', termDoubt: null })
  })

  test('what corrects nothing or turns the term about is refused with what to do', async () => {
    const who = await planted('覃某')
    expect(
      await refusedWith(begin(officer, 'recordCorrection', who, { ...wish, termEnd: '2027-12-31' })),
    ).toMatchObject({
      code: 'ZJ_RECORD_SAME',
      zh: expect.stringContaining('请填写'),
    })
    expect(await codeOf(begin(officer, 'recordCorrection', who, { ...wish, termEnd: '2025-12-31' }))).toBe(
      'ZJ_RECORD_TERM',
    )
    expect((await weigh(officer, 'recordCorrection', who)).map((h) => h.said.zh)).toEqual([
      '现矫正起止：2026-01-01 至 2027-12-31',
    ])
  })

  test('the mark of a minor is set by named staff for a named officer; the file leaves everybody else’s sight', async () => {
    const who = await planted('小陆')
    const asked = await begin(officer, 'recordCorrection', who, { ...wish, minor: 'set' })
    expect(await codeOf(act(unnamed, asked, 'approve', { opinion: '同意' }))).toBe('ZJ_RECORD_NOT_NAMED')
    await act(clerk, asked, 'approve', { opinion: '同意' })
    expect(await fileOf(who)).toMatchObject({ minor: true })
    expect(await codeOf(unnamed.call(people.get, { params: { personId: who } }))).toBe('ZJ_NOT_FOUND')
    const other = await plantPerson(ground.county.house, { officer: ground.officer.id, name: '小莫' })
    const wrong = await begin(clerk, 'recordCorrection', other, { ...wish, sealed: 'set' })
    const second = await ground.county.signIn('county', { name: '钱科员', designations: ['minors', 'sealed'] })
    expect(await codeOf(act(second, wrong, 'approve', { opinion: '同意' }))).toBe('ZJ_RECORD_OFFICER')
  })

  test('a term that ends sooner takes positioning with it (EPD-03)', async () => {
    const worn = await ground.wear({ officer: officer.id, name: '莫某' })
    const lastDay = dayAfter(ground.county.house.chance.now(), 5)
    const asked = await begin(officer, 'recordCorrection', worn.person, { ...wish, termEnd: lastDay })
    await act(clerk, asked, 'approve', { opinion: '同意' })
    const { items } = await clerk.call(activations.ofPerson, { params: { personId: worn.person } })
    expect(items[0]).toMatchObject({
      state: 'running',
      endsAt: new Date(`${dayAfter(Date.parse(`${lastDay}T12:00:00+08:00`), 1)}T00:00:00+08:00`).toISOString(),
    })
  })
})
