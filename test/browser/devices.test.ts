import { type DeviceCommand, devices } from '@zhijiao/contract/devices'
import { authenticate, heartbeat } from '@zhijiao/wire/jt808/device'
import { sql } from 'kysely'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ground, Line, startGround, until } from '../acceptance/devices.support.ts'
import { openBrowser } from '../support/browser.ts'
import { choose, dialog, look, openAs, press, pressFirst, visitAs } from '../support/console.ts'

let ground: Ground
let browser: Browser
beforeAll(async () => {
  ground = await startGround()
  browser = await openBrowser()
})
afterAll(async () => {
  await browser?.close()
  await ground?.county.stop()
})

test('S0.12 a device that no longer proves itself is seen in list and page, and so is why a command was not sent', {
  timeout: 240_000,
}, async () => {
  const { county, clerk } = ground
  const worn = await ground.wear({ name: '陈示例' })
  const from = (serial: number) => ({ device: worn.identity.padStart(12, '0'), is2019: false, serial })
  const own = await Line.open(ground.ports().jt808)
  own.send(authenticate(from(1), worn.secret))
  await until('authenticated', () => own.answered.length === 1)
  own.end()
  const stranger = await Line.open(ground.ports().jt808)
  stranger.send(heartbeat(from(1), 80))
  await until('seen', async () => {
    const { proof } = await clerk.call(devices.get, { params: { id: worn.device } })
    return proof === 'lapsed'
  })
  const send = (command: DeviceCommand) =>
    clerk.call(devices.command, { params: { id: worn.device }, body: { command, why: '核实', expiresInS: 86_400 } })
  await send({ kind: 'text', text: '请联系司法所' })
  await send({ kind: 'readParameters' })

  await visitAs(browser, county, clerk, '/devices', 'devices-lapsed', async (page) => {
    await page.getByRole('row').filter({ hasText: worn.identity }).getByText('现未认证').waitFor()
  })
  const { revision } = await clerk.call(devices.get, { params: { id: worn.device } })
  for (const screen of ['desk', 'phone'] as const)
    await visitAs(
      browser,
      county,
      clerk,
      `/devices/${worn.device}`,
      `device-lapsed-${screen}`,
      async (page) => {
        await page.getByText(/有来报未出示正确密钥/).waitFor()
        await page.getByText('更换密钥后重新写入', { exact: false }).waitFor()
      },
      { screen },
    )
  await clerk.call(devices.takeBack, {
    params: { id: worn.device },
    body: { state: 'stock', reason: '不再需要', revision },
  })
  await openAs(
    browser,
    county,
    clerk,
    `/devices/${worn.device}`,
    async (page) => {
      await page.getByRole('tab', { name: '指令' }).click()
      await page.getByText('读取参数').first().waitFor()
      await page.getByText('定位启用结束：收回设备').first().waitFor()
      await page.getByText('已撤回').first().waitFor()
      await page.getByText('终端已换人或收回').first().waitFor()
      await look(page, 'device-commands-withdrawn')
    },
    { failed: 'device-commands-failed' },
  )
  stranger.end()
})

test('S2.8 a command says how often it was sent and when last', async () => {
  const { county, clerk } = ground
  const worn = await ground.wear({ kind: 'phone', protocol: 'app', name: '吴示例' })
  const ask = (command: DeviceCommand) =>
    clerk.call(devices.command, {
      params: { id: worn.device },
      body: { command, why: '核实', expiresInS: 86_400 },
    })
  const [locate, interval] = [await ask({ kind: 'locate' }), await ask({ kind: 'interval', seconds: 3600 })]
  const sent = (id: string, sends: number) =>
    sql`update device_command set sends = ${sends}, sent_at = ${new Date(county.house.chance.now())} where id = ${id}`.execute(
      county.house.databases.system,
    )
  await sent(locate.id, 1)
  await sent(interval.id, 3)
  for (const screen of ['desk', 'phone'] as const)
    await openAs(
      browser,
      county,
      clerk,
      `/devices/${worn.device}`,
      async (page) => {
        await page.getByRole('tab', { name: '指令' }).click()
        await page.getByText(/^已发送 3 次，最近 \d{2}:\d{2}$/).waitFor()
        await page.getByText(/^已发送 1 次，\d{2}:\d{2}$/).waitFor()
        await look(page, `device-commands-sends-${screen}`)
      },
      { failed: 'device-sends-failed', screen },
    )
})

