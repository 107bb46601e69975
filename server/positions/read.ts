import type { Regime } from '@zhijiao/contract/devices'
import { dayEnd, dayStart } from '@zhijiao/geo/day'
import { decodeSegment, type ReceivedFix, type Segment, unpackDay } from '@zhijiao/geo/track'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { dayOf } from './domain.ts'
import './tables.ts'

/** A day's fixes of one activation. */
export interface ReadDay {
  readonly activationNo: number
  readonly fixes: readonly ReceivedFix[]
}

/**
 * One person's legal day through the one door (`zj_track`), which asks the database whether the caller may. Empty for
 * whoever may not, as for a day without positions. `purpose` is what the audit shows.
 */
export async function readDay(db: ScopedDb, person: string, day: string, purpose: string): Promise<readonly ReadDay[]> {
  const { rows } = await sql<{ activation_no: number; kind: 'day' | 'inbox'; blob: Buffer }>`
    select activation_no, kind, blob from zj_track(${person}::uuid, ${day}::date, ${purpose})`.execute(db)
  const parts = new Map<number, { known: readonly ReceivedFix[]; segments: Segment[] }>()
  for (const { activation_no, kind, blob } of rows) {
    const part = parts.get(activation_no) ?? { known: [], segments: [] }
    if (kind === 'day') part.known = unpackDay(blob).fixes
    else part.segments.push(decodeSegment(blob))
    parts.set(activation_no, part)
  }
  return [...parts].map(([activationNo, { known, segments }]) => ({ activationNo, fixes: dayOf(day, known, segments) }))
}

export interface DayFacts {
  readonly terms: readonly {
    no: number
    regime: Regime
    device_kind: string | null
    interval_s: number
    starts_at: Date
    ends: Date
  }[]
  readonly sealed: readonly { activation_no: number; root: Buffer | null; rules: string }[]
  readonly events: readonly { kind: string; ts: Date; received_at: Date; blind: boolean; activation_no: number }[]
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

/** What stands around the fixes of a day: the terms they rest on, the seal, events, what was not kept. */
export async function factsOf(db: ScopedDb, person: string, day: string): Promise<DayFacts> {
  const from = new Date(dayStart(day))
  const until = new Date(dayEnd(day))
  const terms = await sql<DayFacts['terms'][number]>`
    select a.no, a.regime, d.kind as device_kind, a.interval_s, a.starts_at, least(a.ends_at, coalesce(a.ended_at, a.ends_at)) as ends
    from activation a left join device d on d.id = a.device_id
    where a.person_id = ${person} and a.state in ('running', 'ended') and a.starts_at < ${until} and least(a.ends_at, coalesce(a.ended_at, a.ends_at)) > ${from} order by a.no`.execute(
    db,
  )
  const sealed = await sql<DayFacts['sealed'][number]>`
    select activation_no, root, rules from zj_track_days(${person}::uuid, ${day}::date, ${day}::date)`.execute(db)
  const events = await sql<DayFacts['events'][number]>`
    select kind, ts, received_at, blind, activation_no from device_event where person_id = ${person} and ts >= ${from} and ts < ${until} order by ts limit 5000`.execute(
    db,
  )
  const refusals = await sql<RefusalRow>`
    select r.* from position_refusal r where r.day = ${day}::date and (r.activation_no = any (${terms.rows.map((t) => t.no)}::int[])
      or r.device_id in (select device_id from activation a where a.person_id = ${person} and a.starts_at < ${until} and a.ends_at > ${from}))
    order by r.last_at desc`.execute(db)
  return { terms: terms.rows, sealed: sealed.rows, events: events.rows, refusals: refusals.rows }
}
