import { account, setup } from '@zhijiao/contract/account'
import { leaves } from '@zhijiao/contract/permits'
import { lawDesk, settings } from '@zhijiao/contract/settings'
import { civilDate, plusDays } from '@zhijiao/law/civil-date'
import { openSetup } from '@zhijiao/server/settings/index'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
beforeAll(async () => {
  county = await startCounty()
})
afterAll(() => county.stop())

describe('settings', () => {
  test('each administrator has his own, within bounds, and the top unit only', async () => {
    const security = await county.signIn('securityAdmin', { of: '' })
    const set = (value: number | string) =>
      security.call(settings.setSecurity, { params: { key: 'session.idleMinutes' }, body: { value } })
    const out = await refusedWith(set(60))
    expect(out).toMatchObject({ code: 'ZJ_SETTING_OUT_OF_BOUNDS' })
    expect(out.zh).toContain('5 至 30')
    expect(await codeOf(set('15'))).toBe('ZJ_SETTING_KIND')
    expect(await set(5)).toMatchObject({ value: 5, shipped: 15, changedBy: security.name })
    const officer = await county.signIn('officer')
    expect((await officer.call(account.me, {})).session.idleMinutes).toBe(5)
    county.pass(6 * 60_000)
    expect(await codeOf(officer.call(account.me, {}))).toBe('ZJ_NOT_SIGNED_IN')
    const below = await county.signIn('securityAdmin')
    expect(
      await codeOf(below.call(settings.setSecurity, { params: { key: 'look.minutes' }, body: { value: 20 } })),
    ).toBe('ZJ_SETTING_TOP_ONLY')
    const system = await county.signIn('systemAdmin', { of: '' })
    expect(await codeOf(system.call(settings.security, {}))).toBe('ZJ_NOT_ALLOWED')
    expect(
      await codeOf(system.call(settings.setSystem, { params: { key: 'session.idleMinutes' }, body: { value: 30 } })),
    ).toBe('ZJ_NOT_FOUND')
    await system.call(settings.setSystem, { params: { key: 'platform.name' }, body: { value: '示例市矫正平台' } })
    expect(await county.anyone(settings.public, {})).toMatchObject({
      name: '示例市矫正平台',
      mode: 'test',
      setupOpen: false,
    })
  })
})

describe('parameters of the law', () => {
  test('one person drafts, another publishes; before that nothing changes', async () => {
    const drafter = await county.signIn('county')
    const security = await county.signIn('securityAdmin')
    const before = await drafter.call(lawDesk.parameters, {})
    const parameter = before.items.find((p) => p.id === 'LOC-01')
    expect(parameter).toMatchObject({ value: 3, shipped: 3, revision: null })
    const today = new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const body = { from: today, source: '示例县司法局文件〔2026〕1 号', values: { 'LOC-01': 5 }, confirms: [] }
    expect(await codeOf(drafter.call(lawDesk.draft, { body: { ...body, values: {} } }))).toBe('ZJ_LAW_DRAFT_EMPTY')
    expect(await codeOf(drafter.call(lawDesk.draft, { body: { ...body, values: { 'LOC-99': 5 } } }))).toBe(
      'ZJ_LAW_DRAFT_UNKNOWN',
    )
    expect(await codeOf(drafter.call(lawDesk.draft, { body: { ...body, values: { 'LOC-01': 'five' } } }))).toBe(
      'ZJ_LAW_DRAFT_VALUE',
    )
    const draft = await drafter.call(lawDesk.draft, { body })
    const publish = (by: typeof drafter) => by.call(lawDesk.publish, { params: { id: draft.id } })
    const value = async (by = drafter) =>
      (await by.call(lawDesk.parameters, {})).items.find((p) => p.id === 'LOC-01')?.value
    expect(await value()).toBe(3)
    expect(await codeOf(publish(drafter))).toBe('ZJ_NOT_ALLOWED')
    expect(await codeOf(publish(await county.signIn('securityAdmin', { of: places.otherCounty })))).toBe('ZJ_NOT_FOUND')
    expect(await publish(security)).toMatchObject({
      state: 'published',
      draftedBy: drafter.name,
      publishedBy: security.name,
    })
    expect(await value()).toBe(5)
    expect(await value(await county.signIn('officer'))).toBe(5)
    expect(await value(await county.signIn('county', { of: places.otherCounty }))).toBe(3)
    expect(await codeOf(publish(security))).toBe('ZJ_LAW_SETTLED')
  })

  test('nobody publishes his own, even holding both permissions; a draft can be withdrawn', async () => {
    const both = await county.signIn('province')
    const today = new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const draft = await both.call(lawDesk.draft, {
      body: { from: today, source: '省厅文件', values: { 'LOC-02': 2 }, confirms: [] },
    })
    expect(await codeOf(both.call(lawDesk.publish, { params: { id: draft.id } }))).toBe('ZJ_LAW_SAME_PERSON')
    // Nor by hand: the database holds the same.
    await expect(
      sql`update law_revision set state = 'published', published_by = drafted_by, published_at = now() where id = ${draft.id}`.execute(
        county.house.databases.system,
      ),
    ).rejects.toThrow(/check constraint/)
    const gone = await both.call(lawDesk.withdraw, { params: { id: draft.id }, body: { reason: '文件未出' } })
    expect(gone.state).toBe('withdrawn')
  })

  test('recalled rules carry their mark until somebody confirms the text', async () => {
    const drafter = await county.signIn('county')
    const { items, total } = await drafter.call(lawDesk.rules, { query: { recalled: true, size: 200 } })
    expect(items.length).toBe(total)
    expect(total).toBeGreaterThan(0)
    expect(items.find((r) => r.rule === 'INV-01')).toMatchObject({ value: 10, unit: 'working day' })
    const rule = items[0]?.rule ?? ''
    const today = new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const draft = await drafter.call(lawDesk.draft, {
      body: { from: today, source: '对照正式文本', values: {}, confirms: [rule] },
    })
    await (await county.signIn('securityAdmin')).call(lawDesk.publish, { params: { id: draft.id } })
    expect((await drafter.call(lawDesk.rules, { query: { recalled: true, size: 200 } })).total).toBe(total - 1)
  })
})

