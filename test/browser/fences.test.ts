import { type FenceChange, fences } from '@zhijiao/contract/fences'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs, press, said } from '../support/console.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
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
