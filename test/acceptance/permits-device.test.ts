import { activations } from '@zhijiao/contract/devices'
import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import { plusDays, plusMonths } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { pdfText } from '../support/pdf-text.ts'
import { codeOf } from '../support/refused.ts'
import { type Desk, ledgerKinds, startDesk } from './permits.support.ts'

let desk: Desk
beforeAll(async () => {
  desk = await startDesk()
})
afterAll(() => desk?.stop())

/** A device in somebody's hands. */
const issued = async (person: string | null, kind: 'wristband' | 'phone' = 'wristband') => {
  const id = desk.county.house.chance.id()
  const identity = id.slice(-12)
  await sql`insert into device (id, org_code, kind, protocol, identity, state, holder_id, created_at)
    values (${id}, ${places.office}, ${kind}, 'jt808', ${identity}, 'issued', ${person}, ${desk.now()})`.execute(
    desk.db,
  )
  return { id, identity }
}
const use = (device: string, more: Record<string, unknown> = {}) => ({
  what: 'use',
  ground: 'leftWithoutApproval',
  evidence: '2026年11月3日未经批准前往示例二县，附轨迹与谈话笔录',
  device,
  lastDay: plusDays(desk.today(), 60),
  ...more,
})
const propose = async (person: string, form: Record<string, unknown>) => {
  const asked = await desk.begin('deviceUse', person, form)
  const passed = await desk.act(desk.head, asked, 'support', { opinion: '情况属实' })
  return desk.act(desk.agency, passed, 'propose', { opinion: '提请局负责人批准' })
}
const termsOf = async (person: string) =>
  (await desk.agency.call(activations.ofPerson, { params: { personId: person } })).items

test('S2.8 S3.9 use, extension and removal of a device: approved by the head of the administration alone, run by the activation', async () => {
  const person = await desk.person()
  const band = await issued(person)
  const up = await propose(person, use(band.identity))
  expect(up).toMatchObject({ step: 'bureau', holder: { post: 'bureauHead', unit: places.county } })
  expect(await termsOf(person)).toMatchObject([{ state: 'proposed', regime: 'device', ground: 'leftWithoutApproval' }])
  expect(await codeOf(desk.act(desk.agency, up, 'approve', { opinion: '同意' }))).toBe('ZJ_MATTER_NOT_YOURS')

  const told = await desk.act(desk.bureau, up, 'approve', { opinion: '同意使用' })
  expect(told).toMatchObject({ step: 'tell', holder: { post: 'officer' } })
  expect(await termsOf(person)).toMatchObject([{ state: 'running' }])
  const papers = await desk.papers(up.id)
  expect(papers.D16a).toMatchObject({
    申请类型: '使用',
    设备编号: band.identity,
    '法29情形(1-5)': expect.stringMatching(/第（二）项/),
    司法所意见: '情况属实',
    批准意见: '同意使用',
  })
  expect(Object.keys(papers).sort()).toEqual(['D16a', 'D16b'])
  const said = await noticeOf(up.id)
  expect(said).toContain('使用电子定位装置告知书')
  expect(said).toContain('应当按要求佩戴、充电和保管装置')
  const done = await desk.act(desk.officer, told, 'told', { at: desk.now(), signed: 'signed' })
  expect(done.end).toBe('approved')

  // An extension needs an assessment, and follows without a gap.
  const longer = await propose(person, {
    what: 'extend',
    assessedOn: desk.today(),
    assessment: '仍有外出倾向，继续使用有必要',
    lastDay: plusDays(desk.today(), 120),
  })
  await desk.act(desk.bureau, longer, 'approve', { opinion: '同意延长' })
  const extended = await noticeOf(longer.id)
  expect(extended).toContain('延长使用电子定位装置告知书')
  expect(extended).toContain('经重新评估')
  expect(extended).toContain('佩戴、充电')
  expect((await termsOf(person)).map((t) => t.state)).toEqual(['running', 'running'])

  // Removal ends what runs at once.
  const third = await person2Removal(person)
  expect(third.step).toBe('tell')
  // Whoever is told that it comes off is not told to wear it.
  const removed = await noticeOf(third.id)
  expect(removed).toContain('解除电子定位装置告知书')
  expect(removed).toContain('予以解除')
  expect(removed).toContain('不再采集你的位置信息')
  expect(removed).not.toContain('应当按要求佩戴')
  expect(await ledgerKinds(desk.county, { person })).toEqual(
    expect.arrayContaining(['activation.proposed', 'activation.approved', 'activation.ended', 'deviceUse.ended']),
  )
})

