import type { NewTask } from '@zhijiao/server/core/tasks'
import { sweepSome } from '@zhijiao/server/obligations/jobs'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture } from '../support/browser.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { openDuty } from '../support/duty.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let second: Somebody
let person: string

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '王警官' })
  second = await county.signIn('officer', { name: '李警官' })
  person = await plantPerson(county.house, { officer: officer.id, name: '周某' })
  const today = new Date(county.house.chance.now() + 28_800_000).toISOString().slice(0, 10)
  await sql`insert into person_part (id, person_id, org_code, part, data, added_at)
    values (${county.house.chance.id()}, ${person}, ${places.office}, 'correction', ${JSON.stringify({ receivedOn: today })}::jsonb, now()),
      (${county.house.chance.id()}, ${person}, ${places.office}, 'sentence', ${JSON.stringify({ court: '示例一县人民法院' })}::jsonb, now())`.execute(
    county.house.databases.system,
  )
  await sweepSome(county.house, '00000000-0000-0000-0000-000000000000', 100)
  const now = county.house.chance.now()
  await open('调查评估（普通程序）', { due: { rule: 'INV-01', from: today } })
  await open('调查评估（年末收到，放假安排未公布）', { due: { rule: 'INV-01', from: '2031-12-28' } })
  await open('送达回执', { due: { rule: 'DLV-03', from: today } })
  await open('走访核实', { dueAt: now + 2 * 3_600_000 })
  await open('谈话教育', { dueAt: now - 3_600_000, person: null })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const open = (zh: string, wish: Partial<NewTask>) =>
  openDuty(county, { person, title: { zh, en: zh }, owner: officer.id, ...wish })
async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(500)
  await picture(page, `workbench-${name}`)
  expect.soft(await accessibilityOf(page), name).toEqual([])
  const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth')
  expect.soft(wide, `${name} runs out of the screen`).toBeLessThanOrEqual(0)
}

test('S3.12 the workbench groups what is due, quotes the article, goes by keys and hands several on', async () => {
  const { page, context } = await pageOf(browser, county.url, officer.cookie)
  await page.goto(`${county.url}/`)
  await page.getByText('7 天内应履行的义务').waitFor()
  await look(page, 'home')
  await page.goto(`${county.url}/tasks`)
  await page.getByRole('button', { name: '全部 5', exact: true }).waitFor()
  await page.getByRole('link', { name: '走访核实' }).waitFor()
  await look(page, 'tasks')
  await page.getByRole('button', { name: '超期 1', exact: true }).click()
  await page.getByText('共 1 条').waitFor()
  await page.getByRole('button', { name: '暂停或未定期限 1', exact: true }).click()
  await page.getByRole('link', { name: '调查评估（年末收到，放假安排未公布）' }).waitFor()
  await page.getByText('期限待定').hover()
  await page.getByText('年放假调休安排尚未录入').first().waitFor()
  await page.getByRole('button', { name: '全部 5', exact: true }).click()
  await page.getByText('共 5 条').waitFor()
  await page
    .getByRole('button', { name: /社区矫正法实施办法第十四条/ })
    .first()
    .hover()
  await page.getByText('INV-01').first().waitFor()
  await page.mouse.move(5, 5)
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  expect(await page.locator('tr.zj-row-here').count()).toBe(1)
  await page.getByLabel('Select all').or(page.locator('.ant-table-thead .ant-checkbox-input')).first().check()
  await page.getByRole('button', { name: '批量转办' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('转给').click()
  await page.keyboard.type('李警官')
  await page.keyboard.press('Enter')
  await dialog.getByLabel('事由').fill('休假两周')
  await look(page, 'batch')
  await dialog.getByRole('button', { name: /转\s*办/ }).click()
  await page
    .getByText(/已转办 \d 件/)
    .first()
    .waitFor()
  await context.close()
  expect(second.id).toBeTruthy()
})

test('S3.12 the duties of a person stand in his file with their days and articles, on a phone too', async () => {
  for (const screen of ['desk', 'phone'] as const) {
    const { page, context } = await pageOf(browser, county.url, officer.cookie, screen)
    await page.goto(`${county.url}/people/${person}?tab=duties`)
    await page.getByRole('heading', { name: '义务与期限' }).waitFor()
    await page.getByText('常规报告').first().waitFor()
    await look(page, `duties-${screen}`)
    if (screen === 'phone') {
      await page.goto(`${county.url}/tasks`)
      await page.getByRole('button', { name: /全部/ }).first().waitFor()
      await look(page, 'tasks-phone')
      await page.goto(`${county.url}/`)
      await page.getByText('7 天内应履行的义务').waitFor()
      await look(page, 'home-phone')
      // One tap shows the article of what is due, on the strip of the file as in every list.
      await page.goto(`${county.url}/people/${person}`)
      await page.getByRole('region', { name: '应办事项' }).locator('.zj-cite-button').first().tap()
      await page.getByRole('tooltip').getByText('法定期限').waitFor()
      await page.waitForTimeout(600)
      expect(await page.getByRole('tooltip').getByText('法定期限').isVisible()).toBe(true)
    } else {
      await page.getByRole('button', { name: '登记履行' }).first().click()
      await page.getByRole('dialog').getByLabel('情况说明').fill('当面报告，无异常')
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /提\s*交/ })
        .click()
      await page.getByText('王警官 登记').waitFor()
    }
    await context.close()
  }
})
