import type { OldTrack } from '@zhijiao/contract/old-tracks'
import { type Fix, FixFault, FixFlag, type FixSource, sourceFloorM } from '@zhijiao/geo/fix'
import { type ReceivedFix, type Segment, TrackFormatError, unpackDay } from '@zhijiao/geo/track'
import type { Term } from './import-terms.ts'

const sourceNames: readonly FixSource[] = ['gnss', 'fused', 'wifi', 'cell', 'unknown']

/** The fixes of an old track within its term, by arrival, marked as imported; `left` fell outside. Null: cannot be read. */
export function segmentsOf(track: OldTrack, term: Term): { segments: Segment[]; left: number } | null {
  let fixes: ReceivedFix[]
  try {
    fixes = track.packed ? [...unpackDay(Buffer.from(track.packed, 'base64')).fixes] : (track.fixes ?? []).map(fixOfRow)
  } catch (error) {
    if (error instanceof TrackFormatError || error instanceof RangeError) return null
    throw error
  }
  const inside = fixes.filter((f) => f.ts >= term.startsAt && f.ts < term.endsAt)
  const byArrival = new Map<number, Fix[]>()
  for (const { receivedAt, ...fix } of inside) {
    const kept: Fix = { ...fix, flags: fix.flags | FixFlag.imported }
    const same = byArrival.get(receivedAt)
    if (same) same.push(kept)
    else byArrival.set(receivedAt, [kept])
    if (kept.fault === FixFault.none && (!term.newest || kept.ts > term.newest.ts)) term.newest = kept
  }
  return {
    segments: [...byArrival].map(([receivedAt, together]) => ({ activationNo: term.no, receivedAt, fixes: together })),
    left: fixes.length - inside.length,
  }
}

function fixOfRow(row: readonly (number | string | null)[]): ReceivedFix {
  const number = (i: number) => {
    const value = row[i]
    return typeof value === 'number' && Number.isFinite(value) ? value : null
  }
  const [ts, lat, lon] = [number(0), number(1), number(2)]
  if (ts === null || lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180)
    throw new RangeError('not a position')
  const source = sourceNames.find((name) => name === row[4]) ?? 'unknown'
  return {
    ts,
    receivedAt: ts,
    lat,
    lon,
    accuracyM: number(3) ?? sourceFloorM[source],
    source,
    speedKmh: number(5),
    course: number(6),
    altitudeM: null,
    satellites: null,
    batteryPct: number(7),
    steps: null,
    seq: null,
    flags: FixFlag.imported,
    fault: FixFault.none,
  }
}
