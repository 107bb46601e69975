import { type Role, roleNames } from '@zhijiao/law/roles'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, pageOf, picture } from '../support/browser.ts'
import { type County, startCounty } from '../support/county.ts'

let county: County
let browser: Browser

beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** Whole menus of those who have little: nothing of the county's slips in. */
const whole: Partial<Record<Role, readonly string[]>> = {
  partnerOrgan: ['/', '/entrustments'],
  volunteer: ['/', '/tasks'],
  villageCommittee: ['/', '/tasks'],
  communityPolice: ['/', '/tasks'],
  auditAdmin: ['/', '/recoveries', '/audits'],
}
/** What must be there, and what must not: each was wrong once. */
const has: Partial<Record<Role, readonly string[]>> = {
  officer: [
    '/tasks',
    '/alarms',
    '/roster',
    '/matters',
    '/rooms/care',
    '/people',
    '/map',
    '/leaves',
    '/fences',
    '/devices',
  ],
  county: ['/downloads', '/history-import', '/devices/unknown', '/staff', '/exit-bans', '/documents', '/activations'],
  bureauHead: ['/activations', '/people', '/matters', '/recoveries'],
  city: ['/matters', '/rooms/permits', '/rooms/conduct', '/leaves', '/look', '/counts'],
  province: ['/rooms/permits', '/kinds', '/law', '/documents', '/look', '/counts'],
  procurator: ['/alarms', '/people', '/exit-bans', '/matters', '/counts'],
  socialWorker: ['/tasks', '/matters', '/people'],
  systemAdmin: ['/outages', '/staff', '/settings/system', '/health', '/cells'],
  securityAdmin: ['/staff', '/recoveries', '/law', '/settings/security'],
}
const hasNot: Partial<Record<Role, readonly string[]>> = {
  city: ['/roster', '/exit-bans', '/rooms/intake', '/rooms/care', '/rooms/ending', '/people'],
  province: ['/roster', '/exit-bans', '/rooms/intake', '/people'],
  socialWorker: ['/roster', '/outages', '/map', '/alarms'],
  bureauHead: ['/roster', '/alarms', '/map'],
  systemAdmin: ['/people', '/matters', '/tasks'],
}

/** What of a screen stands there without a word: the whole of it, a list with neither a row nor a sentence, something still loading. */
async function saysNothing(page: Page): Promise<string[]> {
  return page.locator('#content').evaluate((content) => {
    const empty: string[] = []
    const heading = content.querySelector('h1')?.textContent ?? ''
    const said = (content.textContent ?? '').replace(heading, '').trim()
    if (said.length < 4 && !content.querySelector('canvas, svg, img, input')) empty.push('the screen')
    for (const list of content.querySelectorAll('.ant-table-tbody, .ant-list'))
      if ((list.textContent ?? '').trim() === '') empty.push('a list')
    if (content.querySelector('.ant-spin-spinning, .ant-skeleton-active')) empty.push('still loading')
    return empty
  })
}

test.each(roleNames)('every entry of the menu opens without refusal: %s', async (role) => {
  const who = await county.signIn(role)
  const { page, context, troubles } = await pageOf(browser, county.url, who.cookie)
  page.setDefaultTimeout(60_000)
  const refused: string[] = []
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url())
    if (pathname.startsWith('/api/') && answer.status() >= 400)
      refused.push(`${new URL(page.url()).pathname}: ${answer.status()} ${pathname}`)
  })
  try {
    await page.goto(county.url)
    await page.locator('h1').waitFor()
    const entries = page.locator('nav[aria-label="主菜单"] li.ant-menu-item')
    await entries.first().waitFor()
    const paths: string[] = []
    for (let at = 0; at < (await entries.count()); at++) {
      // A real click: an entry that lies under something is as good as missing.
      await entries.nth(at).click()
      // What the screen asks the server has been answered before the next one is opened.
      await page.waitForLoadState('networkidle')
      await page.locator('#content h1').waitFor()
      const { pathname } = new URL(page.url())
      paths.push(pathname)
      expect.soft(await page.getByText('不在您的权限范围内').count(), `${role} ${pathname}`).toBe(0)
      await expect.poll(() => saysNothing(page), { message: `${role} ${pathname}`, timeout: 15_000 }).toEqual([])
    }
    expect(new Set(paths).size).toBe(paths.length)
    if (whole[role]) expect(paths).toEqual(whole[role])
    expect(paths).toEqual(expect.arrayContaining([...(has[role] ?? [])]))
    for (const path of hasNot[role] ?? []) expect.soft(paths, role).not.toContain(path)
    expect(refused).toEqual([])
    expect(troubles).toEqual([])
  } catch (error) {
    await picture(page, `menu-${role}-failed`)
    throw error
  } finally {
    await context.close()
  }
})
