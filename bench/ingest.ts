import { setTimeout as sleep } from 'node:timers/promises'
import { type Cluster, openCluster } from '../test/support/load-cluster.ts'
import { plantCounty } from '../test/support/load-county.ts'
import { freePort, type Program, startProgram, takesPositionsOn } from '../test/support/load-program.ts'
import { secondsOf, secondsOfTree } from './cpu.ts'
import { copyRate, storedSegments } from './ingest/copy.ts'
import { type Generator, startGenerator } from './ingest/generator.ts'
import type { Phase, PhaseResult } from './ingest/load.ts'
import { sizes } from './ingest/sizes.ts'
import { measureStages } from './ingest/stages.ts'
import { finish, heading, print, readOptions, say, table } from './print.ts'

/** Processor microseconds a fix costs in each process. */
interface Cost {
  readonly program: number
  readonly postgres: number
  readonly generator: number
}

interface Row extends PhaseResult {
  readonly phase: Phase
  readonly cost: Cost
  readonly walBytesPerFix: number
}

const warmSeconds = 3
/** Persons of each phase after the first: a device whose clock went ahead in one phase is late in the next. */
const othersPeople = 6_000
const target = { fixesPerSecond: 100_000, bytesPerFix: 20, bytesPerFixCompacted: 12, p99AckMs: 1_000, rate: 12_000 }

/** TCP bytes of JT/T 808 → decoded → judged → durable → acknowledged, through the real program and a real PostgreSQL. */
export default async function ingest(args: readonly string[]): Promise<void> {
  const options = readOptions(args, { seconds: 20, seed: 1, people: 30_000, sockets: 200, window: 8, profile: 0 })
  heading('ingest', args)
  const { seconds, seed, people, sockets, window } = options
  const cluster = await openCluster()
  const generator = startGenerator()
  let program: Program | null = null
  try {
    const all = people + 3 * othersPeople
    say(`planting ${all.toLocaleString('en-US')} persons with devices, terms and fences`)
    const { devices } = await plantCounty(cluster.admin, cluster.house.vault, all)
    const port = await freePort()
    program = await startProgram({
      env: { ...cluster.env, ...takesPositionsOn(port) },
      ports: [port],
      nodeArguments: options.profile ? ['--cpu-prof', '--cpu-prof-dir=.bench-profile'] : [],
    })
    const closed = (fixesPerFrame: number): Phase => ({
      way: 'closed',
      fixesPerFrame,
      window: fixesPerFrame === 1 ? window * 4 : window,
      rate: 0,
      warmSeconds,
      seconds,
      stepMs: 1000,
    })
    const open = (fixesPerFrame: number): Phase => ({ ...closed(fixesPerFrame), way: 'open', rate: target.rate })
    const rows: Row[] = []
    for (const [i, phase] of [closed(20), closed(1), open(20), open(1)].entries()) {
      const own =
        i === 0 ? devices.slice(0, people) : devices.slice(people + (i - 1) * othersPeople, people + i * othersPeople)
      const took = await generator.connect(port, sockets, own, seed + i)
      say(`${sockets} sockets with ${own.length.toLocaleString('en-US')} devices signed in within ${took.toFixed(1)} s`)
      if (phase.way === 'open') await folded(cluster)
      rows.push(await measure(cluster, program, generator, phase))
      await generator.disconnect()
      await sleep(500)
    }
    const { segments } = await storedSegments(cluster.admin, 2_000_000)
    const size = await sizes(cluster)
    const stopped = await program.stop()
    program = null
    if (stopped !== 0) throw new Error(`the program ended with ${stopped}`)
    generator.close()
    say('copying the same positions as rows')
    const copy = await copyRate(cluster.admin, segments)
    say('measuring each stage alone')
    const stages = { batch: measureStages(20, seed), single: measureStages(1, seed) }
    const acknowledged = rows.reduce((sum, row) => sum + row.fixes, 0)

    table(
      [
        'way',
        'fixes a frame',
        'fixes/s',
        'frames/s',
        'ack p50 ms',
        'p99 ms',
        'max ms',
        'CPU µs/fix',
        'of program',
        'of PostgreSQL',
        'of generator',
        'WAL B/fix',
      ],
      rows.map((r) => [
        r.phase.way === 'closed' ? 'as fast as answered' : `${target.rate.toLocaleString('en-US')}/s`,
        r.phase.fixesPerFrame,
        r.fixes / r.seconds,
        r.frames / r.seconds,
        r.p50Ms,
        r.p99Ms,
        r.maxMs,
        total(r.cost),
        r.cost.program,
        r.cost.postgres,
        r.cost.generator,
        r.walBytesPerFix,
      ]),
    )
    const [batch, single, , nation] = rows
    if (!batch || !single || !nation) throw new Error('a phase is missing')
    const rest = (row: Row, alone: (typeof stages)['batch']) =>
      row.cost.program - alone.decode - alone.validate - alone.presence - alone.encode
    table(
      ['CPU µs/fix by stage', 'decode', 'validate', 'presence', 'encode', 'socket, flush, waiting, rest', 'PostgreSQL'],
      [
        [
          '20 a frame',
          stages.batch.decode,
          stages.batch.validate,
          stages.batch.presence,
          stages.batch.encode,
          rest(batch, stages.batch),
          batch.cost.postgres,
        ],
        [
          '1 a frame',
          stages.single.decode,
          stages.single.validate,
          stages.single.presence,
          stages.single.encode,
          rest(single, stages.single),
          single.cost.postgres,
        ],
      ],
    )
    table(
      ['storage', 'B/fix'],
      [
        ['inbox: heap, index, toast', size.inbox],
        ['day tracks after compaction, before vacuum', size.compactedBeforeVacuum],
        ['day tracks after compaction', size.compacted],
        ['plain rows of eight columns, no index', copy.bytesPerRow],
        ['WAL of plain rows', copy.walPerRow],
      ],
    )
    print(`COPY of the same positions as rows: ${Math.round(copy.rowsPerSecond).toLocaleString('en-US')} rows/s`)
    print(
      `acknowledged while measured ${acknowledged.toLocaleString('en-US')}, stored in all ${size.storedFixes.toLocaleString('en-US')} fixes`,
    )
    print(
      [
        verdict('fixes/s', batch.fixes / batch.seconds, '≥', target.fixesPerSecond),
        verdict('B/fix', size.inbox, '≤', target.bytesPerFix),
        verdict('B/fix compacted', size.compacted, '≤', target.bytesPerFixCompacted),
        verdict('p99 ack ms at 12,000 fixes/s, one a frame', nation.p99Ms, '<', target.p99AckMs),
      ].join('\n'),
    )
    finish({
      bench: 'ingest',
      fixesPerSecond: batch.fixes / batch.seconds,
      fixesPerFrame: 20,
      sockets,
      cpuMicrosPerFix: total(batch.cost),
      copyRowsPerSecond: copy.rowsPerSecond,
      bytesPerFix: size.inbox,
      bytesPerFixCompacted: size.compacted,
      walBytesPerFix: batch.walBytesPerFix,
      p99AckMs: nation.p99Ms,
      stages,
      rows: rows.map((r) => ({
        way: r.phase.way,
        fixesPerFrame: r.phase.fixesPerFrame,
        fixesPerSecond: r.fixes / r.seconds,
        framesPerSecond: r.frames / r.seconds,
        p50AckMs: r.p50Ms,
        p99AckMs: r.p99Ms,
        maxAckMs: r.maxMs,
        cpuMicrosPerFix: total(r.cost),
        cpu: r.cost,
        walBytesPerFix: r.walBytesPerFix,
        unanswered: r.unanswered,
        generatorLoopP99Ms: r.loopP99Ms,
      })),
      people,
      seed,
      seconds,
    })
  } finally {
    generator.close()
    await program?.kill()
    await cluster.close()
  }
}

