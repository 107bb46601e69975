/**
 * Short messages (短信) about a document: the person is told that a paper waits for him. A message serves nothing; service
 * is recorded under delivery.
 */
import { Id, Instant, Said, Text } from './common.ts'
import { model, Nullable, OneOf, promises, Type } from './kernel.ts'

export const noticeStates = ['queued', 'sent', 'failed'] as const

const Notice = model('Notice', {
  id: Id,
  /** The number with all but its last four digits covered. */
  to: Type.String(),
  text: Type.String(),
  state: OneOf(noticeStates),
  tries: Type.Integer(),
  askedAt: Instant,
  askedBy: Type.String(),
  sentAt: Nullable(Instant),
  fault: Nullable(Said),
})

const Notices = model('Notices', {
  on: Type.Boolean({ description: 'Whether this installation is connected to a gateway of short messages' }),
  to: Nullable(Type.String({ description: 'The number on file, covered; null where the file has none' })),
  suggested: Type.String({ description: 'A text that names no paper and no case' }),
  items: Type.Array(Notice),
})

export const notices = promises('notices', {
  list: {
    get: '/api/documents/:id/notices',
    says: 'Short messages about a document, the latest first, and whether one can be sent.',
    answers: Notices,
    may: 'document.see',
    audits: 'view',
  },
  send: {
    post: '/api/documents/:id/notices',
    says: 'Sends a short message to the number on file. The same id again sends nothing more. It is tried again for about three hours.',
    body: Type.Object({ id: Id, text: Text(200) }, { additionalProperties: false }),
    answers: Notices,
    may: 'document.deliver',
    audits: 'write',
    refuses: [
      'ZJ_DOCUMENT_NOT_ISSUED',
      'ZJ_DOCUMENT_VOID',
      'ZJ_NOTICE_OFF',
      'ZJ_NOTICE_NO_PHONE',
      'ZJ_NOTICE_OFTEN',
      'ZJ_NOTICE_PERSONAL',
    ],
  },
})
