import { matters } from '@zhijiao/contract/matters'
import { people } from '@zhijiao/contract/people'
import { tasks } from '@zhijiao/contract/tasks'
import { legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type County, places, type Somebody, startCounty } from '../support/county.ts'
import { eventually } from '../support/duty.ts'
import { act, begin, see } from '../support/matters.ts'
import { plantPerson } from '../support/person.ts'
import { codeOf, refusedWith } from '../support/refused.ts'

let county: County
let officer: Somebody
let head: Somebody
let second: Somebody
let agency: Somebody
let elsewhere: Somebody

beforeAll(async () => {
  county = await startCounty()
  officer = await county.signIn('officer', { name: '王警官' })
  head = await county.signIn('officeHead', { name: '张所长' })
  second = await county.signIn('officeHead', { name: '李副所长' })
  agency = await county.signIn('county', { name: '赵科员' })
  elsewhere = await county.signIn('county', { of: places.otherCounty })
})
afterAll(() => county.stop())

const today = () => legalDayOf(county.house.chance.now())
const contactForm = () => ({
  whom: '被害人李某',
  relation: '本案被害人',
  day: plusDays(today(), 3),
  where: '3 月 5 日 10 时，司法所调解室',
  why: '当面道歉并支付赔偿',
})
const ask = (person: string, more: { id?: string } = {}) => begin(officer, 'contact', person, contactForm(), more)
const mine = () => plantPerson(county.house, { officer: officer.id, name: '韦某' })

describe('S2.7 S3.9 an approval goes from hand to hand', () => {
  test('office, county, done: each has its task, and the file its record', async () => {
    const person = await mine()
    const asked = await ask(person)
    expect(asked).toMatchObject({ step: 'office', end: null, holder: { post: 'officeHead', unit: places.office } })
    expect(asked.path).toEqual([
      { step: 'office', state: 'now' },
      { step: 'county', state: 'ahead' },
    ])
    const todo = await head.call(tasks.list, { query: { view: 'todo', kind: 'matter.contact' } })
    expect(todo.items.map((t) => t.subject)).toContain(asked.id)
    const passed = await act(head, asked, 'support', { opinion: '理由正当，同意' })
    expect(passed).toMatchObject({ step: 'county', holder: { post: 'county', unit: places.county } })
    const done = await act(agency, passed, 'approve', { opinion: '同意会见，由司法所派员在场' })
    expect(done).toMatchObject({ step: null, end: 'approved', holder: null })
    expect(done.passages.map((p) => [p.step, p.way, p.byName])).toEqual([
      ['office', 'support', '张所长'],
      ['county', 'approve', '赵科员'],
    ])
    expect(done.passages[1]?.citations[0]).toMatchObject({ rule: 'CON-01' })
    const left = await agency.call(tasks.list, { query: { view: 'todo', kind: 'matter.contact' } })
    expect(left.items.map((t) => t.subject)).not.toContain(asked.id)
  })

  test('sent back with a reason, corrected, sent up again', async () => {
    const passed = await act(head, await ask(await mine()), 'support', { opinion: '同意' })
    expect(await codeOf(act(agency, passed, 'return', {}))).toBe('ZJ_MATTER_REASON')
    const back = await act(agency, passed, 'return', {}, '请附被害人同意的书面材料')
    expect(back).toMatchObject({ step: 'office', end: null })
    expect(back.path.map((p) => p.state)).toEqual(['now', 'ahead'])
    const again = await act(head, back, 'support', { opinion: '已补材料' })
    expect(again.step).toBe('county')
    // Whoever sent it back spoke for nothing by that: he decides it now.
    expect(again).toMatchObject({ holder: { post: 'county' } })
    expect((await see(agency, again.id)).ways.find((w) => w.id === 'approve')).toMatchObject({ open: true })
    expect(await act(agency, again, 'approve', { opinion: '同意会见' })).toMatchObject({ end: 'approved' })
  })

  test('asking twice with one id begins one matter', async () => {
    const [person, id] = [await mine(), county.house.chance.id()]
    const [a, b] = [await ask(person, { id }), await ask(person, { id })]
    expect(b.id).toBe(a.id)
    const { total } = await officer.call(matters.list, { query: { person } })
    expect(total).toBe(1)
  })
})

