import { gzipSync } from 'node:zlib'
import { type HistoryKind, history } from '@zhijiao/contract/history'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs, press } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'

let county: County
let browser: Browser
let agency: Somebody
beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  agency = await county.signIn('county', { name: '莫科员' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const exampleOf = async (kind: HistoryKind) =>
  (await (await agency.call(history.example, { params: { kind } })).text()).trim().split('\n')

const panel = (page: Page) => page.locator('#content')
const tab = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()
const figure = (page: Page, name: string) =>
  panel(page).locator('.zj-tally div').filter({ hasText: name }).locator('dd').first().textContent()

async function put(page: Page, name: string, content: string | Buffer): Promise<void> {
  await panel(page)
    .locator('input[type=file]')
    .setInputFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(content) })
  await panel(page).getByText(name).first().waitFor()
}
async function bringIn(page: Page): Promise<void> {
  await press(panel(page), '正式导入')
  await press(page.getByRole('dialog'), '正式导入')
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await panel(page).getByText('导入完成', { exact: true }).waitFor()
}

test('S0.12 S1.7 S3.6 S3.11 a county moves here: each kind is tried, its bad lines are named, it comes in and stands on its own list', {
  timeout: 240_000,
}, async () => {
  await openAs(
    browser,
    county,
    agency,
    '/history-import',
    async (page) => {
      // Nothing yet says what to do; without a source or a file nothing is sent.
      await panel(page).getByText('这一类还没有导入过文件').waitFor()
      await press(panel(page), '试导入')
      await panel(page).getByText('请填写来源').waitFor()
      await panel(page).getByText('请先选择文件').waitFor()
      await look(page, 'history-empty')
      await press(panel(page), '查看格式说明')
      await page.getByText('每行一份档案').waitFor()
      await page.getByText('Importing old files, matters and leaves').waitFor()
      await look(page, 'history-format')
      await page.keyboard.press('Escape')
      const [example] = await Promise.all([page.waitForEvent('download'), press(panel(page), '下载样例')])
      expect(example.suggestedFilename()).toMatch(/样例-people\.jsonl$/)
      const [fields] = await Promise.all([page.waitForEvent('download'), press(panel(page), '下载字段说明')])
      expect(fields.suggestedFilename()).toMatch(/^字段说明.*\.xlsx$/)

      // A file that is something else says what it is.
      await panel(page).getByLabel('来源').fill('示例县旧系统 V2')
      await put(page, '名册.xlsx', Buffer.from([0x50, 0x4b, 3, 4]))
      await press(panel(page), '试导入')
      await panel(page).getByText('这是 Excel 或 ZIP 文件').waitFor()

      // Files with four bad lines among them: one no JSON, one that misses a field, one of another unit, one alarm that cannot be.
      const [first = '', second = ''] = await exampleOf('people')
      const bad = (change: (file: Record<string, Record<string, unknown>>) => void, number: string) => {
        const file = JSON.parse(second) as Record<string, Record<string, unknown>>
        change(file)
        return JSON.stringify({ ...file, number })
      }
      const files = [
        first,
        '{"number": "坏行"',
        bad((f) => delete f.person?.name, '缺姓名'),
        bad((f) => Object.assign(f.person ?? {}, { org: '459002001' }), '外县档案'),
        bad(
          (f) =>
            Object.assign(f, {
              alarms: [
                { kind: 'boredom', from: '2024-01-01T00:00:00Z', closedAt: '2024-01-02T00:00:00Z', way: 'cleared' },
              ],
            }),
          '怪报警',
        ),
        second,
      ].join('\n')
      await put(page, '档案.jsonl', files)
      await press(panel(page), '试导入')
      await panel(page).getByText('试导入完成，什么也没有写入').waitFor()
      expect([await figure(page, '可以导入'), await figure(page, '未导入')]).toEqual(['2', '4'])
      const row = (name: string) => panel(page).getByRole('row').filter({ hasText: name })
      await row('缺姓名').getByText('person.name').waitFor()
      await row('缺姓名').getByText('必填').waitFor()
      await row('外县档案').getByText('请核对单位代码').waitFor()
      await row('怪报警').getByText('alarms.0').waitFor()
      await row('ZJ_HISTORY_LINE').getByText('这一行不是一个完整的 JSON').waitFor()
      await look(page, 'history-tried')
      // Sorted by the keyboard, taken away as a sheet.
      await panel(page).getByRole('columnheader', { name: '字段' }).focus()
      await page.keyboard.press('Enter')
      const [sheet] = await Promise.all([page.waitForEvent('download'), press(panel(page), '导出 Excel')])
      expect(sheet.suggestedFilename()).toMatch(/^未导入的行.*\.xlsx$/)
      await bringIn(page)
      expect([await figure(page, '新导入'), await figure(page, '未导入')]).toEqual(['2', '4'])
      await look(page, 'history-people')
      // The same again changes nothing.
      await bringIn(page)
      await expect.poll(() => figure(page, '已存在')).toBe('2')

      // Terms and tracks, one of nobody.
      await tab(page, '2 定位启用与轨迹')
      const tracks = await exampleOf('tracks')
      const stranger = (tracks[0] ?? '').replace(/"person":"[^"]*"/, '"person":"无此人"').replace('"t1"', '"t2"')
      await put(page, '轨迹.jsonl.gz', gzipSync([...tracks, stranger].join('\n')))
      await bringIn(page)
      expect(await figure(page, '点位')).toBe('3')
      await row('activation.person').getByText('请先导入档案').waitFor()
      await look(page, 'history-tracks')

      // Matters, one with a step that does not exist.
      await tab(page, '3 办理事项')
      const matters = await exampleOf('matters')
      const jump = (matters[1] ?? '')
        .replace('"way":"support"', '"way":"jump"')
        .replace(/"id":"[^"]*"/, `"id":"${county.house.chance.id()}"`)
      await put(page, '事项.jsonl', [...matters, jump].join('\n'))
      await bringIn(page)
      expect(await figure(page, '新导入')).toBe('2')
      await row('passages.0').getByText('没有这一步').waitFor()

      // Leaves, one that overlaps another.
      await tab(page, '4 外出请假')
      const leaves = await exampleOf('leaves')
      const again = (leaves[0] ?? '').replace(/"id":"[^"]*"/, `"id":"${county.house.chance.id()}"`)
      await put(page, '外出.jsonl', [...leaves, again].join('\n'))
      await press(panel(page), '试导入')
      await panel(page).getByText('试导入完成，什么也没有写入').waitFor()
      expect([await figure(page, '可以导入'), await figure(page, '未导入')]).toEqual(['2', '1'])
      await bringIn(page)
      expect([await figure(page, '新导入'), await figure(page, '未导入')]).toEqual(['2', '1'])
      await row('ZJ_LEAVE_OLD_OVERLAP').getByText('请核对起止日期和销假日期').waitFor()
      await look(page, 'history-leaves')
      await press(panel(page), '查看格式说明')
      await page.getByText('每行一次外出').waitFor()
      await page.keyboard.press('Escape')

      // Papers, one with a number that is taken.
      await tab(page, '5 法律文书')
      const papers = await exampleOf('documents')
      const twice = (papers[0] ?? '').replace(/"id":"[^"]*"/, `"id":"${county.house.chance.id()}"`)
      await put(page, '文书.jsonl', [...papers, twice].join('\n'))
      await bringIn(page)
      expect(await figure(page, '新导入')).toBe('3')
      await row('ZJ_DOCUMENT_OLD_NUMBER_TAKEN').getByText('请核对旧系统中的文号').waitFor()
      await look(page, 'history-documents')

      // Each on its own list.
      await panel(page).getByRole('link', { name: '文书中心' }).click()
      await page.getByText('（2024）示例训字第 1 号').first().waitFor()
      for (const [path, text] of [
        ['/matters/contact', '示例甲'],
        ['/leaves', '示例甲'],
        ['/people', '示例甲'],
        ['/activations', '示例甲'],
      ] as const) {
        await page.goto(`${county.url}${path}`)
        await page.locator('h1').waitFor()
        if (path === '/matters/contact') await page.getByRole('button', { name: /^全部/ }).first().click()
        await page.getByText(text).first().waitFor()
      }
      await page.goto(`${county.url}/people`)
      await page.getByRole('link', { name: '示例甲' }).click()
      await page.getByRole('tab', { name: '时间轴' }).click()
      await page.getByText('走访（历史）').first().waitFor()
    },
    { failed: 'history-failed', provokes: /status of 400/ },
  )
})

