import type { askKinds, askStates, newsKinds } from '@zhijiao/contract/entrustments'
import { sql } from 'kysely'
import type { ScopedDb } from '../../core/db.ts'
import { notFound } from '../../core/refusals.ts'
import type { Form, MatterRow } from '../../procedures/index.ts'

export type AskKind = (typeof askKinds)[number]
export type AskState = (typeof askStates)[number]
export type NewsKind = (typeof newsKinds)[number]

export interface AskRow {
  id: string
  matter_id: string
  kind: AskKind
  words: string
  due_before: string | null
  new_due: string | null
  /** What was missing when the request was received: the clock does not run before it is there. */
  holds_clock: boolean
  asked_at: Date
  asked_by: string
  asked_name: string
  state: AskState
  reply: string
  files: string[]
  replied_at: Date | null
  replied_name: string | null
}
export interface NewsRow {
  id: string
  matter_id: string
  what: NewsKind
  at: Date
  seen_at: Date | null
}

/** A partner organ (协作机关): a court, procuratorate, police bureau or prison, whoever of it signs in. */
export interface Organ {
  readonly id: string
  readonly name: string
}
/** Where an organ is asked and told: its name, and the accounts that hear of it. */
export interface Desk {
  readonly name: string
  readonly accounts: readonly string[]
}

declare module '../../core/tables.ts' {
  interface Tables {
    entrustment_ask: AskRow
    entrustment_news: NewsRow
    entrustment_fetch: { matter_id: string; at: Date; by_id: string; by_name: string }
  }
}

/** What was said of the adoption last; `own`: by the organ itself. */
export interface Stated {
  way: string
  form: Form
  own: boolean
  by_name: string
  at: Date
}

function byMatter<Row extends { matter_id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  const by = new Map<string, Row[]>()
  for (const row of rows) by.set(row.matter_id, [...(by.get(row.matter_id) ?? []), row])
  return by
}

