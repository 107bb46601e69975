import { openEndings } from '@zhijiao/server/ending/index'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { handsOf } from '../support/hands.ts'
import { plantSupervised } from '../support/matters.ts'

let county: County
let browser: Browser
let hands: Awaited<ReturnType<typeof handsOf>>

const at = (days: number) =>
  new Date(county.house.chance.now() + days * 86_400_000 + 28_800_000).toISOString().slice(0, 10)

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  hands = await handsOf(county)
  const officer = hands.officer.id
  await plantSupervised(county, { officer, name: '黄期满', termEnd: at(-3) })
  await plantSupervised(county, { officer, name: '蓝羁押', termEnd: at(-1), state: 'detained' })
  await plantSupervised(county, { officer, name: '农临近', termEnd: at(6) })
  await openEndings(county.house)
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

test('S3.31 END-02 whoever has a caseload sees first whose term is over, and finds them all from there', async () => {
  for (const who of ['officer', 'head', 'staff'] as const) {
    const somebody: Somebody = hands[who]
    await openAs(
      browser,
      county,
      somebody,
      '/',
      async (page) => {
        const over = page.locator('a.zj-figure-act', { hasText: '期满未解除' })
        await over.getByText('2', { exact: true }).waitFor()
        await page.getByText('已过 3 天').waitFor()
        await page.getByText('被羁押').first().waitFor()
        await page.getByText('剩 6 天').waitFor()
        if (who === 'officer') await look(page, 'release-home')
        await over.click()
        await page.getByText('显示全部对象').waitFor()
        await page.getByText('黄期满').first().waitFor()
        await page.getByText('蓝羁押').first().waitFor()
        expect(await page.getByText('农临近').count()).toBe(0)
        if (who === 'staff') await look(page, 'release-over')
      },
      { failed: 'release-failed' },
    )
  }
}, 240_000)

test('S3.31 END-02 on a phone the overdue stand first as well', async () => {
  await openAs(
    browser,
    county,
    hands.officer,
    '/',
    async (page) => {
      await page.getByText('已过 3 天').waitFor()
      await look(page, 'release-phone')
    },
    { screen: 'phone', failed: 'release-phone-failed' },
  )
}, 120_000)
