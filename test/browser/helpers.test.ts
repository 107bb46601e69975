import { files } from '@zhijiao/contract/files'
import { tasks } from '@zhijiao/contract/tasks'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture, screens } from '../support/browser.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { begin, see } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let village: Somebody

beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '王警官' })
  village = await county.signIn('villageCommittee', { of: places.office, name: '黄主任' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const days = { desk: 5, wide: 4, phone: 3 } as const

test.each(['desk', 'wide', 'phone'] as const)(
  'S1.22 a village committee confirms an invitation and puts a photo to it: %s',
  async (size) => {
    const person = await plantPerson(county.house, { officer: officer.id, name: '韦某' })
    // Each meeting is before the last, so that its invitation stands first.
    const at = new Date(county.house.chance.now() + days[size] * 86_400_000).toISOString()
    const fixed = await begin(officer, 'announcement', person, { at, where: '城东司法所宣告室', host: '张所长' })
    const { page, context, troubles } = await pageOf(browser, county.url, village.cookie, size)
    try {
      await page.goto(county.url)
      await page
        .getByText(/参加入矫宣告：韦某/)
        .first()
        .waitFor()
      await picture(page, `helpers-home-${size}`)
      await page.goto(`${county.url}/tasks`)
      const confirm = page.getByRole('button', { name: '确认收到' })
      await confirm.waitFor()
      // What the meeting is about is said once.
      expect(await page.getByText('参加入矫宣告(村居委)', { exact: true }).count()).toBe(0)
      await page
        .getByRole('button', { name: size === 'phone' ? '详情' : /展开/ })
        .first()
        .click()
      await page.getByText('到场照片、书面材料').first().waitFor()
      await picture(page, `helpers-invited-${size}`)
      await page
        .locator('input[type=file]')
        .first()
        .setInputFiles({
          name: '到场.jpg',
          mimeType: 'image/jpeg',
          buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
        })
      await page.getByText('到场.jpg').first().waitFor()
      await picture(page, `helpers-attached-${size}`)
      expect.soft(await accessibilityOf(page)).toEqual([])
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
      expect.soft(over, `${screens[size].width} runs out of the screen`).toBeLessThanOrEqual(0)
      if (size === 'phone') await page.keyboard.press('Escape')
      await confirm.first().click()
      await page.getByText('已确认收到').first().waitFor()
      await confirm.waitFor({ state: 'detached' })
      await picture(page, `helpers-confirmed-${size}`)
      expect(troubles).toEqual([])
    } finally {
      await context.close()
    }
    const { hints } = await see(officer, fixed.id)
    expect(hints.map((h) => h.said.zh)).toContain('村（居）委会已在平台确认收到通知')
    const attached = await officer.call(files.list, { query: { subject: fixed.id } })
    expect(attached.map((f) => [f.name, f.uploadedBy?.name])).toEqual([['到场.jpg', '黄主任']])
    // The next size finds no other to confirm.
    const { items } = await village.call(tasks.list, { query: { view: 'todo' } })
    expect(items.every((t) => t.state === 'claimed')).toBe(true)
  },
)
