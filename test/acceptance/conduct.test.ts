import { activations, devices } from '@zhijiao/contract/devices'
import { documents } from '@zhijiao/contract/documents'
import { wordsOfFact } from '@zhijiao/contract/facts'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { civilDate, plusMonths } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { ledgerAbout, plantAlarm } from '../support/episode.ts'
import { act, begin, filled, ledTo, papersOf, personNow, plantSupervised, see, weigh } from '../support/matters.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let staff: Somebody
let chief: Somebody
let elsewhere: Somebody
let next = 71_000

const day = 86_400_000
const ago = (days: number, hours = 0) =>
  new Date(county.house.chance.now() - days * day - hours * 3_600_000).toISOString()
const date = (days: number) =>
  new Date(county.house.chance.now() - days * day + 8 * 3_600_000).toISOString().slice(0, 10)

beforeAll(async () => {
  county = await startCounty()
  const designations = ['minors', 'sealed']
  officer = await county.signIn('officer', { name: '王警官', designations })
  head = await county.signIn('officeHead', { name: '张所长', designations })
  staff = await county.signIn('county', { name: '赵科员', designations })
  chief = await county.signIn('countyHead', { name: '李局长', designations })
  elsewhere = await county.signIn('county', { of: places.otherCounty })
})
afterAll(() => county.stop())

const person = (options: Parameters<typeof plantSupervised>[1] = {}) =>
  plantSupervised(county, { officer: officer.id, ...options })
const breach = (more: object = {}) => ({
  type: '02',
  what: 'report',
  from: ago(3),
  until: ago(2),
  description: '未按规定报告，电话未接。',
  ...more,
})
const heard = (more: object = {}) => ({
  explanation: '忘记了，以后注意。',
  excuse: 'none',
  response: '电话联系，当面批评教育。',
  ...more,
})
const finding = { unreformed: true, unreformedGrounds: '两次处罚后一周内又犯，谈话时拒不认错。', reason: '屡教不改' }

/** A violation up to the county's desk. */
async function examine(of: string, register: object = {}, check: object = {}, office: object = {}) {
  const begun = await begin(officer, 'violation', of, breach(register))
  const checked = await act(officer, begun, 'submit', heard(check))
  return act(head, checked, 'submit', { opinion: '事实清楚', weight: 'minor', ...office })
}
const serve = (more: object = {}) => ({ servedAt: ago(0, 1), place: '司法所', copiedOn: date(0), ...more })

/** A sanction all the way: violation, decision by another hand, read out. */
async function sanctioned(
  of: string,
  way: 'admonish' | 'warn',
  register: object = {},
  office: object = {},
  county_: object = {},
) {
  const decided = await act(staff, await examine(of, register, {}, office), way, { reason: '依规定', ...county_ })
  const matter = await ledTo(staff, decided, way === 'admonish' ? 'admonition' : 'warning')
  const given = await act(chief, matter, 'give', { opinion: '同意' })
  return act(officer, given, 'served', serve())
}

describe('P14 a violation is examined before anything follows', () => {
  test('it carries gap, excuse, authorised absence, response and the reason of its outcome; an admonition follows', async () => {
    const of = await person()
    const { id: episode } = await plantAlarm(county, of, { kind: 'lostContact' })
    const weighed = await officer.call(matters.weigh, {
      body: { kind: 'violation', person: of, form: breach({ facts: [episode] }) },
    })
    expect(weighed.hints.map((h) => h.said.zh).join()).toContain('可能离开围栏')
    const begun = await begin(officer, 'violation', of, breach({ facts: [episode] }))
    const checked = await act(officer, begun, 'submit', heard({ authorised: false }))
    expect(await codeOf(act(head, checked, 'submit', { opinion: '同意' }))).toBe('ZJ_CONDUCT_WEIGHT')
    const passed = await act(head, checked, 'submit', { opinion: '情节轻微', weight: 'minor' })
    expect(passed.hints.find((h) => h.tone === 'must')).toMatchObject({
      said: { zh: expect.stringContaining('依法最轻为“训诫”') },
      citation: { rule: 'PEN-01' },
    })
    const decided = await act(staff, passed, 'admonish', { reason: '首次，情节轻微' })
    expect(decided).toMatchObject({ end: 'admonition' })
    const admonition = await ledTo(staff, decided, 'admonition')
    expect(admonition.register).toMatchObject({ grounds: ['34.2'] })
    // Two pairs of eyes: whoever decided what follows does not sign it.
    expect(await codeOf(act(staff, admonition, 'give', { opinion: '同意' }))).toBe('ZJ_MATTER_OWN')
    const given = await act(chief, admonition, 'give', { opinion: '同意' })
    expect(await papersOf(county, admonition.id)).toEqual(['D18'])
    const paper = await filled(county, admonition.id, 'D18')
    expect(paper).toMatchObject({ 决定: '给予训诫一次' })
    expect(String(paper.违规事实)).toContain('未按规定报告')
    expect(await act(officer, given, 'served', serve())).toMatchObject({ end: 'given' })
    const kinds = [...(await ledgerAbout(county, begun.id)), ...(await ledgerAbout(county, admonition.id))]
    expect(kinds).toEqual(
      expect.arrayContaining(['violation.begun', 'violation.weighed', 'violation.ended', 'admonition.given']),
    )
    expect(wordsOfFact('violation.weighed').zh).toContain('法律')
  })

  test('a record of somebody else is no evidence', async () => {
    const [of, other] = [await person(), await person()]
    const { id } = await plantAlarm(county, other)
    expect(await codeOf(begin(officer, 'violation', of, breach({ facts: [id] })))).toBe('ZJ_CONDUCT_FACT')
  })

  test('a proper reason ends it; without one it cannot be excused', async () => {
    const no = await examine(await person())
    expect(await codeOf(act(staff, no, 'excuse', { reason: '体谅' }))).toBe('ZJ_CONDUCT_NO_EXCUSE')
    const yes = await examine(await person(), {}, { excuse: 'proper', excuseWhy: '急诊住院，附病历' })
    expect(await act(staff, yes, 'excuse', { reason: '住院属实' })).toMatchObject({ end: 'excused' })
  })

  test('a sanction without an examined violation is refused, and so is another county', async () => {
    const of = await person()
    const form = { facts: '违规', grounds: ['34.2'] }
    expect(await codeOf(begin(head, 'admonition', of, form))).toBe('ZJ_CONDUCT_UNEXAMINED')
    expect(await codeOf(begin(elsewhere, 'violation', of, breach()))).toBe('ZJ_NOT_FOUND')
    const at = await examine(of)
    expect(await codeOf(act(officer, at, 'admonish', { reason: '…' }))).toBe('ZJ_MATTER_NOT_YOURS')
    expect(await codeOf(see(elsewhere, at.id))).toBe('ZJ_NOT_FOUND')
  })
})

