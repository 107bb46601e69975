import { entrustments } from '@zhijiao/contract/entrustments'
import { tasks } from '@zhijiao/contract/tasks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  type AssessmentHands,
  assessmentHands,
  assessmentInstruction,
  assessmentLetter,
  attachPhoto,
} from '../support/assessment.ts'
import { type County, places, startCounty } from '../support/county.ts'
import { act, see } from '../support/matters.ts'

let county: County
let hands: AssessmentHands

// A few minutes before midnight of Monday 2 March 2026: what arrives after it arrives on the next day.
beforeAll(async () => {
  county = await startCounty({ at: '2026-03-02T15:53:00Z', env: { ZJ_PARTS: 'api' } })
  hands = await assessmentHands(county)
})
afterAll(() => county.stop())

const entrust = (more: object = {}) =>
  hands.court.call(entrustments.entrust, { body: { county: places.county, form: assessmentLetter(more) } })
const get = (id: string) => hands.court.call(entrustments.get, { params: { id } })
const missing = async (id: string, words: string) => {
  const { asks } = await hands.clerk.call(entrustments.ask, { params: { id }, body: { kind: 'annex', words } })
  return asks.at(-1)?.id ?? ''
}
const send = async (id: string, askId: string, fileName: string) => {
  const file = await attachPhoto(hands.court, id, fileName)
  return hands.court.call(entrustments.reply, { params: { id, askId }, body: { files: [file.id] } })
}
const taskOf = async (id: string) => {
  const { items } = await hands.clerk.call(tasks.list, {
    query: { view: 'todo', kind: 'matter.assessment', whose: 'unit', size: 200 },
  })
  return items.find((t) => t.subject === id)
}

test('S0.32 INV-01 the clock runs from the day on which letter and annexes are both there, and says so on both sides', async () => {
  const { clerk, officer } = hands
  const whole = await entrust()
  const part = await entrust()
  const fast = await entrust({ fast: true })
  const wrong = await entrust()
  expect(part).toMatchObject({ dueAt: '2026-03-16T15:59:59.999Z', clockWaits: false })

  const first = await missing(part.id, '缺起诉书副本')
  const second = await missing(part.id, '缺户籍证明')
  expect(await get(part.id)).toMatchObject({
    dueAt: null,
    clockWaits: true,
    asks: [{ holdsClock: true, citation: { rule: 'INV-01' } }, { holdsClock: true }],
  })
  const waits = await see(clerk, part.id)
  expect(waits.clock.dueAt).toBeNull()
  expect(waits.hints[0]).toMatchObject({
    tone: 'must',
    said: { zh: expect.stringContaining('缺起诉书副本；缺户籍证明') },
    citation: { rule: 'INV-01' },
  })
  expect((await taskOf(part.id))?.clockChanges).toMatchObject([
    { what: 'wait', by: '赵科员', citation: { rule: 'INV-01' } },
    { what: 'wait' },
  ])
  const fastAsk = await missing(fast.id, '缺起诉书副本')
  // What turns out to have been there all along never held it.
  const mistaken = await missing(wrong.id, '缺判决书')
  await clerk.call(entrustments.takeBack, { params: { id: wrong.id, askId: mistaken } })
  expect(await get(wrong.id)).toMatchObject({ dueAt: '2026-03-16T15:59:59.999Z', clockWaits: false })

  // It may be instructed meanwhile; the clock still waits, in the next hand too.
  const instructed = await act(clerk, await see(clerk, part.id), 'instruct', assessmentInstruction)
  expect(instructed.clock.dueAt).toBeNull()
  await act(clerk, await see(clerk, whole.id), 'instruct', assessmentInstruction)

  county.pass(8 * 60_000)
  expect(await send(part.id, first, '起诉书.jpg')).toMatchObject({ dueAt: null, clockWaits: true })
  expect(await send(part.id, second, '户籍证明.jpg')).toMatchObject({
    dueAt: '2026-03-17T15:59:59.999Z',
    clockWaits: false,
  })
  expect(await see(officer, part.id)).toMatchObject({
    clock: { dueAt: '2026-03-17T15:59:59.999Z', citation: { rule: 'INV-01' } },
    hints: [{ tone: 'good', said: { zh: '所附材料于 2026-03-03 收齐，期限自该日起算' } }, {}, {}, {}],
  })
  // Five working days in the fast-track procedure, from that day as well.
  expect((await send(fast.id, fastAsk, '起诉书.jpg')).dueAt).toBe('2026-03-10T15:59:59.999Z')

  // What is wished for once an office has it in hand holds nothing: it is said, with what the law offers instead.
  const { asks } = await officer.call(entrustments.ask, {
    params: { id: whole.id },
    body: { kind: 'annex', words: '请补充被告人近照' },
  })
  expect(asks[0]).toMatchObject({ holdsClock: false, citation: { rule: 'INV-01' } })
  expect(await get(whole.id)).toMatchObject({ dueAt: '2026-03-16T15:59:59.999Z', clockWaits: false })
  const hint = (await see(officer, whole.id)).hints[0]
  expect(hint).toMatchObject({ said: { zh: expect.stringContaining('期限照常计算') }, citation: { rule: 'INV-03' } })
})
