import type { Fence, Side } from './fence.ts'
import type { Fix } from './fix.ts'
import { byTime } from './order.ts'
import {
  lapse,
  nothingKnown,
  observe,
  type PresenceParameters,
  type PresenceState,
  presenceDefaults,
} from './presence.ts'

/** One stretch of a day as the fixes tell it afterwards. */
export interface PresenceInterval {
  /** ms UTC, half open. */
  readonly from: number
  readonly to: number
  readonly at: Side | 'unknown'
  /**
   * confirmed: several decisive fixes. single: fewer than make it firm. silence: no usable fix for too long.
   * nothing-yet: before the first decisive fix. unconfirmed: the last fixes pointed to the other side, too few to count.
   */
  readonly reason: 'confirmed' | 'single' | 'silence' | 'nothing-yet' | 'unconfirmed'
  /** Decisive or not, fixes taken inside the stretch. */
  readonly fixes: number
}

/**
 * Runs one fence over a stretch of time again, now with stored and late fixes in their true order: the live alarm stays as
 * it was, this says what was so. The intervals fill [from, to) without holes.
 */
export function replay(
  fixes: readonly Fix[],
  fence: Fence,
  { from, to }: { readonly from: number; readonly to: number },
  parameters: PresenceParameters = presenceDefaults,
): PresenceInterval[] {
  const ordered = fixes.filter((fix) => fix.ts >= from && fix.ts < to).sort(byTime)
  const changes: Change[] = [{ ts: from, at: 'unknown', reason: 'nothing-yet' }]
  let state: PresenceState = nothingKnown
  const expire = (now: number) => {
    const lapsed = lapse(state, now, parameters)
    if (lapsed === state) return
    if (state.run !== null && state.firm) note(changes, { ts: state.run.firstTs, at: 'unknown', reason: 'unconfirmed' })
    note(changes, { ts: state.lastTs, at: 'unknown', reason: 'silence' })
    state = lapsed
  }
  for (const fix of ordered) {
    expire(fix.ts)
    state = observe(state, fix, fence, parameters, { use: 'history' }).state
    if (state.at !== 'unknown')
      note(changes, { ts: state.since, at: state.at, reason: state.firm ? 'confirmed' : 'single' })
  }
  expire(to)
  if (state.run !== null && state.firm) note(changes, { ts: state.run.firstTs, at: 'unknown', reason: 'unconfirmed' })
  return intervals(changes, ordered, to)
}

interface Change {
  readonly ts: number
  readonly at: PresenceInterval['at']
  readonly reason: PresenceInterval['reason']
}

/** Adds a change; what began at or after it was a guess that is now known better. */
function note(changes: Change[], change: Change): void {
  let last = changes.at(-1)
  if (last && last.at === change.at && last.reason === change.reason && last.ts <= change.ts) return
  while (last && last.ts >= change.ts) {
    changes.pop()
    last = changes.at(-1)
  }
  if (last && last.at === change.at && last.reason === change.reason) return
  changes.push(change)
}

function intervals(changes: readonly Change[], fixes: readonly Fix[], to: number): PresenceInterval[] {
  return changes.map(({ ts, at, reason }, i) => {
    const end = changes[i + 1]?.ts ?? to
    return { from: ts, to: end, at, reason, fixes: fixes.filter((fix) => fix.ts >= ts && fix.ts < end).length }
  })
}