describe('S2.27 the ladder with its counts', () => {
  test('an absence of exactly ten days is an admonition, of eleven a warning', async () => {
    const ten = await examine(await person(), { what: 'absence', type: '01', from: ago(20), until: ago(10) })
    expect(ten.hints[0]?.said.zh).toContain('训诫')
    const eleven = await examine(await person(), { what: 'absence', type: '01', from: ago(20), until: ago(9) })
    expect(eleven.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'MIS-04' } })
    const refused = await refusedWith(act(staff, eleven, 'admonish', { reason: '从轻' }))
    expect(refused).toMatchObject({ code: 'ZJ_CONDUCT_TOO_MILD' })
    expect(refused.zh).toContain('警告')
    expect(refused.zh).toContain('第三十五条第（二）项')
  })

  test('talk, first warning, second warning, and the revocation only on a signed finding', async () => {
    const of = await person()
    // Education skipped for the first time: the law asks for reproof first.
    const skipped = await examine(of, { what: 'educationRefused', type: '03' })
    expect(skipped.hints.map((h) => h.said.zh).join()).toContain('批评教育')
    expect(await act(staff, skipped, 'talk', { reason: '首次，批评教育' })).toMatchObject({ end: 'talk' })
    const first = await sanctioned(of, 'warn', {}, { weight: 'heavier' })
    expect(first).toMatchObject({ end: 'given', register: { count: 1 } })
    const second = await sanctioned(of, 'warn', {}, { weight: 'heavier' })
    expect(second).toMatchObject({ end: 'given', register: { count: 2 } })
    expect(await filled(county, second.id, 'D19')).toMatchObject({ 决定: '给予警告一次（第2次）' })
    const third = await examine(of, { what: 'other', type: '99' }, {}, { weight: 'heavier' })
    expect(third.hints.map((h) => h.said.zh).join()).toContain('警告 2 次')
    expect(third.hints.map((h) => h.said.zh).join()).toContain('仍不改正')
    // The counter alone opens nothing.
    expect(await codeOf(act(staff, third, 'revokeSuspension', { reason: '两次警告' }))).toBe('ZJ_CONDUCT_NO_GROUND')
    // With the finding the warning is too mild.
    expect(await codeOf(act(staff, third, 'warn', finding))).toBe('ZJ_CONDUCT_TOO_MILD')
    expect(await act(staff, third, 'revokeSuspension', finding)).toMatchObject({ end: 'revokeSuspension' })
  })

  test('two admonitions in vain lead to a warning', async () => {
    const of = await person()
    await sanctioned(of, 'admonish')
    await sanctioned(of, 'admonish')
    const third = await examine(of)
    expect(await codeOf(act(staff, third, 'admonish', finding))).toBe('ZJ_CONDUCT_TOO_MILD')
    expect(await act(staff, third, 'warn', finding)).toMatchObject({ end: 'warning' })
  })
})

test('PEN-10 a warning that was revoked on an objection counts no more', async () => {
  const of = await person()
  const warned = await sanctioned(of, 'warn', {}, { weight: 'heavier' })
  const form = { receivedOn: date(0), how: 'written', claim: '当日住院，有病历' }
  const contested = await begin(officer, 'objection', of, form, { cause: warned.id })
  const third = await county.signIn('county', { name: '周科员' })
  const answer = { heard: '已听取', meanwhile: 'stood', answer: '事实有误，撤销警告' }
  expect(await codeOf(act(chief, contested, 'revoke', answer))).not.toBe('')
  const told = await act(third, contested, 'revoke', answer)
  expect(await act(officer, told, 'told', { on: date(0), wayOn: true })).toMatchObject({ end: 'revoked' })
  const again = await sanctioned(of, 'warn', {}, { weight: 'heavier' })
  expect(again.register).toMatchObject({ count: 1 })
})

describe('S2.3 a breach of an injunction never starts below a warning', () => {
  test('the admonition is refused with the article and the lawful remedy', async () => {
    const at = await examine(await person({ injunction: '禁止进入网吧' }), { what: 'injunctionBreach', type: '06' })
    const refused = await refusedWith(act(staff, at, 'admonish', { reason: '首次' }))
    expect(refused.code).toBe('ZJ_CONDUCT_TOO_MILD')
    expect(refused.zh).toMatch(/警告.*第三十五条第（一）项/)
    expect(refused.en).toContain('Warning')
    expect(await act(staff, at, 'warn', { reason: '违反禁止令' })).toMatchObject({ end: 'warning' })
  })

  test('the third one ends the suspended sentence', async () => {
    const of = await person()
    const slip = { what: 'injunctionBreach', type: '06' }
    await sanctioned(of, 'warn', slip)
    await sanctioned(of, 'warn', slip)
    const third = await examine(of, slip)
    expect(await codeOf(act(staff, third, 'warn', { reason: '再次' }))).toBe('ZJ_CONDUCT_TOO_MILD')
    expect(await act(staff, third, 'revokeSuspension', { reason: '三次违反' })).toMatchObject({
      end: 'revokeSuspension',
    })
  })

  test('INJ-03 INJ-04 a police penalty for something else leaves a slight breach slight; one for the injunction does not', async () => {
    const slip = { what: 'injunctionBreach', type: '06' }
    const penalised = async (register: object, office: object) => {
      const of = await person({ injunction: '禁止进入网吧' })
      const at = await examine(of, { from: ago(20), until: ago(19), ...register }, {}, office)
      const led = await ledTo(staff, await act(staff, at, 'police', { reason: '依规定' }), 'policePenalty')
      const form = { police: '示例一县公安局', evidence: [{ name: '谈话笔录' }], heard: '无异议' }
      const sent = await act(chief, await act(staff, led, 'submit', form), 'sign', { opinion: '同意', sentAt: ago(10) })
      await act(staff, sent, 'penalised', { answeredOn: date(9), answer: '行政拘留五日' })
      return of
    }
    const other = await examine(await penalised({}, { weight: 'heavier' }), slip)
    expect(other.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'INJ-04' } })
    expect(await act(staff, other, 'warn', { reason: '首次违反禁止令' })).toMatchObject({ end: 'warning' })
    const again = await examine(await penalised(slip, {}), slip)
    expect(again.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'INJ-03' } })
    expect(await codeOf(act(staff, again, 'warn', { reason: '从轻' }))).toBe('ZJ_CONDUCT_TOO_MILD')
  })

  test('a parolee has none', async () => {
    const of = await person({ category: '03' })
    const refused = await refusedWith(begin(officer, 'violation', of, breach({ what: 'injunctionBreach', type: '06' })))
    expect(refused.code).toBe('ZJ_CONDUCT_FACT_UNFIT')
    expect(refused.zh).toContain('“违反禁止令”不会发生在假释对象身上（刑法第三十八条、第七十二条）')
    expect(refused.zh).not.toMatch(/[A-Za-z]/)
  })

  test('nothing ends before it began', async () => {
    const refused = await refusedWith(
      begin(officer, 'violation', await person(), breach({ from: ago(1), until: ago(2) })),
    )
    expect(refused).toMatchObject({
      code: 'ZJ_INVALID',
      fields: [{ path: 'until', zh: '“结束时间”不能早于“开始时间”' }],
    })
  })
})

test('S3.9 no police penalty for parole; for others the police answer it', async () => {
  const parolee = await examine(await person({ category: '03' }), {}, {}, { weight: 'heavier' })
  expect(parolee.hints.map((h) => h.said.zh).join()).not.toContain('治安')
  expect(parolee.ways.find((w) => w.id === 'police')).toMatchObject({
    open: false,
    why: { zh: expect.stringContaining('假释') },
  })
  const refused = await refusedWith(act(staff, parolee, 'police', { reason: '较重' }))
  expect(refused.code).toBe('ZJ_CONDUCT_CATEGORY')
  expect(refused.zh).toContain('假释')
  const of = await person()
  const decided = await act(staff, await examine(of, {}, {}, { weight: 'heavier' }), 'police', { reason: '较重' })
  const penalty = await ledTo(staff, decided, 'policePenalty')
  const ready = await act(chief, penalty, 'submit', {
    police: '示例一县公安局',
    evidence: [{ name: '谈话笔录' }],
    heard: '无异议',
  })
  expect(await codeOf(act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(0) }))).toBe('ZJ_CONDUCT_OTHER_HAND')
  const another = await county.signIn('countyHead', { name: '陈局长' })
  const sent = await act(another, ready, 'sign', { opinion: '同意', sentAt: ago(0) })
  expect(await filled(county, penalty.id, 'D20')).toMatchObject({ 证据目录: ['谈话笔录'], 公安机关: '示例一县公安局' })
  const answered = await act(staff, sent, 'penalised', { answeredOn: date(0), answer: '行政拘留五日' })
  expect(answered).toMatchObject({ end: 'penalised' })
})

