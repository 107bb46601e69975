import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { fences } from '@zhijiao/contract/fences'
import { roster } from '@zhijiao/contract/roster'
import { MINUTE } from '@zhijiao/geo/day'
import { apartM } from '@zhijiao/geo/distance'
import { type Breach, trueTurn } from '@zhijiao/twin/breaches'
import { connectDevice, type Device } from '@zhijiao/twin/devices'
import { flawless } from '@zhijiao/twin/errors'
import { drawGeography } from '@zhijiao/twin/geography'
import { handsetOf, worldOf } from '@zhijiao/twin/handset'
import { turnOf, whereabouts } from '@zhijiao/twin/movement'
import { drawPeople, type Person } from '@zhijiao/twin/people'
import { staffOf } from '@zhijiao/twin/staff'
import { unzipSync, zipSync } from 'fflate'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { dayAfter, type Ground, startGround, still, until, type Worn } from '../acceptance/devices.support.ts'
import { openBrowser, pageOf, picture } from '../support/browser.ts'
import type { Somebody } from '../support/county.ts'

const root = fileURLToPath(new URL('../../', import.meta.url))
/** Radius of the area in which the person must stay, metres. */
const livingAreaM = 2000
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
let band: Device
let leaves: number

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
  const walker = somebodyAtHome(now)
  leaves = walker.breach.start
  const fence = await g.clerk.call(fences.create, {
    body: {
      org: '459001',
      name: '示例一县',
      kind: 'livingArea',
      area: { kind: 'circle', coordinates: [walker.person.home.lon, walker.person.home.lat], radiusM: livingAreaM },
      datum: 'WGS84',
      basis: '居住地',
      accepts: ['noResidences'],
    },
  })
  await g.clerk.call(fences.assign, {
    params: { id: fence.id },
    body: { persons: [worn.person], from: dayAfter(now, 0), basis: '实施办法 26' },
  })
  // A wristband of the twin's making under the terminal number that was registered here.
  const wearer: Person = {
    ...walker.person,
    band: {
      protocol: 'jt808-2013',
      identity: worn.identity.padStart(12, '0'),
      intervalS: 60,
      ground: 'leftWithoutApproval',
    },
  }
  band = connectDevice(
    handsetOf(worldOf(city, [walker.breach], [], flawless), wearer, 'band', now),
    { secret: worn.secret, memory: { seq: 0 } },
    { host: '127.0.0.1', ...g.ports() },
    () => g.county.house.chance.now(),
    { sent: 0, unsent: 0, orders: 0 },
  )
  // It is heard of before anybody looks: a term of this morning without a word would be an alarm of its own.
  let lived = 0
  await liveUntil('the band is on the line', () => lived++ > 1)
})
afterAll(async () => {
  band?.close()
  await browser?.close()
  await g?.county.stop()
})

const city = drawGeography(1)

/** Somebody of the twin's city who is at home now, and will walk out of his area in five minutes. */
function somebodyAtHome(now: number): { person: Person; breach: Breach } {
  const people = drawPeople(city, staffOf(city), { count: 200, bandShare: 1, on: dayAfter(now, 0) })
  for (const person of people) {
    const breach: Breach = { kind: 'boundaryOut', person: person.index, start: now + 5 * MINUTE, lasts: 60 * MINUTE }
    const turn = trueTurn(city, person, turnOf(person, now), [breach])
    const fromHome = (ts: number) => apartM(person.home, whereabouts(turn, ts))
    const stays = [0, 1, 2, 3, 4, 5].every((m) => fromHome(now + m * MINUTE) < 300)
    if (stays && fromHome(breach.start + 10 * MINUTE) > 2 * livingAreaM) return { person, breach }
  }
  throw new Error('nobody of the twin is at home')
}

/** The band lives on, the clock of the program with it, until something holds. */
async function liveUntil(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (let turns = 0; !(await holds()); turns++) {
    if (turns > 200) throw new Error(`never came about: ${what}`)
    g.county.pass(Math.max(0, Math.ceil(band.next - g.county.house.chance.now())))
    await band.turn()
    await still(20)
  }
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

  await liveUntil('the band reported from home', () => g.county.house.chance.now() >= leaves)
  expect(await desk.page.getByText('李合成').count()).toBe(0)

  // Heard and seen on the console without a touch of it.
  const row = desk.page.getByText('李合成').first()
  await liveUntil('the alarm stands on the console', () => row.isVisible())
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
