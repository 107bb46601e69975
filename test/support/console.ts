import type { Browser, Locator, Page } from 'playwright-core'
import { expect } from 'vitest'
import { accessibilityOf, pageOf, picture, type screens } from './browser.ts'
import type { County, Somebody } from './county.ts'

/** The console in a real browser, as a test of it goes about. */
export interface Opening {
  readonly screen?: keyof typeof screens
  /** How long a step of the page may take, milliseconds; a machine shared with others is slow at times. */
  readonly patienceMs?: number
  /** Refusals that the act provokes: no trouble of the page. */
  readonly provokes?: RegExp
  /** Name of the picture that is left when it goes wrong. */
  readonly failed: string
}

/** Opens a screen as somebody and acts there; what the page says to its console counts. */
export async function openAs<T>(
  browser: Browser,
  county: County,
  who: Somebody,
  path: string,
  act: (page: Page) => Promise<T>,
  { screen = 'desk', patienceMs = 60_000, provokes, failed }: Opening,
): Promise<T> {
  const { page, context, troubles } = await pageOf(browser, county.url, who.cookie, screen)
  page.setDefaultTimeout(patienceMs)
  try {
    await page.goto(`${county.url}${path}`)
    await page.locator('h1').waitFor()
    const done = await act(page)
    const own = troubles.filter((trouble) => !provokes?.test(trouble))
    expect.soft(own, path).toEqual([])
    return done
  } catch (error) {
    await picture(page, failed)
    throw error
  } finally {
    await context.close()
  }
}

/** Opens a screen as somebody, acts there, and leaves it accessible, quiet in the console and pictured as `name`. */
export const visitAs = (
  browser: Browser,
  county: County,
  who: Somebody,
  path: string,
  name: string,
  act: (page: Page) => Promise<void>,
  opening: Omit<Opening, 'failed'> = {},
): Promise<void> =>
  openAs(
    browser,
    county,
    who,
    path,
    async (page) => {
      await act(page)
      await look(page, name)
    },
    { ...opening, failed: `${name}-failed` },
  )

/** Pictures what is on the screen, once it is there, and holds it to WCAG 2.2 AA. */
export async function look(page: Page, name: string): Promise<void> {
  await page.locator('.ant-spin-spinning, .zj-waiting').first().waitFor({ state: 'hidden' })
  // What was scrolled half under the top bar is no finding.
  await page.evaluate('scrollTo(0, 0)')
  await page.waitForTimeout(400)
  await picture(page, name)
  expect.soft(await accessibilityOf(page), name).toEqual([])
}

export const dialog = (page: Page): Locator => page.getByRole('dialog').last()
/** A button by its exact name; one that has just been busy may still carry the sign of it. */
const button = (where: Page | Locator, name: string | RegExp) =>
  where.getByRole('button', {
    name: typeof name === 'string' ? new RegExp(`^(loading )?${name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`) : name,
  })
/** Presses the one button of this name. */
export const press = (where: Page | Locator, name: string | RegExp) => button(where, name).click()
/** Presses the first button of this name. */
export const pressFirst = (where: Page | Locator, name: string | RegExp) => button(where, name).first().click()
export const said = (page: Page, text: string | RegExp) =>
  page.locator('.ant-message').getByText(text).first().waitFor()
/** Opens a choice by its field and takes an entry. */
export async function choose(page: Page, field: Locator, entry: string | RegExp): Promise<void> {
  await field.click()
  await page
    .locator('.ant-select-dropdown:visible')
    .locator('.ant-select-item-option, .ant-select-tree-node-content-wrapper')
    .filter({ hasText: entry })
    .first()
    .click()
}
