import { openEndings } from '@zhijiao/server/ending/index'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs, press } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { handsOf } from '../support/hands.ts'
import { act, begin, plantSupervised } from '../support/matters.ts'

let county: County
let browser: Browser
let hands: Awaited<ReturnType<typeof handsOf>>

const at = (days: number) =>
  new Date(county.house.chance.now() + days * 86_400_000 + 28_800_000).toISOString().slice(0, 10)

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  hands = await handsOf(county)
  const officer = hands.officer.id
  await plantSupervised(county, { officer, name: '黄期满', termEnd: at(-3) })
  await plantSupervised(county, { officer, name: '蓝羁押', termEnd: at(-1), state: 'detained' })
  await plantSupervised(county, { officer, name: '农临近', termEnd: at(6) })
  await openEndings(county.house)
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

test('S3.31 END-02 whoever has a caseload sees first whose term is over, and finds them all from there', async () => {
  for (const who of ['officer', 'head', 'staff'] as const) {
    const somebody: Somebody = hands[who]
    await openAs(
      browser,
      county,
      somebody,
      '/',
      async (page) => {
        const over = page.locator('a.zj-figure-act', { hasText: '期满未解除' })
        await over.getByText('2', { exact: true }).waitFor()
        await page.getByText('已过 3 天').waitFor()
        await page.getByText('被羁押').first().waitFor()
        await page.getByText('· 剩 6 天').waitFor()
        if (who === 'officer') await look(page, 'release-home')
        await over.click()
        await page.getByText('显示全部对象').waitFor()
        await page.getByText('黄期满').first().waitFor()
        await page.getByText('蓝羁押').first().waitFor()
        expect(await page.getByText('农临近').count()).toBe(0)
        if (who === 'staff') await look(page, 'release-over')
      },
      { failed: 'release-failed' },
    )
  }
}, 240_000)

test('S3.31 END-02 on a phone the overdue stand first as well', async () => {
  await openAs(
    browser,
    county,
    hands.officer,
    '/',
    async (page) => {
      await page.getByText('已过 3 天').waitFor()
      await look(page, 'release-phone')
    },
    { screen: 'phone', failed: 'release-phone-failed' },
  )
}, 120_000)

test('END-03 the form of a termination offers the grounds of the person’s category, and says where there is none', async () => {
  const officer = hands.officer.id
  // A second try plants people of its own.
  const mark = county.house.chance.id().slice(-6)
  const suspended = await plantSupervised(county, { officer, name: `缓${mark}`, category: '02' })
  await plantSupervised(county, { officer, name: `假${mark}`, category: '03' })
  const control = await plantSupervised(county, { officer, name: '覃管制', category: '01' })
  const offered = (page: Page) =>
    page
      .getByRole('radiogroup', { name: '终止事由' })
      .getByRole('radio')
      .evaluateAll((all) => all.length)
  const about = (person: string) => `/matters/termination/new?person=${person}`
  await openAs(
    browser,
    county,
    hands.staff,
    '/matters/termination/new',
    async (page) => {
      const pick = page.getByRole('combobox', { name: '矫正对象' })
      await pick.fill(`缓${mark}`)
      await page
        .locator('.ant-select-item-option')
        .filter({ hasText: `缓${mark}` })
        .click()
      await page.getByText('撤销缓刑', { exact: true }).click()
      expect(await offered(page)).toBe(1)
      // Chosen for somebody else, it does not stay.
      await press(page, '更换对象')
      await pick.fill(`假${mark}`)
      await page
        .locator('.ant-select-item-option')
        .filter({ hasText: `假${mark}` })
        .click()
      await page.getByText('撤销假释', { exact: true }).waitFor()
      expect(await page.getByText('撤销缓刑', { exact: true }).count()).toBe(0)
      expect(await page.getByRole('radio', { name: '撤销假释' }).isChecked()).toBe(false)
      await page.goto(`${county.url}${about(suspended)}`)
      await page.getByText('撤销缓刑', { exact: true }).waitFor()
      await look(page, 'termination-grounds')
      await page.goto(`${county.url}${about(control)}`)
      await page.getByText('该对象的矫正类别没有可选项').waitFor()
      await page.getByText(/矫正类别为管制，没有可以终止的裁判/).waitFor()
      await look(page, 'termination-none')
    },
    { failed: 'termination-failed', provokes: /status of 422/ },
  )
}, 240_000)

test('S1.8 END-06 a second hand-over is refused before anything is typed, with the first', async () => {
  const { officer } = hands
  const person = await plantSupervised(county, { officer: officer.id, name: '莫移交', termEnd: at(40) })
  const ahead = await begin(officer, 'handover', person, { releasedOn: at(40), address: '示例路 1 号', advice: '衔接' })
  const sent = await act(officer, ahead, 'sent', { office: '示例镇安置帮教工作站', sentOn: at(0) })
  await act(officer, sent, 'received', { receivedOn: at(0), by: '周某' })
  await openAs(
    browser,
    county,
    officer,
    `/matters/handover/new?person=${person}`,
    async (page) => {
      await page.getByText(new RegExp(`安置帮教衔接已于 ${at(0)} 办结，移交示例镇安置帮教工作站`)).waitFor()
      await look(page, 'handover-second')
    },
    { failed: 'handover-failed', provokes: /status of 409/ },
  )
}, 240_000)
