import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { tasks } from '@zhijiao/contract/tasks'
import { holdsBelow } from '@zhijiao/law/competence'
import { roleNames } from '@zhijiao/law/roles'
import { asSeenBy } from '@zhijiao/server/core/db'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { listen } from '../support/live.ts'
import { act, begin, see, weigh } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let clerk: Somebody
let chief: Somebody
let village: Somebody
let police: Somebody
const named = { designations: ['minors', 'sealed'] }

beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T02:00:00Z', env: { ZJ_PARTS: 'api' } })
  officer = await county.signIn('officer', { name: '王警官', ...named })
  head = await county.signIn('officeHead', { name: '张所长', ...named })
  clerk = await county.signIn('county', { name: '赵科员', ...named })
  chief = await county.signIn('countyHead', { name: '李局长' })
  village = await county.signIn('villageCommittee', { name: '黄主任' })
  police = await county.signIn('communityPolice', { of: places.office, name: '周民警' })
})
afterAll(() => county.stop())

const person = (more: object = {}) => plantPerson(county.house, { officer: officer.id, name: '韦某', ...more })
const woman = async () => {
  const id = await person()
  await county.house.databases.system.updateTable('person').set({ sex: 'female' }).where('id', '=', id).execute()
  return id
}
const papersOf = async (subject: string) =>
  (
    await sql<{ template: string; given: Record<string, unknown> }>`
      select template, given from document where subject_id = ${subject} order by template`.execute(
      county.house.databases.system,
    )
  ).rows
const member = (more: object = {}) => ({ name: '王警官', role: '01', sex: 'male', phone: '0772-0000002', ...more })
const team = (members: object[]) => ({ on: '2026-03-02', members })

describe('the correction team (INT-02, INT-03)', () => {
  test('a woman’s team has a woman: refused with what to do, and taken with her', async () => {
    const who = await woman()
    expect((await weigh(officer, 'team', who)).map((h) => h.citation?.rule)).toContain('INT-02')
    const problem = await refusedWith(begin(officer, 'team', who, team([member()])))
    expect(problem).toMatchObject({ code: 'ZJ_TEAM_WOMAN', zh: expect.stringContaining('社区矫正法第二十五条') })
    const taken = await begin(
      officer,
      'team',
      who,
      team([member(), member({ name: '黄秀英', role: '04', sex: 'female' })]),
    )
    expect(taken.end).toBe('recorded')
    await begin(officer, 'team', who, team([member({ name: '黄秀英', role: '04', sex: 'female' })]))
    const { items: filed } = await officer.call(people.parts, { params: { personId: who }, query: { part: 'team' } })
    expect(filed.map((p) => p.data.name)).toEqual(['黄秀英'])
  })

  test('a minor’s team has somebody versed in minors', async () => {
    const who = await person({ minor: true })
    expect(await codeOf(begin(officer, 'team', who, team([member()])))).toBe('ZJ_TEAM_VERSED')
    expect((await begin(officer, 'team', who, team([member({ versed: true })]))).end).toBe('recorded')
  })

  test('the letter of responsibility is there when every named member has signed (INT-05)', async () => {
    const who = await person()
    await begin(officer, 'team', who, team([member(), member({ name: '黄秀英', role: '04', sex: 'female' })]))
    const one = { name: '黄秀英', role: '04' }
    expect((await weigh(officer, 'responsibility', who, { members: [one] }))[0]?.said.zh).toContain('王警官')
    const on = '2026-03-02'
    expect(await codeOf(begin(officer, 'responsibility', who, { on, members: [one] }))).toBe(
      'ZJ_RESPONSIBILITY_UNSIGNED',
    )
    const signed = await begin(officer, 'responsibility', who, { on, members: [{ ...one, signed: true }] })
    expect(signed.end).toBe('recorded')
    expect(await papersOf(signed.id)).toMatchObject([
      { template: 'D08', given: { 对象姓名: '韦某', 成员姓名: '黄秀英', 成员身份: '村（居）委会人员' } },
    ])
  })
})

