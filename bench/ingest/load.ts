import { monitorEventLoopDelay, performance } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Planted, Walker } from '../../test/support/load-frames.ts'
import { Link, type LinkOptions, type Sent } from '../../test/support/load-link.ts'
import { quantile } from '../print.ts'

/** The generator, in a process of its own: what it costs is counted beside what it measures. */
export interface Phase {
  /** `closed`: as fast as answers come; `open`: at a rate, whatever comes back. */
  readonly way: 'closed' | 'open'
  readonly fixesPerFrame: number
  /** Frames unanswered at once, per socket. */
  readonly window: number
  /** Fixes per second of an open phase. */
  readonly rate: number
  readonly warmSeconds: number
  readonly seconds: number
  /** Between two fixes of a device, ms. */
  readonly stepMs: number
}

export interface PhaseResult {
  readonly fixes: number
  readonly frames: number
  readonly refused: number
  readonly seconds: number
  /** Acknowledgement, ms from when the frame went or should have gone out. */
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Sent in an open phase and not answered five seconds after its end. */
  readonly unanswered: number
  /** The generator's own delay, ms; near the latencies, it is the generator that is slow. */
  readonly loopP99Ms: number
}

export type Ask =
  | {
      readonly ask: 'connect'
      readonly port: number
      readonly sockets: number
      readonly devices: readonly Planted[]
      readonly seed: number
    }
  | { readonly ask: 'phase'; readonly phase: Phase }
  | { readonly ask: 'disconnect' }

export type Told =
  | { readonly told: 'connected'; readonly seconds: number }
  | { readonly told: 'warm' }
  | { readonly told: 'measured'; readonly result: PhaseResult }
  | { readonly told: 'disconnected' }
  | { readonly told: 'failed'; readonly why: string }

const tell = (told: Told) => process.send?.(told)
/** Nothing is stale and no clock looks wrong: two minutes are allowed, one may be behind the connection. */
const behindMs = 45_000
const aheadMs = 100_000
/** Most samples kept for the quantiles; beyond, every n-th counts. */
const mostSamples = 2_000_000

let links: Link[] = []
let closed = 0
let counting = false
let frames = 0
let fixes = 0
let refused = 0
const samples = new Float64Array(mostSamples)
let sampled = 0

function acknowledged(sent: Sent, result: number): void {
  if (!counting) return
  frames++
  fixes += sent.count
  if (result !== 0) refused++
  if (sampled < mostSamples) samples[sampled++] = performance.now() - sent.at
}

const idle: LinkOptions = {
  fixesPerFrame: 20,
  stepMs: 1000,
  window: 0,
  aheadMs,
  acknowledged,
  closed: () => {
    closed++
  },
}

async function connect(ask: Extract<Ask, { ask: 'connect' }>): Promise<void> {
  const began = performance.now()
  const start = Date.now() - behindMs
  const walkers = ask.devices.map((planted, i) => new Walker(planted, start, ask.seed * 1_000_003 + i + 1))
  const groups = Array.from({ length: ask.sockets }, (_, s) => walkers.filter((_, i) => i % ask.sockets === s))
  links = []
  for (let i = 0; i < groups.length; i += 20)
    links.push(...(await Promise.all(groups.slice(i, i + 20).map((group) => Link.open(ask.port, group, idle)))))
  tell({ told: 'connected', seconds: (performance.now() - began) / 1000 })
}

async function run(phase: Phase): Promise<void> {
  for (const link of links)
    link.options = { ...idle, fixesPerFrame: phase.fixesPerFrame, window: phase.window, stepMs: phase.stepMs }
  counting = false
  const stop = phase.way === 'closed' ? full() : paced(phase)
  await sleep(phase.warmSeconds * 1000)
  tell({ told: 'warm' })
  frames = fixes = refused = sampled = 0
  const delay = monitorEventLoopDelay({ resolution: 5 })
  delay.enable()
  counting = true
  const began = performance.now()
  await sleep(phase.seconds * 1000)
  const seconds = (performance.now() - began) / 1000
  const taken = { fixes, frames }
  if (phase.way === 'closed') counting = false
  delay.disable()
  stop()
  for (let left = 100; left > 0 && waiting() > 0; left--) await sleep(50)
  counting = false
  if (closed > 0) throw new Error(`${closed} connections were closed`)
  const sorted = samples.slice(0, sampled).sort()
  tell({
    told: 'measured',
    result: {
      ...taken,
      refused,
      seconds,
      p50Ms: quantile(sorted, 0.5),
      p99Ms: quantile(sorted, 0.99),
      maxMs: sorted.at(-1) ?? Number.NaN,
      unanswered: waiting(),
      loopP99Ms: delay.percentile(99) / 1e6,
    },
  })
}

const waiting = () => links.reduce((sum, link) => sum + link.unanswered, 0)

function full(): () => void {
  for (const link of links) link.start()
  return () => {
    for (const link of links) link.stop()
  }
}

/** Sends at a steady rate by the clock; what could not go out in time counts from when it should have. */
function paced({ rate, fixesPerFrame }: Phase): () => void {
  const perMs = rate / fixesPerFrame / 1000
  const began = performance.now()
  let sent = 0
  let turn = 0
  const timer = setInterval(() => {
    const due = Math.floor((performance.now() - began) * perMs)
    while (sent < due) {
      links[turn]?.send(1, began + sent / perMs)
      turn = (turn + 1) % links.length
      sent++
    }
  }, 2)
  return () => clearInterval(timer)
}

process.on('message', (ask: Ask) => {
  const work = async () => {
    if (ask.ask === 'connect') await connect(ask)
    else if (ask.ask === 'phase') await run(ask.phase)
    else {
      for (const link of links) link.destroy()
      await sleep(100)
      closed = 0
      links = []
      tell({ told: 'disconnected' })
    }
  }
  work().catch((error: unknown) =>
    tell({ told: 'failed', why: error instanceof Error ? error.message : String(error) }),
  )
})
process.on('disconnect', () => process.exit(0))
