import { alarms } from '@zhijiao/contract/alarms'
import { type Call, client } from '@zhijiao/contract/client'
import { people as peoplePromises } from '@zhijiao/contract/people'
import { positions } from '@zhijiao/contract/positions'
import { tasks as taskPromises } from '@zhijiao/contract/tasks'
import type { Role } from '@zhijiao/law/roles'
import { startSession } from '@zhijiao/server/core/auth/session'
import { asSeenBy } from '@zhijiao/server/core/db'
import { readDay } from '@zhijiao/server/positions/read'
import { type Cluster, openCluster } from '../test/support/load-cluster.ts'
import { freePort, type Program, startProgram } from '../test/support/load-program.ts'
import { secondsOf, secondsOfTree } from './cpu.ts'
import { finish, heading, print, quantile, readOptions, table } from './print.ts'
import { plantNation, scopes } from './read/nation.ts'

export interface Asked {
  readonly what: string
  readonly key: 'track' | 'latest' | 'list' | 'form'
  readonly limitMs: number
  /** Answers the number of rows; `i` varies what is asked. */
  readonly ask: (i: number) => Promise<number>
}

const limits = { track: 20, latest: 50, list: 100 } as const

/** What people wait for: a day's track, the live map, lists and searches, over HTTP with permission, scope and audit. */
export default async function read(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { people: 100_000, asks: 300, seed: 1, seconds: 0 })
  heading('read', args)
  const cluster = await openCluster()
  let program: Program | null = null
  try {
    const nation = await plantNation(cluster.admin, cluster.house.vault, options.people)
    const port = await freePort()
    program = await startProgram({
      env: { ...cluster.env, ZJ_PARTS: 'api', ZJ_PORT: String(port), ZJ_TRUST_PROXY: '1' },
      ports: [port],
    })
    const base = `http://127.0.0.1:${port}`
    const county = await signIn(cluster, base, 'county', scopes.county)
    const city = await signIn(cluster, base, 'county', scopes.city)
    const province = await signIn(cluster, base, 'county', scopes.province)
    const officer = await signIn(cluster, base, 'officer', scopes.office)
    const someone = (i: number) => {
      const found = nation.tracked[(i * 7919 + options.seed) % nation.tracked.length]
      if (!found) throw new Error('nobody is tracked')
      return found
    }
    const eyes = { staff: null, unit: scopes.city, reach: 'unit', classes: ['tracks', 'minors', 'sealed'] } as const
    const names = ['赵', '钱伟', '孙', '陈芳', '王']
    const name = (i: number) => names[i % names.length] ?? ''
    const pageOf = (i: number) => ({ page: 1 + (i % 40), size: 20 })
    const list = (what: string, ask: Asked['ask']): Asked => ({ what, key: 'list', limitMs: limits.list, ask })
    const total = async (answer: Promise<{ total: number }>) => (await answer).total
    const tracks: Asked[] = [
      {
        what: 'one-day track, function: door, codec, merge',
        key: 'track',
        limitMs: limits.track,
        ask: async (i) => {
          const days = await asSeenBy(cluster.house.databases.api, eyes, (db) =>
            readDay(db, someone(i).person, nation.day, 'bench'),
          )
          return days.reduce((sum, day) => sum + day.fixes.length, 0)
        },
      },
      {
        what: 'one-day track, HTTP',
        key: 'track',
        limitMs: limits.track,
        ask: async (i) =>
          (await city(positions.day, { params: { personId: someone(i).person, day: nation.day }, query: {} })).fixes
            .length,
      },
      {
        what: 'latest positions of the city',
        key: 'latest',
        limitMs: limits.latest,
        ask: async () => (await city(positions.live, { query: {} })).items.length,
      },
    ]
    const lists: Asked[] = [
      list('persons of an officer', (i) => total(officer(peoplePromises.list, { query: pageOf(i % 3) }))),
      list('persons of a county', (i) =>
        total(county(peoplePromises.list, { query: { ...pageOf(i % 10), sort: 'name' } })),
      ),
      list('persons of everyone, pages', (i) => total(province(peoplePromises.list, { query: pageOf(i) }))),
      list('persons of everyone, by term end', (i) =>
        total(province(peoplePromises.list, { query: { ...pageOf(i), sort: '-termEnd' } })),
      ),
      list('persons of everyone, by name', (i) =>
        total(province(peoplePromises.list, { query: { ...pageOf(i), sort: 'name' } })),
      ),
      list('persons of everyone, filtered', (i) =>
        total(
          province(peoplePromises.list, {
            query: { ...pageOf(i % 5), category: ['02'], state: ['inCorrection'], colour: ['red'] },
          }),
        ),
      ),
      list('persons of everyone, name search', (i) =>
        total(province(peoplePromises.list, { query: { q: name(i), size: 20 } })),
      ),
      list('persons of everyone, one city', (i) =>
        total(province(peoplePromises.list, { query: { ...pageOf(i), org: scopes.city } })),
      ),
      list('tasks of an officer', (i) =>
        total(officer(taskPromises.list, { query: { view: 'todo', ...pageOf(i % 2) } })),
      ),
      list('tasks of a county', (i) =>
        total(county(taskPromises.list, { query: { whose: 'unit', view: 'todo', ...pageOf(i % 3) } })),
      ),
      list('tasks of everyone', (i) =>
        total(province(taskPromises.list, { query: { whose: 'unit', view: 'todo', ...pageOf(i) } })),
      ),
      list('tasks of everyone, overdue', (i) =>
        total(province(taskPromises.list, { query: { whose: 'unit', view: 'overdue', sort: '-due', ...pageOf(i) } })),
      ),
      list('tasks of everyone, of a kind and level', (i) =>
        total(
          province(taskPromises.list, {
            query: { whose: 'unit', view: 'todo', kind: 'alarm.handle', level: 1, ...pageOf(i % 5) },
          }),
        ),
      ),
      list('tasks of everyone, done', (i) =>
        total(province(taskPromises.list, { query: { whose: 'unit', view: 'done', ...pageOf(i) } })),
      ),
      list('alarms of everyone', (i) => total(province(alarms.list, { query: pageOf(i) }))),
    ]
    const rows: Timed[] = []
    for (const asked of [...tracks, ...lists]) rows.push(await time(asked, options.asks, cluster, program))
    table(
      ['asked', 'rows or total', 'p50 ms', 'p99 ms', 'max ms', 'CPU ms of program', 'of PostgreSQL', 'target ms', ''],
      rows.map((r) => [
        r.what,
        r.rows,
        r.p50Ms,
        r.p99Ms,
        r.maxMs,
        r.programMs,
        r.postgresMs,
        `< ${r.limitMs}`,
        r.p99Ms < r.limitMs ? 'reached' : 'MISSED',
      ]),
    )
    print(
      `${nation.people.toLocaleString('en-US')} people, ${nation.tasks.toLocaleString('en-US')} tasks, ${nation.tracked.length.toLocaleString('en-US')} tracks; one request at a time, ${options.asks} of each`,
    )
    const worst = (key: Asked['key']) => Math.max(...rows.filter((r) => r.key === key).map((r) => r.p99Ms))
    finish({
      bench: 'read',
      people: nation.people,
      trackP99Ms: worst('track'),
      latestP99Ms: worst('latest'),
      listP99Ms: worst('list'),
      asks: options.asks,
      rows,
    })
  } finally {
    await program?.kill()
    await cluster.close()
  }
}

