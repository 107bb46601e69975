import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantAlarm } from '../support/episode.ts'
import { handsOf } from '../support/hands.ts'
import { act, begin, ledTo, papersOf, plantSupervised, see } from '../support/matters.ts'
import { codeOf } from '../support/refused.ts'
import { answer, dialog, issued, press, said, scene } from '../support/stories.ts'

/**
 * 李某 (seed 002): a minor under an injunction, away from home every night from 22:00 to 08:00, found in an internet café.
 * The office of the text answered with an admonition. The product does not let it: the slightest breach of an injunction
 * is answered by a warning at least (IM 35(1), handbook trap 9), and it says so with the article before anybody decides.
 * A minor besides: the guardian is there, and nothing of it is made public (MIN-05).
 */
let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let staff: Somebody
let chief: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  ;({ officer, head, staff, chief } = await handsOf(county, ['minors']))
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const before = (hours: number) => new Date(county.house.chance.now() - hours * 3_600_000).toISOString()
const today = () => new Date(county.house.chance.now() + 8 * 3_600_000).toISOString().slice(0, 10)

test('S2.3 P14 nights in an internet café under an injunction: at least the warning, with the article, the guardian there, not in public', {
  timeout: 480_000,
}, async () => {
  const person = await plantSupervised(county, {
    name: '李某',
    officer: officer.id,
    minor: true,
    injunction: '禁止进入网吧、酒吧等营业性娱乐场所',
  })
  const { id: episode } = await plantAlarm(county, person, { kind: 'nightAbsence' })

  const begun = await begin(officer, 'violation', person, {
    type: '06',
    what: 'injunctionBreach',
    from: before(34),
    until: before(24),
    description: '每晚22时至次日8时未在居住地过夜，在鱼峰区某网吧通宵上网。',
    facts: [episode],
  })
  const form = {
    explanation: '承认在网吧过夜。',
    excuse: 'none',
    authorised: false,
    response: '实地查访网吧，调取上网记录。',
  }
  // Heard without the guardian: refused.
  expect(await codeOf(act(officer, begun, 'submit', form))).toBe('ZJ_CONDUCT_GUARDIAN')
  const heard = await act(officer, begun, 'submit', { ...form, guardian: '其母' })
  const passed = await act(head, heard, 'submit', { opinion: '首次发现，建议训诫' })

  await scene(browser, county, staff, `/matters/violation/${passed.id}`, 'injunction-county', async (page) => {
    // What the law says stands beside the form before anything is pressed.
    const must = page.locator('.zj-hint-must')
    await must.getByText('依法最轻为“警告”').waitFor()
    await must.getByText('第三十五条第（一）项').first().waitFor()
    await page.getByLabel('处理理由').fill('首次发现，予以训诫')
    await press(page, '训诫')
    await press(dialog(page), '训诫')
    // The admonition that was given then is refused now, with the article and the lawful remedy.
    await page.getByText('“训诫”轻于法律对已查实事实规定的最轻处理“警告”').first().waitFor()
    await page
      .getByText(/第三十五条第（一）项/)
      .first()
      .waitFor()
  })
  expect(await see(staff, passed.id)).toMatchObject({ step: 'county', end: null })

  await scene(browser, county, staff, `/matters/violation/${passed.id}`, 'injunction-warned', async (page) => {
    await page.getByLabel('处理理由').fill('违反禁止令，情节轻微')
    await press(page, '警告')
    await press(dialog(page), '警告')
    await said(page, '已办理：警告')
    await page.locator('.zj-process').getByText('转警告').waitFor()
  })
  const warning = await ledTo(staff, passed, 'warning')
  expect(warning.register).toMatchObject({ count: 1 })
  const given = await act(chief, warning, 'give', { opinion: '同意' })
  expect(await papersOf(county, warning.id)).toEqual(['D19'])
  const [paper] = (await chief.call(documents.list, { query: { subject: warning.id } })).items
  const printed = await chief.call(documents.get, { params: { id: paper?.id ?? '' } })
  expect(printed.given['依据(35条项)']).toContain('第三十五条第（一）项')
  await issued(county, staff, warning.id, 'D19')

  await scene(browser, county, officer, `/matters/warning/${given.id}`, 'injunction-served', async (page) => {
    const local = new Date(county.house.chance.now() + 8 * 3_600_000 - 600_000).toISOString()
    await page.getByLabel('宣读送达时间').fill(`${local.slice(0, 10).replaceAll('-', '')} ${local.slice(11, 16)}`)
    await page.getByLabel('宣读地点').fill('司法所')
    await page.getByLabel('抄送检察院日期').fill(today().replaceAll('-', ''))
    await answer(page, '已公示', true)
    await press(page, '已宣读送达')
    await page.getByText('该对象为未成年人，其考核奖惩和宣告不公开').first().waitFor()
    await answer(page, '已公示', false)
    await press(page, '已宣读送达')
    await page.getByText('该对象为未成年人，须通知监护人到场').first().waitFor()
    await page.getByLabel('到场监护人').fill('其母')
    await press(page, '已宣读送达')
    await said(page, '已办理：已宣读送达')
  })
  expect(await see(officer, warning.id)).toMatchObject({ end: 'given' })

  // Whoever is not designated for minors does not see the file, its matters, or its list.
  const undesignated = await county.signIn('county', { name: '外人' })
  expect(await codeOf(see(undesignated, warning.id))).toBe('ZJ_NOT_FOUND')
  expect((await undesignated.call(matters.list, { query: { person } })).total).toBe(0)
})
