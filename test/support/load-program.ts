import { type ChildProcess, spawn } from 'node:child_process'
import net from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))

/** The real program in a process of its own, as an operator starts it. */
export interface Program {
  readonly pid: number
  /** What it said so far on standard error. */
  said(): string
  /** Ends it in order; resolves when it is gone. */
  stop(): Promise<number | null>
  /** `kill -9`; resolves when it is gone. */
  kill(): Promise<void>
}

export interface ProgramOptions {
  /** `ZJ_…`, `DATABASE_URL`. */
  readonly env: Readonly<Record<string, string>>
  /** Ports that must answer before it counts as started. */
  readonly ports: readonly number[]
  readonly nodeArguments?: readonly string[]
  readonly withinMs?: number
}

/** Devices come over one port of JT/T 808 and no other. */
export const devicesOn = (port: number): Readonly<Record<string, string>> => ({
  ZJ_JT808_PORT: String(port),
  ZJ_GT06_PORT: '-1',
  ZJ_WATCH_PORT: '-1',
  ZJ_DEVICE_HTTP_PORT: '-1',
})
/** Only whoever takes positions and judges them. */
export const takesPositionsOn = (port: number): Readonly<Record<string, string>> => ({
  ZJ_PARTS: 'gateway,engine,worker',
  ...devicesOn(port),
})

/** A port nobody listens on at this moment. */
export async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = net.createServer()
    server.once('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}

/** Starts `zhijiao start` and waits until its ports answer. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const child = spawn(
    process.execPath,
    [...(options.nodeArguments ?? []), join(root, 'server/bin/zhijiao.mjs'), 'start'],
    { cwd: root, env: { ...process.env, NODE_ENV: '', ...options.env }, stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said = (said + String(chunk)).slice(-20_000)
  })
  const until = Date.now() + (options.withinMs ?? 120_000)
  for (const port of options.ports)
    while (!(await answers(port))) {
      if (child.exitCode !== null || Date.now() > until) {
        child.kill('SIGKILL')
        throw new Error(`the program did not start: ${said}`)
      }
      await sleep(50)
    }
  return {
    pid: child.pid ?? -1,
    said: () => said,
    stop: () => end(child, 'SIGTERM'),
    kill: async () => {
      await end(child, 'SIGKILL')
    },
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const gone = new Promise<number | null>((done) => child.once('exit', (code) => done(code)))
  child.kill(signal)
  return gone
}

async function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = net.connect({ host: '127.0.0.1', port }, () => {
      socket.destroy()
      done(true)
    })
    socket.once('error', () => done(false))
  })
}
