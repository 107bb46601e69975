import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { everyPromise } from '@zhijiao/contract'
import { client } from '@zhijiao/contract/client'
import type { Kept } from '@zhijiao/contract/kernel'
import { isPermission } from '@zhijiao/law/permissions'
import { openApi } from '@zhijiao/server/system/openapi'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type County, startCounty } from '../support/county.ts'

let county: County
beforeAll(async () => {
  county = await startCounty({ env: { ZJ_PARTS: 'api' } })
})
afterAll(() => county.stop())

const checkedIn = (document: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../docs/reference/openapi-${document}.json`, import.meta.url)), 'utf8'),
  )

test('P33 the API document that is checked in is the one the routes enforce', async () => {
  for (const document of ['internal', 'exchange'] as const) {
    const printed = JSON.parse(JSON.stringify(openApi(everyPromise, document)))
    expect(checkedIn(document), 'run npx zhijiao openapi and read the difference').toEqual(printed)
  }
  const served = (await (await fetch(`${county.url}/api/openapi.json`)).json()) as { openapi: string; paths: object }
  expect(served.openapi).toBe('3.1.0')
  expect(Object.keys(served.paths).sort()).toEqual(Object.keys(checkedIn('internal').paths).sort())
})

test('P33 S1.11 every promise names a permission of the law, and refuses whoever has no session', async () => {
  const open = everyPromise.filter((p) => p.terms.may === 'anyone')
  for (const { room, name, terms } of everyPromise)
    if (terms.may !== 'anyone' && terms.may !== 'signedIn')
      expect(isPermission(terms.may), `${room}.${name} may ${terms.may}`).toBe(true)
  // What anyone may ask is a short list, read whole.
  expect(open.map((p) => `${p.room}.${p.name}`).sort()).toMatchInlineSnapshot(`
    [
      "account.signIn",
      "evidence.head",
      "settings.public",
      "setup.begin",
      "setup.state",
      "system.facts",
      "system.health",
      "system.ready",
    ]
  `)
  const call = client({ base: county.url })
  const nobody = '00000000-0000-7000-8000-000000000000'
  for (const kept of everyPromise.filter((p) => p.terms.may !== 'anyone')) {
    const params = Object.fromEntries([...kept.path.matchAll(/:(\w+)/g)].map((m) => [m[1] ?? '', nobody]))
    await expect(call(kept as Kept<never>, { params } as never), `${kept.room}.${kept.name}`).rejects.toMatchObject({
      status: 401,
    })
  }
})

test('P33 a state-changing request from another site is refused', async () => {
  const officer = await county.signIn('officer')
  const answer = await fetch(`${county.url}/api/roster`, {
    method: 'POST',
    headers: { cookie: officer.cookie, 'content-type': 'application/json' },
    body: '{}',
  })
  expect(answer.status).toBe(400)
  expect(((await answer.json()) as { fields: { path: string }[] }).fields[0]?.path).toBe('x-zj-client')
})
