import { activations, devices } from '@zhijiao/contract/devices'
import { matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { followTerms, openEndings } from '@zhijiao/server/ending/index'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { later, ledgerAbout } from '../support/episode.ts'
import { handsOf } from '../support/hands.ts'
import { act, begin, filled, ledTo, papersOf, personNow, plantSupervised, see } from '../support/matters.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let staff: Somebody
let chief: Somebody

const day = 86_400_000
const at = (days: number) => new Date(county.house.chance.now() + days * day + 8 * 3_600_000).toISOString().slice(0, 10)
const just = () => new Date(county.house.chance.now() - 60_000).toISOString()

beforeAll(async () => {
  county = await startCounty()
  ;({ officer, head, staff, chief } = await handsOf(county, ['minors', 'sealed']))
})
afterAll(() => county.stop())

const person = (options: Parameters<typeof plantSupervised>[1] = {}) =>
  plantSupervised(county, { officer: officer.id, ...options })
const endingOf = async (of: string) => {
  const { items } = await officer.call(matters.list, { query: { kind: 'ending', person: of } })
  return items
}
const taskOf = (matter: string) =>
  county.house.databases.system
    .selectFrom('task')
    .select(['next_remind_at', 'next_climb_at'])
    .where('subject_id', '=', matter)
    .where('state', 'in', ['open', 'claimed'])
    .executeTakeFirstOrThrow()
const summary = { summary: '遵纪守法', village: '表现良好' }
const appraisal = { conduct: '01', appraisal: '服从管理，表现良好', resettlement: '一般帮教，提供就业信息' }
const announced = (more: object = {}) => ({
  at: just(),
  place: '司法所宣告室',
  present: '矫正小组、村委会',
  address: '示例路 1 号',
  ...more,
})
/** From the calendar to the day before the announcement. */
async function prepared(of: string) {
  await openEndings(county.house)
  const [row] = await endingOf(of)
  if (!row) throw new Error('no release was begun')
  const up = await act(officer, await see(officer, row.id), 'submit', summary)
  return act(staff, await act(head, up, 'submit', appraisal), 'approve', { opinion: '同意' })
}

describe('S3.31 release from correction', () => {
  test('opened ahead by the calendar, once, with the clock of END-01; not yet for a term that is far', async () => {
    const [near, far] = [await person({ termEnd: at(40) }), await person({ termEnd: at(90) })]
    expect(await openEndings(county.house)).toBe(1)
    expect(await openEndings(county.house)).toBe(0)
    const [row] = await endingOf(near)
    expect(row).toMatchObject({ step: 'summary', openedBy: '系统', clock: { citation: { rule: 'END-01' } } })
    expect(row?.clock.dueAt?.slice(0, 10)).toBe(at(10))
    expect(await endingOf(far)).toEqual([])
    const todo = await officer.call(tasks.list, { query: { view: 'todo', kind: 'matter.ending' } })
    expect(todo.items.map((t) => t.subject)).toContain(row?.id)
  })

  test('every step has its day: what goes before early enough, the announcement on the last day of the term', async () => {
    const of = await person({ termEnd: at(40) })
    await openEndings(county.house)
    const [row] = await endingOf(of)
    const up = await act(officer, await see(officer, row?.id ?? ''), 'submit', summary)
    expect(up.clock).toMatchObject({ overdue: false, citation: { rule: 'END-02' } })
    expect(up.clock.dueAt?.slice(0, 10)).toBe(at(40 - 14))
    const heard = await act(head, up, 'submit', appraisal)
    expect(heard.clock.dueAt?.slice(0, 10)).toBe(at(40 - 7))
    const ready = await act(staff, heard, 'approve', { opinion: '同意' })
    expect(ready).toMatchObject({ step: 'release', clock: { citation: { rule: 'END-02' } } })
    expect(ready.clock.dueAt).toBe(`${at(40)}T15:59:59.999Z`)
    const task = await taskOf(ready.id)
    // Reminded on the mornings of duty before it, carried on to the superior on the one after it.
    expect(task.next_remind_at?.toISOString().slice(0, 10)).toBe(at(37))
    expect(task.next_climb_at?.getTime()).toBeGreaterThan(Date.parse(ready.clock.dueAt ?? ''))
    // A commutation moves the end; the day follows it.
    await sql`update person set term_end = ${at(20)}::date where id = ${of}`.execute(county.house.databases.system)
    expect(await followTerms(county.house)).toBe(1)
    expect(await followTerms(county.house)).toBe(0)
    expect((await see(head, ready.id)).clock.dueAt?.slice(0, 10)).toBe(at(20))
    // One that ran before its announcement had a day, or came with old files, is counted as well.
    await sql`update task set clock_from = null, clock_rule = null, due_on = null, due_at = null, next_climb_at = null
      where subject_id = ${ready.id}`.execute(county.house.databases.system)
    expect((await see(head, ready.id)).clock.dueAt).toBeNull()
    expect(await followTerms(county.house)).toBe(1)
    expect((await see(head, ready.id)).clock).toMatchObject({ citation: { rule: 'END-02' } })
    expect((await see(head, ready.id)).clock.dueAt?.slice(0, 10)).toBe(at(20))
  })

  test('whoever comes to it late still has until the last day; past it the step is overdue', async () => {
    const late = await person({ termEnd: at(3) })
    await openEndings(county.house)
    const [row] = await endingOf(late)
    const up = await act(officer, await see(officer, row?.id ?? ''), 'submit', summary)
    expect(up.clock.dueAt?.slice(0, 10)).toBe(at(0))
    const over = await prepared(await person({ termEnd: at(-2) }))
    expect(over.clock).toMatchObject({ overdue: true })
    expect(over.clock.dueAt?.slice(0, 10)).toBe(at(-2))
  })

  test('summary, appraisal, decision; on the day announced with certificate and notices; everything else settled', async () => {
    const of = await person({ termEnd: at(0), name: '覃某' })
    const open = await begin(officer, 'search', of, { lostSince: just(), noticed: '未接电话' })
    const ready = await prepared(of)
    expect(ready).toMatchObject({ step: 'release' })
    expect(await papersOf(county, ready.id)).toEqual(['D27'])
    const done = await act(head, ready, 'announce', announced())
    expect(done).toMatchObject({ end: 'released' })
    expect(await personNow(county, of)).toMatchObject({ state: 'released' })
    expect(await papersOf(county, ready.id)).toEqual(['D27', 'D28', 'D29', 'D30'])
    expect(await filled(county, ready.id, 'D28')).toMatchObject({
      类别宣告语: '缓刑考验期限届满，原判刑罚不再执行',
      解除事由: '矫正期限届满',
    })
    expect(await see(staff, open.id)).toMatchObject({ end: 'settled' })
    expect(await ledgerAbout(county, ready.id)).toContain('correction.ended')
    const { rows } = await sql<{
      n: number
    }>`select count(*)::int n from task where person_id = ${of} and state in ('open','claimed','submitted') and kind <> 'matter.handover'`.execute(
      county.house.databases.system,
    )
    expect(rows[0]?.n).toBe(0)
    const life = await officer.call(matters.lifecycle, { params: { personId: of } })
    expect(life.stages.find((s) => s.id === 'ending')).toMatchObject({ state: 'done' })
    expect(
      await codeOf(begin(officer, 'violation', of, { type: '02', what: 'report', from: just(), description: '…' })),
    ).toBe('ZJ_MATTER_NOT_NOW')
  })

  test('help that is under way goes on after the release', async () => {
    const of = await person({ termEnd: at(0) })
    const help = await begin(officer, 'helpPlan', of, {
      need: '无稳定收入',
      goal: '实现就业',
      members: [{ name: '周某', unit: '村委会', does: '介绍工作' }],
      measures: '技能培训',
    })
    await act(head, await prepared(of), 'announce', announced())
    expect(await see(head, help.id)).toMatchObject({ end: null, step: 'head' })
    expect(await act(head, help, 'agree', { opinion: '同意' })).toMatchObject({ step: 'carryOut' })
  })

  test('a running term of positioning ends in the same moment', async () => {
    const of = await person({ termEnd: at(0) })
    const ready = await prepared(of)
    const { device } = await staff.call(devices.register, {
      body: { kind: 'phone', protocol: 'app', identity: '13900000001', model: 'TEST', crs: 'WGS84' },
    })
    await staff.call(devices.issue, { params: { id: device.id }, body: { personId: of, revision: 1 } })
    const term = await staff.call(activations.propose, {
      params: { personId: of },
      body: { regime: 'check', deviceId: device.id, lastDay: at(0) },
    })
    expect(term.state).toBe('running')
    await act(head, ready, 'announce', announced())
    const { rows } = await sql<{ state: string; end_reason: string }>`
      select state, end_reason from activation where id = ${term.id}`.execute(county.house.databases.system)
    expect(rows).toEqual([{ state: 'ended', end_reason: 'release' }])
  })

  test('not before the day, and only by the right hands', async () => {
    const of = await person({ termEnd: at(20) })
    const ready = await prepared(of)
    const early = await refusedWith(act(head, ready, 'announce', announced()))
    expect(early.code).toBe('ZJ_ENDING_TOO_EARLY')
    expect(early.zh).toContain(at(20))
    expect(await codeOf(act(officer, ready, 'announce', announced()))).toBe('ZJ_MATTER_NOT_YOURS')
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    expect(await codeOf(see(elsewhere, ready.id))).toBe('ZJ_NOT_FOUND')
  })

  test('a minor: not in public, the guardian present', async () => {
    const ready = await prepared(await person({ termEnd: at(0), minor: true }))
    expect(await codeOf(act(head, ready, 'announce', announced({ public: true, guardian: '母亲' })))).toBe(
      'ZJ_CONDUCT_NOT_PUBLIC',
    )
    expect(await codeOf(act(head, ready, 'announce', announced()))).toBe('ZJ_CONDUCT_GUARDIAN')
    expect(await act(head, ready, 'announce', announced({ guardian: '母亲' }))).toMatchObject({ end: 'released' })
  })

  test('MIN-04 a sealed record: not in public, whatever the age, and no guardian', async () => {
    const ready = await prepared(await person({ termEnd: at(0), sealed: true }))
    expect(ready.hints.map((h) => h.citation?.rule)).toContain('MIN-04')
    expect(await codeOf(act(head, ready, 'announce', announced({ public: true })))).toBe('ZJ_CONDUCT_SEALED')
    expect(await act(head, ready, 'announce', announced())).toMatchObject({ end: 'released' })
  })

  test('a pardon ends it at once', async () => {
    const of = await person({ termEnd: at(400) })
    const begun = await begin(officer, 'ending', of, { why: 'pardon', lastDay: at(400), pardonPaper: '特赦令' })
    expect(begun.clock.dueAt?.slice(0, 10)).toBe(at(1))
    const up = await act(officer, begun, 'submit', summary)
    const ready = await act(staff, await act(head, up, 'submit', appraisal), 'approve', { opinion: '同意' })
    expect(await act(head, ready, 'announce', announced())).toMatchObject({ end: 'released' })
    expect(String((await filled(county, ready.id, 'D28')).类别宣告语)).toContain('赦免')
    for (const paper of ['D28', 'D29', 'D30'])
      expect(await filled(county, ready.id, paper)).toMatchObject({ 解除事由: '被依法赦免' })
  })

  test('several certificates in one go', async () => {
    const people = [await person({ termEnd: at(0) }), await person({ termEnd: at(0) })]
    const ready = [await prepared(people[0] ?? ''), await prepared(people[1] ?? '')]
    const answer = await head.call(matters.actOnMany, {
      body: { matters: ready.map(({ id, revision }) => ({ id, revision })), way: 'announce', form: announced() },
    })
    expect(answer).toMatchObject({ refused: [], done: ready.map((r) => r.id) })
    for (const { id } of ready) expect(await papersOf(county, id)).toContain('D29')
  })
})

test('S1.8 the hand-over to resettlement follows a release and waits for its receipt', async () => {
  const of = await person({ termEnd: at(0) })
  const released = await act(head, await prepared(of), 'announce', announced())
  const handover = await ledTo(officer, released, 'handover')
  expect(handover.register).toMatchObject({ advice: appraisal.resettlement })
  const sent = await act(officer, handover, 'sent', { office: '示例镇安置帮教工作站', sentOn: at(0) })
  expect(await papersOf(county, handover.id)).toEqual(['D32'])
  const done = await act(officer, sent, 'received', { receivedOn: at(0), by: '周某' })
  expect(done).toMatchObject({ end: 'done' })
  const life = await officer.call(matters.lifecycle, { params: { personId: of } })
  expect(life.stages.find((s) => s.id === 'handover')).toMatchObject({ state: 'done' })
})

test('END-06 a hand-over that was begun ahead goes on, and never holds up the release on its day', async () => {
  const of = await person({ termEnd: at(0) })
  const ready = await prepared(of)
  const ahead = await begin(officer, 'handover', of, {
    releasedOn: at(0),
    address: '示例路 1 号',
    advice: '提前衔接，落实就业帮扶',
  })
  const released = await act(head, ready, 'announce', announced())
  expect(released).toMatchObject({ end: 'released' })
  expect(await personNow(county, of)).toMatchObject({ state: 'released' })
  const { items } = await officer.call(matters.list, { query: { kind: 'handover', person: of } })
  expect(items.map((m) => [m.id, m.step])).toEqual([[ahead.id, 'send']])
})

test('END-06 a hand-over that was finished ahead is not made a second time, by the release or by hand', async () => {
  const of = await person({ termEnd: at(0) })
  const register = { releasedOn: at(0), address: '示例路 1 号', advice: '提前衔接，落实就业帮扶' }
  const ahead = await begin(officer, 'handover', of, register)
  const sent = await act(officer, ahead, 'sent', { office: '示例镇安置帮教工作站', sentOn: at(0) })
  await act(officer, sent, 'received', { receivedOn: at(0), by: '周某' })
  const again = await refusedWith(begin(officer, 'handover', of, register))
  expect(again.code).toBe('ZJ_ENDING_HANDED_OVER')
  expect(again.zh).toMatch(new RegExp(`已于 ${at(0)} 办结，移交示例镇安置帮教工作站`))
  // Said beside the release, which begins no other.
  const ready = await prepared(of)
  expect(ready.hints.map((h) => h.said.zh).join()).toContain('解除后不再另行移交')
  expect(await act(head, ready, 'announce', announced())).toMatchObject({ end: 'released' })
  const { items } = await officer.call(matters.list, { query: { kind: 'handover', person: of } })
  expect(items.map((m) => [m.id, m.end])).toEqual([[ahead.id, 'done']])
  expect(await codeOf(begin(officer, 'handover', of, register))).toBe('ZJ_ENDING_HANDED_OVER')
})

test('END-06 the hand-over of an earlier correction is none of this one', async () => {
  const of = await person({ termEnd: at(0) })
  const register = { releasedOn: at(0), address: '示例路 1 号', advice: '衔接' }
  const first = await begin(officer, 'handover', of, register)
  const sent = await act(officer, first, 'sent', { office: '示例镇安置帮教工作站', sentOn: at(0) })
  await act(officer, sent, 'received', { receivedOn: at(0), by: '周某' })
  await sql`update person set term_start = ${at(1)}::date, term_end = ${at(90)}::date where id = ${of}`.execute(
    county.house.databases.system,
  )
  expect(await begin(officer, 'handover', of, register)).toMatchObject({ step: 'send' })
})

describe('S0.38 temporary service outside prison: watched to its end, then recommitted', () => {
  test('the sentence must be said; what is left of it leads to the proposal of recommitment', async () => {
    const of = await person({ category: '04', sex: 'female', termEnd: at(35) })
    await openEndings(county.house)
    const [row] = await endingOf(of)
    const watch = await see(officer, row?.id ?? '')
    expect(watch.hints[0]).toMatchObject({ tone: 'must', citation: { rule: 'REV-10' } })
    expect(await codeOf(act(officer, watch, 'submit', summary))).toBe('ZJ_ENDING_SENTENCE')
    const ended = await act(officer, watch, 'recommit', { ...summary, sentence: 'left' })
    const proposal = await ledTo(staff, ended, 'recommitment')
    expect(proposal.register).toMatchObject({ ground: 'causeGoneTermLeft' })
    const ready = await act(staff, proposal, 'submit', {
      decision: '(2016)暂予监外执行决定书',
      article: '刑事诉讼法第二百六十八条',
      evidence: [{ name: '子女出生证明' }],
      heard: '希望先安置孩子',
    })
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: just() })
    expect(sent.clock.citation?.rule).toBe('REV-05')
    expect((await filled(county, proposal.id, 'D23'))['原因(八项)']).toContain('情形消失')
    const decided = await act(staff, sent, 'yes', { number: '(2017)收监1号', ruledOn: at(0), placed: '已由亲属照料' })
    const termination = await ledTo(staff, decided, 'termination')
    await act(staff, termination, 'end', { effectiveOn: at(0), takenTo: '示例女子监狱' })
    expect(await personNow(county, of)).toMatchObject({ state: 'terminated' })
    expect(termination.register).toMatchObject({ code: 'T3' })
    expect(await openEndings(county.house)).toBe(0)
  })

  test('missing while the summary is open: to the county at once, the sentence is said when it goes on', async () => {
    const of = await person({ category: '04', termEnd: at(35) })
    await openEndings(county.house)
    const [row] = await endingOf(of)
    await sql`update person set state = 'missing' where id = ${of}`.execute(county.house.databases.system)
    const asked = await act(officer, await see(officer, row?.id ?? ''), 'absent', {}, '失去联系')
    expect(asked).toMatchObject({ step: 'standing' })
    const goOn = await act(staff, asked, 'goOn', { facts: '已找到', opinion: '继续办理' })
    expect(goOn.step).toBe('summary')
    expect(await codeOf(act(officer, goOn, 'submit', summary))).toBe('ZJ_ENDING_SENTENCE')
  })

  test('a recommitment that is refused opens the release again; while it is under way, none is opened', async () => {
    const of = await person({ category: '04', termEnd: at(35) })
    await openEndings(county.house)
    const [row] = await endingOf(of)
    const gave = await act(officer, await see(officer, row?.id ?? ''), 'recommit', { ...summary, sentence: 'left' })
    const proposal = await ledTo(staff, gave, 'recommitment')
    expect(await openEndings(county.house)).toBe(0)
    const ready = await act(staff, proposal, 'submit', {
      decision: '(2016)暂予监外执行决定书',
      article: '刑事诉讼法第二百六十八条',
      evidence: [{ name: '刑期计算表' }],
      heard: '认为刑期已满',
    })
    const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: just() })
    expect(await openEndings(county.house)).toBe(0)
    await act(staff, sent, 'no', { number: '(2017)不予收监1号', ruledOn: at(0) }, '刑期已届满')
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
    expect(await openEndings(county.house)).toBe(1)
    const [anew] = await endingOf(of).then((items) => items.filter((m) => m.end === null))
    expect(anew).toMatchObject({ step: 'summary' })
    expect(await openEndings(county.house)).toBe(0)
  })

  test('only for temporary service', async () => {
    const of = await person({ termEnd: at(35) })
    await openEndings(county.house)
    const [row] = await endingOf(of)
    expect(
      await codeOf(act(officer, await see(officer, row?.id ?? ''), 'recommit', { ...summary, sentence: 'left' })),
    ).toBe('ZJ_ENDING_RECOMMIT')
  })
})

