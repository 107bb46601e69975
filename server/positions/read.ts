import type { Regime } from '@zhijiao/contract/devices'
import { dayEnd, dayStart } from '@zhijiao/geo/day'
import { decodeSegment, inTimeOrder, type ReceivedFix, unpackDay } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { prepared } from '../core/prepared.ts'
import { filedUnder, type JudgedSegment } from './days.ts'
import { dayOf } from './domain.ts'
import { type Stretch, stretchesOf, undivided } from './stretches.ts'
import './tables.ts'

/** A day's fixes of one activation. */
export interface ReadDay {
  readonly activationNo: number
  readonly fixes: readonly ReceivedFix[]
  /** The compacted parts of the day, each as it is sealed; nearly always one, none while everything still lies in the inbox. */
  readonly packed: readonly Buffer[]
  /** Which version of the rules judged what, by time of receipt. */
  readonly judged: readonly Stretch[]
}

/** What has been read of one activation's day. */
interface Part {
  readonly packed: Buffer[]
  readonly known: (readonly ReceivedFix[])[]
  readonly judged: Stretch[]
  readonly segments: JudgedSegment[]
}

/**
 * One person's legal day through the one door (`zj_track`), which asks the database whether the caller may. Empty for
 * whoever may not, as for a day without positions. `purpose` is what the audit shows.
 */
export async function readDay(db: ScopedDb, person: string, day: string, purpose: string): Promise<readonly ReadDay[]> {
  const { rows } = await sql<{
    activation_no: number
    kind: 'day' | 'inbox'
    blob: Buffer
    rules: string
    judged: Stretch[] | null
  }>`${prepared('positions.judgedDay')}
    select activation_no, kind, blob, rules, judged from zj_track(${person}::uuid, ${day}::date, ${purpose})`.execute(
    db,
  )
  const parts = new Map<number, Part>()
  for (const { activation_no, kind, blob, rules, judged } of rows) {
    const part: Part = parts.get(activation_no) ?? { packed: [], known: [], judged: [], segments: [] }
    if (kind === 'day') {
      const { fixes } = unpackDay(blob)
      part.packed.push(blob)
      part.known.push(fixes)
      part.judged.push(...(judged ?? undivided(fixes, rules)))
    } else part.segments.push({ ...decodeSegment(blob), rules })
    parts.set(activation_no, part)
  }
  return [...parts].map(([activationNo, { packed, known, judged, segments }]) => ({
    activationNo,
    fixes: dayOf(day, joined(known), segments),
    packed,
    // What lies in the inbox may belong to another day of the same term.
    judged: stretchesOf(
      judged,
      segments.filter((s) => s.fixes.some((fix) => filedUnder(fix, s.receivedAt) === day)),
    ),
  }))
}

/** The parts of a day as one track in time order. */
const joined = (parts: readonly (readonly ReceivedFix[])[]): readonly ReceivedFix[] =>
  parts.length === 1 ? (parts[0] ?? []) : parts.flat().sort(inTimeOrder)

interface Term {
  no: number
  state: string
  regime: Regime
  device_id: string
  device_kind: string | null
  interval_s: number
  starts_at: Date
  ends: Date
}

export interface DayFacts {
  readonly terms: readonly Pick<Term, 'no' | 'regime' | 'device_kind' | 'interval_s' | 'starts_at' | 'ends'>[]
  readonly sealed: readonly { activation_no: number; root: Buffer | null; rules: string }[]
  readonly events: readonly {
    kind: string
    ts: Date
    received_at: Date
    blind: boolean
    flags: number
    activation_no: number
  }[]
  readonly refusals: readonly RefusalRow[]
}

export interface RefusalRow {
  day: string
  device_id: string
  activation_no: number
  reason: string
  count: number
  first_at: Date
  last_at: Date
}

/**
 * What stands around the fixes of a day: the terms they rest on, the seal, events, what was not kept. Null where the caller
 * sees no such person.
 */
export async function factsOf(db: ScopedDb, person: string, day: string): Promise<DayFacts | null> {
  const from = new Date(dayStart(day))
  const until = new Date(dayEnd(day))
  const found = await sql<Term | { no: null }>`${prepared('positions.terms')}
    select a.no, a.state, a.regime, a.device_id, d.kind as device_kind, a.interval_s, a.starts_at, least(a.ends_at, coalesce(a.ended_at, a.ends_at)) as ends
    from person p left join activation a on a.person_id = p.id and a.starts_at < ${until} and a.ends_at > ${from} left join device d on d.id = a.device_id
    where p.id = ${person} order by a.no`.execute(db)
  if (found.rows.length === 0) return null
  const asked = found.rows.filter((row): row is Term => row.no !== null)
  const terms = asked.filter((t) => (t.state === 'running' || t.state === 'ended') && t.ends > from)
  const sealed = await sql<DayFacts['sealed'][number]>`${prepared('positions.sealed')}
    select activation_no, root, rules from zj_track_days(${person}::uuid, ${day}::date, ${day}::date)`.execute(db)
  const events = await sql<DayFacts['events'][number]>`${prepared('positions.events')}
    select kind, ts, received_at, blind, flags, activation_no from device_event where person_id = ${person} and ts >= ${from} and ts < ${until} order by ts limit 5000`.execute(
    db,
  )
  const refusals = await sql<RefusalRow>`${prepared('positions.refusals')}
    select r.* from position_refusal r where r.day = ${day}::date
      and (r.activation_no = any (${terms.map((t) => t.no)}::int[]) or r.device_id = any (${asked.map((t) => t.device_id)}::uuid[]))
    order by r.last_at desc`.execute(db)
  return { terms, sealed: sealed.rows, events: events.rows, refusals: refusals.rows }
}
