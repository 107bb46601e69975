import { entrustments } from '@zhijiao/contract/entrustments'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { tasks } from '@zhijiao/contract/tasks'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  assessmentFound,
  assessmentHands,
  assessmentInstruction,
  assessmentLetter,
  assessmentOpinion,
  assessmentVisit,
  attachPhoto,
  nextIdentity,
} from '../support/assessment.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { act, see } from '../support/matters.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let clerk: Somebody
let chief: Somebody
let court: Somebody
let prison: Somebody

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  ;({ officer, head, clerk, chief, court, prison } = await assessmentHands(county))
})
afterAll(() => county.stop())

const letter = (more: object = {}) => ({ receivedOn: '2026-03-02', ...assessmentLetter(more) })
const visit = (more: object = {}) => assessmentVisit(county, more)
const found = (more: object = {}) => assessmentFound(county, more)
const instruction = assessmentInstruction
const opinion = assessmentOpinion

const register = (by: Somebody, form: object = letter()) =>
  by.call(matters.register, { body: { kind: 'assessment', form: form as Record<string, unknown> } })

test('S1.13 the duty about a minor who is not on file yet says his family name and no more', async () => {
  const asked = await register(clerk, letter({ name: '欧阳小某人', minor: true }))
  const assigned = await act(clerk, asked, 'instruct', instruction)
  for (const by of [clerk, officer]) {
    const { items } = await by.call(tasks.list, { query: { view: by === clerk ? 'done' : 'todo', whose: 'unit' } })
    const mine = items.filter((t) => t.subject === asked.id)
    expect(mine).not.toEqual([])
    for (const { title } of mine) expect(title).not.toContain('小某人')
  }
  // Who works on it reads the name in the matter itself.
  expect(assigned.register.name).toBe('欧阳小某人')
})

describe('S1.16 the county sends the instruction down to the office', () => {
  test('S0.32 S1.13 S2.12 from the letter to the adopted opinion, each with the right hands', async () => {
    const asked = await register(clerk)
    expect(asked).toMatchObject({ step: 'assign', holder: { post: 'county', unit: places.county }, who: '张某' })
    // Ten working days from letter and annexes: 2 March is a Monday.
    expect(asked.clock).toMatchObject({ dueAt: '2026-03-16T15:59:59.999Z', citation: { rule: 'INV-01' } })
    expect(asked.register.identity).toMatch(/^459\*+\d{2}[\dX]$/)
    expect(asked.hints.map((h) => h.citation?.rule)).toContain('INV-04')
    expect(await codeOf(see(officer, asked.id))).toBe('ZJ_NOT_FOUND')
    const half = await refusedWith(act(clerk, asked, 'instruct', { instruction: '请办理' }))
    expect(half.fields?.map((f) => f.path)).toEqual(['office', 'procuratorateToldOn'])
    const other = { ...instruction, office: places.officeElsewhere }
    expect(await codeOf(act(clerk, asked, 'instruct', other))).toBe('ZJ_INTAKE_OFFICE')

    const assigned = await act(clerk, asked, 'instruct', instruction)
    expect(assigned).toMatchObject({ step: 'investigate', holder: { post: 'officer', unit: places.office } })
    expect(assigned.clock.dueAt).toBe(asked.clock.dueAt)
    const onTheDesk = await officer.call(tasks.list, { query: { view: 'todo', kind: 'matter.assessment' } })
    expect(onTheDesk.items.map((t) => t.subject)).toContain(asked.id)
    expect(await codeOf(act(clerk, assigned, 'submit', found()))).toBe('ZJ_MATTER_NOT_YOURS')

    const reported = await act(officer, await see(officer, asked.id), 'submit', found())
    const headed = await act(head, reported, 'submit', opinion)
    expect(headed).toMatchObject({ step: 'sign', org: places.office })
    expect(await codeOf(act(clerk, headed, 'sign', { ...opinion, copiedOn: '2026-03-02' }))).toBe('ZJ_MATTER_OWN')
    expect((await refusedWith(act(chief, headed, 'sign', opinion))).fields?.[0]?.path).toBe('copiedOn')
    const signed = await act(chief, headed, 'sign', { ...opinion, copiedOn: '2026-03-02' })
    expect(signed).toMatchObject({ step: 'adoption' })
    expect(signed.passages.at(-1)).toMatchObject({ byName: '李局长', citations: [{ rule: 'INV-01' }] })
    const { rows } = await sql<{ template: string; given: Record<string, string> }>`
      select template, given from document where subject_id = ${asked.id}`.execute(county.house.databases.system)
    expect(rows).toMatchObject([
      {
        template: 'D02',
        given: {
          被调查人: '张某',
          委托机关: '示例市示例区人民法院',
          居所情况: '自有住房，已住六年',
          调查人: '王警官、陈社工',
          审核人: '李局长',
          结论: expect.stringContaining('适宜社区矫正。具备'),
        },
      },
    ])
    expect(
      (await refusedWith(act(clerk, signed, 'adopted', { judgment: '（2026）示刑初12号' }))).fields?.[0]?.path,
    ).toBe('word')
    const word = '示例区人民法院刑庭张法官来函'
    expect(await act(clerk, signed, 'adopted', { judgment: '（2026）示刑初12号', word })).toMatchObject({
      end: 'adopted',
    })
  })

  test('S4.24 zero delay: receipt, instruction and opinion are measured and shown', async () => {
    const asked = await register(clerk)
    county.pass(2 * 60_000)
    const assigned = await act(clerk, asked, 'instruct', instruction)
    expect(assigned.hints[0]?.said.zh).toMatch(/收到到指派 [2-9] 分钟/)
    county.pass(3 * 60_000)
    const headed = await act(head, await act(officer, assigned, 'submit', found()), 'submit', opinion)
    const signed = await act(chief, headed, 'sign', { ...opinion, copiedOn: '2026-03-02' })
    expect(signed.hints[0]?.said.zh).toMatch(/指派到签发送达 [3-9] 分钟，全程 ([5-9]|1\d) 分钟/)
  })

  test('another county and another office see nothing of it', async () => {
    const asked = await act(clerk, await register(clerk), 'instruct', instruction)
    const elsewhere = await county.signIn('county', { of: places.otherCounty })
    const nextDoor = await county.signIn('officer', { of: places.otherOffice })
    expect(await codeOf(see(elsewhere, asked.id))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(see(nextDoor, asked.id))).toBe('ZJ_NOT_FOUND')
  })
})