describe('corrections of recalled rules', () => {
  test('what was recalled wrongly is corrected with its source by two people, and holds where the rule is asked', async () => {
    const drafter = await county.signIn('county')
    const other = await county.signIn('securityAdmin')
    const officer = await county.signIn('officer')
    const today = new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const draft = (corrects: Record<string, { value?: number; article?: string; zh?: string; en?: string }>) =>
      drafter.call(lawDesk.draft, {
        body: { from: today, source: '司法部公报所载全文', values: {}, confirms: [], corrects },
      })
    const text = { zh: '外出五日以内由受委托的司法所批准', en: 'Leave up to 5 days: the delegated office' }
    // Not a rule, one whose text was read, another kind of number, nothing new: each is said.
    expect(await codeOf(draft({ 'NO-01': { value: 5 } }))).toBe('ZJ_LAW_DRAFT_UNKNOWN')
    expect(await codeOf(draft({ 'EPD-03': { value: 6 } }))).toBe('ZJ_LAW_DRAFT_CHECKED')
    expect(await codeOf(draft({ 'INV-03': { value: 6 } }))).toBe('ZJ_LAW_DRAFT_VALUE')
    expect(await codeOf(draft({ 'LVE-02': { value: 7 } }))).toBe('ZJ_LAW_DRAFT_SAME')
    const { id, corrects } = await draft({ 'LVE-02': { value: 5, article: '27', ...text } })
    expect(corrects).toEqual({ 'LVE-02': { value: 5, article: '27', ...text } })
    expect(await drafter.call(lawDesk.clocks, { query: { rules: 'LVE-02,INV-01' } })).toEqual({
      items: [
        { rule: 'LVE-02', running: 0 },
        { rule: 'INV-01', running: 0 },
      ],
    })
    const person = await plantPerson(county.house, { officer: officer.id })
    const day = (n: number) => plusDays(civilDate(today), n)
    const weighed = () =>
      officer.call(leaves.weigh, {
        body: { person, from: day(5), until: day(10), destination: { text: '南宁市', area: '450103' }, reason: '01' },
      })
    expect(await weighed()).toMatchObject({ level: 'office' })
    expect(await codeOf(drafter.call(lawDesk.publish, { params: { id } }))).toBe('ZJ_NOT_ALLOWED')
    await other.call(lawDesk.publish, { params: { id } })
    expect(await weighed()).toMatchObject({ level: 'county', days: 6 })
    const { items } = await drafter.call(lawDesk.rules, { query: { q: 'LVE-02' } })
    expect(items[0]).toMatchObject({
      value: 5,
      article: '27',
      zh: text.zh,
      recalled: false,
      corrected: true,
      correctable: true,
    })
    // What was corrected wrongly is corrected again.
    expect(await draft({ 'LVE-02': { value: 7 } })).toMatchObject({ state: 'draft' })
  })

  test('a setting that nobody could read is refused with how to write it', async () => {
    const drafter = await county.signIn('county')
    const today = new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const set = (values: Record<string, string | number>) =>
      drafter.call(lawDesk.draft, { body: { from: today, source: '本省细则', values, confirms: [] } })
    const refused = await refusedWith(set({ 'SET-25': '宽松每月' }))
    expect(refused).toMatchObject({ code: 'ZJ_LAW_DRAFT_SHAPE', zh: expect.stringContaining('1=1m,2=2w,3=1w') })
    for (const [id, value] of [
      ['SET-22', 'three'],
      ['SET-28', '3'],
      ['SET-01', 'none'],
    ] as const)
      expect(await codeOf(set({ [id]: value }))).toBe('ZJ_LAW_DRAFT_SHAPE')
    expect(await codeOf(set({ 'SET-02': 2 }))).toBe('ZJ_LAW_DRAFT_BOUNDS')
    expect(await set({ 'SET-25': '1=2m,2=1m,3=1w', 'SET-27': '-' })).toMatchObject({ state: 'draft' })
  })
})

