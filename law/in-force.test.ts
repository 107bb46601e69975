import { describe, expect, test } from 'vitest'
import { civilDate as d } from './civil-date.ts'
import { dueOf } from './due.ts'
import { lawInForce, type Revision, shippedRevision } from './in-force.ts'
import { propose } from './ladder.ts'
import { leaveCompetence } from './leave.ts'
import { isRefusal, LawError, refuse, settled } from './refusals.ts'

const revision = (id: string, org: string, values: Revision['values'], more: Partial<Revision> = {}): Revision => ({
  id,
  org,
  values,
  state: 'published',
  from: d('2026-01-01'),
  ...more,
})
const on = d('2026-06-01')

describe('the law in force', () => {
  test('rules are those of the day', () => {
    const law = lawInForce(on, '450223')
    expect(law.rules).toHaveLength(139)
    expect(law.rule('LVE-02')).toMatchObject({ value: 7, unit: 'day' })
    expect(law.rule('NO-01')).toMatchObject({ refused: 'ZJ_LAW_RULE_UNKNOWN' })
    expect(lawInForce(d('2019-01-01'), '').rule('LVE-02')).toMatchObject({ refused: 'ZJ_LAW_RULE_NOT_IN_FORCE' })
    expect(lawInForce(d('2019-01-01'), '').rules.length).toBeLessThan(139)
  })

  test('without revisions the shipped parameters hold', () => {
    const law = lawInForce(on, '450223')
    expect(law.revision).toBe(shippedRevision)
    expect(law.parameter('LOC-03')).toMatchObject({ value: 95, unit: '%', operator: 'lt', revision: null })
    expect(law.parameter('LOC-99')).toMatchObject({ refused: 'ZJ_LAW_PARAMETER_UNKNOWN' })
    expect(law.number('LOC-12', 0)).toBe(10)
    expect(law.number('LOC-04', 7)).toBe(7)
    expect(law.number('LOC-99', 7)).toBe(7)
    expect(law.text('LOC-07')).toBe('22:00-08:00')
    expect(law.text('LOC-12')).toBe('10')
    expect(law.text('LOC-04')).toBe('')
    expect(law.text('LOC-99')).toBe('')
  })

  test('the nearest organisation wins, whatever the order of publication', () => {
    const county = revision('r3', '450223', { 'LOC-02': 4 })
    const city = revision('r2', '450200', { 'LOC-02': 3, 'LOC-12': 15 })
    const province = revision('r1', '450000', { 'LOC-02': 2, 'LOC-11': 9 })
    for (const published of [
      [county, city, province],
      [province, city, county],
      [city, county, province],
    ]) {
      const law = lawInForce(on, '450223001', published)
      expect(law.parameter('LOC-02')).toMatchObject({ value: 4, revision: 'r3' })
      expect([law.number('LOC-12', 0), law.number('LOC-11', 0)]).toEqual([15, 9])
      expect(law.revision).toBe(`${shippedRevision}+r1+r2+r3`)
    }
    expect(lawInForce(on, '450203', [county, city, province]).number('LOC-02', 0)).toBe(3)
    expect(lawInForce(on, '430103', [county, city, province]).number('LOC-02', 0)).toBe(1)
  })

  test('in one organisation the newest wins, then the later id', () => {
    const old = revision('a', '45', { 'LOC-02': 2 }, { from: d('2025-01-01') })
    const next = revision('b', '45', { 'LOC-02': 3 })
    const same = revision('c', '45', { 'LOC-02': 5 })
    for (const published of [
      [old, next],
      [next, old],
    ])
      expect(lawInForce(on, '4502', published).number('LOC-02', 0)).toBe(3)
    for (const published of [
      [same, next],
      [next, same],
    ])
      expect(lawInForce(on, '4502', published).number('LOC-02', 0)).toBe(5)
  })

  test('a draft and a future revision change nothing', () => {
    const draft = revision('r1', '', { 'LOC-02': 2 }, { state: 'draft' })
    const future = revision('r2', '', { 'LOC-02': 3 }, { from: d('2026-06-02') })
    const law = lawInForce(on, '45', [draft, future])
    expect([law.number('LOC-02', 0), law.revision]).toEqual([1, shippedRevision])
    expect(lawInForce(d('2026-06-02'), '45', [draft, future]).number('LOC-02', 0)).toBe(3)
  })
})

describe('holidays that an operator adds', () => {
  const notice: Revision = {
    id: 'n1',
    org: '45',
    state: 'published',
    from: d('2026-11-20'),
    values: {},
    holidays: { '2027': { off: ['2027-01-01'], work: ['2027-01-03'] } },
  }
  const later = d('2026-11-21')

  test('a year is known where its notice was published, and nowhere else', () => {
    expect(lawInForce(later, '459001', []).calendar.years.has(2027)).toBe(false)
    expect(lawInForce(later, '459001', [notice]).calendar.years.get(2027)?.work.has(d('2027-01-03'))).toBe(true)
    expect(lawInForce(later, '110101', [notice]).calendar.years.has(2027)).toBe(false)
    expect(lawInForce(later, '459001', [{ ...notice, state: 'draft' }]).calendar.years.has(2027)).toBe(false)
    expect(lawInForce(later, '459001', [notice]).revision).toContain('n1')
  })

  test('what cannot be read changes nothing', () => {
    const broken = { ...notice, holidays: { '2027': { off: ['2026-01-01'], work: [] } } }
    expect(lawInForce(later, '459001', [broken]).calendar.years.has(2027)).toBe(false)
  })
})

