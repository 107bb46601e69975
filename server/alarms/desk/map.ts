import { legalDays } from '@zhijiao/geo/day'
import { type FixFault as Fault, FixFault } from '@zhijiao/geo/fix'
import type { ReceivedFix } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import { readDay } from '../../positions/index.ts'
import type { EpisodeRow } from './store.ts'

const hourMs = 3_600_000
/** Longest stretch drawn around one alarm, and most fixes of it. */
const longestMs = 26 * hourMs
const mostFixes = 2000

export interface Drawn {
  readonly from: number
  readonly until: number
  readonly fixes: readonly (ReceivedFix & { readonly activation: number })[]
  /** The caller's post shows tracks at all. */
  readonly track: boolean
}

/** Positions from an hour before an alarm began to an hour after it ended, through the one door to positions. */
export async function fixesAround(db: ScopedDb, episode: EpisodeRow, now: number): Promise<Drawn> {
  const from = episode.began_at.getTime() - hourMs
  const until = Math.min((episode.settled_at?.getTime() ?? now) + hourMs, from + longestMs)
  const may = await sql<{ may: boolean }>`select zj_class('tracks') as may`.execute(db)
  if (!may.rows[0]?.may) return { from, until, fixes: [], track: false }
  const fixes: (ReceivedFix & { activation: number })[] = []
  for (const day of legalDays(from, until)) {
    for (const part of await readDay(db, episode.person_id, day, `alarm ${episode.number}`))
      for (const fix of part.fixes) fixes.push({ ...fix, activation: part.activationNo })
  }
  const around = fixes.filter((f) => f.ts >= from && f.ts < until).sort((a, b) => a.ts - b.ts)
  return { from, until, fixes: around.slice(-mostFixes), track: true }
}

/** The name of the check a fix failed, or null. */
export function faultName(fault: Fault): string | null {
  if (fault === FixFault.none) return null
  return Object.entries(FixFault).find(([, value]) => value === fault)?.[0] ?? 'unknown'
}