test('C30 the map of an office reads again at once when a device of the county’s stock changes on somebody of its own', async () => {
  const { county, clerk, officer } = ground
  const worn = await ground.wear({ name: '郑示例' })
  await openAs(
    browser,
    county,
    officer,
    '/map',
    async (page) => {
      await page.getByRole('status', { name: '实时' }).waitFor()
      await page.waitForLoadState('networkidle')
      // By itself it would ask after half a minute.
      const again = page.waitForResponse(/\/api\/positions\/live/, { timeout: 15_000 })
      await clerk.call(devices.inspect, {
        params: { id: worn.device },
        body: { water: 'sound', housing: 'sound', strap: 'sound', battery: 'weak' },
      })
      expect((await again).status()).toBe(200)
      await look(page, 'map-told')
    },
    { failed: 'map-told-failed' },
  )
})

test('S2.8 the desk ends a device for what happened to the person, and leads to its procedure for the rest', {
  timeout: 240_000,
}, async () => {
  const { county, clerk } = ground
  const worn = await ground.wear({ name: '刘示例' })
  const phone = await ground.wear({ kind: 'phone', protocol: 'app', name: '周示例' })
  await openAs(
    browser,
    county,
    clerk,
    '/activations',
    async (page) => {
      const row = (identity: string) => page.getByRole('row').filter({ hasText: identity })
      await pressFirst(row(worn.identity), '提前解除')
      await dialog(page).getByText('由批准使用的司法局负责人决定解除', { exact: false }).waitFor()
      await look(page, 'activation-end')
      // No reason is chosen beforehand, and removal is none of them.
      await dialog(page).getByLabel('事由', { exact: true }).fill('表现稳定')
      await press(dialog(page), /提\s*交/)
      await dialog(page).locator('.ant-form-item-explain-error').first().waitFor()
      await dialog(page).getByLabel('解除原因').click()
      const offered = page.locator('.ant-select-dropdown:visible .ant-select-item-option')
      await offered.first().waitFor()
      expect(await offered.allTextContents()).toEqual(['解除矫正', '羁押、收监', '死亡', '执行地变更'])
      await offered.first().click()
      await dialog(page).getByRole('link', { name: '办理解除' }).click()
      await page.waitForURL(/\/matters\/deviceUse\/new/)
      await page.getByText('刘示例').first().waitFor()
      await look(page, 'device-use-begun')

      await page.goto(`${county.url}/activations`)
      await pressFirst(row(phone.identity), '提前解除')
      await choose(page, dialog(page).getByLabel('解除原因'), '解除使用')
    },
    { failed: 'activation-end-failed' },
  )
})

test('a renewed secret is handed at registration only where the officer says so, and the page shows until when', {
  timeout: 240_000,
}, async () => {
  const { county, clerk } = ground
  const worn = await ground.wear({ name: '陈示例' })
  for (const screen of ['desk', 'phone'] as const)
    await openAs(
      browser,
      county,
      clerk,
      `/devices/${worn.device}`,
      async (page) => {
        await page.getByRole('button', { name: '更换密钥' }).first().click()
        await dialog(page).getByText('仅凭终端号注册的，得不到新密钥', { exact: false }).waitFor()
        await dialog(page).getByRole('checkbox').check()
        await dialog(page).getByRole('textbox').fill('终端送修后重新写入')
        await look(page, `device-secret-dialog-${screen}`)
        await press(dialog(page), /提\s*交/)
        await page.getByText('终端密钥（只显示这一次）').waitFor()
        await page.getByText(/开放至 .+:/).waitFor()
      },
      { screen, failed: `device-secret-failed-${screen}` },
    )
  await visitAs(browser, county, clerk, `/devices/${worn.device}`, 'device-secret-open', async (page) => {
    await page.getByText(/开放至 .+:/).waitFor()
  })
})