export interface Timed extends Pick<Asked, 'what' | 'key' | 'limitMs'> {
  readonly rows: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Processor milliseconds of one answer: what a crowded machine does not change. */
  readonly programMs: number
  readonly postgresMs: number
}

export async function time(
  { what, key, limitMs, ask }: Asked,
  asks: number,
  cluster: Cluster,
  program: Program,
): Promise<Timed> {
  let rows = 0
  const used = () => ({ program: secondsOf(program.pid), postgres: secondsOfTree(cluster.postgres.pid) })
  try {
    for (let i = 0; i < 20; i++) rows = Math.max(rows, await ask(i))
    const took = new Float64Array(asks)
    const before = used()
    for (let i = 0; i < asks; i++) {
      const began = performance.now()
      await ask(i)
      took[i] = performance.now() - began
    }
    const after = used()
    took.sort()
    return {
      what,
      key,
      limitMs,
      rows,
      p50Ms: quantile(took, 0.5),
      p99Ms: quantile(took, 0.99),
      maxMs: took.at(-1) ?? Number.NaN,
      programMs: ((after.program - before.program) * 1000) / asks,
      postgresMs: ((after.postgres - before.postgres) * 1000) / asks,
    }
  } catch (error) {
    throw new Error(
      `${what}: ${error instanceof Error ? error.message : String(error)}; ${program.said().slice(-1_500)}`,
    )
  }
}

/** Somebody in a post over a scope, signed in as after a second factor. */
export async function signIn({ admin, house }: Cluster, base: string, role: Role, org: string): Promise<Call> {
  const { chance, databases } = house
  const at = new Date(chance.now())
  const found = await admin.query<{ id: string }>(
    `select s.id from staff s join staff_role r on r.staff_id = s.id where s.org_code = $1 and r.role = $2 order by s.login limit 1`,
    [org, role],
  )
  const id = found.rows[0]?.id ?? chance.id()
  if (!found.rows[0]) {
    await admin.query(
      `insert into staff (id, login, number, name, org_code, designations, password_hash, password_changed_at, must_change_password, created_at)
        values ($1, $2, $2, '测量员', $3, array['minors', 'sealed'], 'x', $4, false, $4)`,
      [id, `bench${org}`, org, at],
    )
    await admin.query('insert into staff_role (staff_id, role, granted_at) values ($1, $2, $3)', [id, role, at])
  }
  await admin.query('update staff set totp_confirmed_at = $2 where id = $1', [id, at])
  const token = await startSession(databases.system, chance, id, { secondFactor: true, ip: null, agent: null })
  let turn = 0
  // Many clerks behind a proxy: the limit of requests from one address is not what is measured.
  const address = () => `10.1.${(turn >> 8) & 255}.${turn++ & 255}`
  return client({ base, headers: () => ({ cookie: `zj_session=${token}`, 'x-forwarded-for': address() }) })
}
