import { people } from '@zhijiao/contract/people'
import { checkCharacter } from '@zhijiao/law/identity'
import ExcelJS from 'exceljs'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, pageOf } from '../support/browser.ts'
import { look, pressFirst as press } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'

let county: County
let browser: Browser
let agency: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  agency = await county.signIn('county', { name: '莫科员' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const numberOf = (n: number) => {
  const first = `45900119900101${String(n).padStart(3, '0')}`
  return `${first}${checkCharacter(first)}`
}

/** Fills the platform's own template as an office would, three cells of it wrongly. */
async function fill(template: Buffer): Promise<Buffer> {
  const book = new ExcelJS.Workbook()
  await book.xlsx.load(template.buffer as ArrayBuffer)
  const [sheet] = book.worksheets
  if (!sheet) throw new Error('the template has no sheet')
  let heads: string[] = []
  sheet.eachRow((row) => {
    const cells = (row.values as unknown[]).slice(1).map((v) => String(v ?? '').replace('*', ''))
    if (cells.includes('身份证号码')) heads = cells
  })
  const good = {
    矫正类别: '缓刑',
    矫正起日: '2026-01-01',
    矫正止日: '2027-12-31',
    管理单位: '城东司法所',
    居住地: '示例市示例一县和平路 9 号',
  }
  const add = (row: Record<string, string>) => sheet.addRow(heads.map((h) => ({ ...good, ...row })[h] ?? ''))
  add({ 姓名: '陆某一', 身份证号码: numberOf(121) })
  add({ 姓名: '陆某二', 身份证号码: '459001199001011230' })
  add({ 姓名: '陆某三', 身份证号码: numberOf(123), 矫正类别: '缓型' })
  add({ 姓名: '陆某四', 身份证号码: numberOf(124), 管理单位: '别处司法所' })
  add({ 姓名: '陆某五', 身份证号码: numberOf(125) })
  return Buffer.from(await book.xlsx.writeBuffer())
}

test('S0.12 a sheet is filled in, each bad cell is named, the good rows become files, and the register goes out again', async () => {
  const { page, context, troubles } = await pageOf(browser, county.url, agency.cookie)
  await page.goto(`${county.url}/people/import`)
  const [template] = await Promise.all([page.waitForEvent('download'), press(page, /模板/)])
  const chunks: Buffer[] = []
  for await (const chunk of await template.createReadStream()) chunks.push(chunk as Buffer)
  await page.locator('input[type=file]').setInputFiles({
    name: '名册.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: await fill(Buffer.concat(chunks)),
  })
  await page.getByText('名册.xlsx：共 5 行，可导入 2 行，有误 3 行').waitFor()
  await page.getByRole('row').filter({ hasText: '身份证号码' }).getByText('校验位不符').waitFor()
  await page
    .getByRole('row')
    .filter({ hasText: '矫正类别' })
    .getByText(/只能填/)
    .waitFor()
  await page.getByRole('row').filter({ hasText: '管理单位' }).first().waitFor()
  await look(page, 'sheets-import')
  await press(page, '导入 2 行')
  await page
    .getByText(/已建立 2 份|已导入 2/)
    .first()
    .waitFor()
  await page
    .getByRole('link', { name: /名册|列表|对象/ })
    .last()
    .click()
  await page.getByRole('link', { name: '陆某一' }).waitFor()
  expect((await agency.call(people.list, { query: {} })).total).toBe(2)

  await press(page, /导\s?出 Excel/)
  const why = page.getByRole('dialog')
  await why.locator('textarea').fill('月度名册核对')
  const [register] = await Promise.all([
    page.waitForEvent('download'),
    why
      .getByRole('button', { name: /确\s?认|确\s?定|导\s?出/ })
      .last()
      .click(),
  ])
  expect(register.suggestedFilename()).toMatch(/名册.*\.xlsx$/)
  await context.close()

  // On a phone the same list is cards, nothing runs over the edge, and an address is masked until somebody says why.
  const phone = await pageOf(browser, county.url, agency.cookie, 'phone')
  await phone.page.goto(`${county.url}/people`)
  await phone.page.getByRole('link', { name: '陆某一' }).waitFor()
  expect(await phone.page.evaluate('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  await look(phone.page, 'phone-list')
  await phone.page.getByRole('link', { name: '陆某一' }).click()
  await phone.page.getByText('示例市示例一县****').waitFor()
  await phone.page.getByRole('button', { name: '查看明文 现居住地' }).click()
  await phone.page.getByRole('dialog').locator('textarea').fill('入户走访核对住址')
  await phone.page.getByRole('dialog').getByRole('button').last().click()
  await phone.page.getByText('和平路 9 号').waitFor()
  await look(phone.page, 'phone-revealed')
  await phone.context.close()
  expect([...troubles, ...phone.troubles]).toEqual([])
})

test('S0.47 two officers change one file: the second sees both versions and decides field by field', async () => {
  const { items } = await agency.call(people.list, { query: { name: '陆某五' } })
  const person = items[0]?.id ?? ''
  const head = await county.signIn('countyHead', { name: '卢局长' })
  const { page, context } = await pageOf(browser, county.url, agency.cookie)
  await page.goto(`${county.url}/people/${person}`)
  await press(page, /^修\s?改$/)
  const form = page.getByRole('dialog')
  await form.getByLabel('罪名').fill('盗窃罪')
  const now = await head.call(people.get, { params: { personId: person } })
  await head.call(people.change, {
    params: { personId: person },
    body: { revision: now.revision, crime: '诈骗罪', ethnicity: '壮族' },
  })
  await form.getByRole('button', { name: /^保\s?存$/ }).click()
  await form.getByText(/已被 卢局长 于/).waitFor()
  await look(page, 'sheets-both-versions')
  // What only the other changed is taken over, what I changed stays mine unless I say otherwise.
  await form.getByRole('button', { name: '按所选继续编辑' }).click()
  await form.getByRole('button', { name: /^保\s?存$/ }).click()
  await form.waitFor({ state: 'hidden' })
  expect(await head.call(people.get, { params: { personId: person } })).toMatchObject({
    crime: '盗窃罪',
    ethnicity: '壮族',
  })
  await context.close()
})
