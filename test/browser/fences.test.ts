import { type FenceChange, fences } from '@zhijiao/contract/fences'
import { legalDay } from '@zhijiao/geo/day'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs, press, said } from '../support/console.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { circle } from '../support/watched.ts'

let browser: Browser
let county: County
let mine: Somebody
let other: Somebody
beforeAll(async () => {
  browser = await openBrowser()
  county = await startCounty()
  mine = await county.signIn('county', { name: '赵科员' })
  other = await county.signIn('county', { name: '钱科员' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const drawn = {
  name: '河边街区',
  kind: 'forbidden',
  area: circle(0, 0, 300),
  datum: 'WGS84',
  basis: '禁止令',
} as const
const fence = () => mine.call(fences.create, { body: { ...drawn, org: places.county } })
const change = (id: string, over: Partial<FenceChange>) =>
  other.call(fences.change, { params: { id }, body: { ...drawn, revision: 1, ...over } })
const see = (id: string) => mine.call(fences.get, { params: { id } })
const side = (page: Page) => page.getByRole('region', { name: '两个版本' })

test('P25 what somebody else saves of a fence costs no drawing: both versions side by side, each field chosen, then saved', async () => {
  const { id } = await fence()
  await openAs(
    browser,
    county,
    mine,
    `/fences/${id}`,
    async (page) => {
      await page.getByLabel('半径（米）').fill('450')
      await page.getByLabel('名称').fill('河边街区（东）')
      await page.getByLabel('名称').blur()
      await change(id, { name: '河边街区（西）', basis: '禁止令（2026）1 号', area: circle(200, 0, 250) })
      await press(page, '保存')
      await side(page).waitFor()
      await look(page, 'fence-clash')
      // Mine is offered where I changed something, the other's word where I did not.
      for (const field of ['轮廓', '名称'])
        expect(await page.getByRole('radio', { name: `${field} 您填写的` }).isChecked(), field).toBe(true)
      expect(await page.getByRole('radio', { name: '依据 对方已保存的' }).isChecked()).toBe(true)
      await page.getByRole('radio', { name: '名称 对方已保存的' }).check()
      await press(page, '按所选继续编辑')
      expect(await page.getByLabel('名称').inputValue()).toBe('河边街区（西）')
      await press(page, '保存')
      await said(page, '围栏已保存')
    },
    { failed: 'fence-clash-failed', provokes: /status of 409/ },
  )
  const kept = await see(id)
  expect(kept).toMatchObject({ name: '河边街区（西）', basis: '禁止令（2026）1 号', revision: 3 })
  expect(kept.area).toMatchObject({ kind: 'circle', radiusM: 450, coordinates: circle(0, 0, 1).coordinates })
})

test('P25 the other outline can be taken; an untouched fence simply shows what stands, and stays there after saving', async () => {
  const { id } = await fence()
  await openAs(
    browser,
    county,
    mine,
    `/fences/${id}`,
    async (page) => {
      await change(id, { name: '河边街区（二）' })
      // By the live line, without a touch.
      await expect.poll(() => page.getByLabel('名称').inputValue()).toBe('河边街区（二）')
      await page.getByLabel('半径（米）').fill('500')
      await page.getByLabel('半径（米）').blur()
      await change(id, { revision: 2, name: '河边街区（二）', area: circle(0, 0, 120) })
      await press(page, '保存')
      await side(page).waitFor()
      await page.getByRole('radio', { name: '轮廓 对方已保存的' }).check()
      await press(page, '按所选继续编辑')
      expect(await page.getByLabel('半径（米）').inputValue()).toMatch(/^120/)
      await page.getByLabel('半径（米）').fill('140')
      await page.getByLabel('半径（米）').blur()
      await press(page, '保存')
      await said(page, '围栏已保存')
      // Saved once more without a reload: one's own change is no other's.
      await page.getByLabel('名称').fill('河边街区（三）')
      await press(page, '保存')
      await expect.poll(async () => (await see(id)).name).toBe('河边街区（三）')
      expect(await side(page).isVisible()).toBe(false)
    },
    { failed: 'fence-taken-failed', provokes: /status of 409/ },
  )
  expect((await see(id)).area).toMatchObject({ kind: 'circle', radiusM: 140 })
})

test('P25 a fence that one may not change is shown without a form, with who may', async () => {
  const { chance } = county.house
  const today = legalDay(chance.now())
  const head = await county.signIn('officeHead')
  const { id } = await head.call(fences.create, { body: { ...drawn, name: '两所共用围栏', org: places.office } })
  const persons = [
    await plantPerson(county.house, { org: places.office }),
    await plantPerson(county.house, { org: places.otherOffice }),
  ]
  await mine.call(fences.assign, { params: { id }, body: { persons, from: today, basis: '禁止令' } })
  const readOnly = async (page: Page, why: RegExp) => {
    await page.getByText('只供查看').waitFor()
    await page.getByText(why).waitFor()
    for (const name of ['保存', '停用', '重画'])
      expect(await page.getByRole('button', { name: new RegExp(`^${name}$`) }).count(), name).toBe(0)
    expect(await page.getByRole('definition').filter({ hasText: '禁止令' }).isVisible()).toBe(true)
  }
  const failed = 'fence-read-only-failed'
  // Drawn by this office; the person of another one keeps it from changing it, never from binding its own.
  await openAs(
    browser,
    county,
    head,
    `/fences/${id}`,
    async (page) => {
      await readOnly(page, /只能由管辖其全部对象的上级单位更改/)
      await look(page, 'fence-read-only')
      await page.getByRole('tab', { name: '绑定人员' }).click()
      await page.getByRole('button', { name: /^绑\s*定$/ }).waitFor()
    },
    { failed },
  )
  const neighbour = await county.signIn('officeHead', { of: places.otherOffice })
  await openAs(
    browser,
    county,
    neighbour,
    `/fences/${id}`,
    async (page) => {
      await readOnly(page, /围栏由.+划定，由该单位更改/)
      await page.getByRole('tab', { name: '绑定人员' }).click()
      await page.getByRole('columnheader', { name: '依据' }).waitFor()
      expect(await page.getByRole('button', { name: /^绑\s*定$/ }).count()).toBe(0)
    },
    { failed },
  )
  const officer = await county.signIn('officer', { name: '吴专管' })
  const own = await mine.call(fences.create, { body: { ...drawn, name: '县里的场所', org: places.county } })
  await openAs(
    browser,
    county,
    officer,
    `/fences/${own.id}`,
    async (page) => {
      await readOnly(page, /须有“绘制围栏”权限/)
      await look(page, 'fence-read-only-phone')
      // Nor is he given an empty board by its address.
      await page.goto(`${county.url}/fences/new`)
      await page.locator('.zj-empty').waitFor()
      expect(await page.getByRole('button', { name: '重画' }).count()).toBe(0)
    },
    { failed, screen: 'phone' },
  )
})
