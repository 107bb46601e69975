import { sql } from 'kysely'
import type { Db, ScopedDb } from '../../core/db.ts'

export interface OutageSpan {
  readonly id: string
  readonly org: string
  readonly way: 'declared' | 'detected'
  readonly reason: string
  /** Only devices of this protocol; null: all of the unit. */
  readonly protocol: string | null
  readonly startsAt: number
  readonly endsAt: number | null
  readonly members: readonly number[]
}

/** Outages of the platform and the networks, for which nobody answers. */
export const outagesIn = (db: ScopedDb | Db) => ({
  /** Outages that may matter to a silence of now; way, unit, protocol and span. */
  async outages(since: number): Promise<OutageSpan[]> {
    const found = await sql<{
      id: string
      org_code: string
      way: 'declared' | 'detected'
      reason: string
      of: string | null
      protocol: string | null
      starts_at: Date
      ends_at: Date | null
      members: number[]
    }>`select id, org_code, way, reason, scope ->> 'of' as of, scope ->> 'protocol' as protocol, starts_at, ends_at, members from outage
      where ends_at is null or ends_at > ${new Date(since)} order by starts_at`.execute(db)
    return found.rows.map((r) => ({
      id: r.id,
      org: r.org_code,
      way: r.way,
      reason: r.reason,
      protocol: r.of === 'protocol' ? r.protocol : null,
      startsAt: r.starts_at.getTime(),
      endsAt: r.ends_at?.getTime() ?? null,
      members: r.members,
    }))
  },

  async addOutage(o: {
    id: string
    org: string
    reason: string
    scope: unknown
    startsAt: number
    endsAt: number | null
    members: readonly number[]
    at: number
  }): Promise<void> {
    await sql`insert into outage (id, org_code, way, reason, scope, starts_at, ends_at, recorded_at, members)
      values (${o.id}, ${o.org}, 'detected', ${o.reason}, ${JSON.stringify(o.scope)}::jsonb, ${new Date(o.startsAt)}, ${o.endsAt === null ? null : new Date(o.endsAt)}, ${new Date(o.at)}, ${[...o.members]}::integer[])`.execute(
      db,
    )
  },

  async endOutage(id: string, at: number): Promise<void> {
    await sql`update outage set ends_at = ${new Date(at)} where id = ${id} and ends_at is null`.execute(db)
  },
})
