import { activations } from '@zhijiao/contract/devices'
import { fences } from '@zhijiao/contract/fences'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { tasks } from '@zhijiao/contract/tasks'
import { plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { proofOf } from '../support/leaves.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import { type Desk, ledgerKinds, startDesk } from './permits.support.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk?.stop())

const form = (more: Record<string, unknown> = {}) => ({
  receivedOn: desk.today(),
  moveOn: plusDays(desk.today(), 45),
  why: '随子女迁居，新工作在示例二县',
  address: '示例二县新城镇幸福路6号',
  county: places.otherCounty,
  ...more,
})
const replied = async (person: string, how: 'accept' | 'decline' = 'accept') => {
  const asked = await desk.begin('relocation', person, form())
  const passed = await desk.act(desk.head, asked, 'support', { opinion: '情况属实' })
  expect(passed).toMatchObject({ step: 'ask', clock: { citation: { rule: 'MOV-02' } } })
  const sent = await desk.act(desk.agency, passed, 'send', { opinion: '拟同意' })
  expect(sent).toMatchObject({ step: 'reply', holder: { post: 'county', unit: places.otherCounty } })
  const there = await desk.see(desk.elsewhere, asked.id)
  expect(there.clock.citation?.rule).toBe('MOV-03')
  return desk.act(
    desk.elsewhere,
    there,
    how,
    { found: '租房合同、用工合同属实', office: places.officeElsewhere },
    how === 'decline' ? '居所不固定' : '',
  )
}
const handOver = async (person: string, decisionOn: string = desk.today()) => {
  const reply = await replied(person)
  const decided = await desk.act(desk.second, reply, 'approve', { opinion: '同意变更' })
  expect(decided).toMatchObject({ step: 'transfer', clock: { citation: { rule: 'MOV-06' } } })
  const sent = await desk.act(desk.agency, decided, 'sent', {
    decisionOn,
    sentOn: desk.today(),
    volumes: 2,
    copies: ['organ', 'procuratorate', 'police'],
  })
  const there = await desk.see(desk.elsewhere, sent.id)
  expect(there).toMatchObject({ step: 'receipt', clock: { citation: { rule: 'MOV-07' } } })
  return desk.act(desk.elsewhere, there, 'sent', { receivedOn: desk.today(), copies: ['procuratorate', 'police'] })
}