describe('the clock of the whole business', () => {
  test('fast track counts five working days, through every hand', async () => {
    const asked = await register(clerk, letter({ fast: true }))
    expect(asked.clock).toMatchObject({ dueAt: '2026-03-09T15:59:59.999Z', citation: { rule: 'INV-02' } })
    const assigned = await act(clerk, asked, 'instruct', instruction)
    expect(assigned.clock).toMatchObject({ dueAt: '2026-03-09T15:59:59.999Z', citation: { rule: 'INV-02' } })
  })

  test('more time only as agreed with the principal, and then for the hands after it too', async () => {
    const assigned = await act(clerk, await register(clerk), 'instruct', instruction)
    const { items } = await officer.call(tasks.list, {
      query: { view: 'todo', kind: 'matter.assessment', whose: 'unit' },
    })
    const task = items.find((t) => t.subject === assigned.id)
    if (!task) throw new Error('no task')
    const paper = await attachPhoto(officer, assigned.id, '同意延期函.jpg')
    const extended = await officer.call(tasks.extend, {
      params: { id: task.id },
      body: {
        newDue: '2026-03-20',
        agreedWith: '示例市示例区人民法院',
        agreedOn: '2026-03-02',
        reason: '被调查人住院',
        files: [paper.id],
        revision: task.revision,
      },
    })
    expect(extended.clockChanges).toMatchObject([{ what: 'extend', citation: { rule: 'INV-03' } }])
    const seen = await see(officer, assigned.id)
    expect(seen.clock.dueAt).toBe('2026-03-20T15:59:59.999Z')
    const reported = await act(officer, seen, 'submit', found())
    expect(reported).toMatchObject({ step: 'head', clock: { dueAt: '2026-03-20T15:59:59.999Z' } })
    expect((await act(head, reported, 'submit', opinion)).clock.dueAt).toBe('2026-03-20T15:59:59.999Z')
  })
})

