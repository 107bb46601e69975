import { activations } from '@zhijiao/contract/devices'
import { legalDay } from '@zhijiao/geo/day'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { places } from '../support/county.ts'
import { aFix, at, square, startWatch, until, type Watch, type Watched } from '../support/watched.ts'

const minute = 60_000
const hour = 60 * minute
let w: Watch
beforeAll(async () => {
  w = await startWatch({ at: '2026-11-20T02:00:00Z' })
})
afterAll(() => w?.stop())
beforeEach(async () => {
  const since = (w.county.house.chance.now() + 8 * hour) % (24 * hour)
  await w.wait((34 * hour - since) % (24 * hour))
})

const ofKind = async (person: string, kind: string) => (await w.episodesOf(person)).filter((e) => e.kind === kind)
const runningTasks = async (person: string) => (await w.tasksOf(person)).filter((t) => t.state === 'open').length
const atHome = async (more: Parameters<Watch['plant']>[0] = {}) => {
  const who = await w.plant(more)
  await w.fence('livingArea', square(0, 0, 2000), [who.id], { name: '示例一县' })
  await w.go(who, [0, 0, 0, 0])
  return who
}
const today = (days = 0) => legalDay(w.county.house.chance.now() + days * 24 * hour)
const leave = async (who: Watched, from: string, until: string, state = 'approved') => {
  const id = w.county.house.chance.id()
  await sql`insert into leave (id, person_id, org_code, from_day, until_day, destination, reason, state, competent, rule, asked_at)
    values (${id}, ${who.id}, ${places.office}, ${from}, ${until}, '示例二县', '01', ${state}, 'office', 'LVE-02', ${new Date(w.county.house.chance.now())})`.execute(
    w.db,
  )
  return id
}
const outage = async (org: string, from: number, until: number | null) => {
  const id = w.county.house.chance.id()
  await sql`insert into outage (id, org_code, way, reason, scope, starts_at, ends_at, recorded_at)
    values (${id}, ${org}, 'declared', '基站检修', '{"of":"network"}', ${new Date(from)}, ${until === null ? null : new Date(until)}, ${new Date(w.county.house.chance.now())})`.execute(
    w.db,
  )
  return id
}
const away = Array(6).fill(4000) as number[]

describe('approved leave', () => {
  test('suppresses a crossing visibly: one settled entry, no prompt, no officer', async () => {
    const who = await atHome()
    await leave(who, today(), today(2))
    w.asked.length = 0
    await w.go(who, away)
    expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'settled', settled_as: 'leave' }])
    expect((await ofKind(who.id, 'boundaryOut'))[0]?.evidence.some((e) => e.kind === 'leave')).toBe(true)
    expect([await runningTasks(who.id), w.asked.length]).toEqual([0, 0])
  })

  test('approved while the officer has it, settles it and takes the task back', async () => {
    const who = await atHome()
    await w.go(who, away)
    expect(await runningTasks(who.id)).toBe(1)
    await leave(who, today(), today())
    await w.wait(15_000)
    expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'settled', settled_as: 'leave' }])
    expect(await runningTasks(who.id)).toBe(0)
  })

  test('an overstayed or cancelled leave lets the fence hold again, even over a restart', async () => {
    const [a, b] = [await atHome(), await atHome()]
    await leave(a, today(), today())
    const cancelled = await leave(b, today(), today(9))
    await w.go(a, away)
    await w.go(b, away)
    await sql`update leave set state = 'cancelled' where id = ${cancelled}`.execute(w.db)
    await w.restart()
    await w.go(b, [4000, 4000])
    await w.wait(15_000)
    await w.wait(65_000)
    expect(await ofKind(b.id, 'boundaryOut')).toMatchObject([{ settled_as: 'leave' }, { state: 'raised' }])
    // A's last lawful day ends; he is heard from, and still away.
    for (let i = 0; i < 30; i++) await w.go(a, [4000], { everyS: 1800 })
    await w.wait(15_000)
    await w.wait(65_000)
    expect(await ofKind(a.id, 'boundaryOut')).toMatchObject([{ settled_as: 'leave' }, { state: 'raised' }])
  })

  test('a leave that was only asked for excuses nothing', async () => {
    const who = await atHome()
    await leave(who, today(), today(3), 'asked')
    await w.go(who, away)
    expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'raised' }])
  })
})

