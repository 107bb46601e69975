import { hashPassword } from '@zhijiao/server/core/auth/password'
import { codeAt } from '@zhijiao/server/core/auth/second-factor'
import type { Browser, Page, WebSocketRoute } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, pageOf } from '../support/browser.ts'
import { look, press } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { onDuty, plantAlarm } from '../support/episode.ts'
import { plantPerson } from '../support/person.ts'

let browser: Browser
let county: County
beforeAll(async () => {
  browser = await openBrowser()
  county = await startCounty()
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const lock = (page: Page) => page.getByRole('dialog', { name: '登录已失效，请重新登录' })

/** The live line of a page, through a hand that can break it. */
async function lineOf(page: Page) {
  const hand: { cut: boolean; opened: number; line: WebSocketRoute | null } = { cut: false, opened: 0, line: null }
  await page.routeWebSocket(/\/api\/live/, (line) => {
    if (hand.cut) {
      void line.close({ code: 1011 })
      return
    }
    hand.opened += 1
    hand.line = line
    line.connectToServer()
  })
  return hand
}

test('S0.19 a desk that went idle rings again after its line broke, and says so while it cannot', async () => {
  const officer = await county.signIn('officer', { name: '韦值班' })
  await onDuty(county, officer.id)
  const alarm = async () =>
    plantAlarm(county, await plantPerson(county.house, { officer: officer.id, name: '覃某某' }), { level: 1 })
  const { page, context } = await pageOf(browser, county.url, officer.cookie)
  page.setDefaultTimeout(30_000)
  await page.addInitScript(() => {
    const tones = window as unknown as { tones: number }
    tones.tones = 0
    const make = AudioContext.prototype.createOscillator
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      tones.tones += 1
      return make.call(this)
    }
  })
  const tones = () => page.evaluate(() => (window as unknown as { tones: number }).tones)
  const line = await lineOf(page)
  try {
    await page.goto(county.url)
    await page.locator('h1').waitFor()
    await page.locator('h1').click()
    await expect.poll(() => line.opened).toBe(1)
    county.pass(16 * 60_000)
    // The first alarm after that is what the tab learns it by: what it asks for is refused.
    await alarm()
    await lock(page).waitFor()

    line.cut = true
    await line.line?.close({ code: 1011 })
    await lock(page).getByText('新报警不会在此响铃').waitFor()
    await look(page, 'session-deaf')
    line.cut = false
    await lock(page).getByText('新报警不会在此响铃').waitFor({ state: 'hidden' })
    const before = await tones()
    await alarm()
    await lock(page).getByText('退出期间新增 1 条报警').waitFor()
    expect(await tones()).toBeGreaterThan(before)
    expect(await page.locator('main').isVisible()).toBe(false)
    expect(await lock(page).innerText()).not.toContain('覃某某')
    await look(page, 'session-idle-ringing')
  } finally {
    await context.close()
  }
})

test('two tabs of one browser keep each other signed in, and one sign-in serves both', async () => {
  const officer = await county.signIn('officer', { name: '韦两页' })
  const { password, code } = await withPassword(officer)
  const { page: first, context } = await pageOf(browser, county.url, officer.cookie)
  try {
    await context.clock.install()
    const second = await context.newPage()
    const line = await lineOf(first)
    for (const page of [first, second]) {
      page.setDefaultTimeout(30_000)
      await page.goto(county.url)
      await page.locator('h1').waitFor()
    }
    const warning = (page: Page) => page.getByRole('dialog').filter({ hasText: '即将自动退出' })

    await context.clock.fastForward('13:30')
    await warning(first).waitFor()
    await second.bringToFront()
    await second.keyboard.press('Shift')
    await warning(first).waitFor({ state: 'hidden' })
    await context.clock.fastForward('08:00')
    await second.keyboard.press('Shift')
    await context.clock.fastForward('08:00')
    await second.waitForTimeout(1500)
    for (const page of [first, second]) expect(await lock(page).isVisible()).toBe(false)

    await context.clock.fastForward('16:00')
    for (const page of [first, second]) await lock(page).waitFor()
    const opened = line.opened
    await lock(second).getByLabel('密码', { exact: true }).fill(password)
    await press(lock(second), '登录')
    await lock(second).getByLabel('动态验证码').fill(code())
    await press(lock(second), '登录')
    for (const page of [first, second]) await lock(page).waitFor({ state: 'hidden' })
    await expect.poll(() => line.opened).toBeGreaterThan(opened)

    // The server ends the line of a session that another tab replaced: the tab asks, and goes on with the new one.
    const again = line.opened
    await line.line?.close({ code: 4401 })
    await expect.poll(() => line.opened).toBeGreaterThan(again)
    expect(await lock(first).isVisible()).toBe(false)
    // Signed out in one tab is signed out in both.
    await county.house.databases.system.deleteFrom('session').where('staff_id', '=', officer.id).execute()
    await line.line?.close({ code: 4401 })
    await lock(first).waitFor()
  } finally {
    await context.close()
  }
})

/** A password and an authenticator for somebody. */
async function withPassword({ id }: Somebody) {
  const password = 'Liuzhou-Shui-63'
  const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
  await county.house.databases.system
    .updateTable('staff')
    .set({ password_hash: await hashPassword(password), totp_secret: county.house.vault.seal('totp', secret) })
    .where('id', '=', id)
    .execute()
  return { password, code: () => codeAt(secret, county.house.chance.now()) }
}
