import { readdirSync, readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { legalDays } from '@zhijiao/geo/day'
import { asSeenBy } from '@zhijiao/server/core/db'
import { ledgerSigner } from '@zhijiao/server/core/ledger/sealer'
import { inspectLedger } from '@zhijiao/server/operations/inspect-ledger'
import { compactAll } from '@zhijiao/server/positions/compaction'
import { readDay } from '@zhijiao/server/positions/read'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cluster, openCluster } from '../support/load-cluster.ts'
import { loadPlaces, plantCounty } from '../support/load-county.ts'
import { Fleet } from '../support/load-fleet.ts'
import { freePort, type Program, startProgram, takesPositionsOn } from '../support/load-program.ts'

/** Kills of the program and as many of PostgreSQL; 2 with the suite, 20 by `ZJ_KILL_ROUNDS=20`. */
const rounds = Number(process.env.ZJ_KILL_ROUNDS ?? 2)
const people = 1_000
/** Of them so many press the help key whenever something is killed. */
const crying = 8
const patience = 60_000 + rounds * 30_000

let cluster: Cluster
let program: Program
let fleet: Fleet
let port: number

const start = () =>
  startProgram({
    env: { ...cluster.env, ...takesPositionsOn(port) },
    ports: [port],
  })

/** Somewhere inside whatever goes on: gathering, writing, answering, compacting. Calls for help come just then. */
async function aMoment(): Promise<void> {
  await sleep(300 + Math.random() * 1_000)
  for (const walker of fleet.walkers.slice(0, crying)) walker.alarm = 1
  await sleep(Math.random() * 300)
}

/** Waits until acknowledgements flow again. */
async function flowing(): Promise<void> {
  const before = fleet.frames
  for (let left = 600; left > 0 && fleet.frames < before + 50; left--) await sleep(50)
  expect(fleet.frames, `acknowledgements flow again; ${program.said().slice(-2_000)}`).toBeGreaterThanOrEqual(
    before + 50,
  )
  for (const walker of fleet.walkers) walker.alarm = 0
}

/** One of the processes that serve connections, if the machine shows its processes. */
function aBackend(postmaster: number): number | null {
  try {
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .map(Number)
      .filter((pid) => parentOf(pid) === postmaster)
      .filter((pid) => /zj_system/.test(readFileSync(`/proc/${pid}/cmdline`, 'utf8')))
    return children[Math.floor(Math.random() * children.length)] ?? null
  } catch {
    return null
  }
}

function parentOf(pid: number): number {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return -1
  }
}

beforeAll(async () => {
  cluster = await openCluster({ shared_buffers: '64MB' })
  const { devices } = await plantCounty(cluster.admin, cluster.house.vault, people)
  port = await freePort()
  program = await start()
  fleet = new Fleet(port, devices, 12)
  fleet.start()
  await flowing()
}, 60_000)

afterAll(async () => {
  fleet?.close()
  await program?.kill()
  await cluster?.close()
})

test(`Z9 S1.10 ${rounds} kills of the program under load`, { timeout: patience }, async () => {
  for (let round = 0; round < rounds; round++) {
    await aMoment()
    await program.kill()
    program = await start()
    await flowing()
  }
})

test(`Z9 S1.10 ${rounds} kills of PostgreSQL under load, the postmaster and single backends`, {
  timeout: patience,
}, async () => {
  for (let round = 0; round < rounds; round++) {
    await aMoment()
    const backend = round % 2 === 1 ? aBackend(cluster.postgres.pid) : null
    process.kill(backend ?? cluster.postgres.pid, 'SIGKILL')
    if (backend === null) await cluster.revive()
    await flowing()
  }
})

test('Z9 S1.10 0 acknowledged fixes lost, each kept once', { timeout: patience }, async () => {
  expect(await fleet.settle(20_000), 'frames without an answer').toBe(0)
  const { databases } = cluster.house
  const owners = await sql<{ identity: string; person_id: string }>`
    select d.identity, a.person_id from activation a join device d on d.id = a.device_id`.execute(databases.system)
  // Some as they lie in the inbox, then everybody from the day tracks.
  const faults: string[] = []
  for (const { identity, person_id } of owners.rows.slice(0, 25)) faults.push(...(await missing(identity, person_id)))
  await compactAll(cluster.house)
  for (const { identity, person_id } of owners.rows) faults.push(...(await missing(identity, person_id)))
  expect(faults).toEqual([])
  const acknowledged = [...fleet.acknowledged.values()].reduce((sum, times) => sum + times.size, 0)
  expect(acknowledged, 'fixes acknowledged').toBeGreaterThan(people)
})

const eyes = { staff: null, unit: loadPlaces.county, reach: 'unit', classes: ['tracks'] } as const

/** What of a device's acknowledged fixes its person's days do not show once and only once. */
async function missing(identity: string, person: string): Promise<string[]> {
  const times = [...(fleet.acknowledged.get(identity) ?? [])]
  if (times.length === 0) return []
  const days = legalDays(Math.min(...times), Math.max(...times) + 1)
  const tracks = await asSeenBy(cluster.house.databases.api, eyes, async (db) => {
    const read: Awaited<ReturnType<typeof readDay>>[number][] = []
    for (const day of days) read.push(...(await readDay(db, person, day, 'kill test')))
    return read
  })
  const fixes = tracks.flatMap((track) => track.fixes)
  const stored = new Set(fixes.map((fix) => fix.ts))
  const lost = times.filter((ts) => !stored.has(ts)).length
  const faults: string[] = []
  if (lost > 0) faults.push(`${identity}: ${lost} of ${times.length} acknowledged fixes are gone`)
  if (fixes.length > stored.size) faults.push(`${identity}: ${fixes.length - stored.size} fixes are kept twice`)
  return faults
}

test('Z9 S1.10 0 episodes doubled, every call for help one episode and one task', { timeout: patience }, async () => {
  const { system } = cluster.house.databases
  const open = () =>
    sql<{ person_id: string; kind: string; episodes: number; tasks: number }>`
      select e.person_id, e.kind, count(distinct e.id)::int as episodes, count(t.id)::int as tasks
      from episode e left join task t on t.subject_id = e.id and t.kind = 'alarm.handle'
      where e.kind = 'sos' group by 1, 2`.execute(system)
  for (let left = 200; left > 0 && (await open()).rows.length < crying; left--) await sleep(50)
  const { rows } = await open()
  expect(rows.map(({ episodes, tasks }) => ({ episodes, tasks }))).toEqual(
    Array.from({ length: crying }, () => ({ episodes: 1, tasks: 1 })),
  )
  const doubled = await sql`
    select person_id from episode where state <> 'settled' group by person_id, kind, fence_id having count(*) > 1`.execute(
    system,
  )
  expect(doubled.rows).toEqual([])
})

test('Z9 S1.10 the sealed ledger is whole', { timeout: patience }, async () => {
  const { system } = cluster.house.databases
  const left = () => system.selectFrom('ledger_unsealed').select('entry_id').execute()
  for (let wait = 400; wait > 0 && (await left()).length > 0; wait--) await sleep(50)
  expect(await program.stop(), program.said().slice(-2_000)).toBe(0)
  const found = await inspectLedger(system, ledgerSigner(cluster.house).publicKey, Number.MAX_SAFE_INTEGER)
  expect(found).toMatchObject({ ok: true, fault: null })
  expect(found.size, 'entries sealed').toBeGreaterThanOrEqual(crying)
})