describe('S0.18 outages', () => {
  test('many devices of an office silent at once are the network, said so on each of them', async () => {
    const office = places.otherOffice
    const people: Watched[] = []
    for (let i = 0; i < 5; i++) people.push(await w.plant({ org: office }))
    for (let round = 0; round < 3; round++) {
      w.county.pass(minute)
      for (const p of people) w.send(p, [aFix({ ts: w.county.house.chance.now(), ...at(0) })])
    }
    await w.wait(31 * minute)
    await w.wait(35 * minute)
    for (const p of people)
      expect(await w.episodesOf(p.id)).toMatchObject([{ kind: 'lostContact', state: 'settled', settled_as: 'outage' }])
    const rows = await sql<{
      way: string
      ends_at: Date | null
      org_code: string
    }>`select way, ends_at, org_code from outage where org_code = ${office}`.execute(w.db)
    expect(rows.rows).toMatchObject([{ way: 'detected', ends_at: null }])
    for (const p of people.slice(1)) w.send(p, [aFix({ ts: w.county.house.chance.now(), ...at(0) })])
    await w.wait(15_000)
    const ended = await sql<{ ends_at: Date | null }>`select ends_at from outage where org_code = ${office}`.execute(
      w.db,
    )
    expect(ended.rows[0]?.ends_at).not.toBeNull()
    // Who stays silent when the others are back is asked again.
    const [still] = people
    if (!still) throw new Error('nobody')
    for (let i = 0; i < 8; i++) {
      for (const p of people.slice(1)) w.send(p, [aFix({ ts: w.county.house.chance.now(), ...at(0) })])
      await w.wait(10 * minute)
    }
    expect(await w.episodesOf(still.id)).toMatchObject([
      { settled_as: 'outage' },
      { kind: 'lostContact', state: 'raised' },
    ])
  })

  test('one silent device among many is no outage', async () => {
    const people = [await w.plant(), await w.plant(), await w.plant(), await w.plant()]
    const [quiet, ...others] = people
    if (!quiet) throw new Error('nobody')
    for (const p of people) await w.go(p, [0, 0], { everyS: 5 })
    for (let i = 0; i < 14; i++) {
      for (const p of others) w.send(p, [aFix({ ts: w.county.house.chance.now(), ...at(0) })])
      await w.wait(5 * minute)
    }
    expect(await ofKind(quiet.id, 'lostContact')).toMatchObject([{ state: 'raised' }])
  })

  test('a declared outage is subtracted, and takes back what silence had come to in it', async () => {
    const who = await w.plant({ org: places.officeElsewhere })
    await w.go(who, [0, 0])
    const from = w.county.house.chance.now()
    await w.wait(70 * minute)
    await w.wait(65_000)
    expect(await ofKind(who.id, 'lostContact')).toMatchObject([{ state: 'raised' }])
    await outage(places.otherCounty, from - minute, null)
    await w.wait(15_000)
    expect(await ofKind(who.id, 'lostContact')).toMatchObject([{ state: 'settled', settled_as: 'outage' }])
    expect(await runningTasks(who.id)).toBe(0)
    await w.wait(3 * hour)
    expect(await ofKind(who.id, 'lostContact')).toHaveLength(1)
  })

  test('the platform’s own stop is an outage of the platform and blames nobody', async () => {
    const who = await w.plant()
    await w.go(who, [0, 0])
    await w.restart(() => w.county.pass(5 * hour))
    await w.wait(minute)
    expect(await w.episodesOf(who.id)).toEqual([])
    const own = await sql<{
      reason: string
    }>`select reason from outage where org_code = '' and way = 'detected'`.execute(w.db)
    expect(own.rows.at(-1)?.reason).toContain('平台')
    await w.wait(75 * minute)
    await w.wait(65_000)
    expect(await ofKind(who.id, 'lostContact')).toMatchObject([{ state: 'raised' }])
  })
})

