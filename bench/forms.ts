import { alarms } from '@zhijiao/contract/alarms'
import { devices } from '@zhijiao/contract/devices'
import { documents } from '@zhijiao/contract/documents'
import { matters } from '@zhijiao/contract/matters'
import { obligations } from '@zhijiao/contract/obligations'
import { people } from '@zhijiao/contract/people'
import { leaves } from '@zhijiao/contract/permits'
import { openCluster } from '../test/support/load-cluster.ts'
import { freePort, type Program, startProgram } from '../test/support/load-program.ts'
import { type Asked, restMs, showTimed, signIn, type Timed, time, unlimited } from './asked.ts'
import { plantRecords } from './forms/records.ts'
import { finish, heading, print, readOptions, say } from './print.ts'
import { plantNation, scopes } from './read/nation.ts'

const limitMs = 150

/** What an office and a county work with all day: lists, files and forms, at 100,000 people with some years of records. */
export default async function forms(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { people: 100_000, asks: 300, seed: 1, seconds: 0 })
  heading('forms', args)
  const cluster = await openCluster()
  let program: Program | null = null
  try {
    await plantNation(cluster.admin, cluster.house.vault, options.people, { tracks: false })
    say('planting matters, leaves, papers, alarms and duties')
    await plantRecords(cluster.admin)
    const port = await freePort()
    program = await startProgram({
      env: { ...cluster.env, ZJ_PARTS: 'api,worker', ZJ_PORT: String(port), ZJ_TRUST_PROXY: '127.0.0.1', ...unlimited },
      ports: [port],
    })
    const base = `http://127.0.0.1:${port}`
    const [officer, head, county, crowd] = [
      await signIn(cluster, base, 'officer', scopes.office),
      await signIn(cluster, base, 'officeHead', scopes.office),
      await signIn(cluster, base, 'county', scopes.county),
      await signIn(cluster, base, 'county', scopes.province),
    ]
    const own = await head(matters.list, { query: { size: 200 } })
    const persons = [...new Set(own.items.flatMap((m) => m.person?.id ?? []))]
    const person = (i: number) => persons[i % persons.length] ?? ''
    const someone = (i: number) => own.items[i % own.items.length]?.id ?? ''
    const day = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10)
    const ask = (what: string, one: (i: number) => Promise<number>): Asked => ({ what, key: 'form', limitMs, ask: one })
    const total = async (answer: Promise<{ total: number }>) => (await answer).total
    const contact = { whom: '被害人', relation: '被害人', day, where: '司法所', why: '道歉并赔偿' }
    const register = (i: number) =>
      head(matters.register, { body: { kind: 'contact', person: person(i), form: contact } })
    const waiting: { id: string; revision: number }[] = []
    const asks: Asked[] = [
      ask('matters in the hands of an office', (i) =>
        total(head(matters.list, { query: { view: 'todo', page: 1 + (i % 3) } })),
      ),
      ask('visits of an officer', (i) => total(officer(matters.list, { query: { kind: 'visit', page: 1 + (i % 3) } }))),
      ask('contact permits of a county', (i) =>
        total(county(matters.list, { query: { kind: 'contact', page: 1 + (i % 10), sort: '-on' } })),
      ),
      ask('matters of a county, by name', (i) =>
        total(county(matters.list, { query: { q: ['赵', '钱伟', '孙'][i % 3] ?? '赵' } })),
      ),
      ask('counts of a county', async () => (await county(matters.counts, { query: {} })).ended),
      ask('contact permits of everyone', (i) =>
        total(crowd(matters.list, { query: { kind: 'contact', page: 1 + (i % 40) } })),
      ),
      ask('leaves of a county', (i) => total(county(leaves.list, { query: { page: 1 + (i % 10) } }))),
      ask('leaves asked for, of an office', () => total(head(leaves.list, { query: { state: 'asked' } }))),
      ask('papers of a county', (i) => total(county(documents.list, { query: { page: 1 + (i % 10) } }))),
      ask('papers of a county issued, by number or name', (i) =>
        total(county(documents.list, { query: { state: 'issued', q: ['赵', '钱伟', '孙'][i % 3] ?? '赵' } })),
      ),
      ask('papers of everyone', (i) => total(crowd(documents.list, { query: { page: 1 + (i % 40) } }))),
      ask('alarms of a county', (i) => total(county(alarms.list, { query: { page: 1 + (i % 10) } }))),
      ask('devices of a county', (i) => total(county(devices.list, { query: { page: 1 + (i % 10) } }))),
      ask('duties of a county that are due', (i) => total(county(obligations.list, { query: { page: 1 + (i % 5) } }))),
      ask('file of a person', async (i) => {
        const file = await head(people.get, { params: { personId: person(i) } })
        return file.name.length
      }),
      ask('one matter', async (i) => (await head(matters.get, { params: { id: someone(i) } })).passages.length),
      ask(
        'lifecycle of a file',
        async (i) => (await head(matters.lifecycle, { params: { personId: person(i) } })).stages.length,
      ),
      ask('register a visit', async (i) => {
        const form = { at: new Date(Date.now() - 3_600_000).toISOString(), where: '家中', met: '本人', found: '在家' }
        return (await head(matters.register, { body: { kind: 'visit', person: person(i), form } })).revision
      }),
      ask('register a contact permit', async (i) => {
        waiting.push(await register(i))
        return 1
      }),
      ask('decide on one', async () => {
        const one = waiting.pop() ?? (await register(0))
        const passed = await head(matters.act, {
          params: { id: one.id },
          body: { way: 'support', form: { opinion: '同意' }, revision: one.revision },
        })
        return passed.passages.length
      }),
    ]
    const rows: Timed[] = []
    for (const one of asks) rows.push(await time(one, options.asks, cluster, program))
    showTimed(rows)
    print(
      `${options.people.toLocaleString('en-US')} people; one request at a time, ${restMs} ms of rest between, ${options.asks} of each`,
    )
    finish({
      bench: 'forms',
      people: options.people,
      p99Ms: Math.max(...rows.map((r) => r.p99Ms)),
      asks: options.asks,
      rows,
    })
  } finally {
    await program?.kill()
    await cluster.close()
  }
}