describe('what is refused says what to do', () => {
  test('each wrong field is named in both languages', async () => {
    const person = await mine()
    const problem = await refusedWith(
      officer.call(matters.register, {
        body: { kind: 'contact', person, form: { whom: '', day: plusDays(today(), -1), extra: 1 } },
      }),
    )
    expect(problem.code).toBe('ZJ_INVALID')
    const paths = problem.fields?.map((f) => f.path)
    expect(paths).toEqual(expect.arrayContaining(['whom', 'relation', 'day', 'where', 'why', 'extra']))
    expect(problem.fields?.find((f) => f.path === 'day')).toMatchObject({ zh: expect.stringContaining('早于今天') })
  })

  test('only the post in charge acts, and nobody approves what he proposed', async () => {
    const both = await county.signIn(['county'], { name: '周科员' })
    const asked = await both.call(matters.register, {
      body: { kind: 'contact', person: await mine(), form: contactForm() },
    })
    expect(await codeOf(act(officer, asked, 'support', { opinion: '同意' }))).toBe('ZJ_MATTER_NOT_YOURS')
    const passed = await act(head, asked, 'support', { opinion: '同意' })
    expect(await codeOf(act(both, passed, 'approve', { opinion: '同意' }))).toBe('ZJ_MATTER_OWN')
    expect(await codeOf(act(elsewhere, passed, 'approve', { opinion: '同意' }))).toBe('ZJ_NOT_FOUND')
    expect((await see(both, passed.id)).ways.find((w) => w.id === 'approve')).toMatchObject({ open: false })
  })

  test('two officers on one matter: the second is told, nothing is lost', async () => {
    const asked = await ask(await mine())
    const kept = await head.call(matters.keep, {
      params: { id: asked.id },
      body: { form: { opinion: '先记一半' }, revision: asked.revision },
    })
    expect(kept.draft).toEqual({ opinion: '先记一半' })
    expect(await codeOf(act(head, asked, 'support', { opinion: '同意' }))).toBe('ZJ_CHANGED')
    expect((await see(head, asked.id)).draft).toEqual({ opinion: '先记一半' })
  })

  test('taken back before a decision, not after', async () => {
    const asked = await ask(await mine())
    const back = await officer.call(matters.withdraw, {
      params: { id: asked.id },
      body: { reason: '对象放弃会见', revision: asked.revision },
    })
    expect(back).toMatchObject({ end: 'withdrawn' })
    expect(await codeOf(act(head, back, 'support', { opinion: '同意' }))).toBe('ZJ_MATTER_OVER')
  })

  test('a released person begins nothing', async () => {
    const person = await mine()
    await county.house.databases.system
      .updateTable('person')
      .set({ state: 'released' })
      .where('id', '=', person)
      .execute()
    expect(await codeOf(ask(person))).toBe('ZJ_MATTER_NOT_NOW')
  })
})

test('several at once: each stands or falls alone', async () => {
  const some = [await ask(await mine()), await ask(await mine())]
  const passed = await Promise.all(some.map((m) => act(head, m, 'support', { opinion: '同意' })))
  const answer = await agency.call(matters.actOnMany, {
    body: {
      matters: [...passed.map(({ id, revision }) => ({ id, revision })), { id: some[0]?.id ?? '', revision: 1 }],
      way: 'approve',
      form: { opinion: '同意' },
    },
  })
  expect(answer.done).toHaveLength(2)
  expect(answer.refused).toMatchObject([{ code: 'ZJ_MATTER_OVER' }])
})

test('S0.40 S3.28 a visit is recorded at once, and the strip of the file knows what it lacks', async () => {
  const person = await mine()
  const visit = await officer.call(matters.register, {
    body: {
      kind: 'visit',
      person,
      form: {
        at: new Date(county.house.chance.now() - 3_600_000).toISOString(),
        where: '家中',
        met: '本人及母亲',
        found: '在家养病',
      },
    },
  })
  expect(visit).toMatchObject({ end: 'recorded', step: null, columns: { where: '家中' } })
  const life = await officer.call(matters.lifecycle, { params: { personId: person } })
  expect(life.stages.map((s) => s.id)).toContain('supervision')
  expect(life.term.daysLeft).toBeGreaterThan(0)
})

