import type { LiveTopic } from '@zhijiao/contract/live'
import { sql } from 'kysely'
import type { ScopedDb } from '../db.ts'

/** Channel of the whole house; the payload holds ids and codes only, never a name or a place. */
export const liveChannel = 'zj_live'

export interface Announcement {
  readonly topic: LiveTopic
  /** The row that changed. */
  readonly id: string
  /** Organisation the row belongs to. */
  readonly org: string
  /** What happened: `raised`, `overdue`, `claimed` … */
  readonly what: string
  readonly level?: number
  /** The person it is about: decides who of the unit hears of it. */
  readonly person?: string | null
  /** Staff it calls by name; they hear of it whatever their reach. */
  readonly staff?: readonly (string | null)[]
}

/** What travels through NOTIFY. */
export interface Notice {
  readonly topic: LiveTopic
  readonly id: string
  readonly org: string
  readonly what: string
  readonly level: number | null
  readonly staff: readonly string[]
  readonly person: boolean
  /** The unit that supervises the person now: it sees what is about him, wherever the row is registered. */
  readonly unit: string | null
  readonly officer: string | null
  readonly minor: boolean
  readonly sealed: boolean
}

/** Tells every open line, once the transaction has committed and never if it has not. */
export async function announce(db: ScopedDb, said: Announcement): Promise<void> {
  const words = JSON.stringify({
    topic: said.topic,
    id: said.id,
    org: said.org,
    what: said.what,
    level: said.level ?? null,
    staff: (said.staff ?? []).filter((s) => s !== null),
    person: Boolean(said.person),
    unit: null,
    officer: null,
    minor: false,
    sealed: false,
  } satisfies Notice)
  if (!said.person) {
    await sql`select pg_notify(${liveChannel}, ${words})`.execute(db)
    return
  }
  await sql`
    select pg_notify(${liveChannel}, (${words}::jsonb || coalesce(
      (select jsonb_build_object('unit', org_code, 'officer', officer_id, 'minor', minor, 'sealed', sealed) from person where id = ${said.person}::uuid),
      '{}'::jsonb))::text)`.execute(db)
}
