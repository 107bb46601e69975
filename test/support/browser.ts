import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import axe from 'axe-core'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { findBrowser } from '../../scripts/browser.mjs'

/** A real browser. Missing it is a failure with the line that mends it, never a skip. */
export async function openBrowser(): Promise<Browser> {
  const executablePath = findBrowser()
  if (!executablePath) throw new Error('no Chromium: apt-get install -y chromium fonts-noto-cjk (or set ZJ_CHROMIUM)')
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      // A test is the one click that lets a page sound.
      '--autoplay-policy=no-user-gesture-required',
    ],
  })
}

export const screens = {
  desk: { width: 1366, height: 768 },
  wide: { width: 1920, height: 1080 },
  phone: { width: 360, height: 780 },
} as const

/** A page already signed in by its session cookie; the sign-in form has a test of its own. */
export async function pageOf(
  browser: Browser,
  url: string,
  cookie: string | null,
  screen: keyof typeof screens = 'desk',
): Promise<{ context: BrowserContext; page: Page; troubles: string[] }> {
  const context = await browser.newContext({
    viewport: screens[screen],
    hasTouch: screen === 'phone',
    locale: 'zh-CN',
    timezoneId: 'America/New_York',
    acceptDownloads: true,
    // A dialog that is still growing when the button goes down has it elsewhere when the button comes up: no click. People
    // are slower than that; a busy machine's browser is not. The console's own way without motion is taken instead.
    reducedMotion: 'reduce',
  })
  if (cookie) {
    const [name = '', value = ''] = cookie.split('=')
    await context.addCookies([{ name, value, url }])
  }
  const page = await context.newPage()
  const troubles: string[] = []
  page.on('pageerror', (error) => troubles.push(`page: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/WebGL|GPU|favicon/i.test(message.text()))
      troubles.push(`console: ${message.text()}`)
  })
  return { context, page, troubles }
}

/** Serious and critical findings of axe on the page as it stands, one line each. */
export async function accessibilityOf(page: Page): Promise<string[]> {
  await page.evaluate(axe.source)
  const results = (await page.evaluate(
    'axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })',
  )) as {
    violations: { id: string; impact: string; nodes: { target: string[] }[] }[]
  }
  return results.violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map(
      (v) =>
        `${v.id}: ${v.nodes
          .map((n) => n.target.join(' '))
          .slice(0, 4)
          .join(', ')}`,
    )
}

const folder = process.env.ZJ_SCREENSHOTS ?? join(fileURLToPath(new URL('../../', import.meta.url)), 'test-results')

/** Leaves a picture for whoever wants to look. */
export async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`) })
}
