import { beside, isTimeless, packDay, type ReceivedFix, SALT_BYTES, unpackDay } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { type DayPart, grow, type JudgedSegment } from './days.ts'
import { counted } from './metrics.ts'
import { type Stretch, stretchesOf, undivided } from './stretches.ts'
import './tables.ts'

/** Activation-days rewritten between two breaths: some ten milliseconds in which no socket is served. */
const daysAtOnce = 40

/** Rows are locked in one order by everybody. */
export const inOrder = (parts: readonly DayPart[]): DayPart[] =>
  [...parts].sort((a, b) => a.activationNo - b.activationNo || (a.day < b.day ? -1 : 1))

export function* inSlices(parts: readonly DayPart[]): Iterable<readonly DayPart[]> {
  const ordered = inOrder(parts)
  for (let i = 0; i < ordered.length; i += daysAtOnce) yield ordered.slice(i, i + daysAtOnce)
}

interface Grown {
  days: number
  fixes: number
}

/**
 * Merges parts into their day tracks. Used by compaction and by the import of old tracks. Returns how many days were made or
 * grew and by how many fixes. Of an import a day to which nothing was added stays as it is, with its seal.
 */
export async function foldIn(
  db: ScopedDb,
  house: Pick<House, 'chance'>,
  parts: readonly DayPart[],
  imported: boolean,
): Promise<Grown> {
  const grown: Grown = { days: 0, fixes: 0 }
  for (const slice of inSlices(parts)) {
    const { days, fixes } = await foldSlice(db, house, slice, imported)
    grown.days += days
    grown.fixes += fixes
  }
  return grown
}

/** The last part of a day as it is stored; what comes is added to it, or begins the next. */
interface LastPart {
  activation_no: number
  day: string
  part: number
  blob: Buffer
  rules: string
  judged: Stretch[] | null
}

/** A row of `track_day` to be written. */
interface Made {
  readonly no: number
  readonly day: string
  readonly part: number
  readonly person: string
  readonly org: string
  readonly fixes: number
  readonly first: number
  readonly last: number
  readonly blob: string
  readonly rules: string
  readonly judged: string
}

async function foldSlice(
  db: ScopedDb,
  house: Pick<House, 'chance'>,
  slice: readonly DayPart[],
  imported: boolean,
): Promise<Grown> {
  const grown: Grown = { days: 0, fixes: 0 }
  const owners = await ownersOf(db, slice)
  const before = await lastParts(db, slice)
  const made: Made[] = []
  for (const asked of slice) {
    const { activationNo, day } = asked
    const owner = owners.get(activationNo)
    if (!owner) continue
    const row = before.get(keyOf(activationNo, day))
    const known = row ? unpackDay(row.blob) : null
    const segments = row ? await besideFull(db, row, asked.segments) : asked.segments
    const parts = grow(row && known ? { part: row.part, fixes: known.fixes } : null, segments)
    const added = parts.reduce((sum, one) => sum + one.added, 0)
    if (added === 0 && (imported || segments.length === 0) && row) continue
    grown.days++
    grown.fixes += added
    for (const one of parts) {
      const old = row && known && one.part === row.part ? { row, known } : null
      const blob = packDay({
        activationNo,
        salt: old?.known.salt ?? house.chance.bytes(SALT_BYTES),
        fixes: one.fixes,
      })
      const { first, last } = spanOf(one.fixes)
      const stretches = old ? (old.row.judged ?? undivided(old.known.fixes, old.row.rules)) : []
      made.push({
        ...{ no: activationNo, day, part: one.part, person: owner.person_id, org: owner.org_code },
        ...{ fixes: one.fixes.length, first, last, blob: Buffer.from(blob).toString('hex') },
        rules: joined(
          old?.row.rules,
          one.segments.map((s) => s.rules),
        ),
        judged: JSON.stringify(stretchesOf(stretches, one.segments)),
      })
    }
  }
  await write(db, house, made, imported)
  return grown
}

const keyOf = (no: number, day: string) => `${no} ${day}`

