import { lawDesk } from '@zhijiao/contract/settings'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, type screens } from '../support/browser.ts'
import { choose, dialog, look, press, said, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let system: Somebody
let security: Somebody
let second: Somebody
let auditor: Somebody
let head: Somebody
let officer: Somebody
let agency: Somebody
let agencyHead: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  system = await county.signIn('systemAdmin', { name: '蒙系统' })
  security = await county.signIn('securityAdmin', { name: '陆安全' })
  second = await county.signIn('securityAdmin', { name: '甘安全' })
  auditor = await county.signIn('auditAdmin', { name: '岑审计' })
  head = await county.signIn('officeHead', { name: '覃所长' })
  officer = await county.signIn('officer', { name: '韦所员' })
  await county.signIn('officer', { name: '黄所员' })
  agency = await county.signIn('county', { name: '莫科员' })
  agencyHead = await county.signIn('countyHead', { name: '卢局长' })
  await plantPerson(county.house, { officer: officer.id, name: '李合成' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** Opens a screen as somebody, does one real act there, and leaves it accessible, quiet in the console and pictured. */
const visit = (
  who: Somebody,
  path: string,
  name: string,
  act: (page: Page) => Promise<void> = async () => {},
  screen: keyof typeof screens = 'desk',
): Promise<void> =>
  visitAs(
    browser,
    county,
    who,
    path,
    `admin-${name}`,
    async (page) => {
      await act(page)
      await page.waitForLoadState('networkidle').catch(() => undefined)
    },
    { screen, provokes: /status of 409/ },
  )

test('S2.42 the head of an office sets a week of shifts in turns, and the one on duty hands his over', async () => {
  await visit(head, '/roster', 'roster', async (page) => {
    await press(page, '排班')
    const form = dialog(page)
    await choose(page, form.getByLabel('人员'), '韦所员')
    await page.locator('.ant-select-dropdown:visible').getByText('黄所员').click()
    await page.keyboard.press('Escape')
    await form.getByLabel('每班开始').fill('0000')
    await form.getByLabel('每班结束').fill('0000')
    await form.getByText('将排 7 班').first().waitFor()
    await look(page, 'admin-roster-set')
    await press(form, '将排 7 班')
    await said(page, '已排 7 班')
    await page.locator('.zj-roster-running', { hasText: '韦所员' }).first().waitFor()
  })
  await visit(officer, '/roster', 'roster-handed', async (page) => {
    await page.locator('.zj-roster-running', { hasText: '韦所员' }).first().click()
    await press(dialog(page), '交接')
    await choose(page, dialog(page).getByLabel('接班人'), '黄所员')
    await dialog(page).getByLabel('交接事项').fill('李合成手环电量偏低')
    await look(page, 'admin-roster-hand')
    await press(dialog(page), '交接')
    await said(page, /已交接给\s?黄所员/)
    await page.locator('.zj-roster-running', { hasText: '黄所员' }).first().waitFor()
  })
  await visit(head, '/roster', 'roster-phone', undefined, 'phone')
})

test('an outage is declared with its consequence in words, and ended', async () => {
  await visit(agencyHead, '/outages', 'outages', async (page) => {
    await press(page, '登记故障时段')
    await dialog(page).getByLabel('范围说明').fill('城东片区移动信号')
    await dialog(page).getByLabel('原因').fill('供电检修，移动基站停机')
    await look(page, 'admin-outages-declare')
    await press(dialog(page), '登记故障时段')
    await said(page, /已登记/)
    await page.getByText('供电检修，移动基站停机').first().waitFor()
    county.pass(120_000)
    await press(page, /^结束/)
    await look(page, 'admin-outages-end')
    await press(dialog(page), /^结\s?束$/)
    await said(page, '已结束')
  })
  await visit(officer, '/outages', 'outages-phone', undefined, 'phone')
})

test('S1.7 leave is asked for with the competent level and its article in sight, and decided by that level', async () => {
  const today = legalDayOf(county.house.chance.now())
  await visit(officer, '/leaves', 'leaves-asked', async (page) => {
    await press(page, '登记请假')
    const form = dialog(page)
    await form.getByLabel('矫正对象').fill('李合成')
    await page.locator('.ant-select-item-option', { hasText: '李合成' }).click()
    await form.getByLabel('起', { exact: true }).fill(plusDays(today, 5).replaceAll('-', ''))
    await form.getByLabel('止', { exact: true }).fill(plusDays(today, 9).replaceAll('-', ''))
    await form.getByLabel('目的地', { exact: true }).fill('南宁市人民医院')
    await form.getByLabel(/区划代码/).fill('450103')
    await choose(page, form.getByLabel('事由'), '就医')
    await form.getByLabel('具体理由').fill('术后复查')
    await form.getByLabel('联系人姓名').fill('韦合成')
    await form.getByLabel('联系人电话').fill('13800000009')
    await form.getByLabel('与本人关系').fill('姐姐')
    await press(form, '测算审批层级')
    await form.getByText(/应由司法所审批/).waitFor()
    await look(page, 'admin-leaves-ask')
    await press(form, /^提\s?交$/)
    await said(page, '已记录')
  })
  await visit(head, '/leaves', 'leaves-decided', async (page) => {
    await press(page, /^审批/)
    await dialog(page).getByLabel('意见').fill('同意外出就医')
    await dialog(page).getByLabel('未附证明材料仍予批准的理由').fill('急诊，材料三日内补交')
    await look(page, 'admin-leaves-decide')
    await press(dialog(page), /^提\s?交$/)
    await said(page, '已记录')
    await page.getByText('已批准').first().waitFor()
  })
  await visit(officer, '/leaves', 'leaves-phone', undefined, 'phone')
})

test('S4.4 the system administrator opens an account with its certificate, the security administrator gives its post', async () => {
  await visit(system, '/staff', 'staff', async (page) => {
    await press(page, '新增账号')
    const form = dialog(page)
    await form.getByLabel('账号').fill('nongsuoyuan')
    await form.getByLabel('姓名').fill('农所员')
    await form.getByLabel('工号').fill('45900177')
    await choose(page, form.getByLabel('单位'), '城东司法所')
    await form.getByLabel('执法证号').fill('GX-4590-0177')
    await form.getByLabel('执法证有效期').fill(plusDays(legalDayOf(county.house.chance.now()), 30).replaceAll('-', ''))
    await look(page, 'admin-staff-add')
    await press(form, /^保\s?存$/)
    await page.getByText('只显示这一次').waitFor()
    await look(page, 'admin-staff-password')
    await press(dialog(page), /关\s?闭|已记下|完成|确\s?定/)
    await page.getByText('即将到期').waitFor()
  })
  await visit(security, '/staff', 'staff-granted', async (page) => {
    const row = page.getByRole('row').filter({ hasText: '农所员' })
    await press(row, '岗位')
    const form = dialog(page)
    await form.getByLabel('司法所工作人员').check()
    await form.getByLabel('审计管理员').check()
    await form.getByText('三员分离').waitFor()
    await form.getByLabel('事由').fill('岗位调整到司法所')
    await look(page, 'admin-staff-grant')
    await press(form, /^保\s?存$/)
    await page.locator('.ant-notification').getByText('互不兼任').waitFor()
    await form.getByLabel('审计管理员').uncheck()
    await press(form, /^保\s?存$/)
    await said(page, '已授权')
    await row.getByText('司法所工作人员').waitFor()
  })
})

test('a lost second factor comes back by two people', async () => {
  await visit(security, '/staff', 'recovery-asked', async (page) => {
    const row = page.getByRole('row').filter({ hasText: '黄所员' })
    await press(row, /^更多/)
    await page.getByRole('menuitem', { name: '恢复第二因素' }).click()
    await dialog(page).getByLabel('事由').fill('手机丢失，已当面核实')
    await press(dialog(page), /恢复第二因素/)
    await dialog(page).waitFor({ state: 'hidden' })
  })
  await visit(security, '/recoveries', 'recovery-own', async (page) => {
    await page.getByText('须由另一人决定').waitFor()
  })
  await visit(second, '/recoveries', 'recovery-decided', async (page) => {
    await page.getByRole('button', { name: '批准 黄所员', exact: true }).click()
    await look(page, 'admin-recovery-sure')
    await press(dialog(page), /^批\s?准$/)
    await page.getByText('已批准').waitFor()
  })
})

test('P12 a local parameter is drafted by one person, shown as it would change, and published by a second', async () => {
  await visit(agency, '/law', 'law-drafted', async (page) => {
    await press(page, '起草修订')
    const form = dialog(page)
    await form.getByLabel('依据文件').fill('示例市司法局〔2026〕12 号')
    const parameter = form.getByLabel('修改的参数')
    await parameter.click()
    await parameter.pressSequentially('定位率整改线', { delay: 30 })
    await page.keyboard.press('Enter')
    await page.keyboard.press('Tab')
    await form.getByLabel('定位率整改线').fill('97')
    await form.getByRole('cell', { name: '97 %' }).waitFor()
    await look(page, 'admin-law-draft')
    await press(form, /^提\s?交$/)
    await said(page, /另一人发布/)
    await page.getByRole('tab', { name: '修订' }).click()
    await page.getByText('须由另一人发布').first().waitFor()
  })
  await visit(second, '/law', 'law-published', async (page) => {
    await look(page, 'admin-law-rules')
    await page.getByRole('tab', { name: '修订' }).click()
    await press(page, /^发\s?布$/)
    await dialog(page).getByText('97 %').waitFor()
    await look(page, 'admin-law-publish')
    await press(dialog(page), /^发\s?布$/)
    await said(page, /已发布/)
  })
  await visit(agency, '/law', 'law-parameters', async (page) => {
    await page.getByRole('tab', { name: '地方参数' }).click()
    await page.getByText('定位率整改线').waitFor()
  })
  const { items } = await agency.call(lawDesk.revisions, { query: { state: 'published' } })
  expect(items[0]).toMatchObject({ draftedBy: '莫科员', publishedBy: '甘安全', values: { 'LOC-03': 97 } })
})

test('units are opened below their parents, posts are read with their permissions in words', async () => {
  await visit(system, '/orgs', 'orgs', async (page) => {
    await press(page, '新增下级 示例一县')
    await dialog(page).getByLabel('机构代码').fill('459001003')
    await dialog(page).getByLabel('名称', { exact: true }).fill('城南司法所')
    await look(page, 'admin-orgs-add')
    await press(dialog(page), /^保\s?存$/)
    await page.getByRole('cell', { name: '城南司法所', exact: true }).waitFor()
  })
  await visit(security, '/roles', 'roles', async (page) => {
    await page.getByRole('row').filter({ hasText: '司法所长' }).getByRole('button').click()
    await page.getByText('排值班表').waitFor()
    // What nothing asks for yet is told apart, and can be looked at alone.
    const powers = page.locator('.zj-permissions li')
    await powers.filter({ hasText: '查看信息化核查' }).getByText('尚未启用').waitFor()
    expect(await powers.filter({ hasText: '排值班表' }).getByText('尚未启用').count()).toBe(0)
    await look(page, 'admin-roles-open')
    await page.getByText('尚未启用', { exact: true }).first().click()
    await powers.filter({ hasText: '排值班表' }).waitFor({ state: 'detached' })
    expect(await powers.count()).toBe(await powers.getByText('尚未启用').count())
  })
})

test('settings are changed within their bounds, health is read, and the own account is kept', async () => {
  const top = await county.signIn('systemAdmin', { name: '部系统', of: '' })
  const topSecurity = await county.signIn('securityAdmin', { name: '部安全', of: '' })
  await visit(top, '/settings/system', 'settings-system', async (page) => {
    await press(page, '修改 登录页公告')
    await dialog(page).getByLabel('登录页公告').fill('11 月 28 日 22:00 起维护两小时')
    await press(dialog(page), /^保\s?存$/)
    await said(page, '已保存')
    await page.getByText('维护两小时').waitFor()
  })
  await visit(topSecurity, '/settings/security', 'settings-security', async (page) => {
    await press(page, '修改 无操作自动退出')
    await dialog(page).getByLabel('无操作自动退出').fill('60')
    await press(dialog(page), /^保\s?存$/)
    await dialog(page).getByText('须在 5 至 30 之间').waitFor()
    await look(page, 'admin-settings-bound')
    await dialog(page).getByLabel('无操作自动退出').fill('10')
    await press(dialog(page), /^保\s?存$/)
    await said(page, '已保存')
  })
  await visit(system, '/health', 'health', async (page) => {
    await page.getByText('可以工作').waitFor()
  })
  await visit(officer, '/mine', 'mine')
})

test('the audit administrator finds who did what, opens a line, and exports with a reason', async () => {
  await officer.call(lawDesk.publish, { params: { id: officer.id } }).catch(() => undefined)
  await visit(
    auditor,
    '/audits',
    'audits',
    async (page) => {
      await choose(page, page.getByLabel('行为'), '安全')
      await press(page, /^查\s?询$/)
      await page.getByText('陆安全').first().waitFor()
      await page.getByRole('row').filter({ hasText: '陆安全' }).first().getByRole('button').first().click()
      await page.getByText('请求内容').first().waitFor()
      await choose(page, page.getByLabel('行为'), '未获准')
      await press(page, /^查\s?询$/)
      const refused = page.getByRole('row').filter({ hasText: 'ZJ_NOT_ALLOWED' }).first()
      await refused.getByText('岗位没有“发布地方参数”权限').waitFor()
      await look(page, 'admin-audits-refused')
      await press(page, /^导\s?出$/)
      await dialog(page).getByLabel('事由').fill('季度安全检查取样')
      const download = page.waitForEvent('download')
      await press(dialog(page), /^导\s?出$/)
      expect((await download).suggestedFilename()).toMatch(/\.xlsx$/)
      await said(page, /已导出/)
    },
    'wide',
  )
})
