import { setTimeout as sleep } from 'node:timers/promises'
import { startSession } from '@zhijiao/server/core/auth/session'
import { type Cluster, openCluster } from '../test/support/load-cluster.ts'
import { loadPlaces, plantCounty } from '../test/support/load-county.ts'
import { type Planted, Walker } from '../test/support/load-frames.ts'
import { Link } from '../test/support/load-link.ts'
import { devicesOn, freePort, type Program, startProgram } from '../test/support/load-program.ts'
import { startGenerator } from './ingest/generator.ts'
import { openConsoles } from './live/consoles.ts'
import { finish, heading, print, quantile, readOptions, say, table } from './print.ts'

const targetMs = 2_000
const ladderS = 2
const consoles = 15
/** Probes of each kind a second. */
const everyMs = 400
const warmSeconds = 6
/** Probes before measuring begins: the first alarm of a process compiles what the others use. */
const warmProbes = 6

/**
 * From the arrival of the fix or timer that settles the last rung to every connected console, through all parts of the
 * program in one process, while 12,000 fixes a second arrive over 2,000 sockets.
 *
 * A call for help settles its last rung itself. A crossing of the boundary is confirmed by its positions and waits two
 * seconds here; the end of that wait is the timer that settles it.
 */
export default async function live(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { seconds: 30, seed: 1, sockets: 2_000, people: 12_000, rate: 12_000, frame: 1 })
  heading('live', args)
  const { seconds, sockets, people } = options
  const probes = Math.floor((seconds * 1000) / everyMs)
  const planted = people + 2 * (probes + warmProbes)
  const cluster = await openCluster()
  const generator = startGenerator()
  let program: Program | null = null
  try {
    say(`planting ${planted.toLocaleString('en-US')} persons with devices, terms and fences`)
    const { devices } = await plantCounty(cluster.admin, cluster.house.vault, planted)
    await cluster.admin.query(
      `insert into alarm_kind (kind, org_code, level, clock_min, ladder_s) values ('boundaryOut', $1, 1, 60, ${ladderS})`,
      [loadPlaces.county],
    )
    const [port, http] = [await freePort(), await freePort()]
    program = await startProgram({
      env: { ...cluster.env, ZJ_PORT: String(http), ...devicesOn(port) },
      ports: [port, http],
      withinMs: 60_000,
    })
    const heard = await openConsoles(`http://127.0.0.1:${http}`, await cookieOf(cluster), consoles)
    await generator.connect(port, sockets, devices.slice(0, people), options.seed)
    const crying = new Map<string, number>()
    const leaving = new Set<string>()
    let started = () => {}
    const warm = new Promise<void>((done) => {
      started = done
    })
    const load = generator.run(
      {
        way: 'open',
        fixesPerFrame: options.frame,
        window: 0,
        rate: options.rate,
        warmSeconds,
        seconds: seconds + (warmProbes * everyMs) / 1000 + 4,
        stepMs: 1000,
      },
      async () => started(),
    )
    await warm
    for (let i = 0; i < probes + warmProbes; i++) {
      const next = performance.now() + everyMs
      const [help, crossing] = [devices[people + 2 * i], devices[people + 2 * i + 1]]
      const cried = help ? await cryForHelp(port, help, i) : 0
      if (crossing) await leaveTheCounty(port, crossing, i)
      if (help && crossing && i >= warmProbes) {
        crying.set(help.identity, cried)
        leaving.add(crossing.identity)
      }
      await sleep(Math.max(0, next - performance.now()))
    }
    await sleep((ladderS + 1) * 1000)
    const result = await load
    await sleep(2_000)
    heard.close()
    const { rows } = await cluster.admin.query<{ id: string; kind: string; identity: string; due: number }>(
      `select e.id, e.kind, d.identity, extract(epoch from e.detected_at)::float8 * 1000 as due
        from episode e join activation a on a.no = e.activation_no join device d on d.id = a.device_id where e.state = 'raised'`,
    )
    const latencies = (kind: string, since: (row: (typeof rows)[number]) => number | undefined) => {
      const all: number[] = []
      for (const row of rows) {
        const at = heard.raised.get(row.id)
        const from = since(row)
        if (row.kind === kind && at !== undefined && from !== undefined) all.push(at - from)
      }
      return all.sort((a, b) => a - b)
    }
    const measured = [
      { what: 'fix: a call for help', key: 'fix', ms: latencies('sos', (row) => crying.get(row.identity)) },
      {
        what: 'timer: the end of the wait after a crossing',
        key: 'timer',
        ms: latencies('boundaryOut', (row) => (leaving.has(row.identity) ? row.due + ladderS * 1000 : undefined)),
      },
    ]
    table(
      ['settled by', 'probes', 'heard', 'p50 ms', 'p99 ms', 'max ms', 'target ms', ''],
      measured.map(({ what, ms }) => {
        const p99 = quantile(ms, 0.99)
        const reached = p99 < targetMs && ms.length === probes
        return [
          what,
          probes,
          ms.length,
          quantile(ms, 0.5),
          p99,
          ms.at(-1) ?? Number.NaN,
          `< ${targetMs}`,
          reached ? 'reached' : 'MISSED',
        ]
      }),
    )
    print(
      `meanwhile ${Math.round(result.fixes / result.seconds).toLocaleString('en-US')} fixes/s over ${sockets.toLocaleString('en-US')} sockets, ${options.frame} a frame, acknowledged in ${Math.round(result.p50Ms)} ms (p50), ${Math.round(result.p99Ms)} ms (p99); the last of ${consoles} consoles counts`,
    )
    const worst = Math.max(...measured.map(({ ms }) => quantile(ms, 0.99)))
    finish({
      bench: 'live',
      p99Ms: worst,
      fixesPerSecond: result.fixes / result.seconds,
      sockets,
      consoles,
      p99AckMs: result.p99Ms,
      probes,
      rows: measured.map(({ key, ms }) => ({
        settledBy: key,
        heard: ms.length,
        p50Ms: quantile(ms, 0.5),
        p99Ms: quantile(ms, 0.99),
      })),
      seed: options.seed,
      seconds,
    })
  } finally {
    generator.close()
    await program?.kill()
    await cluster.close()
  }
}