/** The notice D16b of a case as it is printed, without its spaces. */
async function noticeOf(subject: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select id from document where subject_id = ${subject} and template = 'D16b'`.execute(desk.db)
  const answer = await desk.officer.call(documents.pdf, { params: { id: rows[0]?.id ?? '' } })
  return pdfText(Buffer.from(await (answer as unknown as Response).arrayBuffer())).text.replace(
    /— \d+ —|草\s*稿|\s/g,
    '',
  )
}

async function person2Removal(person: string) {
  const running = await desk.officer.call(matters.list, {
    query: { person, kind: 'deviceUse', view: 'running' },
  })
  for (const { id } of running.items) {
    const open = await desk.see(desk.officer, id)
    await desk.act(desk.officer, open, 'told', { at: desk.now(), signed: 'declined', witness: '村委会李某' })
  }
  const up = await propose(person, { what: 'remove', unneeded: '两个月表现稳定' })
  const told = await desk.act(desk.bureau, up, 'approve', { opinion: '同意解除' })
  const states = (await termsOf(person)).map((t) => t.state)
  expect(states).not.toContain('running')
  return told
}

test('S2.8 no phone, nobody else’s device, no term past three months, nothing to extend: refused with what to do', async () => {
  const [person, other] = [await desk.person(), await desk.person()]
  const [phone, band] = [await issued(person, 'phone'), await issued(person)]
  const code = (form: Record<string, unknown>, who = person) => codeOf(desk.begin('deviceUse', who, form))
  expect(await code(use(phone.identity))).toBe('ZJ_DEVICE_USE_PHONE')
  expect(await code(use('000000000000'))).toBe('ZJ_DEVICE_USE_NONE')
  expect(await code(use(band.identity), other)).toMatch(/ZJ_DEVICE_USE_(HOLDER|NONE)/)
  expect(await code(use(band.identity, { lastDay: plusMonths(desk.today(), 4) }))).toBe('ZJ_LAW_DEVICE_TERM_REFUSED')
  expect(await code({ what: 'remove', unneeded: '不需要' })).toBe('ZJ_DEVICE_USE_TERM')
  const hints = await desk.weigh('deviceUse', person, use(band.identity, { ground: 'refusedToReport' }))
  expect(hints.find((h) => h.tone === 'careful')).toMatchObject({ citation: { rule: 'EPD-01' } })
})

test('S2.8 refused or taken back, no proposal stays behind', async () => {
  const person = await desk.person()
  const band = await issued(person)
  const up = await propose(person, use(band.identity))
  const refused = await desk.act(desk.bureau, up, 'refuse', { opinion: '证据不足' }, '未见离开市县的证据')
  expect(refused.end).toBe('refused')
  expect(await termsOf(person)).toMatchObject([{ state: 'refused' }])
})

test('Z4 EPD-02 an objection that is well founded ends the device, by the word of the head who approved it', async () => {
  const person = await desk.person()
  const band = await issued(person)
  const told = await desk.act(desk.bureau, await propose(person, use(band.identity)), 'approve', { opinion: '同意' })
  const asked = await desk.begin(
    'objection',
    person,
    { receivedOn: desk.today(), how: 'oral', claim: '当日系就医，已电话报告' },
    { cause: told.id },
  )
  const review = { heard: '本人陈述', meanwhile: 'stood', answer: '就医属实，建议撤销' }
  expect(await codeOf(desk.act(desk.second, asked, 'revoke', review))).toBe('ZJ_OBJECTION_ABOVE')
  const passed = await desk.act(desk.second, asked, 'passUp', review)
  await desk.act(desk.bureau, passed, 'revoke', { answer: '就医属实，撤销' })
  expect(await termsOf(person)).toMatchObject([{ state: 'ended', endReason: 'removal' }])
})
