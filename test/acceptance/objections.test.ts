import { activations } from '@zhijiao/contract/devices'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { type Leave, leaves } from '@zhijiao/contract/permits'
import { tasks } from '@zhijiao/contract/tasks'
import { plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { places, type Somebody } from '../support/county.ts'
import { later, ledgerAbout } from '../support/episode.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import { type Desk, startDesk } from './permits.support.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk?.stop())

const ask = (person: string, days: number, inDays = 5) =>
  desk.officer.call(leaves.ask, {
    body: {
      person,
      from: plusDays(desk.today(), inDays),
      until: plusDays(desk.today(), inDays + days - 1),
      destination: { text: '南宁市人民医院', area: '450103' },
      reason: '01',
      reasonText: '复查',
    },
  })
const decide = (
  who: Somebody,
  leave: Pick<Leave, 'id' | 'revision'>,
  verdict: Leave['state'] & ('approved' | 'refused'),
) =>
  who.call(leaves.decide, {
    params: { id: leave.id },
    body: {
      verdict,
      note: verdict === 'refused' ? '病情未见证明' : '同意',
      ...(verdict === 'approved' ? { unproven: '证明随异议提交' } : {}),
      revision: leave.revision,
    },
  })
const leaveOf = (id: string, who = desk.officer) => who.call(leaves.get, { params: { id } })
const against = (leave: { id: string }) => ({ origin: { kind: 'leave' as const, id: leave.id } })
const form = () => ({ receivedOn: desk.today(), how: 'written', claim: '已取得医院证明，附后' })
const answer = { heard: '本人到场陈述', meanwhile: 'stood', answer: '补交的诊断证明属实，原决定不当' }
const told = () => ({ on: desk.today(), wayOn: true })
const contestable = async (person: string, who = desk.officer) =>
  (await who.call(matters.contestable, { params: { personId: person } })).items
const timeline = async (person: string) =>
  (await desk.officer.call(people.timeline, { params: { personId: person }, query: { size: 100 } })).items

