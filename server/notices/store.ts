import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'

export interface NoticeRow {
  id: string
  org_code: string
  person_id: string
  subject_id: string
  text: string
  phone_tail: string
  state: 'queued' | 'sent' | 'failed'
  tries: number
  next_at: Date
  fault: string | null
  sent_at: Date | null
  asked_by: string | null
  asked_name: string
  asked_at: Date
}

declare module '../core/tables.ts' {
  interface Tables {
    notice: NoticeRow
  }
}

export const noticeStore = (db: ScopedDb) => ({
  about: (subject: string): Promise<NoticeRow[]> =>
    db.selectFrom('notice').selectAll().where('subject_id', '=', subject).orderBy('asked_at', 'desc').execute(),

  sentSince: async (subject: string, since: Date): Promise<number> =>
    Number(
      (
        await db
          .selectFrom('notice')
          .select((e) => e.fn.countAll().as('n'))
          .where('subject_id', '=', subject)
          .where('asked_at', '>=', since)
          .executeTakeFirstOrThrow()
      ).n,
    ),

  /** False: it was asked for before under the same id. */
  add: async (row: Omit<NoticeRow, 'state' | 'tries' | 'fault' | 'sent_at'>): Promise<boolean> =>
    (await db
      .insertInto('notice')
      .values({ ...row, state: 'queued', tries: 0, fault: null, sent_at: null })
      .onConflict((c) => c.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()) !== undefined,

  /** The next message that is due, taken so that no other worker has it. */
  due: (now: Date): Promise<NoticeRow | undefined> =>
    db
      .selectFrom('notice')
      .selectAll()
      .where('state', '=', 'queued')
      .where('next_at', '<=', now)
      .orderBy('next_at')
      .limit(1)
      .forUpdate()
      .skipLocked()
      .executeTakeFirst(),

  tried: (id: string, set: Pick<NoticeRow, 'state' | 'next_at' | 'fault' | 'sent_at'>) =>
    db
      .updateTable('notice')
      .set({ ...set, tries: sql<number>`tries + 1` })
      .where('id', '=', id)
      .execute(),
})
