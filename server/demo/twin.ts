import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { sql } from 'kysely'
import { startSession } from '../core/auth/session.ts'
import type { House } from '../core/house.ts'
import { provideDesk } from './desks.ts'
import type { Planted } from './plant.ts'
import { type Progress, writeProgress } from './progress.ts'
import { provideSecrets } from './secrets.ts'

export interface TwinWish {
  readonly planted: Planted
  /** Where the API answers. */
  readonly url: string
  /** The demonstration's clock: it stood at `world` when the real one stood at `real`, and runs `speed` times as fast. */
  readonly clock: { readonly world: number; readonly real: number; readonly speed: number }
  readonly devices: {
    readonly host: string
    readonly jt808: number
    readonly gt06: number
    readonly watch: number
    readonly http: number
  }
  /** Heard for every step of progress. */
  readonly onProgress: (progress: Progress) => void
}

export interface RunningTwin {
  /** Ends the twin in order; resolves when its process is gone. */
  stop(): Promise<void>
  /** Resolves with the exit code when the twin is gone, whoever ended it. */
  readonly gone: Promise<number>
}

/** How long the twin may take to let go of its sockets before it is ended, ms. */
const patienceMs = 5_000

/** Starts the county twin as a process of its own. It speaks to the program as strangers do: over HTTP and device sockets. */
export async function startTwin(house: House, wish: TwinWish): Promise<RunningTwin> {
  const cookies = await sessions(house)
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), fileURLToPath(import.meta.resolve('@zhijiao/twin/main'))],
    {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      env: { ...process.env, NODE_NO_WARNINGS: '1' },
    },
  )
  const gone = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 0)))
  child.on('message', (message: unknown) => {
    void hear(house, wish, child, message).catch((error: unknown) =>
      house.log.warn({ why: error instanceof Error ? error.message : String(error) }, 'the twin was not understood'),
    )
  })
  child.on('error', (error) => house.log.warn({ why: error.message }, 'the twin did not start'))
  const { planted, url, clock, devices } = wish
  const key = `twin-${planted.seed}-${planted.people}.json`
  const staff = await house.databases.system.selectFrom('staff').select(['id', 'login']).execute()
  tell(child, {
    ...planted,
    url,
    clock,
    devices,
    cookies,
    staff: Object.fromEntries(staff.map((s) => [s.login, s.id])),
    memory: join(house.config.folder, key),
  })
  return {
    gone,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      const late = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await gone
      clearTimeout(late)
    },
  }
}

function tell(child: ChildProcess, message: object): void {
  if (child.connected) child.send(message)
}

async function hear(house: House, wish: TwinWish, child: ChildProcess, message: unknown): Promise<void> {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return
  // Drawn through the front door, which cannot know that the line is invented.
  if (message.kind === 'fences')
    await sql`update fence set synthetic = true where not synthetic`.execute(house.databases.system)
  if (message.kind === 'secrets' && 'county' in message && typeof message.county === 'string')
    tell(child, { county: message.county, secrets: await provideSecrets(house, message.county) })
  if (message.kind === 'desk' && 'login' in message && typeof message.login === 'string')
    tell(child, { desk: message.login, cookie: await provideDesk(house, message.login) })
  if (message.kind !== 'progress') return
  const { kind: _, ...progress } = message as { kind: string } & Progress
  await writeProgress(house, progress)
  wish.onProgress(progress)
}

/** A session for each clerk under whose name the twin enters its data. They cannot sign in with a password. */
async function sessions(house: House): Promise<Record<string, string>> {
  const { databases, chance } = house
  const clerks = await databases.system
    .selectFrom('staff')
    .select(['id', 'login'])
    .where('login', 'like', 'twin-%')
    .execute()
  const cookies: Record<string, string> = {}
  for (const { id, login } of clerks)
    cookies[login] =
      `zj_session=${await startSession(databases.system, chance, id, { secondFactor: true, ip: null, agent: 'county twin' })}`
  return cookies
}
