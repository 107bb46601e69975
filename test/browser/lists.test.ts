import { readFile } from 'node:fs/promises'
import { strFromU8, unzipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { choose, dialog, look, openAs, press, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { openDuty } from '../support/duty.ts'
import { plantSupervised } from '../support/matters.ts'

let county: County
let browser: Browser
let head: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  head = await county.signIn('officeHead', { name: '莫所长' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

test('S0.12 an empty list names its conditions in words: units, colleagues and choices, never their codes', async () => {
  await visitAs(browser, county, head, '/people', 'list-no-match', async (page) => {
    const bar = page.getByRole('form').first()
    await bar.getByLabel('姓名').fill('查无此人')
    await choose(page, bar.getByLabel('单位'), '城东司法所')
    await press(bar, '更多条件')
    await choose(page, bar.getByLabel('类别'), '缓刑')
    await page.keyboard.press('Escape')
    await choose(page, bar.getByLabel('责任人'), '莫所长')
    await press(bar, '查询')
    // Every choice above opened where it belongs: test pages ask for less motion, which once put them out of sight.
    const empty = page.locator('.zj-empty')
    await empty.getByText('没有符合条件的结果').waitFor()
    const said = await empty.innerText()
    for (const words of ['姓名 查无此人', '单位 城东司法所', '缓刑', '责任人 莫所长']) expect(said).toContain(words)
    expect(said).not.toMatch(/459|\b02\b|[0-9a-f]{8}-/)
  })
})

test('S3.12 a row is chosen by its name, and what was chosen goes with the query that showed it', async () => {
  const officer = await county.signIn('officer', { name: '王警官' })
  for (const zh of ['走访核实', '送达回执', '谈话教育'])
    await openDuty(county, { owner: officer.id, title: { zh, en: zh }, dueAt: county.house.chance.now() + 86_400_000 })
  await openDuty(county, {
    owner: officer.id,
    title: { zh: '早已到期', en: 'Long over' },
    dueAt: county.house.chance.now() - 32.7 * 86_400_000,
  })
  await openAs(
    browser,
    county,
    officer,
    '/tasks',
    async (page) => {
      await page.getByText(/已超期 3[23] 天/).waitFor()
      await page.getByRole('checkbox', { name: '选择 走访核实' }).check()
      await page.getByText('已选 1 项').waitFor()
      await look(page, 'list-chosen')
      await press(page, '重置')
      await page.getByText('已选 1 项').waitFor({ state: 'hidden' })
      await page.getByRole('checkbox', { name: '选择 走访核实' }).check()
      // A query that does not show it lets go of it.
      await page.getByLabel('标题').fill('送达')
      await press(page, '查询')
      await page.getByText('共 1 条').waitFor()
      expect(await page.getByText('已选 1 项').count()).toBe(0)
      for (const [view, words] of [
        [/^抄送我的/, '没有抄送事项'],
        [/^已办/, '还没有已办事项'],
      ] as const) {
        await page.getByRole('tab', { name: view }).click()
        await page.getByText(words).waitFor()
      }
    },
    { failed: 'list-chosen-failed' },
  )
  await openAs(
    browser,
    county,
    officer,
    '/tasks',
    async (page) => {
      await page.getByRole('checkbox', { name: '选择 走访核实' }).waitFor()
    },
    { screen: 'phone', failed: 'list-chosen-phone-failed' },
  )
})

/** The text of a sheet that the browser took away. */
async function sheetOf(page: Page, take: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), take()])
  const parts = unzipSync(new Uint8Array(await readFile(await download.path())))
  return strFromU8(parts['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
}
const orderIn = (sheet: string, words: readonly string[]) =>
  [...words].sort((a, b) => sheet.indexOf(a) - sheet.indexOf(b))

test('S0.12 the file of a list is in the order that was chosen on the screen', async () => {
  const mark = county.house.chance.id().slice(-6)
  const officer = await county.signIn('officer', { name: '韦专管' })
  const named = (what: string) => `${what}${mark}`
  const titles = ['先到期', '次到期', '末到期'].map(named)
  for (const [i, level] of ([2, 1, 3] as const).entries()) {
    const zh = titles[i] ?? ''
    const dueAt = county.house.chance.now() + (i + 1) * 86_400_000
    await openDuty(county, { owner: officer.id, title: { zh, en: zh }, level, dueAt })
  }
  const names = ['早', '中', '晚'].map(named)
  for (const [i, termEnd] of ['2027-05-01', '2027-03-01', '2027-09-01'].entries())
    await plantSupervised(county, { officer: officer.id, name: names[i] ?? '', termEnd })
  const byHeading = (page: Page, name: string) => page.getByRole('columnheader', { name }).click()
  const failed = 'list-order-failed'
  await openAs(
    browser,
    county,
    officer,
    '/tasks',
    async (page) => {
      const taken = async () => orderIn(await sheetOf(page, () => press(page, '导出 Excel')), titles)
      await page.getByText(titles[0] ?? '').waitFor()
      expect(await taken()).toEqual(titles)
      await byHeading(page, '级别')
      await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain(titles[1])
      await look(page, 'list-order')
      expect(await taken()).toEqual([titles[1], titles[0], titles[2]])
    },
    { failed },
  )
  await openAs(
    browser,
    county,
    await county.signIn('county', { name: '覃科员' }),
    '/people',
    async (page) => {
      const bar = page.getByRole('form').first()
      await bar.getByLabel('姓名').fill(mark)
      await press(bar, '查询')
      await page
        .getByText(names[0] ?? '')
        .first()
        .waitFor()
      await byHeading(page, '矫正止')
      await expect.poll(() => page.getByRole('row').nth(1).innerText()).toContain(names[1])
      await press(page, /导\s?出 Excel/)
      await dialog(page).getByLabel('事由').fill('月度核对')
      const sheet = await sheetOf(page, () => press(dialog(page), /^(确\s?认|确\s?定|导\s?出.*)$/))
      expect(orderIn(sheet, names)).toEqual([names[1], names[0], names[2]])
    },
    { failed },
  )
})
