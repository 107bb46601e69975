import { matters } from '@zhijiao/contract/matters'
import { openEndings } from '@zhijiao/server/ending/index'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser } from '../support/browser.ts'
import { type County, type Somebody, startCounty } from '../support/county.ts'
import { act, begin, filled, ledTo, papersOf, personNow, plantSupervised, see } from '../support/matters.ts'
import { goOn, issued, press, said, scene } from '../support/stories.ts'

/**
 * 刘某 (seed 000): sentenced on 18 May to three years for selling drugs, a child born during the trial, in September one
 * year of temporary service outside prison, until 6 August; on 3 August the letter to the civil affairs office about the
 * child of one year, on 14 August the child given to its father.
 *
 * Days and months are those of the text, the years are moved by eight (2016–17 to 2024–25): in 2017 the law that the
 * product carries was not in force, and no decision is to be made under a law that was not. The clock of the program goes
 * with the story: it opens the watch over the term by itself, and every act lies on its day.
 */
let county: County
let browser: Browser
let officer: Somebody
let staff: Somebody
let chief: Somebody

beforeAll(async () => {
  county = await startCounty({ at: '2025-07-01T09:00:00+08:00' })
  browser = await openBrowser()
  officer = await county.signIn('officer', { name: '韦所员' })
  staff = await county.signIn('county', { name: '莫科员' })
  chief = await county.signIn('countyHead', { name: '卢局长' })
  await until('2025-07-01T09:00')
})
afterAll(async () => {
  await browser?.close()
  await county?.stop()
})

const until = (local: string) => goOn(county, `${local}:00+08:00`)
const just = () => new Date(county.house.chance.now() - 60_000).toISOString()

test('S0.38 S0.37 S1.13 the term of a nursing mother is watched, recommitment proposed, the child placed first', {
  timeout: 240_000,
}, async () => {
  const person = await plantSupervised(county, {
    name: '刘某',
    officer: officer.id,
    category: '04',
    sex: 'female',
    crime: '贩卖毒品罪',
    termStart: '2024-09-01',
    termEnd: '2025-08-06',
  })
  await openEndings(county.house)
  const { items } = await officer.call(matters.list, { query: { kind: 'ending', person } })
  const [watch] = items
  expect(watch).toMatchObject({ step: 'summary', clock: { citation: { rule: 'END-01' } } })
  expect(watch?.clock.dueAt?.slice(0, 10)).toBe('2025-07-07')

  // The officer says what is left of the sentence; the product opens the proposal of recommitment.
  await scene(browser, county, officer, `/matters/ending/${watch?.id}`, 'nursing-watch', async (page) => {
    await page.locator('.zj-hint-must').getByText('刑期未满而情形消失的，应提请收监执行').waitFor()
    await page.getByLabel('个人总结').fill('服从管理，照料女儿。')
    await page.getByLabel('村（居）委会意见').fill('表现良好，孩子无人接手抚养。')
    await page.getByRole('radiogroup', { name: '刑期' }).getByText('刑期未满').click()
    await page.getByLabel('须先行安置的未成年子女或老人').fill('女儿，1岁，现由本人照料；生父失联，亲属无力抚养')
    await press(page, '刑期未满，转收监执行')
    await said(page, '已办理：刑期未满，转收监执行')
    await page.locator('.zj-process').getByText('转收监执行').first().waitFor()
  })
  const proposal = await ledTo(staff, { id: watch?.id ?? '' }, 'recommitment')
  expect(proposal.register).toMatchObject({ ground: 'causeGoneTermLeft', dependants: expect.stringContaining('女儿') })

  // 3 August: the letter of coordination about the child.
  await until('2025-08-03T10:00')
  expect((await see(staff, proposal.id)).hints.map((h) => h.said.zh).join()).toContain('收监前先落实安置')
  const letter = await begin(
    staff,
    'coordination',
    person,
    {
      matter: 'child',
      to: '示例市民政局',
      situation: '社区矫正期满后需收监执行，其1岁女儿无人抚养。',
      asks: '商请协助解决服刑期间婴儿收养问题。',
    },
    { cause: proposal.id },
  )
  const waiting = await act(staff, letter, 'send', { number: '(2025)示矫函第3号', sentOn: '2025-08-03' })
  expect(waiting.step).toBe('reply')

  const ready = await act(staff, proposal, 'submit', {
    decision: '(2024)暂予监外执行决定书',
    evidence: [{ name: '子女出生医学证明' }, { name: '抚养情况调查笔录' }],
    heard: '服从决定，请求先安置女儿。',
  })
  const sent = await act(chief, ready, 'sign', { opinion: '同意提请', sentAt: just() })
  expect(sent).toMatchObject({ step: 'court', clock: { citation: { rule: 'REV-05' } } })
  expect(await papersOf(county, proposal.id)).toEqual(['D23'])
  expect((await filled(county, proposal.id, 'D23'))['原因(八项)']).toContain('情形消失')
  await issued(county, staff, proposal.id, 'D23')

  // 14 August: the child is with its father; the decision is recorded with how it was placed.
  await until('2025-08-14T10:00')
  const answered = await act(staff, waiting, 'solved', {
    answeredOn: '2025-08-14',
    answer: '已联系到孩子生父，婴儿交予其生父抚养。',
  })
  expect(answered).toMatchObject({ end: 'solved' })
  await scene(browser, county, staff, `/matters/recommitment/${proposal.id}`, 'nursing-decided', async (page) => {
    await page.locator('[aria-current=step]').getByText('决定机关决定').waitFor()
    await page.getByLabel('裁判文书号').fill('(2025)示刑收1号')
    await page.getByLabel('裁判日期').fill('20250814')
    await page.getByLabel('安置落实情况').fill('8月14日女儿交予其生父抚养')
    await press(page, '决定收监执行')
    await said(page, '已办理：决定收监执行')
  })
  const termination = await ledTo(staff, proposal, 'termination')
  expect(termination.register).toMatchObject({ code: 'T3' })
  await act(staff, termination, 'end', { effectiveOn: '2025-08-14', takenTo: '示例女子监狱' })
  expect(await personNow(county, person)).toMatchObject({ state: 'terminated' })
})
