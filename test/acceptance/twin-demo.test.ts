import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { account } from '@zhijiao/contract/account'
import { type Call, client } from '@zhijiao/contract/client'
import { documents } from '@zhijiao/contract/documents'
import { entrustments } from '@zhijiao/contract/entrustments'
import { matters } from '@zhijiao/contract/matters'
import { obligations } from '@zhijiao/contract/obligations'
import { outages } from '@zhijiao/contract/outages'
import { people } from '@zhijiao/contract/people'
import { exitBans, leaves } from '@zhijiao/contract/permits'
import { procedures } from '@zhijiao/contract/procedures/all'
import { system } from '@zhijiao/contract/system'
import { tasks } from '@zhijiao/contract/tasks'
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

/** What a county's officers find when they look in: nothing of it may be empty. */
async function everyListHasLife(url: string, county: Call): Promise<void> {
  const none: string[] = []
  const has = (what: string, total: number) => {
    if (total === 0) none.push(what)
  }
  // Each view of the document centre: old papers and new ones, open, issued, unserved, void.
  for (const [view, total] of Object.entries(await county(documents.counts, { query: {} })))
    has(`documents ${view}`, total)
  const [old, fresh] = [true, false].map((imported) => county(documents.counts, { query: { imported } }))
  has('old papers issued', (await old)?.issued ?? 0)
  has('papers issued here', (await fresh)?.issued ?? 0)
  const { items } = await county(documents.list, { query: { imported: true, template: 'D07', size: 100 } })
  has('old papers with a scan', items.filter((d) => d.scanned).length)
  for (const { id, about } of procedures)
    if (about === 'person') has(id, (await county(matters.list, { query: { kind: id, size: 1, view: 'all' } })).total)
  const { todo, running, overdue, ended } = await county(matters.counts, { query: {} })
  for (const [view, total] of Object.entries({ todo, running, overdue, ended })) has(`matters ${view}`, total)
  for (const view of ['mine', 'passed'] as const)
    has(view, (await county(matters.list, { query: { view, size: 1 } })).total)
  for (const state of ['asked', 'approved', 'refused', 'returned'] as const)
    has(`leaves ${state}`, (await county(leaves.list, { query: { state } })).total)
  has('exit bans', (await county(exitBans.unreported, { query: {} })).total)
  has('outages', (await county(outages.list, { query: {} })).length)
  has('duties', (await county(obligations.list, { query: {} })).total)
  for (const state of [
    'awaiting',
    'inCorrection',
    'missing',
    'detained',
    'released',
    'terminated',
    'transferred',
  ] as const)
    has(state, (await county(people.list, { query: { state: [state], size: 1 } })).total)
  const court = await signIn(url, 'court')
  const asked = (await court(entrustments.list, { query: {} })).items
  has('entrustments', asked.length)
  has('opinions of the county', asked.filter((e) => e.opinion).length)
  for (const login of ['bureau', 'city']) {
    const call = await signIn(url, login)
    has(`tasks of ${login}`, (await call(tasks.list, { query: { view: 'todo' } })).total)
  }
  // The province sees figures and no file: those of its city, with everybody in it.
  const province = await signIn(url, 'province')
  const figures = await province(people.counts, { query: {} })
  has('people counted for the province', figures.total)
  has('units below the province', figures.units.length - 1)
  expect((await province(people.list, { query: {} })).total).toBe(0)
  expect(none).toEqual([])
}

describe('Z8 the demonstration', () => {
  test('Z8 twin demo start plants once, goes live, stops with Ctrl-C and resumes', { timeout: 600_000 }, async () => {
    const first = await startDemo()
    // Who signs in sooner takes his desk from the twin, and what it would have done there stays undone.
    await first.says(/past tracks filled in[\s\S]*devices live/, 240_000)
    const officer = await signIn(first.url, 'officer')
    const before = await officer(people.list, { query: { size: 50 } })
    expect(before.total).toBeGreaterThan(0)
    expect(before.items.every((p) => p.imported)).toBe(true)
    const county = await signIn(first.url, 'countyhead')
    const all = (await county(people.list, { query: {} })).total
    await everyListHasLife(first.url, county)
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