describe('S1.17 a visit is recorded on the spot', () => {
  test('sound and picture are kept with the half-filled report, and hashed', async () => {
    const assigned = await act(clerk, await register(clerk), 'instruct', instruction)
    const media = await attachPhoto(officer, assigned.id, '入户.jpg')
    expect(media.sha256).toHaveLength(64)
    const kept = await officer.call(matters.keep, {
      params: { id: assigned.id },
      body: { form: { visits: [visit({ media: [media.id] })] }, revision: assigned.revision },
    })
    expect(kept.draft).toMatchObject({ visits: [{ whom: '被调查人之妻李某', media: [media.id] }] })
    // The county sees what was taken; the office sees what the county attached.
    expect(await clerk.call(files.list, { query: { subject: assigned.id } })).toHaveLength(1)
    await attachPhoto(clerk, assigned.id, '起诉书.jpg')
    expect(await officer.call(files.list, { query: { subject: assigned.id } })).toHaveLength(2)
  })

  test('two people investigate', async () => {
    const assigned = await act(clerk, await register(clerk), 'instruct', instruction)
    const alone = found({ visits: [visit({ second: '王警官' })] })
    expect(await codeOf(act(officer, assigned, 'submit', alone))).toBe('ZJ_ASSESSMENT_TWO')
    const lacking = await refusedWith(act(officer, assigned, 'submit', { visits: [visit()] }))
    expect(lacking.fields?.map((f) => f.path)).toContain('village')
  })
})

describe('S1.18 the opinion is signed by the competent hand alone', () => {
  test('the office proposes, an officer never signs', async () => {
    const headed = await act(
      head,
      await act(officer, await act(clerk, await register(clerk), 'instruct', instruction), 'submit', found()),
      'submit',
      opinion,
    )
    expect(await codeOf(act(officer, headed, 'sign', opinion))).toBe('ZJ_MATTER_NOT_YOURS')
    expect(await codeOf(act(head, headed, 'sign', opinion))).toBe('ZJ_MATTER_NOT_YOURS')
    const back = await act(chief, headed, 'return', {}, '请补被害人意见')
    expect(back).toMatchObject({ step: 'head' })
  })

  test('S2.12 who cannot be assessed is explained to the principal', async () => {
    const assigned = await act(clerk, await register(clerk), 'instruct', instruction)
    expect(await codeOf(act(officer, assigned, 'cannot', {}))).toBe('ZJ_MATTER_REASON')
    const explain = await act(officer, assigned, 'cannot', {}, '所留住址查无此人')
    expect(explain).toMatchObject({ step: 'explain', holder: { post: 'county' } })
    const over = await act(clerk, explain, 'told', { explanation: '住址不实，无法评估', toldOn: '2026-03-02' })
    expect(over).toMatchObject({ end: 'impossible' })
    expect(over.passages.at(-1)?.citations.map((c) => c.rule)).toContain('INV-05')
  })

  test('a wrong identity number is refused, none at all is not', async () => {
    expect(await codeOf(register(clerk, letter({ identity: '450101198503040012' })))).toBe('ZJ_ASSESSMENT_IDENTITY')
    expect((await register(clerk, letter({ identity: undefined }))).step).toBe('assign')
  })
})

