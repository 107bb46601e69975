import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { visitAs } from '../support/console.ts'
import { type County, places, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let browser: Browser
let county: County
beforeAll(async () => {
  browser = await openBrowser()
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  const plant = async (org: string, state: string) => {
    const id = await plantPerson(county.house, { org, name: '莫某某' })
    await sql`update person set state = ${state} where id = ${id}`.execute(county.house.databases.system)
  }
  for (const state of ['inCorrection', 'inCorrection', 'released', 'terminated', 'transferred', 'awaiting'])
    await plant(places.office, state)
  for (const state of ['missing', 'detained', 'released']) await plant(places.otherOffice, state)
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** The table as it is read: of each unit its figures by the head of their column. */
async function figures(page: Page): Promise<Record<string, Record<string, number>>> {
  const table = page.locator('.ant-table').first()
  // Heads of one column come first in the markup, those under a group after them: as the cells do.
  const heads = (await table.locator('th').allInnerTexts()).filter((head) => !head.startsWith('按'))
  const rows = await table.locator('tbody tr.ant-table-row').all()
  return Object.fromEntries(
    await Promise.all(
      rows.map(async (row) => {
        const [unit = '', ...cells] = await row.locator('td').allInnerTexts()
        return [unit.trim(), Object.fromEntries(cells.map((cell, i) => [heads[i + 1], Number(cell)]))]
      }),
    ),
  )
}
const states = ['待报到', '在矫', '脱管', '被羁押', '已解除', '已终止', '已转出'] as const

test('S0.3 received, released and on register stand in the table by unit, and the states add up to the files', async () => {
  const head = await county.signIn('countyHead')
  await visitAs(browser, county, head, '/counts', 'counts-desk', async (page) => {
    await page
      .getByRole('button', { name: '查看 城东司法所 的下级' })
      .or(page.getByText('城东司法所'))
      .first()
      .waitFor()
    const read = await figures(page)
    expect(read.示例一县).toMatchObject({ 档案总数: 9, 累计接收: 8, 在册: 4, 已解除: 2, 已终止: 1, 已转出: 1 })
    expect(read.城东司法所).toMatchObject({ 档案总数: 6, 累计接收: 5, 在册: 2, 在矫: 2, 已解除: 1 })
    expect(read.城西司法所).toMatchObject({ 档案总数: 3, 累计接收: 3, 在册: 2, 脱管: 1, 被羁押: 1, 已解除: 1 })
    for (const [unit, row] of Object.entries(read))
      expect(
        states.reduce((n, state) => n + (row[state] ?? 0), 0),
        unit,
      ).toBe(row.档案总数)
    for (const column of ['档案总数', '累计接收', '在册', ...states])
      expect((read.城东司法所?.[column] ?? 0) + (read.城西司法所?.[column] ?? 0), column).toBe(read.示例一县?.[column])
    expect(await page.locator('main').innerText()).not.toContain('莫某某')
  })
})
