import { leaves } from '@zhijiao/contract/permits'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { dialog, look, press, visitAs } from '../support/console.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { askLeave } from '../support/leaves.ts'
import { act, begin } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let agency: Somebody
const named = ['minors', 'sealed']

beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员', designations: named })
  head = await county.signIn('officeHead', { name: '张所长', designations: named })
  agency = await county.signIn('county', { name: '赵科员', designations: named })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})
// Who is there in the other county each test says for itself.
beforeEach(() =>
  sql`update staff set active = false where starts_with(org_code, ${places.otherCounty})`.execute(
    county.house.databases.system,
  ),
)

const today = () => legalDayOf(county.house.chance.now())
const minor = () => plantPerson(county.house, { officer: officer.id, minor: true, name: '吴合成' })
const there = (designations: readonly string[] = []) =>
  county.signIn('county', { of: places.otherCounty, name: '二县陆科员', designations })
const fits = async (page: Page) =>
  expect.soft(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)

test('S1.9 MIN-02 a minor moves: whoever sends reads who there may have it, and who may not reads no name', {
  timeout: 240_000,
}, async () => {
  const person = await minor()
  for (const screen of ['desk', 'phone'] as const)
    await visitAs(
      browser,
      county,
      officer,
      `/matters/relocation/new?person=${person}`,
      `apart-register-${screen}`,
      async (page) => {
        await page.getByLabel('新执行地', { exact: true }).fill(places.otherCounty)
        await press(page, '核对')
        await page.getByText(/还没有指定专人.*改以函件方式办理/).waitFor()
        await fits(page)
      },
      { screen },
    )
  const other = await there()
  const asked = await begin(officer, 'relocation', person, {
    receivedOn: today(),
    moveOn: plusDays(today(), 45),
    why: '随父母迁居',
    address: '示例二县新城镇幸福路6号',
    county: places.otherCounty,
  })
  const passed = await act(head, asked, 'support', { opinion: '情况属实' })
  const sent = await act(agency, passed, 'send', { opinion: '拟同意' })
  await visitAs(browser, county, agency, `/matters/relocation/${sent.id}`, 'apart-waiting', async (page) => {
    await page.getByText(/请先联系对方指定专人/).waitFor()
  })
  for (const screen of ['desk', 'phone'] as const)
    await visitAs(
      browser,
      county,
      other,
      '/tasks',
      `apart-duty-${screen}`,
      async (page) => {
        await page
          .getByText(/须由专人办理的社区矫正对象：执行地变更/)
          .first()
          .waitFor()
        expect(await page.getByText(/吴合成/).count()).toBe(0)
        await fits(page)
      },
      { screen },
    )
  const hand = await there(named)
  await visitAs(browser, county, hand, `/matters/relocation/${sent.id}`, 'apart-named', async (page) => {
    await page
      .getByText(/吴合成/)
      .first()
      .waitFor()
    await page.getByText(/各司法所还没有指定专人/).waitFor()
  })
})

test('S1.7 MIN-02 help for a minor is not sent where nobody could read it: the field says so, and a letter is recorded', {
  timeout: 240_000,
}, async () => {
  await there()
  const person = await minor()
  const leave = await askLeave(county, officer, person, { from: 0, days: 5 })
  await head.call(leaves.decide, {
    params: { id: leave.id },
    body: { verdict: 'approved', note: '同意', revision: leave.revision },
  })
  await visitAs(
    browser,
    county,
    officer,
    `/people/${person}?tab=leave`,
    'apart-help',
    async (page) => {
      await page.locator('.ant-table-row-expand-icon').first().click()
      await press(page, '请目的地协助')
      await dialog(page).getByLabel('目的地县（市、区）').fill(places.otherCounty)
      await dialog(page).getByLabel('请求协助的事项').fill('请到学校查访一次')
      // The dialog grows by the name of the unit; a click before it has would be lost.
      await dialog(page).getByText('示例二县').waitFor()
      await look(page, 'apart-help-asked')
      await press(dialog(page), /^提\s?交$/)
      await dialog(page)
        .getByText(/在平台内委托无人能看到/)
        .first()
        .waitFor()
      await look(page, 'apart-help-refused')
      await dialog(page).getByText('不在本平台，发函').click()
      await dialog(page).getByLabel('机构名称').fill('示例二县社区矫正机构')
      await press(dialog(page), /^提\s?交$/)
      await page
        .getByText(/示例二县社区矫正机构/)
        .first()
        .waitFor()
    },
    { provokes: /409/ },
  )
})
