/** Files (附件、电子证据): hashed on arrival, seen by whoever sees the person or the unit they belong to. */
import { Id, Instant, Note, OrgCode, Text } from './common.ts'
import { model, Nullable, promises, type Static, Type } from './kernel.ts'

/** What is taken in, by magic bytes; the name's ending and the browser's word for it count for nothing. */
export const fileMimes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'application/pdf',
  'video/mp4',
  'audio/mp4',
  'audio/mpeg',
  'audio/wav',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
] as const

export const FileCard = model('FileCard', {
  id: Id,
  org: OrgCode,
  person: Nullable(Id),
  /** The row it belongs to: an alarm, a task, a leave … */
  subject: Nullable(Id),
  name: Type.String(),
  mime: Type.String(),
  size: Type.Integer({ description: 'Bytes' }),
  sha256: Type.String({ description: 'Hex, taken when the file arrived' }),
  note: Type.String(),
  takenAt: Nullable(Instant),
  uploadedBy: Nullable(Type.Object({ id: Id, name: Type.String() })),
  uploadedAt: Instant,
})
export type FileCard = Static<typeof FileCard>

/** Text fields of an upload form. At least one of `person` and `subject` says where the file belongs. */
export const FileWords = Type.Object({
  id: Type.Optional(
    Type.String({ format: 'uuid', description: 'Chosen by the caller: the same file sent twice is kept once' }),
  ),
  person: Type.Optional(Id),
  subject: Type.Optional(Id),
  note: Type.Optional(Note(500)),
  /** When the photo or recording was taken, by the officer's word. */
  takenAt: Type.Optional(Instant),
})

export const files = promises('files', {
  list: {
    get: '/api/files',
    says: 'Files of one subject or one person, newest first.',
    query: Type.Object({ subject: Type.Optional(Id), person: Type.Optional(Id) }, { additionalProperties: false }),
    answers: Type.Array(FileCard),
    may: 'file.see',
    audits: 'view',
  },
  upload: {
    post: '/api/files',
    says: 'Takes in one file of at most 20 MB and hashes it before it is kept.',
    body: FileWords,
    upload: true,
    answers: FileCard,
    may: 'file.upload',
    audits: 'write',
    refuses: ['ZJ_FILE_KIND_UNKNOWN', 'ZJ_FILE_EMPTY', 'ZJ_FILE_HOMELESS', 'ZJ_FILE_ID', 'ZJ_TOO_LARGE'],
  },
  get: {
    get: '/api/files/:id',
    says: 'What is known of one file, its hash above all.',
    answers: FileCard,
    may: 'file.see',
    audits: 'view',
  },
  content: {
    get: '/api/files/:id/content',
    says: 'The bytes of a file. Every download is audited.',
    query: Type.Object(
      { inline: Type.Optional(Type.Boolean()), reason: Type.Optional(Text(200)) },
      { additionalProperties: false },
    ),
    answers: 'file',
    may: 'file.see',
    audits: 'export',
  },
})
