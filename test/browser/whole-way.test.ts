import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fences } from '@zhijiao/contract/fences'
import { roster } from '@zhijiao/contract/roster'
import { localFrame } from '@zhijiao/geo/distance'
import { authenticate, position, register } from '@zhijiao/wire/jt808/device'
import { unzipSync, zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAfter, type Ground, Line, startGround, until, type Worn } from '../acceptance/devices.support.ts'
import { openBrowser, pageOf, picture } from '../support/browser.ts'
import type { Somebody } from '../support/county.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
const home = { lat: 24.3262, lon: 109.4281 }
/** A small real photograph's bytes: a 1×1 JPEG is still a photograph to whoever sniffs it. */
const photo = Buffer.from(
  '/9j/4AAQSkZJRgABAQEASABIAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAACf/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AVN//2Q==',
  'base64',
)

let g: Ground
let browser: Browser
let officer: Somebody
let head: Somebody
let county: Somebody
let worn: Worn
let line: Line
let serial = 10

beforeAll(async () => {
  g = await startGround()
  browser = await openBrowser()
  officer = await g.county.signIn('officer', { name: '韦所员' })
  head = await g.county.signIn('officeHead', { name: '覃所长' })
  county = await g.county.signIn('countyHead', { name: '莫局长' })
  worn = await g.wear({ officer: officer.id, name: '李合成' })
  const now = g.county.house.chance.now()
  await head.call(roster.set, {
    body: {
      shifts: [
        {
          org: '459001001',
          staff: officer.id,
          place: 'duty',
          from: new Date(now - 3_600_000).toISOString(),
          until: new Date(now + 12 * 3_600_000).toISOString(),
        },
      ],
    },
  })
  const fence = await g.clerk.call(fences.create, {
    body: {
      org: '459001',
      name: '示例一县',
      kind: 'livingArea',
      area: { kind: 'circle', coordinates: [home.lon, home.lat], radiusM: 2000 },
      datum: 'WGS84',
      basis: '居住地',
      accepts: ['noResidences'],
    },
  })
  await g.clerk.call(fences.assign, {
    params: { id: fence.id },
    body: { persons: [worn.person], from: dayAfter(now, 0), basis: '实施办法 26' },
  })
  line = await Line.open(g.ports().jt808)
  const from = { device: worn.identity.padStart(12, '0'), is2019: false, serial: 1 }
  line.send(register(from, { province: 45, county: 9001, maker: 'TWIN', model: 'B1', terminal: '1', plate: '' }))
  await until('registered', () => line.told.some((t) => t.id === 0x8100))
  line.send(authenticate({ ...from, serial: 2 }, worn.secret))
  await until('authenticated', () => line.answered.some((a) => a.serial === 2))
})
afterAll(async () => {
  line?.end()
  await browser?.close()
  await g?.county.stop()
})

/** The band reports from so many metres east of home, `everyS` seconds after its last report. */
async function report(eastM: number, everyS: number): Promise<void> {
  g.county.pass(everyS * 1000)
  const time = Math.floor(g.county.house.chance.now() / 1000) * 1000
  const mine = ++serial
  line.send(
    position(
      { device: worn.identity.padStart(12, '0'), is2019: false, serial: mine },
      {
        ...localFrame(home).toPlace({ x: eastM, y: 0 }),
        time,
        positioned: true,
        speedKmh: 4,
        course: 90,
        altitudeM: 90,
      },
    ),
  )
  await until('the band is answered', () => line.answered.some((a) => a.serial === mine))
}

/** Counts the tones a page makes. */
async function listenFor(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const start = OscillatorNode.prototype.start
    ;(window as Window & { tones?: number }).tones = 0
    OscillatorNode.prototype.start = function (...args) {
      const heard = window as Window & { tones?: number }
      heard.tones = (heard.tones ?? 0) + 1
      return start.apply(this, args)
    }
  })
  return () => page.evaluate(() => (window as Window & { tones?: number }).tones ?? 0)
}

