import { documents } from '@zhijiao/contract/documents'
import type { Browser, Page } from 'playwright-core'
import { expect } from 'vitest'
import { visitAs } from './console.ts'
import type { County, Somebody } from './county.ts'
import { later } from './episode.ts'

export { dialog, pressFirst as press, said } from './console.ts'

/** A screen of a story: opened as somebody, acted on, then accessible, quiet in the console and pictured. */
export const scene = (
  browser: Browser,
  county: County,
  who: Somebody,
  path: string,
  name: string,
  act: (page: Page) => Promise<void>,
): Promise<void> =>
  visitAs(browser, county, who, path, `story-${name}`, act, {
    patienceMs: 90_000,
    provokes: /status of (400|401|403|409|422)/,
  })

/** Answers a yes-or-no of a form. */
export const answer = (page: Page, label: string, yes: boolean) =>
  page
    .getByRole('radiogroup', { name: label })
    .getByText(yes ? '是' : '否', { exact: true })
    .click()

/** Issues what was drafted for a matter: nothing is missing on it, it gets its number, and it prints. */
export async function issued(county: County, who: Somebody, matter: string, template: string): Promise<string> {
  const { items } = await who.call(documents.list, { query: { subject: matter, template } })
  const [draft] = items
  if (!draft) throw new Error(`${template} was not drafted`)
  const paper = await who.call(documents.get, { params: { id: draft.id } })
  expect(paper.missing, template).toEqual([])
  const done = await who.call(documents.issue, { params: { id: draft.id }, body: { revision: paper.revision } })
  const pdf = await fetch(`${county.url}/api/documents/${draft.id}/pdf`, { headers: { cookie: who.cookie } })
  expect(
    Buffer.from(await pdf.arrayBuffer())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  return done.number ?? ''
}

/**
 * Lets the story's clock go on to an instant. Everyone stays signed in: a session of a day long past would be swept away by
 * the keeper of retention, which goes by the clock of the database.
 */
export async function goOn(county: County, to: string): Promise<void> {
  await later(county, Math.max(0, Date.parse(to) - county.house.chance.now()))
  await county.house.databases.system
    .updateTable('session')
    .set({ expires_at: new Date('2099-01-01T00:00:00Z') })
    .execute()
  // Months pass in a minute: nobody owes a new password for that.
  await county.house.databases.system
    .updateTable('staff')
    .set({ password_changed_at: new Date(county.house.chance.now()) })
    .execute()
}
