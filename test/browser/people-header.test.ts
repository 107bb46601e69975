import { people } from '@zhijiao/contract/people'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { choose, dialog, look, openAs, press, pressFirst } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员' })
  head = await county.signIn('officeHead', { name: '莫所长' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const edit = (page: Page) =>
  page
    .getByRole('button', { name: /^修\s?改$/ })
    .first()
    .click()
const of = (personId: string) => ({ params: { personId } })

test('S0.47 what a colleague saves under an open form is compared, never written over, and no mask becomes an address', async () => {
  const person = await plantPerson(county.house, { officer: officer.id, name: '廖互看' })
  const opened = await head.call(people.get, of(person))
  await openAs(
    browser,
    county,
    officer,
    `/people/${person}`,
    async (page) => {
      // News is heard by who is on the line when it comes.
      await page.getByText('实时', { exact: true }).waitFor()
      await edit(page)
      await dialog(page).getByLabel('罪名').fill('危险驾驶罪')
      await head.call(people.change, {
        ...of(person),
        body: { revision: opened.revision, residence: '示例一县城西镇 5 号', decisionOrganKind: '01' },
      })
      // The file behind the form has read the news already.
      await page.locator('.zj-facts').getByText('示例一县城西镇****').waitFor()
      await press(dialog(page), /^保\s?存$/)
      const both = dialog(page).getByRole('region', { name: '两个版本' })
      await both.getByText(/已被 莫所长 于/).waitFor()
      await look(page, 'people-header-clash')
      const taken = (label: string) => both.getByRole('radio', { name: label }).isChecked()
      expect(await taken('罪名 您填写的')).toBe(true)
      expect(await taken('现居住地 对方已保存的')).toBe(true)
      expect(await taken('决定机关类别 对方已保存的')).toBe(true)
      // Whoever takes his own all the same holds a mask of what does not stand any more.
      await both.getByRole('radio', { name: '现居住地 您填写的' }).check()
      await press(both, '按所选继续编辑')
      await press(dialog(page), /^保\s?存$/)
      await dialog(page).getByText('这是隐去后的内容，请写全').waitFor()
      await look(page, 'people-header-masked')
      await dialog(page).getByLabel('现居住地').fill('示例一县城东街道 2 号')
      await press(dialog(page), /^保\s?存$/)
      await dialog(page).waitFor({ state: 'hidden' })
    },
    { failed: 'people-header-failed', provokes: /status of 4(00|09)/ },
  )
  expect(await head.call(people.get, of(person))).toMatchObject({ crime: '危险驾驶罪', decisionOrganKind: '01' })
  const plain = await head.call(people.reveal, { ...of(person), body: { reason: '核对居住地' } })
  expect(plain.residence).toBe('示例一县城东街道 2 号')
})

test('S0.47 what is emptied in the header is emptied; a double click saves once and leaves identity and phone alone', async () => {
  const person = await plantPerson(county.house, { officer: officer.id, name: '廖清空' })
  const { revision } = await head.call(people.get, of(person))
  await head.call(people.change, {
    ...of(person),
    body: {
      revision,
      documentNumber: '（2026）示例刑初 1 号',
      decidedOn: '2026-01-02',
      decisionOrganKind: '01',
      phone: '13900001111',
    },
  })
  await openAs(
    browser,
    county,
    officer,
    `/people/${person}`,
    async (page) => {
      let sent = 0
      await page.route(`**/api/people/${person}`, async (route) => {
        if (route.request().method() === 'PUT') {
          sent += 1
          await new Promise((done) => setTimeout(done, 400))
        }
        await route.continue()
      })
      await edit(page)
      const form = dialog(page)
      await form.getByLabel('文书号').fill('')
      await form.getByLabel('决定日期').fill('')
      const organ = form.locator('.ant-form-item').filter({ hasText: '决定机关类别' })
      await organ.hover()
      await organ.locator('.ant-select-clear').click()
      await form.getByRole('button', { name: /^保\s?存$/ }).dblclick()
      await form.waitFor({ state: 'hidden' })
      expect(sent).toBe(1)
      await pressFirst(page, /^修\s?改$/)
      expect(await dialog(page).getByLabel('文书号').inputValue()).toBe('')
    },
    { failed: 'people-header-emptied-failed' },
  )
  expect(await head.call(people.get, of(person))).toMatchObject({
    documentNumber: '',
    decidedOn: null,
    decisionOrganKind: null,
    phone: '139****1111',
    residence: '示例****',
  })
})

test('S0.47 an officer given meanwhile by a colleague stands beside the one chosen here; one of both is taken', async () => {
  const person = await plantPerson(county.house, { officer: officer.id, name: '廖分派' })
  const [mine, theirs] = [
    await county.signIn('officer', { name: '覃甲员' }),
    await county.signIn('officer', { name: '覃乙员' }),
  ]
  const clerk = await county.signIn('county', { name: '农科员' })
  const { revision } = await head.call(people.get, of(person))
  await openAs(
    browser,
    county,
    head,
    `/people/${person}`,
    async (page) => {
      await press(page, '分派责任人')
      await choose(page, dialog(page).getByRole('combobox', { name: '责任人' }), '覃甲员')
      await clerk.call(people.assign, { ...of(person), body: { officer: theirs.id, revision } })
      await press(dialog(page), /^提\s?交$/)
      const both = dialog(page).getByRole('region', { name: '两个版本' })
      await both.getByText(/已被 农科员 于/).waitFor()
      await both.getByText('覃甲员').waitFor()
      await both.getByText('覃乙员').waitFor()
      expect(await both.getByRole('radio', { name: /您填写的/ }).isChecked()).toBe(true)
      await look(page, 'people-assign-clash')
      await press(both, '按所选继续编辑')
      await press(dialog(page), /^提\s?交$/)
      await dialog(page).waitFor({ state: 'hidden' })
    },
    { failed: 'people-assign-failed', provokes: /status of 409/ },
  )
  expect((await head.call(people.get, of(person))).officer).toMatchObject({ id: mine.id })
})
