import type { Columns } from '@zhijiao/contract/columns'
import type { Static } from '@zhijiao/contract/kernel'
import type { DayTrack, LatestPosition, LivePosition, RefusalCount, TrackFix } from '@zhijiao/contract/positions'
import { FixFault, FixFlag } from '@zhijiao/geo/fix'
import { findPlaces } from '@zhijiao/geo/places'
import { findStays } from '@zhijiao/geo/stays'
import type { ReceivedFix } from '@zhijiao/geo/track'
import { EventFlag } from './arrival.ts'
import { freshness, gapsOf } from './domain.ts'
import type { DayFacts, ReadDay, RefusalRow } from './read.ts'
import type { LatestRow, LiveColumns } from './store.ts'
import { judgedBy, type Stretch } from './stretches.ts'
import { faultSays, refusalSays } from './words.ts'

const iso = (ms: number) => new Date(ms).toISOString()

export function shownLatest(r: LatestRow, now: number): LatestPosition {
  return {
    id: r.id,
    personId: r.person_id,
    name: r.name,
    org: r.org_code,
    colour: r.colour,
    category: r.category,
    regime: r.regime,
    lat: r.lat,
    lon: r.lon,
    accuracyM: r.accuracy_m,
    source: r.source,
    ...(r.course === null ? {} : { course: r.course }),
    ...(r.speed_kmh === null ? {} : { speedKmh: r.speed_kmh }),
    ts: r.ts,
    receivedAt: r.received_at,
    ...(r.battery_pct === null ? {} : { batteryPct: r.battery_pct }),
    authenticated: (r.flags & FixFlag.authenticated) !== 0,
    ...((r.flags & FixFlag.mock) !== 0 ? { mock: true as const } : {}),
    freshness: freshness(now - r.ts, r.interval_s),
  }
}

/** A map's worth of them: only what is worded differently outside is touched. */
export function shownLive(of: LiveColumns, now: number): Columns<LivePosition> {
  return {
    id: of.id,
    personId: of.person_id,
    name: of.name,
    org: of.org_code,
    colour: of.colour,
    regime: of.regime,
    lat: of.lat,
    lon: of.lon,
    accuracyM: of.accuracy_m,
    source: of.source,
    course: of.course,
    speedKmh: of.speed_kmh,
    ts: of.ts,
    batteryPct: of.battery_pct,
    authenticated: of.flags.map((flags) => (flags & FixFlag.authenticated) !== 0),
    ...mockColumn(of.flags),
    freshness: of.ts.map((ts, i) => freshness(now - ts, of.interval_s[i] ?? 0)),
  }
}

/** Hardly ever anybody's: left out where it is nobody's. */
function mockColumn(flags: readonly number[]): Pick<Columns<LivePosition>, 'mock'> {
  const mock = flags.map((one) => (one & FixFlag.mock) !== 0 || null)
  return mock.some((one) => one !== null) ? { mock } : {}
}

/** A fix with what it rests on: the term it came under and the rules that judged it. */
interface JudgedFix {
  readonly fix: ReceivedFix
  readonly no: number
  readonly judged: readonly Stretch[]
}

const mark = (flag: number) => (one: JudgedFix) => (one.fix.flags & flag) !== 0 || null
const told =
  (name: 'speedKmh' | 'course' | 'altitudeM' | 'satellites' | 'batteryPct' | 'steps' | 'seq') => (one: JudgedFix) =>
    one.fix[name]

type Sparse = {
  [K in keyof TrackFix as Record<never, never> extends Pick<TrackFix, K> ? K : never]-?: Exclude<TrackFix[K], undefined>
}
/** What a fix may have to say, and mostly has not. */
const sparse: { readonly [K in keyof Sparse]: (one: JudgedFix) => Sparse[K] | null } = {
  speedKmh: told('speedKmh'),
  course: told('course'),
  altitudeM: told('altitudeM'),
  satellites: told('satellites'),
  batteryPct: told('batteryPct'),
  steps: told('steps'),
  seq: told('seq'),
  blind: mark(FixFlag.blind),
  late: mark(FixFlag.late),
  doubted: mark(FixFlag.doubted),
  mock: mark(FixFlag.mock),
  charging: mark(FixFlag.charging),
  moving: mark(FixFlag.moving),
  authenticated: mark(FixFlag.authenticated),
  imported: mark(FixFlag.imported),
  converted: ({ fix: { flags } }) =>
    (flags & FixFlag.fromGcj02) !== 0 ? 'GCJ02' : (flags & FixFlag.fromBd09) !== 0 ? 'BD09' : null,
  fault: ({ fix: { fault, receivedAt }, judged }) =>
    fault === FixFault.none ? null : { ...faultSays(fault), rules: judgedBy(judged, receivedAt).join(', ') },
}

