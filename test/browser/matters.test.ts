import { account } from '@zhijiao/contract/account'
import { matters } from '@zhijiao/contract/matters'
import { procedures } from '@zhijiao/contract/procedures/all'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { permissionsOf } from '@zhijiao/law/permissions'
import type { Role } from '@zhijiao/law/roles'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { accessibilityOf, openBrowser, pageOf, picture, type screens } from '../support/browser.ts'
import { dialog, look, pressFirst as press, said, visitAs } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { handsOf } from '../support/hands.ts'
import { plantPerson } from '../support/person.ts'

let county: County
let browser: Browser
let officer: Somebody
let head: Somebody
let agency: Somebody
let agencyHead: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  ;({ officer, head, staff: agency, chief: agencyHead } = await handsOf(county))
  await head.call(account.setProfile, { body: { phone: null, phrases: ['情况属实，同意上报。', '请补充材料。'] } })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** Opens a screen as somebody, acts there, and leaves it accessible, quiet in the console and pictured. */
const visit = (
  who: Somebody,
  path: string,
  name: string,
  act: (page: Page) => Promise<void>,
  screen: keyof typeof screens = 'desk',
): Promise<void> =>
  visitAs(browser, county, who, path, `matters-${name}`, act, {
    screen,
    patienceMs: 60_000,
    provokes: /status of (400|401|409|422)/,
  })

/** Goes to another screen of the same page, as its own links do. */
const go = (page: Page, path: string) =>
  page.evaluate(`history.pushState({}, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`)
const today = () => legalDayOf(county.house.chance.now())
const digits = (day: string) => day.replaceAll('-', '')
const mine = (name: string) => plantPerson(county.house, { officer: officer.id, name })
const contactForm = (whom: string) => ({
  whom,
  relation: '本案被害人',
  day: plusDays(today(), 3),
  where: '司法所调解室',
  why: '当面道歉并支付赔偿',
})
const ask = (person: string, whom = '李某') =>
  officer.call(matters.register, { body: { kind: 'contact', person, form: contactForm(whom) } })

test('S2.7 S3.9 S1.6 an officer registers a contact permit from the person file, the head supports, the county approves', async () => {
  const person = await mine('黄合成')
  let path = ''
  await visit(officer, `/people/${person}`, 'person', async (page) => {
    await page.getByRole('list', { name: '矫正进程' }).getByText('监督管理').waitFor()
    await page.getByRole('progressbar').waitFor()
    await page.getByRole('tab', { name: '办理事项' }).click()
    await look(page, 'matters-person-tab')
    await page.getByRole('link', { name: '登记会客审批' }).click()
    await page.getByRole('heading', { level: 1, name: '登记会客审批' }).waitFor()
    await page.getByText('黄合成').first().waitFor()
    // First with nothing: every missing field is named, beside itself and on top, and the cursor is in the first.
    await press(page, '提交登记')
    const summary = page.getByRole('alert').filter({ hasText: '需要改正' })
    await summary.getByText('请填写会见人').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('register_whom')
    await look(page, 'matters-register-faults')
    await summary.getByText('请填写理由').click()
    expect(await page.evaluate('document.activeElement.id')).toBe('register_why')
    // Enter goes from field to field; eight digits are a day.
    await page.getByLabel('会见人').fill('李某')
    await page.getByLabel('会见人').press('Enter')
    await page.keyboard.type('本案被害人')
    await page.keyboard.press('Enter')
    await page.keyboard.type(digits(plusDays(today(), -2)))
    await page.keyboard.press('Enter')
    await page.getByText('会见日期不能早于今天').first().waitFor()
    await page.getByLabel('会见日期').fill(digits(plusDays(today(), 3)))
    await page.getByLabel('会见日期').press('Enter')
    await page.keyboard.type('司法所调解室')
    await page.getByLabel('理由').fill('当面道歉并支付赔偿')
    await page.getByText('已输入 9 / 最多 1000 字').waitFor()
    // What was mended leaves the summary too.
    await summary.waitFor({ state: 'hidden' })
    // A reload loses nothing.
    await page.waitForTimeout(300)
    await page.reload()
    await page.getByText('未提交的内容').waitFor()
    expect(await page.getByLabel('会见人').inputValue()).toBe('李某')
    expect(await page.getByLabel('会见日期').inputValue()).toBe(plusDays(today(), 3))
    await press(page, '核对')
    await said(page, '已核对')
    await look(page, 'matters-register')
    await page.getByLabel('理由').press('Control+Enter')
    await page.getByRole('heading', { level: 1, name: '会客审批 · 黄合成' }).waitFor()
    await page.locator('[aria-current=step]').getByText('司法所意见').waitFor()
    await page
      .getByText(/此环节由.*司法所长|司法所负责人办理/)
      .first()
      .waitFor()
    path = new URL(page.url()).pathname
  })
  expect(path).toMatch(/^\/matters\/contact\/[0-9a-f-]{36}$/)
  const id = path.split('/').pop() ?? ''
  await visit(head, path, 'review-head', async (page) => {
    await press(page, '同意上报')
    await page.getByRole('alert').getByText('请填写司法所意见').waitFor()
    await press(page, /填入“情况属实/)
    expect(await page.getByLabel('司法所意见').inputValue()).toBe('情况属实，同意上报。')
    await press(page, '暂存')
    await said(page, '已暂存')
    await look(page, 'matters-review')
    await press(page, '同意上报')
    await said(page, '已办理：同意上报')
    await page.locator('[aria-current=step]').getByText('县级审批').waitFor()
  })
  await visit(agency, path, 'review-county', async (page) => {
    await page.getByLabel('县级意见').fill('同意会见，司法所派员在场')
    await press(page, '不批准')
    await page.getByRole('alert').getByText('“不批准”须写明理由').waitFor()
    await press(page, '批准')
    await dialog(page).getByText('决定作出后不能撤回').waitFor()
    await dialog(page).getByText('同时起草文书《').waitFor()
    await look(page, 'matters-confirm')
    await press(dialog(page), '批准')
    await said(page, '已办理：批准')
    await page.locator('.zj-process').getByText('已批准').waitFor()
  })
  const done = await officer.call(matters.get, { params: { id } })
  expect(done).toMatchObject({ end: 'approved', register: { whom: '李某', day: plusDays(today(), 3) } })
  expect(done.passages.map((p) => p.byName)).toEqual(['覃所长', '莫科员'])
})