test('S0.39 MIS-01: searched at once, the police told, the absence counted by the law when found', async () => {
  const of = await person()
  const lost = await begin(officer, 'search', of, { lostSince: ago(12), noticed: '定位中断，电话不通' })
  expect(lost.clock.citation?.rule).toBe('MIS-01')
  expect(await codeOf(begin(officer, 'search', of, { lostSince: ago(1), noticed: '又' }))).toBe('ZJ_MATTER_RUNNING')
  const effort = (how: string) => ({ how, at: ago(11), whom: '母亲', result: '不知去向' })
  const lacking = await refusedWith(act(officer, lost, 'notFound', { efforts: [effort('call')] }))
  expect(lacking.code).toBe('ZJ_CONDUCT_SEARCH')
  expect(lacking.zh).toContain('实地查访')
  const reported = await act(officer, lost, 'notFound', { efforts: ['call', 'check', 'visit'].map(effort) })
  const told = await act(staff, reported, 'sent', {
    police: '示例一县公安局',
    sentOn: date(10),
    procuratorateOn: date(10),
    evidence: [{ name: '通话记录' }],
  })
  expect(await personNow(county, of)).toMatchObject({ state: 'missing' })
  expect(await papersOf(county, lost.id)).toEqual(['D26'])
  expect(String((await filled(county, lost.id, 'D26')).查找经过)).toContain('实地查访')
  expect(told.hints.map((h) => h.said.zh).join()).toMatch(/已脱管 1[23] 日/)
  const found = await act(staff, told, 'found', {})
  const counted = await act(officer, found, 'done', { foundAt: ago(0, 1), where: '亲戚家', type: '09' })
  expect(counted).toMatchObject({ end: 'found' })
  expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
  const violation = await ledTo(staff, counted, 'violation')
  expect(violation.register).toMatchObject({ what: 'absence' })
  expect(violation.hints[0]).toMatchObject({ citation: { rule: 'MIS-04' } })
})

describe('a search that is over leaves the person where he was before it', () => {
  const effort = (how: string) => ({ how, at: ago(11), whom: '母亲', result: '不知去向' })
  const searched = async (of: string) => {
    const lost = await begin(officer, 'search', of, { lostSince: ago(12), noticed: '应报到未报到' })
    const reported = await act(officer, lost, 'notFound', { efforts: ['call', 'check', 'visit'].map(effort) })
    const told = await act(staff, reported, 'sent', {
      police: '示例一县公安局',
      sentOn: date(10),
      procuratorateOn: date(10),
      evidence: [{ name: '通话记录' }],
    })
    expect(await personNow(county, of)).toMatchObject({ state: 'missing' })
    return told
  }

  test('whoever never reported is awaited again when found; his reception still stands', async () => {
    const of = await person({ state: 'awaiting' })
    const found = await act(staff, await searched(of), 'found', {})
    await act(officer, found, 'done', { foundAt: ago(0, 1), where: '亲戚家', type: '09' })
    expect(await personNow(county, of)).toMatchObject({ state: 'awaiting' })
  })

  test('taken back, it leaves nobody missing', async () => {
    for (const state of ['inCorrection', 'awaiting']) {
      const of = await person({ state })
      const told = await searched(of)
      const params = { id: told.id }
      await officer.call(matters.withdraw, { params, body: { reason: '登记有误', revision: told.revision } })
      expect(await personNow(county, of)).toMatchObject({ state })
    }
  })
})

describe('S2.30 S1.13 a revocation goes to the court, and the court ends the correction', () => {
  const proposed = async (of: string) => {
    const at = await examine(of, { what: 'absence', type: '01', from: ago(60), until: ago(2) })
    const decided = await act(staff, at, 'revokeSuspension', { reason: '无正当理由脱管超过一个月' })
    return ledTo(staff, decided, 'revokeSuspension')
  }
  const evidence = {
    court: '示例市示例区人民法院',
    article: '刑法第七十七条第二款',
    evidence: [{ name: '查找记录', from: '城东司法所' }],
    heard: '承认离开',
    lawyer: '无',
  }
  const ruling = { number: '(2026)示刑更1号', ruledOn: '', heardThere: true, lawyerThere: true }

  test('evidence, hearing, signature by another, the clock of the court, termination with its code', async () => {
    const of = await person()
    const proposal = await proposed(of)
    expect(proposal.register.reason).toContain('第四十六条第（二）项')
    const ready = await act(staff, proposal, 'submit', evidence)
    const sent = await act(chief, ready, 'sign', { opinion: '同意提请', sentAt: ago(0, 2) })
    expect(sent).toMatchObject({ step: 'court', clock: { citation: { rule: 'REV-01' } } })
    expect(sent.clock.dueAt).not.toBeNull()
    expect(await filled(county, proposal.id, 'D21')).toMatchObject({
      证据目录: ['查找记录（城东司法所）'],
      收文机关: '示例市示例区人民法院',
      法律条款: '刑法第七十七条第二款',
    })
    // REV-04: heard there, or the reason why not.
    expect(sent.hints.map((h) => h.citation?.rule)).toContain('REV-04')
    const bare = { number: ruling.number, ruledOn: date(0) }
    expect(await codeOf(act(staff, sent, 'yes', bare))).toBe('ZJ_CONDUCT_UNHEARD')
    const ended = await act(staff, sent, 'yes', { ...ruling, ruledOn: date(0) })
    expect(ended).toMatchObject({ end: 'ended' })
    const termination = await ledTo(staff, ended, 'termination')
    expect(termination.register).toMatchObject({ code: 'T1' })
    // Something else still runs; it is settled with the correction.
    const open = await begin(officer, 'violation', of, breach())
    await act(staff, termination, 'end', { effectiveOn: date(0) })
    expect(await personNow(county, of)).toMatchObject({ state: 'terminated' })
    expect(await see(staff, open.id)).toMatchObject({ end: 'settled' })
    expect(await ledgerAbout(county, termination.id)).toContain('correction.ended')
  })

  test('one head is enough: he decided the violation and sent the proposal back, and signs what others prepared', async () => {
    const at = await examine(await person(), { what: 'absence', type: '01', from: ago(60), until: ago(2) })
    const decided = await act(chief, at, 'revokeSuspension', { reason: '无正当理由脱管超过一个月' })
    const proposal = await ledTo(staff, decided, 'revokeSuspension')
    const signed = { opinion: '同意提请', sentAt: ago(0) }
    const back = await act(chief, await act(staff, proposal, 'submit', evidence), 'return', {}, '请补充查找记录')
    // What he prepares himself he does not sign; sent back and prepared by another hand he does.
    const own = await act(chief, back, 'submit', evidence)
    expect(await codeOf(act(chief, own, 'sign', signed))).toBe('ZJ_CONDUCT_OTHER_HAND')
    const again = await act(staff, await act(chief, own, 'return', {}, '由经办人整理'), 'submit', evidence)
    expect(await act(chief, again, 'sign', signed)).toMatchObject({ step: 'court' })
  })

  test('PEN-10 a proposal is contested while the court has it; revoked, it ends as not proposed', async () => {
    const of = await person()
    const ready = await act(staff, await proposed(of), 'submit', evidence)
    const form = { receivedOn: date(0), how: 'written', claim: '期间住院，有病历' }
    expect(await codeOf(begin(officer, 'objection', of, form, { cause: ready.id }))).toBe('ZJ_OBJECTION_NOT_OPEN')
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(0) })
    expect(sent.contestable).toBe(true)
    const asked = await begin(officer, 'objection', of, form, { cause: sent.id })
    const answer = { heard: '已听取', meanwhile: 'rested', answer: '住院属实，撤销提请' }
    for (const hand of [staff, chief])
      expect(await codeOf(act(hand, asked, 'revoke', answer))).toBe('ZJ_OBJECTION_DECIDER')
    await act(await county.signIn('county', { name: '周科员' }), asked, 'revoke', answer)
    expect(await see(staff, sent.id)).toMatchObject({ step: null, end: 'dropped' })
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
  })

  test('not granted: the correction goes on', async () => {
    const of = await person()
    const ready = await act(staff, await proposed(of), 'submit', evidence)
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(0) })
    expect(await act(staff, sent, 'no', { ...ruling, ruledOn: date(0) })).toMatchObject({ end: 'goesOn' })
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
  })

  test('an arrest is asked while it runs; the court has 48 hours, custody 30 days', async () => {
    const of = await person()
    const proposal = await proposed(of)
    const form = { proposal: proposal.id, ground: 'flight', facts: '购买出省车票' }
    const asked = await begin(staff, 'arrest', of, form)
    const ready = await act(staff, asked, 'submit', { court: '示例法院', evidence: [{ name: '购票记录' }] })
    const sentAt = ago(0, 1)
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt })
    expect(Date.parse(sent.clock.dueAt ?? '')).toBe(Date.parse(sentAt) + 48 * 3_600_000)
    const decided = await act(staff, sent, 'arrested', { decidedOn: date(1), number: '(2026)逮1号' })
    // The court decided; the police have not taken anybody yet.
    expect(decided).toMatchObject({ step: 'execute', clock: { dueAt: null } })
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
    expect(await codeOf(act(staff, decided, 'taken', {}))).toBe('ZJ_INVALID')
    expect(await codeOf(act(staff, decided, 'taken', { takenOn: date(2) }))).toBe('ZJ_CONDUCT_TAKEN')
    const held = await act(staff, decided, 'taken', { takenOn: date(0), place: '示例看守所' })
    expect(held.clock.citation?.rule).toBe('REV-03')
    // Thirty days, the one on which he was taken the first.
    expect(held.clock.dueAt?.slice(0, 10)).toBe(date(-29))
    expect(await personNow(county, of)).toMatchObject({ state: 'detained' })
    expect(await papersOf(county, asked.id)).toEqual(['D24'])
    const control = await person({ category: '01' })
    expect(await codeOf(begin(staff, 'arrest', control, form))).toBe('ZJ_CONDUCT_NO_PROPOSAL')
  })
})

