import { readFile } from 'node:fs/promises'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs, press, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'

let county: County
let browser: Browser
let system: Somebody
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  browser = await openBrowser()
  system = await county.signIn('systemAdmin', { name: '蒙系统' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const panel = (page: Page) => page.locator('#content')
const confirming = (page: Page) => page.getByRole('dialog')
const figures = (page: Page) => panel(page).locator('.zj-tally dd').allTextContents()
async function put(page: Page, name: string, content: string | Buffer): Promise<void> {
  await panel(page)
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content) })
  await panel(page).getByText(name).first().waitFor()
}

test('S0.7 a table of cell towers is tried, its bad lines are named and exported, it comes in, and replacing says what is lost', {
  timeout: 240_000,
}, async () => {
  await openAs(
    browser,
    county,
    system,
    '/cells',
    async (page) => {
      // Nothing yet says what to do; without a source or a file nothing is sent.
      await panel(page).getByText('还没有基站库').waitFor()
      await press(panel(page), '试导入')
      await panel(page).getByText('请填写来源').waitFor()
      await panel(page).getByText('请先选择文件').waitFor()
      await look(page, 'cells-empty')
      const [download] = await Promise.all([page.waitForEvent('download'), press(panel(page), '下载样例')])
      expect(download.suggestedFilename()).toBe('基站库样例.csv')
      const example = await readFile(await download.path(), 'utf8')

      await panel(page).getByLabel('来源').fill('示例运营商 2026 年 11 月')
      await put(page, '基站.xlsx', Buffer.from([0x50, 0x4b, 3, 4]))
      await press(panel(page), '试导入')
      await panel(page).getByText('这是 Excel 或压缩文件').waitFor()

      // The example with three bad lines behind it.
      await put(page, '基站.csv', `${example}460,0,9763\n460,0,9763,甲,24.3,109.4,500\n460,0,9763,5,109.4,24.3,500\n`)
      await press(panel(page), '试导入')
      await panel(page).getByText('试导入完成，什么也没有写入').waitFor()
      expect(await figures(page)).toEqual(['2', '0', '2', '3'])
      await panel(page).getByText('还没有基站库').waitFor()
      const row = (code: string) => panel(page).getByRole('row').filter({ hasText: code })
      await row('ZJ_CELLS_COLUMNS').getByText('这一行不足 7 列').waitFor()
      await row('ZJ_CELLS_NUMBER').getByRole('cell', { name: 'cell', exact: true }).waitFor()
      await row('ZJ_CELLS_RANGE').getByText('请核对列的顺序和数值').waitFor()
      await panel(page).getByRole('columnheader', { name: '字段' }).focus()
      await page.keyboard.press('Enter')
      const [sheet] = await Promise.all([page.waitForEvent('download'), press(panel(page), '导出 Excel')])
      expect(sheet.suggestedFilename()).toMatch(/^未导入的行 基站库.*\.xlsx$/)
      await look(page, 'cells-tried')

      await press(panel(page), '正式导入')
      await confirming(page).getByText('现有 0 个基站保留').waitFor()
      await press(confirming(page), '正式导入')
      await panel(page).getByText('导入完成，即时生效').waitFor()
      expect(await figures(page)).toEqual(['2', '0', '2', '3'])
      await panel(page).getByText('示例运营商 2026 年 11 月', { exact: true }).waitFor()
      await look(page, 'cells-imported')

      // Replacing asks, in words that say what goes.
      await put(page, '新基站.csv', '460,0,9763,3791,24.3,109.4,600\n')
      await panel(page).getByRole('radio', { name: /^替换/ }).check()
      await press(panel(page), '正式导入')
      await confirming(page).getByText('现有 2 个基站').waitFor()
      await confirming(page).getByText('文件里没有的基站，今后不再能定位').waitFor()
      await confirming(page).getByText('还没有这样试导入过').waitFor()
      await look(page, 'cells-replace')
      await press(confirming(page), '删除现有基站并导入')
      await panel(page).getByText('导入完成，即时生效').waitFor()
      expect(await figures(page)).toEqual(['1', '2', '1', '0'])
    },
    { failed: 'cells-failed' },
  )
  // On a phone the lines are cards.
  await visitAs(
    browser,
    county,
    system,
    '/cells',
    'cells-phone',
    async (page) => {
      await panel(page).getByLabel('来源').fill('示例')
      await put(page, '坏.csv', '460,0,1,1,24,109,500\n460,0,9763\n')
      await press(panel(page), '试导入')
      await panel(page).getByText('这一行不足 7 列').waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    },
    { screen: 'phone' },
  )
})
