import { legalDay } from '@zhijiao/geo/day'
import type { Fix } from '@zhijiao/geo/fix'
import {
  inboxDirectory,
  inboxSegment,
  isTimeless,
  mergeLate,
  packDay,
  SALT_BYTES,
  type Segment,
  unpackDay,
} from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { locks } from '../core/locks.ts'
import { pauses } from '../core/pause.ts'
import type { Stop } from '../core/room.ts'
import { counted } from './metrics.ts'
import { rulesOf } from './ruled.ts'
import { type Stretch, stretchesOf, undivided } from './stretches.ts'
import { ensurePartitions } from './writer.ts'
import './tables.ts'

/** Flushes and fixes folded in one transaction: what is read at once fits beside the traffic of a province. */
const foldAtOnce = 400
const fixesAtOnce = 60_000
/** Activation-days rewritten between two breaths: some ten milliseconds in which no socket is served. */
const daysAtOnce = 40
const everyMs = 30_000
/** Partitions older than this hold nothing that is not in a day track, days. */
const keepDays = 5
const lockNumber = locks.compaction

/** The legal day under which a fix is kept: a time that no clock could have shown is filed under the day it came. */
export function filedUnder(fix: Fix, receivedAt: number): string {
  return legalDay(isTimeless(fix) ? receivedAt : fix.ts)
}

/** What one activation brought for one legal day. */
export interface DayPart {
  readonly activationNo: number
  readonly day: string
  readonly segments: JudgedSegment[]
  /** Versions of the rules that judged its fixes. */
  readonly rules: Set<string>
}

/** What arrived together, with the version of the rules that judged it. */
export type JudgedSegment = Segment & { readonly rules: string }

/** Sorts segments by activation and day; a segment that reaches over midnight is cut. */
export function byDay(segments: Iterable<JudgedSegment>): DayPart[] {
  const parts = new Map<string, DayPart>()
  for (const segment of segments) {
    const days = new Map<string, Fix[]>()
    for (const fix of segment.fixes) {
      const day = filedUnder(fix, segment.receivedAt)
      const same = days.get(day)
      if (same) same.push(fix)
      else days.set(day, [fix])
    }
    for (const [day, fixes] of days) {
      const key = `${segment.activationNo} ${day}`
      const part = parts.get(key) ?? { activationNo: segment.activationNo, day, segments: [], rules: new Set() }
      part.segments.push({ ...segment, fixes })
      part.rules.add(segment.rules)
      parts.set(key, part)
    }
  }
  return [...parts.values()]
}

/**
 * Folds what lies in the inbox into day tracks (压缩): one blob an activation and day, each fix once. The watermark moves
 * in the same transaction, so a reader sees every fix exactly once at any moment. Returns the number of flushes folded.
 */
export async function compactOnce(house: Pick<House, 'databases' | 'chance'>): Promise<number> {
  return (await fold(house, true)).folded
}

