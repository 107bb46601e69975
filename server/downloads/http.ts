import { type Download, downloads, type SavedQuery, savedQueries } from '@zhijiao/contract/downloads'
import type { Session } from '../core/auth/session.ts'
import { notFound, refuse } from '../core/refusals.ts'
import { type KeptRoom, keep, signedIn } from '../core/room.ts'
import type { Maker } from './index.ts'
import { Expired, NotReady, OtherPost, QueriesFull } from './refusals.ts'
import { type DownloadRow, downloadStore, savedQueryStore } from './store.ts'

/** Saved questions of one list and account. */
const mostSaved = 20
/** What would make the saved questions a register of persons. */
const neverSaved = new Set(['identity', 'phone'])

type Makers = Readonly<Record<string, Maker>>

/**
 * Whether a file was made for another post than the caller has now: another unit, a permission he lost, or less that he sees.
 * What somebody may keep is what he may still ask for.
 */
function forOtherPost(row: Omit<DownloadRow, 'content'>, who: Session, makers: Makers): boolean {
  const may = makers[row.kind]?.may
  return (
    row.org_code !== who.staff.org ||
    may === undefined ||
    !who.permissions.has(may) ||
    (row.reach !== null && row.reach !== who.eyes.reach) ||
    !row.classes.every((one) => who.eyes.classes.includes(one))
  )
}

const shown = (row: Omit<DownloadRow, 'content'> & { size: number | null }, withheld: boolean): Download => ({
  id: row.id,
  title: row.title,
  reason: row.reason,
  state: row.state,
  total: row.total,
  done: row.done,
  fileName: row.file_name,
  size: row.size,
  sha256: row.sha256?.toString('hex') ?? null,
  askedAt: row.asked_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  expiresAt: row.expires_at.toISOString(),
  withheld,
})
const saved = (row: { id: string; list: string; name: string; conditions: unknown; saved_at: Date }): SavedQuery => ({
  id: row.id,
  list: row.list,
  name: row.name,
  conditions: row.conditions as SavedQuery['conditions'],
  savedAt: row.saved_at.toISOString(),
})

export function downloadHandlers(makers: Makers): KeptRoom[] {
  return [
    keep(downloads, {
      list: (asked) =>
        asked.inTransaction(async ({ db }) => {
          const who = signedIn(asked)
          return { items: (await downloadStore(db).list()).map((row) => shown(row, forOtherPost(row, who, makers))) }
        }),
      content: (asked) =>
        asked.inTransaction(async ({ db }) => {
          const row = await downloadStore(db).one(asked.params.id)
          if (!row) throw notFound()
          asked.note({ reason: row.reason, rows: row.done, detail: { download: row.id } })
          if (forOtherPost(row, signedIn(asked), makers)) throw refuse(OtherPost)
          const over = row.expires_at.getTime() <= asked.circumstances.now
          if (row.state === 'expired' || (row.state === 'ready' && over)) throw refuse(Expired)
          if (row.state !== 'ready' || !row.content || !row.file_name || !row.mime)
            throw refuse(NotReady, { done: row.done, total: row.total })
          return { name: row.file_name, mime: row.mime, content: row.content }
        }),
    }),
    keep(savedQueries, {
      list: (asked) =>
        asked.inTransaction(async ({ db }) => ({
          items: (await savedQueryStore(db).list(asked.query.list)).map(saved),
        })),
      save: (asked) =>
        asked.inTransaction(async ({ db }) => {
          const { list, name, conditions } = asked.body
          const store = savedQueryStore(db)
          const there = await store.list(list)
          if (there.length >= mostSaved && !there.some((q) => q.name === name.trim()))
            throw refuse(QueriesFull, { most: mostSaved })
          return saved(
            await store.save({
              id: asked.circumstances.id(),
              staff_id: signedIn(asked).staff.id,
              list,
              name: name.trim(),
              conditions: Object.fromEntries(Object.entries(conditions).filter(([key]) => !neverSaved.has(key))),
              saved_at: new Date(asked.circumstances.now),
            }),
          )
        }),
      forget: (asked) =>
        asked.inTransaction(async ({ db }) => {
          if (!(await savedQueryStore(db).forget(asked.params.id))) throw notFound()
          return undefined
        }),
    }),
  ]
}
