import { downloads } from '@zhijiao/contract/downloads'
import { people } from '@zhijiao/contract/people'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { look, openAs } from '../support/console.ts'
import { type County, places, startCounty } from '../support/county.ts'

let county: County
let browser: Browser

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

test('an export of a former post is shown as withheld, with what to do instead, and offers no button', async () => {
  const clerk = await county.signIn('county')
  const { id } = await clerk.call(people.exportLater, { body: { conditions: { name: '无' }, reason: '年度核对' } })
  await expect
    .poll(async () => (await clerk.call(downloads.list, {})).items.find((d) => d.id === id)?.state, { timeout: 20_000 })
    .toBe('ready')
  const live = county.house.databases.system
  for (const screen of ['desk', 'phone'] as const) {
    await openAs(
      browser,
      county,
      clerk,
      '/downloads',
      async (page) => {
        const fetching = page.getByRole('button', { name: '下载', exact: true })
        await fetching.waitFor()
        await sql`update staff set org_code = ${places.otherCounty} where id = ${clerk.id}`.execute(live)
        await page.reload()
        await page.getByText('岗位已变动，不再提供').waitFor()
        expect(await page.getByText('请以现在的岗位重新导出').count()).toBe(1)
        expect(await fetching.count()).toBe(0)
        await look(page, `downloads-withheld-${screen}`)
      },
      { screen, failed: `downloads-withheld-${screen}-failed` },
    ).finally(() => sql`update staff set org_code = ${places.county} where id = ${clerk.id}`.execute(live))
  }
})