test('S0.13 S0.17 S0.19 S0.21 S0.22 S0.23 S2.45 Z5 from a frame across the boundary to an evidence pack that verifies', async () => {
  const desk = await pageOf(browser, g.county.url, officer.cookie)
  const tones = await listenFor(desk.page)
  await desk.page.goto(`${g.county.url}/alarms`)
  await desk.page.getByText('当前无未处置报警').waitFor()
  await desk.page.mouse.click(700, 20)
  await picture(desk.page, 'desk-1366-empty')

  for (const _ of [1, 2, 3, 4]) await report(0, 60)
  await report(3000, 30)
  for (const east of [3100, 3200, 3300]) await report(east, 30)
  g.county.pass(61_000)
  await report(3400, 5)

  // Heard and seen on the console without a touch of it.
  const row = desk.page.getByText('李合成').first()
  await row.waitFor({ timeout: 15_000 })
  await until('the console sounds', async () => (await tones()) > 0)
  await picture(desk.page, 'desk-1366-alarm')
  await row.click()
  await desk.page
    .getByText(/可能离开示例一县/)
    .first()
    .waitFor()
  await desk.page.getByRole('button', { name: '确认收到' }).click()
  await desk.page.getByRole('button', { name: '认领处置' }).click()
  await desk.page.getByText('处置中').first().waitFor()
  await desk.page.getByRole('button', { name: '记录电话' }).click()
  const call = desk.page.getByRole('dialog')
  await call.getByLabel('通话内容').fill('本人称在县医院看病，要求其立即返回并补交证明')
  await call.getByRole('button', { name: '提交', exact: true }).click()
  await call.waitFor({ state: 'hidden' })
  await desk.page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: '现场照片.jpg', mimeType: 'image/jpeg', buffer: photo })
  await desk.page.getByText('现场照片.jpg').first().waitFor()
  await picture(desk.page, 'desk-1366-handling')

  await desk.page.getByRole('button', { name: '填写结案单' }).click()
  const form = desk.page.getByRole('dialog')
  await form.getByLabel('报警原因').press('ArrowDown')
  await form.getByLabel('报警原因').press('Enter')
  await form.getByLabel('查明情况').fill('经电话核实并查看门诊病历，本人确在邻县医院就诊，未事先请假。')
  await form.getByRole('button', { name: '提交审核' }).click()
  await form.waitFor({ state: 'hidden' })
  await desk.page.getByText('待审核').first().waitFor()
  expect(desk.troubles).toEqual([])
  await desk.context.close()

  // The officer cannot review himself; the head of the office does.
  const review = await pageOf(browser, g.county.url, head.cookie, 'wide')
  await review.page.goto(`${g.county.url}/alarms`)
  await review.page.getByText('待审核').first().click()
  await review.page.getByText('李合成').first().click()
  await review.page.getByRole('button', { name: '审核', exact: true }).click()
  const opinion = review.page.getByRole('dialog')
  await opinion.getByText('同意', { exact: true }).click()
  await opinion.getByRole('button', { name: '提交', exact: true }).click()
  await opinion.waitFor({ state: 'hidden' })
  await picture(review.page, 'desk-1920-reviewed')
  const address = new URL(review.page.url())
  expect(review.troubles).toEqual([])
  await review.context.close()

  const archive = await pageOf(browser, g.county.url, county.cookie)
  await archive.page.goto(address.href)
  await archive.page.getByRole('button', { name: '导出证据包' }).click()
  const why = archive.page.getByRole('dialog')
  await why.locator('textarea').fill('检察院调取本次报警材料')
  const [download] = await Promise.all([
    archive.page.waitForEvent('download'),
    why.getByRole('button', { name: '导出', exact: true }).click(),
  ])
  const folder = mkdtempSync(join(tmpdir(), 'zhijiao-pack-'))
  const pack = join(folder, download.suggestedFilename())
  await download.saveAs(pack)
  await archive.context.close()

  const heads = join(g.county.house.config.headsFolder, 'heads.jsonl')
  const verified = spawnSync(
    process.execPath,
    [join(root, 'server/bin/zhijiao.mjs'), 'verify', pack, '--head', heads],
    { encoding: 'utf8', cwd: root },
  )
  expect(verified.stdout).toContain('核验通过')
  expect(verified.status).toBe(0)

  const files = unzipSync(readFileSync(pack))
  const [name = ''] = Object.keys(files).filter((f) => f.startsWith('files/'))
  expect(name).toContain('现场照片')
  const forged = Buffer.from(files[name] ?? [])
  forged[30] = (forged[30] ?? 0) ^ 1
  const changed = join(folder, 'changed.zip')
  writeFileSync(changed, zipSync({ ...files, [name]: forged }))
  const refused = spawnSync(process.execPath, [join(root, 'server/bin/zhijiao.mjs'), 'verify', changed], {
    encoding: 'utf8',
    cwd: root,
  })
  expect(refused.status).toBe(1)
  expect(refused.stdout).toContain('现场照片')
})
