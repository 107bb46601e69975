import type { Static } from '@zhijiao/contract/kernel'
import type { DayTrack, LatestPosition, RefusalCount, TrackFix } from '@zhijiao/contract/positions'
import { FixFault, FixFlag } from '@zhijiao/geo/fix'
import type { ReceivedFix } from '@zhijiao/geo/track'
import { GEO_RULES } from '@zhijiao/geo/validate'
import { freshness, gapsOf } from './domain.ts'
import type { DayFacts, ReadDay, RefusalRow } from './read.ts'
import type { LatestRow } from './store.ts'
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
    course: r.course,
    speedKmh: r.speed_kmh,
    ts: iso(r.ts),
    receivedAt: iso(r.received_at),
    batteryPct: r.battery_pct,
    authenticated: (r.flags & FixFlag.authenticated) !== 0,
    freshness: freshness(now - r.ts, r.interval_s),
  }
}

const marks = [
  ['blind', FixFlag.blind],
  ['late', FixFlag.late],
  ['mock', FixFlag.mock],
  ['charging', FixFlag.charging],
  ['moving', FixFlag.moving],
  ['authenticated', FixFlag.authenticated],
  ['imported', FixFlag.imported],
] as const
const told = ['speedKmh', 'course', 'altitudeM', 'satellites', 'batteryPct', 'steps', 'seq'] as const

/** Thousands of these make a day: what there is nothing to say of takes no room. */
export function shownFix(fix: ReceivedFix, activationNo: number, rules: string): TrackFix {
  const { flags, fault } = fix
  const shown: TrackFix = {
    ts: iso(fix.ts),
    receivedAt: iso(fix.receivedAt),
    lat: fix.lat,
    lon: fix.lon,
    accuracyM: fix.accuracyM,
    source: fix.source,
    activationNo,
  }
  for (const name of told) {
    const value = fix[name]
    if (value !== null) shown[name] = value
  }
  for (const [name, flag] of marks) if ((flags & flag) !== 0) shown[name] = true
  if ((flags & FixFlag.fromGcj02) !== 0) shown.converted = 'GCJ02'
  else if ((flags & FixFlag.fromBd09) !== 0) shown.converted = 'BD09'
  if (fault !== FixFault.none) shown.fault = { ...faultSays(fault), rules }
  return shown
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

export function shownDay(
  personId: string,
  day: string,
  tracks: readonly ReadDay[],
  facts: DayFacts,
  now: number,
): DayTrack {
  const sealed = new Map(facts.sealed.map((s) => [s.activation_no, s]))
  const fixes = tracks.flatMap(({ activationNo, fixes }) =>
    fixes.map((fix) => shownFix(fix, activationNo, sealed.get(activationNo)?.rules ?? GEO_RULES)),
  )
  // Each track is in order already.
  if (tracks.length > 1) fixes.sort((a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0))
  return {
    personId,
    day,
    fixes,
    events: facts.events.map((e) => ({
      kind: e.kind,
      ts: e.ts.toISOString(),
      receivedAt: e.received_at.toISOString(),
      blind: e.blind,
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
    ).map((g) => ({ from: iso(g.from), until: iso(g.until), blindLater: g.blindLater })),
    activations: facts.terms.map((t) => ({
      no: t.no,
      regime: t.regime,
      deviceKind: t.device_kind ?? '',
      intervalS: t.interval_s,
      startsAt: t.starts_at.toISOString(),
      endsAt: t.ends.toISOString(),
      root: sealed.get(t.no)?.root?.toString('hex') ?? null,
    })),
    refusals: facts.refusals.map(shownRefusal),
    asOf: iso(now),
  }
}
