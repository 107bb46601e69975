import { sql } from 'kysely'
import { type ScopedDb, underPrefix } from '../core/db.ts'
import type { Json } from '../core/ledger/canonical.ts'
import type { EntryFace } from '../core/ledger/entry.ts'
import { type EntryRow, faceOf } from '../core/ledger/store.ts'
import { notFound, refuse } from '../core/refusals.ts'
import { type ReadDay, readDay } from '../positions/index.ts'
import type { PackedEntry } from './format.ts'
import { TooManyBytes, TooManyEntries, TooManyFixes } from './refusals.ts'
import type { Published } from './versions.ts'

/** What a pack is about, as the caller's scope sees it. */
export interface Matter {
  readonly kind: 'episode' | 'person'
  readonly id: string
  readonly number: string
  readonly person: string
  readonly personName: string
  readonly org: string
  /** Milliseconds UTC. */
  readonly from: number
  readonly until: number
}

export interface FoundEntry {
  readonly face: EntryFace
  readonly salt: string | null
  readonly payload: Json
}

const hour = 3_600_000

/** The episode with its surroundings: two hours before it began, one hour after it ended. */
export async function episodeMatter(db: ScopedDb, id: string, now: number): Promise<Matter> {
  const { rows } = await sql<{
    number: string
    person_id: string
    name: string
    org_code: string
    began_at: Date
    settled_at: Date | null
  }>`
    select e.number, e.person_id, p.name, e.org_code, e.began_at, e.settled_at from episode e join person p on p.id = e.person_id where e.id = ${id}`.execute(
    db,
  )
  const row = rows[0]
  if (!row) throw notFound()
  return {
    kind: 'episode',
    id,
    number: String(row.number),
    person: row.person_id,
    personName: row.name,
    org: row.org_code,
    from: row.began_at.getTime() - 2 * hour,
    until: (row.settled_at?.getTime() ?? now) + hour,
  }
}

export async function personMatter(db: ScopedDb, id: string, from: number, until: number): Promise<Matter> {
  const { rows } = await sql<{
    number: string
    name: string
    org_code: string
  }>`select number, name, org_code from person where id = ${id}`.execute(db)
  const row = rows[0]
  if (!row) throw notFound()
  return { kind: 'person', id, number: row.number, person: id, personName: row.name, org: row.org_code, from, until }
}

/** Most entries of one pack, which its reader's memory and the statement's length bound. */
const mostEntries = 20_000

/**
 * Entries of the matter: for an episode its own, its files', and what the positioning rests on; for a person all of the span.
 * @throws Refusal when there are more than one pack holds: a pack is whole or not at all
 */
export async function entriesOf(db: ScopedDb, matter: Matter): Promise<FoundEntry[]> {
  const span = sql`e.occurred_at >= ${new Date(matter.from)} and e.occurred_at < ${new Date(matter.until)}`
  const chosen =
    matter.kind === 'person'
      ? sql`(${span} or e.kind like 'activation.%' or (e.kind = 'track.sealed' and e.payload_day between ${dayOf(matter.from)} and ${dayOf(matter.until)}))`
      : sql`(e.subject = ${matter.id} or e.subject in (select f.id::text from file f where f.subject_id = ${matter.id}) or e.kind like 'activation.%' or (e.kind = 'track.sealed' and e.payload_day between ${dayOf(matter.from)} and ${dayOf(matter.until)}))`
  const { rows } = await sql<EntryRow & { salt: Buffer | null; payload: Json }>`
    select * from (
      select e.*, l.salt, l.payload, l.payload ->> 'day' as payload_day
      from ledger_entry e left join ledger_payload l on l.entry_id = e.id
      where e.person_id = ${matter.person}
    ) e where ${chosen} order by e.recorded_at, e.id limit ${mostEntries + 1}`.execute(db)
  if (rows.length > mostEntries) throw refuse(TooManyEntries, { most: mostEntries })
  return rows.map((row) => ({
    face: faceOf(row),
    salt: row.salt?.toString('hex') ?? null,
    payload: row.payload ?? null,
  }))
}

/** Bytes of all attachments of one pack, which is put together in memory. */
const mostFileBytes = 256 * 2 ** 20

/**
 * Attachments of the matter, with their bytes.
 * @throws Refusal when together they are larger than one pack takes
 */
