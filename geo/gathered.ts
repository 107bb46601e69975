import { MINUTE } from './day.ts'
import type { Place } from './distance.ts'
import { pairsNear } from './together.ts'

/** Limits of telling a gathering (聚集, positioning.md §3.9). */
export interface GatheredParameters {
  /** So near, metres; so long, ms; so many persons. */
  readonly withinM: number
  readonly atLeastMs: number
  readonly persons: number
  /** Only a position this young, ms, and this good, metres, says where somebody is. */
  readonly freshMs: number
  readonly accuracyGateM: number
  /** Where more persons than this are at once is a common place and says nothing. */
  readonly crowd: number
}

export const gatheredDefaults: GatheredParameters = {
  withinM: 60,
  atLeastMs: 15 * MINUTE,
  persons: 3,
  freshMs: 10 * MINUTE,
  accuracyGateM: 60,
  crowd: 20,
}

/** Where a person was seen last. Keys order the pairs. */
export interface Present extends Place {
  readonly who: string
  readonly ts: number
  readonly accuracyM: number
}

/** Two persons who are near each other: since when, and until when that was seen, ms UTC. */
export interface Nearness {
  readonly since: number
  readonly seen: number
}

/** Pairs near each other, by both keys joined with a line break. */
export type Nearnesses = ReadonlyMap<string, Nearness>

/** Persons who have been together long enough. */
export interface Gathering extends Place {
  readonly members: readonly string[]
  /** When the last bond that makes it one began, ms UTC. */
  readonly since: number
}

/**
 * Who stands together at `now`, given who did a moment ago. A pair lasts while each new position of either confirms it; one
 * whose positions stop coming is forgotten after `freshMs`: silence gathers nobody.
 * @param apart pairs that have a lawful or ordinary reason to be together there (one household at home)
 */
export function gather(
  before: Nearnesses,
  present: readonly Present[],
  now: number,
  parameters: GatheredParameters = gatheredDefaults,
  apart: (a: Present, b: Present) => boolean = () => false,
): { near: Nearnesses; gatherings: Gathering[] } {
  const fresh = new Map(
    present
      .filter(
        (p) => now - p.ts <= parameters.freshMs && p.ts <= now + MINUTE && p.accuracyM <= parameters.accuracyGateM,
      )
      .map((p) => [p.who, p]),
  )
  const near = new Map<string, Nearness>()
  for (const [key, known] of before) {
    const [a = '', b = ''] = key.split('\n')
    // With both seen afresh the present decides; else what was seen holds for a while.
    if ((!fresh.has(a) || !fresh.has(b)) && now - known.seen <= parameters.freshMs) near.set(key, known)
  }
  for (const [a, b] of pairsNear([...fresh.values()], () => false, parameters)) {
    const [one, other] = [fresh.get(a), fresh.get(b)]
    if (!one || !other || apart(one, other)) continue
    const key = `${a}\n${b}`
    const [earlier, later] = [Math.min(one.ts, other.ts), Math.max(one.ts, other.ts)]
    near.set(key, { since: before.get(key)?.since ?? later, seen: Math.max(before.get(key)?.seen ?? 0, earlier) })
  }
  return { near, gatherings: groupsOf(near, fresh, parameters) }
}

/** Persons joined by bonds that have lasted long enough. */
function groupsOf(
  near: Nearnesses,
  fresh: ReadonlyMap<string, Present>,
  { atLeastMs, persons }: GatheredParameters,
): Gathering[] {
  const bonds = [...near].filter(([, { since, seen }]) => seen - since >= atLeastMs)
  const groupOf = new Map<string, { members: Set<string>; since: number }>()
  for (const [key, { since }] of bonds) {
    const [a = '', b = ''] = key.split('\n')
    const [one, other] = [groupOf.get(a), groupOf.get(b)]
    const joined = one ?? other ?? { members: new Set<string>(), since }
    if (one && other && one !== other) for (const who of other.members) one.members.add(who)
    joined.members.add(a).add(b)
    joined.since = Math.max(joined.since, since, other?.since ?? 0)
    for (const who of joined.members) groupOf.set(who, joined)
  }
  return [...new Set(groupOf.values())].flatMap(({ members, since }) => {
    const seen = [...members].flatMap((who) => fresh.get(who) ?? [])
    if (members.size < persons || seen.length === 0) return []
    const middle = (of: (p: Present) => number) => seen.reduce((sum, p) => sum + of(p), 0) / seen.length
    return [{ members: [...members].sort(), since, lat: middle((p) => p.lat), lon: middle((p) => p.lon) }]
  })
}
