import { people } from '@zhijiao/contract/people'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, startCounty } from '../support/county.ts'
import { type Hands, handsOf } from '../support/hands.ts'
import { act, begin, ledTo, see } from '../support/matters.ts'
import { codeOf } from '../support/refused.ts'

let county: County
let hands: Hands
let next = 4300

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-27T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  hands = await handsOf(county)
})
afterAll(() => county.stop())

/** Somebody due on the tenth day after his judgment, who is reported as not come today, 27 March. */
async function notCome(effectiveOn: string) {
  const { officer, staff } = hands
  const person = await staff.call(people.create, {
    body: {
      name: '韦某',
      identity: identityNumber(next++),
      category: '02',
      termStart: '2026-03-08',
      termEnd: '2027-03-07',
      state: 'awaiting',
      org: places.office,
      officer: officer.id,
    },
  })
  const asked = await begin(staff, 'reception', person.id, {
    organKind: '01',
    organ: '示例区人民法院',
    number: '（2026）示刑初31号',
    effectiveOn,
    papersOn: '2026-03-10',
    papers: [{ paper: '刑事判决书', copies: 1, state: 'there' }],
  })
  const waiting = await act(staff, asked, 'sent', { sentOn: '2026-03-10' })
  const gone = await act(staff, waiting, 'notReported', { said: '电话关机，家中无人' })
  return { waiting, search: await ledTo(officer, gone, 'search') }
}
const heard = { explanation: '外出打工，未看通知。', excuse: 'none', response: '批评教育。' }
/** Found today, examined up to the county’s desk. */
async function examined(search: Awaited<ReturnType<typeof notCome>>['search']) {
  const { officer, head, staff } = hands
  const found = await act(officer, search, 'found', {
    efforts: [{ how: 'visit', at: '2026-03-27T01:00:00.000Z', whom: '本人', result: '在家' }],
  })
  const foundAt = '2026-03-27T01:30:00.000Z'
  const counted = await act(officer, found, 'done', { foundAt, where: '家中', type: '01' })
  const violation = await act(officer, await ledTo(officer, counted, 'violation'), 'submit', heard)
  await act(head, violation, 'submit', { opinion: '事实清楚' })
  return see(staff, violation.id)
}

describe('S2.27 a late report: reception and the ladder count the same days', () => {
  test('MIS-03 ten days late is an admonition', async () => {
    const { waiting, search } = await notCome('2026-03-07')
    expect(waiting.hints).toContainEqual(
      expect.objectContaining({
        said: expect.objectContaining({ zh: expect.stringContaining('已逾期 10 日') }),
        citation: expect.objectContaining({ rule: 'MIS-03' }),
      }),
    )
    // The day on which he was due is the one that is not counted.
    expect(search.register.lostSince).toBe('2026-03-17T15:59:00.000Z')
    expect(search.hints[0]?.said.zh).toContain('已脱管 10 日，依法至少“训诫”')
    const at = await examined(search)
    expect(at.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'MIS-03' } })
    expect(at.hints[0]?.said.zh).toContain('10 日')
    expect(await act(hands.staff, at, 'admonish', { reason: '逾期十日' })).toMatchObject({ end: 'admonition' })
  })

  test('MIS-04 eleven days late is a warning, and an admonition is too mild', async () => {
    const { waiting, search } = await notCome('2026-03-06')
    expect(waiting.hints.map((h) => h.citation?.rule)).toContain('MIS-04')
    const at = await examined(search)
    expect(at.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'MIS-04' } })
    expect(at.hints[0]?.said.zh).toContain('11 日')
    expect(await codeOf(act(hands.staff, at, 'admonish', { reason: '从轻' }))).toBe('ZJ_CONDUCT_TOO_MILD')
    expect(await act(hands.staff, at, 'warn', { reason: '逾期十一日' })).toMatchObject({ end: 'warning' })
  })
})