async function ownersOf(db: ScopedDb, slice: readonly DayPart[]) {
  const nos = [...new Set(slice.map((p) => p.activationNo))]
  const rows = await db
    .selectFrom('activation')
    .select(['no', 'person_id', 'org_code'])
    .where('no', 'in', nos)
    .execute()
  return new Map(rows.map((a) => [a.no, a]))
}

async function lastParts(db: ScopedDb, slice: readonly DayPart[]): Promise<ReadonlyMap<string, LastPart>> {
  const wanted = sql`unnest(${slice.map((p) => p.activationNo)}::int[], ${slice.map((p) => p.day)}::date[]) as x(no, day)`
  // The first part stands for its day: whoever waited for it looks only then which part is the last.
  await sql`
    select 1 from track_day t join ${wanted} on t.activation_no = x.no and t.day = x.day
    where t.part = 0 order by t.activation_no, t.day for update of t`.execute(db)
  const { rows } = await sql<LastPart>`
    select distinct on (t.activation_no, t.day) t.activation_no, t.day, t.part, t.blob, t.rules, t.judged
    from track_day t join ${wanted} on t.activation_no = x.no and t.day = x.day
    order by t.activation_no, t.day, t.part desc`.execute(db)
  return new Map(rows.map((r) => [keyOf(r.activation_no, r.day), r]))
}

/** What the full parts of the day do not hold; one of them in memory at a time. */
async function besideFull(
  db: ScopedDb,
  { activation_no, day, part }: LastPart,
  segments: readonly JudgedSegment[],
): Promise<readonly JudgedSegment[]> {
  let rest = segments
  for (let full = 0; full < part && rest.length > 0; full++) {
    const row = await db
      .selectFrom('track_day')
      .select('blob')
      .where('activation_no', '=', activation_no)
      .where('day', '=', day)
      .where('part', '=', full)
      .executeTakeFirst()
    if (row) rest = beside(unpackDay(row.blob).fixes, rest)
  }
  return rest
}

/** First and last time that can be believed; of a day without any, when it came: a column of the database ends sooner than a device's clock. */
function spanOf(fixes: readonly ReceivedFix[]): { first: number; last: number } {
  const times = fixes.filter((f) => !isTimeless(f)).map((f) => f.ts)
  const told = times.length > 0 ? times : fixes.map((f) => f.receivedAt)
  return {
    first: told.reduce((a, b) => Math.min(a, b), told[0] ?? 0),
    last: told.reduce((a, b) => Math.max(a, b), told[0] ?? 0),
  }
}

/** Versions in the order in which they came to judge this day. */
function joined(before: string | undefined, now: readonly string[]): string {
  return [...new Set([...(before ? before.split(',') : []), ...now])].join(',')
}

async function write(db: ScopedDb, { chance }: Pick<House, 'chance'>, made: readonly Made[], imported: boolean) {
  if (made.length === 0) return
  await sql`
    insert into track_day as t (activation_no, day, part, person_id, org_code, fixes, first_ts, last_ts, blob, rules, judged, imported, changed_at)
    select n, d, k, p, o, f, to_timestamp(a / 1000), to_timestamp(b / 1000), decode(x.blob, 'hex'), r, j::jsonb, ${imported}, ${new Date(chance.now())}
    from unnest(${made.map((m) => m.no)}::int[], ${made.map((m) => m.day)}::date[], ${made.map((m) => m.part)}::smallint[], ${made.map((m) => m.person)}::uuid[], ${made.map((m) => m.org)}::text[],
      ${made.map((m) => m.fixes)}::int[], ${made.map((m) => m.first)}::float8[], ${made.map((m) => m.last)}::float8[], ${made.map((m) => m.blob)}::text[], ${made.map((m) => m.rules)}::text[],
      ${made.map((m) => m.judged)}::text[]) as x(n, d, k, p, o, f, a, b, blob, r, j)
    on conflict (activation_no, day, part) do update set fixes = excluded.fixes, first_ts = excluded.first_ts, last_ts = excluded.last_ts,
      blob = excluded.blob, rules = excluded.rules, judged = excluded.judged, imported = t.imported or excluded.imported, changed_at = excluded.changed_at, revision = t.revision + 1`.execute(
    db,
  )
  counted.compactedDays.inc(made.length)
}
