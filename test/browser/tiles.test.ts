import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, pageOf, picture } from '../support/browser.ts'
import { type County, startCounty } from '../support/county.ts'
import { flatPng, oneTile } from '../support/pmtiles.ts'

let browser: Browser
let folder: string
const green = flatPng([96, 160, 96])

beforeAll(async () => {
  browser = await openBrowser()
  folder = mkdtempSync(join(tmpdir(), 'zhijiao-tiles-'))
})
afterAll(async () => {
  await browser?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Opens the map of an installation with these tiles; answers what the browser would not do. */
async function openMap(county: County, name: string, drawn: (page: Page) => Promise<unknown>): Promise<string[]> {
  const officer = await county.signIn('officer', { name: '韦所员' })
  const { page, context, troubles } = await pageOf(browser, county.url, officer.cookie)
  try {
    const seen = drawn(page)
    await page.goto(`${county.url}/map`)
    await page.locator('canvas').first().waitFor()
    await seen
    await page.waitForTimeout(1500)
    await picture(page, name)
    return troubles
  } finally {
    await context.close()
  }
}

test('a PMTiles file is a base map without any other server: fetched in ranges, drawn under the people', async () => {
  const file = join(folder, 'county.pmtiles')
  writeFileSync(file, oneTile(green))
  const county = await startCounty({ env: { ZJ_TILES: file } })
  try {
    const whole = await fetch(`${county.url}/tiles.pmtiles`, { headers: { range: 'bytes=0-6' } })
    expect(whole.status).toBe(206)
    expect(await whole.text()).toBe('PMTiles')
    const troubles = await openMap(county, 'map-pmtiles', (page) =>
      page.waitForResponse((r) => r.url().endsWith('/tiles.pmtiles') && r.status() === 206, { timeout: 60_000 }),
    )
    expect(troubles).toEqual([])
  } finally {
    await county.stop()
  }
})

test('tiles of another server in GCJ-02: the page may fetch from there and nowhere else, and positions are shifted for them', async () => {
  const asked: string[] = []
  const peer = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(200, { 'content-type': 'image/png', 'access-control-allow-origin': '*' })
    response.end(green)
  })
  await new Promise<void>((done) => peer.listen(0, '127.0.0.1', done))
  const origin = `http://127.0.0.1:${(peer.address() as AddressInfo).port}`
  const county = await startCounty({ env: { ZJ_TILES: `${origin}/{z}/{x}/{y}.png`, ZJ_TILES_DATUM: 'GCJ02' } })
  try {
    const { headers } = await fetch(county.url)
    expect(headers.get('content-security-policy')).toMatch(new RegExp(`connect-src 'self' ${origin}`))
    const facts = (await (await fetch(`${county.url}/api/facts`)).json()) as { tiles?: { datum?: string } }
    expect(facts.tiles?.datum).toBe('GCJ02')
    const troubles = await openMap(county, 'map-gcj', (page) =>
      page.waitForResponse((r) => r.url().startsWith(origin) && r.status() === 200, { timeout: 60_000 }),
    )
    expect(asked.every((url) => /^\/\d+\/\d+\/\d+\.png$/.test(url))).toBe(true)
    expect(asked.length).toBeGreaterThan(0)
    expect(troubles).toEqual([])
  } finally {
    await county.stop()
    peer.close()
  }
})
