import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { Limits } from './domain.ts'

/** Somebody whose correction is over long enough. */
export interface Ended {
  readonly id: string
  readonly org: string
}

/**
 * Whose correction ended on or before a legal day: released, terminated or carried out elsewhere. The day is the one the
 * sealed entry says; of a file that came from an old system the one its end was recorded for, else its term's, and no
 * later than its import. A later edit of the file moves nothing, and a term that still runs is never touched.
 */
const endedBy = (day: string) =>
  sql`p.state in ('released', 'terminated', 'transferred')
    and not exists (select 1 from activation a where a.person_id = p.id and a.state = 'running')
    and coalesce(
      (select max((e.occurred_at at time zone 'Asia/Shanghai')::date) from ledger_entry e where e.person_id = p.id and e.kind = 'correction.ended'),
      (select max((x.data ->> 'on')::date) from person_part x where x.person_id = p.id and x.part = 'end' and x.ended_at is null),
      least(p.term_end, case when p.imported then (p.created_at at time zone 'Asia/Shanghai')::date end)
    ) <= ${day}::date`

export const retentionStore = (db: ScopedDb) => ({
  async withTracks(limits: Limits, most: number): Promise<Ended[]> {
    const { rows } =
      await sql<Ended>`select p.id, p.org_code as org from person p where ${endedBy(limits.tracksOfEndedBy)}
      and (exists (select 1 from track_day t where t.person_id = p.id) or exists (select 1 from position_latest l where l.person_id = p.id)) limit ${most}`.execute(
        db,
      )
    return rows
  },
  async dropTracks(person: string): Promise<{ days: number; fixes: number }> {
    const { rows } = await sql<{
      days: number
      fixes: number
    }>`with gone as (delete from track_day where person_id = ${person} returning activation_no, day, fixes)
      select count(distinct (activation_no, day))::int as days, coalesce(sum(fixes), 0)::int as fixes from gone`.execute(
      db,
    )
    await sql`delete from track_aside where activation_no in (select no from activation where person_id = ${person})`.execute(
      db,
    )
    await sql`delete from position_latest where person_id = ${person}`.execute(db)
    await sql`delete from presence where person_id = ${person}`.execute(db)
    await sql`delete from device_event where person_id = ${person}`.execute(db)
    await sql`delete from device_said where activation_no in (select no from activation where person_id = ${person})`.execute(
      db,
    )
    return rows[0] ?? { days: 0, fixes: 0 }
  },
  async withPayloads(limits: Limits, most: number): Promise<Ended[]> {
    if (!limits.payloadsOfEndedBy) return []
    const { rows } =
      await sql<Ended>`select p.id, p.org_code as org from person p where ${endedBy(limits.payloadsOfEndedBy)}
      and exists (select 1 from ledger_entry e join ledger_payload l on l.entry_id = e.id where e.person_id = p.id and e.kind not like 'retention.%') limit ${most}`.execute(
        db,
      )
    return rows
  },
  async dropPayloads(person: string): Promise<number> {
    const { numAffectedRows } =
      await sql`delete from ledger_payload l using ledger_entry e where e.id = l.entry_id and e.person_id = ${person} and e.kind not like 'retention.%'
      and exists (select 1 from ledger_leaf f where f.entry_id = e.id)`.execute(db)
    return Number(numAffectedRows ?? 0)
  },
  async dropAudit(limits: Limits): Promise<number> {
    const { rows } = await sql<{
      gone: number
    }>`select zj_purge_audit((${limits.auditBefore}::date)::timestamp at time zone 'Asia/Shanghai') as gone`.execute(db)
    return Number(rows[0]?.gone ?? 0)
  },
  async dropTraces(limits: Limits): Promise<number> {
    let gone = 0
    for (const statement of [
      sql`delete from unknown_device where last_seen_at < ${limits.tracesBefore}::date`,
      sql`delete from position_refusal where day < ${limits.tracesBefore}::date`,
      sql`delete from message where created_at < ${limits.tracesBefore}::date`,
      sql`delete from session where expires_at < (${limits.sessionsBefore}::date)::timestamp at time zone 'Asia/Shanghai'`,
    ])
      gone += Number((await statement.execute(db)).numAffectedRows ?? 0)
    return gone
  },
})
