import { isPlace } from '@zhijiao/geo/counts'
import { legalDays } from '@zhijiao/geo/day'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
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
  return { from, until, fixes: newest(around), track: true }
}

/** As many as a map takes: those that say where he was before those that do not, so that no flood of the others hides them. */
function newest<F extends ReceivedFix>(fixes: readonly F[]): readonly F[] {
  if (fixes.length <= mostFixes) return fixes
  const counting = fixes.filter(isPlace).slice(-mostFixes)
  const room = mostFixes - counting.length
  const others = room === 0 ? [] : fixes.filter((fix) => !isPlace(fix)).slice(-room)
  return [...counting, ...others].sort((a, b) => a.ts - b.ts)
}

/** Why a fix says nothing of where the person was: the check it failed, or whose word it is; null where it counts. */
export function whyNot({ fault, flags }: Pick<Fix, 'fault' | 'flags'>): string | null {
  if (isPlace({ fault, flags })) return null
  if (fault === FixFault.none)
    return (flags & FixFlag.doubted) !== 0 ? 'doubted' : (flags & FixFlag.mock) !== 0 ? 'simulated' : 'notFixed'
  return Object.entries(FixFault).find(([, value]) => value === fault)?.[0] ?? 'unknown'
}
