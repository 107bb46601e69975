import { alarms } from '@zhijiao/contract/alarms'
import { lengthOf } from '@zhijiao/contract/columns'
import { people as peoplePromises } from '@zhijiao/contract/people'
import { positions } from '@zhijiao/contract/positions'
import { tasks as taskPromises } from '@zhijiao/contract/tasks'
import { asSeenBy } from '@zhijiao/server/core/db'
import { readDay } from '@zhijiao/server/positions/read'
import { openCluster } from '../test/support/load-cluster.ts'
import { freePort, type Program, startProgram } from '../test/support/load-program.ts'
import { type Asked, restMs, showTimed, signIn, type Timed, time, unlimited } from './asked.ts'
import { finish, heading, print, readOptions } from './print.ts'
import { plantNation, scopes } from './read/nation.ts'

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
      env: { ...cluster.env, ZJ_PARTS: 'api', ZJ_PORT: String(port), ZJ_TRUST_PROXY: '127.0.0.1', ...unlimited },
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
          lengthOf(
            (await city(positions.day, { params: { personId: someone(i).person, day: nation.day }, query: {} })).fixes,
          ),
      },
      {
        what: 'latest positions of the city',
        key: 'latest',
        limitMs: limits.latest,
        ask: async () => lengthOf((await city(positions.live, { query: {} })).items),
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
    showTimed(rows)
    print(
      `${nation.people.toLocaleString('en-US')} people, ${nation.tasks.toLocaleString('en-US')} tasks, ${nation.tracked.length.toLocaleString('en-US')} tracks; one request at a time, ${restMs} ms of rest between, ${options.asks} of each`,
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
