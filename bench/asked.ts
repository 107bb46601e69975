import { setTimeout as sleep } from 'node:timers/promises'
import { type Call, client } from '@zhijiao/contract/client'
import type { Role } from '@zhijiao/law/roles'
import { startSession } from '@zhijiao/server/core/auth/session'
import type { Cluster } from '../test/support/load-cluster.ts'
import type { Program } from '../test/support/load-program.ts'
import { secondsOf, secondsOfTree } from './cpu.ts'
import { quantile, table } from './print.ts'
import { takeAnsweredMs, timedFetch } from './wire.ts'

/** Something asked of the program again and again, one at a time. */
export interface Asked {
  readonly what: string
  readonly key: 'track' | 'latest' | 'list' | 'form'
  readonly limitMs: number
  /** Answers the number of rows; `i` varies what is asked. */
  readonly ask: (i: number) => Promise<number>
}

export interface Timed extends Pick<Asked, 'what' | 'key' | 'limitMs'> {
  readonly rows: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly maxMs: number
  /** Processor milliseconds of one answer: what a crowded machine does not change. */
  readonly programMs: number
  readonly postgresMs: number
}

/** Asked before the count begins: a program that has just started compiles its way as it goes. */
const warmUp = 100

/**
 * Between an answer and the next question. The reader works on two cores beside the program: what it still clears away of the
 * last answer is not to be taken for the time of the next one.
 */
export const restMs = 10

/** One reader asks as fast as he is answered, which no person does: the limit on requests would be what is measured. */
export const unlimited = { ZJ_REQUESTS_PER_MINUTE: '1000000' } as const

export async function time(
  { what, key, limitMs, ask }: Asked,
  asks: number,
  cluster: Cluster,
  program: Program,
): Promise<Timed> {
  let rows = 0
  const used = () => ({ program: secondsOf(program.pid), postgres: secondsOfTree(cluster.postgres.pid) })
  try {
    for (let i = 0; i < warmUp; i++) rows = Math.max(rows, await ask(i))
    takeAnsweredMs()
    const took = new Float64Array(asks)
    const before = used()
    for (let i = 0; i < asks; i++) {
      await sleep(restMs)
      const began = performance.now()
      await ask(i)
      const whole = performance.now() - began
      // What is asked inside the program has no wire.
      took[i] = takeAnsweredMs() || whole
    }
    const after = used()
    took.sort()
    return {
      what,
      key,
      limitMs,
      rows,
      p50Ms: quantile(took, 0.5),
      p99Ms: quantile(took, 0.99),
      maxMs: took.at(-1) ?? Number.NaN,
      programMs: ((after.program - before.program) * 1000) / asks,
      postgresMs: ((after.postgres - before.postgres) * 1000) / asks,
    }
  } catch (error) {
    throw new Error(
      `${what}: ${error instanceof Error ? error.message : String(error)}; ${program.said().slice(-1_500)}`,
    )
  }
}

/** What each took, beside what it may take. */
export function showTimed(rows: readonly Timed[]): void {
  table(
    ['asked', 'rows or total', 'p50 ms', 'p99 ms', 'max ms', 'CPU ms of program', 'of PostgreSQL', 'target ms', ''],
    rows.map((r) => [
      r.what,
      r.rows,
      r.p50Ms,
      r.p99Ms,
      r.maxMs,
      r.programMs,
      r.postgresMs,
      `< ${r.limitMs}`,
      r.p99Ms < r.limitMs ? 'reached' : 'MISSED',
    ]),
  )
}

/** Somebody in a post over a scope, signed in as after a second factor. */
export async function signIn({ admin, house }: Cluster, base: string, role: Role, org: string): Promise<Call> {
  const { chance, databases } = house
  const at = new Date(chance.now())
  const found = await admin.query<{ id: string }>(
    `select s.id from staff s join staff_role r on r.staff_id = s.id where s.org_code = $1 and r.role = $2 order by s.login limit 1`,
    [org, role],
  )
  const id = found.rows[0]?.id ?? chance.id()
  if (!found.rows[0]) {
    await admin.query(
      `insert into staff (id, login, number, name, org_code, designations, password_hash, password_changed_at, must_change_password, created_at)
        values ($1, $2, $2, '测量员', $3, array['minors', 'sealed'], 'x', $4, false, $4)`,
      [id, `bench${org}`, org, at],
    )
    await admin.query('insert into staff_role (staff_id, role, granted_at) values ($1, $2, $3)', [id, role, at])
  }
  await admin.query('update staff set totp_confirmed_at = $2 where id = $1', [id, at])
  const token = await startSession(databases.system, chance, id, { secondFactor: true, ip: null, agent: null })
  let turn = 0
  // Many clerks behind a proxy: the limit of requests from one address is not what is measured.
  const address = () => `10.1.${(turn >> 8) & 255}.${turn++ & 255}`
  return client({
    base,
    fetch: timedFetch,
    headers: () => ({ cookie: `zj_session=${token}`, 'x-forwarded-for': address() }),
  })
}