export async function filesOf(db: ScopedDb, matter: Matter): Promise<{ id: string; name: string; content: Buffer }[]> {
  const mine =
    matter.kind === 'episode'
      ? sql`f.subject_id = ${matter.id}`
      : sql`f.person_id = ${matter.person} and f.uploaded_at >= ${new Date(matter.from)} and f.uploaded_at < ${new Date(matter.until)}`
  const sum = await sql<{ bytes: string | null }>`
    select sum(octet_length(c.content)) as bytes from file f join file_content c on c.file_id = f.id where ${mine}`.execute(
    db,
  )
  if (Number(sum.rows[0]?.bytes ?? 0) > mostFileBytes) throw refuse(TooManyBytes, { most: mostFileBytes / 2 ** 20 })
  const { rows } = await sql<{
    id: string
    name: string
    content: Buffer
  }>`select f.id, f.name, c.content from file f join file_content c on c.file_id = f.id where ${mine} order by f.uploaded_at`.execute(
    db,
  )
  return rows
}

/** One activation's legal day in the span: all its positions, the part of them that is compacted, what judged them. */
export interface FoundTrack extends ReadDay {
  readonly day: string
}

/**
 * Positions of one pack at most, where it covers more than one day: each carries its proof of about a kilobyte. Four months
 * of a band that reports each minute. A single day is always whole, however many it holds.
 */
const mostFixes = 200_000

/**
 * Each legal day of the span through the one door, what has not been compacted yet among it.
 * @throws Refusal when there are more positions than one pack holds
 */
export async function tracksOf(db: ScopedDb, matter: Matter, purpose: string): Promise<FoundTrack[]> {
  const found = []
  let fixes = 0
  for (let at = matter.from; dayOf(at) <= dayOf(matter.until); at += 24 * hour) {
    const day = dayOf(at)
    const tracks = await readDay(db, matter.person, day, purpose)
    for (const track of tracks) found.push({ ...track, day })
    fixes += tracks.reduce((sum, track) => sum + track.fixes.length, 0)
    if (fixes > mostFixes && day !== dayOf(matter.from)) throw refuse(TooManyFixes, { most: mostFixes })
  }
  return found
}

/** Publications by id, whatever holds by now. */
export async function publicationsOf(db: ScopedDb, ids: readonly string[]): Promise<Published[]> {
  const { rows } = await sql<Published>`
    select id, org_code, change, source, effective_from::text as effective_from, published_at from law_revision
    where id::text = any (${sql.val([...ids])}::text[]) order by effective_from, id`.execute(db)
  return rows
}

/** Legal day of Asia/Shanghai. */
export function dayOf(ts: number): string {
  return new Date(ts + 8 * hour).toISOString().slice(0, 10)
}

/** Outages that touched the unit in the span, for the limits of the evidence. */
export async function outagesOf(
  db: ScopedDb,
  matter: Matter,
): Promise<{ reason: string; starts: Date; ends: Date | null }[]> {
  const { low } = underPrefix(matter.org)
  const { rows } = await sql<{ reason: string; starts: Date; ends: Date | null }>`
    select reason, starts_at as starts, ends_at as ends from outage
    where starts_with(${low}, org_code) and starts_at < ${new Date(matter.until)} and coalesce(ends_at, 'infinity') > ${new Date(matter.from)} order by starts_at`.execute(
    db,
  )
  return rows
}

/** Entries with the numbers they were sealed under. Nothing is left out: an entry not sealed yet is an error of the order of work. */
export async function sealedEntries(db: ScopedDb, ids: readonly string[]): Promise<PackedEntry[]> {
  const { rows } = await sql<EntryRow & { seq: number; salt: Buffer | null; payload: Json }>`
    select e.*, f.seq, l.salt, l.payload from ledger_entry e join ledger_leaf f on f.entry_id = e.id left join ledger_payload l on l.entry_id = e.id
    where e.id = any (${sql.val([...ids])}::uuid[]) order by f.seq`.execute(db)
  if (rows.length !== new Set(ids).size) throw new Error('an entry of the pack is not sealed')
  return rows.map((row) => ({
    seq: Number(row.seq),
    face: faceOf(row),
    salt: row.salt?.toString('hex') ?? null,
    payload: row.payload ?? null,
  }))
}
