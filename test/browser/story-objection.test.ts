import { alarms } from '@zhijiao/contract/alarms'
import { matters } from '@zhijiao/contract/matters'
import { type Leave, leaves } from '@zhijiao/contract/permits'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture } from '../support/browser.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { onDuty, plantAlarm } from '../support/episode.ts'
import { handsOf } from '../support/hands.ts'
import { askLeave, dayIn } from '../support/leaves.ts'
import { plantPerson } from '../support/person.ts'
import { dialog, press, said, scene } from '../support/stories.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let agency: Somebody
let second: Somebody
let city: Somebody
let person: string

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  ;({ officer, head, staff: agency } = await handsOf(county))
  second = await county.signIn('county', { name: '周科员' })
  city = await county.signIn('city', { name: '市级梁科长' })
  await onDuty(county, officer.id)
})
// Somebody of his own for each, so that a second try begins afresh.
beforeEach(async () => {
  person = await plantPerson(county.house, { officer: officer.id, name: '李合成' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

async function refused(by: Somebody, from: number, days: number, to: string): Promise<Leave> {
  const asked = await askLeave(county, officer, person, { from, days, to })
  return by.call(leaves.decide, {
    params: { id: asked.id },
    body: { verdict: 'refused', note: '未见复诊证明', revision: asked.revision },
  })
}
const digits = (text: string) => text.replaceAll('-', '')
async function fill(page: Page): Promise<void> {
  await page.getByLabel('收到异议之日').fill(digits(dayIn(county, 0)))
  await page.getByRole('radiogroup', { name: '提出方式' }).getByText('书面', { exact: true }).click()
  await page.getByLabel('异议内容').fill('复诊预约单已补交，请求批准外出')
}

test('PEN-10 a refused leave is contested from the file, answered by somebody else, and goes back to be decided anew', {
  timeout: 240_000,
}, async () => {
  const leave = await refused(agency, 6, 8, '南宁市第一人民医院')
  let path = ''
  await scene(browser, county, officer, `/people/${person}?tab=leave`, 'objection-1-register', async (page) => {
    await page.getByText('南宁市第一人民医院').first().waitFor()
    await page
      .getByRole('link', { name: '异议', exact: true })
      .or(page.getByRole('button', { name: '异议' }))
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: '登记异议处理' }).waitFor()
    // The form says which decision it is about, and what the law says to it.
    await page.getByRole('link', { name: /外出请假（南宁市第一人民医院.*不批准/ }).waitFor()
    await page
      .getByText(/退回县级社区矫正机构重新审批/)
      .first()
      .waitFor()
    await fill(page)
    await picture(page, 'story-objection-1-form')
    await press(page, '提交登记')
    await page.getByRole('heading', { level: 1, name: '异议处理 · 李合成' }).waitFor()
    await page
      .getByRole('link', { name: /外出请假（南宁市第一人民医院/ })
      .first()
      .waitFor()
    path = new URL(page.url()).pathname
  })
  await scene(browser, county, second, path, 'objection-2-answer', async (page) => {
    await page.getByLabel('听取本人意见').fill('本人到场陈述并补交预约单')
    await page.getByRole('radiogroup', { name: '审查期间原决定' }).getByText('继续执行').click()
    await page.getByLabel('答复及理由').fill('预约单属实，原决定不当')
    await press(page, '撤销原决定')
    await dialog(page).getByText('外出请假退回有权层级重新审批').waitFor()
    await press(dialog(page), '撤销原决定')
    await said(page, '已办理：撤销原决定')
  })
  await scene(browser, county, officer, `/people/${person}?tab=leave`, 'objection-3-anew', async (page) => {
    await page.getByText('重新审批').first().waitFor()
    await page.getByText('有异议').first().waitFor()
    await page.locator('.ant-table-row-expand-icon').first().click()
    await page.getByText(/原决定：不批准，莫科员/).waitFor()
    await page.getByText(/原决定：不批准，莫科员/).scrollIntoViewIfNeeded()
    await picture(page, 'story-objection-3-leave')
  })
  await scene(browser, county, officer, `/people/${person}?tab=timeline`, 'objection-4-timeline', async (page) => {
    await page.getByText('外出决定经异议被撤销或变更').first().waitFor()
    await page.getByText('外出申请经异议退回重新审批').first().waitFor()
    await page.getByText('异议处理：登记').first().waitFor()
    await page.getByText('不批准外出').first().waitFor()
  })
  const { items } = await agency.call(leaves.list, { query: { person, state: 'asked' } })
  expect(items).toMatchObject([{ anewOf: leave.id, competent: 'county' }])
})

test('PEN-10 what the city refused the county passes up to it; the city decides, the county answers', {
  timeout: 240_000,
}, async () => {
  const leave = await refused(city, 6, 31, '南宁市第一人民医院')
  const { id } = await officer.call(matters.register, {
    body: {
      kind: 'objection',
      person,
      form: { receivedOn: dayIn(county, 0), how: 'written', claim: '预约单已补交' },
      origin: { kind: 'leave', id: leave.id },
    },
  })
  const path = `/matters/objection/${id}`
  await scene(browser, county, second, path, 'objection-6-pass-up', async (page) => {
    await page
      .getByText(/原决定由市级社区矫正机构作出/)
      .first()
      .waitFor()
    await page.getByLabel('听取本人意见').fill('本人到场陈述并补交预约单')
    await page.getByRole('radiogroup', { name: '审查期间原决定' }).getByText('继续执行').click()
    await page.getByLabel('答复及理由').fill('预约单属实，建议撤销')
    await picture(page, 'story-objection-6-review')
    await press(page, '拟变更或者撤销，报原决定机关决定')
    await dialog(page)
      .getByText(/或“市级决定”/)
      .waitFor()
    await picture(page, 'story-objection-6-sure')
    await press(dialog(page), '拟变更或者撤销，报原决定机关决定')
    await said(page, '已办理：拟变更或者撤销，报原决定机关决定')
  })
  await scene(browser, county, city, path, 'objection-7-city', async (page) => {
    await page.getByText('预约单属实，建议撤销').first().waitFor()
    await page.getByRole('radiogroup', { name: '对原决定' }).getByText('撤销原决定').click()
    await page.getByLabel('上级意见').fill('补交的证明属实')
    await picture(page, 'story-objection-7-city')
    await press(page, '作出决定，交县级答复')
    await press(dialog(page), '作出决定，交县级答复')
    await said(page, '已办理：作出决定，交县级答复')
  })
  await scene(browser, county, second, path, 'objection-8-answer', async (page) => {
    await page
      .getByText(/上级决定：撤销原决定/)
      .first()
      .waitFor()
    await page.getByLabel('答复及理由').fill('经市级决定，撤销原决定')
    await press(page, '作出书面答复')
    await said(page, '已办理：作出书面答复')
    await picture(page, 'story-objection-8-answered')
  })
  const { items } = await agency.call(leaves.list, { query: { person, state: 'asked' } })
  expect(items).toMatchObject([{ anewOf: leave.id, competent: 'city' }])
})

test('PEN-10 passed up to the city, whoever registered it still takes it back, and the city finds that at its desk', async () => {
  const leave = await refused(city, 6, 31, '南宁市第一人民医院')
  const { id } = await officer.call(matters.register, {
    body: {
      kind: 'objection',
      person,
      form: { receivedOn: dayIn(county, 0), how: 'written', claim: '预约单已补交' },
      origin: { kind: 'leave', id: leave.id },
    },
  })
  const { revision } = await second.call(matters.get, { params: { id } })
  const form = { heard: '本人到场陈述', meanwhile: 'stood', answer: '建议撤销' }
  await second.call(matters.act, { params: { id }, body: { way: 'passUp', form, revision } })
  const path = `/matters/objection/${id}`
  await scene(browser, county, officer, path, 'objection-9-withdraw', async (page) => {
    await page.locator('[aria-current=step]').getByText('市级决定').waitFor()
    await press(page, '撤回')
    await dialog(page).getByLabel('事由').fill('本人书面放弃异议')
    await press(dialog(page), '撤回')
    await page.locator('.zj-process').getByText('已撤回').waitFor()
  })
  await scene(browser, county, city, '/tasks', 'objection-9-city', async (page) => {
    const row = page.getByRole('row').filter({ hasText: /异议已由登记人撤回/ })
    await row.filter({ hasText: '本人书面放弃异议' }).first().waitFor()
  })
  await scene(browser, county, city, path, 'objection-9-known', async (page) => {
    await page.locator('.zj-process').getByText('已撤回').waitFor()
    await page.getByText('本人书面放弃异议').first().waitFor()
  })
})

test('PEN-10 begun without a decision, the form asks which; one that is contested already cannot be chosen again', async () => {
  const first = await refused(agency, 6, 8, '南宁市第一人民医院')
  await officer.call(matters.register, {
    body: {
      kind: 'objection',
      person,
      form: { receivedOn: dayIn(county, 0), how: 'written', claim: '预约单已补交' },
      origin: { kind: 'leave', id: first.id },
    },
  })
  const other = await refused(head, 40, 2, '来宾市人民医院')
  await scene(
    browser,
    county,
    officer,
    `/matters/objection/new?person=${person}`,
    'objection-5-choose',
    async (page) => {
      await fill(page)
      await press(page, '提交登记')
      await page.getByRole('alert').getByText('请选择异议所针对的决定').waitFor()
      expect(await page.getByRole('radio', { name: /南宁市第一人民医院.*已提出异议/ }).isDisabled()).toBe(true)
      await page
        .getByRole('radio', { name: /来宾市人民医院/ })
        .first()
        .check()
      await page
        .getByText(/退回司法所重新审批/)
        .first()
        .waitFor()
      await picture(page, 'story-objection-5-chosen')
      await press(page, '提交登记')
      await page.getByRole('heading', { level: 1, name: '异议处理 · 李合成' }).waitFor()
    },
  )
  expect((await officer.call(leaves.get, { params: { id: other.id } })).objection).not.toBeNull()
})

test('PEN-10 on a phone the form and the choice fit', async () => {
  await refused(head, 60, 2, '柳州市工人医院')
  const { page, context } = await pageOf(browser, county.url, officer.cookie, 'phone')
  try {
    page.setDefaultTimeout(60_000)
    await page.goto(`${county.url}/matters/objection/new?person=${person}`)
    await page
      .getByRole('radio', { name: /柳州市工人医院/ })
      .first()
      .check()
    await page
      .getByText(/退回司法所重新审批/)
      .first()
      .waitFor()
    await picture(page, 'story-objection-6-phone')
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
    expect.soft(await accessibilityOf(page)).toEqual([])
  } finally {
    await context.close()
  }
})

test('Z4 an alarm closed as a breach is contested from its page; the answer stands there, the finding set aside', {
  timeout: 240_000,
}, async () => {
  const { id } = await plantAlarm(county, person)
  const params = { id }
  const raised = await officer.call(alarms.get, { params })
  const submitted = await officer.call(alarms.submit, {
    params,
    body: { cause: 'C01', finding: '电话联系本人，承认离开', measures: '责令返回', revision: raised.revision },
  })
  await head.call(alarms.review, { params, body: { verdict: 'approved', note: '', revision: submitted.revision } })
  let path = ''
  await scene(browser, county, officer, `/alarms/${id}`, 'objection-7-alarm', async (page) => {
    await page
      .getByRole('link', { name: '异议', exact: true })
      .or(page.getByRole('button', { name: '异议' }))
      .first()
      .click()
    await page.getByRole('heading', { level: 1, name: '登记异议处理' }).waitFor()
    await page.getByRole('link', { name: /报警 \d+ 号（.*认定：未经批准离开规定区域/ }).waitFor()
    await page
      .getByText(/原认定自答复之日起不再作为违规依据/)
      .first()
      .waitFor()
    await fill(page)
    await picture(page, 'story-objection-7-form')
    await press(page, '提交登记')
    await page.getByRole('heading', { level: 1, name: '异议处理 · 李合成' }).waitFor()
    path = new URL(page.url()).pathname
  })
  await scene(browser, county, second, path, 'objection-8-answer', async (page) => {
    await page.getByLabel('听取本人意见').fill('本人到场陈述并出示急诊病历')
    await page.getByRole('radiogroup', { name: '审查期间原决定' }).getByText('暂缓执行').click()
    await page.getByLabel('答复及理由').fill('急诊属实，原认定不当')
    await press(page, '撤销原决定')
    await press(dialog(page), '撤销原决定')
    await said(page, '已办理：撤销原决定')
  })
  await scene(browser, county, officer, `/alarms/${id}`, 'objection-9-set-aside', async (page) => {
    await page.getByText('经异议撤销或变更，不再作为违规依据').waitFor()
    await page.getByText('异议答复').first().waitFor()
    await page.getByRole('link', { name: '本人提出异议' }).waitFor()
    await page.getByText('经异议撤销或变更，不再作为违规依据').scrollIntoViewIfNeeded()
    await picture(page, 'story-objection-9-alarm')
  })
})