test('S1.9 S3.9 a change of place: asked, verified, decided, sent, received, reported; the file moves and the old county’s hold ends', async () => {
  const person = await desk.person({ name: '迁某' })
  const device = desk.county.house.chance.id()
  await sql`insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
    values (${device}, ${places.office}, 'wristband', 'jt808', ${device.slice(-12)}, 'issued', ${person}, ${desk.now()})`.execute(
    desk.db,
  )
  await sql`insert into activation (id, device_id, person_id, org_code, regime, ground, article, rule, starts_at, ends_at, interval_s, state, proposed_at)
    values (${desk.county.house.chance.id()}, ${device}, ${person}, ${places.office}, 'device', 'injunctionBreach', '29(1)', 'EPD-01', ${desk.now(-3_600_000)}, ${desk.now(86_400_000 * 20)}, 60, 'running', ${desk.now()})`.execute(
    desk.db,
  )
  expect(await codeOf(desk.elsewhere.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')

  const arrival = await handOver(person)
  expect(arrival).toMatchObject({ step: 'arrival', clock: { citation: { rule: 'MOV-08' } } })
  // Until he has reported he is the old county's.
  expect((await desk.officer.call(people.get, { params: { personId: person } })).id).toBe(person)
  expect(await codeOf(desk.elsewhere.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')

  const wrong = { on: desk.today(), office: places.office }
  expect(await codeOf(desk.act(desk.elsewhere, arrival, 'reported', wrong))).toBe('ZJ_MOVE_OFFICE')
  const done = await desk.act(desk.elsewhere, arrival, 'reported', { on: desk.today(), office: places.officeElsewhere })
  expect(done.end).toBe('moved')

  const moved = await desk.elsewhere.call(people.get, { params: { personId: person } })
  expect(moved).toMatchObject({ id: person, state: 'inCorrection' })
  expect(await codeOf(desk.officer.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')
  expect(await codeOf(desk.agency.call(people.get, { params: { personId: person } }))).toBe('ZJ_NOT_FOUND')
  const terms = (await desk.elsewhere.call(activations.ofPerson, { params: { personId: person } })).items
  expect(terms).toMatchObject([{ state: 'ended', endReason: 'transfer', org: places.office }])
  // What the old county keeps: the finished matter, no file.
  expect(await desk.see(desk.agency, done.id)).toMatchObject({ end: 'moved', who: '迁某' })
  expect(await codeOf(desk.see(desk.officer, done.id))).toBe('ZJ_NOT_FOUND')
  expect(await ledgerKinds(desk.county, { person })).toEqual(
    expect.arrayContaining(['relocation.begun', 'relocation.moved', 'activation.ended', 'relocation.ended']),
  )
  const papers = await desk.papers(done.id)
  expect(Object.keys(papers).sort()).toEqual(['D12a', 'D12b', 'D12c', 'D12d', 'D34c'])
  expect(papers.D12c).toMatchObject({ 是否同意接收: '同意接收', 核实结果: '租房合同、用工合同属实', 姓名: '迁某' })
  expect(papers.D12d).toMatchObject({ 新居住地: '示例二县新城镇幸福路6号' })
  // The move stands in the file that the new county has now.
  const rows = await desk.elsewhere.call(people.parts, { params: { personId: person }, query: { part: 'moves' } })
  expect(rows.items).toMatchObject([
    { data: { decidedOn: desk.today() }, source: { what: 'matter', id: done.id, kind: 'relocation' } },
  ])
})

test('S1.9 declined: no decision against the answer; the next level settles it, the old county decides', async () => {
  const reply = await replied(await desk.person(), 'decline')
  expect(reply.step).toBe('county')
  const here = await desk.see(desk.second, reply.id)
  expect(here.hints).toMatchObject([{ tone: 'careful', citation: { rule: 'MOV-05' } }])
  expect(await codeOf(desk.act(desk.second, here, 'approve', { opinion: '同意' }))).toBe('ZJ_MOVE_NOT_RECEIVED')
  const disputed = await desk.act(desk.second, here, 'dispute', { opinion: '居所已核实' }, '居所稳定，有租约')
  expect(disputed).toMatchObject({ step: 'settle', holder: { post: 'city' } })
  const settled = await desk.act(desk.city, disputed, 'receive', { opinion: '应予接收' })
  expect(settled.step).toBe('county')
  const third = await desk.county.signIn('county', { name: '覃科员' })
  expect((await desk.act(third, settled, 'approve', { opinion: '同意变更' })).step).toBe('transfer')
})

test('S1.9 refused: the person is told within five days, and may object', async () => {
  const reply = await replied(await desk.person(), 'decline')
  const refused = await desk.act(desk.second, reply, 'refuse', { opinion: '不同意' }, '新执行地居所不固定')
  expect(refused).toMatchObject({ step: 'tellRefusal', clock: { citation: { rule: 'MOV-04' } } })
  const notice = (await desk.papers(refused.id)).D15
  expect(notice).toMatchObject({ 审批结果: '不同意变更', 理由: '新执行地居所不固定' })
  expect(await codeOf(desk.act(desk.officer, refused, 'told', { on: desk.today() }))).toBe('ZJ_INVALID')
  const told = await desk.act(desk.officer, refused, 'told', { on: desk.today(), how: 'direct' })
  expect(told.end).toBe('refused')
  const person = told.person?.id ?? ''
  const objection = await desk.begin(
    'objection',
    person,
    { receivedOn: desk.today(), how: 'written', claim: '居所已固定，附租约' },
    { cause: told.id },
  )
  expect(objection.step).toBe('review')
})

test('S1.9 refused before anybody was asked: the decision is a paper to the person as well', async () => {
  const asked = await desk.begin('relocation', await desk.person(), form())
  const passed = await desk.act(desk.head, asked, 'doubt', { opinion: '居所不稳定' })
  const refused = await desk.act(desk.agency, passed, 'refuse', { opinion: '不同意' }, '新居所无合法来源')
  expect(refused).toMatchObject({ step: 'tellRefusal', clock: { citation: { rule: 'MOV-04' } } })
  const papers = await desk.papers(refused.id)
  expect(Object.keys(papers).sort()).toEqual(['D12a', 'D15'])
  expect(papers.D15).toMatchObject({ 理由: '新居所无合法来源', 审批结果: '不同意变更' })
  const left = { on: desk.today(), how: 'left' }
  expect(await codeOf(desk.act(desk.officer, refused, 'told', left))).toBe('ZJ_INVALID')
  expect((await desk.act(desk.officer, refused, 'told', { ...left, witness: '居委会李主任' })).end).toBe('refused')
})

test('S1.9 what is sent over is copied to everybody the law names, or the step refuses', async () => {
  const reply = await replied(await desk.person())
  const decided = await desk.act(desk.second, reply, 'approve', { opinion: '同意变更' })
  const sent = { decisionOn: desk.today(), sentOn: desk.today(), volumes: 1, copies: ['organ', 'police'] }
  expect(await codeOf(desk.act(desk.agency, decided, 'sent', sent))).toBe('ZJ_MOVE_COPIES')
})

test('S1.9 after the move the new county has its tasks: an officer, a team, an announcement; the prison file of whoever serves outside prison', async () => {
  const person = await desk.person({ category: '04' })
  const arrival = await handOver(person)
  const done = await desk.act(desk.elsewhere, arrival, 'reported', { on: desk.today(), office: places.officeElsewhere })
  expect(done.end).toBe('moved')
  const head = await desk.county.signIn('officeHead', { of: places.officeElsewhere, name: '二县莫所长' })
  const officer = await desk.county.signIn('officer', { of: places.officeElsewhere, name: '二县蓝干事' })
  const mine = async (who: typeof head, kind: string) =>
    (await who.call(matters.list, { query: { person, kind } })).items
  const [begun] = await mine(head, 'movedIn')
  expect(begun).toMatchObject({ step: 'assign' })
  const mineToDo = (await head.call(tasks.list, { query: { whose: 'mine', kind: 'matter.movedIn', person } })).items
  expect(mineToDo).toMatchObject([{ kind: 'matter.movedIn', subject: begun?.id, ownerRole: 'officeHead' }])
  const assign = await desk.see(head, begun?.id ?? '')
  expect(assign).toMatchObject({
    holder: { post: 'officeHead', unit: places.officeElsewhere },
    clock: { citation: { rule: 'INT-01' } },
  })
  expect(assign.clock.dueAt?.slice(0, 10)).toBe(plusDays(desk.today(), 3))
  expect(await codeOf(desk.act(head, assign, 'assign', { officer: desk.officer.id }))).toBe('ZJ_INTAKE_OFFICER')
  const joining = await desk.act(head, assign, 'assign', { officer: officer.id })
  expect(joining).toMatchObject({ step: 'join', holder: { post: 'officer', staff: { name: '二县蓝干事' } } })
  expect((await desk.elsewhere.call(people.get, { params: { personId: person } })).officer?.id).toBe(officer.id)
  const here = await desk.see(officer, joining.id)
  expect(here.hints.map((h) => h.citation?.rule)).toEqual(['INT-02', 'INT-05', 'INT-04'])
  expect(await codeOf(desk.act(officer, here, 'done'))).toBe('ZJ_MOVED_IN_MISSING')
  // Team, letter of responsibility and announcement anew; then, and not before, the reception is done.
  const member = { name: '二县蓝干事', role: '01' }
  await officer.call(matters.register, {
    body: { kind: 'team', person, form: { on: desk.today(), members: [{ ...member, sex: 'male' }] } },
  })
  await officer.call(matters.register, {
    body: { kind: 'responsibility', person, form: { on: desk.today(), members: [{ ...member, signed: true }] } },
  })
  expect((await desk.see(officer, joining.id)).hints.map((h) => h.citation?.rule)).toEqual(['INT-04'])
  const meeting = await officer.call(matters.register, {
    body: {
      kind: 'announcement',
      person,
      form: { at: desk.now(3_600_000), where: '河口司法所', host: '二县莫所长' },
    },
  })
  const invited = ['person', 'police', 'village'].map((who) => ({
    who,
    name: '某某',
    how: 'phone',
    at: desk.now(-60_000),
    receipt: 'confirmed',
  }))
  const ready = await desk.act(officer, meeting, 'told', { invited })
  const held = await desk.act(officer, ready, 'held', {
    heldAt: desk.now(-1_000),
    present: '本人、村委会',
    signed: true,
  })
  expect(held.end).toBe('done')
  expect((await desk.act(officer, await desk.see(officer, joining.id), 'done')).end).toBe('done')
  expect(await mine(desk.elsewhere, 'exitBan')).toMatchObject([{ step: 'report' }])
  const [prison] = await mine(desk.elsewhere, 'prisonFile')
  const asked = await desk.see(desk.elsewhere, prison?.id ?? '')
  const waiting = await desk.act(desk.elsewhere, asked, 'known', {
    keeper: '示例市第二监狱',
    receivedOn: plusDays(desk.today(), -1),
  })
  expect(waiting).toMatchObject({ step: 'notice', clock: { citation: { rule: 'MOV-10' } } })
  expect(waiting.clock.dueAt?.slice(0, 10)).toBe(plusDays(desk.today(), 4))
  expect((await desk.act(desk.elsewhere, waiting, 'told', { toldOn: desk.today() })).end).toBe('told')
})

const letter = { number: '（2026）示四矫复字第7号', signed: '示例四县社区矫正管理局 卢局长' }
const byLetter = () => ({
  ...form(),
  county: undefined,
  byLetter: true,
  agency: '示例省示例八市示例四县社区矫正管理局',
  address: '示例八市示例四县河堤路9号',
})

test('S1.9 to a county outside the platform: by letter, with the same clocks and papers, and the person stays on file as transferred', async () => {
  const person = await desk.person({ name: '函某' })
  const device = desk.county.house.chance.id()
  await sql`insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
    values (${device}, ${places.office}, 'wristband', 'jt808', ${device.slice(-12)}, 'issued', ${person}, ${desk.now()})`.execute(
    desk.db,
  )
  await sql`insert into activation (id, device_id, person_id, org_code, regime, ground, article, rule, starts_at, ends_at, interval_s, state, proposed_at)
    values (${desk.county.house.chance.id()}, ${device}, ${person}, ${places.office}, 'device', 'injunctionBreach', '29(1)', 'EPD-01', ${desk.now(-3_600_000)}, ${desk.now(86_400_000 * 20)}, 60, 'running', ${desk.now()})`.execute(
    desk.db,
  )
  expect(await codeOf(desk.begin('relocation', person, { ...byLetter(), agency: undefined }))).toBe('ZJ_INVALID')
  const hints = await desk.weigh('relocation', person, { ...byLetter(), agency: '示例二县社区矫正管理局' })
  expect(hints.filter((h) => h.tone === 'careful')).toMatchObject([{ citation: { rule: 'MOV-02' } }])

  const asked = await desk.begin('relocation', person, byLetter())
  const passed = await desk.act(desk.head, asked, 'support', { opinion: '情况属实' })
  const sent = await desk.act(desk.agency, passed, 'send', { opinion: '拟同意' })
  expect(sent).toMatchObject({
    step: 'letterReply',
    holder: { post: 'county', unit: places.county },
    clock: { citation: { rule: 'MOV-03' } },
  })
  expect((await desk.papers(sent.id)).D12b).toMatchObject({ 收文机构: '示例省示例八市示例四县社区矫正管理局' })
  const answer = { ...letter, askedOn: desk.today(), answeredOn: desk.today(), found: '租房合同属实' }
  expect(
    await codeOf(desk.act(desk.agency, sent, 'accept', { ...answer, answeredOn: plusDays(desk.today(), -1) })),
  ).toBe('ZJ_INVALID')
  const reply = await desk.act(desk.agency, sent, 'accept', answer)
  expect(reply).toMatchObject({ step: 'county' })
  const decided = await desk.act(desk.second, reply, 'approve', { opinion: '同意变更' })
  expect(decided).toMatchObject({ step: 'transfer', clock: { citation: { rule: 'MOV-06' } } })
  const over = await desk.act(desk.agency, decided, 'sent', {
    decisionOn: desk.today(),
    sentOn: desk.today(),
    volumes: 2,
    copies: ['organ', 'procuratorate', 'police'],
  })
  expect(over).toMatchObject({ step: 'letterReceipt', clock: { citation: { rule: 'MOV-07' } } })
  const receipt = await desk.act(desk.agency, over, 'received', {
    ...letter,
    receivedOn: desk.today(),
    receiptOn: desk.today(),
  })
  expect(receipt).toMatchObject({ step: 'letterArrival', clock: { citation: { rule: 'MOV-08' } } })
  expect(await codeOf(desk.act(desk.agency, receipt, 'reported', letter))).toBe('ZJ_INVALID')
  const done = await desk.act(desk.agency, receipt, 'reported', { ...letter, on: desk.today() })
  expect(done.end).toBe('movedOut')
  expect(await desk.officer.call(people.get, { params: { personId: person } })).toMatchObject({ state: 'transferred' })
  const terms = (await desk.agency.call(activations.ofPerson, { params: { personId: person } })).items
  expect(terms).toMatchObject([{ state: 'ended', endReason: 'transfer' }])
  expect(Object.keys(await desk.papers(done.id)).sort()).toEqual(['D12a', 'D12b', 'D12d', 'D34c'])
  expect(await ledgerKinds(desk.county, { person })).toEqual(
    expect.arrayContaining(['relocation.begun', 'activation.ended', 'relocation.movedOut', 'relocation.ended']),
  )
  expect(await codeOf(desk.begin('relocation', person, form()))).toBe('ZJ_MATTER_NOT_NOW')
})

test('S1.9 by letter: declined goes above, not arrived is searched for and comes back to the letter', async () => {
  const person = await desk.person()
  const asked = await desk.begin('relocation', person, byLetter())
  const passed = await desk.act(desk.head, asked, 'support', { opinion: '情况属实' })
  const sent = await desk.act(desk.agency, passed, 'send', { opinion: '拟同意' })
  const answer = { ...letter, askedOn: desk.today(), answeredOn: desk.today(), found: '居所不固定' }
  const declined = await desk.act(desk.agency, sent, 'decline', answer, '居所不固定')
  expect(await codeOf(desk.act(desk.second, declined, 'approve', { opinion: '同意' }))).toBe('ZJ_MOVE_NOT_RECEIVED')
  const disputed = await desk.act(desk.second, declined, 'dispute', { opinion: '居所已核实' }, '有租约')
  const settled = await desk.act(desk.city, disputed, 'receive', { opinion: '应予接收' })
  const third = await desk.county.signIn('county', { name: '农科员' })
  const decided = await desk.act(third, settled, 'approve', { opinion: '同意变更' })
  const over = await desk.act(desk.agency, decided, 'sent', {
    decisionOn: plusDays(desk.today(), -20),
    sentOn: desk.today(),
    volumes: 1,
    copies: ['organ', 'procuratorate', 'police'],
  })
  const received = { ...letter, receivedOn: desk.today(), receiptOn: desk.today() }
  const receipt = await desk.act(desk.agency, over, 'received', received)
  const gone = await desk.act(desk.agency, receipt, 'noShow', letter, '来函称期满未报到')
  const searching = await desk.act(desk.agency, gone, 'begin')
  const found = await desk.act(desk.agency, searching, 'found', { found: '在亲属家找到' })
  expect(found).toMatchObject({ step: 'letterArrival', holder: { unit: places.county } })
})

test('S1.9 not arrived: the new county tells the old one, which searches at once', async () => {
  const person = await desk.person()
  const arrival = await handOver(person, plusDays(desk.today(), -20))
  const gone = await desk.act(desk.elsewhere, arrival, 'noShow', {}, '期满未报到，电话不通')
  expect(gone).toMatchObject({ step: 'search', holder: { unit: places.county } })
  const here = await desk.see(desk.agency, gone.id)
  const searching = await desk.act(desk.agency, here, 'begin')
  expect(searching.step).toBe('searching')
  const { items } = await desk.agency.call(matters.list, { query: { person, kind: 'search' } })
  expect(items).toHaveLength(1)
  const found = await desk.act(desk.agency, searching, 'found', { found: '在亲属家找到，责令报到' })
  expect(found).toMatchObject({ step: 'arrival', holder: { unit: places.otherCounty } })
})

test('MOV-08 nobody is missed before his day; MOV-09 whoever is searched for already is not searched for twice', async () => {
  const early = await handOver(await desk.person())
  const refused = await refusedWith(desk.act(desk.elsewhere, early, 'noShow', {}, '没有来'))
  expect(refused).toMatchObject({ code: 'ZJ_MOVE_NOT_DUE', zh: expect.stringContaining('报到期限') })

  const person = await desk.person()
  const arrival = await handOver(person, plusDays(desk.today(), -20))
  await desk.begin('search', person, { lostSince: desk.now(-86_400_000), noticed: '电话停机，家中无人' })
  const gone = await desk.act(desk.elsewhere, arrival, 'noShow', {}, '期满未报到，电话不通')
  const searching = await desk.act(desk.agency, await desk.see(desk.agency, gone.id), 'begin')
  expect(searching.step).toBe('searching')
  const { items } = await desk.agency.call(matters.list, { query: { person, kind: 'search' } })
  expect(items).toHaveLength(1)
})

test('S2.7 a leave that is under way goes with the person: the new unit decides, orders back, takes note', async () => {
  const person = await desk.person({ name: '迁某' })
  const { officer, head, county } = desk
  const proof = await proofOf(officer, person, person)
  const asks = (from: number, until: number) =>
    officer.call(leaves.ask, {
      body: {
        person,
        from: plusDays(desk.today(), from),
        until: plusDays(desk.today(), until),
        destination: { text: '南宁市人民医院', area: '450103' },
        reason: '01',
        proofs: [proof.id],
        reasonText: '复查',
      },
    })
  const verdict = (revision: number) => ({ verdict: 'approved' as const, note: '同意', revision })
  const granted = await asks(0, 2)
  await head.call(leaves.decide, { params: { id: granted.id }, body: verdict(granted.revision) })
  const asked = await asks(5, 7)

  const arrival = await handOver(person)
  await desk.act(desk.elsewhere, arrival, 'reported', { on: desk.today(), office: places.officeElsewhere })

  const there = await county.signIn('officeHead', { of: places.officeElsewhere, name: '二县岑所长' })
  const seen = await there.call(leaves.get, { params: { id: asked.id } })
  expect(seen).toMatchObject({ org: places.officeElsewhere, state: 'asked' })
  const { items } = await there.call(tasks.list, { query: { view: 'todo', kind: 'leave.decide' } })
  expect(items.map((task) => task.subject)).toContain(asked.id)
  const decided = await there.call(leaves.decide, { params: { id: asked.id }, body: verdict(seen.revision) })
  expect(decided).toMatchObject({ state: 'approved', org: places.officeElsewhere })
  // What the former office granted is the new unit's to watch: it takes note of it and may order him back.
  const noted = await desk.elsewhere.call(leaves.noteFilings, { body: { ids: [granted.id] } })
  expect(noted).toEqual({ done: [granted.id], refused: [] })
  const { revision } = await there.call(leaves.get, { params: { id: granted.id } })
  const order = { until: desk.now(3_600_000), reason: '检察院要求核查', told: 'phone' as const, revision }
  expect((await there.call(leaves.recall, { params: { id: granted.id }, body: order })).recall).not.toBeNull()
  expect(await codeOf(head.call(leaves.get, { params: { id: granted.id } }))).toBe('ZJ_NOT_FOUND')
})

test('S1.9 the same county, an unknown one, a third county: refused', async () => {
  const person = await desk.person()
  expect(await codeOf(desk.begin('relocation', person, form({ county: places.county })))).toBe('ZJ_MOVE_SAME')
  expect(await codeOf(desk.begin('relocation', person, form({ county: '459099' })))).toBe('ZJ_MOVE_UNIT')
  const hints = await desk.weigh('relocation', person, form({ moveOn: plusDays(desk.today(), 5) }))
  expect(hints[0]).toMatchObject({ tone: 'careful', citation: { rule: 'MOV-01' } })
})

test('S2.7 a forbidden place goes with him: the new county sees it, gives permits for it and changes it; shared with another it draws its own', async () => {
  const [person, stays] = [await desk.person({ name: '迁某' }), await desk.person({ name: '留某' })]
  const draw = (name: string) =>
    desk.agency.call(fences.create, {
      body: {
        org: places.county,
        name,
        kind: 'forbidden',
        area: { kind: 'circle', coordinates: [109.42, 24.33], radiusM: 300 },
        datum: 'WGS84',
        basis: '禁止令',
      },
    })
  const [school, street] = [await draw('示例一中'), await draw('河边街')]
  const bind = (id: string, persons: string[]) =>
    desk.agency.call(fences.assign, { params: { id }, body: { persons, from: desk.today(), basis: '禁止令' } })
  await bind(school.id, [person])
  await bind(street.id, [person, stays])
  const arrival = await handOver(person)
  await desk.act(desk.elsewhere, arrival, 'reported', { on: desk.today(), office: places.officeElsewhere })
  await sql`update person set officer_id = null where id = ${person}`.execute(desk.db)

  // The old county keeps what still binds somebody of its own.
  const own = async (who: typeof desk.agency) =>
    (await who.call(fences.list, { query: { kind: 'forbidden', size: 100 } })).items.map((f) => f.id)
  expect(await own(desk.agency)).toContain(street.id)
  expect(await own(desk.agency)).not.toContain(school.id)
  expect(await codeOf(desk.agency.call(fences.get, { params: { id: school.id } }))).toBe('ZJ_NOT_FOUND')

  const chief = await desk.county.signIn('officeHead', { of: places.officeElsewhere })
  for (const who of [desk.elsewhere, chief]) {
    const held = await who.call(fences.ofPerson, { params: { personId: person } })
    expect(held.fences.map((f) => f.fence.name).sort()).toEqual(['河边街', '示例一中'])
    expect(await own(who)).toEqual(expect.arrayContaining([school.id, street.id]))
  }
  // 进入特定区域: the approval names the fence, so that the approved entry raises no alarm.
  const asked = await chief.call(matters.register, {
    body: {
      kind: 'restrictedPlace',
      person,
      form: { place: '示例一中', from: desk.now(), until: desk.now(7_200_000), why: '家长会' },
    },
  })
  const passed = await desk.act(chief, asked, 'support', { opinion: '同意' })
  await desk.act(desk.elsewhere, passed, 'approve', { opinion: '同意' })
  const { rows } = await sql<{ fence: string | null }>`
    select fence_id as fence from permit_pass where person_id = ${person}`.execute(desk.db)
  expect(rows).toEqual([{ fence: school.id }])

  const drawing = { name: '示例一中', kind: 'forbidden', area: school.area, datum: 'WGS84', basis: '禁止令' } as const
  const wider = { ...drawing, area: { kind: 'circle', coordinates: [109.42, 24.33], radiusM: 400 } } as const
  const change = (who: typeof desk.agency, id: string, body: object) =>
    who.call(fences.change, { params: { id }, body: { ...drawing, ...body, revision: 1 } })
  expect(await change(desk.elsewhere, school.id, wider)).toMatchObject({ revision: 2, org: places.county })
  const { rows: facts } = await sql<{ org: string }>`
    select org_code as org from ledger_entry where subject = ${school.id} and kind = 'fence.changed'`.execute(desk.db)
  expect(facts).toEqual([{ org: places.otherCounty }])
  // One that binds persons of two counties is changed by neither; each ends its own binding and draws its own.
  expect(await codeOf(change(desk.elsewhere, street.id, { name: '河边街' }))).toBe('ZJ_FENCE_NOT_YOURS')
  expect(await codeOf(change(desk.agency, street.id, { name: '河边街' }))).toBe('ZJ_FENCE_NOT_YOURS')
  const releasing = { params: { id: street.id, personId: person }, body: { until: desk.today(), reason: '改划' } }
  expect(await desk.elsewhere.call(fences.release, releasing)).toEqual({ ended: 1 })
  expect(await codeOf(desk.agency.call(fences.release, releasing))).toBe('ZJ_NOT_FOUND')
})
