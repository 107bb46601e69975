import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { press, said, visitAs } from '../support/console.ts'
import { type County, startCounty } from '../support/county.ts'
import { type Hands, handsOf } from '../support/hands.ts'
import { act, begin, personNow, plantSupervised, see } from '../support/matters.ts'

/** 提请逮捕 on the screen: the court's decision, the day on which the police carry it out, and custody from that day. */
let county: County
let browser: Browser
let hands: Hands

const day = 86_400_000
const ago = (days: number) => new Date(county.house.chance.now() - days * day).toISOString()
const date = (days: number) =>
  new Date(county.house.chance.now() - days * day + 8 * 3_600_000).toISOString().slice(0, 10)

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  hands = await handsOf(county)
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** Somebody missing, whose arrest the court decided five days ago. */
async function decided() {
  const { officer, staff, chief } = hands
  const person = await plantSupervised(county, { name: '覃某', officer: officer.id, state: 'missing' })
  const cause = await begin(officer, 'violation', person, {
    type: '01',
    what: 'absence',
    from: ago(60),
    until: ago(2),
    description: '脱离监管。',
  })
  const heard = { explanation: '下落不明', excuse: 'none', response: '查找、通知公安' }
  const up = await act(hands.head, await act(officer, cause, 'submit', heard), 'submit', { opinion: '属实' })
  await act(staff, up, 'revokeSuspension', { reason: '脱离监管超过一个月' })
  const proposal = (await see(staff, up.id)).related.find((r) => r.kind === 'revokeSuspension')?.id ?? ''
  const asked = await begin(staff, 'arrest', person, { proposal, ground: 'flight', facts: '可能逃跑' })
  const ready = await act(staff, asked, 'submit', { court: '示例法院', evidence: [{ name: '查找记录' }] })
  const sent = await act(chief, ready, 'sign', { opinion: '同意', sentAt: ago(6) })
  await act(staff, sent, 'arrested', { decidedOn: date(5), number: '（2026）示逮1号' })
  return { person, arrest: asked.id }
}

test('S2.30 REV-03 REV-12 decided is not caught: the day of the execution is asked for, and custody runs from it', {
  timeout: 240_000,
}, async () => {
  const { person, arrest } = await decided()
  const opening = { screen: 'phone', provokes: /status of (400|422)/ } as const
  await visitAs(
    browser,
    county,
    hands.staff,
    `/matters/arrest/${arrest}`,
    'arrest-execute',
    async (page) => {
      await page.locator('[aria-current=step]').getByText('公安机关执行逮捕').waitFor()
      await page.getByText('决定逮捕不等于已经到案').waitFor()
      await press(page, '已执行逮捕')
      await page.getByText('请填写“执行逮捕日期”').first().waitFor()
    },
    opening,
  )
  expect(await personNow(county, person)).toMatchObject({ state: 'missing' })
  await visitAs(browser, county, hands.staff, `/matters/arrest/${arrest}`, 'arrest-custody', async (page) => {
    await page.getByLabel('执行逮捕日期').fill(date(1).replaceAll('-', ''))
    await press(page, '已执行逮捕')
    await said(page, '已办理：已执行逮捕')
    await page.locator('[aria-current=step]').getByText('羁押期间').waitFor()
    await page.getByText('逮捕至今 2 日').waitFor()
  })
  expect(await personNow(county, person)).toMatchObject({ state: 'detained' })
})
