import { type Leave, leaves } from '@zhijiao/contract/permits'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, picture } from '../support/browser.ts'
import { dialog, look, openAs, press, pressFirst, said, visitAs } from '../support/console.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { handsOf } from '../support/hands.ts'
import { askLeave, dayIn } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let agency: Somebody
let there: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  ;({ officer, head, staff: agency } = await handsOf(county))
  there = await county.signIn('county', { of: places.otherCounty, name: '陆科员' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const person = (name: string) => plantPerson(county.house, { officer: officer.id, name })
const approve = (leave: Leave) =>
  head.call(leaves.decide, {
    params: { id: leave.id },
    body: { verdict: 'approved', note: '同意', revision: leave.revision },
  })
const unfold = '.ant-table-row-expand-icon'

test('without proof the head is asked why, and it is written down; several are decided at once, each for itself', {
  timeout: 240_000,
}, async () => {
  const bare = await person('黄合成')
  await officer.call(leaves.ask, {
    body: {
      person: bare,
      from: dayIn(county, 5),
      until: dayIn(county, 6),
      destination: { text: '南宁市第一人民医院', area: '450103' },
      reason: '01',
      reasonText: '急诊陪护',
    },
  })
  await visitAs(browser, county, head, '/leaves', 'leave-unproven', async (page) => {
    await page.getByText('未附证明材料').first().waitFor()
    await press(page, '审批')
    const form = dialog(page)
    await form.getByLabel('意见', { exact: true }).fill('情况紧急')
    await press(form, /^提\s?交$/)
    await form.getByText(/请填写.*未附证明材料仍予批准的理由/).waitFor()
    await form.getByLabel('未附证明材料仍予批准的理由').fill('急诊，三日内补交')
    await look(page, 'leave-unproven-form')
    await press(form, /^提\s?交$/)
    await said(page, '已记录')
    await page.locator(unfold).first().click()
    await page.getByText('未附材料批准的理由：急诊，三日内补交').waitFor()
  })
  const fine = await askLeave(county, officer, await person('覃合成'), { from: 5, days: 2 })
  await askLeave(county, officer, await person('蒙合成'), { from: 5, days: 9 })
  await visitAs(
    browser,
    county,
    head,
    '/leaves',
    'leave-many',
    async (page) => {
      await page.getByText('蒙合成').first().waitFor()
      for (const name of ['覃合成', '蒙合成'])
        await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check()
      await press(page, '批量审批')
      const form = dialog(page)
      await form.getByLabel('意见', { exact: true }).fill('情况属实')
      await press(form, /^提\s?交$/)
      await form.getByText('已办结 1 件').waitFor()
      await form.getByText(/此次请假须由县级社区矫正机构批准/).waitFor()
    },
    { screen: 'wide' },
  )
  expect((await officer.call(leaves.get, { params: { id: fine.id } })).state).toBe('approved')
})

test('the county takes note of what its offices approved at one press, and takes the list away', {
  timeout: 240_000,
}, async () => {
  for (const name of ['农合成', '罗合成'])
    await approve(await askLeave(county, officer, await person(name), { from: 8, days: 3 }))
  await visitAs(browser, county, agency, '/leaves', 'leave-filing', async (page) => {
    await page.getByText('待县级备案').first().waitFor()
    for (const name of ['农合成', '罗合成'])
      await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check()
    await picture(page, 'leave-filing-chosen')
    await press(page, '备案已阅')
    await said(page, '已备案 2 件')
    await page.getByRole('row').filter({ hasText: '农合成' }).getByText('待县级备案').waitFor({ state: 'hidden' })
    await page.getByRole('row').filter({ hasText: '农合成' }).locator(unfold).click()
    await page.getByText('报县级备案').first().waitFor()
    await press(page, '导出 Excel')
    const form = dialog(page)
    await form.getByRole('textbox').fill('月度核对')
    await look(page, 'leave-export')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      form.getByRole('button', { name: '导出 Excel' }).click(),
    ])
    expect(download.suggestedFilename()).toMatch(/^外出请假台账.*\.xlsx$/)
  })
})

test('S1.7 while he is away: a call, help of another county and its answer, the order to return', {
  timeout: 300_000,
}, async () => {
  const id = await person('李合成')
  const leave = await approve(await askLeave(county, officer, id, { from: 0, days: 5 }))
  await visitAs(browser, county, officer, `/people/${id}?tab=leave`, 'leave-away', async (page) => {
    await page.locator(unfold).first().click()
    await press(page, '登记联系')
    await dialog(page).getByText('实时视频').click()
    await dialog(page).getByLabel('情况').fill('在医院陪护，一切正常')
    await look(page, 'leave-call')
    await press(dialog(page), /^提\s?交$/)
    await page.getByText('在医院陪护，一切正常').waitFor()
    await press(page, '请目的地协助')
    await dialog(page).getByLabel('目的地县（市、区）').fill(places.otherCounty)
    await dialog(page).getByLabel('请求协助的事项').fill('请到医院查访一次')
    await look(page, 'leave-help')
    await press(dialog(page), /^提\s?交$/)
    await page.getByText(/请到医院查访一次/).waitFor()
  })
  await visitAs(browser, county, there, '/tasks', 'leave-help-task', async (page) => {
    await page.getByRole('link', { name: /协助监管：李合成/ }).click()
    await page.getByText('请到医院查访一次').waitFor()
    await picture(page, 'leave-help-received')
    await pressFirst(page, '答复')
    await dialog(page).getByLabel('协助情况').fill('已到医院查访，本人在')
    await press(dialog(page), /^提\s?交$/)
    await page.getByText('已到医院查访，本人在').waitFor()
  })
  await visitAs(browser, county, head, `/people/${id}?tab=leave`, 'leave-recalled', async (page) => {
    await page.locator(unfold).first().click()
    await page.getByText(/已到医院查访，本人在/).waitFor()
    await press(page, '责令立即返回')
    await dialog(page)
      .getByLabel('最迟返回时间')
      .fill(`${dayIn(county, 1).replaceAll('-', '')} 18:00`)
    await dialog(page).getByLabel('责令返回的理由').fill('擅自前往批准以外的地点')
    await look(page, 'leave-recall')
    await press(dialog(page), /^提\s?交$/)
    await page.getByText(/责令于 .* 前返回：擅自前往批准以外的地点/).waitFor()
    await page.getByRole('region', { name: '外出期间监管' }).scrollIntoViewIfNeeded()
    await picture(page, 'leave-away-detail')
  })
  expect((await officer.call(leaves.get, { params: { id: leave.id } })).recall?.told).toBe('phone')
  for (const [who, path, name] of [
    [officer, `/people/${id}?tab=leave`, 'leave-away-phone'],
    [there, '/leaves/help', 'leave-help-phone'],
  ] as const)
    await openAs(
      browser,
      county,
      who,
      path,
      async (page) => {
        await page.getByText('李合成').first().waitFor()
        if (who === officer) {
          await page.locator('.zj-cards-acts [aria-expanded]').first().click()
          await page.getByRole('region', { name: '外出期间监管' }).scrollIntoViewIfNeeded()
          await page.getByText('已责令返回').last().waitFor()
        } else await page.getByText('请到医院查访一次').waitFor()
        await picture(page, name)
        expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
        expect.soft(await accessibilityOf(page), name).toEqual([])
      },
      { screen: 'phone', failed: `${name}-failed` },
    )
})