describe('Z3 the term', () => {
  test('Z3 at its end open episodes settle, and nothing more is watched', async () => {
    const who = await atHome({ endsInMs: 2 * hour })
    await w.go(who, away)
    expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'raised' }])
    await w.wait(2 * hour)
    expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'settled', settled_as: 'termEnded' }])
    expect(await runningTasks(who.id)).toBe(0)
    await w.go(who, away)
    expect(await w.episodesOf(who.id)).toHaveLength(1)
    expect((await w.factsOf(who.id)).some((f) => f.kind === 'episode.settled')).toBe(true)
  })

  test('Z3 cut short by whoever ends it, the same; a closure under review stays under review', async () => {
    const [a, b] = [await atHome(), await atHome()]
    await w.go(a, away)
    await w.go(b, away)
    await sql`update episode set state = 'submitted' where person_id = ${b.id}`.execute(w.db)
    for (const who of [a, b]) {
      await sql`update activation set state = 'ended', ended_at = ${new Date(w.county.house.chance.now())}, end_reason = 'removed' where no = ${who.no}`.execute(
        w.db,
      )
      await sql`select pg_notify('zj_devices', ${who.device})`.execute(w.db)
    }
    await until(async () => (await ofKind(a.id, 'boundaryOut'))[0]?.settled_as === 'termEnded')
    await w.calm()
    expect((await ofKind(b.id, 'boundaryOut'))[0]?.state).toBe('submitted')
  })

  test('Z3 whoever ends it through the desk settles what is open in the same transaction, engine or none', async () => {
    const who = await atHome()
    await w.go(who, away)
    expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'raised' }])
    const clerk = await w.county.signIn('county')
    await w.restart(async () => {
      // Nobody else is there to settle it: the engine stands still.
      const term = await clerk.call(activations.get, { params: { id: who.activation } })
      await clerk.call(activations.end, {
        params: { id: who.activation },
        body: { why: 'custody', reason: '因另案被刑事拘留', revision: term.revision },
      })
      expect(await ofKind(who.id, 'boundaryOut')).toMatchObject([{ state: 'settled', settled_as: 'termEnded' }])
      expect(await runningTasks(who.id)).toBe(0)
      const settled = (await w.factsOf(who.id)).filter((f) => f.kind === 'episode.settled')
      expect(settled).toMatchObject([{ payload: { settledAs: 'termEnded' } }])
    })
    expect((await ofKind(who.id, 'boundaryOut')).length).toBe(1)
  })
})

describe('a crash', () => {
  test('kill at any moment: nothing lost, nothing doubled', async () => {
    const people = [await atHome(), await atHome(), await atHome()]
    const path = [0, 0, 4000, 4000, 4000, 4000, 4000, 4000]
    for (const x of path) {
      w.county.pass(50_000)
      for (const p of people) w.send(p, [aFix({ ts: w.county.house.chance.now(), ...at(x) })])
      // Dies before, while or after the signs are written; what comes meanwhile is durable and unheard.
      await new Promise((done) => setTimeout(done, Math.random() * 12))
      if (Math.random() < 0.7)
        await w.crash(() => {
          w.county.pass(5_000)
          for (const p of people) w.send(p, [aFix({ ts: w.county.house.chance.now(), ...at(x) })])
        })
    }
    await w.wait(65_000)
    for (const p of people) {
      expect(await ofKind(p.id, 'boundaryOut')).toMatchObject([{ state: 'raised' }])
      expect(await runningTasks(p.id)).toBe(1)
      const raised = (await w.factsOf(p.id)).filter((f) => f.kind === 'episode.raised')
      expect(raised).toHaveLength(1)
    }
  })

  test('a report taken while signs of the same person waited to be written outlives a crash after the next snapshot', async () => {
    const who = await atHome()
    const say = (kind: 'sos' | 'strapOpen') =>
      w.send(who, [], [{ kind, ts: w.county.house.chance.now(), blind: false, flags: 0 }])
    const slot = () => w.engine?.fleet.get(who.no)
    const marked = async () =>
      (await sql<{ no: number }>`select no from engine_mark where shard = 0`.execute(w.db)).rows[0]?.no ?? 0
    say('sos')
    // A snapshot now; the next is a minute away.
    await w.wait(61_000)
    w.county.pass(45_000)

    // Whoever holds the row of his state lets nothing of his be written.
    let letGo: () => void = () => undefined
    const held = new Promise<void>((done) => {
      letGo = done
    })
    let locked = false
    const holding = w.db.transaction().execute(async (db) => {
      await sql`select 1 from presence where activation_no = ${who.no} for update`.execute(db)
      locked = true
      await held
    })
    await until(() => locked)
    say('sos')
    say('strapOpen')
    expect(slot()).toMatchObject({ queued: 1, dirty: true, strapReports: 1 })
    const before = await marked()
    // The snapshot finds his signs waiting; then they are written, as they were before the strap was heard of.
    w.county.pass(16_000)
    await new Promise((done) => setTimeout(done, 700))
    letGo()
    await holding
    await until(async () => (await marked()) > before)
    await w.crash()
    expect(slot()?.strapReports).toBe(1)
    say('strapOpen')
    await w.calm()
    const [told] = await ofKind(who.id, 'strapOpen')
    expect(told?.evidence[0]?.zh).toContain('连续 2 次')
  })
})
