import { documents } from '@zhijiao/contract/documents'
import { templates } from '@zhijiao/contract/templates'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { shippedTemplates } from '@zhijiao/server/documents/templates/index'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type screens } from '../support/browser.ts'
import { dialog, look, openAs, press } from '../support/console.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'
import { plantRelease } from '../support/release.ts'

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
const at = <T>(
  who: Somebody,
  path: string,
  act: (page: Page) => Promise<T>,
  screen: keyof typeof screens = 'wide',
): Promise<T> => openAs(browser, county, who, path, act, { screen, patienceMs: 60_000, failed: 'documents-failed' })
async function scribble(page: Page): Promise<void> {
  const pad = dialog(page).getByRole('img', { name: '请在框内书写签名' })
  // A hover waits until the dialog has stopped opening; a pen set down before that meets nothing.
  await pad.hover()
  const box = await pad.boundingBox()
  if (!box) throw new Error('no box to sign in')
  await page.mouse.move(box.x + 40, box.y + 40)
  await page.mouse.down()
  for (let i = 1; i <= 6; i++) await page.mouse.move(box.x + 40 + i * 40, box.y + (i % 2 ? 110 : 40))
  await page.mouse.up()
  await dialog(page).getByText('已签名', { exact: true }).waitFor()
}

test('S3.11 S1.18 a document from draft to service in the browser: corrected, issued, signed, sealed, verified, served', async () => {
  const blanks = shippedTemplates.get('D36')?.blanks ?? []
  const values = Object.fromEntries(blanks.map((b) => [b.name, b.name === '核查方式' ? '' : (b.sample as string)]))
  const made = await officer.call(documents.draft, { body: { template: 'D36', person, values } })
  const path = `/documents/${made.id}`

  await at(officer, `/people/${person}?tab=documents`, async (page) => {
    await page.locator(`a[href="${path}"]`).click()
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
  await plantRelease(county.house.databases.system, person, legalDayOf(county.house.chance.now()))
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

/** Another number for each try. */
let serial = 11

test('S3.11 an imported document says that it is old and without its original, on a desk and on a phone; its scan is added once', async () => {
  const id = county.house.chance.id()
  const source = '旧系统 V2'
  const old = {
    id,
    template: 'D18',
    person,
    number: `（2025）示社矫训字第 ${++serial} 号`,
    decidedOn: '2025-03-04',
    issuedAt: '2025-03-05T02:00:00Z',
    issuedBy: '李国栋',
    values: { 违规事实: '二月九日未按规定报告', 决定: '给予训诫一次' },
    signers: [{ label: '被送达人', name: '龚㛃䶮', on: '2025-03-06' }],
  }
  await agency.call(documents.importHistory, { body: { source, documents: [old] } })
  await at(officer, '/documents', async (page) => {
    await page.getByRole('button', { name: /^未送达 \d+$/ }).click()
    await page.getByText('历史导入，原件未随附').first().waitFor()
    await look(page, 'documents-unserved')
    await page.getByRole('button', { name: /^已作废 \d+$/ }).click()
    await page.getByText('没有已作废的文书').waitFor()
    await page.getByRole('button', { name: /^已制发 \d+$/ }).click()
    await page
      .getByRole('row', { name: new RegExp(`第 ${serial} 号`) })
      .getByRole('link')
      .first()
      .click()
    await page.getByText(`历史文书，原件未随附。由“${source}”于`).waitFor()
    await page.getByTitle('文书预览').waitFor()
    await page.getByText('原件签名').waitFor()
    expect(await page.getByRole('button', { name: '签名', exact: true }).count()).toBe(0)
    // Only who imports adds the scan.
    expect(await page.getByRole('button', { name: '补充扫描件' }).count()).toBe(0)
    await look(page, 'documents-imported')
  })
  await at(
    officer,
    `/documents/${id}`,
    async (page) => {
      await page.getByText('原件签名').waitFor()
      expect.soft(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true)
      await look(page, 'documents-imported-phone')
    },
    'phone',
  )
  await at(agency, `/documents/${id}`, async (page) => {
    await page.getByRole('button', { name: '补充扫描件' }).first().waitFor()
    await page.locator('input[type=file]').setInputFiles({
      name: '扫描件.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n'),
    })
    await page.getByText('此处显示的是随附的原件扫描件').waitFor()
    const download = page.waitForEvent('download')
    await press(page, '依历史数据重印')
    expect((await download).suggestedFilename()).toContain('复制件')
  })
  expect(await agency.call(documents.get, { params: { id } })).toMatchObject({ scanned: true })
}, 480_000)
