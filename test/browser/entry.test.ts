import { people } from '@zhijiao/contract/people'
import { codeAt } from '@zhijiao/server/core/auth/second-factor'
import { openSetup } from '@zhijiao/server/settings/index'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, pageOf } from '../support/browser.ts'
import { look, press } from '../support/console.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { plantPerson } from '../support/person.ts'

let browser: Browser
beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(() => browser?.close())

const first = 'Guilin-Shan-58'
const next = 'Liuzhou-Shui-63'

/** An installation nobody has set up yet. */
async function emptyHouse(): Promise<County> {
  const county = await startCounty()
  await county.house.databases.system.deleteFrom('org').execute()
  return county
}

test('first run: set-up by the printed token, a password of one’s own, an authenticator, the workbench', async () => {
  const county = await emptyHouse()
  try {
    const token = (await openSetup(county.house)) ?? ''
    const { page, context, troubles } = await pageOf(browser, county.url, null)
    // Whoever opens the bare address of an installation nobody has set up is led to its set-up.
    await page.goto(county.url)
    await page.waitForURL(/\/setup/)
    // The address that the start command printed carries the token where no server log sees it.
    await page.goto(`${county.url}/setup#${token}`)
    await page.reload()
    expect(await page.getByLabel('部署令牌').inputValue()).toBe(token)
    await page.getByLabel('部署令牌').fill('not-the-token')
    await page.getByLabel('机构代码').fill('450200')
    await page.getByLabel('机构名称').fill('示例市司法局')
    const posts = [
      ['系统管理员', 'sysadm', '蒙系统'],
      ['安全管理员', 'secadm', '陆安全'],
      ['审计管理员', 'auditadm', '岑审计'],
    ] as const
    for (const [post, login, name] of posts) {
      const group = page.getByRole('group', { name: post })
      await group.getByLabel('账号').fill(login)
      await group.getByLabel('姓名').fill(name)
      await group.getByLabel('工号').fill(`A-${login}`)
      await group.getByLabel('密码', { exact: true }).fill(login === 'secadm' ? 'password123' : first)
    }
    await press(page, '完成部署')
    await page
      .getByText('部署令牌不正确')

      .first()
      .waitFor()
    await page.getByLabel('部署令牌').fill(token)
    await page.getByLabel('机构代码').fill('4502')
    await press(page, '完成部署')
    // The weak password is named at its own field; nothing else has to be typed again.
    await page
      .getByText(/多为常见词|至少三类/)
      .first()
      .waitFor()
    await look(page, 'entry-setup-weak')
    await page.getByRole('group', { name: '安全管理员' }).getByLabel('密码', { exact: true }).fill(first)
    await press(page, '完成部署')
    await page.getByText(/部署完成/).waitFor()
    await look(page, 'entry-setup-done')
    await press(page, '去登录')

    await page.getByLabel('账号').fill('sysadm')
    await page.getByLabel('密码', { exact: true }).fill(first)
    await press(page, '登录')
    await page.getByText('请先设置新密码').waitFor()
    await look(page, 'entry-password')
    await page.getByLabel('当前密码').fill(first)
    await page.getByLabel('新密码', { exact: true }).fill('Short-1')
    await page.getByLabel('再输入一次新密码').fill(next)
    await press(page, '设置新密码')
    await page.getByText('两次输入的新密码不一致').waitFor()
    await page.getByLabel('新密码', { exact: true }).fill(next)
    await press(page, '设置新密码')

    await page.getByText('请绑定身份验证器').waitFor()
    await page.getByLabel('当前密码').fill(next)
    await press(page, '生成二维码')
    await page.getByAltText('身份验证器二维码').waitFor()
    await look(page, 'entry-factor')
    const secret = (await page.locator('code').innerText()).replace(/\s/g, '')
    await page.getByLabel('动态验证码').fill(codeAt(secret, county.house.chance.now()))
    await press(page, '确认绑定')
    await page.getByRole('heading', { level: 1 }).waitFor()
    await page.waitForURL((url) => url.pathname === '/')
    await look(page, 'entry-first-workbench')
    // The refused attempts above are no trouble of the page.
    expect(troubles.filter((t) => !/status of 40[0139]/.test(t))).toEqual([])
    await context.close()

    // Set up once and never again.
    const late = await pageOf(browser, county.url, null)
    await late.page.goto(`${county.url}/setup`)
    await late.page.getByText('已完成部署').waitFor()
    await late.context.close()
  } finally {
    await county.stop()
  }
})

