import { tasks } from '@zhijiao/contract/tasks'
import { sql } from 'kysely'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture } from '../support/browser.ts'
import { choose, dialog, openAs, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { handsOf } from '../support/hands.ts'
import { askLeave, dayIn } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let agency: Somebody
let city: Somebody
let person: string

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  ;({ officer, head, staff: agency } = await handsOf(county))
  city = await county.signIn('city', { name: '梁科长' })
  person = await plantPerson(county.house, { officer: officer.id, name: '李合成' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const ask = (from: number, days: number, why: string) => askLeave(county, officer, person, { from, days, why })

/** What D10 holds of each level, as drafted so far. */
async function opinionsIn(leave: string) {
  const { rows } = await sql<{ given: Record<string, string> }>`
    select given from document where subject_id = ${leave} and template = 'D10'`.execute(county.house.databases.system)
  const given = rows[0]?.given ?? {}
  return { office: given.司法所意见, county: given.县级意见, city: given.上级意见 }
}

/** Opens the list as somebody, unfolds the newest leave and lets him look and act. */
async function desk(who: Somebody, name: string, act: (page: Page) => Promise<void>) {
  const { page, context, troubles } = await pageOf(browser, county.url, who.cookie, 'wide')
  try {
    await page.goto(`${county.url}/leaves`)
    await page.getByText('李合成').first().waitFor({ timeout: 60_000 })
    await page.locator('.ant-table-row-expand-icon').first().click()
    await page.getByText('办理过程').or(page.getByLabel('办理过程')).first().waitFor()
    await act(page)
    await picture(page, `story-leave-${name}`)
    expect.soft(troubles, name).toEqual([])
  } finally {
    await context.close()
  }
}

/** Fills the opinion of the dialog that a button of the first row opens. */
async function say(page: Page, button: string, label: string, words: string) {
  await page.getByRole('button', { name: button, exact: true }).first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel(label, { exact: true }).fill(words)
  await dialog.getByRole('button', { name: '提交', exact: true }).click()
  await dialog.waitFor({ state: 'hidden', timeout: 30_000 })
}
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor({ timeout: 30_000 })

test('S1.6 S1.7 S2.7 a leave of 7 + 7 + 20 days asked in parts: office, county, city, each with the reason, the article and its papers', {
  timeout: 240_000,
}, async () => {
  // Measured from the first word to the last signature.
  const began = Date.now()
  let steps = 0

  // Seven days: the office.
  const first = await ask(5, 7, '术后复查')
  steps++
  expect(first).toMatchObject({ competent: 'office', competence: { joinedDays: 7 } })
  await desk(head, '1-office', async (page) => {
    await sees(page, '应由司法所审批，共 7 天（连续 7 天）')
    await sees(page, /未超过 7 日/)
    await sees(page, /第二十七条/)
    await say(page, '审批', '意见', '复诊预约单属实')
    steps++
    await sees(page, '覃所长')
  })
  expect(await opinionsIn(first.id)).toEqual({ office: '批准：复诊预约单属实', county: undefined, city: undefined })

  // Seven more that follow at once: fourteen in a row are the county's, whatever the office is asked.
  const second = await ask(12, 7, '继续治疗')
  steps++
  expect(second).toMatchObject({ competent: 'county', competence: { days: 7, joinedDays: 14 } })
  await desk(head, '2-office', async (page) => {
    await sees(page, '应由县级审批，共 7 天（连续 14 天）')
    await sees(page, /超过 7 日，由县级批准/)
    // What the office would be refused is not offered to it.
    expect(await page.getByRole('button', { name: '审批', exact: true }).count()).toBe(0)
    await say(page, '填写意见', '意见', '治疗需要，建议批准')
    steps++
  })
  await desk(agency, '2-county', async (page) => {
    await sees(page, '治疗需要，建议批准')
    await say(page, '审批', '意见', '同意，保持通讯畅通')
    steps++
  })
  expect(await opinionsIn(second.id)).toEqual({
    office: '治疗需要，建议批准',
    county: '批准：同意，保持通讯畅通',
    city: undefined,
  })

  // Twenty more after a week at home: 34 within two months are the city's.
  const third = await ask(26, 20, '住院手术')
  steps++
  expect(third).toMatchObject({ competent: 'city', competence: { joinedDays: 20, tellProcuratorate: true } })
  expect(third.competence.window.days).toBe(34)
  expect(third.competence.reasons[0]).toMatchObject({ rule: 'LVE-06', actual: 34, threshold: 30 })
  await desk(head, '3-office', async (page) => {
    await sees(page, '应由市级审批，共 20 天（连续 20 天）')
    await sees(page, /累计 34 日，超过 30 日/)
    await say(page, '填写意见', '意见', '手术通知属实')
    steps++
  })
  await desk(agency, '3-county', async (page) => {
    await say(page, '填写意见', '意见', '拟同意，报市级审批')
    steps++
  })
  await desk(city, '3-city', async (page) => {
    await sees(page, '拟同意，报市级审批')
    await say(page, '审批', '意见', '同意外出住院手术')
    steps++
  })
  expect(await opinionsIn(third.id)).toEqual({
    office: '手术通知属实',
    county: '拟同意，报市级审批',
    city: '批准：同意外出住院手术',
  })
  const told = await agency.call(tasks.list, { query: { kind: 'leave.tellProcuratorate' } })
  expect(told.items.map((t) => t.subject)).toContain(third.id)

  // The officer finds the papers under each leave, and the whole way.
  await desk(officer, '4-papers', async (page) => {
    await sees(page, /外出审批表/)
    await sees(page, /事项审批告知书/)
    await sees(page, '梁科长')
    await sees(page, '通报检察院')
  })
  // S1.6: three leaves through three levels in nine acts of a hand; the machine takes no longer than a coffee.
  expect(steps).toBe(9)
  expect(Date.now() - began).toBeLessThan(10 * 60_000)
})

test('the application asks by what he travels, and shows it with the leave; a phone holds the form', async () => {
  const own = await plantPerson(county.house, { officer: officer.id, name: '黄合成' })
  await visitAs(browser, county, officer, `/people/${own}?tab=leave`, 'story-leave-travel', async (page) => {
    await page.getByRole('button', { name: '登记请假' }).click()
    const form = dialog(page)
    for (const [label, day] of [
      ['起', 5],
      ['止', 7],
    ] as const)
      await form.getByLabel(label, { exact: true }).fill(dayIn(county, day).replaceAll('-', ''))
    await form.getByLabel('目的地', { exact: true }).fill('南宁市第一人民医院')
    await form.getByLabel('目的地区划代码（6 位）').fill('450103')
    for (const by of ['公共汽车、长途客车', '火车（含高铁、动车）']) await choose(page, form.getByLabel('交通工具'), by)
    await page.keyboard.press('Escape')
    await choose(page, form.getByLabel('事由'), '就医')
    await form.getByLabel('具体理由').fill('术后复查')
    await form.getByLabel('联系人姓名').fill('韦合成')
    await form.getByLabel('联系人电话').fill('13800000009')
    await form.getByLabel('与本人关系').fill('姐姐')
    await form.locator('input[type=file]').setInputFiles({
      name: '复诊预约单.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
    })
    await form.getByText(/复诊预约单/).waitFor()
    await picture(page, 'story-leave-travel-form')
    await form.getByRole('button', { name: '提交' }).click()
    await form.waitFor({ state: 'hidden' })
    await page.locator('.ant-table-row-expand-icon').first().click()
    await page.getByText('交通工具：公共汽车、长途客车、火车（含高铁、动车）').waitFor()
    await page.getByText('韦合成（姐姐），13800000009').waitFor()
    await page.getByRole('button', { name: /复诊预约单/ }).waitFor()
  })
  await openAs(
    browser,
    county,
    officer,
    `/people/${own}?tab=leave`,
    async (page) => {
      await page.getByRole('button', { name: '登记请假' }).click()
      await dialog(page).getByLabel('交通工具').waitFor()
      await picture(page, 'story-leave-travel-phone')
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      expect.soft(await accessibilityOf(page)).toEqual([])
    },
    { screen: 'phone', failed: 'story-leave-phone-failed' },
  )
})

test('a living area is drawn for one person on the fence’s own form', async () => {
  await openAs(
    browser,
    county,
    agency,
    '/fences/new',
    async (page) => {
      await choose(page, page.getByLabel('类型'), '活动范围')
      await page.getByRole('checkbox', { name: '仅为个人划定' }).check()
      await page.getByText('不并入本县的活动范围').waitFor()
      await page.getByText('不并入本县的活动范围').scrollIntoViewIfNeeded()
      await picture(page, 'story-fence-personal')
      expect.soft(await accessibilityOf(page)).toEqual([])
    },
    { failed: 'story-fence-failed' },
  )
})
