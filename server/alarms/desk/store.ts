import type { Evidence, settledWays } from '@zhijiao/contract/alarms'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import type { Json } from '../../core/ledger/canonical.ts'
import { notFound } from '../../core/refusals.ts'
import type { TaskRow, tasksIn } from '../../core/tasks.ts'
import type { Case } from './domain.ts'

declare module '../../core/tables.ts' {
  interface Tables {
    closure: ClosureRow
    closure_round: { episode_id: string; round: number; closure: Json }
    episode_note: NoteRow
  }
}

export interface ClosureRow {
  episode_id: string
  way: 'handled' | 'notHandled'
  cause: string
  finding: string
  measures: string
  follow_on: string | null
  files: string[]
  /** Null where an old file names somebody without an account here. */
  submitted_by: string | null
  submitted_name: string
  submitted_at: Date
  reviewed_by: string | null
  reviewed_name: string
  reviewed_at: Date | null
  review: 'approved' | 'returned' | null
  review_note: string
  round: number
  revision: number
  /** The objection whose answer set the finding aside. */
  set_aside_by: string | null
  set_aside_at: Date | null
}

export interface NoteRow {
  id: string
  episode_id: string
  at: Date
  by_id: string | null
  by_name: string
  kind: string
  text: string
  data: Json
}

/** An episode as the desk reads it; the engine writes everything but its state once an officer has it. */
export interface EpisodeRow {
  id: string
  number: number
  kind: string
  person_id: string
  org_code: string
  activation_no: number | null
  fence_id: string | null
  state: Case['state']
  level: number
  began_at: Date
  detected_at: Date
  raised_at: Date | null
  settled_at: Date | null
  settled_as: (typeof settledWays)[number] | null
  sureness: number
  lat: number | null
  lon: number | null
  evidence: Evidence[]
  said_zh: string
  said_en: string
  rule_version: string
  ladder: Record<string, unknown>
  imported: boolean
  merged_into: string | null
  revision: number
}

