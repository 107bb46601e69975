import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { aFix, at, square, startWatch, until, type Watch, type Watched } from '../support/watched.ts'

let w: Watch
beforeAll(async () => {
  w = await startWatch({ at: '2026-11-20T02:00:00Z', lock: { everyMs: 200, patienceMs: 3_000 } })
})
afterAll(() => w?.stop())

const still = (ms: number) => new Promise<void>((done) => setTimeout(done, ms))
const slotOf = (who: Watched) => w.engine?.fleet.get(who.no)
/** A minute in which nobody tells the engine anything; then it knows. */
const inAMinute = async (knows: () => boolean | Promise<boolean>) => {
  w.county.pass(61_000)
  await until(knows)
  await w.calm()
}
/** One position now; returns its time. */
const send = (who: Watched): number => {
  w.county.pass(1_000)
  const ts = w.county.house.chance.now()
  w.send(who, [aFix({ ts, ...at(0) })])
  return ts
}

describe('what was changed elsewhere and not heard of is seen within a minute', () => {
  test('Z3 a term that was ended settles what it left open; one that begins is watched', async () => {
    const who = await w.plant()
    await w.event(who, 'sos')
    await sql`update activation set state = 'ended', ended_at = ${new Date(w.county.house.chance.now())}, end_reason = 'released' where no = ${who.no}`.execute(
      w.db,
    )
    await inAMinute(() => slotOf(who) === undefined)
    expect(await w.episodesOf(who.id)).toMatchObject([{ kind: 'sos', state: 'settled', settled_as: 'termEnded' }])
    const late = await w.plant({ unheard: true })
    await inAMinute(() => slotOf(late) !== undefined)
  })

  test('another plan, another home', async () => {
    const who = await w.plant()
    const home = at(10)
    await sql`update activation set interval_s = 600 where no = ${who.no}`.execute(w.db)
    await sql`update person set residence_lat = ${home.lat}, residence_lon = ${home.lon} where id = ${who.id}`.execute(
      w.db,
    )
    await inAMinute(() => slotOf(who)?.activation.intervalS === 600)
    expect(slotOf(who)?.activation).toMatchObject({ intervalS: 600, home })
  })

  test('a fence that was drawn binds, one that was redrawn is the new one, and whoever was released is free', async () => {
    const who = await w.plant()
    const bound = () => slotOf(who)?.sights.map((s) => s.binding.id)
    const id = await w.fence('livingArea', square(0, 0, 2000), [who.id], { unheard: true })
    await inAMinute(() => bound()?.[0] === id)
    await sql`update fence set area = ${JSON.stringify(square(0, 0, 500))}::jsonb, revision = revision + 1 where id = ${id}`.execute(
      w.db,
    )
    const far = at(1000)
    await inAMinute(() => slotOf(who)?.sights[0]?.binding.rule.area.contains(far.lat, far.lon) === false)
    await sql`update fence_person set until_day = '2020-01-02' where fence_id = ${id}`.execute(w.db)
    await inAMinute(() => bound()?.length === 0)
  })

  test('what could not be read when it was told is read later: an ended term, a fence, and all that came of an activation not known yet', async () => {
    const who = await w.plant()
    const fresh = await w.plant({ unheard: true })
    const fence = await w.fence('livingArea', square(0, 0, 2000), [who.id], { unheard: true })
    const { host, port, adminPassword } = inject('cluster')
    const database = (await sql<{ name: string }>`select current_database() as name`.execute(w.db)).rows[0]?.name
    const admin = new pg.Client({ host, port, user: 'zj_admin', password: adminPassword, database })
    await admin.connect()
    const called = (now: string, then: string) => admin.query(`alter table ${now} rename to ${then}`)
    const tables = ['position_latest', 'fence_person']
    let lastAt = 0
    // Nothing that is asked of these is answered.
    for (const table of tables) await called(table, `${table}_away`)
    try {
      await sql`update activation set state = 'ended', ended_at = ${new Date(w.county.house.chance.now())}, end_reason = 'released' where no = ${who.no}`.execute(
        w.db,
      )
      await sql`select pg_notify('zj_devices', ${who.device}), pg_notify('zj_fences', ${fence})`.execute(w.db)
      for (let i = 0; i < 3; i++) lastAt = send(fresh)
      await still(300)
      await w.calm()
      expect(slotOf(who)).toBeDefined()
      expect(slotOf(fresh)).toBeUndefined()
    } finally {
      for (const table of tables) await called(`${table}_away`, table)
      await admin.end()
    }
    w.county.pass(11_000)
    await until(() => slotOf(fresh)?.lastTs === lastAt)
    await inAMinute(() => slotOf(who) === undefined)
    // Nothing holds the mark back any more.
    const mark = async () => (await sql<{ no: number }>`select no from engine_mark`.execute(w.db)).rows[0]?.no
    await inAMinute(async () => (await mark()) === slotOf(fresh)?.inboxNo)
    const other = await w.plant()
    await sql`insert into fence_person (fence_id, person_id, from_day, added_at) values (${fence}, ${other.id}, '2020-01-01', now())`.execute(
      w.db,
    )
    await inAMinute(() => slotOf(other)?.sights[0]?.binding.id === fence)
  })
})

describe('one engine, or none', () => {
  test('a connection that holds the lock and does not answer is given up, and the engine with it, until another is had', async () => {
    const who = await w.plant()
    const holder = await sql<{ pid: number }>`
      select l.pid from pg_locks l join pg_database d on d.oid = l.database
      where l.locktype = 'advisory' and l.objid = 774211 and l.granted and d.datname = current_database()`.execute(w.db)
    const pid = holder.rows[0]?.pid
    if (pid === undefined) throw new Error('nobody holds the lock')
    const before = w.engine
    process.kill(pid, 'SIGSTOP')
    try {
      await until(() => w.engine !== before, 15_000)
      expect(w.engine).toBeNull()
      await until(() => w.fed.heard === 0)
    } finally {
      process.kill(pid, 'SIGCONT')
    }
    await until(() => w.engine !== null, 15_000)
    const ts = send(who)
    expect(slotOf(who)?.lastTs).toBe(ts)
    expect(w.fed.heard).toBe(1)
  })

  test('a start that fails leaves nothing behind that listens; the next takes what came meanwhile', async () => {
    const who = await w.plant()
    let tries = 0
    w.fed.reading = async () => {
      tries++
      throw new Error('the database is away')
    }
    await w.replace()
    await until(() => tries >= 2)
    await until(() => w.fed.heard === 0)
    expect(w.engine).toBeNull()
    const ts = send(who)
    w.fed.reading = async () => undefined
    await until(() => w.engine !== null)
    expect(w.fed.heard).toBe(1)
    expect(slotOf(who)?.lastTs).toBe(ts)
  })

  test('an engine stopped while it starts does nothing afterwards', async () => {
    let letGo: () => void = () => undefined
    const reading = new Promise<void>((done) => {
      letGo = done
    })
    w.fed.reading = () => reading
    await w.replace()
    await until(() => w.fed.heard === 1)
    await still(200)
    await w.halt()
    expect(w.fed.heard).toBe(0)
    letGo()
    w.fed.reading = async () => undefined
    await still(300)
    const beat = async () => (await sql<{ at: Date }>`select at from engine_beat`.execute(w.db)).rows[0]?.at
    const last = await beat()
    w.county.pass(20_000)
    await still(700)
    expect(await beat()).toEqual(last)
    await w.restart()
    expect(w.engine).not.toBeNull()
  })
})
