import { account } from '@zhijiao/contract/account'
import { documents } from '@zhijiao/contract/documents'
import { type Entrustment, entrustments } from '@zhijiao/contract/entrustments'
import { files } from '@zhijiao/contract/files'
import { type Matter, matters } from '@zhijiao/contract/matters'
import { tasks } from '@zhijiao/contract/tasks'
import { asSeenBy } from '@zhijiao/server/core/db'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  assessmentFound,
  assessmentHands,
  assessmentInstruction,
  assessmentLetter,
  assessmentOpinion,
  assessmentSigned,
  attachPhoto,
} from '../support/assessment.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { listen } from '../support/live.ts'
import { act as pass, see } from '../support/matters.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let clerk: Somebody
let chief: Somebody
let court: Somebody
let prison: Somebody
let stranger: Somebody

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  ;({ officer, head, clerk, chief, court, prison } = await assessmentHands(county))
  stranger = await county.signIn('county', { of: places.otherCounty, name: '外县科员' })
})
afterAll(() => county.stop())

const entrust = (more: object = {}): Promise<Entrustment> =>
  court.call(entrustments.entrust, { body: { county: places.county, form: assessmentLetter(more) } })
const get = (by: Somebody, id: string) => by.call(entrustments.get, { params: { id } })
/** Whoever has it in hand takes a way from where it stands now. */
const act = async (by: Somebody, id: string, way: string, filled: object = {}, note = ''): Promise<Matter> =>
  pass(by, await see(by, id), way, filled, note)
