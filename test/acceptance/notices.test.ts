import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { documents } from '@zhijiao/contract/documents'
import { notices } from '@zhijiao/contract/notices'
import { people } from '@zhijiao/contract/people'
import { ConfigFault, readConfig } from '@zhijiao/server/core/config'
import { shippedTemplates } from '@zhijiao/server/documents/templates/index'
import { sendDue } from '@zhijiao/server/notices/index'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { identityNumber } from '../support/citizens.ts'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

/** A gateway as a county has one: it takes what it is told to, and remembers what came. */
interface Gateway {
  readonly url: string
  readonly came: { authorization: string | undefined; body: Record<string, string> }[]
  answers: number
  stop(): void
}
async function startGateway(): Promise<Gateway> {
  const came: Gateway['came'] = []
  const server: Server = createServer((request, response) => {
    let text = ''
    request.on('data', (part) => {
      text += String(part)
    })
    request.on('end', () => {
      came.push({ authorization: request.headers.authorization, body: JSON.parse(text) as Record<string, string> })
      response.writeHead(gateway.answers).end('{}')
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const gateway: Gateway = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/send`,
    came,
    answers: 200,
    stop: () => void server.close(),
  }
  return gateway
}

let gateway: Gateway
let county: County
let plain: County
let officer: Somebody
let head: Somebody
let next = 1

beforeAll(async () => {
  gateway = await startGateway()
  county = await startCounty({
    env: {
      ZJ_PARTS: 'api',
      ZJ_SMS_URL: gateway.url,
      ZJ_SMS_SECRET: 'county-secret',
      ZJ_SMS_BODY: '{"mobile":"{phone}","content":"{text}","serial":"{id}"}',
    },
  })
  plain = await startCounty({ env: { ZJ_PARTS: 'api' } })
  officer = await county.signIn('officer', { name: '韦所员' })
  head = await county.signIn('county', { name: '莫科员' })
})
afterAll(async () => {
  gateway.stop()
  await county?.stop()
  await plain?.stop()
})

const phone = '13977200001'
async function issued(by = officer, agency = head, number: string | null = phone) {
  const file = await by.call(people.create, {
    body: {
      name: '覃某',
      identity: identityNumber(next++),
      category: '02',
      termStart: '2026-01-01',
      termEnd: '2027-12-31',
      org: places.office,
      ...(number ? { phone: number } : {}),
    },
  })
  const values = Object.fromEntries(
    (shippedTemplates.get('D36')?.blanks ?? []).map((b) => [b.name, b.sample as string]),
  )
  const draft = await by.call(documents.draft, { body: { template: 'D36', person: file.id, values } })
  return {
    draft,
    file,
    issue: () => agency.call(documents.issue, { params: { id: draft.id }, body: { revision: draft.revision } }),
  }
}
const send = (who: Somebody, document: string, text = '您有一份文书需要领取。', id = county.house.chance.id()) =>
  who.call(notices.send, { params: { id: document }, body: { id, text } })
const list = (who: Somebody, document: string) => who.call(notices.list, { params: { id: document } })

describe('S3.11 a short message that a document waits', () => {
  test('goes to the number on file once, by the county’s own gateway, and stands with the document', async () => {
    const { draft, issue } = await issued()
    expect(await codeOf(send(officer, draft.id))).toBe('ZJ_DOCUMENT_NOT_ISSUED')
    await issue()
    const before = await list(officer, draft.id)
    expect(before).toMatchObject({ on: true, to: '*******0001', items: [] })
    // What is suggested names neither the paper nor the case.
    expect(before.suggested).not.toMatch(/告知书|缓刑|矫正/)
    const id = county.house.chance.id()
    const text = '您有一份文书需要领取，请到"司法所"。'
    await send(officer, draft.id, text, id)
    await send(officer, draft.id, text, id)
    expect((await list(officer, draft.id)).items).toMatchObject([
      { state: 'queued', to: '*******0001', askedBy: '韦所员' },
    ])
    expect(await sendDue(county.house)).toBe(1)
    expect(gateway.came).toEqual([
      { authorization: 'Bearer county-secret', body: { mobile: phone, content: text, serial: id } },
    ])
    expect((await list(officer, draft.id)).items).toMatchObject([{ state: 'sent', tries: 1, fault: null }])
    expect(await sendDue(county.house)).toBe(0)
  })

  test('is tried again while the gateway is out, fails in words in the end, and is refused for good when the gateway says so', async () => {
    const { draft, issue } = await issued()
    await issue()
    gateway.answers = 503
    await send(officer, draft.id)
    for (const minutes of [0, 1, 5, 30, 120]) {
      county.pass(minutes * 60_000 + 1_000)
      expect(await sendDue(county.house)).toBe(1)
      expect(await sendDue(county.house)).toBe(0)
    }
    // Hours have passed: whoever looks signs in anew.
    ;[officer, head] = [await county.signIn('officer'), await county.signIn('county')]
    expect((await list(head, draft.id)).items).toMatchObject([
      { state: 'failed', tries: 5, fault: { zh: '短信网关答复 503' } },
    ])
    gateway.answers = 400
    await send(head, draft.id)
    await sendDue(county.house)
    expect((await list(head, draft.id)).items[0]).toMatchObject({ state: 'failed', tries: 1 })
    gateway.answers = 200
    await send(head, draft.id)
    expect(await codeOf(send(head, draft.id))).toBe('ZJ_NOTICE_OFTEN')
  })

  test('without a number, with an identity number, by another county or where no gateway is: refused with what to do', async () => {
    const without = await issued(officer, head, null)
    await without.issue()
    expect(await codeOf(send(officer, without.draft.id))).toBe('ZJ_NOTICE_NO_PHONE')
    const { draft, issue } = await issued()
    await issue()
    expect(await codeOf(send(officer, draft.id, `号码 ${identityNumber(90)}`))).toBe('ZJ_NOTICE_PERSONAL')
    const other = await county.signIn('officer', { of: places.otherOffice })
    expect(await codeOf(send(other, draft.id))).toBe('ZJ_NOT_FOUND')
    expect(await codeOf(list(other, draft.id))).toBe('ZJ_NOT_FOUND')
    const [staff, agency] = [await plain.signIn('officer'), await plain.signIn('county')]
    const bare = await issued(staff, agency)
    await bare.issue()
    expect(await refusedWith(send(staff, bare.draft.id))).toMatchObject({
      code: 'ZJ_NOTICE_OFF',
      zh: expect.stringContaining('ZJ_SMS_URL'),
    })
    expect((await list(staff, bare.draft.id)).on).toBe(false)
  })

  test('a gateway that is set wrongly keeps the program from starting, in words', () => {
    for (const env of [
      { ZJ_SMS_URL: 'sms.example' },
      { ZJ_SMS_URL: 'http://sms.example', ZJ_SMS_BODY: '{"to":"{phone}"}' },
    ])
      expect(() => readConfig(env, 'test')).toThrow(ConfigFault)
  })
})
