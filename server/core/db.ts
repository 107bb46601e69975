import { Kysely, PostgresDialect, type RawBuilder, type SqlBool, sql, type Transaction } from 'kysely'
import pg from 'pg'
import { keepPlans, prepared } from './prepared.ts'
import type { Tables } from './tables.ts'

// Civil dates stay strings (a Date would be local midnight); counts fit a double long before they overflow it.
pg.types.setTypeParser(1082, (text) => text)
pg.types.setTypeParser(20, (text) => Number(text))

export type Db = Kysely<Tables>
/** A transaction that already knows who asks. It cannot see another county's rows if it tries. */
export type ScopedDb = Transaction<Tables>

export interface Databases {
  /** Requests of people: role zj_api, row-level security always on. */
  readonly api: Db
  /** Gateway, engine, worker, sign-in, sealing: role zj_system. */
  readonly system: Db
  /** The pool behind `system`, for COPY and LISTEN. */
  readonly systemPool: pg.Pool
  close(): Promise<void>
}

/** Whose eyes a transaction looks through. */
export interface Eyes {
  readonly staff: string | null
  /** Prefix of organisation codes. */
  readonly unit: string
  readonly reach: 'opened' | 'handed' | 'own' | 'office' | 'unit' | 'counts' | 'none'
  readonly classes: readonly string[]
}

export interface DatabaseAddress {
  readonly host: string
  readonly port: number
  readonly database: string
  readonly ssl?: boolean
  /** The clock of the program, milliseconds UTC: what a policy asks of the time is asked of it. */
  readonly now: () => number
  /** Password of the two roles, derived from the master key. */
  readonly apiPassword: string
  readonly systemPassword: string
  readonly poolSize?: number
}

export function openDatabases(address: DatabaseAddress): Databases {
  const open = (user: string, password: string, max: number) => {
    const pool = new pg.Pool({
      host: address.host,
      port: address.port,
      database: address.database,
      user,
      password,
      max,
      ssl: address.ssl ? { rejectUnauthorized: true } : false,
      idleTimeoutMillis: 30_000,
      connectionTimeoutMillis: 5_000,
      // A LISTEN or a lock is silent for hours: a firewall would drop it, and without this nobody would ever be told.
      keepAlive: true,
      keepAliveInitialDelayMillis: 10_000,
    })
    // A broken idle connection is replaced by the pool; the next query tells whoever needs to know.
    pool.on('error', () => undefined)
    // One that is taken out and waits (a lock, a LISTEN) tells twice that its server is gone; whoever holds it hears the
    // first, and a second that nobody hears would end the process.
    pool.on('connect', (client) => {
      client.on('error', () => undefined)
      keepPlans(client)
    })
    return pool
  }
  const size = address.poolSize ?? 10
  const apiPool = open('zj_api', address.apiPassword, size)
  // Half a dozen of these wait all day on a lock or a notice; what is left must never be so few that an alarm waits.
  const systemPool = open('zj_system', address.systemPassword, size + 14)
  const api = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: apiPool }) })
  clocks.set(api, instantsOf(address.now))
  return {
    api,
    system: new Kysely<Tables>({ dialect: new PostgresDialect({ pool: systemPool }) }),
    systemPool,
    close: async () => {
      await Promise.all([apiPool.end(), systemPool.end()])
    },
  }
}

const clocks = new WeakMap<Db, () => string>()

/** Instants as PostgreSQL reads them; of one millisecond each has its own microsecond, so that no transaction shares one. */
function instantsOf(now: () => number): () => string {
  let [last, turn] = [0, 0]
  return () => {
    const ms = now()
    turn = ms === last ? Math.min(turn + 1, 999) : 0
    last = ms
    return new Date(ms).toISOString().replace('Z', `${String(turn).padStart(3, '0')}Z`)
  }
}

/** Opens a transaction through somebody's eyes. */
export function asSeenBy<T>(db: Db, eyes: Eyes, work: (db: ScopedDb) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (trx) => {
    await sql`${prepared('core.eyes')} select set_config('zj.staff', ${eyes.staff ?? ''}, true), set_config('zj.scope', ${eyes.unit}, true), set_config('zj.unit', ${eyes.unit}, true), set_config('zj.reach', ${eyes.reach}, true), set_config('zj.classes', ${eyes.classes.join(',')}, true), set_config('zj.now', ${clocks.get(db)?.() ?? ''}, true)`.execute(
      trx,
    )
    return work(trx)
  })
}

/** The half-open range of organisation codes under a prefix, for indexes: `code >= low and code < high`. */
export function underPrefix(prefix: string): { low: string; high: string } {
  return { low: prefix, high: `${prefix}~` }
}

/** Codes of a column under a prefix, by the operators of its index (text_pattern_ops). */
export const codesUnder = (column: string, prefix: string): RawBuilder<SqlBool> => {
  const { low, high } = underPrefix(prefix)
  return sql<SqlBool>`(${sql.ref(column)} ~>=~ ${low} and ${sql.ref(column)} ~<~ ${high})`
}

/**
 * Where a policy lets somebody see rows of a table by their unit at all: those under his unit's codes, and those about
 * persons who came there with rows of another code: from another county, or to an office from the county. Said in the question too, the indexes serve it and the planner knows how much it is; the policy
 * decides again. Who sees by a task or a stated reason instead of a unit is left to the policy alone.
 */
export const withinReach = (table: string, eyes: Pick<Eyes, 'unit' | 'reach'>): RawBuilder<SqlBool> =>
  readsUnits(eyes)
    ? sql<SqlBool>`(${codesUnder(`${table}.org_code`, eyes.unit)} or ${sql.ref(`${table}.person_id`)} = any (array(select zj_moved_here())))`
    : sql<SqlBool>`true`

/** Whether somebody sees by his unit, rather than by a task or a stated reason. */
export const readsUnits = ({ reach }: Pick<Eyes, 'reach'>): boolean =>
  reach === 'unit' || reach === 'office' || reach === 'own'
