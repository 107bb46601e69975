import { isPlace } from './counts.ts'
import { DAY, dayStart, daysBetween, HOUR, type LegalDay, MINUTE } from './day.ts'
import { apartM, type Place } from './distance.ts'
import type { Fix } from './fix.ts'
import { byTime } from './order.ts'

/** Limits of judging nights (positioning.md §3.5). Provincial configuration; minors and night bans have their own. */
export interface NightParameters {
  /** Hours after 00:00 Asia/Shanghai of the evening's day at which a night begins and ends (22:00–08:00). */
  readonly beginsHour: number
  readonly endsHour: number
  /** Distance from home that is home, metres, and how much of a radius is granted on top. */
  readonly homeM: number
  readonly graceM: number
  /** A fix speaks for at most this long, ms. */
  readonly worthMs: number
  readonly leastCoverage: number
  readonly absentMs: number
  readonly partialMs: number
  /** Less time at home than this goes with a full absence, ms. */
  readonly homeAtMostMs: number
  /** Pattern: so many absent nights of seven, or of thirty; for a person under a night ban, of seven. */
  readonly ofSeven: number
  readonly ofThirty: number
  readonly ofSevenBanned: number
  /** A place that holds this share of the absent nights is named. */
  readonly placeShare: number
  readonly placeM: number
}

export const nightDefaults: NightParameters = {
  beginsHour: 22,
  endsHour: 32,
  homeM: 150,
  graceM: 200,
  worthMs: 15 * MINUTE,
  leastCoverage: 0.3,
  absentMs: 4 * HOUR,
  partialMs: 2 * HOUR,
  homeAtMostMs: HOUR,
  ofSeven: 3,
  ofThirty: 5,
  ofSevenBanned: 2,
  placeShare: 0.6,
  placeM: 300,
}

/** One night, named by the day of its evening. */
export interface Night {
  readonly day: LegalDay
  /** no-data is not absence: missing fixes are the gap rule's business. */
  readonly verdict: 'home' | 'partial' | 'absent' | 'no-data'
  /** Known share of the night, 0–1, and known time at home and away, ms. */
  readonly coverage: number
  readonly homeMs: number
  readonly awayMs: number
  /** Where most of the time away was spent. */
  readonly away: Place | null
}

/** Judges the night that begins on the evening of `day`, by the fixes that count (`isPlace`). */
export function judgeNight(
  fixes: readonly Fix[],
  day: LegalDay,
  home: Place,
  parameters: NightParameters = nightDefaults,
): Night {
  const from = dayStart(day) + parameters.beginsHour * HOUR
  const to = dayStart(day) + parameters.endsHour * HOUR
  const known = fixes.filter((fix) => fix.ts >= from && fix.ts < to && isPlace(fix)).sort(byTime)
  let homeMs = 0
  let awayMs = 0
  const aways: (Place & { ms: number })[] = []
  known.forEach((fix, i) => {
    const until = known[i + 1]?.ts ?? to
    const ms = Math.min(parameters.worthMs, until - fix.ts)
    if (apartM(fix, home) <= parameters.homeM + Math.min(fix.accuracyM, parameters.graceM)) homeMs += ms
    else {
      awayMs += ms
      aways.push({ lat: fix.lat, lon: fix.lon, ms })
    }
  })
  const coverage = (homeMs + awayMs) / (to - from)
  return {
    day,
    verdict: verdictOf(coverage, homeMs, awayMs, parameters),
    coverage,
    homeMs,
    awayMs,
    away: heaviest(aways, parameters.placeM),
  }
}

function verdictOf(coverage: number, homeMs: number, awayMs: number, p: NightParameters): Night['verdict'] {
  if (coverage < p.leastCoverage) return 'no-data'
  if (awayMs >= p.absentMs && homeMs < p.homeAtMostMs) return 'absent'
  return awayMs >= p.partialMs ? 'partial' : 'home'
}

/** Nights away that are worth an officer's attention, with the place that explains most of them. */
export interface NightPattern {
  readonly rule: 'three-of-seven' | 'five-of-thirty' | 'banned'
  readonly nights: readonly LegalDay[]
  readonly place: Place | null
  /** Share of those nights spent there, 0–1. */
  readonly placeShare: number
}

/**
 * Looks at the thirty nights up to and including `until`. Nights of approved leave, hospital or night work are passed in
 * `excused` and do not count; nights without data count for nothing.
 */
export function findNightPattern(
  nights: readonly Night[],
  {
    until,
    excused = [],
    nightBan = false,
  }: { readonly until: LegalDay; readonly excused?: readonly LegalDay[]; readonly nightBan?: boolean },
  parameters: NightParameters = nightDefaults,
): NightPattern | null {
  const absent = nights.filter((night) => night.verdict === 'absent' && !excused.includes(night.day))
  const within = (days: number) =>
    absent
      .filter((night) => night.day <= until && daysBetween(night.day, until) < days)
      .sort((a, b) => (a.day < b.day ? -1 : 1))
  const week = within(7)
  if (nightBan && week.length >= parameters.ofSevenBanned) return pattern('banned', week, parameters)
  if (week.length >= parameters.ofSeven) return pattern('three-of-seven', within(30), parameters)
  const month = within(30)
  return month.length >= parameters.ofThirty ? pattern('five-of-thirty', month, parameters) : null
}

function pattern(
  rule: NightPattern['rule'],
  nights: readonly Night[],
  { placeM, placeShare }: NightParameters,
): NightPattern {
  const spent = nights.flatMap((night) => (night.away ? [night.away] : []))
  const place = heaviest(
    spent.map((away) => ({ ...away, ms: DAY })),
    placeM,
  )
  const share = place ? spent.filter((away) => apartM(away, place) <= placeM).length / nights.length : 0
  const named = share >= placeShare
  return { rule, nights: nights.map((night) => night.day), place: named ? place : null, placeShare: share }
}

/** The centre of the group that holds most time; a group is everything within `withinM` of its first member. */
function heaviest(visits: readonly (Place & { readonly ms: number })[], withinM: number): Place | null {
  const groups: { lat: number; lon: number; ms: number; first: Place }[] = []
  for (const visit of visits) {
    const group = groups.find(({ first }) => apartM(first, visit) <= withinM)
    if (!group) {
      groups.push({ ...visit, first: visit })
      continue
    }
    group.ms += visit.ms
    group.lat += ((visit.lat - group.lat) * visit.ms) / group.ms
    group.lon += ((visit.lon - group.lon) * visit.ms) / group.ms
  }
  const best = groups.reduce<(typeof groups)[number] | null>((a, b) => (a && a.ms >= b.ms ? a : b), null)
  return best ? { lat: best.lat, lon: best.lon } : null
}
