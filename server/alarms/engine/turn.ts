import { sql } from 'kysely'
import type pg from 'pg'
import type { ScopedDb } from '../../core/db.ts'
import type { House } from '../../core/house.ts'
import { locks } from '../../core/locks.ts'
import { prepared } from '../../core/prepared.ts'

/** Transactions of the engine before get this long to end before the server ends them, ms. */
const patienceMs = 2_000
/** SQLSTATE of a lock that was not had in time. */
const notInTime = '55P03'

/** Another engine took the lock since. Nothing of the transaction stands; it reads the same inbox from the stored mark. */
export class Superseded extends Error {
  constructor() {
    super('another engine has taken over')
  }
}

/**
 * The turn of one engine: the number under which it holds the lock. The server may end the connection that holds it before
 * this process hears of that, and give the lock to another; so every write asks first whether the number is still the newest,
 * and keeps it so until it commits. One that is not writes nothing.
 */
export class Turn {
  readonly #house: Pick<House, 'databases' | 'log'>
  readonly #no: number
  readonly #over: () => void
  #found = false

  /** `over` is told when a write finds that the turn is another's. */
  constructor(house: Pick<House, 'databases' | 'log'>, no: number, over: () => void) {
    this.#house = house
    this.#no = no
    this.#over = over
  }

  /** A transaction that stands only while the turn does. Throws `Superseded` before anything was written. */
  write<T>(work: (db: ScopedDb) => Promise<T>): Promise<T> {
    return this.#house.databases.system.transaction().execute(async (db) => {
      const found = await sql<{
        mine: boolean
      }>`${prepared('engine.turn')} select zj_in_engine_turn(${this.#no}) as mine`.execute(db)
      if (!found.rows[0]?.mine) this.#end()
      return work(db)
    })
  }

  #end(): never {
    if (!this.#found)
      this.#house.log.warn({ no: this.#no }, 'another engine has taken over; this one writes nothing more')
    this.#found = true
    this.#over()
    throw new Superseded()
  }
}

/**
 * Takes the next turn, once the engine before has nothing under way. A transaction of it that does not end (a process that
 * hangs, a line that is cut) is ended by the server: it has no turn to commit in, and nobody is to go unwatched for it.
 */
export async function takeTurn(mine: pg.PoolClient, { chance, log }: Pick<House, 'chance' | 'log'>): Promise<number> {
  const take = async (): Promise<number> => {
    const found = await mine.query<{ no: number }>('select zj_take_engine_turn($1) as no', [new Date(chance.now())])
    return Number(found.rows[0]?.no)
  }
  const patience = (ms: number) => mine.query("select set_config('lock_timeout', $1, false)", [String(ms)])
  await patience(patienceMs)
  try {
    return await take()
  } catch (error) {
    if ((error as { code?: string }).code !== notInTime) throw error
    log.warn({}, 'transactions of the engine before do not end; the server ends them')
    await mine.query(
      `select pg_terminate_backend(pid) from pg_locks where locktype = 'advisory' and classid = 0 and objid = $1 and objsubid = 1
         and granted and database = (select oid from pg_database where datname = current_database())`,
      [locks.engineTurn],
    )
    return await take()
  } finally {
    await patience(0)
  }
}