/** Waits until the program has folded what the full phases left behind; 12,000 a second would not have left it. */
async function folded({ admin }: Cluster): Promise<void> {
  const waiting = `select coalesce(sum(i.fixes), 0)::float8 as fixes from position_inbox i join position_compacted c on c.shard = i.shard where i.no > c.no`
  for (let left = 600; left > 0; left--) {
    const { rows } = await admin.query<{ fixes: number }>(waiting)
    if ((rows[0]?.fixes ?? 0) < 20_000) return
    if (left % 20 === 0) say(`${Math.round((rows[0]?.fixes ?? 0) / 1000)} thousand fixes to fold`)
    await sleep(1_000)
  }
}

const total = (cost: Cost) => cost.program + cost.postgres + cost.generator

function verdict(what: string, value: number, wanted: '≥' | '≤' | '<', limit: number): string {
  const holds = wanted === '≥' ? value >= limit : wanted === '≤' ? value <= limit : value < limit
  const shown = value >= 1000 ? Math.round(value).toLocaleString('en-US') : value.toFixed(1)
  return `${holds ? 'reached' : 'MISSED '}  ${what}: ${shown} (${wanted} ${limit.toLocaleString('en-US')})`
}

async function measure(cluster: Cluster, program: Program, generator: Generator, phase: Phase): Promise<Row> {
  const sample = async () => {
    const { rows } = await cluster.admin.query<{ wal: number }>(
      "select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as wal",
    )
    return {
      wal: rows[0]?.wal ?? 0,
      program: secondsOf(program.pid),
      postgres: secondsOfTree(cluster.postgres.pid),
      generator: secondsOf(generator.pid),
    }
  }
  let before = await sample()
  const result = await generator.run(phase, async () => {
    before = await sample()
  })
  const after = await sample()
  if (result.fixes === 0) throw new Error(`nothing was acknowledged: ${program.said().slice(-2000)}`)
  if (result.refused > 0) throw new Error(`${result.refused} frames were refused`)
  // What is still answered after the measured time was paid for too.
  const micros = (of: 'program' | 'postgres' | 'generator') => ((after[of] - before[of]) * 1e6) / result.fixes
  say(
    `${Math.round(result.fixes / result.seconds).toLocaleString('en-US')} fixes/s with ${phase.fixesPerFrame} a frame (${phase.way})`,
  )
  return {
    ...result,
    phase,
    cost: { program: micros('program'), postgres: micros('postgres'), generator: micros('generator') },
    walBytesPerFix: (after.wal - before.wal) / result.fixes,
  }
}
