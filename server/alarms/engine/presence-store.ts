import { sql } from 'kysely'
import type { Db, ScopedDb } from '../../core/db.ts'
import type { KeptSlot } from './slot.ts'

/** Up to which flush every stored presence is complete, and when that flush was received. */
export interface Mark {
  readonly no: number
  readonly receivedAt: number
}

export interface PresenceRow {
  readonly activationNo: number
  readonly person: string
  readonly org: string
  readonly shard: number
  readonly no: number
  /** JSON of a `KeptSlot`. */
  readonly state: string
  readonly at: number
}

/** The live state as it survives a stop, how far it reaches, and the engine's beat. */
export const presencesIn = (db: ScopedDb | Db) => ({
  async putPresence(rows: readonly PresenceRow[]): Promise<void> {
    if (rows.length === 0) return
    await sql`
      insert into presence (activation_no, person_id, org_code, shard, inbox_no, state, updated_at)
      select * from unnest(${rows.map((r) => r.activationNo)}::integer[], ${rows.map((r) => r.person)}::uuid[], ${rows.map((r) => r.org)}::text[],
        ${rows.map((r) => r.shard)}::smallint[], ${rows.map((r) => r.no)}::bigint[], ${rows.map((r) => r.state)}::jsonb[], ${rows.map((r) => new Date(r.at))}::timestamptz[])
      on conflict (activation_no) do update set person_id = excluded.person_id, org_code = excluded.org_code, shard = excluded.shard,
        inbox_no = excluded.inbox_no, state = excluded.state, updated_at = excluded.updated_at
      where (excluded.updated_at, excluded.inbox_no) >= (presence.updated_at, presence.inbox_no)`.execute(db)
  },

  async presences(): Promise<{ no: number; state: KeptSlot }[]> {
    const found = await sql<{ no: number; state: KeptSlot }>`
      select p.activation_no as no, p.state from presence p join activation a on a.no = p.activation_no and a.state = 'running'`.execute(
      db,
    )
    return found.rows
  },

  async presence(activationNo: number): Promise<KeptSlot | null> {
    const found = await sql<{
      state: KeptSlot
    }>`select state from presence where activation_no = ${activationNo}`.execute(db)
    return found.rows[0]?.state ?? null
  },

  async marks(): Promise<Map<number, Mark>> {
    const found = await sql<{ shard: number; no: number; received_at: Date }>`
      select shard, no, received_at from engine_mark`.execute(db)
    return new Map(found.rows.map((r) => [r.shard, { no: r.no, receivedAt: r.received_at.getTime() }]))
  },

  async putMarks(marks: ReadonlyMap<number, Mark>): Promise<void> {
    for (const [shard, { no, receivedAt }] of marks)
      await sql`insert into engine_mark (shard, no, received_at) values (${shard}, ${no}, ${new Date(receivedAt)})
        on conflict (shard) do update set no = excluded.no, received_at = excluded.received_at where engine_mark.no < excluded.no`.execute(
        db,
      )
  },

  async lastBeat(): Promise<number | null> {
    const found = await sql<{ at: Date }>`select at from engine_beat`.execute(db)
    return found.rows[0]?.at.getTime() ?? null
  },

  async beat(at: number, startedAt: number): Promise<void> {
    await sql`insert into engine_beat (at, started_at) values (${new Date(at)}, ${new Date(startedAt)})
      on conflict (single) do update set at = excluded.at, started_at = excluded.started_at`.execute(db)
  },
})
