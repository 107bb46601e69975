import { type Asked, type RunningEngine, runEngine } from '@zhijiao/server/alarms/index'
import { type Databases, openDatabases } from '@zhijiao/server/core/db'
import { locks } from '@zhijiao/server/core/locks'
import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest'
import { startRelay } from '../support/relay.ts'
import { aFix, at, startWatch, until, type Watch, type Watched } from '../support/watched.ts'

/** So long that nothing but a refused write tells the first engine. */
const asksNever = { everyMs: 600_000, patienceMs: 5_000 }

let w: Watch
let relay: Awaited<ReturnType<typeof startRelay>>
let own: Databases
let outside: pg.Client
let database = ''
let engines: RunningEngine[] = []

beforeAll(async () => {
  w = await startWatch({ at: '2026-11-20T02:00:00Z' })
  await w.halt()
  const { host, port, adminPassword, apiPassword, systemPassword } = inject('cluster')
  database = (await sql<{ name: string }>`select current_database() as name`.execute(w.db)).rows[0]?.name ?? ''
  relay = await startRelay({ host, port })
  own = openDatabases({
    host: '127.0.0.1',
    port: relay.port,
    database,
    now: () => w.county.house.chance.now(),
    apiPassword,
    systemPassword,
  })
  outside = new pg.Client({ host, port, user: 'zj_admin', password: adminPassword, database })
  await outside.connect()
})
afterAll(async () => {
  await outside?.end()
  await own?.close()
  await relay?.stop()
  await w?.stop()
})
beforeEach(() => {
  engines = []
})
afterEach(async () => {
  for (const engine of engines) await engine.abandon()
})

/** An engine of a process of its own, whose lines to the database go through the relay or not. */
function start(through: 'relay' | 'straight') {
  const asked: Asked[] = []
  const doors = {
    ask: async (_: unknown, one: Asked) => {
      asked.push(one)
    },
  }
  const house = through === 'relay' ? { ...w.county.house, databases: own } : w.county.house
  const running = runEngine(house, w.fed, doors, asksNever)
  engines.push(running)
  return { running, asked }
}

/** Somebody watched; the engines that run read of him with what else they read. */
async function plant(): Promise<Watched> {
  const who = await w.plant({ unheard: true })
  await sql`select pg_notify('zj_devices', ${who.device})`.execute(w.db)
  for (const { engine } of engines) if (engine) await until(() => engine.fleet.get(who.no) !== undefined)
  return who
}

/** The server ends the connection that holds the engine's lock; whoever held it is not told. */
async function loseLock(): Promise<void> {
  const { rows } = await outside.query<{ pid: number; port: number }>(
    `select l.pid, a.client_port as port from pg_locks l join pg_stat_activity a on a.pid = l.pid
     where l.locktype = 'advisory' and l.objid = $1 and l.granted and a.datname = current_database()`,
    [locks.engine],
  )
  const [holder] = rows
  if (!holder) throw new Error('nobody holds the lock')
  relay.cut(holder.port)
  await outside.query('select pg_terminate_backend($1)', [holder.pid])
}

const turnNo = async () => Number((await sql<{ no: number }>`select no from engine_turn`.execute(w.db)).rows[0]?.no)
const beatAt = async () => (await sql<{ at: Date }>`select at from engine_beat`.execute(w.db)).rows[0]?.at
const raisings = async (who: Watched) => (await w.factsOf(who.id)).filter((f) => f.kind === 'episode.raised').length
const sos = (who: Watched) =>
  w.send(who, [], [{ kind: 'sos', ts: w.county.house.chance.now(), blind: false, flags: 0 }])

test('an engine whose lock was taken unheard writes nothing more and ends; the other takes over from the mark', async () => {
  const first = start('relay')
  await until(() => first.running.engine !== null)
  const before = await turnNo()
  const second = start('straight')
  await second.running.ready
  const [one, other] = [await plant(), await plant()]
  // Durable, and heard by nobody before the change.
  w.fed.deaf = true
  sos(other)
  w.fed.deaf = false
  expect(second.running.engine).toBeNull()

  await loseLock()
  await until(() => second.running.engine !== null)
  expect(await turnNo()).toBe(before + 1)
  expect(first.running.engine).not.toBeNull()

  // Both hear it, both see what it means.
  expect(w.fed.heard).toBe(2)
  sos(one)
  await until(() => first.running.engine === null)
  await until(() => w.fed.heard === 1)
  await second.running.engine?.calm()
  for (const who of [one, other]) {
    expect(await w.episodesOf(who.id)).toMatchObject([{ kind: 'sos', state: 'raised' }])
    expect(await raisings(who)).toBe(1)
    expect((await w.tasksOf(who.id)).length).toBe(1)
  }
  expect(first.asked).toEqual([])
  expect(await turnNo()).toBe(before + 1)

  // The one that ended stands by, and takes over in its turn.
  await second.running.stop()
  await until(() => first.running.engine !== null)
  expect(await turnNo()).toBe(before + 2)
  w.county.pass(1_000)
  sos(one)
  await first.running.engine?.calm()
  expect(await raisings(one)).toBe(1)
})

test('one that has nothing to say ends with its next beat, which is not written', async () => {
  const first = start('relay')
  await until(() => first.running.engine !== null)
  const second = start('straight')
  await second.running.ready
  await loseLock()
  await until(() => second.running.engine !== null)
  await second.running.stop()
  const last = await beatAt()
  w.county.pass(11_000)
  await until(() => first.running.engine === null)
  expect(await beatAt()).toEqual(last)
})

test('a transaction of the engine before that does not end is ended, and the next begins all the same', async () => {
  const first = start('relay')
  await until(() => first.running.engine !== null)
  const who = await plant()
  const { host, port, systemPassword: password } = inject('cluster')
  const hung = new pg.Client({ host, port, user: 'zj_system', password, database })
  let ended = false
  hung.on('error', () => {
    ended = true
  })
  await hung.connect()
  await hung.query('begin')
  const mine = await hung.query<{ mine: boolean }>('select zj_in_engine_turn($1) as mine', [await turnNo()])
  expect(mine.rows[0]?.mine).toBe(true)
  await hung.query('select 1 from person where id = $1 for update', [who.id])

  const second = start('straight')
  await second.running.ready
  await loseLock()
  await until(() => second.running.engine !== null)
  await until(() => ended)
  w.send(who, [aFix({ ts: w.county.house.chance.now(), ...at(0) })])
  sos(who)
  await second.running.engine?.calm()
  expect(await raisings(who)).toBe(1)
})
