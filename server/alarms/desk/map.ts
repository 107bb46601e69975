import { legalDays } from '@zhijiao/geo/day'
import { type FixFault as Fault, FixFault } from '@zhijiao/geo/fix'
import { decodeSegment, mergeLate, type ReceivedFix, unpackDay } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import type { EpisodeRow } from './store.ts'

const hourMs = 3_600_000
/** Longest stretch drawn around one alarm, and most fixes of it. */
const longestMs = 26 * hourMs
const mostFixes = 2000

export interface Drawn {
  readonly from: number
  readonly until: number
  readonly fixes: readonly ReceivedFix[]
  /** The caller's post shows tracks at all. */
  readonly track: boolean
}

/** Positions from an hour before an alarm began to an hour after it ended, through the one door to positions. */
export async function fixesAround(db: ScopedDb, episode: EpisodeRow, now: number): Promise<Drawn> {
  const from = episode.began_at.getTime() - hourMs
  const until = Math.min((episode.settled_at?.getTime() ?? now) + hourMs, from + longestMs)
  const may = await sql<{ may: boolean }>`select zj_class('tracks') as may`.execute(db)
  if (!may.rows[0]?.may) return { from, until, fixes: [], track: false }
  const fixes: ReceivedFix[] = []
  for (const day of legalDays(from, until)) {
    const { rows } = await sql<{ kind: 'day' | 'inbox'; blob: Buffer }>`
      select kind, blob from zj_track(${episode.person_id}::uuid, ${day}::date, ${`alarm ${episode.number}`})`.execute(
      db,
    )
    const packed = rows.filter((r) => r.kind === 'day').flatMap((r) => unpackDay(r.blob).fixes)
    const fresh = rows.filter((r) => r.kind === 'inbox').map((r) => decodeSegment(r.blob))
    fixes.push(...mergeLate(packed, fresh))
  }
  // An inbox segment may lie in two days; one position is drawn once.
  const once = new Map(fixes.filter((f) => f.ts >= from && f.ts < until).map((f) => [`${f.ts} ${f.lat} ${f.lon}`, f]))
  return { from, until, fixes: [...once.values()].sort((a, b) => a.ts - b.ts).slice(-mostFixes), track: true }
}

/** The name of the check a fix failed, or null. */
export function faultName(fault: Fault): string | null {
  if (fault === FixFault.none) return null
  return Object.entries(FixFault).find(([, value]) => value === fault)?.[0] ?? 'unknown'
}
