import { documents } from '@zhijiao/contract/documents'
import { templates } from '@zhijiao/contract/templates'
import { shippedTemplates } from '@zhijiao/server/documents/templates/index'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { dialog, look, openAs, press } from '../support/console.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let agency: Somebody
let security: Somebody
let person: string

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员' })
  agency = await county.signIn('county', { name: '莫科员' })
  security = await county.signIn('securityAdmin', { name: '陆安全', of: places.county })
  person = await plantPerson(county.house, { officer: officer.id, name: '龚㛃䶮' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** Opens the console as somebody; what it says to the page's console at the end counts. */
const at = <T>(who: Somebody, path: string, act: (page: Page) => Promise<T>): Promise<T> =>
  openAs(browser, county, who, path, act, { screen: 'wide', patienceMs: 60_000, failed: 'documents-failed' })
async function scribble(page: Page): Promise<void> {
  const pad = dialog(page).getByRole('img', { name: '请在框内书写签名' })
  await pad.scrollIntoViewIfNeeded()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no box to sign in')
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  for (let i = 1; i <= 6; i++) await page.mouse.move(box.x + 40 + i * 40, box.y + (i % 2 ? 110 : 40))
  await page.mouse.up()
}

test('S3.11 S1.18 a document from draft to service in the browser: corrected, issued, signed, sealed, verified, served', async () => {
  const blanks = shippedTemplates.get('D36')?.blanks ?? []
  const values = Object.fromEntries(blanks.map((b) => [b.name, b.name === '核查方式' ? '' : (b.sample as string)]))
  const made = await officer.call(documents.draft, { body: { template: 'D36', person, values } })
  const path = `/documents/${made.id}`

  await at(officer, `/people/${person}?tab=documents`, async (page) => {
    await page.getByRole('link', { name: '信息化核查告知书' }).click()
    await page.getByText('必填内容为空：核查方式').waitFor()
    await page.getByTitle('文书预览').waitFor()
    await press(page, '更正空白')
    await dialog(page).getByLabel('核查方式 *').fill('电话、视频通话与手机定位签到')
    await press(dialog(page), '提交')
    await page.getByText('必填内容为空').waitFor({ state: 'detached' })
    await look(page, 'documents-corrected')
  })
  await at(agency, path, async (page) => {
    await press(page, '制发')
    await dialog(page).getByText('确认制发').waitFor()
    await dialog(page).locator('.ant-btn-primary').click()
    await page.getByText('已制发').first().waitFor()
  })
  await at(officer, path, async (page) => {
    await press(page, '签名')
    await dialog(page).getByLabel('签名人').fill('龚㛃䶮')
    await scribble(page)
    await look(page, 'documents-signature-pad')
    await press(dialog(page), '提交')
    await page.getByText('见证人 韦所员').waitFor()
  })
  await at(agency, path, async (page) => {
    await press(page, '盖章')
    await dialog(page).locator('.ant-btn-primary').click()
    await page.getByText('演示用自签名证书').first().waitFor()
    await press(page, '验证印章')
    await page.getByText('印章有效').waitFor()
    await look(page, 'documents-sealed')
  })
  await at(officer, path, async (page) => {
    await press(page, '登记送达')
    await scribble(page)
    await press(dialog(page), '提交')
    await page.getByRole('button', { name: '送达回证' }).waitFor()
    const download = page.waitForEvent('download')
    await press(page, '送达回证')
    expect((await download).suggestedFilename()).toBe('送达回证.pdf')
  })
  const served = await officer.call(documents.get, { params: { id: made.id } })
  expect(served).toMatchObject({
    state: 'issued',
    sealed: true,
    corrected: { 核查方式: '电话、视频通话与手机定位签到' },
  })
  expect(served.signatureList).toHaveLength(1)
  expect(served.deliveryList[0]?.signature).not.toBeNull()
}, 480_000)

test('S3.11 a template is edited beside its sample and published by a second person; a batch shows its progress', async () => {
  await at(agency, '/document-templates/D13', async (page) => {
    await press(page, '起草新版本')
    await page.getByLabel('修改说明').fill('按本县要求修改标题')
    await page.getByRole('textbox', { name: '标题', exact: true }).first().fill('会客审批表（本县式样）')
    await press(page, '样张')
    await page.getByTitle('文书预览').waitFor()
    await look(page, 'documents-template')
    await press(page, '保存草稿')
    await page.getByText('按本县要求修改标题').waitFor()
  })
  await at(security, '/document-templates/D13', async (page) => {
    await press(page, '发布')
    await dialog(page).getByTitle('文书预览').waitFor()
    await press(dialog(page), '发布')
    await page.getByText('已发布').waitFor()
  })
  expect((await agency.call(templates.get, { params: { template: 'D13' } })).version).toBe(1)
  await at(agency, '/documents', async (page) => {
    await press(page, '批量制发')
    await dialog(page).getByLabel('矫正对象').fill('龚㛃')
    await page
      .locator('.ant-select-dropdown:visible .ant-select-item-option')
      .filter({ hasText: '龚㛃䶮' })
      .first()
      .click()
    await dialog(page).getByText('系统逐份起草').click()
    await press(dialog(page), '开始制发')
    await dialog(page).getByText('已完成 1 / 1，失败 0').waitFor()
    await press(dialog(page), '完成')
    await page.getByText('解除社区矫正证明书').first().waitFor()
    await look(page, 'documents-batch')
  })
}, 480_000)