describe('citations', () => {
  test('say what was recalled, until someone confirmed it', () => {
    expect(lawInForce(on, '45').cite('LVE-02')).toEqual({
      id: 'LVE-02',
      source: '社区矫正法实施办法',
      article: '27+58',
      recalled: true,
      zh: '外出七日以内的，司法所可受委托批准并报县级备案',
      en: 'Leave up to 7 days: a delegated judicial office may approve',
    })
    const confirmed = lawInForce(on, '45', [revision('r1', '', {}, { confirms: ['LVE-02'] })])
    expect(confirmed.cite('LVE-02').recalled).toBe(false)
    expect(confirmed.cite('LVE-03').recalled).toBe(true)
    expect(confirmed.cite('EPD-03').recalled).toBe(false)
  })
})

describe('corrections of recalled rules', () => {
  const corrected = (corrects: NonNullable<Revision['corrects']>, org = '', id = 'r1') =>
    revision(id, org, {}, { corrects })
  const five = corrected({ 'LVE-02': { value: 5, article: '28', zh: '外出≤5日', en: 'Leave up to 5 days' } })

  test('hold wherever the rule is read, cited or counted, and confirm it', () => {
    const law = lawInForce(on, '45', [five])
    expect(law.rule('LVE-02')).toMatchObject({ value: 5, article: '28', unit: 'day', confidence: 'source-checked' })
    expect(law.rules.find(({ id }) => id === 'LVE-02')?.value).toBe(5)
    expect(law.cite('LVE-02')).toMatchObject({ article: '28', zh: '外出≤5日', recalled: false })
    expect(lawInForce(on, '45').rule('LVE-02')).toMatchObject({ value: 7, confidence: 'recalled' })
    const six = { departure: d('2026-06-10'), return: d('2026-06-15'), reason: '01' }
    expect(settled(leaveCompetence(six, [], law))).toMatchObject({ level: 'county' })
    expect(settled(leaveCompetence(six, []))).toMatchObject({ level: 'office' })
    const receipt = lawInForce(on, '45', [corrected({ 'DLV-03': { value: 7 } })])
    expect(settled(dueOf('DLV-03', '2026-06-01', { law: receipt })).due).toBe('2026-06-08')
    const breaches = [1, 2].map((n) => ({ id: `F${n}`, kind: 'injunctionBreach' as const }))
    const facts = { category: 'suspendedSentence' as const, minor: false, on, facts: breaches }
    const twice = lawInForce(on, '45', [corrected({ 'INJ-03': { value: 2 } })])
    expect(settled(propose(facts)).proposals[0]).toMatchObject({ step: 'warning' })
    expect(settled(propose(facts, twice)).proposals[0]).toMatchObject({ step: 'revokeSuspendedSentence' })
  })

  test('the nearest unit and the newest word win, field by field; a text that was read stands', () => {
    const county = corrected({ 'LVE-02': { article: '27' } }, '450223', 'r2')
    expect(lawInForce(on, '450223', [county, five]).rule('LVE-02')).toMatchObject({ value: 5, article: '27' })
    expect(lawInForce(on, '450224', [county, five]).rule('LVE-02')).toMatchObject({ value: 5, article: '28' })
    const read = lawInForce(on, '45', [corrected({ 'EPD-03': { value: 6 }, 'NO-01': { value: 1 } } as never)])
    expect(read.rule('EPD-03')).toMatchObject({ value: 3 })
  })

  test('what is not in force is cited as corrected too', () => {
    expect(lawInForce(d('2019-01-01'), '', [{ ...five, from: d('2018-01-01') }]).read('LVE-02').value).toBe(5)
  })
})

describe('refusals', () => {
  test('fill in what they know and keep the names of what they do not', () => {
    expect(refuse('ZJ_LAW_RULE_NOT_IN_FORCE', { rule: 'X' }).en).toBe(
      'Rule X is not in force on {on}. Check the date, or use the rule in force on that day.',
    )
    expect(refuse('ZJ_LAW_CALENDAR_UNKNOWN', { year: 2027 }).zh).toContain('2027 年')
  })

  test('are told from answers, and thrown only when asked', () => {
    for (const answer of [null, undefined, 1, 'x', {}]) expect(isRefusal(answer)).toBe(false)
    expect(settled(5)).toBe(5)
    const refusal = refuse('ZJ_LAW_LEAVE_ABROAD')
    expect(isRefusal(refusal)).toBe(true)
    try {
      settled(refusal)
      expect.unreachable()
    } catch (error) {
      expect(error).toBeInstanceOf(LawError)
      expect(error).toMatchObject({ code: 'ZJ_LAW_LEAVE_ABROAD', refusal })
    }
  })
})