const instruct = (id: string) => act(clerk, id, 'instruct', assessmentInstruction)
const submit = (id: string) => act(officer, id, 'submit', assessmentFound(county))
async function sign(id: string): Promise<void> {
  await act(head, id, 'submit', assessmentOpinion)
  await act(chief, id, 'sign', assessmentSigned)
}
async function signed(): Promise<string> {
  const { id } = await entrust()
  await instruct(id)
  await submit(id)
  await sign(id)
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
    const foreign = await attachPhoto(prison, id, '别家的.jpg')
    expect((await refusedWith(reply(court, id, own, { files: [foreign.id] }))).fields?.[0]?.path).toBe('files')
    const annex = await attachPhoto(court, id, '起诉书.jpg')
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
    await sign(id)
    expect(await codeOf(reply(court, id, second, { words: '某厂' }))).toBe('ZJ_ENTRUST_ASK_OVER')
    const onPaper = await clerk.call(matters.register, {
      body: { kind: 'assessment', form: { ...assessmentLetter(), receivedOn: '2026-03-02' } },
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

const withdraw = (by: Somebody, id: string, reason = '案件改变管辖') =>
  by.call(entrustments.withdraw, { params: { id }, body: { reason } })

describe('S1.15 the organ takes its request back', () => {
  test('while the office has it: its duty ends with that cause, it is told, and it stays so', async () => {
    const { id } = await entrust()
    await instruct(id)
    await ask(officer, id, { kind: 'question', words: '联系电话？' })
    expect((await get(court, id)).withdrawable).toBe(true)
    expect((await refusedWith(withdraw(court, id, ' '))).code).toBe('ZJ_INVALID')
    expect(await codeOf(withdraw(prison, id))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(withdraw(officer, id))).toBe('ZJ_NOT_ALLOWED')
    const [one, two] = await Promise.all([withdraw(court, id), withdraw(court, id)])
    expect(one).toMatchObject({
      state: '06',
      said: { zh: '委托机关已撤回' },
      reason: '案件改变管辖',
      withdrawable: false,
      opinion: null,
      asks: [{ state: 'over' }],
    })
    expect(two.said).toEqual(one.said)
    expect(one.news.at(-1)).toMatchObject({ what: 'withdrawn', seen: true })

    const there = await see(clerk, id)
    expect(there).toMatchObject({ end: 'takenBack', step: null, holder: null })
    expect(there.passages.at(-1)).toMatchObject({
      step: 'investigate',
      way: 'takeBack',
      to: 'takenBack',
      byName: '示例市中级人民法院',
      note: '案件改变管辖',
    })
    expect(there.passages.filter((p) => p.way === 'takeBack')).toHaveLength(1)
    expect(there.path.at(-1)?.state).toBe('passedOver')
    expect(await codeOf(submit(id))).toBe('ZJ_MATTER_OVER')

    const over = await officer.call(tasks.list, { query: { view: 'done', kind: 'matter.assessment', size: 200 } })
    expect(over.items.find((t) => t.subject === id)).toMatchObject({
      state: 'cancelled',
      outcome: 'takenBack',
      outcomeSaid: { zh: '委托机关已撤回' },
    })
    const told = await officer.call(tasks.list, { query: { view: 'todo', kind: 'matter.assessment.withdrawn' } })
    const notice = told.items.find((t) => t.subject === id)
    expect(notice).toMatchObject({
      toKnow: true,
      owner: { name: '王警官' },
      title: { zh: expect.stringContaining('案件改变管辖') },
    })
    if (!notice) throw new Error('nobody was told')
    const known = await officer.call(tasks.claim, { params: { id: notice.id }, body: { revision: notice.revision } })
    expect(known).toMatchObject({ state: 'done', outcome: 'known' })
  })

  test('before it was instructed the county is told; after the opinion, or once it ended otherwise, it is too late', async () => {
    const { id } = await entrust()
    await withdraw(court, id)
    expect(await see(clerk, id)).toMatchObject({
      end: 'takenBack',
      path: [{ state: 'passedOver' }, {}, {}, {}, {}, {}],
    })
    const told = await clerk.call(tasks.list, { query: { view: 'todo', kind: 'matter.assessment.withdrawn' } })
    expect(told.items.map((t) => t.subject)).toContain(id)

    const given = await refusedWith(withdraw(court, await signed()))
    expect(given).toMatchObject({ code: 'ZJ_ENTRUST_GIVEN', zh: expect.stringContaining('反馈未采信') })
    const { id: back } = await entrust()
    await act(clerk, back, 'sendBack', {}, '不属本县')
    expect(await refusedWith(withdraw(court, back))).toMatchObject({
      code: 'ZJ_ENTRUST_ENDED',
      zh: expect.stringContaining('已退回委托机关'),
    })
  })
})

describe('S1.15 an organ has several accounts', () => {
  test('they see and do the same; of another organ in the same city nobody sees anything, in the database either', async () => {
    const second = await county.signIn('partnerOrgan', {
      of: places.city,
      name: '陈书记员',
      organ: '示例市中级人民法院',
    })
    const warder = await county.signIn('partnerOrgan', { of: places.city, name: '周干警', organ: '示例监狱' })
    const own = county.house.chance.id()
    const annex = await attachPhoto(court, own, '起诉书副本.jpg')
    const { id } = await court.call(entrustments.entrust, {
      body: { id: own, county: places.county, form: assessmentLetter({ annexes: [annex.id] }) },
    })
    expect(await get(second, id)).toEqual(await get(court, id))
    expect((await second.call(entrustments.list, { query: {} })).items[0]?.id).toBe(id)
    expect((await second.call(files.list, { query: { subject: id } })).map((f) => f.id)).toEqual([annex.id])
    expect((await second.call(account.me, {})).organ).toBe('示例市中级人民法院')

    const askId = (await ask(clerk, id, { kind: 'question', words: '开庭日期？' })).asks[0]?.id ?? ''
    expect((await reply(second, id, askId, { words: '三月二十日' })).asks[0]).toMatchObject({ state: 'answered' })
    expect((await reply(court, id, askId, { words: '三月二十日' })).asks[0]).toMatchObject({ state: 'answered' })
    await instruct(id)
    await submit(id)
    await sign(id)
    await fetch(second, await issue(id))
    expect((await get(court, id)).fetchedAt).not.toBeNull()
    await adopt(second, id)
    expect((await adopt(court, id)).adoption).toMatchObject({ state: 'adopted', by: 'organ' })
    expect((await see(clerk, id)).passages.at(-1)).toMatchObject({
      byName: '示例市中级人民法院（陈书记员）',
      form: { word: '示例市中级人民法院（在平台自行反馈）' },
    })

    for (const by of [prison, warder]) {
      expect(await codeOf(get(by, id))).toBe('ZJ_NOT_FOUND')
      expect((await by.call(entrustments.list, { query: {} })).total).toBe(0)
      expect(await by.call(files.list, { query: { subject: id } })).toEqual([])
    }
    const seenBy = (staff: string) =>
      asSeenBy(county.house.databases.api, { staff, unit: places.city, reach: 'opened', classes: [] }, async (db) => ({
        mine: (await sql`select 1 from zj_opened_by_me() m(id) where m.id = ${id}`.execute(db)).rows.length,
        entrusted: (await sql`select 1 from zj_entrusted() e where e.id = ${id}`.execute(db)).rows.length,
        answers: (await sql`select 1 from zj_entrusted_answer() a where a.id = ${id}`.execute(db)).rows.length,
        asks: (await db.selectFrom('entrustment_ask').select('id').where('matter_id', '=', id).execute()).length,
        files: (await db.selectFrom('file').select('id').where('id', '=', annex.id).execute()).length,
        organs: (await db.selectFrom('organ').select('name').execute()).map((o) => o.name),
      }))
    expect(await seenBy(second.id)).toEqual({
      ...{ mine: 1, entrusted: 1, answers: 1, asks: 1, files: 1 },
      organs: ['示例市中级人民法院'],
    })
    expect(await seenBy(warder.id)).toEqual({
      ...{ mine: 0, entrusted: 0, answers: 0, asks: 0, files: 0 },
      organs: ['示例监狱'],
    })
    // Nobody moves a request to another organ's desk.
    await sql`update matter set organ_id = (select id from organ where name = '示例监狱') where id = ${id}`.execute(
      county.house.databases.system,
    )
    expect((await get(court, id)).id).toBe(id)
  })

  test('an account without its organ sees nothing, entrusts nothing and gets no such post', async () => {
    const lost = await county.signIn('partnerOrgan', { of: places.city, name: '无主账号' })
    await sql`update staff set organ_id = null where id = ${lost.id}`.execute(county.house.databases.system)
    expect((await lost.call(entrustments.list, { query: {} })).total).toBe(0)
    const refused = lost.call(entrustments.entrust, { body: { county: places.county, form: assessmentLetter() } })
    expect(await codeOf(refused)).toBe('ZJ_ENTRUST_NO_ORGAN')
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
  await ask(clerk, id, { kind: 'question', words: '判决日期？' })
  expect(await lines.court.until(heard('asked'))).toMatchObject({ id, mine: true })
  await instruct(id)
  expect(await lines.court.until(heard('accepted'))).toMatchObject({ id })
  const { items } = await officer.call(tasks.list, {
    query: { view: 'todo', kind: 'matter.assessment', whose: 'unit', size: 200 },
  })
  const task = items.find((t) => t.subject === id)
  if (!task) throw new Error('no task')
  const paper = await attachPhoto(officer, id, '同意延期函.jpg')
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
  await sign(id)
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
