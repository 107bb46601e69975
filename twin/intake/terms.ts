import { addDays, HOUR, type LegalDay, legalDay } from '@zhijiao/geo/day'
import { type Fix, FixFault, FixFlag } from '@zhijiao/geo/fix'
import { packDay, type ReceivedFix } from '@zhijiao/geo/track'
import { chanceOf } from '../chance.ts'
import { type Handset, handsetOf, type Report, type World } from '../handset.ts'
import type { Band, Person } from '../people.ts'

/** The wire's name of a band's protocol. */
export const protocolOf = (band: Band): 'jt808' | 'gt06' | 'watch' =>
  band.protocol === 'gt06' || band.protocol === 'watch' ? band.protocol : 'jt808'

export const kindsOf = (person: Person): readonly Handset['kind'][] => (person.band ? ['band', 'phone'] : ['phone'])

/** Whether somebody carries a device of ours: not before the first report, nor in custody. */
export const carries = ({ state }: Person): boolean => state !== 'awaiting' && state !== 'detained'

/** `ref` of a person's term in an import file. */
export const refOf = (person: Person, kind: Handset['kind']): string => `${kind}-${person.index}`

/**
 * The running term of a device as a line of the track import: a check under article 26 for as long as the correction
 * lasts, a device under article 29 for at most three months.
 */
export function termLine(person: Person, kind: Handset['kind'], since: LegalDay): string {
  const device =
    kind === 'band' && person.band
      ? {
          protocol: protocolOf(person.band),
          identity: person.band.identity,
          kind: 'wristband',
          model: `TWIN-${person.band.protocol}`,
        }
      : { protocol: person.phone.protocol, identity: person.phone.identity, kind: 'phone', model: 'TWIN-PHONE' }
  const starts = since > person.termStart ? since : person.termStart
  const bandEnds = addDays(starts, 85)
  const lastDay = kind === 'band' && bandEnds < person.termEnd ? bandEnds : person.termEnd
  return JSON.stringify({
    activation: {
      ref: refOf(person, kind),
      person: person.number,
      device,
      regime: kind === 'band' ? 'device' : 'check',
      ground: kind === 'band' ? (person.band?.ground ?? 'injunctionBreach') : 'informationCheck',
      approver: kind === 'band' ? '县司法局负责人（合成）' : '责任司法所（合成）',
      document: kind === 'band' ? `（合成）矫电${person.index + 1}号` : '',
      startsAt: new Date(Date.parse(`${starts}T00:00:00+08:00`)).toISOString(),
      lastDay,
      ...(kind === 'phone' ? { ceilingS: 3_600 } : {}),
      intervalS: kind === 'band' ? (person.band?.intervalS ?? 300) : person.phone.intervalS,
    },
  })
}

/** What a device recorded over [from, to), one line a legal day, for the term of that name. */
export function trackLines(
  world: World,
  person: Person,
  kind: Handset['kind'],
  term: string,
  from: number,
  to: number,
): string[] {
  if (!carries(person)) return []
  const handset = handsetOf(world, person, kind, from)
  const days = new Map<LegalDay, ReceivedFix[]>()
  const keep = (report: Report, receivedAt: number, blind: boolean) => {
    if (report.source === 'none' || report.ts < from || report.ts >= to) return
    const day = legalDay(report.ts)
    const fixes = days.get(day) ?? []
    fixes.push({ ...fixOf(report, blind), receivedAt: Math.max(report.ts, receivedAt) })
    days.set(day, fixes)
  }
  while (handset.next < to) {
    const at = handset.next
    for (const act of handset.act()) {
      if (act.kind === 'report') keep(act.report, at, false)
      if (act.kind === 'stored') for (const report of act.reports) keep(report, at, true)
    }
  }
  const chance = chanceOf(world.geography.seed, 'salt', person.index, kind, from / HOUR)
  return [...days].map(([, fixes]) => {
    const salt = Uint8Array.from({ length: 16 }, () => chance.whole(0, 255))
    // The number of the term is the server's to give; the import puts it in place of this one.
    const packed = Buffer.from(packDay({ activationNo: 1, salt, fixes })).toString('base64')
    return JSON.stringify({ track: { term, packed } })
  })
}

function fixOf(report: Report, blind: boolean): Fix {
  return {
    ts: Math.round(report.ts),
    lat: report.lat,
    lon: report.lon,
    accuracyM: Math.round(report.accuracyM),
    source: report.source === 'none' ? 'unknown' : report.source,
    speedKmh: report.moving ? Math.round(report.speedKmh) : 0,
    course: report.moving ? Math.round(report.course) : null,
    altitudeM: null,
    satellites: report.source === 'gnss' ? report.satellites : null,
    batteryPct: report.batteryPct,
    steps: report.steps,
    seq: null,
    flags:
      FixFlag.imported |
      (blind ? FixFlag.blind : 0) |
      (report.moving ? FixFlag.moving : 0) |
      (report.charging ? FixFlag.charging : 0),
    fault: FixFault.none,
  }
}
