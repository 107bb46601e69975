import { people } from '@zhijiao/contract/people'
import { lawDesk } from '@zhijiao/contract/settings'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, pageOf, picture } from '../support/browser.ts'
import { dialog, look, openAs, press, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let drafter: Somebody
let publisher: Somebody
let head: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  drafter = await county.signIn('province', { name: '韦处' })
  publisher = await county.signIn('province', { name: '蒙处' })
  head = await county.signIn('officeHead', { name: '覃所长' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

test('a province drafts four levels, another publishes them, and a form that lies open offers the four', async () => {
  const person = await plantPerson(county.house, { name: '周某' })
  await visitAs(browser, county, drafter, '/law', 'levels-draft', async (page) => {
    await page.getByRole('button', { name: '起草修订' }).click()
    const form = dialog(page)
    await form.getByLabel('生效日期').fill(legalDayOf(county.house.chance.now()).replaceAll('-', ''))
    await form.getByLabel('依据文件').fill('省分类管理办法')
    const chosen = form.getByLabel('修改的参数')
    for (const id of ['SET-34', 'SET-25']) {
      await chosen.fill(id)
      await chosen.press('Enter')
    }
    await chosen.press('Escape')
    await form.getByLabel('管理级别（由宽到严）').fill('1=宽管/Lenient,2=普管/Ordinary,3=严管/Strict,4=重点/Key')
    // Before it is sent it reads what it would mean, the level that got no period of its own included.
    await form.getByText('1 宽管、2 普管、3 严管、4 重点', { exact: true }).waitFor()
    await form
      .getByText('宽管每 1 个月、普管每 2 周、严管每 1 周、重点每 1 周（未写，同严管）', { exact: true })
      .waitFor()
    await look(page, 'levels-draft-open')
    await press(form, '提交')
    await form.waitFor({ state: 'hidden' })
  })
  const { items } = await publisher.call(lawDesk.revisions, { query: { state: 'draft' } })
  const id = items[0]?.id ?? ''
  const { page, context } = await pageOf(browser, county.url, head.cookie)
  try {
    // Its live line comes up only after the publication: what changed while the page was still being read is told too.
    let published: () => void = () => undefined
    const publication = new Promise<void>((done) => {
      published = done
    })
    await page.routeWebSocket(/\/api\/live/, async (line) => {
      await publication
      line.connectToServer()
    })
    await page.goto(`${county.url}/matters/level/new?person=${person}`)
    await page.getByRole('radio', { name: '严格' }).waitFor()
    expect(await page.getByRole('radio', { name: '重点' }).count()).toBe(0)
    await publisher.call(lawDesk.publish, { params: { id } })
    published()
    await page.getByRole('radio', { name: '重点' }).waitFor()
    expect(await page.getByRole('radio', { name: '严格' }).count()).toBe(0)
    await look(page, 'levels-form')
  } finally {
    await picture(page, 'levels-form-last')
    await context.close()
  }
  const clerk = await county.signIn('county', { name: '莫科员' })
  await openAs(
    browser,
    county,
    clerk,
    '/people/new',
    async (own) => {
      await own.getByLabel('管理级别').click()
      for (const name of ['宽管', '普管', '严管', '重点']) await own.getByTitle(name, { exact: true }).last().waitFor()
    },
    { failed: 'levels-new' },
  )
  // The file, its groups and the figures say the same, on a phone too.
  await head.call(people.addPart, {
    params: { personId: person },
    body: { part: 'levels', data: { level: '4', from: '2026-11-01', reason: '再犯风险上升' } },
  })
  await visitAs(browser, county, head, `/people/${person}`, 'levels-file', async (own) => {
    await own.getByText('普管').first().waitFor()
    await own.getByText('重点').first().waitFor()
  })
  await visitAs(browser, county, clerk, '/people', 'levels-list', async (own) => {
    await own.getByRole('cell', { name: '普管', exact: true }).first().waitFor()
  })
  await visitAs(browser, county, publisher, '/law', 'levels-set', async (own) => {
    await own.getByRole('tab', { name: '地方参数' }).click()
    await own.getByText('1 宽管、2 普管、3 严管、4 重点', { exact: true }).waitFor()
  })
  await visitAs(
    browser,
    county,
    publisher,
    '/counts',
    'levels-counts',
    async (own) => {
      await own.getByRole('columnheader', { name: '普管' }).waitFor()
    },
    { screen: 'phone' },
  )
})
