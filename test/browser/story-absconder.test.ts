import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { handsOf } from '../support/hands.ts'
import { act, begin, filled, ledTo, papersOf, personNow, plantSupervised, see } from '../support/matters.ts'
import { codeOf, refusedWith } from '../support/refused.ts'
import { dialog, goOn, issued, press, said, scene } from '../support/stories.ts'

/**
 * 周某 (seed 000): a customs officer on parole since September 2012, term to 3 August 2018; in October 2015 out of
 * supervision for more than a month, parole revoked; searched at home, watched for on New Year's Eve; a special group,
 * caught in Myanmar on 26 September 2016, taken to Yueyang prison on 27 September at three in the morning.
 *
 * Days and months are those of the text (where it names only the month, its eighth day is taken), the years are moved by
 * ten: in 2015 the law that the product carries was not in force, and no decision is to be made under a law that was not.
 * The clock of the program goes with the story.
 */
let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let staff: Somebody
let chief: Somebody
let deputy: Somebody

beforeAll(async () => {
  county = await startCounty({ at: '2025-10-08T15:00:00+08:00' })
  browser = await openBrowser()
  ;({ officer, head, staff, chief } = await handsOf(county))
  deputy = await county.signIn('countyHead', { name: '蒙副局长' })
  await until('2025-10-08T15:00')
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const instant = (local: string) => new Date(`${local}:00+08:00`).toISOString()
const until = (local: string) => goOn(county, instant(local))
const just = () => new Date(county.house.chance.now() - 60_000).toISOString()

test('S0.39 S2.30 S1.13 a parolee vanishes: search, police, more than a month, revocation, pursuit, caught, taken in', {
  timeout: 480_000,
}, async () => {
  const person = await plantSupervised(county, {
    name: '周某',
    officer: officer.id,
    category: '03',
    crime: '走私普通货物罪',
    termStart: '2022-09-01',
    termEnd: '2028-08-03',
  })

  // The first day: searched at once; "not found" needs calls, an information check and a visit.
  const lost = await begin(officer, 'search', person, {
    lostSince: instant('2025-10-08T09:00'),
    noticed: '未按时报告，电话关机，定位中断',
  })
  await scene(browser, county, officer, `/matters/search/${lost.id}`, 'absconder-search', async (page) => {
    await page.locator('[aria-current=step]').getByText('立即查找').waitFor()
    await page
      .getByRole('button', { name: /添加|增加|加一行|新增/ })
      .first()
      .click()
    const row = page.getByRole('group', { name: '第 1 行' })
    await row.getByText('通信联络').click()
    await row.getByLabel('时间').fill('20251008 10:00')
    await row.getByLabel('联系对象或地点').fill('本人及妻子')
    await row.getByLabel('结果').fill('关机，妻子不知去向')
    await press(page, '未找到')
    await page.getByText('认定“未找到”前须有通信联络、信息化核查、实地查访记录').first().waitFor()
  })
  const effort = (how: string, whom: string, result: string) => ({ how, at: instant('2025-10-08T11:00'), whom, result })
  const reported = await act(officer, await see(officer, lost.id), 'notFound', {
    efforts: [
      effort('call', '本人及妻子', '关机，妻子不知去向'),
      effort('check', '定位手机', '最后位置为火车站'),
      effort('visit', '居住地', '家中无人'),
    ],
  })
  const told = await act(staff, reported, 'sent', {
    police: '示例一县公安局',
    sentOn: '2025-10-08',
    procuratorateOn: '2025-10-08',
    evidence: [{ name: '通话记录' }, { name: '查访笔录' }],
  })
  expect(await personNow(county, person)).toMatchObject({ state: 'missing' })
  await issued(county, staff, lost.id, 'D26')

  // A month is over with 8 November; from the 9th the law opens the revocation.
  await until('2025-11-07T10:00')
  expect((await see(staff, told.id)).hints.map((h) => h.said.zh).join()).not.toContain('超过一个月')
  await until('2025-11-10T10:00')
  await scene(browser, county, staff, `/matters/search/${told.id}`, 'absconder-month', async (page) => {
    await page.getByText('到今天已脱管 33 日').waitFor()
    await page.getByText('脱管超过一个月：是否有正当理由').waitFor()
    await press(page, '仍未找到，进入违规处理')
    await said(page, '已办理：仍未找到，进入违规处理')
  })
  const violation = await ledTo(officer, told, 'violation')
  const heard = await act(officer, violation, 'submit', {
    explanation: '下落不明，无法听取；已向妻子送达通知。',
    excuse: 'none',
    authorised: false,
    response: '多次上门查找，通知公安协助。',
  })
  const up = await act(head, heard, 'submit', { opinion: '无正当理由脱管超过一个月，建议提请撤销假释' })
  // Whoever took the search to its end does not decide what follows it.
  expect(await codeOf(act(staff, up, 'revokeParole', { reason: '脱管' }))).toBe('ZJ_MATTER_OWN')
  // Parole has no police path: the law does not offer it, and choosing it is refused.
  expect(up.hints.map((h) => h.said.zh).join()).toContain('提请撤销假释')
  expect(up.hints.map((h) => h.said.zh).join()).not.toContain('治安')
  const police = await refusedWith(act(chief, up, 'police', { reason: '脱管' }))
  expect(police).toMatchObject({ code: 'ZJ_CONDUCT_CATEGORY' })
  expect(await codeOf(act(chief, up, 'warn', { reason: '从轻' }))).toBe('ZJ_CONDUCT_TOO_MILD')
  await scene(browser, county, chief, `/matters/violation/${up.id}`, 'absconder-county', async (page) => {
    await page.locator('.zj-hint-must').getByText('依法最轻为“提请撤销假释”').waitFor()
    await page.getByLabel('处理理由').fill('无正当理由脱管超过一个月')
    await press(page, '提请撤销假释')
    await press(dialog(page), '提请撤销假释')
    await said(page, '已办理：提请撤销假释')
  })

  const proposal = await ledTo(staff, up, 'revokeParole')
  const ready = await act(staff, proposal, 'submit', {
    court: '示例市中级人民法院',
    ruling: '(2022)示中刑执字第88号',
    term: '2022年9月1日至2028年8月3日',
    evidence: [{ name: '查找记录' }, { name: '公安协查函及回执' }],
    heard: '下落不明，已公告通知',
  })
  const sent = await act(deputy, ready, 'sign', { opinion: '同意提请', sentAt: just() })
  expect(sent.clock).toMatchObject({ citation: { rule: 'REV-01' } })
  // Thirty days from the 10th end on the 10th of December.
  expect(sent.clock.dueAt?.slice(0, 10)).toBe('2025-12-10')
  expect(await papersOf(county, proposal.id)).toEqual(['D22'])
  expect((await filled(county, proposal.id, 'D22')).原因).toContain('第四十七条第（一）项')
  await issued(county, staff, proposal.id, 'D22')

  await until('2025-12-08T10:00')
  const ruled = await act(staff, await see(staff, proposal.id), 'yes', {
    number: '(2025)示刑更88号',
    ruledOn: '2025-12-08',
    effectiveOn: '2025-12-08',
    lawyerThere: false,
    note: '被裁定人下落不明，未能听取申辩。',
  })
  const termination = await ledTo(staff, ruled, 'termination')
  const pursuit = await ledTo(staff, ruled, 'pursuit')
  expect(termination.register).toMatchObject({ code: 'T2' })
  expect(pursuit.register).toMatchObject({ ruling: '(2025)示刑更88号' })
  await act(staff, termination, 'end', { effectiveOn: '2025-12-08' })
  expect(await personNow(county, person)).toMatchObject({ state: 'terminated' })
  // The pursuit outlives the correction.
  expect(await see(staff, pursuit.id)).toMatchObject({ step: 'group', end: null })

  const formed = await act(staff, pursuit, 'formed', {
    police: '示例市公安局',
    members: [
      { name: '莫科员', unit: '县司法局', part: '组长' },
      { name: '陈警官', unit: '市公安局', part: '追捕' },
    ],
  })
  await until('2026-02-17T10:00')
  const first = await act(staff, formed, 'lead', {
    leads: [{ on: '2026-02-16', from: '大年三十蹲守', what: '在家门外守候', checked: '未见其人' }],
  })
  await until('2026-09-26T18:00')
  const second = await act(staff, first, 'lead', {
    leads: [{ on: '2026-08-20', from: '群众举报', what: '称在缅甸见过', checked: '经警方核实属实' }],
  })
  await scene(browser, county, staff, `/matters/pursuit/${second.id}`, 'absconder-caught', async (page) => {
    await page.getByText('称在缅甸见过').first().waitFor()
    await page.getByLabel('抓获日期').fill('20260926')
    await page.getByLabel('抓获地点').fill('缅甸')
    await press(page, '已抓获')
    await said(page, '已办理：已抓获')
    await page.locator('[aria-current=step]').getByText('交付收监').waitFor()
  })
  await until('2026-09-27T04:00')
  const taken = await act(staff, await see(staff, pursuit.id), 'taken', {
    prison: '岳阳监狱',
    takenAt: instant('2026-09-27T03:00'),
    escort: '公安机关、芙蓉区司法局工作人员',
  })
  expect(taken).toMatchObject({ end: 'taken' })
  expect(taken.passages.map((p) => p.way)).toEqual(['formed', 'lead', 'lead', 'caught', 'taken'])
})