test('S2.8 what was sent back is drawn as a way back; a rival is told and nothing typed is lost', async () => {
  const begun = await ask(await mine('梁合成'))
  const up = await head.call(matters.act, {
    params: { id: begun.id },
    body: { way: 'support', form: { opinion: '同意' }, revision: begun.revision },
  })
  await visit(agency, `/matters/contact/${begun.id}`, 'returned', async (page) => {
    await page.getByLabel('县级意见').fill('材料不全')
    await page.getByLabel('说明（退回、不同意时必填）').fill('请附被害人同意的书面材料')
    // Meanwhile the head of the agency keeps a draft of the same step.
    await agencyHead.call(matters.keep, {
      params: { id: begun.id },
      body: { form: { opinion: '拟同意' }, revision: up.revision },
    })
    await press(page, '退回补正')
    await page.getByText('您填写的内容没有丢失').waitFor()
    await look(page, 'matters-conflict')
    await press(page, '按所选继续编辑')
    expect(await page.getByLabel('县级意见').inputValue()).toBe('材料不全')
    await press(page, '退回补正')
    await said(page, '已办理：退回补正')
    await page.locator('[aria-current=step]').getByText('司法所意见').waitFor()
    await page.locator('.zj-returns').getByText('县级审批 → 司法所意见：退回补正').waitFor()
    expect(await page.locator('.zj-arcs').isVisible()).toBe(true)
  })
  await visit(officer, `/matters/contact/${begun.id}`, 'withdraw', async (page) => {
    await press(page, '催办')
    await press(dialog(page), '催办')
    await said(page, '已催办')
    await press(page, '撤回')
    await dialog(page).getByLabel('事由').fill('对象放弃会见')
    await press(dialog(page), '撤回')
    await page.locator('.zj-process').getByText('已撤回').waitFor()
  })
})

