import { sql } from 'kysely'
import type { Db, ScopedDb } from '../core/db.ts'
import type { Json } from '../core/ledger/canonical.ts'

export interface DownloadRow {
  id: string
  staff_id: string
  org_code: string
  kind: string
  title: string
  reason: string
  wish: Json
  request: string
  state: 'waiting' | 'running' | 'ready' | 'failed' | 'expired'
  total: number
  done: number
  beat_at: Date | null
  file_name: string | null
  mime: string | null
  content: Buffer | null
  sha256: Buffer | null
  asked_at: Date
  ended_at: Date | null
  expires_at: Date
  /** How far whoever asked saw when it was made; null before it is. */
  reach: string | null
  classes: string[]
}
interface SavedRow {
  id: string
  staff_id: string
  list: string
  name: string
  conditions: Json
  saved_at: Date
}
declare module '../core/tables.ts' {
  interface Tables {
    download: DownloadRow
    saved_query: SavedRow
  }
}

/** A worker that has given no sign of life for so long is taken for dead, milliseconds. */
const silentMs = 60_000

/** Own downloads: the policy shows nobody else's. */
export const downloadStore = (db: ScopedDb) => ({
  list: async () =>
    (
      await sql<Omit<DownloadRow, 'content'> & { size: number | null }>`
        select id, staff_id, org_code, kind, title, reason, wish, request, state, total, done, beat_at, file_name, mime, sha256,
          asked_at, ended_at, expires_at, reach, classes, octet_length(content) as size
        from download order by asked_at desc, id desc limit 100`.execute(db)
    ).rows,
  one: (id: string) => db.selectFrom('download').selectAll().where('id', '=', id).executeTakeFirst(),
  open: async () =>
    (await db.selectFrom('download').select('id').where('state', 'in', ['waiting', 'running']).execute()).length,
  add: (row: Omit<DownloadRow, 'wish'> & { wish: unknown }) =>
    db
      .insertInto('download')
      .values({ ...row, wish: sql`${JSON.stringify(row.wish)}::jsonb` })
      .execute(),
})

/** The worker's side: takes one after the other, several workers never the same. */
export const downloadQueue = (db: Db) => ({
  async take(now: number): Promise<DownloadRow | undefined> {
    const { rows } = await sql<DownloadRow>`
      update download set state = 'running', beat_at = ${new Date(now)}, done = 0 where id = (
        select id from download
        where state = 'waiting' or (state = 'running' and beat_at < ${new Date(now - silentMs)})
        order by asked_at limit 1 for update skip locked)
      returning *`.execute(db)
    return rows[0]
  },
  beat: (id: string, done: number, at: number) =>
    db
      .updateTable('download')
      .set({ done, beat_at: new Date(at) })
      .where('id', '=', id)
      .execute(),
  ready: (
    id: string,
    file: Pick<DownloadRow, 'file_name' | 'mime' | 'content' | 'sha256' | 'done' | 'reach' | 'classes'>,
    at: Date,
  ) =>
    db
      .updateTable('download')
      .set({ ...file, state: 'ready', ended_at: at })
      .where('id', '=', id)
      .execute(),
  failed: (id: string, at: Date) =>
    db.updateTable('download').set({ state: 'failed', ended_at: at }).where('id', '=', id).execute(),
  /** Contents go on the day they expire; the line stays a month, so that whoever asked sees what became of it. */
  async expire(now: number): Promise<void> {
    const at = new Date(now)
    await sql`update download set state = 'expired', content = null where state = 'ready' and expires_at <= ${at}`.execute(
      db,
    )
    await sql`delete from download where expires_at < ${new Date(now - 30 * 86_400_000)}`.execute(db)
  },
  /** Whose it is, as his posts are now: what was taken from him since he asked is not exported any more. */
  async owner(id: string) {
    const staff = await db
      .selectFrom('staff')
      .select(['id', 'name', 'number', 'org_code', 'designations'])
      .where('id', '=', id)
      .where('active', '=', true)
      .executeTakeFirst()
    if (!staff) return undefined
    const roles = await db.selectFrom('staff_role').select('role').where('staff_id', '=', id).execute()
    return { ...staff, roles: roles.map((r) => r.role) }
  },
})

export const savedQueryStore = (db: ScopedDb) => ({
  list: (list: string) =>
    db.selectFrom('saved_query').selectAll().where('list', '=', list).orderBy('name').limit(100).execute(),
  async save(row: Omit<SavedRow, 'conditions'> & { conditions: unknown }): Promise<SavedRow> {
    const conditions = sql<Json>`${JSON.stringify(row.conditions)}::jsonb`
    return db
      .insertInto('saved_query')
      .values({ ...row, conditions })
      .onConflict((c) => c.columns(['staff_id', 'list', 'name']).doUpdateSet({ conditions, saved_at: row.saved_at }))
      .returningAll()
      .executeTakeFirstOrThrow()
  },
  forget: async (id: string) =>
    (await db.deleteFrom('saved_query').where('id', '=', id).returning('id').execute()).length === 1,
})