export const deskStore = (db: ScopedDb) => ({
  /** Locked, so that two officers who act at once act one after the other; notes of others may still be added meanwhile. */
  async episode(id: string): Promise<EpisodeRow> {
    const { rows } = await sql<EpisodeRow>`select * from episode where id = ${id}::uuid for no key update`.execute(db)
    const [row] = rows
    if (!row) throw notFound()
    return row
  },

  async setState(id: string, state: Case['state'], settled?: { as: string; at: Date }): Promise<void> {
    await sql`
      update episode set state = ${state}, settled_as = ${settled?.as ?? null}, settled_at = ${settled?.at ?? null},
        next_step_at = null, revision = revision + 1
      where id = ${id}::uuid`.execute(db)
  },

  async mergeInto(id: string, into: string, at: Date): Promise<void> {
    await sql`
      update episode set state = 'settled', settled_as = 'merged', settled_at = ${at}, merged_into = ${into}::uuid, next_step_at = null,
        revision = revision + 1
      where id = ${id}::uuid`.execute(db)
  },

  /** The alarm this one went into, and those that came into this one. */
  async kin(id: string): Promise<{ id: string; number: number; kind: string; into: boolean }[]> {
    const { rows } = await sql<{ id: string; number: number; kind: string; into: boolean }>`
      select o.id, o.number, o.kind, true as into from episode e join episode o on o.id = e.merged_into where e.id = ${id}::uuid
      union all
      select o.id, o.number, o.kind, false from episode o where o.merged_into = ${id}::uuid order by 2`.execute(db)
    return rows
  },

  /** False: its id is another's already. */
  async addNote(note: Omit<NoteRow, 'data'> & { data: { [key: string]: Json } }): Promise<boolean> {
    const added = await db
      .insertInto('episode_note')
      .values({ ...note, data: sql`${JSON.stringify(note.data)}::jsonb` })
      .onConflict((taken) => taken.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    return added !== undefined
  },

  note: (id: string): Promise<NoteRow | undefined> =>
    db.selectFrom('episode_note').selectAll().where('id', '=', id).executeTakeFirst(),

  notes: (episode: string): Promise<NoteRow[]> =>
    db
      .selectFrom('episode_note')
      .selectAll()
      .where('episode_id', '=', episode)
      .orderBy('at')
      .orderBy('id')
      .limit(1000)
      .execute(),

  closure: (episode: string): Promise<ClosureRow | undefined> =>
    db.selectFrom('closure').selectAll().where('episode_id', '=', episode).executeTakeFirst(),

  /** Writes a submission; one that was returned or taken back before stays readable as an earlier round. */
  async putClosure(
    row: Omit<ClosureRow, 'round' | 'revision' | 'submitted_name' | 'reviewed_name' | 'set_aside_by' | 'set_aside_at'>,
  ): Promise<void> {
    const before = await this.closure(row.episode_id)
    if (before) await this.keepRound(before)
    const values = {
      ...row,
      submitted_name: '',
      reviewed_name: '',
      round: (before?.round ?? 0) + 1,
      revision: 1,
      set_aside_by: null,
      set_aside_at: null,
    }
    await db
      .insertInto('closure')
      .values(values)
      .onConflict((c) => c.column('episode_id').doUpdateSet(values))
      .execute()
  },

  async keepRound(before: ClosureRow): Promise<void> {
    await db
      .insertInto('closure_round')
      .values({
        episode_id: before.episode_id,
        round: before.round,
        closure: sql`${JSON.stringify(before)}::jsonb`,
      })
      .onConflict((c) => c.columns(['episode_id', 'round']).doNothing())
      .execute()
  },

  async reviewed(
    episode: string,
    review: { by: string | null; at: Date; verdict: 'approved' | 'returned'; note: string },
  ): Promise<void> {
    await db
      .updateTable('closure')
      .set({
        reviewed_by: review.by,
        reviewed_at: review.at,
        review: review.verdict,
        review_note: review.note,
        revision: sql<number>`revision + 1`,
      })
      .where('episode_id', '=', episode)
      .execute()
  },

  /** The finding counts no more; what it says stays as it was written. */
  async setAside(episode: string, { objection, at }: { objection: string; at: Date }): Promise<void> {
    await db
      .updateTable('closure')
      .set({ set_aside_by: objection, set_aside_at: at, revision: sql<number>`revision + 1` })
      .where('episode_id', '=', episode)
      .execute()
  },

  /** The objection of the person to what it was closed as, unless it was taken back. */
  async objection(episode: string): Promise<{ id: string; end: string | null } | null> {
    const { rows } = await sql<{ id: string; end: string | null }>`
      select m.id, m.end_id as end from matter m where m.origin_id = ${episode}::uuid and m.kind = 'objection'
        and m.end_id is distinct from 'withdrawn' order by m.opened_at desc limit 1`.execute(db)
    return rows[0] ?? null
  },

  /** Files, calls and visits that people have added, to it or to what was merged into it. */
  async gathered(episode: string): Promise<{ files: number; calls: number; visits: number; fileIds: string[] }> {
    const all = [episode, ...(await this.kin(episode)).filter((k) => !k.into).map((k) => k.id)]
    const files = await db.selectFrom('file').select('id').where('subject_id', 'in', all).orderBy('id').execute()
    const counted = await db
      .selectFrom('episode_note')
      .select((eb) => [
        eb.fn.countAll<number>().filterWhere('kind', '=', 'call').as('calls'),
        eb.fn.countAll<number>().filterWhere('kind', '=', 'visit').as('visits'),
      ])
      .where('episode_id', 'in', all)
      .executeTakeFirstOrThrow()
    return {
      files: files.length,
      calls: Number(counted.calls),
      visits: Number(counted.visits),
      fileIds: files.map((f) => f.id),
    }
  },

  async personName(person: string): Promise<string> {
    const { rows } = await sql<{ name: string }>`select name from person where id = ${person}::uuid`.execute(db)
    return rows[0]?.name ?? ''
  },

  async home(person: string): Promise<{ lat: number; lon: number } | null> {
    const { rows } = await sql<{ lat: number | null; lon: number | null }>`
      select residence_lat as lat, residence_lon as lon from person where id = ${person}::uuid`.execute(db)
    const [home] = rows
    return home && home.lat !== null && home.lon !== null ? { lat: home.lat, lon: home.lon } : null
  },

  async fence(id: string | null): Promise<{ id: string; name: string; kind: string; area: unknown } | null> {
    if (id === null) return null
    const { rows } = await sql<{ id: string; name: string; kind: string; area: unknown }>`
      select id, name, kind, area from fence where id = ${id}::uuid`.execute(db)
    return rows[0] ?? null
  },

  async officerOf(person: string): Promise<string | null> {
    const { rows } = await sql<{ officer_id: string | null }>`
      select p.officer_id from person p join staff s on s.id = p.officer_id and s.active where p.id = ${person}::uuid`.execute(
      db,
    )
    return rows[0]?.officer_id ?? null
  },
})

export type DeskStore = ReturnType<typeof deskStore>

/** An alarm as decisions see it. */
export function caseOf(
  episode: Pick<EpisodeRow, 'state' | 'level' | 'began_at' | 'settled_at' | 'settled_as'>,
  held: { owner: Case['owner']; state: TaskRow['state'] | null; called: readonly string[] },
  closure: ClosureRow | undefined,
  gathered: Case['gathered'],
): Case {
  return {
    state: episode.state,
    level: episode.level,
    beganAt: episode.began_at.getTime(),
    settledAt: episode.settled_at?.getTime() ?? null,
    settledAs: episode.settled_as,
    owner: held.owner,
    claimed: held.state === 'claimed' || held.state === 'submitted',
    called: held.called,
    closure: closure ? { way: closure.way, submittedBy: closure.submitted_by, review: closure.review } : null,
    gathered,
  }
}

/** An alarm with everything a decision about it needs, read under lock. */
export interface Loaded {
  readonly episode: EpisodeRow
  readonly task: TaskRow | undefined
  readonly closure: ClosureRow | undefined
  readonly alarm: Case
  readonly fileIds: readonly string[]
}

export async function load(
  db: ScopedDb,
  tasks: ReturnType<typeof tasksIn>,
  called: (task: string) => Promise<readonly { id: string; name: string }[]>,
  nameOf: (staff: string) => Promise<string>,
  id: string,
): Promise<Loaded> {
  const store = deskStore(db)
  const episode = await store.episode(id)
  const task = await tasks.of('alarm.handle', id)
  const closure = await store.closure(id)
  const { fileIds, ...gathered } = await store.gathered(id)
  return {
    episode,
    task,
    closure,
    fileIds,
    alarm: caseOf(
      episode,
      {
        owner: task?.owner_id ? { id: task.owner_id, name: await nameOf(task.owner_id) } : null,
        state: task?.state ?? null,
        called: task ? (await called(task.id)).map((c) => c.id) : [],
      },
      closure,
      gathered,
    ),
  }
}