test('S2.7 S2.8 the register: counts equal the lists, a query, an export with a reason, a batch that names each refusal, print', async () => {
  const asked = await Promise.all(
    ['陆合成', '甘合成', '岑合成'].map(async (name) => ask(await mine(name), `${name}的被害人`)),
  )
  const passed = await Promise.all(
    asked.map((m) =>
      head.call(matters.act, {
        params: { id: m.id },
        body: { way: 'support', form: { opinion: '同意' }, revision: m.revision },
      }),
    ),
  )
  await visit(agency, '/rooms/permits', 'room', async (page) => {
    const row = page.getByRole('row').filter({ hasText: '会客审批' })
    const counts = await agency.call(matters.counts, { query: { kind: 'contact' } })
    await row
      .getByRole('link', { name: String(counts.todo), exact: true })
      .first()
      .click()
    await page.getByText(`共 ${counts.todo} 条`).waitFor()
    await page.goBack()
    await row.waitFor()
  })
  await visit(agency, '/matters/contact?view=todo', 'list', async (page) => {
    await page.getByRole('row').filter({ hasText: '陆合成' }).waitFor()
    await page.getByLabel('姓名或编号').fill('没有这个人')
    await page.getByLabel('姓名或编号').press('Enter')
    await page.getByText('没有符合条件的结果').waitFor()
    await look(page, 'matters-list-empty')
    await press(page, '清空条件')
    await page.getByRole('row').filter({ hasText: '陆合成' }).waitFor()
    // Export: not without a reason.
    await press(page, '导出')
    await press(dialog(page), '导出')
    await dialog(page).getByText('事由至少 4 个字').waitFor()
    await dialog(page).getByLabel('事由').fill('季度检查用')
    const [file] = await Promise.all([page.waitForEvent('download'), press(dialog(page), '导出')])
    expect(file.suggestedFilename()).toContain('会客审批')
    await dialog(page).waitFor({ state: 'hidden' })
    // Print: a sheet of its own, with who printed it.
    await page.evaluate('window.print = () => { window.printed = document.querySelector(".zj-sheet").textContent }')
    await press(page, '打印台账')
    await expect.poll(() => page.evaluate('window.printed')).toMatch(/会客审批台账.*陆合成.*打印：莫科员/s)
    // … and over every sheet the watermark of the screen: name, last four of the number, time.
    expect(await page.evaluate('window.printed')).toMatch(/(莫科员 \d{4} \d{4}-\d{2}-\d{2} \d{2}:\d{2}.*){20}/s)
    // Batch: one of the three is withdrawn meanwhile; two pass, the third says why.
    for (const name of ['陆合成', '甘合成', '岑合成'])
      await page.getByRole('row').filter({ hasText: name }).getByRole('checkbox').check()
    await page.getByText('已选 3 项').waitFor()
    await look(page, 'matters-list-chosen')
    await press(page, '批量办理')
    const [first] = passed
    await officer.call(matters.withdraw, {
      params: { id: first?.id ?? '' },
      body: { reason: '对象放弃会见', revision: first?.revision ?? 1 },
    })
    await dialog(page).getByText('批准', { exact: true }).click()
    await dialog(page).getByLabel('县级意见').fill('同意会见')
    await look(page, 'matters-batch')
    await press(dialog(page), '办理 3 件')
    await dialog(page).getByText('已办理 2 件').waitFor()
    await dialog(page).getByText('1 件未办理').waitFor()
    await dialog(page).getByText('此事项已办结').waitFor()
    await look(page, 'matters-batch-result')
    await press(dialog(page), '关闭')
  })
  const ends = await Promise.all(passed.map((m) => agency.call(matters.get, { params: { id: m.id } })))
  expect(ends.map((m) => m.end)).toEqual(['withdrawn', 'approved', 'approved'])
})

