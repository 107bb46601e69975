import { documents } from '@zhijiao/contract/documents'
import { type Entrustment, entrustments } from '@zhijiao/contract/entrustments'
import { files } from '@zhijiao/contract/files'
import { type Matter, matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { asSeenBy } from '@zhijiao/server/core/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { listen } from '../support/live.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let clerk: Somebody
let chief: Somebody
let court: Somebody
let prison: Somebody
let stranger: Somebody
let next = 3100

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  clerk = await county.signIn('county', { name: '赵科员' })
  chief = await county.signIn('countyHead', { name: '李局长' })
  court = await county.signIn('partnerOrgan', { of: places.city, name: '示例市中级人民法院' })
  prison = await county.signIn('partnerOrgan', { of: places.city, name: '示例监狱' })
  stranger = await county.signIn('county', { of: places.otherCounty, name: '外县科员' })
})
afterAll(() => county.stop())

const photo = () => new Blob([Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')])
const opinion = { opinion: '01', conclusion: '具备在本地接受社区矫正的条件，建议适用。' }
const form = (more: object = {}) => ({
  principalType: '01',
  principal: '示例市中级人民法院',
  letter: `（2026）示法委调字第${next}号`,
  name: '张某',
  identity: identityNumber(next++),
  charge: '危险驾驶罪',
  residence: '示例一县城东街 1 号',
  category: '02',
  ...more,
})
const entrust = (more: object = {}): Promise<Entrustment> =>
  court.call(entrustments.entrust, { body: { county: places.county, form: form(more) } })
const get = (by: Somebody, id: string) => by.call(entrustments.get, { params: { id } })
const see = (by: Somebody, id: string) => by.call(matters.get, { params: { id } })
const act = async (by: Somebody, id: string, way: string, filled: object = {}, note = ''): Promise<Matter> => {
  const { revision } = await see(by, id)
  return by.call(matters.act, {
    params: { id },
    body: { way, form: filled as Record<string, unknown>, note, revision },
  })
}
const instruct = (id: string) =>
  act(clerk, id, 'instruct', {
    office: places.office,
    instruction: '请两人入户走访',
    procuratorateToldOn: '2026-03-02',
  })
const all = '情况属实'
const submit = (id: string) =>
  act(officer, id, 'submit', {
    visits: [
      { at: '2026-03-02T01:00:00.000Z', where: '家中', whom: '其妻', first: '王警官', second: '陈社工', found: all },
    ],
    ...{ dwelling: all, family: all, consequences: all, village: all, victim: all },
    ...{ prohibitions: all, danger: all, impact: all, proposal: '01' },
  })
async function signed(): Promise<string> {
  const { id } = await entrust()
  await instruct(id)
  await submit(id)
  await act(head, id, 'submit', opinion)
  await act(chief, id, 'sign', { ...opinion, copiedOn: '2026-03-02' })
  return id
}
async function issue(id: string): Promise<string> {
  const { items } = await chief.call(documents.list, { query: { subject: id, template: 'D02' } })
  const [paper] = items
  if (!paper) throw new Error('no opinion was drafted')
  await chief.call(documents.issue, { params: { id: paper.id }, body: { revision: paper.revision } })
  return paper.id
}
const fetch = async (by: Somebody, paper: string) => {
  const answer = await by.call(documents.pdf, { params: { id: paper }, query: {} })
  await answer.arrayBuffer()
}
const judgment = { adopted: true, judgment: '（2026）示刑初12号', judgedOn: '2026-03-02' }
const adopt = (by: Somebody, id: string, body: object = judgment) =>
  by.call(entrustments.adopt, { params: { id }, body: body as typeof judgment })
const ask = (by: Somebody, id: string, body: object) =>
  by.call(entrustments.ask, { params: { id }, body: body as { kind: 'question'; words: string } })
const reply = (by: Somebody, id: string, askId: string, body: object) =>
  by.call(entrustments.reply, { params: { id, askId }, body })

describe('S0.32 the organ says itself whether it adopted the opinion', () => {
  test('once it has fetched it; the county sees it at once, and saying it twice says it once', async () => {
    const { id: early } = await entrust()
    expect(await codeOf(adopt(court, early))).toBe('ZJ_ENTRUST_NO_OPINION')
    const id = await signed()
    expect(await codeOf(adopt(court, id))).toBe('ZJ_ENTRUST_UNFETCHED')
    const paper = await issue(id)
    expect(await clerk.call(entrustments.asks, { params: { id } })).toMatchObject({
      organ: '示例市中级人民法院',
      fetchedAt: null,
    })
    await fetch(court, paper)
    expect((await get(court, id)).fetchedAt).not.toBeNull()
    expect((await clerk.call(entrustments.asks, { params: { id } })).fetchedAt).not.toBeNull()
    expect((await court.call(entrustments.counts, {})).unstated).toBe(1)

    const no = { adopted: false, judgment: '（2026）示刑初12号', judgedOn: '2026-03-02' }
    expect((await refusedWith(adopt(court, id, no))).fields?.[0]?.path).toBe('reason')
    const future = await refusedWith(adopt(court, id, { ...judgment, judgedOn: '2026-03-09' }))
    expect(future.fields?.[0]?.path).toBe('judgedOn')
    expect((await refusedWith(adopt(court, id, { ...judgment, judgedOn: '2026-02-30' }))).code).toBe('ZJ_INVALID')

    const reasoned = { ...no, reason: '被告人另有漏罪，判处实刑' }
    const [said, again] = await Promise.all([adopt(court, id, reasoned), adopt(court, id, reasoned)])
    expect(said.adoption).toMatchObject({
      state: 'notAdopted',
      by: 'organ',
      judgment: '（2026）示刑初12号',
      judgedOn: '2026-03-02',
      reason: '被告人另有漏罪，判处实刑',
      word: null,
    })
    expect(again.adoption).toEqual(said.adoption)
    expect(await codeOf(adopt(court, id))).toBe('ZJ_ENTRUST_STATED')
    const there = await see(clerk, id)
    expect(there).toMatchObject({ end: 'notAdopted' })
    const last = there.passages.filter((p) => p.step === 'adoption')
    expect(last).toHaveLength(1)
    expect(last[0]).toMatchObject({
      byName: '示例市中级人民法院',
      form: { word: '示例市中级人民法院（在平台自行反馈）', remark: '被告人另有漏罪，判处实刑' },
    })
    expect((await court.call(entrustments.counts, {})).unstated).toBe(0)
    // It has no duty here and sees none.
    expect(await codeOf(court.call(tasks.list, { query: { view: 'done', whose: 'mine' } }))).toBe('ZJ_NOT_ALLOWED')
  })

  test('what the county enters from a paper names whose word it is, and the organ is told', async () => {
    const id = await signed()
    const missing = await refusedWith(act(clerk, id, 'adopted', { judgment: '（2026）示刑初13号' }))
    expect(missing.fields?.[0]?.path).toBe('word')
    await act(clerk, id, 'adopted', {
      judgment: '（2026）示刑初13号',
      judgedOn: '2026-03-02',
      word: '刑庭张法官来函',
    })
    const seen = await get(court, id)
    expect(seen.adoption).toMatchObject({ state: 'adopted', by: 'county', word: '刑庭张法官来函' })
    expect(seen.news.map((n) => n.what)).toContain('stated')
    expect(JSON.stringify(seen)).not.toContain('赵科员')
    expect(await codeOf(adopt(court, id))).toBe('ZJ_ENTRUST_STATED')
  })

  test('an answer that comes after the county had closed it still counts', async () => {
    const id = await signed()
    await fetch(court, await issue(id))
    await act(clerk, id, 'silent')
    expect((await get(court, id)).adoption).toMatchObject({ state: 'silent', by: 'county' })
    expect((await adopt(court, id)).adoption).toMatchObject({ state: 'adopted', by: 'organ' })
    const there = await see(clerk, id)
    expect(there).toMatchObject({ end: 'adopted', step: null })
    expect(there.passages.filter((p) => p.step === 'adoption').map((p) => p.way)).toEqual(['silent', 'adopted'])
  })

  test('the other organ and another county get nothing, at the door and in the database', async () => {
    const id = await signed()
    const paper = await issue(id)
    await fetch(court, paper)
    const { asks } = await ask(clerk, id, { kind: 'question', words: '判决日期是哪一天？' })
    const askId = asks[0]?.id ?? ''
    for (const by of [prison]) {
      expect(await codeOf(get(by, id))).toBe('ZJ_NOT_FOUND')
      expect(await codeOf(adopt(by, id))).toBe('ZJ_NOT_FOUND')
      expect(await codeOf(reply(by, id, askId, { words: '三月二日' }))).toBe('ZJ_NOT_FOUND')
      expect(await codeOf(fetch(by, paper))).toBe('ZJ_NOT_FOUND')
      expect(await by.call(entrustments.counts, {})).toEqual({ fresh: 0, asked: 0, unstated: 0 })
    }
    expect(await codeOf(stranger.call(entrustments.asks, { params: { id } }))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(ask(stranger, id, { kind: 'question', words: '？' }))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(officer.call(entrustments.adopt, { params: { id }, body: judgment }))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(court.call(entrustments.asks, { params: { id } }))).toBe('ZJ_NOT_ALLOWED')
    const rows = (eyes: Parameters<typeof asSeenBy>[1]) =>
      asSeenBy(county.house.databases.api, eyes, async (db) => ({
        asks: (await db.selectFrom('entrustment_ask').select('id').where('matter_id', '=', id).execute()).length,
        news: (await db.selectFrom('entrustment_news').select('id').where('matter_id', '=', id).execute()).length,
        fetches: (await db.selectFrom('entrustment_fetch').select('at').where('matter_id', '=', id).execute()).length,
        matters: (await db.selectFrom('matter').select('id').where('id', '=', id).execute()).length,
      }))
    const nothing = { asks: 0, news: 0, fetches: 0, matters: 0 }
    const organ = { unit: places.city, reach: 'opened', classes: [] } as const
    expect(await rows({ ...organ, staff: prison.id })).toEqual(nothing)
    expect(await rows({ ...organ, staff: court.id })).toMatchObject({ asks: 1, fetches: 1, matters: 0 })
    expect(await rows({ unit: places.otherCounty, reach: 'unit', classes: [], staff: stranger.id })).toEqual(nothing)
    // Nor may it write there, even of what is its own.
    const forge = asSeenBy(county.house.databases.api, { ...organ, staff: court.id }, (db) =>
      db
        .insertInto('entrustment_news')
        .values({ id: county.house.chance.id(), matter_id: id, what: 'opinion', at: new Date(), seen_at: null })
        .execute(),
    )
    await expect(forge).rejects.toThrow(/row-level security/)
    const changed = await asSeenBy(county.house.databases.api, { ...organ, staff: court.id }, (db) =>
      db.updateTable('entrustment_ask').set({ state: 'answered' }).where('matter_id', '=', id).executeTakeFirst(),
    )
    expect(Number(changed.numUpdatedRows)).toBe(0)
  })
})

describe('S1.15 what is asked of the organ on its desk', () => {
  test('a missing annex: asked once, answered once, and the county has the file', async () => {
    const { id } = await entrust()
    const own = county.house.chance.id()
    const wish = { id: own, kind: 'annex', words: '缺起诉书副本，请补充' }
    const { asked } = await court.call(entrustments.counts, {})
    await ask(clerk, id, wish)
    expect((await ask(clerk, id, wish)).asks).toHaveLength(1)
    expect((await court.call(entrustments.counts, {})).asked).toBe(asked + 1)
    const [seen] = (await get(court, id)).asks
    expect(seen).toMatchObject({ kind: 'annex', words: '缺起诉书副本，请补充', state: 'open' })
    expect((await refusedWith(reply(court, id, own, {}))).fields?.[0]?.path).toBe('files')
    const foreign = await prison.call(files.upload, { body: { subject: id }, file: photo(), fileName: '别家的.jpg' })
    expect((await refusedWith(reply(court, id, own, { files: [foreign.id] }))).fields?.[0]?.path).toBe('files')
    const annex = await court.call(files.upload, { body: { subject: id }, file: photo(), fileName: '起诉书.jpg' })
    const answered = await reply(court, id, own, { files: [annex.id] })
    expect(answered.asks[0]).toMatchObject({ state: 'answered', files: [annex.id] })
    expect((await reply(court, id, own, { files: [annex.id] })).asks[0]).toEqual(answered.asks[0])
    expect(await codeOf(reply(court, id, own, { words: '另有说明' }))).toBe('ZJ_ENTRUST_REPLIED')
    expect((await clerk.call(files.list, { query: { subject: id } })).map((f) => f.name)).toContain('起诉书.jpg')
    expect((await clerk.call(entrustments.asks, { params: { id } })).asks[0]).toMatchObject({
      askedBy: '赵科员',
      state: 'answered',
    })
  })

  test('only by whoever has it in hand, only of who has a desk; over with the opinion', async () => {
    const { id } = await entrust()
    expect(await codeOf(ask(officer, id, { kind: 'question', words: '？' }))).toBe('ZJ_NOT_FOUND')
    await instruct(id)
    expect(await codeOf(ask(clerk, id, { kind: 'question', words: '？' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const first = await ask(officer, id, { kind: 'question', words: '被告人联系电话？' })
    const taken = await officer.call(entrustments.takeBack, { params: { id, askId: first.asks[0]?.id ?? '' } })
    expect(taken.asks[0]).toMatchObject({ state: 'over' })
    const second = (await ask(officer, id, { kind: 'question', words: '被告人单位？' })).asks[1]?.id ?? ''
    await submit(id)
    await act(head, id, 'submit', opinion)
    await act(chief, id, 'sign', { ...opinion, copiedOn: '2026-03-02' })
    expect(await codeOf(reply(court, id, second, { words: '某厂' }))).toBe('ZJ_ENTRUST_ASK_OVER')
    const onPaper = await clerk.call(matters.register, {
      body: { kind: 'assessment', form: { ...form(), receivedOn: '2026-03-02' } },
    })
    expect(await codeOf(ask(clerk, onPaper.id, { kind: 'question', words: '？' }))).toBe('ZJ_ENTRUST_NO_DESK')
    expect(await clerk.call(entrustments.asks, { params: { id: onPaper.id } })).toMatchObject({ organ: null, asks: [] })
  })

  test('S0.32 more time only when the organ agrees, and then at once', async () => {
    const { id, dueAt } = await entrust()
    await instruct(id)
    const wish = { kind: 'extension', words: '被调查人住院，无法入户' }
    expect((await refusedWith(ask(officer, id, wish))).fields?.[0]?.path).toBe('newDue')
    // Not earlier than what holds, and no Saturday: working days are counted.
    expect(await codeOf(ask(officer, id, { ...wish, newDue: '2026-03-16' }))).toBe('ZJ_TASK_NEW_DUE')
    expect(await codeOf(ask(officer, id, { ...wish, newDue: '2026-03-21' }))).toBe('ZJ_TASK_NEW_DUE')
    const asked = await ask(officer, id, { ...wish, newDue: '2026-03-20' })
    const one = asked.asks[0]?.id ?? ''
    expect(asked.asks[0]).toMatchObject({
      dueBefore: '2026-03-16',
      newDue: '2026-03-20',
      citation: { rule: 'INV-03' },
    })
    expect(await codeOf(ask(officer, id, { ...wish, newDue: '2026-03-23' }))).toBe('ZJ_ENTRUST_TIME_ASKED')
    // Asking moves nothing.
    expect((await get(court, id)).dueAt).toBe(dueAt)
    expect((await refusedWith(reply(court, id, one, { words: '可以' }))).fields?.[0]?.path).toBe('agrees')
    expect((await refusedWith(reply(court, id, one, { agrees: false }))).fields?.[0]?.path).toBe('words')
    const declined = await reply(court, id, one, { agrees: false, words: '开庭在即，请按期完成' })
    expect(declined).toMatchObject({ dueAt, asks: [{ state: 'declined' }] })

    const two = (await ask(officer, id, { ...wish, newDue: '2026-03-20' })).asks[1]?.id ?? ''
    const agreed = await reply(court, id, two, { agrees: true })
    expect(agreed.dueAt).toBe('2026-03-20T15:59:59.999Z')
    expect((await reply(court, id, two, { agrees: true })).asks).toEqual(agreed.asks)
    expect((await see(officer, id)).clock.dueAt).toBe('2026-03-20T15:59:59.999Z')
    const { items } = await officer.call(tasks.list, {
      query: { view: 'todo', kind: 'matter.assessment', whose: 'unit' },
    })
    expect(items.find((t) => t.subject === id)?.clockChanges).toMatchObject([
      { what: 'extend', agreedWith: '示例市中级人民法院', agreedOn: '2026-03-02', citation: { rule: 'INV-03' } },
    ])
    // The hands after it have it too.
    await submit(id)
    expect((await see(head, id)).clock.dueAt).toBe('2026-03-20T15:59:59.999Z')
    expect(agreed.news.find((n) => n.what === 'extended')).toMatchObject({ seen: true })
  })
})

test('S1.15 the desk hears of its own requests and of nothing else', async () => {
  const lines = {
    court: await listen(county.url, court.cookie),
    prison: await listen(county.url, prison.cookie),
    clerk: await listen(county.url, clerk.cookie),
    stranger: await listen(county.url, stranger.cookie),
  }
  const heard = (what: string) => (m: { type: string }) =>
    m.type === 'news' &&
    (m as { topic?: string; what?: string }).topic === 'entrustment' &&
    'what' in m &&
    m.what === what
  const { id } = await entrust()
  await ask(clerk, id, { kind: 'annex', words: '缺起诉书副本' })
  expect(await lines.court.until(heard('asked'))).toMatchObject({ id, mine: true })
  await instruct(id)
  expect(await lines.court.until(heard('accepted'))).toMatchObject({ id })
  const { items } = await officer.call(tasks.list, {
    query: { view: 'todo', kind: 'matter.assessment', whose: 'unit', size: 200 },
  })
  const task = items.find((t) => t.subject === id)
  if (!task) throw new Error('no task')
  const paper = await officer.call(files.upload, { body: { subject: id }, file: photo(), fileName: '同意延期函.jpg' })
  await officer.call(tasks.extend, {
    params: { id: task.id },
    body: {
      newDue: '2026-03-20',
      agreedWith: '示例市中级人民法院',
      agreedOn: '2026-03-02',
      reason: '被调查人住院',
      files: [paper.id],
      revision: task.revision,
    },
  })
  expect(await lines.court.until(heard('extended'))).toMatchObject({ id })
  await submit(id)
  await act(head, id, 'submit', opinion)
  await act(chief, id, 'sign', { ...opinion, copiedOn: '2026-03-02' })
  expect(await lines.court.until(heard('opinion'))).toMatchObject({ id })
  await issue(id)
  expect(await lines.court.until(heard('paper'))).toMatchObject({ id })
  await lines.clerk.until((m) => m.type === 'news' && m.topic === 'matter' && m.id === id)

  // Its own and by name only: nothing of the county's hands, tasks, papers or roster; the other organ heard not a word.
  expect(lines.court.news.every((n) => n.topic === 'entrustment' && n.id === id && n.mine)).toBe(true)
  expect(lines.prison.news).toEqual([])
  expect(lines.stranger.news).toEqual([])
  expect(lines.clerk.news.some((n) => n.topic === 'entrustment')).toBe(false)

  const seen = await get(court, id)
  expect(seen.news.map((n) => n.what)).toEqual(['asked', 'accepted', 'extended', 'opinion', 'paper'])
  const before = (await court.call(entrustments.counts, {})).fresh
  const looked = await court.call(entrustments.look, {
    params: { id },
    body: { until: seen.news.at(-1)?.at ?? '' },
  })
  expect(looked.news.every((n) => n.seen)).toBe(true)
  expect((await court.call(entrustments.counts, {})).fresh).toBe(before - 1)
  expect(await codeOf(prison.call(entrustments.look, { params: { id }, body: { until: seen.times.receivedAt } }))).toBe(
    'ZJ_NOT_FOUND',
  )
  for (const line of Object.values(lines)) line.close()
})