test('REV-11 detained by another organ, late notice is said; set free, the correction goes on', async () => {
  const of = await person()
  const form = { measure: 'criminal', organ: '示例市公安局', decidedOn: date(9), noticeOn: date(1), why: '涉嫌盗窃' }
  const { hints } = await officer.call(matters.weigh, { body: { kind: 'detention', person: of, form } })
  expect(hints[0]).toMatchObject({ citation: { rule: 'REV-11' } })
  const held = await begin(officer, 'detention', of, form)
  expect(await personNow(county, of)).toMatchObject({ state: 'detained' })
  await act(staff, held, 'released', { endedOn: date(0), how: '证据不足释放' })
  expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
})

describe('REV-08 every way into custody leads out again', () => {
  const register = () => ({
    measure: 'criminal',
    organ: '示例市公安局',
    decidedOn: date(9),
    noticeOn: date(8),
    why: '涉嫌盗窃',
  })
  const tried = async (category: '01' | '02' | '03' | '04' = '02') => {
    const of = await person({ category })
    const held = await begin(officer, 'detention', of, register())
    return { of, at: await act(staff, held, 'crime', { endedOn: date(5), how: '逮捕后移送起诉' }) }
  }
  const judgment = () => ({ number: '(2026)示刑初9号', ruledOn: date(1), court: '示例法院' })

  test.each(['notRevoked', 'notProsecuted', 'acquitted'])('%s: free, and the correction goes on', async (way) => {
    const { of, at } = await tried()
    expect(at).toMatchObject({ step: 'trial', holder: { post: 'county' } })
    expect(at.hints.map((h) => h.citation?.rule)).toEqual(expect.arrayContaining(['REV-08', 'END-02']))
    expect(await personNow(county, of)).toMatchObject({ state: 'detained' })
    const still = await act(staff, at, 'progress', { progress: '一审开庭' })
    expect(still).toMatchObject({ step: 'trial', end: null })
    const lacking = await refusedWith(act(staff, still, way, judgment()))
    expect(lacking).toMatchObject({ code: 'ZJ_INVALID', fields: [{ path: 'freedOn' }] })
    expect(await act(staff, still, way, { ...judgment(), freedOn: date(0) })).toMatchObject({ end: 'goesOn' })
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
  })

  test.each([
    ['02', 'T1'],
    ['03', 'T2'],
    ['04', 'T3'],
  ] as const)('revoked in the judgment: category %s ends as %s', async (category, code) => {
    const { of, at } = await tried(category)
    expect(await codeOf(act(staff, at, 'revoked', {}))).toBe('ZJ_INVALID')
    const ended = await act(staff, at, 'revoked', judgment())
    expect(ended).toMatchObject({ end: 'revoked' })
    const termination = await ledTo(staff, ended, 'termination')
    expect(termination.register).toMatchObject({ code, ruling: judgment().number })
    await act(staff, termination, 'end', { effectiveOn: date(0) })
    expect(await personNow(county, of)).toMatchObject({ state: 'terminated' })
  })

  test('control is not revoked: the way is shut with the article', async () => {
    const { at } = await tried('01')
    expect(at.ways.find((w) => w.id === 'revoked')).toMatchObject({
      open: false,
      why: { zh: expect.stringContaining('管制') },
    })
    expect(await codeOf(act(staff, at, 'revoked', judgment()))).toBe('ZJ_CONDUCT_NO_REVOCATION')
  })

  test('taken back, it leaves the state as it found it; another custody holds on', async () => {
    const withdraw = (who: Somebody, at: { id: string; revision: number }) =>
      who.call(matters.withdraw, { params: { id: at.id }, body: { reason: '登记有误', revision: at.revision } })
    const of = await person()
    await withdraw(officer, await begin(officer, 'detention', of, register()))
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
    const gone = await person({ state: 'missing' })
    await withdraw(officer, await begin(officer, 'detention', gone, register()))
    expect(await personNow(county, gone)).toMatchObject({ state: 'missing' })
    // Somebody held whose matter ended long ago: it is registered anew and ends as any other.
    const stuck = await person({ state: 'detained' })
    const again = await begin(officer, 'detention', stuck, register())
    await act(staff, again, 'released', { endedOn: date(0), how: '已释放' })
    expect(await personNow(county, stuck)).toMatchObject({ state: 'inCorrection' })
  })

  test('held before he ever reported: registered, and awaited again when he is free', async () => {
    const of = await person({ state: 'awaiting' })
    const held = await begin(officer, 'detention', of, register())
    expect(await personNow(county, of)).toMatchObject({ state: 'detained' })
    await act(staff, held, 'released', { endedOn: date(0), how: '已释放' })
    expect(await personNow(county, of)).toMatchObject({ state: 'awaiting' })
    const back = await person({ state: 'awaiting' })
    const wrong = await begin(officer, 'detention', back, register())
    const params = { id: wrong.id }
    await officer.call(matters.withdraw, { params, body: { reason: '登记有误', revision: wrong.revision } })
    expect(await personNow(county, back)).toMatchObject({ state: 'awaiting' })
  })

  test('REV-12 an arrest: taken back at custody, and its days when it is revoked', async () => {
    const arrested = async () => {
      const of = await person()
      const at = await examine(of, { what: 'absence', type: '01', from: ago(60), until: ago(2) })
      const led = await act(staff, at, 'revokeSuspension', { reason: '脱管超过一个月' })
      const proposal = await ledTo(staff, led, 'revokeSuspension')
      const asked = await begin(staff, 'arrest', of, { proposal: proposal.id, ground: 'flight', facts: '购票' })
      const ready = await act(staff, asked, 'submit', { court: '示例法院', evidence: [{ name: '购票记录' }] })
      const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(6) })
      const decided = await act(staff, sent, 'arrested', { decidedOn: date(5), number: '(2026)逮1号' })
      return { of, proposal, held: await act(staff, decided, 'taken', { takenOn: date(5) }) }
    }
    const back = await arrested()
    await staff.call(matters.withdraw, {
      params: { id: back.held.id },
      body: { reason: '登记有误', revision: back.held.revision },
    })
    expect(await personNow(county, back.of)).toMatchObject({ state: 'inCorrection' })

    const { of, proposal, held } = await arrested()
    expect(held.hints).toContainEqual(
      expect.objectContaining({ citation: expect.objectContaining({ rule: 'REV-12' }) }),
    )
    await act(staff, held, 'revoked', { endedOn: date(0), how: '已裁定撤销' })
    expect(await personNow(county, of)).toMatchObject({ state: 'detained' })
    const ready = await act(staff, await see(staff, proposal.id), 'submit', {
      court: '示例法院',
      evidence: [{ name: '查找记录' }],
      heard: '承认',
    })
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(4) })
    const heard = { heardThere: true, lawyerThere: true }
    const ended = await act(staff, sent, 'yes', { number: '(2026)示刑更2号', ruledOn: date(0), ...heard })
    expect((await ledTo(staff, ended, 'termination')).register).toMatchObject({ custodyDays: 6 })
  })
})

