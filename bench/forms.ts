import { matters } from '@zhijiao/contract/matters'
import { openCluster } from '../test/support/load-cluster.ts'
import { freePort, type Program, startProgram } from '../test/support/load-program.ts'
import { type Asked, showTimed, signIn, type Timed, time } from './asked.ts'
import { finish, heading, print, readOptions, say } from './print.ts'
import { plantNation, scopes } from './read/nation.ts'

const limitMs = 150

/** What an office works with all day: lists, files and forms of its matters, at 100,000 people and four matters each. */
export default async function forms(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { people: 100_000, asks: 300, seed: 1, seconds: 0 })
  heading('forms', args)
  const cluster = await openCluster()
  let program: Program | null = null
  try {
    await plantNation(cluster.admin, cluster.house.vault, options.people, { tracks: false })
    say('planting four matters a person')
    await cluster.admin.query(`
      insert into matter (id, kind, room, org_code, person_id, who, step, end_id, holder_role, holder_unit, on_day, register, shown, opened_at, opened_name, entered_at, ended_at, imported, law_revision)
        select gen_random_uuid(), case when k = 0 then 'contact' else 'visit' end, case when k = 0 then 'permits' else 'care' end, p.org_code, p.id, p.name,
          case when k = 0 and p.n % 20 = 0 then 'office' end, case when k = 0 then case when p.n % 20 > 0 then 'approved' end else 'recorded' end,
          case when k = 0 and p.n % 20 = 0 then 'officeHead' end, case when k = 0 and p.n % 20 = 0 then p.org_code end,
          current_date - (p.n + k) % 700, d.form, d.form, now() - (p.n + k) * interval '3 min', '录入员', now() - (p.n + k) * interval '3 min',
          case when k > 0 or p.n % 20 > 0 then now() end, true, 'law-2026.1'
        from (select p.*, row_number() over (order by p.number)::int as n from person p) p, generate_series(0, 3) k,
          lateral (select case when k = 0 then '{"whom":"同案犯","relation":"同案","day":"2026-01-01","where":"司法所","why":"调解"}'::jsonb
            else '{"at":"2026-01-01T02:00:00.000Z","where":"家中","met":"本人","found":"在家"}'::jsonb end as form) d;
      insert into matter_passage (id, matter_id, n, step, way, to_step, by_name, at, law_revision)
        select gen_random_uuid(), id, 1, 'office', 'support', 'county', '所长', opened_at, 'law-2026.1' from matter where kind = 'contact' and end_id is not null`)
    for (const what of ['matter', 'matter_passage']) await cluster.admin.query(`vacuum analyze ${what}`)
    const port = await freePort()
    program = await startProgram({
      env: { ...cluster.env, ZJ_PARTS: 'api,worker', ZJ_PORT: String(port), ZJ_TRUST_PROXY: '1' },
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
      `${options.people.toLocaleString('en-US')} people, four matters each; one request at a time, ${options.asks} of each`,
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