describe('Z4 PEN-10 a refused leave is contested', () => {
  test('revoked: somebody else answers, and the same wish goes back to the competent level to be decided anew', async () => {
    const person = await desk.person({ name: '莫某' })
    const refused = await decide(desk.agency, await ask(person, 8), 'refused')
    expect(refused).toMatchObject({ state: 'refused', competent: 'county', contestable: true, objection: null })
    expect(await contestable(person)).toMatchObject([
      { what: 'leave', id: refused.id, said: { zh: expect.stringMatching(/南宁.*不批准/) }, objection: null },
    ])

    const hints = await desk.weigh('objection', person, form(), against(refused))
    expect(hints.map((h) => h.said.zh).join()).toMatch(/退回县级社区矫正机构重新审批.*原决定保留在案/)
    const asked = await desk.begin('objection', person, form(), against(refused))
    expect(asked).toMatchObject({
      step: 'review',
      holder: { post: 'county' },
      origin: { kind: 'leave', id: refused.id, said: { zh: expect.stringContaining('南宁') } },
      clock: { citation: { rule: 'PEN-10' } },
    })
    expect(await leaveOf(refused.id)).toMatchObject({ contestable: false, objection: { id: asked.id, end: null } })
    expect(await codeOf(desk.begin('objection', person, form(), against(refused)))).toBe('ZJ_OBJECTION_KNOWN')

    // Whoever decided the leave does not answer the objection; nor does another county.
    expect(await codeOf(desk.act(desk.agency, asked, 'revoke', answer))).toBe('ZJ_OBJECTION_DECIDER')
    expect(await codeOf(desk.act(desk.elsewhere, asked, 'revoke', answer))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(desk.act(desk.head, asked, 'revoke', answer))).toBe('ZJ_MATTER_NOT_YOURS')
    const there = await desk.see(desk.second, asked.id)
    expect(there.hints.map((h) => h.said.zh).join()).toContain('重新审批')
    const answered = await desk.act(desk.second, there, 'revoke', answer)
    expect((await desk.papers(asked.id)).D15).toMatchObject({
      事项: expect.stringMatching(/对外出请假（南宁.*不批准.*的异议/),
      审批结果: '撤销原决定',
      理由: answer.answer,
      要求: expect.arrayContaining([expect.stringContaining('退回县级社区矫正机构重新审批')]),
    })
    expect((await desk.act(desk.officer, answered, 'told', told())).end).toBe('revoked')

    // A new application with its own duty; the earlier decision stays as it was.
    const { items } = await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })
    expect(items).toMatchObject([
      { anewOf: refused.id, from: refused.from, until: refused.until, reason: '01', competent: 'county' },
    ])
    expect(await leaveOf(refused.id)).toMatchObject({
      state: 'refused',
      decisionNote: '病情未见证明',
      revision: refused.revision,
      objection: { id: asked.id, end: 'revoked' },
    })
    const [anew] = items
    if (!anew) throw new Error('nothing to decide anew')
    const duty = (await desk.agency.call(tasks.list, { query: { kind: 'leave.decide', person } })).items
    expect(duty).toMatchObject([{ subject: anew.id, title: { zh: expect.stringContaining('重新审批') } }])
    expect(await codeOf(decide(desk.elsewhere, anew, 'approved'))).toBe('ZJ_NOT_FOUND')
    expect(await decide(desk.second, anew, 'approved')).toMatchObject({ state: 'approved', anewOf: refused.id })
    expect((await desk.papers(anew.id)).D15).toMatchObject({ 审批结果: '批准' })

    // The timeline of the person shows both, and each decision.
    const kinds = (await timeline(person)).map((entry) => entry.kind)
    expect(kinds).toEqual(
      expect.arrayContaining([
        'leave.refused',
        'objection.begun',
        'objection.ended',
        'leave.setAside',
        'leave.askedAnew',
        'leave.approved',
      ]),
    )
    expect(await ledgerAbout(desk.county, refused.id)).toEqual(['leave.asked', 'leave.refused', 'leave.setAside'])
    expect(await ledgerAbout(desk.county, anew.id)).toEqual(['leave.askedAnew', 'leave.approved'])
  })

  test('changed: what the office refused goes back to the office; upheld: nothing follows', async () => {
    const person = await desk.person()
    const refused = await decide(desk.head, await ask(person, 3), 'refused')
    const asked = await desk.begin('objection', person, form(), against(refused))
    await desk.act(desk.agency, asked, 'change', answer)
    const [anew] = (await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })).items
    expect(anew).toMatchObject({ anewOf: refused.id, competent: 'office' })
    // Refused anew, it is a decision of its own and can be contested again.
    const again = await decide(desk.head, anew ?? refused, 'refused')
    expect(again).toMatchObject({ state: 'refused', contestable: true })
    const second = await desk.begin('objection', person, form(), against(again))
    await desk.act(desk.second, second, 'uphold', answer)
    expect((await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })).total).toBe(0)
    expect(await ledgerAbout(desk.county, again.id)).toEqual(['leave.askedAnew', 'leave.refused'])
  })

  test('the days are past by the time of the answer: it says so, and nothing is decided anew', async () => {
    const person = await desk.person()
    const refused = await decide(desk.head, await ask(person, 2, 1), 'refused')
    const asked = await desk.begin('objection', person, form(), against(refused))
    await later(desk.county, 4 * 86_400_000)
    const there = await desk.see(desk.agency, asked.id)
    expect(there.hints.map((h) => h.said.zh).join()).toContain('日期已过')
    await desk.act(desk.agency, there, 'revoke', answer)
    expect((await desk.papers(asked.id)).D15?.要求).toEqual(
      expect.arrayContaining([expect.stringContaining('另行申请')]),
    )
    expect((await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })).total).toBe(0)
    expect(await ledgerAbout(desk.county, refused.id)).toContain('leave.setAside')
  })

  test('an approval that was taken back is contested too; whoever took it back does not answer', async () => {
    const person = await desk.person()
    const approved = await decide(desk.head, await ask(person, 3), 'approved')
    expect(approved.contestable).toBe(false)
    expect(await codeOf(desk.begin('objection', person, form(), against(approved)))).toBe('ZJ_OBJECTION_NOT_OPEN')
    const cancelled = await desk.agency.call(leaves.cancel, {
      params: { id: approved.id },
      body: { note: '发现新的违规', revision: approved.revision },
    })
    expect(cancelled).toMatchObject({ state: 'cancelled', contestable: true })
    const asked = await desk.begin('objection', person, form(), against(cancelled))
    expect(await codeOf(desk.act(desk.agency, asked, 'uphold', answer))).toBe('ZJ_OBJECTION_DECIDER')
    await desk.act(desk.second, asked, 'revoke', answer)
    expect((await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })).items).toMatchObject([
      { anewOf: cancelled.id },
    ])
    // Taken back before it was decided, it is nobody's decision.
    const other = await desk.person()
    const open = await ask(other, 3)
    const withdrawn = await desk.officer.call(leaves.cancel, {
      params: { id: open.id },
      body: { note: '不去了', revision: open.revision },
    })
    expect(withdrawn.contestable).toBe(false)
  })

  test('decided by the city: who wrote the county’s opinion does not answer, and the city decides anew', async () => {
    const person = await desk.person()
    const asked = await ask(person, 31)
    const opined = await desk.agency.call(leaves.opine, {
      params: { id: asked.id },
      body: { text: '不建议批准', revision: asked.revision },
    })
    const refused = await decide(desk.city, opined, 'refused')
    const objection = await desk.begin('objection', person, form(), against(refused))
    expect(await codeOf(desk.act(desk.agency, objection, 'revoke', answer))).toBe('ZJ_OBJECTION_DECIDER')
    // What the city decided the county does not set aside: it passes the objection to the city.
    expect(objection.hints.map((h) => h.said.zh).join()).toContain('原决定由市级社区矫正机构作出')
    expect(await codeOf(desk.act(desk.second, objection, 'revoke', answer))).toBe('ZJ_OBJECTION_ABOVE')
    const passed = await desk.act(desk.second, objection, 'passUp', answer)
    expect(passed).toMatchObject({ step: 'city', holder: { post: 'city', unit: places.city } })
    const duty = await desk.city.call(tasks.list, { query: { view: 'todo', kind: 'matter.objection' } })
    expect(duty.items.map((task) => task.subject)).toContain(objection.id)
    expect(await codeOf(desk.act(desk.second, passed, 'decide', { verdict: 'revoke', opinion: '同意' }))).toBe(
      'ZJ_MATTER_NOT_YOURS',
    )
    const there = await desk.see(desk.city, objection.id)
    expect(there.hints.map((h) => h.said.zh).join()).toContain('重新审批')
    expect((await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })).total).toBe(0)
    await desk.act(desk.city, there, 'decide', { verdict: 'revoke', opinion: '补交的证明属实' })
    const back = await desk.see(desk.second, objection.id)
    expect(back).toMatchObject({ step: 'carry', holder: { post: 'county' } })
    expect(back.hints.map((h) => h.said.zh).join()).toContain('上级决定：撤销原决定')
    const done = await desk.act(desk.second, back, 'answer', { answer: '经市级决定，撤销原不批准决定' })
    expect(done.step).toBe('tellRevoked')
    expect((await desk.papers(objection.id)).D15).toMatchObject({
      审批结果: '撤销原决定',
      理由: '经市级决定，撤销原不批准决定',
    })
    const { items } = await desk.city.call(tasks.list, { query: { kind: 'leave.decide', person } })
    expect(items).toHaveLength(1)
    const [anew] = (await desk.officer.call(leaves.list, { query: { person, state: 'asked' } })).items
    expect(await decide(desk.city, anew ?? refused, 'approved')).toMatchObject({
      state: 'approved',
      anewOf: refused.id,
    })
  })

  test('passed up to the city it may be taken back until the city decided, and the city learns of it', async () => {
    const withdraw = async (who: Somebody, id: string) => {
      const { revision } = await desk.see(who, id)
      return who.call(matters.withdraw, { params: { id }, body: { reason: '本人书面放弃异议', revision } })
    }
    const passedUp = async () => {
      const person = await desk.person()
      const refused = await decide(desk.city, await ask(person, 31), 'refused')
      const { id } = await desk.begin('objection', person, form(), against(refused))
      return { refused, passed: await desk.act(desk.second, await desk.see(desk.second, id), 'passUp', answer) }
    }
    const { refused, passed } = await passedUp()
    expect(passed.mayWithdraw).toBe(false)
    expect(await desk.see(desk.officer, passed.id)).toMatchObject({ step: 'city', mayWithdraw: true })
    // Who passed it up did not register it.
    expect(await codeOf(withdraw(desk.second, passed.id))).toBe('ZJ_MATTER_WITHDRAW')
    expect(await withdraw(desk.officer, passed.id)).toMatchObject({ end: 'withdrawn', holder: null })
    const ofCity = async (kind: string, view: 'todo' | 'done' = 'todo') =>
      (await desk.city.call(tasks.list, { query: { view, kind, size: 200 } })).items.filter(
        (task) => task.subject === passed.id,
      )
    expect(await ofCity('matter.objection')).toEqual([])
    const [known] = await ofCity('matter.objection.withdrawn')
    expect(known).toMatchObject({ toKnow: true, title: { zh: expect.stringMatching(/异议已由登记人撤回.*放弃异议/) } })
    expect(await desk.see(desk.city, passed.id)).toMatchObject({ end: 'withdrawn' })
    await desk.city.call(tasks.claim, { params: { id: known?.id ?? '' }, body: { revision: known?.revision ?? 0 } })
    expect(await ofCity('matter.objection.withdrawn')).toEqual([])
    // What was taken back keeps nobody from objecting once more.
    expect(await leaveOf(refused.id)).toMatchObject({ contestable: true })

    // What the city decided binds the county: nobody takes that away from it.
    const { passed: decided } = await passedUp()
    await desk.act(desk.city, await desk.see(desk.city, decided.id), 'decide', { verdict: 'revoke', opinion: '属实' })
    expect(await codeOf(withdraw(desk.officer, decided.id))).toBe('ZJ_MATTER_DECIDED')
  })

  test('of another person, of another county, of an unknown leave, by a post without the right: refused', async () => {
    const [a, b] = [await desk.person(), await desk.person()]
    const refused = await decide(desk.head, await ask(a, 3), 'refused')
    expect(await codeOf(desk.begin('objection', b, form(), against(refused)))).toBe('ZJ_OBJECTION_CAUSE')
    expect(await codeOf(desk.begin('objection', a, form(), against({ id: desk.county.house.chance.id() })))).toBe(
      'ZJ_NOT_FOUND',
    )
    const register = (who: Somebody) =>
      who.call(matters.register, { body: { kind: 'objection', person: a, form: form(), ...against(refused) } })
    expect(await codeOf(register(desk.elsewhere))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(register(await desk.county.signIn('socialWorker')))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(contestable(a, desk.elsewhere))).toBe('ZJ_NOT_FOUND')
    const missing = await refusedWith(desk.begin('objection', a, form()))
    expect(missing).toMatchObject({ code: 'ZJ_OBJECTION_CAUSE', zh: expect.stringContaining('选择') })
  })
})