describe('the announcement', () => {
  const at = '2026-03-05T01:00:00.000Z'
  const meeting = (more: object = {}) => ({ at, where: '城东司法所宣告室', host: '张所长', ...more })
  const toldRow = (who: string, more: object = {}) => ({
    who,
    name: '某某',
    how: 'phone',
    at: '2026-03-02T01:30:00.000Z',
    receipt: 'confirmed',
    ...more,
  })
  const hold = (more: object = {}) => ({
    heldAt: '2026-03-02T01:50:00.000Z',
    present: '本人、黄主任、周民警',
    signed: true,
    ...more,
  })

  test('S1.21 the officer fixes the meeting, the person is told, it is held and signed', async () => {
    const who = await person()
    await begin(officer, 'team', who, team([member()]))
    const fixed = await begin(officer, 'announcement', who, meeting())
    expect(fixed).toMatchObject({ step: 'notify', columns: { at, where: '城东司法所宣告室' } })
    const nobody = await refusedWith(act(officer, fixed, 'told', { invited: [] }))
    expect(nobody).toMatchObject({ code: 'ZJ_ANNOUNCEMENT_TOLD', zh: expect.stringContaining('本人') })
    const ready = await act(officer, fixed, 'told', { invited: [toldRow('person')] })
    expect(ready.step).toBe('hold')
    const unsigned = await refusedWith(act(officer, ready, 'held', hold({ signed: false })))
    expect(unsigned).toMatchObject({ code: 'ZJ_INTAKE_NOT_SIGNED', zh: expect.stringContaining('实施办法第二十条') })
    const done = await act(officer, ready, 'held', hold())
    expect(done).toMatchObject({ end: 'done' })
    expect(await papersOf(done.id)).toMatchObject([
      { template: 'D07', given: { 矫正小组成员: [{ 姓名: '王警官', 身份: '司法所工作人员' }] } },
    ])
    const life = await officer.call(matters.lifecycle, { params: { personId: who } })
    expect(life.stages.find((s) => s.id === 'announcement')?.state).toBe('done')
  })

  test('S1.22 community police and village committee have the notice on their desks, and confirm it', async () => {
    const fixed = await begin(officer, 'announcement', await person(), meeting())
    for (const [who, kind] of [
      [village, 'announcement.village'],
      [police, 'announcement.police'],
    ] as const) {
      const { items } = await who.call(tasks.list, { query: { view: 'todo', kind } })
      const mine = items.find((t) => t.subject === fixed.id)
      expect(mine).toMatchObject({
        owner: { id: who.id },
        title: { zh: '参加入矫宣告：韦某，2026-03-05 09:00，城东司法所宣告室' },
        clock: { dueAt: at },
        person: null,
      })
      if (mine) await who.call(tasks.claim, { params: { id: mine.id }, body: { revision: mine.revision } })
    }
    const hints = (await see(officer, fixed.id)).hints.map((h) => h.said.zh)
    expect(hints).toEqual(expect.arrayContaining(['村（居）委会已在平台确认收到通知', '社区民警已在平台确认收到通知']))
    // They are told of the meeting and see nothing of the file.
    expect(await codeOf(see(village, fixed.id))).toBe('ZJ_NOT_ALLOWED')
    const ready = await act(officer, fixed, 'told', { invited: [toldRow('person')] })
    await act(officer, ready, 'held', hold())
    const left = await village.call(tasks.list, { query: { view: 'todo', kind: 'announcement.village' } })
    expect(left.items.map((t) => t.subject)).not.toContain(fixed.id)
  })

  test('S1.22 a police officer seated at the county serves the offices that have none of their own, in his county alone', async () => {
    const seated = await county.signIn('communityPolice', { of: places.county, name: '县局覃民警' })
    const foreign = await county.signIn('communityPolice', { of: places.otherCounty, name: '邻县罗民警' })
    const committee = await county.signIn('villageCommittee', { of: places.county, name: '县里谁' })
    const next = await county.signIn('officer', { of: places.otherOffice, name: '城西蓝警官', ...named })
    const there = await plantPerson(county.house, { org: places.otherOffice, officer: next.id, name: '覃某' })
    const [at1, at2] = [
      await begin(officer, 'announcement', await person(), meeting()),
      await begin(next, 'announcement', there, meeting()),
    ]
    const invited = async (who: Somebody) =>
      (await who.call(tasks.list, { query: { view: 'todo', size: 200 } })).items.map((t) => t.subject)
    expect(await invited(seated)).toEqual([at2.id])
    expect(await invited(police)).toContain(at1.id)
    expect(await invited(police)).not.toContain(at2.id)
    for (const nobody of [foreign, committee]) expect(await invited(nobody)).toEqual([])
    const [mine] = (await seated.call(tasks.list, { query: { view: 'todo' } })).items
    if (!mine) throw new Error('not invited')
    expect(
      await codeOf(foreign.call(tasks.claim, { params: { id: mine.id }, body: { revision: mine.revision } })),
    ).toBe('ZJ_NOT_FOUND')
    expect(
      (await seated.call(tasks.claim, { params: { id: mine.id }, body: { revision: mine.revision } })).owner?.id,
    ).toBe(seated.id)
    // Two at the county: neither is named, both see it, whoever takes it up has it.
    const second = await county.signIn('communityPolice', { of: places.county, name: '县局黄民警' })
    const at3 = await begin(
      next,
      'announcement',
      await plantPerson(county.house, { org: places.otherOffice, officer: next.id }),
      meeting(),
    )
    expect(await invited(seated)).toContain(at3.id)
    expect(await invited(second)).toEqual([at3.id])
    expect(await invited(foreign)).toEqual([])
    const { rows } = await sql<{ posts: string[] }>`select zj_posts_below() as posts`.execute(
      county.house.databases.system,
    )
    expect(rows[0]?.posts).toEqual(roleNames.filter(holdsBelow))
    for (const gone of [seated, second])
      await sql`update staff set active = false where id = ${gone.id}`.execute(county.house.databases.system)
  })

  test('S1.22 of the office’s other duties neither sees so much as a title, nor hears of them', async () => {
    const asked = await clerk.call(matters.register, {
      body: {
        kind: 'assessment',
        form: {
          principalType: '01',
          principal: '示例市示例区人民法院',
          letter: '（2026）示法委调字第 91 号',
          receivedOn: '2026-03-02',
          name: '罗某',
          charge: '危险驾驶罪',
          residence: '示例一县城东街 1 号',
          category: '02',
        },
      },
    })
    const lines = [await listen(county.url, village.cookie), await listen(county.url, police.cookie)]
    await act(clerk, asked, 'instruct', {
      office: places.office,
      instruction: '请两人入户走访',
      procuratorateToldOn: '2026-03-02',
    })
    const ofOffice = { query: { view: 'todo', whose: 'unit', kind: 'matter.assessment' } } as const
    expect((await officer.call(tasks.list, ofOffice)).items.map((t) => t.subject)).toContain(asked.id)
    for (const who of [village, police]) {
      expect((await who.call(tasks.list, { query: { view: 'todo', whose: 'unit', q: '罗某' } })).total).toBe(0)
      const eyes = { staff: who.id, unit: places.office, reach: 'handed', classes: [] } as const
      const rows = await asSeenBy(county.house.databases.api, eyes, async (db) => [
        ...(await db.selectFrom('task').select('id').where('subject_id', '=', asked.id).execute()),
        ...(await db.selectFrom('matter').select('id').execute()),
        ...(await db.selectFrom('person').select('id').execute()),
        ...(await db.selectFrom('document').select('id').execute()),
        ...(await db.selectFrom('ledger_entry').select('id').execute()),
      ])
      expect(rows).toEqual([])
    }
    // What is handed to the post is heard of at once, by whoever has it.
    await begin(officer, 'announcement', await person(), meeting())
    for (const line of lines) {
      await line.until((m) => m.type === 'news' && m.topic === 'task' && m.what === 'delivered' && m.mine)
      expect(line.news.every((n) => n.mine)).toBe(true)
      line.close()
    }
  })

  test('S1.22 a photo goes with a duty of one’s own, and stays one’s own', async () => {
    const fixed = await begin(officer, 'announcement', await person(), meeting())
    const photo = new Blob([Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex')])
    const kept = await village.call(files.upload, { body: { subject: fixed.id }, file: photo, fileName: '到场.jpg' })
    expect((await village.call(files.list, { query: { subject: fixed.id } })).map((f) => f.id)).toEqual([kept.id])
    expect(await police.call(files.list, { query: { subject: fixed.id } })).toEqual([])
  })

  test('S1.22 an invitation goes to a colleague of the post, the committee’s also to the volunteer, and to nobody else', async () => {
    const fixed = await begin(officer, 'announcement', await person(), meeting())
    const volunteer = await county.signIn('volunteer', { name: '何志愿' })
    const procurator = await county.signIn('procurator', { of: places.county, name: '检察员' })
    const invitationOf = async (who: Somebody) => {
      const { items } = await who.call(tasks.list, { query: { view: 'todo' } })
      const found = items.find((t) => t.subject === fixed.id)
      if (!found) throw new Error('not invited')
      return found
    }
    const [committees, polices] = [await invitationOf(village), await invitationOf(police)]
    const receivers = async (who: Somebody, id: string) =>
      (await who.call(tasks.receivers, { params: { id } })).map((r) => r.id)
    expect(await receivers(village, committees.id)).toContain(volunteer.id)
    for (const nobody of [officer, clerk, procurator, police])
      expect(await receivers(village, committees.id)).not.toContain(nobody.id)
    expect(await receivers(police, polices.id)).not.toContain(volunteer.id)
    const hand = (who: Somebody, { id, revision }: typeof polices, to: Somebody) =>
      who.call(tasks.transfer, { params: { id }, body: { to: to.id, reason: '当日另有公务', revision } })
    expect(await codeOf(hand(police, polices, officer))).toBe('ZJ_TASK_RECEIVER_UNFIT')
    expect((await hand(village, committees, volunteer)).owner?.id).toBe(volunteer.id)
    // He has the meeting and nothing of the file; the committee goes on hearing of it.
    expect(await invitationOf(volunteer)).toMatchObject({ person: null })
    expect(await codeOf(see(volunteer, fixed.id))).toBe('ZJ_NOT_ALLOWED')
    const watched = await village.call(tasks.list, { query: { view: 'watched' } })
    expect(watched.items.map((t) => t.subject)).toContain(fixed.id)
  })

  test('where nobody holds the post, the officer tells them himself and notes how', async () => {
    const away = await county.signIn('officer', { of: places.otherOffice, name: '林警官' })
    const who = await plantPerson(county.house, { officer: away.id, org: places.otherOffice })
    const fixed = await begin(away, 'announcement', who, meeting())
    const told = await refusedWith(act(away, fixed, 'told', { invited: [toldRow('person')] }))
    expect(told.zh).toContain('社区民警')
    const rows = [toldRow('person'), toldRow('police'), toldRow('village', { how: 'letter', receipt: 'awaited' })]
    expect((await act(away, fixed, 'told', { invited: rows })).step).toBe('hold')
  })

  test('MIN-04 of a sealed record: not in public, and those outside read the surname only', async () => {
    const who = await person({ name: '莫小安', sealed: true })
    expect((await weigh(officer, 'announcement', who)).map((h) => h.citation?.rule)).toContain('MIN-04')
    expect(await codeOf(begin(officer, 'announcement', who, meeting({ open: true })))).toBe('ZJ_ANNOUNCEMENT_SEALED')
    const fixed = await begin(officer, 'announcement', who, meeting())
    const { items } = await village.call(tasks.list, { query: { view: 'todo', kind: 'announcement.village' } })
    const title = items.find((t) => t.subject === fixed.id)?.title.zh
    expect(title).toContain('莫某，')
    expect(title).not.toContain('小安')
  })

  test('put off with its reason, told anew; a minor’s is not public and has a guardian', async () => {
    const who = await person({ minor: true })
    expect(await codeOf(begin(officer, 'announcement', who, meeting({ open: true })))).toBe('ZJ_ANNOUNCEMENT_PUBLIC')
    const fixed = await begin(officer, 'announcement', who, meeting())
    expect(fixed.hints.length).toBeGreaterThan(0)
    const { items } = await village.call(tasks.list, { query: { view: 'todo', kind: 'announcement.village' } })
    expect(items.find((t) => t.subject === fixed.id)?.title.zh).toContain('韦某，')
    expect(await codeOf(act(officer, fixed, 'told', { invited: [toldRow('person')] }))).toBe('ZJ_ANNOUNCEMENT_TOLD')
    const all = [toldRow('person'), toldRow('guardian')]
    const ready = await act(officer, fixed, 'told', { invited: all })
    const back = await act(officer, ready, 'postpone', {}, '监护人当日不能到场')
    expect(back.step).toBe('notify')
    const later = '2026-03-09T01:00:00.000Z'
    const anew = await act(officer, back, 'told', {
      changedTo: later,
      invited: [...all, toldRow('police'), toldRow('village')],
    })
    const moved = await village.call(tasks.list, { query: { view: 'todo', kind: 'announcement.village' } })
    expect(moved.items.find((t) => t.subject === fixed.id)?.clock.dueAt).toBe(later)
    expect(await codeOf(act(officer, anew, 'held', hold({ guardian: 'absent' })))).toBe('ZJ_ANNOUNCEMENT_GUARDIAN')
    expect((await act(officer, anew, 'held', hold({ guardian: 'present' }))).end).toBe('done')
  })
})

describe('S2.46 undertaking and notice of checks', () => {
  const form = { on: '2026-03-02', way: '手机定位签到和位置抽查，每小时至多一次', guarantor: '李某', relation: '配偶' }
  test('signed by the person, sealed by the head, approved and filed by the county', async () => {
    const asked = await begin(officer, 'undertaking', await person(), form)
    expect(asked).toMatchObject({ step: 'seal', holder: { post: 'officeHead' } })
    expect(await papersOf(asked.id)).toMatchObject([
      { template: 'D35', given: { 保证人: '李某' } },
      { template: 'D36', given: { 核查方式: form.way } },
    ])
    const seal = { opinion: '本人已阅签', sealedOn: '2026-03-02' }
    expect(await codeOf(act(officer, asked, 'seal', seal))).toBe('ZJ_MATTER_NOT_YOURS')
    expect(await codeOf(act(head, asked, 'seal', seal))).toBe('ZJ_INTAKE_NOT_SIGNED')
    const sealed = await act(head, asked, 'seal', { ...seal, signed: true })
    expect(sealed).toMatchObject({ step: 'file', holder: { post: 'county' } })
    const filed = await act(clerk, sealed, 'approve', { opinion: '同意备案', fileNumber: '备〔2026〕1号' })
    expect(filed).toMatchObject({ end: 'approved' })
    expect(filed.passages.at(-1)?.citations[0]?.rule).toBe('EPD-09')
  })
})

describe('S0.29 S0.31 the plan follows the rating', () => {
  const rating = (colour: string) => ({
    on: '2026-03-02',
    assessor: '德馨社工服务中心 刘老师',
    scale: 'scl90',
    score: 210,
    colour,
    findings: '焦虑明显，睡眠差',
    advice: '每月一次心理辅导',
  })
  const plan = (more: object = {}) => ({
    basics: '韦某，缓刑',
    assessment: '再犯风险低',
    psychology: '焦虑，需心理辅导',
    supervision: '每月报告一次',
    education: '每月心理辅导一次',
    ...more,
  })

  test('rated first, in four colours; the colour stands in the file and the form is kept apart', async () => {
    const who = await person()
    const first = await begin(officer, 'psychology', who, { occasion: 'entry', agency: '德馨社工服务中心' })
    expect(first).toMatchObject({ step: 'assess', holder: { post: 'officer' } })
    await act(officer, first, 'rate', rating('R'))
    const file = await officer.call(people.get, { params: { personId: who } })
    expect(file.colour).toBe('red')
    const boss = await county.signIn('bureauHead', { name: '陈局长' })
    expect(await codeOf(see(boss, first.id))).toBe('ZJ_NOT_FOUND')
    const line = await officer.call(people.timeline, { params: { personId: who }, query: { kind: 'psychology' } })
    expect(line.items.length).toBeGreaterThan(1)
    expect(JSON.stringify(line)).not.toContain('焦虑')
  })

  test('drafted, supported, approved; revised only by name and with a reason', async () => {
    const who = await person()
    const before = await weigh(officer, 'plan', who)
    expect(before[0]).toMatchObject({ tone: 'must', said: { zh: expect.stringContaining('尚未心理评估') } })
    await act(officer, await begin(officer, 'psychology', who, { occasion: 'entry' }), 'rate', rating('Y'))
    const rated = (await weigh(officer, 'plan', who)).map((h) => h.said.zh).join('\n')
    expect(rated).toContain('心理危机等级：黄色（2026年3月2日评定），方案应写明心理干预措施')
    expect(rated).toContain('现管理级别：普通')
    const drafted = await begin(officer, 'plan', who, plan())
    const supported = await act(head, drafted, 'support', { opinion: '可行' })
    expect(await codeOf(act(head, supported, 'approve', { opinion: '同意' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const approved = await act(clerk, supported, 'approve', { opinion: '同意' })
    expect(approved).toMatchObject({ end: 'approved' })
    expect(await papersOf(approved.id)).toMatchObject([
      { template: 'D09', given: { 教育帮扶措施: '每月心理辅导一次', 制定人: '王警官' } },
    ])
    expect(await codeOf(begin(officer, 'plan', who, plan()))).toBe('ZJ_PLAN_THERE')
    const revises = approved.id
    expect(await codeOf(begin(officer, 'plan', who, plan({ revises })))).toBe('ZJ_PLAN_WHY')
    const stranger = await refusedWith(begin(officer, 'plan', await person(), plan({ revises, why: '无关' })))
    expect(stranger.code).toBe('ZJ_PLAN_REVISES')
    const revised = await begin(
      officer,
      'plan',
      who,
      plan({ revises, why: '评定转为绿色，减少辅导', education: '每季心理辅导一次' }),
    )
    const done = await act(clerk, await act(head, revised, 'support', { opinion: '可行' }), 'approve', {
      opinion: '同意',
    })
    expect((await papersOf(done.id))[0]?.given).toMatchObject({
      调整记录: [{ 调整内容: '调整教育帮扶措施', 调整原因: '评定转为绿色，减少辅导', 调整人: '王警官' }],
    })
  })
})

describe('the supervision level (INT-07)', () => {
  test('proposed by the office, decided by the county, with what it changes in the person’s days', async () => {
    const who = await person()
    const form = { to: '3', grounds: ['risk', 'record'], reason: '两次训诫，再犯风险升高' }
    const hints = (await weigh(head, 'level', who, form)).map((h) => h.said.zh)
    expect(hints).toContain('现管理级别：普通')
    expect(hints).toContain('常规报告：由每 2 周一次改为每周一次')
    expect(await codeOf(begin(officer, 'level', who, form))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(begin(head, 'level', who, { ...form, to: '2' }))).toBe('ZJ_LEVEL_SAME')
    const asked = await begin(head, 'level', who, form)
    const decided = await act(chief, asked, 'decide', { opinion: '同意从严' })
    // It holds from the decision; the person, who may object, is told in writing.
    expect(decided).toMatchObject({ step: 'tell', end: null, holder: { post: 'officer' } })
    expect(await papersOf(decided.id)).toMatchObject([
      {
        template: 'D15',
        given: {
          事项: '管理级别由普通调整为严格',
          理由: '两次训诫，再犯风险升高',
          要求: expect.arrayContaining(['自2026年3月2日起按严格级别接受监督管理']),
        },
      },
    ])
    expect(await codeOf(act(officer, decided, 'told', { toldOn: '2026-03-02' }))).toBe('ZJ_INVALID')
    expect(await act(officer, decided, 'told', { toldOn: '2026-03-02', how: 'direct' })).toMatchObject({
      end: 'approved',
    })
    expect((await officer.call(people.get, { params: { personId: who } })).level).toBe('3')
    const line = await officer.call(people.timeline, { params: { personId: who }, query: { kind: 'person.changedBy' } })
    expect(line.items[0]?.payload).toMatchObject({ by: 'level', changes: { level: { from: '2', to: '3' } } })
  })
})
