/** The download centre (下载中心) and the questions an officer keeps (常用查询): what belongs to one account and follows it. */
import { Id, Instant, Note, Text } from './common.ts'
import { model, Nullable, OneOf, promises, type Static, Type } from './kernel.ts'

/** Rows that an export answers at once; a larger one is made in the background. */
export const exportAtOnce = 5000
/** Days a finished file is kept. */
export const downloadDays = 7

export const downloadStates = ['waiting', 'running', 'ready', 'failed', 'expired'] as const
export const Download = model('Download', {
  id: Id,
  title: Type.String(),
  reason: Type.String(),
  state: OneOf(downloadStates),
  total: Type.Integer({ description: 'Rows asked for' }),
  done: Type.Integer({ description: 'Rows written so far' }),
  fileName: Nullable(Type.String()),
  size: Nullable(Type.Integer({ description: 'Bytes' })),
  sha256: Nullable(Type.String()),
  askedAt: Instant,
  endedAt: Nullable(Instant),
  expiresAt: Instant,
  withheld: Type.Boolean({
    description: 'Made for a post or unit the caller no longer has: its content is not handed out any more',
  }),
})
export type Download = Static<typeof Download>

export const downloads = promises('downloads', {
  list: {
    get: '/api/downloads',
    says: 'Own exports that run or ran in the background, newest first.',
    answers: model('Downloads', { items: Type.Array(Download) }),
    may: 'signedIn',
  },
  content: {
    get: '/api/downloads/:id/content',
    says: 'The finished file; to whoever asked for it and nobody else, in the post and unit that he asked from.',
    answers: 'file',
    may: 'signedIn',
    audits: 'export',
    refuses: ['ZJ_DOWNLOAD_NOT_READY', 'ZJ_DOWNLOAD_EXPIRED', 'ZJ_DOWNLOAD_OTHER_POST'],
  },
})

export const SavedQuery = model('SavedQuery', {
  id: Id,
  list: Type.String(),
  name: Type.String(),
  conditions: Type.Record(Type.String(), Type.Unknown()),
  savedAt: Instant,
})
export type SavedQuery = Static<typeof SavedQuery>

export const savedQueries = promises('savedQueries', {
  list: {
    get: '/api/saved-queries',
    says: 'Own saved questions of a list.',
    query: Type.Object({ list: Text(40) }),
    answers: model('SavedQueries', { items: Type.Array(SavedQuery) }),
    may: 'signedIn',
  },
  save: {
    put: '/api/saved-queries',
    says: 'Keeps the conditions of a list under a name; the same name replaces. Identity number and phone are never kept.',
    body: model('SavedQueryWish', {
      list: Text(40),
      name: Type.String({ minLength: 1, maxLength: 30, pattern: '\\S' }),
      conditions: Type.Record(
        Type.String({ maxLength: 40 }),
        Type.Union([
          Note(60),
          Type.Number(),
          Type.Boolean(),
          Type.Array(Type.Union([Note(60), Type.Number()]), { maxItems: 60 }),
        ]),
      ),
    }),
    answers: SavedQuery,
    may: 'signedIn',
    refuses: ['ZJ_SAVED_QUERY_FULL'],
  },
  forget: {
    delete: '/api/saved-queries/:id',
    says: 'Forgets one of the own saved questions.',
    answers: 'nothing',
    may: 'signedIn',
  },
})