describe('PEN-10 what no matter decided, and what a matter decided without a decision of the matrix', () => {
  test('an electronic device approved at the desk of the activations: revoked, it ends at once', async () => {
    const person = await desk.person()
    const id = desk.county.house.chance.id()
    await sql`insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
      values (${id}, ${places.office}, 'wristband', 'jt808', ${id.slice(-12)}, 'issued', ${person}, ${desk.now()})`.execute(
      desk.db,
    )
    const proposed = await desk.agency.call(activations.propose, {
      params: { personId: person },
      body: {
        regime: 'device',
        deviceId: id,
        ground: 'leftWithoutApproval',
        facts: '2026年未经批准离开，附轨迹',
        lastDay: plusDays(desk.today(), 60),
      },
    })
    const term = { origin: { kind: 'term' as const, id: proposed.id } }
    expect(await codeOf(desk.begin('objection', person, form(), term))).toBe('ZJ_OBJECTION_NOT_OPEN')
    await desk.bureau.call(activations.approve, {
      params: { id: proposed.id },
      body: { revision: proposed.revision },
    })
    expect(await contestable(person)).toMatchObject([{ what: 'term', id: proposed.id, objection: null }])
    const asked = await desk.begin('objection', person, form(), term)
    expect(await codeOf(desk.act(desk.agency, asked, 'revoke', answer))).toBe('ZJ_OBJECTION_DECIDER')
    // The head of the administration approved it, and nobody below takes it back (EPD-02).
    expect(await codeOf(desk.act(desk.second, asked, 'revoke', answer))).toBe('ZJ_OBJECTION_ABOVE')
    const passed = await desk.act(desk.second, asked, 'passUp', answer)
    expect(passed).toMatchObject({ step: 'bureauHead', holder: { post: 'bureauHead' } })
    expect(await codeOf(desk.act(desk.second, passed, 'revoke', { answer: '撤销' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const revoked = await desk.act(desk.bureau, passed, 'revoke', { answer: '就医属实，撤销原批准' })
    expect(revoked.step).toBe('tellRevoked')
    expect((await desk.papers(asked.id)).D15).toMatchObject({ 审批结果: '撤销原决定', 理由: '就医属实，撤销原批准' })
    const { items } = await desk.agency.call(activations.ofPerson, { params: { personId: person } })
    expect(items).toMatchObject([{ state: 'ended', endReason: 'removal' }])
  })

  test('a review put off that the province refused: it alone changes it; what the county decided it answers itself', async () => {
    const person = await desk.person({ category: '04' })
    const asked = await desk.begin('medicalReview', person, {
      state: '01',
      illness: '尿毒症',
      lastReview: desk.today(),
      months: 3,
      hospital: '示例市人民医院',
      why: '住院治疗',
    })
    const county = await desk.act(desk.head, asked, 'support', { opinion: '属实' })
    const city = await desk.act(desk.agency, county, 'report', { opinion: '上报' })
    const province = await desk.act(desk.city, await desk.see(desk.city, city.id), 'report', { opinion: '上报' })
    const refused = await desk.act(
      desk.province,
      await desk.see(desk.province, province.id),
      'refuse',
      { opinion: '不批准' },
      '病情平稳',
    )
    const contested = await desk.begin('objection', person, form(), { cause: refused.id })
    expect(await codeOf(desk.act(desk.second, contested, 'change', answer))).toBe('ZJ_OBJECTION_ABOVE')
    const passed = await desk.act(desk.second, contested, 'passUp', answer)
    expect(passed).toMatchObject({ step: 'province', holder: { post: 'province' } })
    const there = await desk.see(desk.province, passed.id)
    await desk.act(desk.province, there, 'decide', { verdict: 'uphold', opinion: '病情平稳，复查可行' })
    const back = await desk.see(desk.second, passed.id)
    const told = await desk.act(desk.second, back, 'answer', { answer: '经省级决定，维持原决定' })
    expect(told.step).toBe('tellUpheld')
    expect((await desk.act(desk.officer, told, 'told', { on: desk.today(), wayOn: true })).end).toBe('upheld')

    const other = await desk.person()
    const own = await decide(desk.head, await ask(other, 3), 'refused')
    const here = await desk.begin('objection', other, form(), against(own))
    expect(await codeOf(desk.act(desk.second, here, 'passUp', answer))).toBe('ZJ_OBJECTION_HERE')
  })

  test('a change of place that the county refused before it asked anybody', async () => {
    const person = await desk.person()
    const begun = await desk.begin('relocation', person, {
      receivedOn: desk.today(),
      moveOn: plusDays(desk.today(), 40),
      why: '投靠子女',
      address: '示例二县新城镇1号',
      county: places.otherCounty,
    })
    const up = await desk.act(desk.head, begun, 'doubt', { opinion: '居所不明' })
    const refused = await desk.act(desk.agency, up, 'refuse', { opinion: '不同意' }, '居所不固定')
    expect(refused.contestable).toBe(true)
    const asked = await desk.begin('objection', person, form(), { cause: refused.id })
    expect(asked.step).toBe('review')
    expect(await desk.see(desk.officer, refused.id)).toMatchObject({ contestable: false })
  })

  test('a matter that was only sent back is not decided', async () => {
    const person = await desk.person()
    const begun = await desk.begin('contact', person, {
      whom: '李某',
      relation: '被害人',
      day: plusDays(desk.today(), 3),
      where: '司法所',
      why: '道歉',
    })
    const up = await desk.act(desk.head, begun, 'support', { opinion: '同意' })
    const back = await desk.act(desk.agency, up, 'return', { opinion: '补正' }, '缺对方意见')
    expect(back.contestable).toBe(false)
    expect(await codeOf(desk.begin('objection', person, form(), { cause: back.id }))).toBe('ZJ_OBJECTION_NOT_OPEN')
  })
})