describe('holidays of another year', () => {
  test('two people bring a yearly notice in; from then on working days into that year are counted', async () => {
    const [one, other] = [await county.signIn('province'), await county.signIn('province')]
    const before = await one.call(lawDesk.calendar, {})
    const year = (before.years[0]?.year ?? 2026) + 1
    const today = new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
    const draft = (off: string[]) =>
      one.call(lawDesk.draft, {
        body: {
          from: today,
          source: '国务院办公厅关于部分节假日安排的通知',
          values: {},
          confirms: [],
          holidays: { [year]: { off, work: [] } },
        },
      })
    expect(await codeOf(draft([`${year - 1}-01-01`]))).toBe('ZJ_LAW_CALENDAR_INVALID')
    const { id } = await draft([`${year}-01-01`, `${year}-01-02`])
    expect((await one.call(lawDesk.calendar, {})).years.some((y) => y.year === year)).toBe(false)
    expect(await codeOf(one.call(lawDesk.publish, { params: { id } }))).toBe('ZJ_LAW_SAME_PERSON')
    expect(await other.call(lawDesk.publish, { params: { id } })).toMatchObject({ state: 'published' })
    const after = await one.call(lawDesk.calendar, {})
    expect(after.years.find((y) => y.year === year)?.off).toEqual([`${year}-01-01`, `${year}-01-02`])
    expect(after.missing).not.toContain(year)
  })
})

describe('the first run', () => {
  test('an empty installation is set up once, with the printed token, into three administrators', async () => {
    const fresh = await startCounty()
    try {
      await sql`delete from org`.execute(fresh.house.databases.system)
      expect((await fresh.anyone(setup.state, {})).open).toBe(false)
      const first = await openSetup(fresh.house)
      const token = await openSetup(fresh.house)
      expect(first).not.toBe(token)
      expect((await fresh.anyone(setup.state, {})).open).toBe(true)
      const admin = (login: string, password: string) => ({ login, number: login, name: '管理员', password })
      const body = {
        token: token ?? '',
        org: { code: '45', name: '示例省司法厅' },
        systemAdmin: admin('sys', 'Chun-Tian-Dao-7'),
        securityAdmin: admin('sec', 'Xia-Tian-Dao-77'),
        auditAdmin: admin('aud', 'Qiu-Tian-Dao-77'),
      }
      expect(await codeOf(fresh.anyone(setup.begin, { body: { ...body, token: first ?? '' } }))).toBe(
        'ZJ_SETUP_TOKEN_WRONG',
      )
      const weak = await refusedWith(
        fresh.anyone(setup.begin, { body: { ...body, auditAdmin: admin('aud', 'Admin@123456') } }),
      )
      expect(weak.fields?.[0]?.path).toBe('auditAdmin.password')
      expect(await fresh.anyone(setup.begin, { body })).toEqual({ org: '45', logins: ['sys', 'sec', 'aud'] })
      expect(await codeOf(fresh.anyone(setup.begin, { body }))).toBe('ZJ_SETUP_CLOSED')
      expect(await openSetup(fresh.house)).toBeNull()
      const signed = await fresh.anyone(account.signIn, { body: { login: 'sec', password: 'Xia-Tian-Dao-77' } })
      expect(signed.me).toMatchObject({
        owes: 'password',
        roles: ['securityAdmin'],
        reach: 'none',
        org: { code: '45', level: 'province' },
      })
    } finally {
      await fresh.stop()
    }
  })
})
