import { documents } from '@zhijiao/contract/documents'
import { entrustments } from '@zhijiao/contract/entrustments'
import { matters } from '@zhijiao/contract/matters'
import { legalDayOf } from '@zhijiao/law/civil-date'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assessmentLetter } from '../support/assessment.ts'
import { accessibilityOf, openBrowser, pageOf, picture, type screens } from '../support/browser.ts'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'

let county: County
let browser: Browser
let court: Somebody
let clerk: Somebody
let officer: Somebody
let head: Somebody
let chief: Somebody

beforeAll(async () => {
  county = await startCounty()
  browser = await openBrowser()
  court = await county.signIn('partnerOrgan', { of: places.city, name: '示例市中级人民法院' })
  clerk = await county.signIn('county', { name: '莫科员' })
  officer = await county.signIn('officer', { name: '韦所员' })
  head = await county.signIn('officeHead', { name: '覃所长' })
  chief = await county.signIn('countyHead', { name: '卢局长' })
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

/** Opens the console as somebody; a refusal that was provoked is no trouble of the page. */
async function at<T>(
  who: Somebody,
  path: string,
  act: (page: Page) => Promise<T>,
  screen: keyof typeof screens = 'desk',
): Promise<T> {
  const { page, context, troubles } = await pageOf(browser, county.url, who.cookie, screen)
  page.setDefaultTimeout(60_000)
  try {
    await page.goto(`${county.url}${path}`)
    await page.locator('h1').waitFor()
    const done = await act(page)
    expect
      .soft(
        troubles.filter((t) => !/status of (400|422)/.test(t)),
        path,
      )
      .toEqual([])
    return done
  } catch (error) {
    await picture(page, 'entrustment-failed')
    throw error
  } finally {
    await context.close()
  }
}
/** Pictures what is on the screen and holds it to WCAG 2.2 AA; nothing may stick out sideways. */
async function look(page: Page, name: string): Promise<void> {
  await page.locator('.ant-spin-spinning, .zj-waiting').first().waitFor({ state: 'hidden' })
  await page.evaluate('scrollTo(0, 0)')
  await page.waitForTimeout(400)
  await picture(page, `entrustment-${name}`)
  expect.soft(await accessibilityOf(page), name).toEqual([])
  expect.soft(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), name).toBe(true)
}
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).first().click()
async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label).click()
  await page.locator('.ant-select-item-option').getByText(option, { exact: true }).click()
}

/** The county's and the office's hands, one step at a time. */
function hands(id: string) {
  const today = legalDayOf(county.house.chance.now())
  const act = async (by: Somebody, way: string, form: Record<string, unknown>) => {
    const { revision } = await by.call(matters.get, { params: { id } })
    return by.call(matters.act, { params: { id }, body: { way, form, note: '', revision } })
  }
  const opinion = { opinion: '01', conclusion: '具备在本地接受社区矫正的条件，建议适用。' }
  const visit = { where: '家中', whom: '其妻', first: '韦所员', second: '陈社工', found: '邻里反映平稳' }
  const all = '情况属实'
  return {
    accept: () =>
      act(clerk, 'instruct', {
        office: places.office,
        instruction: '请两人入户走访',
        procuratorateToldOn: today,
      }),
    investigate: () =>
      act(officer, 'submit', {
        visits: [{ ...visit, at: new Date(county.house.chance.now()).toISOString() }],
        ...{ dwelling: all, family: all, consequences: all, village: all, victim: all },
        ...{ prohibitions: all, danger: all, impact: all, proposal: '01' },
      }),
    sign: async () => {
      await act(head, 'submit', opinion)
      await act(chief, 'sign', { ...opinion, copiedOn: today })
    },
    issue: async () => {
      const { items } = await chief.call(documents.list, { query: { subject: id, template: 'D02' } })
      for (const { id: paper, revision } of items)
        await chief.call(documents.issue, { params: { id: paper }, body: { revision } })
    },
  }
}

