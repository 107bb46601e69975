import { alarms } from '@zhijiao/contract/alarms'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { choose, dialog, look, openAs, press, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantAlarm } from '../support/episode.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const plant = (name: string) => plantPerson(county.house, { officer: officer.id, name })
/** Settled days ago, one an hour. */
async function settle(id: string, as: string, hoursAgo: number) {
  const at = new Date(county.house.chance.now() - hoursAgo * 3_600_000)
  await sql`update episode set state = 'settled', settled_as = ${as}, detected_at = ${at}, settled_at = ${at} where id = ${id}`.execute(
    county.house.databases.system,
  )
  await sql`update task set state = 'done', ended_at = ${at}, outcome = 'closed' where subject_id = ${id}`.execute(
    county.house.databases.system,
  )
}

test('S0.13 every settled alarm is found again by its conditions, page by page, and is opened and left', async () => {
  // A second try finds those of the first beside its own.
  const name = `覃已结${county.house.chance.id().slice(-4)}`
  const person = await plant(name)
  for (let n = 0; n < 22; n++)
    await settle((await plantAlarm(county, person)).id, n === 21 ? 'leave' : 'cleared', n + 1)
  await visitAs(browser, county, officer, '/alarms', 'desk-settled', async (page) => {
    await page.getByRole('radiogroup', { name: '报警分类' }).getByText('已结').click()
    const bar = page.getByRole('form', { name: '已结报警' })
    await bar.getByLabel('姓名或报警号').fill(name)
    await press(bar, '查询')
    await page.getByText('共 22 条').waitFor()
    // The twenty-first and on were out of reach of a list that only grows.
    await page.getByRole('listitem', { name: '2' }).click()
    const rows = page.getByRole('row').filter({ hasText: name })
    await expect.poll(() => rows.count()).toBe(2)
    await page.evaluate('scrollTo(0, 0)')
    await choose(page, bar.getByLabel('办结方式'), '已批准外出')
    await press(bar, '查询')
    await page.getByText('共 1 条').waitFor()
    await rows.getByRole('link', { name: new RegExp(`^${name} .*\\d+$`) }).click()
    await page.getByRole('heading', { name: new RegExp(`^${name} · `) }).waitFor()
    await look(page, 'desk-settled-one')
    await page.getByRole('link', { name: '返回列表' }).click()
    await page.getByText('共 1 条').waitFor()
    // An alarm that still goes on, opened from elsewhere, stands beside the list of its own kind.
    const { id, person: other } = await plantAlarm(county, await plant(`覃未结${name.slice(-4)}`))
    await page.evaluate(
      `history.pushState({}, '', '/people/${other}?tab=alarms'); dispatchEvent(new PopStateEvent('popstate'))`,
    )
    await page.locator(`a[href="/alarms/${id}"]`).click()
    await page.getByRole('button', { name: new RegExp(`覃未结${name.slice(-4)}`) }).waitFor()
  })
  await visitAs(
    browser,
    county,
    officer,
    '/alarms',
    'desk-settled-phone',
    async (page) => {
      await page.getByRole('radiogroup', { name: '报警分类' }).getByText('已结').click()
      await page.getByRole('list', { name: '已结报警' }).getByRole('listitem').first().waitFor()
      expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    },
    { screen: 'phone' },
  )
})

test('S0.13 “overdue only” narrows the open alarms and nothing else', async () => {
  const { id } = await plantAlarm(county, await plant('覃待审'))
  const { revision } = await officer.call(alarms.get, { params: { id } })
  await officer.call(alarms.dismiss, {
    params: { id },
    body: { cause: 'C99', reason: '经电话核实，本人在家，属设备偏移，无需处置', revision },
  })
  await openAs(
    browser,
    county,
    officer,
    '/alarms',
    async (page) => {
      await page.getByRole('checkbox', { name: '只看超期' }).check()
      await page.getByRole('radiogroup', { name: '报警分类' }).getByText('待审核').click()
      await page.getByRole('button', { name: /覃待审/ }).waitFor()
    },
    { failed: 'desk-overdue-failed' },
  )
})

test('S0.21 a double click records one call', async () => {
  const { id } = await plantAlarm(county, await plant('覃双击'))
  await openAs(
    browser,
    county,
    officer,
    `/alarms/${id}`,
    async (page) => {
      let sent = 0
      await page.route('**/calls', async (route) => {
        sent += 1
        await new Promise((done) => setTimeout(done, 400))
        await route.continue()
      })
      await press(page, '记录电话')
      await dialog(page).getByLabel('通话内容').fill('本人称在医院')
      await dialog(page)
        .getByRole('button', { name: /^提\s?交$/ })
        .dblclick()
      await dialog(page).waitFor({ state: 'hidden' })
      expect(sent).toBe(1)
    },
    { failed: 'desk-double-failed' },
  )
  const { notes } = await officer.call(alarms.get, { params: { id } })
  expect(notes.filter((n) => n.kind === 'call')).toHaveLength(1)
})