test('a session that ends under a half-filled form: sign in over it, nothing typed is lost', async () => {
  const county = await startCounty()
  try {
    const officer: Somebody = await county.signIn('officer', { name: '韦所员' })
    const person = await plantPerson(county.house, { officer: officer.id, name: '李合成' })
    const { system } = county.house.databases
    const { hashPassword } = await import('@zhijiao/server/core/auth/password')
    const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
    await system
      .updateTable('staff')
      .set({ password_hash: await hashPassword(next), totp_secret: county.house.vault.seal('totp', secret) })
      .where('id', '=', officer.id)
      .execute()
    const { page, context } = await pageOf(browser, county.url, officer.cookie)
    await page.goto(`${county.url}/people/${person}`)
    await page
      .getByRole('button', { name: /^修\s?改$/ })
      .first()
      .click()
    const form = page.getByRole('dialog', { name: '修改基本信息' }).or(page.getByRole('dialog')).first()
    await form.getByLabel('罪名').fill('危险驾驶罪')
    await system.deleteFrom('session').where('staff_id', '=', officer.id).execute()
    await form.getByRole('button', { name: /^保\s?存$/ }).click()

    const again = page.getByRole('dialog', { name: '登录已失效，请重新登录' })
    await again.waitFor()
    await look(page, 'entry-again')
    await again.getByLabel('密码', { exact: true }).fill(next)
    await again.getByRole('button', { name: '登录', exact: true }).click()
    await again.getByLabel('动态验证码').fill(codeAt(secret, county.house.chance.now()))
    await again.getByRole('button', { name: '登录', exact: true }).click()
    await again.waitFor({ state: 'hidden' })
    expect(await form.getByLabel('罪名').inputValue()).toBe('危险驾驶罪')
    await form.getByRole('button', { name: /^保\s?存$/ }).click()
    await form.waitFor({ state: 'hidden' })
    const head = await county.signIn('officeHead')
    expect((await head.call(people.get, { params: { personId: person } })).crime).toBe('危险驾驶罪')
    await context.close()
  } finally {
    await county.stop()
  }
})

test('a browser too old to read the console is told so, and a good one reads nothing of it', async () => {
  const county = await startCounty({ env: { ZJ_PARTS: 'api' } })
  try {
    const old = await pageOf(browser, county.url, null)
    // It cannot read what was built: an engine without something of the language stops at it.
    await old.page.route(/\/assets\/console-.*\.js/, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'class Later { static ? }' }),
    )
    await old.page.goto(county.url)
    await old.page.getByRole('alert').getByText('Chromium 94').first().waitFor()
    await look(old.page, 'entry-old-browser')
    await old.context.close()

    const older = await pageOf(browser, county.url, null)
    // It knows no module at all, and asks for none.
    await older.page.addInitScript('delete Object.hasOwn')
    await older.page.route(/\/assets\//, (route) => route.abort())
    await older.page.goto(county.url)
    await older.page.getByText('浏览器版本过旧').waitFor()
    expect(older.troubles.filter((trouble) => /Content Security Policy/i.test(trouble))).toEqual([])
    await older.context.close()

    const good = await pageOf(browser, county.url, null)
    await good.page.goto(county.url)
    await good.page
      .getByRole('button', { name: /部署|登录/ })
      .first()
      .waitFor()
    expect(await good.page.getByText('浏览器版本过旧').count()).toBe(0)
    await good.context.close()
  } finally {
    await county.stop()
  }
})