test('S0.32 S1.15 the court files a request with an annex, the county has it at once, the opinion comes back', async () => {
  await at(court, '/', async (page) => {
    await page.getByText('本单位还没有委托过调查评估').waitFor()
    expect(await page.getByText('未处置报警').count()).toBe(0)
    await look(page, 'home')
  })
  const id = await at(court, '/entrustments', async (page) => {
    await page.getByText('本单位还没有委托过调查评估').waitFor()
    await look(page, 'empty')
    await press(page, '新建委托')
    await page.getByRole('heading', { level: 1, name: '新建委托' }).waitFor()
    await press(page, '送达委托')
    await page.getByRole('alert').getByText('请填写罪名').waitFor()
    await choose(page, '受托县级机构', '示例一县')
    await page.getByRole('radio', { name: '法院' }).check()
    await page.getByLabel('委托机关').fill('示例市中级人民法院')
    await page.getByLabel('委托文号').fill('（2026）示法委调字第 8 号')
    await page.getByLabel('被调查人').fill('蒙合成')
    await page.getByLabel('身份证号码').fill('450101198503040012')
    await page.getByLabel('罪名').fill('危险驾驶罪')
    await page.getByLabel('居住地').fill('示例一县城东街 1 号')
    // Half filled in, the page is left by a reload: nothing is lost.
    await page.waitForTimeout(300)
    await page.reload()
    await page.getByText('未提交的内容').waitFor()
    expect(await page.getByLabel('罪名').inputValue()).toBe('危险驾驶罪')
    await page.getByRole('radio', { name: '缓刑' }).check()
    await page.locator('input[type=file]').setInputFiles({
      name: '起诉书副本.jpg',
      mimeType: 'image/jpeg',
      buffer: Buffer.from('ffd8ffe000104a46494600010100000100010000ffd9', 'hex'),
    })
    await page.getByText('起诉书副本.jpg').waitFor()
    await press(page, '送达委托')
    // A number that is none is said beside its own field.
    await page.locator('.ant-form-item', { hasText: '身份证号码' }).locator('.ant-form-item-explain-error').waitFor()
    await look(page, 'form-fault')
    await page.getByLabel('身份证号码').fill(identityNumber(881))
    await press(page, '送达委托')
    await page.getByRole('heading', { level: 1, name: '蒙合成 · 调查评估委托' }).waitFor()
    await page.getByRole('button', { name: '起诉书副本.jpg' }).waitFor()
    await page.getByText('待指派').first().waitFor()
    await look(page, 'sent')
    return new URL(page.url()).pathname.split('/').at(-1) ?? ''
  })

  await at(clerk, '/rooms/intake', async (page) => {
    await page.getByRole('link', { name: '调查评估', exact: true }).first().click()
    await page.getByRole('link', { name: '蒙合成' }).first().click()
    await page.getByText('起诉书副本.jpg').first().waitFor()
    await page.getByText('（2026）示法委调字第 8 号').first().waitFor()
  })

  const work = hands(id)
  await work.accept()
  await work.investigate()
  await work.sign()
  await work.issue()
  expect(await court.call(entrustments.get, { params: { id } })).toMatchObject({ citation: { rule: 'INV-01' } })
  await at(court, `/entrustments/${id}`, async (page) => {
    await page.getByText('具备在本地接受社区矫正的条件').waitFor()
    const [coming] = await Promise.all([page.waitForEvent('download'), press(page, '下载 PDF')])
    expect(coming.suggestedFilename()).toMatch(/\.pdf$/)
    await look(page, 'answered')
  })
  await at(court, '/entrustments', async (page) => {
    await page.getByText('意见已出具').waitFor()
    await look(page, 'list')
  })
})