test('it reads on a phone and on a wide screen, in English too; who may not import has no such screen', async () => {
  await openAs(
    browser,
    county,
    agency,
    '/history-import',
    async (page) => {
      await panel(page).getByLabel('来源').fill('旧系统')
      await put(page, '坏.jsonl', 'nonsense\nnothing\n')
      await press(panel(page), '试导入')
      await panel(page).getByText('这一行不是一个完整的 JSON').first().waitFor()
      expect.soft(await page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
      await look(page, 'history-phone')
    },
    { failed: 'history-phone-failed', screen: 'phone' },
  )
  await openAs(
    browser,
    county,
    agency,
    '/history-import',
    async (page) => {
      await press(page, 'English')
      await page.getByRole('heading', { name: 'History import' }).waitFor()
      await look(page, 'history-wide-english')
    },
    { failed: 'history-wide-failed', screen: 'wide' },
  )
  const officer = await county.signIn('officer', { name: '王建国' })
  await openAs(
    browser,
    county,
    officer,
    '/',
    async (page) => {
      expect(await page.getByText('历史数据导入').count()).toBe(0)
      await page.goto(`${county.url}/history-import`)
      await page.getByText('不在您的权限范围内').waitFor()
    },
    { failed: 'history-officer-failed' },
  )
})
