import { SIGNATURE_HEADERS, sign } from '@zhijiao/wire/app/signature'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, seenLive, startGround, trackOf, until, type Worn } from '../acceptance/devices.support.ts'
import { openBrowser } from '../support/browser.ts'
import { visitAs } from '../support/console.ts'

let ground: Ground
let browser: Browser
beforeAll(async () => {
  ground = await startGround()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await ground?.county.stop()
})

const minute = 60_000

/** Positions that a phone took so many minutes ago, in the order it took them. */
async function send(worn: Worn, taken: readonly { ago: number; mock?: boolean; lat?: number }[]): Promise<void> {
  const now = ground.county.house.chance.now()
  const fixes = taken.map(({ ago, mock = false, lat = 24.3 }, i) => ({
    ...{ seq: i + 1, t: now - ago * minute, elapsedRealtime: 9_000_000 - ago * minute },
    ...{ lat, lon: 109.4, crs: 'WGS84', acc: 12, provider: 'gps', mock },
  }))
  const frame = { install: worn.identity, bootId: 'b', wallClockAtSend: now, elapsedRealtimeAtSend: 9_000_000 }
  const body = Buffer.from(JSON.stringify({ ...frame, fixes, events: [] }))
  const time = String(now)
  await fetch(`http://127.0.0.1:${ground.ports().http}/app/fixes`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      [SIGNATURE_HEADERS.install]: worn.identity,
      [SIGNATURE_HEADERS.time]: time,
      [SIGNATURE_HEADERS.signature]: sign(Buffer.from(worn.secret), { install: worn.identity, time, body }),
    },
  })
  const day = new Date(now + 8 * 3_600_000).toISOString().slice(0, 10)
  await until('kept', async () => (await trackOf(ground.clerk, worn.person, day)).fixes.length === taken.length)
}

test('S2.25 the day names its gaps one by one: since when, how long, and what came in them that fills none', async () => {
  const worn = await ground.wear({ protocol: 'app', name: '谭缺' })
  // Believed from an hour and a half ago on, simulated for most of an hour, believed again.
  const ago = (from: number, until: number, more: { mock?: boolean; lat?: number } = {}) =>
    Array.from({ length: (from - until) / 5 + 1 }, (_, i) => ({ ago: from - i * 5, ...more }))
  await send(worn, [...ago(100, 80), ...ago(75, 25, { mock: true, lat: 24.3004 }), ...ago(20, 0)])
  for (const screen of ['desk', 'wide', 'phone'] as const)
    await visitAs(
      browser,
      ground.county,
      ground.officer,
      `/people/${worn.person}?tab=track`,
      `track-gaps-${screen}`,
      async (page) => {
        const gaps = page.getByRole('list', { name: '缺失时段' }).getByRole('listitem')
        await gaps.first().waitFor()
        const told = await gaps.filter({ hasText: '其间有模拟位置，不作定位' }).allTextContents()
        await page.getByText('未采信 11 个').waitFor()
        expect(told.join()).toMatch(/\d\d:\d\d:\d\d 至 \d\d:\d\d:\d\d（.+）：缺失/)
        if (screen === 'desk') {
          await page.getByText('表格', { exact: true }).click()
          await page.getByText('模拟位置').first().waitFor()
          await page.getByText('地图', { exact: true }).last().click()
          await gaps.first().waitFor()
        }
      },
      { screen },
    )
})

test('S3.6 where somebody with a band stayed is told place by place, and a click takes the replay there', async () => {
  const worn = await ground.wear({ protocol: 'app', name: '谭停' })
  const at = (from: number, until: number, lat: number) =>
    Array.from({ length: (from - until) / 5 + 1 }, (_, i) => ({ ago: from - i * 5, lat }))
  await send(worn, [...at(120, 100, 24.3), ...at(95, 85, 24.32), ...at(80, 50, 24.3), ...at(20, 0, 24.3)])
  for (const screen of ['desk', 'wide', 'phone'] as const)
    await visitAs(
      browser,
      ground.county,
      ground.officer,
      `/people/${worn.person}?tab=track`,
      `track-stays-${screen}`,
      async (page) => {
        const list = page.getByRole('list', { name: '停留点（5 分钟以上）' })
        await list.waitFor()
        expect(await list.locator(':scope > li').allTextContents()).toEqual([
          expect.stringMatching(/^1 号地点：2 次，共 .+其中 30 分钟无定位点/),
          expect.stringMatching(/^2 号地点：10 分钟/),
        ])
        await list.getByRole('button').last().click()
        await page.getByText('24.32000, 109.40000').waitFor()
      },
      { screen },
    )
  // Of a phone that is checked once an hour nothing is said of what lies between.
  const checked = await ground.wear({ kind: 'phone', protocol: 'app', name: '谭查' })
  await send(checked, [{ ago: 120 }, { ago: 60 }, { ago: 0 }])
  const day = new Date(ground.county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  expect((await trackOf(ground.clerk, checked.person, day)).places).toEqual([])
})

test('S2.25 the map says in words that the newest position is simulated: beside the mark, in the list, on the card and in the file', async () => {
  const name = `谭拟${String.fromCharCode(0x4e00 + Math.floor(Math.random() * 5_000))}`
  const worn = await ground.wear({ protocol: 'app', name })
  await send(worn, [{ ago: 2 }, { ago: 1, mock: true, lat: 24.31 }])
  const { officer, county } = ground
  await until('shown', async () => (await seenLive(officer, worn.person)).items[0]?.mock === true)
  for (const screen of ['desk', 'wide', 'phone'] as const)
    await visitAs(
      browser,
      county,
      officer,
      '/map',
      `map-mock-${screen}`,
      async (page) => {
        const row = page.getByRole('complementary', { name: '列表' }).getByRole('listitem').filter({ hasText: name })
        await row.getByText('模拟位置', { exact: true }).waitFor()
        await row.getByRole('button').click()
        await page.getByText('手机自报为模拟位置，不作为本人所在地，也不用于判断').waitFor()
      },
      { screen },
    )
  await visitAs(browser, county, officer, `/people/${worn.person}`, 'file-mock', async (page) => {
    await page.getByRole('banner').or(page.locator('header.zj-panel')).getByText('模拟位置', { exact: true }).waitFor()
  })
})
