import { decodeSegment, encodeSegment } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { Db, ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { locks } from '../core/locks.ts'
import type { DayPart, JudgedSegment } from './days.ts'
import { foldIn, inSlices } from './folding.ts'
import { counted } from './metrics.ts'
import './tables.ts'

/** Fixes of one day tried again at once. */
const fixesAtOnce = 60_000

/**
 * Folds each day for itself where not all of them can be folded together: what fails is set aside, with what came, and the
 * others go on. Only what a day itself is to blame for; when the database is away or full, everything waits as it is.
 */
export async function foldEach(
  db: ScopedDb,
  house: Pick<House, 'chance' | 'log'>,
  parts: readonly DayPart[],
): Promise<void> {
  for (const slice of inSlices(parts)) {
    if ((await failureOf(db, () => foldIn(db, house, slice, false))) === null) continue
    for (const part of slice) {
      const failure = await failureOf(db, () => foldIn(db, house, [part], false))
      if (failure !== null) await setAside(db, house, part, failure)
    }
  }
}

/** Why it could not be done; then nothing of it is. Throws what is nobody's day to blame for. */
async function failureOf(db: ScopedDb, work: () => Promise<unknown>): Promise<string | null> {
  await sql`savepoint fold`.execute(db)
  try {
    await work()
    await sql`release savepoint fold`.execute(db)
    return null
  } catch (error) {
    if (isOfTheDatabase(error)) throw error
    await sql`rollback to savepoint fold`.execute(db)
    return error instanceof Error ? error.message : String(error)
  }
}

/** Away, in a deadlock, without room, stopped, or in trouble of its own (classes of SQLSTATE): tried again as it is. */
const isOfTheDatabase = (error: unknown) => /^(08|25|40|53|55|57|58)/.test((error as { code?: string }).code ?? '')

async function setAside(
  db: ScopedDb,
  house: Pick<House, 'chance' | 'log'>,
  { activationNo, day, segments }: DayPart,
  why: string,
): Promise<void> {
  counted.failedDays.inc()
  const known = await db
    .selectFrom('track_aside')
    .select('id')
    .where('activation_no', '=', activationNo)
    .where('day', '=', day)
    .limit(1)
    .executeTakeFirst()
  for (const segment of segments)
    await db
      .insertInto('track_aside')
      .values({
        activation_no: activationNo,
        day,
        received_at: new Date(segment.receivedAt),
        fixes: segment.fixes.length,
        rules: segment.rules,
        segment: Buffer.from(encodeSegment(segment)),
        since: new Date(house.chance.now()),
        why,
      })
      .execute()
  // Once, and not with everything that comes to the same day.
  if (!known)
    house.log.error(
      { activation: activationNo, day, why },
      'a day of one term could not be folded: its positions are set aside and read from there, all others go on; see zhijiao doctor',
    )
}

/** Tries again what was set aside, each day for itself. Returns how many days still are. */
export async function foldAside(house: Pick<House, 'databases' | 'chance' | 'log'>): Promise<number> {
  const { rows } = await sql<{ activation_no: number; day: string }>`
    select distinct activation_no, day from track_aside order by activation_no, day`.execute(house.databases.system)
  for (const { activation_no: no, day } of rows) while (await foldOne(house, no, day));
  return (await daysAside(house.databases.system)).days
}

/** True: more of this day may be waiting. */
function foldOne(
  { databases, chance }: Pick<House, 'databases' | 'chance'>,
  no: number,
  day: string,
): Promise<boolean> {
  return databases.system.transaction().execute(async (db) => {
    await sql`select pg_advisory_xact_lock(${locks.compaction})`.execute(db)
    const { rows } = await sql<{ id: number; rules: string; segment: Buffer }>`
      select id::int, rules, segment from (
        select *, sum(fixes) over (order by id) - fixes as before from track_aside where activation_no = ${no} and day = ${day}::date) s
      where before < ${fixesAtOnce} order by id`.execute(db)
    if (rows.length === 0) return false
    const failure = await failureOf(db, () => {
      const segments = rows.map((row): JudgedSegment => ({ ...decodeSegment(row.segment), rules: row.rules }))
      return foldIn(db, { chance }, [{ activationNo: no, day, segments }], false)
    })
    if (failure !== null) return false
    await db
      .deleteFrom('track_aside')
      .where(
        'id',
        'in',
        rows.map((row) => row.id),
      )
      .execute()
    return true
  })
}

/** Days of a term that are set aside, and since when; also as figures for the metrics. */
export async function daysAside(db: Db): Promise<{ days: number; fixes: number; since: Date | null }> {
  const { rows } = await sql<{ days: number; fixes: number; since: Date | null }>`
    select count(distinct (activation_no, day))::int as days, coalesce(sum(fixes), 0)::int as fixes, min(since) as since from track_aside`.execute(
    db,
  )
  return rows[0] ?? { days: 0, fixes: 0, since: null }
}