test('S1.6 S2.8 a visit in one minute: the person by name, files hashed as they come, and straight on to the next', async () => {
  const person = await mine('覃小合成')
  await visit(officer, '/matters/visit/new', 'visit-next', async (page) => {
    await press(page, '提交登记')
    await page.getByRole('alert').getByText('请选择矫正对象').waitFor()
    expect(await page.evaluate('document.activeElement.id')).toBe('register_person')
    await page.keyboard.type('覃小合成')
    await page.locator('.ant-select-dropdown:visible').getByText('覃小合成').first().click()
    await page.getByText('在矫').first().waitFor()
    await page.getByLabel('走访时间').fill(`${digits(today())} 0001`)
    await page.getByLabel('走访地点').fill('家中')
    await page.getByLabel('见到的人').fill('本人及母亲')
    await page.getByLabel('走访情况').fill('在家休养，情绪稳定。')
    const png = Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    )
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles({ name: '门口.png', mimeType: 'image/png', buffer: png })
    await page.getByText('摘要').first().waitFor()
    await look(page, 'matters-visit-filled')
    await press(page, '登记并继续下一件')
    await said(page, '已登记')
    await page.getByLabel('矫正对象').waitFor()
    expect(await page.getByLabel('走访地点').inputValue()).toBe('')
  })
  const { items } = await officer.call(matters.list, { query: { person, kind: 'visit' } })
  expect(items).toMatchObject([{ end: 'recorded', columns: { where: '家中', met: '本人及母亲' } }])
  await visit(officer, `/matters/visit/${items[0]?.id}`, 'visit-done', async (page) => {
    await press(page, /预览 门口\.png/)
    await dialog(page).getByRole('img', { name: '门口.png' }).waitFor()
    await dialog(page)
      .getByText(/摘要 [0-9a-f]{64}/)
      .waitFor()
    await page.keyboard.press('Escape')
  })
})

test('S2.7 every business of the county draws its form and its register without a word of its own', async () => {
  const person = await mine('石合成')
  const everyone: readonly [Role, Somebody][] = [
    ['officer', officer],
    ['officeHead', head],
    ['county', agency],
    ['countyHead', agencyHead],
  ]
  for (const [role, who] of everyone) {
    const granted = permissionsOf(role)
    const first = everyone.findIndex(([r]) => r === role)
    const own = procedures.filter(
      (p) =>
        granted.has(p.may as never) &&
        !everyone.slice(0, first).some(([before]) => permissionsOf(before).has(p.may as never)),
    )
    if (own.length === 0) continue
    const { page, context, troubles } = await pageOf(browser, county.url, who.cookie)
    page.setDefaultTimeout(60_000)
    await page.goto(`${county.url}/matters`)
    await page.locator('h1').waitFor()
    for (const p of own) {
      await go(page, `/matters/${p.id}/new${p.about === 'person' ? `?person=${person}` : ''}`)
      await page
        .getByRole('heading', { level: 1, name: p.zh.endsWith('登记') ? p.zh : `登记${p.zh}`, exact: true })
        .waitFor()
      await page.getByRole('button', { name: '提交登记' }).waitFor()
      const missing = p.form.filter((f) => f.required && !f.when && f.kind !== 'flag').length
      if (missing > 0) {
        await press(page, '提交登记')
        await page.getByRole('alert').filter({ hasText: '需要改正' }).waitFor()
      }
      // A tab scrolled half under the top bar is no finding.
      await page.evaluate('scrollTo(0, 0)')
      expect.soft(await accessibilityOf(page), p.id).toEqual([])
      if (p.form.some((f) => f.kind === 'rows' || f.kind === 'facts')) await picture(page, `matters-form-${p.id}`)
    }
    expect.soft(troubles.filter((t) => !/status of (400|409|422)/.test(t))).toEqual([])
    await context.close()
  }
}, 600_000)

test('S2.8 in English, on a wide screen and on a phone', async () => {
  const person = await mine('蓝合成')
  const begun = await ask(person)
  await visit(
    officer,
    `/matters/contact/${begun.id}`,
    'english',
    async (page) => {
      await press(page, /韦所员/)
      await page.getByRole('menuitem', { name: 'English' }).click()
      await page.getByRole('heading', { level: 1, name: 'Contact permit · 蓝合成' }).waitFor()
      await page.getByText('The way it goes').waitFor()
    },
    'wide',
  )
  await officer.call(account.setLanguage, { body: { language: 'zh' } })
  for (const screen of ['phone', 'wide'] as const) {
    await visit(
      officer,
      `/people/${person}`,
      `${screen}-visit`,
      async (page) => {
        await look(page, `matters-${screen}-person`)
        for (const [name, path] of [
          ['detail', `/matters/contact/${begun.id}`],
          ['list', '/matters/contact'],
          ['room', '/rooms/care'],
          ['register', `/matters/contact/new?person=${person}`],
          ['visit', `/matters/visit/new?person=${person}`],
        ] as const) {
          await go(page, path)
          await page.waitForTimeout(500)
          await look(page, `matters-${screen}-${name}`)
        }
      },
      screen,
    )
  }
})