const quiet = { fixesPerFrame: 1, stepMs: 1000, window: 0, aheadMs: 0, acknowledged: () => {} }

/** Presses the help key of one device. Returns when its report went out, ms UTC. */
async function cryForHelp(port: number, planted: Planted, i: number): Promise<number> {
  const walker = new Walker(planted, Date.now(), i + 1)
  walker.alarm = 1
  const link = await Link.open(port, [walker], quiet)
  const at = Date.now()
  link.send(1, performance.now())
  setTimeout(() => link.destroy(), 5_000).unref()
  return at
}

/** Twenty positions over two and a half minutes, fifty kilometres north of the county. */
async function leaveTheCounty(port: number, planted: Planted, i: number): Promise<void> {
  const walker = new Walker({ ...planted, home: { lat: 24.77, lon: 109.42 } }, Date.now() - 50_000, i + 1)
  const link = await Link.open(port, [walker], { ...quiet, fixesPerFrame: 20, stepMs: 7_500 })
  link.send(1, performance.now())
  setTimeout(() => link.destroy(), 5_000).unref()
}

/** The cookie of an officer of the county on duty at the desk. */
async function cookieOf({ admin, house }: Cluster): Promise<string> {
  const { chance, databases } = house
  const id = chance.id()
  const at = new Date(chance.now())
  await admin.query(
    `insert into staff (id, login, number, name, org_code, password_hash, password_changed_at, must_change_password, totp_confirmed_at, created_at)
      values ($1, 'bench', 'B1', '测量员', $2, 'x', $3, false, $3, $3)`,
    [id, loadPlaces.county, at],
  )
  await admin.query(`insert into staff_role (staff_id, role, granted_at) values ($1, 'county', $2)`, [id, at])
  return `zj_session=${await startSession(databases.system, chance, id, { secondFactor: true, ip: null, agent: null })}`
}
