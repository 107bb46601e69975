import { matters } from '@zhijiao/contract/matters'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture, type screens } from '../support/browser.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { act, begin, see } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let clerk: Somebody
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员' })
  head = await county.signIn('officeHead', { name: '张所长' })
  clerk = await county.signIn('county', { name: '赵科员' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const today = () => legalDayOf(county.house.chance.now())

async function at(
  who: Somebody,
  path: string,
  does: (page: Page) => Promise<void>,
  screen: keyof typeof screens = 'desk',
): Promise<void> {
  const { page, context, troubles } = await pageOf(browser, county.url, who.cookie, screen)
  page.setDefaultTimeout(60_000)
  try {
    await page.goto(`${county.url}${path}`)
    await page.locator('h1').waitFor()
    await does(page)
    expect.soft(troubles, path).toEqual([])
  } catch (error) {
    await picture(page, 'moves-failed')
    throw error
  } finally {
    await context.close()
  }
}
async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600)
  await picture(page, `moves-${name}`)
  expect.soft(await accessibilityOf(page), name).toEqual([])
  expect.soft(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true)
}

test('S1.9 by letter: the form asks for the agency instead of the unit, and the answer is entered from the letter', async () => {
  const person = await plantPerson(county.house, { officer: officer.id, name: '函合成' })
  const path = `/matters/relocation/new?person=${person}`
  for (const screen of ['desk', 'phone'] as const)
    await at(
      officer,
      path,
      async (page) => {
        await page.getByText('新执行地', { exact: true }).waitFor()
        expect(await page.getByLabel('新执行地社区矫正机构').count()).toBe(0)
        await page.getByRole('radiogroup', { name: '以函件方式办理' }).getByText('是', { exact: true }).click()
        await page.getByLabel('新执行地社区矫正机构').fill('示例省示例八市示例四县社区矫正管理局')
        await page.getByLabel('通信地址和联系电话').fill('示例八市示例四县河堤路9号')
        expect(await page.getByText('新执行地', { exact: true }).count()).toBe(0)
        await page.getByLabel('新执行地社区矫正机构').scrollIntoViewIfNeeded()
        await look(page, `register-${screen}`)
      },
      screen,
    )
  const asked = await begin(officer, 'relocation', person, {
    receivedOn: today(),
    moveOn: plusDays(today(), 45),
    why: '随子女迁居',
    address: '示例八市示例四县河堤路9号',
    byLetter: true,
    agency: '示例省示例八市示例四县社区矫正管理局',
  })
  const passed = await act(head, asked, 'support', { opinion: '情况属实' })
  const sent = await act(clerk, passed, 'send', { opinion: '拟同意' })
  for (const screen of ['desk', 'wide', 'phone'] as const)
    await at(
      clerk,
      `/matters/relocation/${sent.id}`,
      async (page) => {
        await page.getByLabel('来函文号').waitFor()
        await look(page, `letter-${screen}`)
        await page.getByLabel('来函文号').scrollIntoViewIfNeeded()
        await look(page, `letter-form-${screen}`)
      },
      screen,
    )
})

test('S1.9 the new county finds the reception it owes on its desk', async () => {
  const person = await plantPerson(county.house, { officer: null, name: '迁合成', org: places.office })
  // As the move leaves it: begun by the program, in the hands of the head of the office.
  const { id } = await begin(head, 'movedIn', person, { reportedOn: today(), from: '示例二县' })
  await at(head, `/matters/movedIn/${id}`, async (page) => {
    await page.getByText('明确责任人').first().waitFor()
    await look(page, 'received-desk')
  })
  await act(head, await see(head, id), 'assign', { officer: officer.id })
  await at(
    officer,
    `/matters/movedIn/${id}`,
    async (page) => {
      await page.getByText('转入后尚未办理：矫正小组').waitFor()
      await look(page, 'joining-phone')
    },
    'phone',
  )
  await at(officer, '/tasks', async (page) => {
    await page.getByText('迁合成：转入接收·矫正小组、责任书与宣告').first().waitFor()
    await look(page, 'tasks')
  })
})

test('P36 the list of exit bans: the overdue first, counted from the reception', async () => {
  const fresh = await plantPerson(county.house, { officer: officer.id, name: '新合成' })
  await sql`insert into person_part (id, person_id, org_code, part, data, added_at) values
    (${county.house.chance.id()}, ${fresh}, ${places.office}, 'correction', ${JSON.stringify({ receivedOn: today() })}, now())`.execute(
    county.house.databases.system,
  )
  for (const screen of ['desk', 'phone'] as const)
    await at(
      clerk,
      '/exit-bans',
      async (page) => {
        await page.getByText('登记接收日期').first().waitFor()
        await page
          .getByText(/新合成/)
          .first()
          .waitFor()
        await look(page, `exit-bans-${screen}`)
      },
      screen,
    )
})

test('INJ-01 an injunction is registered with its places, and each letter is there to be served', async () => {
  const person = await plantPerson(county.house, { officer: officer.id, name: '禁合成' })
  for (const screen of ['desk', 'phone'] as const)
    await at(
      officer,
      `/matters/injunction/new?person=${person}`,
      async (page) => {
        await page.getByLabel('禁止令内容').fill('禁止进入网吧、酒吧等营业性娱乐场所')
        await look(page, `injunction-${screen}`)
      },
      screen,
    )
  const asked = await begin(officer, 'injunction', person, {
    kind: '01',
    content: '禁止进入网吧、酒吧等营业性娱乐场所',
    court: '示例区人民法院',
    number: '（2026）示刑初12号',
    from: '2026-01-01',
    until: '2026-12-31',
    watch: '每周抽查一次行踪',
    places: [{ name: '蓝天网吧' }],
  })
  await at(clerk, `/matters/injunction/${asked.id}`, async (page) => {
    await page.getByText('建议在“电子围栏”中为本人设置禁入围栏', { exact: false }).waitFor()
    await look(page, 'injunction-county')
  })
  await act(clerk, asked, 'confirm', { contact: '韦所员，0772-0000002' })
  const { items } = await officer.call(matters.list, { query: { person, kind: 'injunctionLetter' } })
  await at(officer, `/matters/injunctionLetter/${items[0]?.id}`, async (page) => {
    await page.getByText('禁止令协助执行函').first().waitFor()
    await look(page, 'injunction-letter')
  })
})