describe('an arrest that the court decided is none until somebody is taken', () => {
  const heard = { heardThere: true, lawyerThere: true }
  /** Missing, a revocation at the court, and an arrest decided five days ago. */
  const decided = async () => {
    const of = await person({ state: 'missing' })
    const at = await examine(of, { what: 'absence', type: '01', from: ago(60), until: ago(2) })
    const led = await act(staff, at, 'revokeSuspension', { reason: '脱管超过一个月' })
    const proposal = await ledTo(staff, led, 'revokeSuspension')
    const ready = { court: '示例法院', evidence: [{ name: '查找记录' }], heard: '下落不明' }
    const sent = await act(chief, await act(staff, proposal, 'submit', ready), 'sign', {
      opinion: '同意',
      sentAt: ago(7),
    })
    const asked = await begin(staff, 'arrest', of, { proposal: proposal.id, ground: 'flight', facts: '可能逃跑' })
    const up = await act(staff, asked, 'submit', { court: '示例法院', evidence: [{ name: '查找记录' }] })
    const court = await act(chief, up, 'sign', { opinion: '同意', sentAt: ago(6) })
    const at_ = await act(staff, court, 'arrested', { decidedOn: date(5), number: '(2026)逮3号' })
    return { of, proposal: sent, arrest: at_ }
  }
  const positioned = async (of: string) => {
    const { device } = await staff.call(devices.register, {
      body: {
        kind: 'phone',
        protocol: 'app',
        identity: `139${String(next++).padStart(8, '0')}`,
        model: 'TEST',
        crs: 'WGS84',
      },
    })
    await staff.call(devices.issue, { params: { id: device.id }, body: { personId: of, revision: 1 } })
    const body = { regime: 'check' as const, deviceId: device.id, lastDay: date(-30) }
    return (await staff.call(activations.propose, { params: { personId: of }, body })).id
  }
  const stateOf = async (term: string) =>
    (
      await sql<{ state: string }>`select state from activation where id = ${term}`.execute(
        county.house.databases.system,
      )
    ).rows[0]?.state

  test('REV-12 MIS-06 never caught: still missing, still positioned, nothing credited, and the pursuit follows', async () => {
    const { of, proposal, arrest } = await decided()
    const term = await positioned(of)
    expect(arrest.hints[0]).toMatchObject({ citation: { rule: 'REV-03' } })
    expect(await personNow(county, of)).toMatchObject({ state: 'missing' })
    expect(await stateOf(term)).toBe('running')
    const ruling = { number: '(2026)示刑更5号', ruledOn: date(0), ...heard }
    const ended = await act(staff, await see(staff, proposal.id), 'yes', ruling)
    const termination = await ledTo(staff, ended, 'termination')
    expect(termination.register).not.toHaveProperty('custodyDays')
    expect(await ledTo(staff, ended, 'pursuit')).toMatchObject({ step: 'group' })
    const over = await see(staff, arrest.id)
    expect(over.hints.map((h) => h.said.zh).join()).toContain('撤销提请已办结')
    expect(await codeOf(act(staff, over, 'lapsed', {}))).toBe('ZJ_INVALID')
    expect(await act(staff, over, 'lapsed', { note: '已裁定撤销，转追逃' })).toMatchObject({ end: 'notExecuted' })
    expect(await personNow(county, of)).toMatchObject({ state: 'missing' })
  })

  test('REV-12 taken days later: custody, its clock and the credit run from that day', async () => {
    const { of, proposal, arrest } = await decided()
    const term = await positioned(of)
    const held = await act(staff, arrest, 'taken', { takenOn: date(1), police: '示例一县公安局' })
    expect(held.clock.dueAt?.slice(0, 10)).toBe(date(-28))
    expect(held.hints[0]?.said.zh).toContain('逮捕至今 2 日')
    expect(await personNow(county, of)).toMatchObject({ state: 'detained' })
    expect(await stateOf(term)).toBe('ended')
    const ruling = { number: '(2026)示刑更6号', ruledOn: date(0), ...heard }
    const ended = await act(staff, await see(staff, proposal.id), 'yes', ruling)
    expect((await ledTo(staff, ended, 'termination')).register).toMatchObject({ custodyDays: 2 })
  })

  test('one that was in custody before the execution was a step goes on from the day of the decision', async () => {
    const { of, proposal, arrest } = await decided()
    const { system } = county.house.databases
    await sql`update matter set step = 'custody' where id = ${arrest.id}`.execute(system)
    await sql`update matter_passage set to_step = 'custody' where matter_id = ${arrest.id} and way = 'arrested'`.execute(
      system,
    )
    await sql`update person set state = 'detained' where id = ${of}`.execute(system)
    const old = await see(staff, arrest.id)
    expect(old.hints[0]?.said.zh).toContain('逮捕至今 6 日')
    const ruling = { number: '(2026)示刑更7号', ruledOn: date(0), ...heard }
    const ended = await act(staff, await see(staff, proposal.id), 'yes', ruling)
    expect((await ledTo(staff, ended, 'termination')).register).toMatchObject({ custodyDays: 6 })
    expect(await act(staff, old, 'revoked', { endedOn: date(0), how: '已裁定撤销' })).toMatchObject({ end: 'arrested' })
  })
})