/** As `compactOnce`; says whether more waits than could be taken at once. Whoever asks for it waits for another's turn; the job does not. */
async function fold(
  house: Pick<House, 'databases' | 'chance'>,
  waits: boolean,
): Promise<{ folded: number; more: boolean }> {
  return house.databases.system.transaction().execute(async (db) => {
    if (waits) await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(db)
    else {
      const lock = await sql<{ got: boolean }>`select pg_try_advisory_xact_lock(${lockNumber}) as got`.execute(db)
      if (!lock.rows[0]?.got) return { folded: 0, more: false }
    }
    let folded = 0
    let more = false
    const marks = await db.selectFrom('position_compacted').selectAll().orderBy('shard').execute()
    for (const { shard, no } of marks) {
      const waiting = await db
        .selectFrom('position_inbox')
        .select(['no', 'fixes'])
        .where('shard', '=', shard)
        .where('no', '>', no)
        .orderBy('no')
        .limit(foldAtOnce)
        .execute()
      const taken = firstOf(waiting)
      const last = taken.at(-1)
      if (!last) continue
      more ||= taken.length < waiting.length || waiting.length === foldAtOnce
      const rows = await db
        .selectFrom('position_inbox')
        .select(['rules', 'ruled', 'blob'])
        .where('shard', '=', shard)
        .where('no', '>', no)
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
      await foldIn(db, house, byDay(segments), false)
      await db.updateTable('position_compacted').set({ no: last.no }).where('shard', '=', shard).execute()
      folded += rows.length
    }
    return { folded, more }
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

/**
 * Merges parts into their day tracks. Used by compaction and by the import of old tracks. Returns how many days were made or
 * grew and by how many fixes. Of an import a day to which nothing was added stays as it is, with its seal.
 */
export async function foldIn(
  db: ScopedDb,
  house: Pick<House, 'chance'>,
  parts: readonly DayPart[],
  imported: boolean,
): Promise<{ days: number; fixes: number }> {
  const grown = { days: 0, fixes: 0 }
  if (parts.length === 0) return grown
  const whose = new Map(
    (
      await db
        .selectFrom('activation')
        .select(['no', 'person_id', 'org_code'])
        .where('no', 'in', [...new Set(parts.map((p) => p.activationNo))])
        .execute()
    ).map((a) => [a.no, a]),
  )
  // Rows are locked in one order by everybody.
  const ordered = [...parts].sort((a, b) => a.activationNo - b.activationNo || (a.day < b.day ? -1 : 1))
  for (let i = 0; i < ordered.length; i += daysAtOnce) {
    const slice = ordered.slice(i, i + daysAtOnce)
    const old = await sql<{
      activation_no: number
      day: string
      blob: Buffer
      rules: string
      judged: Stretch[] | null
      revision: number
    }>`
      select t.activation_no, t.day, t.blob, t.rules, t.judged, t.revision
      from track_day t join unnest(${slice.map((p) => p.activationNo)}::int[], ${slice.map((p) => p.day)}::date[]) as x(no, day)
        on t.activation_no = x.no and t.day = x.day
      order by t.activation_no, t.day for update of t`.execute(db)
    const before = new Map(old.rows.map((r) => [`${r.activation_no} ${r.day}`, r]))
    const made = slice.flatMap((part) => {
      const owner = whose.get(part.activationNo)
      if (!owner) return []
      const row = before.get(`${part.activationNo} ${part.day}`)
      const known = row ? unpackDay(row.blob) : null
      const fixes = mergeLate(known?.fixes ?? [], part.segments)
      const added = fixes.length - (known?.fixes.length ?? 0)
      if (imported && known && added === 0) return []
      const believable = fixes.filter((f) => !isTimeless(f))
      const times = believable.length > 0 ? believable : fixes
      const blob = packDay({
        activationNo: part.activationNo,
        salt: known?.salt ?? house.chance.bytes(SALT_BYTES),
        fixes,
      })
      grown.days++
      grown.fixes += added
      return [
        {
          no: part.activationNo,
          day: part.day,
          person: owner.person_id,
          org: owner.org_code,
          fixes: fixes.length,
          first: times[0]?.ts ?? 0,
          last: times.at(-1)?.ts ?? 0,
          blob: Buffer.from(blob).toString('hex'),
          rules: joined(row?.rules, part.rules),
          judged: JSON.stringify(
            stretchesOf(row ? (row.judged ?? undivided(known?.fixes ?? [], row.rules)) : [], part.segments),
          ),
        },
      ]
    })
    if (made.length === 0) continue
    await sql`
      insert into track_day as t (activation_no, day, person_id, org_code, fixes, first_ts, last_ts, blob, rules, judged, imported, changed_at)
      select n, d, p, o, f, to_timestamp(a / 1000), to_timestamp(b / 1000), decode(x.blob, 'hex'), r, j::jsonb, ${imported}, ${new Date(house.chance.now())}
      from unnest(${made.map((m) => m.no)}::int[], ${made.map((m) => m.day)}::date[], ${made.map((m) => m.person)}::uuid[], ${made.map((m) => m.org)}::text[],
        ${made.map((m) => m.fixes)}::int[], ${made.map((m) => m.first)}::float8[], ${made.map((m) => m.last)}::float8[], ${made.map((m) => m.blob)}::text[], ${made.map((m) => m.rules)}::text[],
        ${made.map((m) => m.judged)}::text[]) as x(n, d, p, o, f, a, b, blob, r, j)
      on conflict (activation_no, day) do update set fixes = excluded.fixes, first_ts = excluded.first_ts, last_ts = excluded.last_ts,
        blob = excluded.blob, rules = excluded.rules, judged = excluded.judged, imported = t.imported or excluded.imported, changed_at = excluded.changed_at, revision = t.revision + 1`.execute(
      db,
    )
    counted.compactedDays.inc(made.length)
  }
  return grown
}

/** Versions in the order in which they came to judge this day. */
function joined(before: string | undefined, now: ReadonlySet<string>): string {
  return [...new Set([...(before ? before.split(',') : []), ...now])].join(',')
}

/** Folds until nothing waits; for exports, backups and tests that want everything in place. */
export async function compactAll(house: Pick<House, 'databases' | 'chance'>): Promise<void> {
  while ((await compactOnce(house)) > 0);
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
  let partitionsAt = 0
  const loop = (async () => {
    while (!stopped) {
      try {
        for (;;) {
          const began = performance.now()
          const { more } = await fold(house, false)
          if (stopped || !more) break
          // Catching up takes half the time at most; the other half belongs to what arrives.
          await new Promise((done) => setTimeout(done, performance.now() - began))
        }
        if (house.chance.now() - partitionsAt > 3_600_000) {
          partitionsAt = house.chance.now()
          await ensurePartitions(house)
          await dropOldPartitions(house)
        }
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
