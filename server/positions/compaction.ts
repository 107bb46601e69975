import { inboxDirectory, inboxSegment } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { House } from '../core/house.ts'
import { locks } from '../core/locks.ts'
import { pauses } from '../core/pause.ts'
import type { Stop } from '../core/room.ts'
import { daysAside, foldAside, foldEach } from './aside.ts'
import { byDay, type JudgedSegment } from './days.ts'
import { counted } from './metrics.ts'
import { rulesOf } from './ruled.ts'
import { ensurePartitions } from './writer.ts'
import './tables.ts'

/** Flushes and fixes folded in one transaction: what is read at once fits beside the traffic of a province. */
const foldAtOnce = 400
const fixesAtOnce = 60_000
const everyMs = 30_000
/** Partitions are made and dropped, and what was set aside is tried again, so often. */
const upkeepMs = 3_600_000
/** Partitions older than this hold nothing that is not in a day track, days. */
const keepDays = 5
const lockNumber = locks.compaction

/** What folding asks of the house. */
type Folding = Pick<House, 'databases' | 'chance' | 'log'>

/**
 * Folds what lies in the inbox into day tracks (压缩): one blob an activation and day, each fix once. The watermark moves
 * in the same transaction, so a reader sees every fix exactly once at any moment. Returns the number of flushes folded.
 */
export async function compactOnce(house: Folding): Promise<number> {
  const { folded, failure } = await fold(house, true)
  if (failure !== null) throw failure
  return folded
}

interface Folded {
  readonly folded: number
  /** More waits than could be taken at once. */
  readonly more: boolean
}

/** As `compactOnce`, each shard for itself. Whoever asks for it waits for another's turn; the job does not. */
async function fold(house: Folding, waits: boolean): Promise<Folded & { readonly failure: unknown }> {
  const shards = await house.databases.system
    .selectFrom('position_compacted')
    .select('shard')
    .orderBy('shard')
    .execute()
  let all: Folded & { readonly failure: unknown } = { folded: 0, more: false, failure: null }
  for (const { shard } of shards) {
    try {
      const { folded, more } = await foldShard(house, shard, waits)
      all = { ...all, folded: all.folded + folded, more: all.more || more }
    } catch (failure) {
      counted.failedShards.inc()
      all = { ...all, failure: all.failure ?? failure }
    }
  }
  return all
}

async function foldShard(house: Folding, shard: number, waits: boolean): Promise<Folded> {
  return house.databases.system.transaction().execute(async (db) => {
    if (waits) await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(db)
    else {
      const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${lockNumber}) as got`.execute(db)
      if (!lock.rows[0]?.got) return { folded: 0, more: false }
    }
    const mark = await db.selectFrom('position_compacted').select('no').where('shard', '=', shard).executeTakeFirst()
    if (!mark) return { folded: 0, more: false }
    const waiting = await db
      .selectFrom('position_inbox')
      .select(['no', 'fixes'])
      .where('shard', '=', shard)
      .where('no', '>', mark.no)
      .orderBy('no')
      .limit(foldAtOnce)
      .execute()
    const taken = firstOf(waiting)
    const last = taken.at(-1)
    if (!last) return { folded: 0, more: false }
    const rows = await db
      .selectFrom('position_inbox')
      .select(['rules', 'ruled', 'blob'])
      .where('shard', '=', shard)
      .where('no', '>', mark.no)
      .where('no', '<=', last.no)
      .orderBy('no')
      .execute()
    const segments: JudgedSegment[] = []
    for (const row of rows) {
      const rules = rulesOf(row)
      for (const [i, entry] of inboxDirectory(row.blob).entries())
        segments.push({ ...inboxSegment(row.blob, entry), rules: rules(i) })
      await breath()
    }
    await foldEach(db, house, byDay(segments))
    await db.updateTable('position_compacted').set({ no: last.no }).where('shard', '=', shard).execute()
    return { folded: rows.length, more: taken.length < waiting.length || waiting.length === foldAtOnce }
  })
}

/** As many flushes as may be folded at once, at least one. */
function firstOf<T extends { readonly fixes: number }>(waiting: readonly T[]): readonly T[] {
  let fixes = 0
  let count = 0
  for (const flush of waiting) {
    fixes += flush.fixes
    if (count > 0 && fixes > fixesAtOnce) break
    count++
  }
  return waiting.slice(0, count)
}

/** Lets sockets be served in between. */
const breath = () => new Promise<void>((done) => setImmediate(done))

/** Folds until nothing waits, what was set aside among it; for exports, backups and tests that want everything in place. */
export async function compactAll(house: Folding): Promise<void> {
  while ((await compactOnce(house)) > 0);
  await foldAside(house)
}

/** When the oldest flush came that is not folded yet; null when all are. */
export async function oldestUnfolded({ databases }: Pick<House, 'databases'>): Promise<Date | null> {
  const { rows } = await sql<{ at: Date | null }>`
    select min(i.received_at) as at from position_compacted c
    cross join lateral (select received_at from position_inbox where shard = c.shard and no > c.no order by no limit 1) i`.execute(
    databases.system,
  )
  return rows[0]?.at ?? null
}

/** Drops inbox partitions whose every flush has been folded and is older than five days. */
export async function dropOldPartitions(house: Pick<House, 'databases' | 'chance'>): Promise<number> {
  const before = new Date(house.chance.now() - keepDays * 86_400_000).toISOString().slice(0, 10)
  const { rows } = await sql<{ dropped: number }>`select zj_inbox_drop(${before}::date) as dropped`.execute(
    house.databases.system,
  )
  return Number(rows[0]?.dropped ?? 0)
}

/** Compaction as a job: every half minute, more often while much waits. */
export async function runCompaction(house: House): Promise<Stop> {
  let stopped = false
  const { pause, wake } = pauses()
  let keptAt = 0
  const round = async () => {
    let failure: unknown = null
    for (;;) {
      const began = performance.now()
      const done = await fold(house, false)
      failure ??= done.failure
      if (stopped || !done.more) break
      // Catching up takes half the time at most; the other half belongs to what arrives.
      await new Promise((done) => setTimeout(done, performance.now() - began))
    }
    if (!stopped && house.chance.now() - keptAt > upkeepMs) {
      keptAt = house.chance.now()
      await ensurePartitions(house)
      await dropOldPartitions(house)
      await foldAside(house)
    }
    counted.daysAside.set((await daysAside(house.databases.system)).days)
    if (failure !== null) throw failure
  }
  const loop = (async () => {
    while (!stopped) {
      try {
        await round()
      } catch (error) {
        if (!stopped)
          house.log.warn(
            { err: error instanceof Error ? error.message : String(error) },
            'compaction waits for the database',
          )
      }
      if (stopped) return
      await pause(everyMs)
    }
  })()
  return async () => {
    stopped = true
    wake()
    await loop
  }
}