describe('AWD-01 commendation', () => {
  const good = { ground: 'conduct', obeys: true, abides: true, rules: true, learns: true, facts: '表现良好' }
  test('after six months and with all four tests; a deed at any time; a minor not in public', async () => {
    const fresh = await person({ termStart: date(100) })
    const early = await refusedWith(begin(head, 'commendation', fresh, good))
    expect(early).toMatchObject({ code: 'ZJ_CONDUCT_MONTHS' })
    const ripe = await person({ termStart: date(300), minor: true })
    expect(await codeOf(begin(head, 'commendation', ripe, { ...good, learns: false }))).toBe('ZJ_CONDUCT_TESTS')
    const asked = await begin(head, 'commendation', ripe, good)
    expect(await filled(county, asked.id, 'D17a')).toMatchObject({ 决定: '建议给予表扬一次', 事实: '表现良好' })
    const given = await act(staff, asked, 'give', { opinion: '同意' })
    expect(await papersOf(county, asked.id)).toEqual(['D17', 'D17a'])
    expect(await filled(county, asked.id, 'D17a')).toMatchObject({ 决定: '给予表扬一次', 县级意见: '同意' })
    expect(await codeOf(act(officer, given, 'served', serve({ public: true, guardian: '母亲' })))).toBe(
      'ZJ_CONDUCT_NOT_PUBLIC',
    )
    expect(await codeOf(act(officer, given, 'served', serve()))).toBe('ZJ_CONDUCT_GUARDIAN')
    expect(await act(officer, given, 'served', serve({ guardian: '母亲' }))).toMatchObject({ end: 'given' })
    const deed = await begin(head, 'commendation', fresh, { ground: 'deed', facts: '抗洪救人' })
    expect(deed.step).toBe('decide')
  })

  test('the months run from the reception on file, not from the judgment', async () => {
    const of = await person({ termStart: date(300) })
    const data = { receivedOn: date(100) }
    await officer.call(people.addPart, { params: { personId: of }, body: { part: 'correction', data } })
    const early = await refusedWith(begin(head, 'commendation', of, good))
    expect(early).toMatchObject({ code: 'ZJ_CONDUCT_MONTHS' })
    expect(early.zh).toContain(plusMonths(civilDate(date(100)), 6))
  })
})

test('MIN-04 of a sealed record nothing is made public, and a grown man needs no guardian', async () => {
  const of = await person({ sealed: true })
  const asked = await begin(head, 'commendation', of, { ground: 'deed', facts: '抗洪救人' })
  const given = await act(staff, asked, 'give', { opinion: '同意' })
  const refused = await refusedWith(act(officer, given, 'served', serve({ public: true })))
  expect(refused).toMatchObject({ code: 'ZJ_CONDUCT_SEALED', zh: expect.stringContaining('刑事诉讼法第二百八十六条') })
  expect(await act(officer, given, 'served', serve())).toMatchObject({ end: 'given' })
})

describe('recommitment', () => {
  const decided = () => ({ number: '(2026)示刑收1号', ruledOn: date(0) })
  const atCourt = async (register: object = {}, of?: string) => {
    const own = { ground: 'causeGoneTermLeft', facts: '哺乳期满，刑期未满。', ...register }
    const asked = await begin(staff, 'recommitment', of ?? (await person({ category: '04' })), own)
    const form = { decision: '（2025）示暂字第1号', evidence: [{ name: '出生证明' }], heard: '无异议' }
    return act(chief, await act(staff, asked, 'submit', form), 'sign', { opinion: '同意', sentAt: ago(0) })
  }

  test('S0.38 nobody is taken in before his child is placed, or it is said that there is nobody', async () => {
    const sent = await atCourt({ dependants: '女儿，1岁，现由本人照料' })
    const unplaced = await refusedWith(act(staff, sent, 'yes', { ...decided(), nobody: true }))
    expect(unplaced).toMatchObject({ code: 'ZJ_CONDUCT_NOT_PLACED', zh: expect.stringContaining('女儿，1岁') })
    expect(await act(staff, sent, 'yes', { ...decided(), placed: '交予其生父抚养' })).toMatchObject({ end: 'ended' })
    const other = await atCourt()
    expect(await codeOf(act(staff, other, 'yes', decided()))).toBe('ZJ_CONDUCT_PLACING')
    expect(await act(staff, other, 'yes', { ...decided(), nobody: true })).toMatchObject({ end: 'ended' })
    // Not granted, nobody is taken in.
    const no = await atCourt({ dependants: '老母亲' })
    expect(await act(staff, no, 'no', decided())).toMatchObject({ end: 'goesOn' })
  })
})

describe('TRM-09 what does not count towards the sentence', () => {
  const own = { ground: 'untraceable', facts: '拒不报告行踪，脱离监管。' }
  const form = { decision: '（2025）示暂字第1号', evidence: [{ name: '查找记录' }], heard: '下落不明' }

  test('days of fraud and escape move the end of the sentence, with the article, and go to the termination', async () => {
    const of = await person({ category: '04' })
    const asked = await begin(staff, 'recommitment', of, own)
    const bare = await refusedWith(act(staff, asked, 'submit', { ...form, escapeDays: 20 }))
    expect(bare).toMatchObject({
      code: 'ZJ_CONDUCT_SENTENCE_END',
      zh: expect.stringContaining('刑事诉讼法第二百六十八条'),
    })
    const days = { fraudDays: 10, escapeDays: 20, sentenceEnds: '2028-06-30' }
    const ready = await act(staff, asked, 'submit', { ...form, ...days })
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(0) })
    // 30 June and thirty days.
    expect(sent.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'TRM-09' } })
    expect(sent.hints[0]?.said.zh).toContain('共 30 日不计入执行刑期，刑期止日为 2028-07-30')
    // The organ found fewer: what it decided holds.
    const yes = { number: '(2026)示刑收2号', ruledOn: date(0), nobody: true, escapeDays: 20 }
    const termination = await ledTo(staff, await act(staff, sent, 'yes', yes), 'termination')
    expect(termination.register).toMatchObject({ code: 'T3', daysNotCounted: 20, sentenceEnds: '2028-07-20' })
  })

  test('caught after an escape: the file says how long, and nobody else has such days', async () => {
    const of = await person({ category: '04' })
    await begin(officer, 'search', of, { lostSince: ago(12), noticed: '电话不通' })
    const caught = async (who: string) => {
      await sql`update person set state = 'missing' where id = ${who}`.execute(county.house.databases.system)
      const hunted = await begin(staff, 'pursuit', who, { ruling: '(2026)示刑收3号', ruledOn: date(5) })
      const formed = await act(staff, hunted, 'formed', {
        police: '公安局',
        members: [{ name: '刘警官', unit: '公安局' }],
      })
      return act(staff, formed, 'caught', { caughtOn: date(2), where: '邻县' })
    }
    const taken = await caught(of)
    expect(taken.hints[0]).toMatchObject({ citation: { rule: 'TRM-09' } })
    expect(taken.hints[0]?.said.zh).toContain('共 10 日')
    const prison = { prison: '示例监狱', takenAt: ago(1), escapeDays: 10 }
    expect(await codeOf(act(staff, taken, 'taken', prison))).toBe('ZJ_CONDUCT_SENTENCE_END')
    expect(await act(staff, taken, 'taken', { ...prison, sentenceEnds: '2028-06-30' })).toMatchObject({ end: 'taken' })
    const other = await caught(await person())
    expect(other.hints).toEqual([])
    expect(await codeOf(act(staff, other, 'taken', prison))).toBe('ZJ_CONDUCT_UNCOUNTED')
  })
})