/** What passes between a county and the organ that entrusted it, beside the matter itself. */
export const deskStore = (db: ScopedDb) => ({
  /** The caller's own organ. */
  async mine(): Promise<Organ | null> {
    return (
      (await db
        .selectFrom('organ')
        .select(['id', 'name'])
        .where('id', '=', sql<string>`zj_organ()`)
        .executeTakeFirst()) ?? null
    )
  },
  /** The desk of an organ; null: it has none, or nobody who may act there, and is written to on paper. */
  async desk(organ: string | null): Promise<Desk | null> {
    if (!organ) return null
    const { rows } = await sql<{ name: string; staff_id: string }>`
      select name, staff_id from zj_organ_desk(${organ}::uuid)`.execute(db)
    const [first] = rows
    return first ? { name: first.name, accounts: rows.map((row) => row.staff_id) } : null
  },

  /** The matter, locked: who acts next sees what this one did. */
  hold: (id: string): Promise<MatterRow> =>
    db
      .selectFrom('matter')
      .selectAll()
      .where('id', '=', id)
      .where('kind', '=', 'assessment')
      .forUpdate()
      .executeTakeFirstOrThrow(notFound),

  stated: (matter: string): Promise<Stated | undefined> =>
    db
      .selectFrom('matter_passage')
      .select([
        'way',
        'form',
        'by_name',
        'at',
        sql<boolean>`coalesce(by_id in (select zj_organ_mates()), false)`.as('own'),
      ])
      .where('matter_id', '=', matter)
      .where('step', '=', 'adoption')
      .where('way', 'in', ['adopted', 'notAdopted', 'silent'])
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst(),

  /** Nobody waited any more; the answer that came after all is waited for again, in this very transaction. */
  async waitAgain(matter: string): Promise<void> {
    await db
      .updateTable('matter')
      .set({ step: 'adoption', end_id: null, ended_at: null })
      .where('id', '=', matter)
      .execute()
  },

  async tell(row: NewsRow): Promise<void> {
    await db.insertInto('entrustment_news').values(row).execute()
  },
  async newsOf(matters: readonly string[]) {
    if (matters.length === 0) return byMatter<NewsRow>([])
    return byMatter(
      await db
        .selectFrom('entrustment_news')
        .selectAll()
        .where('matter_id', 'in', [...matters])
        .orderBy('at')
        .orderBy('id')
        .execute(),
    )
  },
  async look(matter: string, until: Date, at: Date): Promise<void> {
    await db
      .updateTable('entrustment_news')
      .set({ seen_at: at })
      .where('matter_id', '=', matter)
      .where('at', '<=', until)
      .where('seen_at', 'is', null)
      .execute()
  },

  async asksOf(matters: readonly string[]) {
    if (matters.length === 0) return byMatter<AskRow>([])
    return byMatter(
      await db
        .selectFrom('entrustment_ask')
        .selectAll()
        .where('matter_id', 'in', [...matters])
        .orderBy('asked_at')
        .orderBy('id')
        .execute(),
    )
  },
  ask: (matter: string, id: string): Promise<AskRow | undefined> =>
    db
      .selectFrom('entrustment_ask')
      .selectAll()
      .where('id', '=', id)
      .where('matter_id', '=', matter)
      .executeTakeFirst(),
  /** False where it was asked before, or more time is being asked for already. */
  async addAsk(row: AskRow): Promise<boolean> {
    const added = await db
      .insertInto('entrustment_ask')
      .values(row)
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    return Number(added.numInsertedOrUpdatedRows ?? 0) === 1
  },
  async settle(
    id: string,
    set: Pick<AskRow, 'state'> & Partial<Pick<AskRow, 'reply' | 'files' | 'replied_at' | 'replied_name'>>,
  ): Promise<void> {
    await db.updateTable('entrustment_ask').set(set).where('id', '=', id).execute()
  },
  /** What was asked and not answered is over. */
  async close(matter: string): Promise<void> {
    await db
      .updateTable('entrustment_ask')
      .set({ state: 'over' })
      .where('matter_id', '=', matter)
      .where('state', '=', 'open')
      .execute()
  },

  /** What was missing of the enclosures when the request was received, unless the county took that back. */
  enclosures: (matter: string) =>
    db
      .selectFrom('entrustment_ask')
      .select(['words', 'state', 'replied_at'])
      .where('matter_id', '=', matter)
      .where('holds_clock', '=', true)
      .where('state', 'in', ['open', 'answered'])
      .orderBy('asked_at')
      .execute(),
  /** Annexes asked for and not there yet that the clock does not wait for. */
  wishes: (matter: string) =>
    db
      .selectFrom('entrustment_ask')
      .select('words')
      .where('matter_id', '=', matter)
      .where('kind', '=', 'annex')
      .where('holds_clock', '=', false)
      .where('state', '=', 'open')
      .execute(),
  async extended(task: string): Promise<boolean> {
    const found = await db
      .selectFrom('task_clock')
      .select('id')
      .where('task_id', '=', task)
      .where('what', '=', 'extend')
      .limit(1)
      .executeTakeFirst()
    return found !== undefined
  },

  fetched: (matter: string) =>
    db.selectFrom('entrustment_fetch').select('at').where('matter_id', '=', matter).executeTakeFirst(),
  /** False where it was fetched before. */
  async noteFetch(matter: string, by: { id: string; name: string }, at: Date): Promise<boolean> {
    const added = await db
      .insertInto('entrustment_fetch')
      .values({ matter_id: matter, at, by_id: by.id, by_name: by.name })
      .onConflict((c) => c.doNothing())
      .executeTakeFirst()
    return Number(added.numInsertedOrUpdatedRows ?? 0) === 1
  },

  /** How many of the given files the caller's organ uploaded under this matter. */
  async ownFiles(ids: readonly string[], matter: string): Promise<number> {
    if (ids.length === 0) return 0
    const { rows } = await sql<{ n: number }>`
      select count(*) as n from file
      where id = any(${[...ids]}::uuid[]) and subject_id = ${matter} and uploaded_by in (select zj_organ_mates())`.execute(
      db,
    )
    return Number(rows[0]?.n ?? 0)
  },

  async counts(): Promise<{ fresh: number; asked: number; unstated: number }> {
    const { rows } = await sql<{ fresh: number; asked: number; unstated: number }>`
      select
        (select count(distinct matter_id) from entrustment_news where seen_at is null)::int as fresh,
        (select count(distinct matter_id) from entrustment_ask where state = 'open')::int as asked,
        (select count(*) from zj_entrusted() e left join zj_entrusted_answer() a on a.id = e.id
          where e.signed_at is not null and (a.way is null or a.way = 'silent'))::int as unstated`.execute(db)
    return rows[0] ?? { fresh: 0, asked: 0, unstated: 0 }
  },
})
