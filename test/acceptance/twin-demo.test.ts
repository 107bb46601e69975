import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { account } from '@zhijiao/contract/account'
import { type Call, client, Refused } from '@zhijiao/contract/client'
import { documents } from '@zhijiao/contract/documents'
import { entrustments } from '@zhijiao/contract/entrustments'
import { files } from '@zhijiao/contract/files'
import { matters } from '@zhijiao/contract/matters'
import { partNames } from '@zhijiao/contract/parts'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { procedures } from '@zhijiao/contract/procedures/all'
import { system } from '@zhijiao/contract/system'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { everyListOf, type Found } from '../support/every-list.ts'
import { freePort } from '../support/load-program.ts'
import { openPlace } from '../support/place.ts'

const program = fileURLToPath(new URL('../../server/bin/zhijiao.mjs', import.meta.url))
const folder = openPlace('demo')
const running = new Set<ChildProcess>()
/** What a try leaves running would keep the next one from its folder and its gateway. */
const stopAll = async () => {
  const gone = [...running].map((child) => new Promise((done) => child.once('exit', done)))
  for (const child of running) child.kill('SIGINT')
  await Promise.all(gone)
}
afterEach(stopAll, 60_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

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

/** Asks again when the wait is over that an answer tells of: fifteen desks asking for every list come from one address. */
const unhurried =
  (send: typeof fetch): typeof fetch =>
  async (input, init) => {
    let response = await send(input, init)
    while (response.status === 429) {
      const seconds = Number(response.headers.get('retry-after'))
      await new Promise((done) => setTimeout(done, (seconds > 0 ? seconds : 5) * 1_000))
      response = await send(input, init)
    }
    return response
  }

/** Signs in as the page offers it: the listed password and the code shown beside it. */
async function signIn(url: string, login: string): Promise<Call> {
  let cookie = ''
  const fetching: typeof fetch = async (input, init) => {
    const response = await fetch(input, init)
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie
    return response
  }
  const call: Call = (kept, brings) =>
    client({ base: url, fetch: unhurried(fetching), headers: () => ({ cookie }) })(kept, brings)
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

interface Excuse {
  readonly list: string
  /** None: every tab of it. */
  readonly tabs?: readonly string[]
  /** None: whoever asks. */
  readonly who?: readonly string[]
  /** There may be something in it, by what the devices happened to send. */
  readonly sometimes?: true
  readonly why: string
}

/** Lists that may stay empty, and why. Every other one has life in it, whoever of the demonstration's accounts asks. */
const empty: readonly Excuse[] = [
  {
    list: 'people.list',
    tabs: ['state=missing'],
    who: ['social'],
    why: 'goes to see people who are there',
  },
  { list: 'leaveHelp.received', why: 'no county of the twin’s asks this one to look after somebody on leave' },
  {
    list: 'tasks.list',
    tabs: ['view=watched'],
    who: ['countyhead'],
    sometimes: true,
    why: 'whether something waits for somebody beside him follows from the day’s alarms',
  },
  {
    list: 'documents.list',
    tabs: ['state=issued', 'state=void'],
    who: ['city'],
    why: 'sees its own proposals of commutation alone, and they wait for its number',
  },
  { list: 'documents.list', who: ['province'], why: 'the twin’s city brings no case before its province' },
  { list: 'tasks.receivers', who: ['province'], why: 'the twin’s city brings no case before its province' },
  { list: 'notices.list', why: 'a demonstration is connected to no gateway of short messages' },
  {
    list: 'downloads.list',
    who: [
      'officer',
      'head',
      'bureau',
      'city',
      'province',
      'procurator',
      'court',
      'police',
      'village',
      'social',
      'volunteer',
      'sysadmin',
      'secadmin',
      'auditor',
    ],
    why: 'may export no list of people, and nothing else is made in the background',
  },
  {
    list: 'savedQueries.list',
    who: ['city', 'province', 'court', 'police', 'village', 'volunteer', 'sysadmin', 'secadmin', 'auditor'],
    why: 'opens no list of people, and only that list keeps questions',
  },
  {
    list: 'tasks.list',
    who: ['province'],
    why: 'the twin’s city brings no case before its province',
  },
  { list: 'matters.list', who: ['province'], why: 'the twin’s city brings no case before its province' },
  {
    list: 'exitBans.unreported',
    who: ['province'],
    sometimes: true,
    why: 'sees figures, and a file through a duty of its own alone',
  },
  { list: 'staff.organs', who: ['head'], why: 'an office keeps no accounts of other organs' },
  {
    list: 'people.looks',
    who: ['city', 'province'],
    why: 'a look is the superior’s own act and ends after half an hour',
  },
  { list: 'tasks.list', who: ['procurator'], why: 'supervises by reading: no duty of the county is ever his' },
  {
    list: 'tasks.list',
    tabs: ['view=overdue'],
    who: ['bureau', 'city'],
    why: 'no statute sets a clock for their steps',
  },
  {
    list: 'tasks.list',
    tabs: ['view=watched'],
    who: ['bureau', 'city'],
    why: 'nobody shares their post to hand a duty to',
  },
  {
    list: 'tasks.list',
    tabs: ['view=overdue'],
    who: ['police', 'village', 'volunteer', 'social'],
    why: 'the meetings they are asked to lie ahead, and what is overdue an officer answers for himself',
  },
  {
    list: 'tasks.list',
    tabs: ['view=watched'],
    who: ['police', 'volunteer', 'social'],
    why: 'hand nothing on: nobody of the office shares their post',
  },
  {
    list: 'tasks.list',
    tabs: ['view=done'],
    who: ['volunteer', 'social'],
    why: 'what was handed to them is still under way',
  },
  { list: 'tasks.receivers', who: ['police'], why: 'nobody of the office shares his post' },
  {
    list: 'people.list',
    tabs: ['state=awaiting', 'state=detained', 'state=released', 'state=terminated', 'state=transferred'],
    who: ['social'],
    sometimes: true,
    why: 'sees whom his duties are about: two people, most likely in correction',
  },
  { list: 'people.duplicates', who: ['social'], why: 'sees two people, and not twice the same' },
  {
    list: 'obligations.list',
    tabs: ['state=excused'],
    who: ['social'],
    sometimes: true,
    why: 'of the two people he sees it may be that nobody was excused',
  },
  {
    list: 'matters.list',
    tabs: ['view=todo', 'view=passed'],
    who: ['social'],
    why: 'goes along, registers and helps; no step of a business is his post’s',
  },
  {
    list: 'tasks.list',
    tabs: ['view=overdue'],
    who: ['countyhead'],
    sometimes: true,
    why: 'only what climbed up to him',
  },
  {
    list: 'matters.list',
    tabs: ['view=todo', 'view=mine', 'view=passed'],
    who: ['procurator'],
    why: 'begins, decides and passes on nothing',
  },
  {
    list: 'matters.list',
    tabs: ['view=mine'],
    who: ['bureau', 'city'],
    why: 'decide what counties begin, and begin nothing',
  },
  {
    list: 'leaves.list',
    tabs: ['state=returned', 'state=cancelled'],
    who: ['city'],
    why: 'sees a leave through its duty alone, which ends with the decision',
  },
  {
    list: 'documents.list',
    tabs: ['state=draft', 'state=void'],
    who: ['court'],
    why: 'sees the opinions that were issued to it',
  },
  {
    list: 'alarms.list',
    tabs: ['state=gathering', 'state=raised', 'state=claimed', 'state=submitted'],
    sometimes: true,
    why: 'nothing but what the devices send raises one; the first of a small city may be long in coming',
  },
  {
    list: 'obligations.list',
    tabs: ['state=missed', 'state=dropped'],
    sometimes: true,
    why: 'they run from the day the files came in, and no day of theirs is over yet',
  },
]

const excused = (login: string, { list, tab }: Found) =>
  empty.filter((e) => e.list === list && (e.tabs ?? [tab]).includes(tab) && (e.who ?? [login]).includes(login))

/** From one address only so much is answered a minute, and all these accounts ask for more: what was too much is asked again. */
async function inTurn<T>(ask: () => Promise<T>): Promise<T> {
  for (;;)
    try {
      return await ask()
    } catch (error) {
      if (!(error instanceof Refused) || error.problem.code !== 'ZJ_TOO_MANY_REQUESTS') throw error
      await new Promise((done) => setTimeout(done, 5_000))
    }
}

/** Every list of the contract and each of its tabs, as every account of the demonstration finds them. */
async function everyListHasLife(url: string, sessions: ReadonlyMap<string, Call>): Promise<void> {
  const { demoAccounts } = await client({ base: url })(system.facts, {})
  const none: string[] = []
  const needed = new Set<Excuse>()
  for (const { login } of demoAccounts) {
    const call = sessions.get(login) ?? (await inTurn(() => signIn(url, login)))
    const asking: Call = (kept, brings) => inTurn(() => call(kept, brings))
    const { permissions, org } = await asking(account.me, {})
    for (const found of await everyListOf({ call: asking, permissions, unit: org.code })) {
      if (typeof found.total === 'number' && found.total > 0) continue
      const why = excused(login, found)
      for (const excuse of why) needed.add(excuse)
      if (why.length === 0) none.push(`${login}: ${found.list} ${found.tab} ${found.total || ''}`.trim())
    }
  }
  expect(none).toEqual([])
  const stale = empty.filter((e) => !e.sometimes && !needed.has(e))
  expect(stale, 'excuses that nobody needs any more').toEqual([])
}

/** What no list shows by itself: each business and view of the county, each group of a file, papers of every origin. */
async function everyViewHasLife(url: string, county: Call): Promise<void> {
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
  const { items: running } = await county(matters.list, { query: { view: 'running', size: 200 } })
  let issued = 0
  for (const { id } of running) {
    if (issued > 0) break
    issued = (await county(documents.list, { query: { subject: id, state: 'issued', size: 1 } })).total
  }
  has('papers issued of matters under way', issued)
  const past = (await county(leaves.list, { query: { state: 'returned', size: 50 } })).items.filter((l) => l.imported)
  has('old leaves', past.length)
  for (const { id } of past)
    has(`papers of old leave ${id}`, (await county(documents.list, { query: { subject: id } })).total)
  const visits = (await county(matters.list, { query: { kind: 'visit', view: 'all', size: 200 } })).items
  let photos = 0
  for (const { id } of visits) if (photos === 0) photos = (await county(files.list, { query: { subject: id } })).length
  has('visits with photos', photos)
  // Nearly every file has an annex; all groups of the file are to be found in some.
  const everybody = (await county(people.list, { query: { size: 200 } })).items
  const annexed = await Promise.all(everybody.map(({ id }) => county(files.list, { query: { person: id } })))
  expect(annexed.filter((cards) => cards.length > 0).length).toBeGreaterThan(everybody.length / 2)
  const parts = await Promise.all(
    everybody.map(({ id }) => county(people.parts, { params: { personId: id }, query: {} })),
  )
  for (const part of partNames)
    has(`part ${part}`, parts.filter((p) => p.items.some((row) => row.part === part)).length)
  has(
    'opinions of the county for the court',
    (await (await signIn(url, 'court'))(entrustments.list, { query: {} })).items.filter((e) => e.opinion).length,
  )
  // The province sees figures and no file: those of its city, with everybody in it.
  const province = await signIn(url, 'province')
  const figures = await province(people.counts, { query: {} })
  has('people counted for the province', figures.total)
  has('units below the province', figures.units.length - 1)
  await expect(province(people.list, { query: {} })).rejects.toMatchObject({ problem: { code: 'ZJ_NOT_ALLOWED' } })
  expect(none).toEqual([])
}

describe('Z8 the demonstration', () => {
  test('Z8 twin demo start plants once, goes live, stops with Ctrl-C and resumes', { timeout: 600_000 }, async () => {
    const first = await startDemo()
    // Who signs in sooner takes his desk from the twin, and what it would have done there stays undone.
    await first.says(/annexes of old files[\s\S]*devices live/, 240_000)
    const officer = await signIn(first.url, 'officer')
    const before = await officer(people.list, { query: { size: 50 } })
    expect(before.total).toBeGreaterThan(0)
    expect(before.items.every((p) => p.imported)).toBe(true)
    const county = await signIn(first.url, 'countyhead')
    const all = (await county(people.list, { query: {} })).total
    await everyListHasLife(
      first.url,
      new Map([
        ['officer', officer],
        ['countyhead', county],
      ]),
    )
    await everyViewHasLife(first.url, county)
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