describe('END-04 END-05 death', () => {
  const form = { at: '', reportedBy: '其母', how: '因病抢救无效' }
  test('a natural death: verified, told, ended', async () => {
    const of = await person()
    const begun = await begin(officer, 'death', of, { ...form, at: just(), cause: 'normal' })
    expect(begun.step).toBe('verify')
    await act(staff, begun, 'end', { proof: '死亡医学证明' })
    expect(await personNow(county, of)).toMatchObject({ state: 'terminated' })
    expect(await papersOf(county, begun.id)).toEqual(['D31'])
  })
  test('an abnormal one goes to police, superior and procuratorate first', async () => {
    const of = await person()
    const begun = await begin(officer, 'death', of, { ...form, at: just(), cause: 'abnormal' })
    expect(begun).toMatchObject({ step: 'alarm', clock: { citation: { rule: 'END-05' } } })
    const told = await act(staff, begun, 'told', { policeAt: just(), cityAt: just(), procuratorateAt: just() })
    expect(told.step).toBe('verify')
  })
})

test('END-03 termination is for rulings: expiry and death have businesses of their own', async () => {
  const of = await person()
  expect(await codeOf(begin(staff, 'termination', of, { code: 'E1', ruling: '无', on: at(0) }))).toBe(
    'ZJ_ENDING_REASON',
  )
  expect(await codeOf(begin(officer, 'termination', of, { code: 'T1', ruling: '1号', on: at(0) }))).toBe(
    'ZJ_NOT_ALLOWED',
  )
})

