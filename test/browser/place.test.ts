import { matters } from '@zhijiao/contract/matters'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture, type screens } from '../support/browser.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let person: string
const home = { lat: 24.3262, lon: 109.4281 }

beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员' })
  person = await plantPerson(county.house, { officer: officer.id, name: '莫合成' })
  await county.house.databases.system
    .updateTable('person')
    .set({ residence_lat: home.lat, residence_lon: home.lon })
    .where('id', '=', person)
    .execute()
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

async function at(
  path: string,
  act: (page: Page, context: BrowserContext) => Promise<void>,
  screen: keyof typeof screens = 'desk',
): Promise<void> {
  const { page, context, troubles } = await pageOf(browser, county.url, officer.cookie, screen)
  page.setDefaultTimeout(60_000)
  try {
    await page.goto(`${county.url}${path}`)
    await page.locator('h1').waitFor()
    await act(page, context)
    expect.soft(troubles, path).toEqual([])
  } catch (error) {
    await picture(page, 'place-failed')
    throw error
  } finally {
    await context.close()
  }
}
async function look(page: Page, name: string): Promise<void> {
  await page.waitForTimeout(600)
  await picture(page, `place-${name}`)
  expect.soft(await accessibilityOf(page), name).toEqual([])
  expect.soft(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true)
}
const spot = (page: Page) => page.getByRole('group', { name: '位置', exact: true })
const press = (page: Page, name: string) => spot(page).getByRole('button', { name }).click()
const fill = async (page: Page) => {
  await page.getByLabel('走访时间').fill(`${legalDayOf(county.house.chance.now()).replaceAll('-', '')} 0001`)
  await page.getByLabel('走访地点').fill('家中')
  await page.getByLabel('见到的人').fill('本人')
  await page.getByLabel('走访情况').fill('情绪稳定。')
}
const saved = async () => {
  const { items } = await officer.call(matters.list, { query: { person, kind: 'visit', size: 1 } })
  const { register } = await officer.call(matters.get, { params: { id: items[0]?.id ?? '' } })
  return { id: items[0]?.id ?? '', spot: register.spot }
}

test('S0.40 a visit says where: measured on the spot, with its accuracy and datum, on a map that needs no tiles', async () => {
  await at(`/matters/visit/new?person=${person}`, async (page, context) => {
    await fill(page)
    // Not allowed to know: said with what to do, and nothing is blocked.
    await press(page, '使用当前位置')
    await spot(page).getByRole('alert').getByText('在地址栏左侧的权限设置中允许').waitFor()
    await context.grantPermissions(['geolocation'])
    await context.setGeolocation({ latitude: 24.331, longitude: 109.421, accuracy: 12 })
    await press(page, '使用当前位置')
    await spot(page).getByText('24.331000, 109.421000').waitFor()
    await spot(page).getByText('WGS-84').waitFor()
    await spot(page)
      .getByText(/误差约 12 米 · 现场定位/)
      .waitFor()
    await spot(page).locator('[data-map=ready]').waitFor()
    await spot(page).scrollIntoViewIfNeeded()
    await look(page, 'form')
    await page.getByRole('button', { name: '提交登记' }).click()
    await page.getByRole('heading', { level: 1, name: /莫合成/ }).waitFor()
    await page.getByText('24.331000, 109.421000').waitFor()
    await page.locator('[data-map=ready]').waitFor()
    await look(page, 'review')
  })
  expect((await saved()).spot).toMatchObject({ lat: 24.331, lon: 109.421, accuracyM: 12, source: 'phone' })
})

test('S0.40 picked on the map, typed from another map’s numbers, or the residence: each without the other', async () => {
  await at(`/matters/visit/new?person=${person}`, async (page) => {
    await fill(page)
    await press(page, '本人居住地')
    await spot(page).getByText('24.326200, 109.428100').waitFor()
    await spot(page).getByText('误差不详 · 居住地坐标').waitFor()
    // By keyboard alone, in the system of the map they were copied from.
    await spot(page).getByRole('button', { name: '地图选点或输入坐标' }).focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('坐标系').click()
    await page.locator('.ant-select-item-option').getByText('GCJ-02').click()
    await dialog.getByLabel('纬度').fill('24.327')
    await dialog.getByLabel('经度').fill('109.433')
    await dialog.getByLabel('经度').press('Enter')
    const status = dialog.getByRole('status')
    await status.getByText(/\(WGS-84\) · 误差不详 · 手工录入/).waitFor()
    // The shift of GCJ-02 was taken off: some hundred metres, not the numbers that were typed.
    expect(await status.innerText()).not.toContain('24.327000')
    await look(page, 'typed')
    const map = dialog.locator('[data-map=ready]')
    await map.waitFor()
    await map.click({ position: { x: 300, y: 140 } })
    await status.getByText(/地图选点/).waitFor()
    await look(page, 'picked')
    await dialog.getByRole('button', { name: '选定' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await spot(page).getByText('误差不详 · 地图选点').waitFor()
    await page.getByRole('button', { name: '提交登记' }).click()
    await page.getByRole('heading', { level: 1, name: /莫合成/ }).waitFor()
  })
  expect((await saved()).spot).toMatchObject({ source: 'map' })
})

test('S0.40 on a desktop without WebGL, on a wall and on a phone', async () => {
  const { id } = await saved()
  await at(`/matters/visit/new?person=${person}&map=canvas`, async (page) => {
    await press(page, '本人居住地')
    await spot(page).locator('[data-map=canvas]').waitFor()
    await press(page, '地图选点或输入坐标')
    const dialog = page.getByRole('dialog')
    await dialog.locator('[data-map=canvas]').click({ position: { x: 320, y: 150 } })
    await dialog
      .getByRole('status')
      .getByText(/地图选点/)
      .waitFor()
    await look(page, 'canvas')
  })
  for (const screen of ['wide', 'phone'] as const) {
    await at(
      `/matters/visit/new?person=${person}`,
      async (page) => {
        await press(page, '本人居住地')
        await spot(page).locator('[data-map=ready]').waitFor()
        await spot(page).scrollIntoViewIfNeeded()
        await look(page, `form-${screen}`)
        await press(page, '地图选点或输入坐标')
        await page.getByRole('dialog').locator('[data-map=ready]').waitFor()
        await look(page, `dialog-${screen}`)
      },
      screen,
    )
    await at(
      `/matters/visit/${id}`,
      async (page) => {
        await page.locator('[data-map=ready]').waitFor()
        await look(page, `review-${screen}`)
      },
      screen,
    )
  }
})