describe('COM-02 commutation: whoever submits it issues it', () => {
  const form = { facts: '抗洪救七人，记功', evidence: [{ name: '表彰决定' }] }
  const d25 = async (who: Somebody, matter: string) => {
    const { items } = await who.call(documents.list, { query: { subject: matter } })
    const row = items.find((d) => d.template === 'D25')
    return row ? who.call(documents.get, { params: { id: row.id } }) : undefined
  }
  const issue = (who: Somebody, at: { id: string; revision: number }) =>
    who.call(documents.issue, { params: { id: at.id }, body: { revision: at.revision } })
  const seal = (who: Somebody, at: { id: string; revision: number }) =>
    who.call(documents.seal, { params: { id: at.id }, body: { revision: at.revision } })
  const planted = async (options: Parameters<typeof person>[0] = {}, sentence = '有期徒刑一年，缓刑二年') => {
    const of = await person({ termEnd: '2028-12-31', ...options })
    await sql`update person set sentence = ${sentence} where id = ${of}`.execute(county.house.databases.system)
    return of
  }
  const atCity = async (of: string) =>
    act(chief, await begin(staff, 'commutation', of, { ...form, merit: true }), 'submit', { opinion: '同意' })

  test('the city: its letterhead, number and seal, its own paper and no other; then the court and the floor', async () => {
    const of = await planted()
    expect(await codeOf(begin(staff, 'commutation', of, { ...form, merit: false }))).toBe('ZJ_CONDUCT_MERIT')
    const city = await county.signIn('city', { name: '孙科长' })
    // What must really be served is no rule of ours: of a suspended sentence its own floor is said, of others to look it up.
    const served = async (person: string) =>
      (await weigh(staff, 'commutation', person, { ...form, merit: true })).map((h) => h.said.zh).join()
    expect(await served(await planted({ category: '01' }))).toContain('未收录')
    expect(await served(of)).not.toContain('未收录')
    const up = await atCity(of)
    expect(up.holder).toMatchObject({ post: 'city', unit: places.city })
    // Another paper of the same person, which is none of the city's.
    const other = await chief.call(documents.draft, { body: { template: 'D18', person: of } })
    expect(await codeOf(act(city, up, 'submit', { cityOpinion: '同意' }))).toBe('ZJ_INVALID')
    const ready = await act(city, up, 'submit', { court: '示例市中级人民法院', cityOpinion: '同意提请' })
    expect(ready).toMatchObject({ step: 'citySend', holder: { post: 'city', unit: places.city } })
    expect(ready.hints[0]).toMatchObject({ citation: { rule: 'COM-02' } })
    const sentAt = ago(0)
    expect(await codeOf(act(city, ready, 'sent', { sentAt }))).toBe('ZJ_CONDUCT_UNSEALED')

    const draft = await d25(city, ready.id)
    if (!draft) throw new Error('the city sees no paper of its own')
    expect(draft).toMatchObject({ missing: [], given: { 收文机关: '示例市中级人民法院' } })
    const { items } = await city.call(documents.list, { query: { person: of } })
    expect(items.map((d) => d.id)).toEqual([draft.id])
    expect(await codeOf(city.call(documents.get, { params: { id: other.id } }))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(city.call(documents.draft, { body: { template: 'D18', person: of } }))).toBe(
      'ZJ_DOCUMENT_ORGAN',
    )
    // The county sees it and has no hand in it.
    const theirs = await d25(chief, ready.id)
    expect(theirs?.id).toBe(draft.id)
    expect(await codeOf(issue(chief, draft))).toBe('ZJ_DOCUMENT_ORGAN')
    const issued = await issue(city, draft)
    expect(await codeOf(seal(chief, issued))).toBe('ZJ_DOCUMENT_ORGAN')
    const sealed = await seal(city, issued)
    expect(sealed).toMatchObject({ sealed: true, number: expect.stringMatching(/^〔?.*矫减建/) })
    const { rows } = await sql<{ numbered_by: string; organ: string; key_of: string; paper: object }>`
      select d.numbered_by, d.organ, k.org_code as key_of, d.paper from document d join seal_key k on k.id = d.seal_key_id
      where d.id = ${draft.id}::uuid`.execute(county.house.databases.system)
    expect(rows[0]).toMatchObject({ numbered_by: places.city, organ: places.city, key_of: places.city })
    const { rows: names } = await sql<{ city: string; county: string }>`
      select (select name from org where code = ${places.city}) as city, (select name from org where code = ${places.county}) as county`.execute(
      county.house.databases.system,
    )
    const stem = (name = '') => name.replace(/(社区矫正.*|司法局)$/, '')
    expect(JSON.stringify(rows[0]?.paper)).toContain(`${stem(names[0]?.city)}社区矫正管理局`)
    expect(JSON.stringify(rows[0]?.paper)).not.toContain(`${stem(names[0]?.county)}社区矫正管理局`)

    const sent = await act(city, await see(city, ready.id), 'sent', { sentAt })
    expect(sent.clock.citation?.rule).toBe('COM-01')
    const now = await see(staff, ready.id)
    const { rows: clocks } = await sql<{ from: string }>`
      select clock_from::text as from from task where subject_id = ${ready.id}::uuid and state = 'open'`.execute(
      county.house.databases.system,
    )
    expect(clocks).toMatchObject([{ from: expect.stringContaining(date(0)) }])
    expect(now.hints[0]).toMatchObject({
      citation: { rule: 'TRM-10' },
      said: { zh: expect.stringContaining('2026-12-31') },
    })
    const rule = (termEnd: string) => act(staff, now, 'yes', { number: '(2026)减1号', ruledOn: date(0), termEnd })
    expect(await codeOf(rule('2029-06-30'))).toBe('ZJ_CONDUCT_TERM')
    const below = await refusedWith(rule('2026-12-30'))
    expect(below).toMatchObject({ code: 'ZJ_CONDUCT_TERM_FLOOR', zh: expect.stringContaining('第十八条') })
    expect(await rule('2028-06-30')).toMatchObject({ end: 'commuted' })
    expect(await personNow(county, of)).toMatchObject({ term_end: '2028-06-30' })
    // Its own paper stays in its sight, with its print.
    expect((await city.call(documents.get, { params: { id: draft.id } })).number).toBe(sealed.number)
    const print = await city.call(documents.pdf, { params: { id: draft.id }, query: {} })
    expect((await print.arrayBuffer()).byteLength).toBeGreaterThan(1000)
  })

  test('the province submits to the high court, and of a life sentence nobody else', async () => {
    const of = await planted({ category: '03' }, '无期徒刑')
    const city = await county.signIn('city')
    const province = await county.signIn('province', { name: '省局科长' })
    const up = await atCity(of)
    const wish = { court: '示例市中级人民法院', cityOpinion: '同意' }
    const high = await refusedWith(act(city, up, 'submit', wish))
    expect(high).toMatchObject({ code: 'ZJ_CONDUCT_HIGH_COURT', zh: expect.stringContaining('第四十二条') })
    expect(await codeOf(see(province, up.id))).toBe('ZJ_NOT_FOUND')
    const passed = await act(city, up, 'province', { cityOpinion: '同意报省' })
    expect(passed).toMatchObject({ step: 'province', holder: { post: 'province', unit: '45' } })
    expect(await papersOf(county, up.id)).toEqual([])
    const at = await act(province, await see(province, up.id), 'submit', {
      court: '示例省高级人民法院',
      provinceOpinion: '同意提请',
    })
    expect(at.step).toBe('provinceSend')
    const draft = await d25(province, up.id)
    if (!draft) throw new Error('the province sees no paper of its own')
    expect(draft.given).toMatchObject({ 收文机关: '示例省高级人民法院' })
    expect(await codeOf(issue(city, draft))).toMatch(/ZJ_DOCUMENT_ORGAN|ZJ_NOT_FOUND/)
    await seal(province, await issue(province, draft))
    const sent = await act(province, await see(province, up.id), 'sent', { sentAt: ago(0) })
    expect(sent).toMatchObject({ step: 'court' })
    const ruled = { number: '(2026)高减1号', ruledOn: date(0), termEnd: '2028-06-30' }
    expect(await act(staff, await see(staff, up.id), 'yes', ruled)).toMatchObject({ end: 'commuted' })
  })

  test('a suspended detention goes down to its own floor', async () => {
    const of = await planted({ termStart: '2026-10-15' }, '拘役四个月，缓刑六个月')
    const city = await county.signIn('city')
    const ready = await act(city, await atCity(of), 'submit', { court: '示例市中级人民法院', cityOpinion: '同意' })
    const draft = await d25(city, ready.id)
    if (draft) await seal(city, await issue(city, draft))
    const sent = await act(city, await see(city, ready.id), 'sent', { sentAt: ago(0) })
    const now = await see(staff, sent.id)
    const rule = (termEnd: string) => act(staff, now, 'yes', { number: '(2026)减2号', ruledOn: date(0), termEnd })
    expect(await codeOf(rule('2026-12-13'))).toBe('ZJ_CONDUCT_TERM_FLOOR')
    expect(await rule('2026-12-14')).toMatchObject({ end: 'commuted' })
  })
})