test('END-03 each ground ends its own category; control knows none', async () => {
  const grounds = { '01': null, '02': 'T1', '03': 'T2', '04': 'T3' } as const
  for (const category of ['01', '02', '03', '04'] as const) {
    const of = await person({ category })
    const ended = (code: string) => begin(staff, 'termination', of, { code, ruling: '（2026）示刑更2号', on: at(0) })
    const own = grounds[category]
    for (const code of ['T1', 'T2', 'T3'].filter((c) => c !== own))
      expect(await codeOf(ended(code))).toBe('ZJ_ENDING_CATEGORY')
    // Whether there is any ground at all is said before one is chosen.
    const weighed = staff.call(matters.weigh, { body: { kind: 'termination', person: of, form: {} } })
    if (own) expect(await weighed).toEqual({ hints: [] })
    else expect(await codeOf(weighed)).toBe('ZJ_ENDING_NO_GROUND')
    if (own) expect(await ended(own)).toMatchObject({ step: 'confirm' })
    expect(await personNow(county, of)).toMatchObject({ state: 'inCorrection' })
  }
})

describe('a term that runs out while the person is missing or held by another organ', () => {
  const standing = { facts: '刑事拘留，羁押于示例看守所', asked: '示例区公安局', opinion: '案件未审结' }
  const begunFor = async (of: string) => {
    await openEndings(county.house)
    const [row] = await endingOf(of)
    return see(staff, row?.id ?? '')
  }
  const stands = (of: string, state: string) =>
    sql`update person set state = ${state} where id = ${of}`.execute(county.house.databases.system)

  test('the county has the decision on its desk, due by the last day, with the article', async () => {
    for (const [state, rule] of [
      ['detained', 'REV-08'],
      ['missing', 'MIS-05'],
    ] as const) {
      const begun = await begunFor(await person({ termEnd: at(10), state }))
      expect(begun).toMatchObject({ step: 'standing', clock: { citation: { rule: 'END-02' } } })
      expect(begun.clock.dueAt?.slice(0, 10)).toBe(at(10))
      expect(begun.hints[0]).toMatchObject({ tone: 'must', citation: { rule } })
      expect(begun.hints[0]?.said.zh).toContain('系统不自动解除')
      const todo = await staff.call(tasks.list, { query: { view: 'todo', kind: 'matter.ending' } })
      expect(todo.items.map((t) => t.subject)).toContain(begun.id)
    }
    const temporary = await begunFor(await person({ termEnd: at(10), state: 'missing', category: '04' }))
    expect(temporary.hints[0]?.citation?.rule).toBe('TRM-09')
  })

  test('put off it comes back to be looked at; back in correction the release goes on', async () => {
    const of = await person({ termEnd: at(0), state: 'detained' })
    const held = await act(staff, await begunFor(of), 'hold', standing)
    expect(held).toMatchObject({ step: 'hold', contestable: true })
    expect(held.clock.dueAt?.slice(0, 10)).toBe(at(15))
    expect(await openEndings(county.house)).toBe(0)
    const progress = { progress: '案件仍在侦查' }
    const again = await act(staff, held, 'again', progress)
    expect(await codeOf(act(staff, again, 'back', progress))).toBe('ZJ_ENDING_STILL_ABSENT')
    expect(await codeOf(act(staff, again, 'otherwise', progress))).toBe('ZJ_ENDING_NOTHING_PROPOSED')
    await stands(of, 'inCorrection')
    const back = await act(staff, again, 'back', { progress: '撤销案件，已释放' })
    expect(back.step).toBe('summary')
  })

  test('two of the county are enough: who put it off and who recorded the progress may approve the release of whoever is back', async () => {
    for (const approver of [staff, chief]) {
      const of = await person({ termEnd: at(0), state: 'missing' })
      const held = await act(chief, await begunFor(of), 'hold', { ...standing, facts: '下落不明' })
      const again = await act(staff, held, 'again', { progress: '仍在查找' })
      await stands(of, 'inCorrection')
      const back = await act(staff, again, 'back', { progress: '已到案' })
      const up = await act(officer, back, 'submit', summary)
      const ready = await act(approver, await act(head, up, 'submit', appraisal), 'approve', { opinion: '同意' })
      expect(ready.step).toBe('release')
    }
  })

  test('a release that was under way does not let him go unseen: refused until the county has decided', async () => {
    const of = await person({ termEnd: at(0) })
    const ready = await prepared(of)
    expect(await codeOf(act(head, ready, 'absent', {}, '已失联'))).toBe('ZJ_ENDING_NOT_ABSENT')
    await stands(of, 'missing')
    expect((await see(head, ready.id)).hints[0]?.said.zh).toContain('对象现脱管')
    const refused = await refusedWith(act(head, ready, 'announce', announced()))
    expect(refused.code).toBe('ZJ_ENDING_ABSENT')
    expect(refused.zh).toContain('报县级决定')
    expect(await personNow(county, of)).toMatchObject({ state: 'missing' })
    const asked = await act(head, ready, 'absent', {}, '期满前失联')
    expect(asked.step).toBe('standing')
    // Two pairs of eyes: whoever approved the release before does not decide this as well.
    expect(await codeOf(act(staff, asked, 'goOn', standing))).toBe('ZJ_MATTER_OWN')
    const goOn = await act(chief, asked, 'goOn', { ...standing, facts: '下落不明，未发现违规' })
    expect(goOn.step).toBe('release')
    expect(await act(head, goOn, 'announce', announced())).toMatchObject({ end: 'released' })
  })

  test('gone over into a revocation it is not begun again while he is away', async () => {
    const of = await person({ termEnd: at(0), state: 'missing' })
    const held = await act(staff, await begunFor(of), 'hold', standing)
    await begin(staff, 'termination', of, { code: 'T1', ruling: '（2026）示刑更1号', on: at(0) })
    const ended = await act(staff, held, 'otherwise', { progress: '法院已裁定撤销' })
    expect(ended).toMatchObject({ end: 'overtaken' })
    expect(await openEndings(county.house)).toBe(0)
  })
})

test('the worker begins what falls due while it runs', async () => {
  const of = await person({ termEnd: at(60) })
  await later(county, 20 * day)
  await openEndings(county.house)
  expect(await endingOf(of)).toHaveLength(1)
})