test('old matters come in with their own times, marked, once', async () => {
  const person = await mine()
  const importer = await county.signIn('county')
  const id = county.house.chance.id()
  const old = {
    id,
    kind: 'contact',
    person,
    on: '2025-06-01',
    openedAt: '2025-06-01T02:00:00.000Z',
    openedBy: '原办案人',
    register: { whom: '同案犯', relation: '同案', day: '2025-06-04', where: '司法所', why: '调解' },
    passages: [
      { step: 'office', way: 'support', by: '原所长', at: '2025-06-02T02:00:00.000Z', form: { opinion: '同意' } },
    ],
  }
  const first = await importer.call(matters.importHistory, { body: { source: '旧系统', matters: [old] } })
  expect(first).toMatchObject({ created: 1, known: 0, refused: [] })
  expect(await importer.call(matters.importHistory, { body: { source: '旧系统', matters: [old] } })).toMatchObject({
    created: 0,
    known: 1,
  })
  const seen = await see(importer, id)
  expect(seen).toMatchObject({ imported: true, step: 'county', on: '2025-06-01', openedBy: '原办案人' })
})

describe('S2.7 S2.8 a duty and its business move together', () => {
  test('a superior who is called because a day has passed has not taken the matter out of its hand', async () => {
    const superior = await county.signIn('countyHead', { name: '钱局' })
    const asked = await ask(await mine())
    const ofTask = { kind: 'matter.contact', subject: asked.id }
    const { items } = await head.call(tasks.list, { query: { view: 'todo', kind: ofTask.kind } })
    const { id, revision } = items.find((t) => t.subject === ofTask.subject) ?? { id: '', revision: 0 }
    await head.call(tasks.claim, { params: { id }, body: { revision } })
    const { holder } = await see(head, asked.id)
    await sql`update task set due_at = ${new Date(county.house.chance.now() - 1_000)}, next_climb_at = ${new Date(county.house.chance.now() - 1_000)} where id = ${id}::uuid`.execute(
      county.house.databases.system,
    )
    const climbed = await eventually(
      () => head.call(tasks.get, { params: { id } }),
      (t) => t.called.some((c) => c.id === superior.id),
    )
    expect(climbed.owner?.id).toBe(head.id)
    expect((await see(head, asked.id)).holder).toEqual(holder)
  })

  test('whoever takes the duty while another acts in the business waits for him, and he for nobody', async () => {
    for (let round = 0; round < 12; round++) {
      const asked = await ask(await mine())
      const { items } = await head.call(tasks.list, { query: { view: 'todo', kind: 'matter.contact' } })
      const { id, revision } = items.find((t) => t.subject === asked.id) ?? { id: '', revision: 0 }
      const [, acted] = await Promise.all([
        second.call(tasks.claim, { params: { id }, body: { revision } }).catch(() => null),
        act(head, asked, 'support', { opinion: '同意' }),
      ])
      expect(acted.step).toBe('county')
    }
  })

  test('whoever gives the file to another officer waits for who ends a business of it, and he for nobody', async () => {
    const colleague = await county.signIn('officer', { name: '李警官' })
    const person = await mine()
    const asked = await ask(person)
    const { databases } = county.house
    await sql`update task set owner_id = ${officer.id}::uuid, state = 'claimed', claimed_at = ${new Date(county.house.chance.now())} where subject_id = ${asked.id}::uuid`.execute(
      databases.system,
    )
    // As an act does that ends with the person's own row: the business first, then its duty, the person last.
    const assigned = await databases.system.transaction().execute(async (tx) => {
      await sql`select 1 from matter where id = ${asked.id}::uuid for update`.execute(tx)
      await sql`select 1 from task where subject_id = ${asked.id}::uuid for update`.execute(tx)
      const given = head
        .call(people.assign, { params: { personId: person }, body: { officer: colleague.id, revision: 1 } })
        .then(
          () => null,
          (error: unknown) => error,
        )
      await eventually(
        async () =>
          (await sql`select 1 from pg_locks where not granted and pid <> pg_backend_pid()`.execute(databases.system))
            .rows.length,
        (waiting) => waiting > 0,
      )
      await sql`update person set revision = revision where id = ${person}::uuid`.execute(tx)
      return { given }
    })
    expect(await assigned.given).toBeNull()
    // The duty is one of the head's post: it goes back to it, where no officer's colleague may have it.
    const { items } = await head.call(tasks.list, { query: { view: 'todo', kind: 'matter.contact' } })
    expect(items.find((t) => t.subject === asked.id)).toMatchObject({ owner: null })
  })
})