/** Thousands of these make a day: what there is nothing to say of takes no room. */
function shownFixes(fixes: readonly JudgedFix[]): Columns<TrackFix> {
  const some = Object.entries<(one: JudgedFix) => unknown>(sparse)
    .map(([name, of]) => [name, fixes.map(of)] as const)
    .filter(([, column]) => column.some((value) => value !== null))
  return {
    ts: fixes.map((one) => one.fix.ts),
    receivedAt: fixes.map((one) => one.fix.receivedAt),
    lat: fixes.map((one) => one.fix.lat),
    lon: fixes.map((one) => one.fix.lon),
    accuracyM: fixes.map((one) => one.fix.accuracyM),
    source: fixes.map((one) => one.fix.source),
    activationNo: fixes.map((one) => one.no),
    ...Object.fromEntries(some), // each column by the function of its own name
  }
}

export function shownRefusal(r: RefusalRow): Static<typeof RefusalCount> {
  return {
    day: r.day,
    deviceId: r.device_id,
    activationNo: r.activation_no || null,
    reason: r.reason,
    says: refusalSays(r.reason),
    count: Number(r.count),
    firstAt: r.first_at.toISOString(),
    lastAt: r.last_at.toISOString(),
  }
}

/** The seal of a day; of one in several parts the roots of all, once all of them are sealed. */
function rootOf(parts: DayFacts['sealed']): string | null {
  const roots = parts.flatMap(({ root }) => (root ? [root.toString('hex')] : []))
  return parts.length > 0 && roots.length === parts.length ? roots.join(' ') : null
}

export function shownDay(
  personId: string,
  day: string,
  tracks: readonly ReadDay[],
  facts: DayFacts,
  now: number,
): DayTrack {
  const fixes = tracks.flatMap(({ activationNo: no, fixes, judged }) =>
    fixes.map((fix): JudgedFix => ({ fix, no, judged })),
  )
  // Each track is in order already.
  if (tracks.length > 1) fixes.sort((a, b) => a.fix.ts - b.fix.ts)
  return {
    personId,
    day,
    fixes: shownFixes(fixes),
    events: facts.events.map((e) => ({
      kind: e.kind,
      ts: e.ts.toISOString(),
      receivedAt: e.received_at.toISOString(),
      blind: e.blind,
      ...((e.flags & EventFlag.late) !== 0 ? { late: true } : {}),
      ...((e.flags & EventFlag.doubted) !== 0 ? { doubted: true } : {}),
      ...((e.flags & EventFlag.clockWrong) !== 0 ? { clockWrong: true } : {}),
      activationNo: e.activation_no,
    })),
    gaps: gapsOf(
      day,
      facts.terms.map((t) => ({
        startsAt: t.starts_at.getTime(),
        endsAt: t.ends.getTime(),
        intervalS: t.interval_s,
        fixes: tracks.find((one) => one.activationNo === t.no)?.fixes ?? [],
      })),
      now,
    ).map((g) => ({ from: iso(g.from), until: iso(g.until), blindLater: g.blindLater, simulated: g.simulated })),
    places: placesOf(tracks, facts),
    activations: facts.terms.map((t) => ({
      no: t.no,
      regime: t.regime,
      deviceKind: t.device_kind ?? '',
      intervalS: t.interval_s,
      startsAt: t.starts_at.toISOString(),
      endsAt: t.ends.toISOString(),
      root: rootOf(facts.sealed.filter((s) => s.activation_no === t.no)),
      judged: (tracks.find((one) => one.activationNo === t.no)?.judged ?? []).map(([from, until, rules]) => ({
        from,
        until,
        rules,
      })),
    })),
    refusals: facts.refusals.map(shownRefusal),
    asOf: iso(now),
  }
}

/** Places by devices that report all day; what several of them say of one person is one day. */
function placesOf(tracks: readonly ReadDay[], { terms }: DayFacts): DayTrack['places'] {
  const worn = terms.filter((t) => t.regime === 'device')
  const stays = worn.flatMap((t) => findStays(tracks.find((one) => one.activationNo === t.no)?.fixes ?? []))
  return findPlaces(stays).map(({ lat, lon, role, stays: there }) => ({
    lat,
    lon,
    nights: role === 'home',
    stays: there.map(({ from, to, silentMs, fixes }) => ({
      from: iso(from),
      until: iso(to),
      silentS: Math.round(silentMs / 1000),
      fixes,
    })),
  }))
}