describe('S1.15 the deciding organ pushes its request', () => {
  const entrust = (by: Somebody, more: object = {}, form: object = {}) => {
    const { receivedOn: _, ...words } = letter()
    return by.call(entrustments.entrust, { body: { county: places.county, form: { ...words, ...form }, ...more } })
  }

  test('with its annexes, to the county of its choice, and follows it to the opinion', async () => {
    const id = county.house.chance.id()
    const annex = await attachPhoto(court, id, '起诉书副本.jpg')
    const sent = await entrust(court, { id }, { annexes: [annex.id] })
    expect(sent).toMatchObject({ id, state: '01', said: { zh: '待指派' }, opinion: null, countyName: '示例一县' })
    expect(sent.form.identity).toMatch(/^459\*/)
    expect((await entrust(court, { id })).id).toBe(id)

    const there = await see(clerk, id)
    expect(there).toMatchObject({
      step: 'assign',
      openedBy: '示例市中级人民法院',
      on: sent.times.receivedAt.slice(0, 10),
    })
    expect((await clerk.call(files.list, { query: { subject: id } })).map((f) => f.name)).toEqual(['起诉书副本.jpg'])
    const assigned = await act(clerk, there, 'instruct', instruction)
    expect(await court.call(entrustments.get, { params: { id } })).toMatchObject({ state: '05', opinion: null })
    const headed = await act(head, await act(officer, assigned, 'submit', found()), 'submit', opinion)
    county.pass(2 * 60_000)
    await act(chief, headed, 'sign', { ...opinion, copiedOn: '2026-03-02' })
    const answered = await court.call(entrustments.get, { params: { id } })
    expect(answered).toMatchObject({
      state: '04',
      said: { zh: '已反馈' },
      opinion: { code: '01', conclusion: opinion.conclusion },
      times: { minutesToOpinion: expect.any(Number) },
    })
    expect(answered.times.minutesToOpinion).toBeGreaterThanOrEqual(2)
    expect(JSON.stringify(answered)).not.toContain('自有住房')
  })

  test('it sees what it opened and nothing else', async () => {
    const sent = await entrust(court)
    const own = await register(clerk)
    expect((await court.call(entrustments.list, { query: { size: 100 } })).items.map((e) => e.id)).not.toContain(own.id)
    expect((await prison.call(entrustments.list, { query: {} })).total).toBe(0)
    expect(await codeOf(prison.call(entrustments.get, { params: { id: sent.id } }))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(see(court, sent.id))).toBe('ZJ_NOT_ALLOWED')
    await attachPhoto(clerk, sent.id, '县里的材料.jpg')
    expect(await court.call(files.list, { query: { subject: sent.id } })).toEqual([])
    expect(await codeOf(court.call(tasks.list, { query: { view: 'todo', whose: 'unit' } }))).toBe('ZJ_NOT_ALLOWED')
    const eyes = { staff: court.id, unit: places.city, reach: 'opened', classes: [] } as const
    const { asSeenBy } = await import('@zhijiao/server/core/db')
    const rows = await asSeenBy(county.house.databases.api, eyes, async (db) => [
      ...(await db.selectFrom('matter').select('id').execute()),
      ...(await db.selectFrom('matter_passage').select('id').execute()),
      ...(await db.selectFrom('person').select('id').execute()),
      ...(await db.selectFrom('assessment_identity').select('matter_id').execute()),
    ])
    expect(rows).toEqual([])
  })

  test('only a county within its range, only what is well formed; nobody else entrusts', async () => {
    const near = await county.signIn('partnerOrgan', { of: places.otherCounty, name: '示例二县人民法院' })
    expect((await near.call(entrustments.counties, {})).map((c) => c.code)).toEqual([places.otherCounty])
    expect(await codeOf(entrust(near))).toBe('ZJ_ENTRUST_COUNTY')
    expect((await refusedWith(entrust(court, {}, { charge: '' }))).fields?.[0]?.path).toBe('charge')
    expect(await codeOf(officer.call(entrustments.list, { query: {} }))).toBe('ZJ_NOT_ALLOWED')
  })
})

test('S0.32 who was assessed and is received finds his assessment in his file', async () => {
  const identity = nextIdentity()
  const asked = await register(clerk, letter({ identity }))
  const person = await clerk.call(people.create, {
    body: {
      name: '张某',
      identity,
      category: '02',
      termStart: '2026-03-01',
      termEnd: '2027-02-28',
      state: 'awaiting',
      org: places.office,
    },
  })
  const receive = {
    kind: 'reception',
    person: person.id,
    form: { organKind: '01', organ: '示例区人民法院', number: '（2026）示刑初12号', effectiveOn: '2026-03-01' },
  }
  const { hints } = await clerk.call(matters.weigh, { body: receive })
  expect(hints.some((h) => h.tone === 'good' && h.said.zh.includes('调查评估'))).toBe(true)
  await clerk.call(matters.register, { body: receive })
  expect((await see(clerk, asked.id)).person?.id).toBe(person.id)
  const life = await clerk.call(matters.lifecycle, { params: { personId: person.id } })
  expect(life.stages.find((s) => s.id === 'assessment')).toMatchObject({ matter: asked.id })
})