describe('S3.11 a sanction paper carries the article and the item that the facts gave', () => {
  const measures = '《中华人民共和国社区矫正法实施办法》'
  const interpretation = '《最高人民法院关于适用〈中华人民共和国刑事诉讼法〉的解释》'
  const paper = async (matter: string, template: string) => {
    const { items } = await chief.call(documents.list, { query: { subject: matter } })
    const row = items.find((d) => d.template === template)
    return chief.call(documents.get, { params: { id: row?.id ?? '' } })
  }
  const original = async (id: string) => {
    const { rows } = await sql<{ paper: { copies: { name: string; blocks: unknown[] }[] } }>`
      select paper from document where id = ${id}::uuid`.execute(county.house.databases.system)
    return JSON.stringify(rows[0]?.paper.copies.find((c) => c.name === 'original')?.blocks)
  }
  const correct = (at: { id: string; revision: number }, values: Record<string, string>, on?: string) =>
    chief.call(documents.correct, {
      params: { id: at.id },
      body: { values, revision: at.revision, ...(on ? { on } : {}) },
    })
  const issue = (at: { id: string; revision: number }) =>
    chief.call(documents.issue, { params: { id: at.id }, body: { revision: at.revision } })
  const prepared = { court: '示例市示例区人民法院', evidence: [{ name: '查找记录' }], heard: '承认离开' }
  const revocation = async () => {
    const at = await examine(await person(), { what: 'absence', type: '01', from: ago(60), until: ago(2) })
    const decided = await act(staff, at, 'revokeSuspension', { reason: '无正当理由脱管超过一个月' })
    const proposal = await ledTo(staff, decided, 'revokeSuspension')
    const ready = await act(staff, proposal, 'submit', { ...prepared, term: '2026年1月1日至2027年12月31日' })
    await act(chief, ready, 'sign', { opinion: '同意提请', sentAt: ago(0) })
    return proposal
  }

  test('a warning: the item is chosen by the facts, and the paper writes it out', async () => {
    const at = await examine(await person(), { what: 'absence', type: '01', from: ago(20), until: ago(2) })
    const warning = await ledTo(staff, await act(staff, at, 'warn', { reason: '脱管十日以上' }), 'warning')
    expect(warning.register).toMatchObject({ grounds: ['35.2'] })
    await act(chief, warning, 'give', { opinion: '同意' })
    const item = '第三十五条第（二）项：不按规定时间报到或者接受社区矫正期间脱离监管，超过十日的'
    const draft = await paper(warning.id, 'D19')
    expect(draft).toMatchObject({ missing: [], given: { '依据(35条项)': item } })
    expect(draft.cites.map((c) => c.rule)).toEqual(expect.arrayContaining(['PEN-02', 'MIS-04']))
    await issue(draft)
    expect(await original(draft.id)).toContain(item)
  })

  test('a police penalty: the ground stands in words with its article behind it', async () => {
    const at = await examine(await person(), {}, {}, { weight: 'heavier' })
    const penalty = await ledTo(staff, await act(staff, at, 'police', { reason: '较重' }), 'policePenalty')
    expect(penalty.register).toMatchObject({ grounds: ['36'] })
    const ready = await act(staff, penalty, 'submit', {
      police: '示例一县公安局',
      evidence: [{ name: '谈话笔录' }],
      heard: '无异议',
    })
    await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(0) })
    expect((await paper(penalty.id, 'D20')).given.依据).toBe(
      `违反监督管理规定或者人民法院禁止令，依法应予治安管理处罚（${measures}第三十六条）`,
    )
  })

  test('a revocation: nobody types the article; corrected before issue it holds, and the day moves it', async () => {
    const proposal = await revocation()
    expect(proposal.register).toMatchObject({ grounds: ['46.2'] })
    const draft = await paper(proposal.id, 'D21')
    const criminal = '《中华人民共和国刑法》第七十七条第二款'
    const clause = `${criminal}、${measures}第四十六条第（二）项、${interpretation}第五百四十三条`
    expect(draft).toMatchObject({ missing: [], given: { 法律条款: clause } })
    expect(draft.cites.map((c) => c.rule)).toEqual(expect.arrayContaining(['MIS-05', 'REV-01']))
    // An item of another ground is not quoted beside it.
    expect(draft.cites.map((c) => c.rule)).not.toContain('PEN-04')
    // Decided before the interpretation of 2021, before the measures of 2020: the law of then, or what a person enters.
    const early = await correct(draft, {}, '2020-12-15')
    expect(early.given.法律条款).toBe(`${criminal}、${measures}第四十六条第（二）项`)
    const older = await correct(early, {}, '2020-06-01')
    expect(older).toMatchObject({ given: { 法律条款: '' }, missing: ['法律条款'] })
    const back = await correct(older, {}, '2020-12-15')
    const issued = await issue(back)
    expect(issued.decidedOn).toBe('2020-12-15')
    const printed = await original(issued.id)
    expect(printed).toContain(`"${criminal}、${measures}第四十六条第（二）项"`)
    expect(printed).not.toContain('刑事诉讼法')

    const other = await paper((await revocation()).id, 'D21')
    const corrected = await correct(other, { 法律条款: `${criminal}、${measures}第四十六条第（五）项` })
    expect(corrected.cites.map((c) => c.rule)).not.toContain('MIS-05')
    await issue(corrected)
    expect(await original(other.id)).toContain(`"${criminal}、${measures}第四十六条第（五）项"`)
    expect(await original(other.id)).not.toContain(`${measures}第四十六条第（二）项`)
  })

  test('a recommitment on a ground of its own is quoted by that ground; on violations by theirs', async () => {
    const own = { ground: 'guarantorLost', facts: '保证人死亡，未在期限内提出新的保证人。' }
    const asked = await begin(staff, 'recommitment', await person({ category: '04' }), own)
    const form = { decision: '（2025）示暂字第1号', evidence: [{ name: '死亡证明' }], heard: '无异议' }
    await act(chief, await act(staff, asked, 'submit', form), 'sign', { opinion: '同意', sentAt: ago(0) })
    const draft = await paper(asked.id, 'D23')
    expect(draft.given).toMatchObject({
      条款: `《中华人民共和国刑事诉讼法》第二百六十八条、${measures}第四十九条第（七）项、${interpretation}第五百一十六条第（七）项`,
      '原因(八项)': expect.stringContaining('丧失保证人'),
    })
    const at = await examine(await person({ category: '04' }), { what: 'other', type: '99' }, {}, { weight: 'serious' })
    const led = await ledTo(staff, await act(staff, at, 'recommit', { reason: '情节严重' }), 'recommitment')
    expect(led.register).toMatchObject({ ground: 'violations', grounds: ['49.8'] })
    await act(chief, await act(staff, led, 'submit', form), 'sign', { opinion: '同意', sentAt: ago(0) })
    const given = (await paper(led.id, 'D23')).given
    expect(given['原因(八项)']).toBe('其他违反有关法律、行政法规和监督管理规定，情节严重')
    expect(given.条款).toContain('第四十九条第（八）项')
  })

  test('one that names neither item nor another ground is refused', async () => {
    const at = await examine(await person(), {}, {}, { weight: 'heavier' })
    const decided = await act(staff, at, 'warn', { reason: '较重' })
    const bare = { facts: '违规' }
    expect(await codeOf(begin(head, 'warning', decided.person?.id ?? '', bare, { cause: decided.id }))).toBe(
      'ZJ_CONDUCT_ITEM',
    )
  })
})
