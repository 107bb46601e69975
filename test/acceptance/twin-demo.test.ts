import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { account } from '@zhijiao/contract/account'
import { type Call, client } from '@zhijiao/contract/client'
import { people } from '@zhijiao/contract/people'
import { system } from '@zhijiao/contract/system'
import { afterAll, describe, expect, test } from 'vitest'
import { freePort } from '../support/load-program.ts'

const program = fileURLToPath(new URL('../../server/bin/zhijiao.mjs', import.meta.url))
const folder = mkdtempSync(join(tmpdir(), 'zhijiao-demo-'))
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

interface Demo {
  readonly url: string
  /** Resolves when the demonstration has said something like it. */
  says(what: RegExp, withinMs: number): Promise<void>
  said(): string
  /** Ctrl-C; resolves with the exit code. */
  interrupt(): Promise<number | null>
}

async function startDemo(): Promise<Demo> {
  const port = await freePort()
  const child = spawn(process.execPath, [program, 'demo', '--people', '30', '--days', '1', '--seed', '3'], {
    env: {
      ...process.env,
      NODE_ENV: '',
      DATABASE_URL: '',
      ZJ_DATA: folder,
      ZJ_PORT: String(port),
      ZJ_JT808_PORT: '0',
      ZJ_GT06_PORT: '0',
      ZJ_WATCH_PORT: '0',
      ZJ_DEVICE_HTTP_PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += String(chunk)
    })
  const gone = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  void gone.then(() => running.delete(child))
  return {
    url: `http://127.0.0.1:${port}`,
    said: () => said,
    async says(what, withinMs) {
      await expect.poll(() => said, { timeout: withinMs, interval: 200 }).toMatch(what)
    },
    interrupt() {
      child.kill('SIGINT')
      return gone
    },
  }
}

const used = new Map<string, string>()

/** Signs in as the page offers it: the listed password and the code shown beside it. */
async function signIn(url: string, login: string): Promise<Call> {
  let cookie = ''
  const fetching: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  const call: Call = (kept, brings) => client({ base: url, fetch: fetching, headers: () => ({ cookie }) })(kept, brings)
  expect(await call(system.facts, {})).toMatchObject({ mode: 'demo', synthetic: true })
  const offer = async () => (await call(system.facts, {})).demoAccounts.find((a) => a.login === login)
  let offered = await offer()
  // A code serves once; whoever signs in again waits for the next, half a minute at most.
  while (offered?.totp && offered.totp === used.get(login)) {
    await new Promise((done) => setTimeout(done, 1_000))
    offered = await offer()
  }
  if (!offered?.totp) throw new Error(`no account ${login} is offered`)
  used.set(login, offered.totp)
  const answer = await call(account.signIn, { body: { login, password: offered.password, code: offered.totp } })
  expect(answer.step).toBe('in')
  return call
}

describe('Z8 the demonstration', () => {
  test('Z8 twin demo start plants once, goes live, stops with Ctrl-C and resumes', { timeout: 300_000 }, async () => {
    const first = await startDemo()
    await first.says(/devices live/, 120_000)
    const officer = await signIn(first.url, 'officer')
    const before = await officer(people.list, { query: { size: 50 } })
    expect(before.total).toBeGreaterThan(0)
    expect(before.items.every((p) => p.imported)).toBe(true)
    const county = await signIn(first.url, 'countyhead')
    const all = (await county(people.list, { query: {} })).total
    expect(await first.interrupt()).toBe(0)
    expect(first.said()).toContain('Stopped')

    const second = await startDemo()
    await second.says(/devices live/, 120_000)
    expect(second.said()).not.toMatch(/files entered/)
    const again = await signIn(second.url, 'countyhead')
    expect((await again(people.list, { query: {} })).total).toBe(all)
    expect(await second.interrupt()).toBe(0)
  })
})