test('S0.32 S1.15 the desk hears without a reload, agrees to more time, says whether it adopted the opinion', async () => {
  const { id } = await court.call(entrustments.entrust, {
    body: {
      county: places.county,
      form: {
        principalType: '01',
        principal: '示例市中级人民法院',
        letter: '（2026）示法委调字第 9 号',
        name: '欧阳合成',
        identity: identityNumber(882),
        charge: '盗窃罪',
        residence: '示例一县城东街 2 号',
        category: '02',
      },
    },
  })
  const work = hands(id)
  await at(court, '/entrustments', async (page) => {
    const row = page.getByRole('row', { name: /欧阳合成/ })
    await row.waitFor()
    expect(await row.getByText('新', { exact: true }).count()).toBe(0)
    const bell = page.getByRole('button', { name: /^委托有新动态/ })
    const before = Number(/新动态 (\d+) 件/.exec((await bell.getAttribute('aria-label')) ?? '')?.[1])
    // Everything below comes by the live line: the page is never loaded again.
    await work.accept()
    await row.getByText('新', { exact: true }).waitFor()
    await row.getByText('调查中').waitFor()
    await page.getByText('县级已受理并指派承办').first().waitFor()
    await page.getByRole('button', { name: `委托有新动态 ${before + 1} 件，待答复 0 件` }).waitFor()
    await page
      .locator('.zj-menu-count')
      .getByText(String(before + 1), { exact: true })
      .waitFor()

    // The officer asks for more time on his page of the matter.
    await at(officer, `/matters/assessment/${id}`, async (desk) => {
      await press(desk, '征询委托机关')
      const dialog = desk.getByRole('dialog')
      await dialog.getByRole('radio', { name: '协商延期' }).check()
      await dialog.getByLabel('拟延至').fill('20261225')
      await dialog.getByLabel('征询内容').fill('被调查人住院，出院后方可入户走访')
      await dialog.getByRole('button', { name: '送达委托机关' }).click()
      await dialog.waitFor({ state: 'hidden' })
      await desk.getByText('待答复').first().waitFor()
      await look(desk, 'county-asks')
    })
    await row.getByText('待答复', { exact: true }).waitFor()
    await row.getByRole('link', { name: '欧阳合成' }).click()
    await page.getByRole('heading', { level: 1, name: '欧阳合成 · 调查评估委托' }).waitFor()
    await page.getByText('拟延至 2026-12-25').waitFor()
    // Having looked, it is new no more, here and on the menu.
    await page.getByRole('button', { name: `委托有新动态 ${before} 件，待答复 1 件` }).waitFor()
    await look(page, 'asked')
    await press(page, '同意延期')
    const dialog = page.getByRole('dialog')
    await dialog.getByText('办理期限即改为 2026-12-25').waitFor()
    await dialog.getByRole('button', { name: '同意延期' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('已同意').waitFor()
    await page.getByText('办理期限已按商定延长').waitFor()

    await work.investigate()
    await work.sign()
    await page.getByText('意见书正在编号用印').waitFor()
    await work.issue()
    await page.getByText('下载意见书后，可在此反馈是否采信').waitFor()
    const [coming] = await Promise.all([page.waitForEvent('download'), press(page, '下载 PDF')])
    expect(coming.suggestedFilename()).toMatch(/\.pdf$/)
    await page.getByRole('radio', { name: '未采信' }).check()
    await page.getByLabel('裁判文书号').fill('（2026）示刑初 21 号')
    await page.getByLabel('裁判日期').fill(legalDayOf(county.house.chance.now()).replaceAll('-', ''))
    await press(page, '反馈')
    await page.getByRole('alert').getByText('请填写未采信的理由').waitFor()
    await look(page, 'adoption-fault')
    await page.getByLabel('未采信的理由').fill('被告人另有漏罪，合并判处实刑')
    await press(page, '反馈')
    await page.locator('.ant-modal-confirm-title').getByText('反馈“未采信”？').waitFor()
    await page.locator('.ant-modal-confirm').getByRole('button', { name: '反馈', exact: true }).click()
    await page.getByText('本单位在平台反馈').waitFor()
    await look(page, 'stated')
  })
  await at(clerk, `/matters/assessment/${id}`, async (page) => {
    await page.getByText('示例市中级人民法院（在平台自行反馈）').waitFor()
    await page.getByText('被告人另有漏罪，合并判处实刑').first().waitFor()
    await page.getByText(/示例市中级人民法院 已于 .* 下载意见书/).waitFor()
    await look(page, 'county-stated')
  })
  for (const screen of ['desk', 'wide', 'phone'] as const)
    for (const [name, path] of Object.entries({
      home: '/',
      list: '/entrustments',
      form: '/entrustments/new',
      one: `/entrustments/${id}`,
    }))
      await at(
        court,
        path,
        async (page) => {
          await page.waitForTimeout(800)
          await look(page, `${name}-${screen}`)
        },
        screen,
      )
})

test('S0.32 S1.15 an annex that is missing holds the clock on both sides; the request is taken back, the officer takes note', async () => {
  const { id } = await court.call(entrustments.entrust, {
    body: { county: places.county, form: assessmentLetter({ name: '司马合成' }) },
  })
  await at(clerk, `/matters/assessment/${id}`, async (page) => {
    await press(page, '征询委托机关')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('radio', { name: '补充材料' }).check()
    await dialog.getByText('期限自收齐之日起算').waitFor()
    await dialog.getByLabel('征询内容').fill('缺起诉书副本')
    await dialog.getByRole('button', { name: '送达委托机关' }).click()
    await dialog.waitFor({ state: 'hidden' })
    await page.getByText('属委托函所附材料，收齐前期限不起算').waitFor()
    await page.reload()
    await page.getByText(/委托函所附材料未收齐（缺起诉书副本）/).waitFor()
    await look(page, 'annex-county')
  })
  await at(court, `/entrustments/${id}`, async (page) => {
    await page.getByText('材料收齐后起算').first().waitFor()
    await page.getByText('属委托函所附材料，收齐前期限不起算').waitFor()
    await look(page, 'annex-organ')
  })
  await hands(id).accept()
  for (const screen of ['desk', 'wide', 'phone'] as const)
    await at(
      court,
      `/entrustments/${id}`,
      async (page) => {
        await press(page, '撤回委托')
        const dialog = page.getByRole('dialog')
        await dialog.getByText('县级机构立即停止调查评估').waitFor()
        if (screen === 'phone') {
          await dialog.getByRole('button', { name: '撤回委托' }).click()
          await dialog.getByText('请填写撤回理由').waitFor()
          await look(page, 'withdraw-phone')
          await dialog.getByLabel('撤回理由').fill('案件改变管辖')
          await dialog.getByRole('button', { name: '撤回委托' }).click()
          await dialog.waitFor({ state: 'hidden' })
          await page.getByText('委托机关已撤回').first().waitFor()
          await page.getByText('案件改变管辖').waitFor()
          expect(await page.getByRole('button', { name: '撤回委托' }).count()).toBe(0)
          await look(page, 'withdrawn-phone')
        } else await look(page, `withdraw-${screen}`)
      },
      screen,
    )
  await at(clerk, `/matters/assessment/${id}`, async (page) => {
    await page.getByText('委托机关已撤回').first().waitFor()
    await page.getByText('案件改变管辖').first().waitFor()
    await look(page, 'withdrawn-county')
  })
  await at(officer, '/tasks', async (page) => {
    const row = page.getByRole('row', { name: /司马合成：委托机关已撤回/ })
    await row.waitFor()
    await look(page, 'withdrawn-told')
    await row.getByRole('button', { name: '知悉' }).click()
    await row.waitFor({ state: 'hidden' })
  })
})

test('S1.15 the system administrator enters the organ with the account, and joins two that are one', async () => {
  const admin = await county.signIn('systemAdmin', { of: places.city })
  await county.signIn('partnerOrgan', { of: places.city, name: '陈书记员', organ: '示例中院' })
  await at(admin, '/staff', async (page) => {
    await press(page, '新增账号')
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('协作机关').fill('示例市中级')
    await page.locator('.ant-select-item-option').getByText('示例市中级人民法院').waitFor()
    await look(page, 'organ-account')
    await dialog.getByRole('button', { name: '取消' }).click()
    // A dialog that is still leaving takes clicks meant for the next.
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
    await press(page, '协作机关')
    await page.getByRole('button', { name: '并入 示例中院' }).click()
    await page.getByLabel('保留的机关').click()
    await page.locator('.ant-select-item-option').getByText('示例市中级人民法院').click()
    await page.getByRole('dialog').last().getByLabel('事由').fill('同一法院')
    await look(page, 'organs')
    await page.getByRole('dialog').last().getByRole('button', { name: '并入', exact: true }).click()
    await page.getByText(/已并入：账号 1 个/).waitFor()
  })
})
