import { type LegalDay, legalDay } from './day.ts'
import { type Fix, FixFault, FixFlag } from './fix.ts'
import type { Segment } from './segment.ts'

/** A fix with the time the server received it, milliseconds UTC. */
export interface ReceivedFix extends Fix {
  readonly receivedAt: number
}

/**
 * Joins what arrived at different times into one track in time order.
 *
 * The same place at the same instant is one fix, as first received. Two places at one instant are both kept, because one
 * of them is evidence against the other; and so is the same place from a line that was not believed and from one that was:
 * what only knew the number must not stand for the device's own word, nor does that word undo what was kept. A fix older
 * than something that arrived earlier is marked late: it annotates history and never moves a live state. The order inside
 * one segment is the device's business and makes nothing late; nor does a time that no clock could have shown, or one from
 * a line that was not believed.
 */
export function mergeSegments(segments: Iterable<Segment>): ReceivedFix[] {
  const arrivals = [...segments].sort((a, b) => a.receivedAt - b.receivedAt)
  const merged = new Map<string, ReceivedFix>()
  let newest = Number.NEGATIVE_INFINITY
  for (const { receivedAt, fixes } of arrivals) {
    const before = newest
    for (const fix of fixes) {
      const key = sameFix(fix)
      if (merged.has(key)) continue
      if (!isTimeless(fix) && doubtOf(fix) === 0) newest = Math.max(newest, fix.ts)
      const late = fix.ts < before ? FixFlag.late : 0
      merged.set(key, { ...fix, flags: fix.flags | late, receivedAt })
    }
  }
  return [...merged.values()].sort(inTimeOrder)
}

/** Whether the time of a fix is one that no clock could have shown. */
export const isTimeless = ({ fault }: Fix): boolean => fault === FixFault.clockWrong || fault === FixFault.fromTheFuture

/** Joins an already compacted day with what came after it. */
export function mergeLate(day: readonly ReceivedFix[], segments: Iterable<Segment>): ReceivedFix[] {
  const byArrival = new Map<number, ReceivedFix[]>()
  for (const fix of day) {
    const together = byArrival.get(fix.receivedAt)
    if (together) together.push(fix)
    else byArrival.set(fix.receivedAt, [fix])
  }
  const known = [...byArrival].map(([receivedAt, fixes]) => ({ activationNo: 0, receivedAt, fixes }))
  return mergeSegments([...known, ...segments])
}

/**
 * What of these segments is not in a part of the day that is packed already; what that part overtook is marked late. For a
 * day of several parts, so that no more than one of them is in memory at a time.
 */
export function beside<S extends Segment>(packed: readonly ReceivedFix[], segments: readonly S[]): S[] {
  const arrivals = [...segments].sort((a, b) => a.receivedAt - b.receivedAt)
  const wanted = new Set(arrivals.flatMap(({ fixes }) => fixes.map(sameFix)))
  const known = new Set<string>()
  const newest = arrivals.map(() => Number.NEGATIVE_INFINITY)
  for (const fix of packed) {
    const key = sameFix(fix)
    if (wanted.has(key)) known.add(key)
    if (isTimeless(fix) || doubtOf(fix) !== 0) continue
    const first = firstAfter(arrivals, fix.receivedAt)
    if (first < newest.length) newest[first] = Math.max(newest[first] ?? 0, fix.ts)
  }
  let before = Number.NEGATIVE_INFINITY
  return arrivals.flatMap((segment, i) => {
    before = Math.max(before, newest[i] ?? before)
    const late = (fix: Fix): Fix => (fix.ts < before ? { ...fix, flags: fix.flags | FixFlag.late } : fix)
    const fixes = segment.fixes.filter((fix) => !known.has(sameFix(fix))).map(late)
    return fixes.length === 0 ? [] : [{ ...segment, fixes }]
  })
}

/** Where in order of arrival the first stands that did not come before `receivedAt`. */
function firstAfter(arrivals: readonly Segment[], receivedAt: number): number {
  let [low, high] = [0, arrivals.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((arrivals[middle]?.receivedAt ?? 0) < receivedAt) low = middle + 1
    else high = middle
  }
  return low
}

/** A track cut at midnight, Asia/Shanghai: one entry per legal day, as tracks are stored. */
export function byLegalDay<F extends Fix>(fixes: readonly F[]): Map<LegalDay, F[]> {
  const days = new Map<LegalDay, F[]>()
  for (const fix of fixes) {
    const day = legalDay(fix.ts)
    const same = days.get(day)
    if (same) same.push(fix)
    else days.set(day, [fix])
  }
  return days
}

/** Time order; at one instant, arrival decides, then place, then who is believed, so that the order never depends on the input's. */
export function inTimeOrder(a: ReceivedFix, b: ReceivedFix): number {
  return a.ts - b.ts || a.receivedAt - b.receivedAt || a.lat - b.lat || a.lon - b.lon || doubtOf(a) - doubtOf(b)
}

const doubtOf = (fix: Fix): number => fix.flags & FixFlag.doubted

function sameFix(fix: Fix): string {
  return `${fix.ts} ${Math.round(fix.lat * 1e7)} ${Math.round(fix.lon * 1e7)} ${doubtOf(fix)}`
}
