import { createHash } from 'node:crypto'
import { type FileCard, files } from '@zhijiao/contract/files'
import { sql } from 'kysely'
import type { ScopedDb } from './db.ts'
import { Damaged, Empty, Homeless, IdTaken, KindUnknown } from './files/refusals.ts'
import { sniff } from './files/sniff.ts'
import type { House } from './house.ts'
import type { Ledger } from './ledger/append.ts'
import { announce } from './live/announce.ts'
import { notFound, refuse } from './refusals.ts'
import { keep, type Room, signedIn, type UploadedFile } from './room.ts'

declare module './tables.ts' {
  interface Tables {
    file: FileRow
    file_content: { file_id: string; content: Buffer }
  }
}

interface FileRow {
  id: string
  org_code: string
  person_id: string | null
  subject_id: string | null
  name: string
  mime: string
  size: number
  sha256: Buffer
  note: string | null
  taken_at: Date | null
  uploaded_by: string | null
  uploaded_at: Date
}

/** Where a file belongs. */
export interface FileHome {
  readonly org: string
  readonly person: string | null
  readonly subject: string | null
  readonly note?: string
  /** ISO 8601, by the uploader's word. */
  readonly takenAt?: string
  readonly by: string | null
  /** Chosen by the caller: the same file for the same home is kept once. */
  readonly id?: string
}

/**
 * Files inside one transaction: what they are is read from their bytes, their SHA-256 is taken before they are kept and
 * enters the ledger with them.
 */
export function filesIn(db: ScopedDb, house: Pick<House, 'chance'>, ledger: Ledger) {
  const { chance } = house
  const cards = () =>
    db
      .selectFrom('file')
      .selectAll()
      .select(sql<string | null>`zj_staff_name(uploaded_by)`.as('by_name'))
      .orderBy('uploaded_at', 'desc')
      .orderBy('id', 'desc')

  return {
    async add(upload: UploadedFile, home: FileHome): Promise<FileCard> {
      if (upload.content.length === 0) throw refuse(Empty)
      const mime = sniff(upload.content)
      if (!mime) throw refuse(KindUnknown)
      const sha256 = createHash('sha256').update(upload.content).digest()
      const row: FileRow = {
        id: home.id ?? chance.id(),
        org_code: home.org,
        person_id: home.person,
        subject_id: home.subject,
        name: plainName(upload.name),
        mime,
        size: upload.content.length,
        sha256,
        note: home.note ?? null,
        taken_at: home.takenAt === undefined ? null : new Date(home.takenAt),
        uploaded_by: home.by,
        uploaded_at: new Date(chance.now()),
      }
      const { numInsertedOrUpdatedRows: kept } = await db
        .insertInto('file')
        .values(row)
        .onConflict((c) => c.doNothing())
        .executeTakeFirst()
      if (!kept) return this.sentBefore(row)
      // Nobody puts a file where he would not see it: to a matter that is kept from him.
      const card = await this.card(row.id)
      await db.insertInto('file_content').values({ file_id: row.id, content: upload.content }).execute()
      await ledger.append({
        kind: 'file.received',
        org: home.org,
        person: home.person,
        subject: home.subject ?? row.id,
        payload: { file: row.id, sha256: sha256.toString('hex'), size: row.size, mime, takenAt: home.takenAt ?? null },
      })
      await announce(db, { topic: 'file', id: row.id, org: home.org, person: home.person, what: 'received' })
      return card
    },

    /** What is kept under an id that was chosen, if it is the same file of the same home by the same hand. */
    async sentBefore(row: FileRow): Promise<FileCard> {
      const known = await cards().where('id', '=', row.id).executeTakeFirst()
      const same =
        known?.sha256.equals(row.sha256) &&
        known.person_id === row.person_id &&
        known.subject_id === row.subject_id &&
        known.uploaded_by === row.uploaded_by
      if (!known || !same) throw refuse(IdTaken)
      return shown(known)
    },

    async card(id: string): Promise<FileCard> {
      const row = await cards().where('id', '=', id).executeTakeFirstOrThrow(notFound)
      return shown(row)
    },

    /** Files of a subject or person the caller may see, newest first. */
    async of({ subject, person }: { subject?: string; person?: string }): Promise<FileCard[]> {
      if (!subject && !person) return []
      const rows = await cards()
        .where((eb) =>
          eb.and([
            ...(subject ? [eb('subject_id', '=', subject)] : []),
            ...(person ? [eb('person_id', '=', person)] : []),
          ]),
        )
        .limit(500)
        .execute()
      return rows.map(shown)
    },

    /** The bytes, compared with the hash of their arrival before they leave. */
    async content(id: string): Promise<Buffer> {
      const { content, sha256 } = await db
        .selectFrom('file')
        .innerJoin('file_content', 'file_content.file_id', 'file.id')
        .select(['content', 'sha256'])
        .where('file.id', '=', id)
        .executeTakeFirstOrThrow(notFound)
      if (!createHash('sha256').update(content).digest().equals(sha256)) throw refuse(Damaged)
      return content
    },
  }
}

/** Kinds that a browser may show without saving; none of them can carry a script. */
const shownInline = new Set([
  'image/jpeg',
  'image/png',
  'image/webp',
  'video/mp4',
  'audio/mp4',
  'audio/mpeg',
  'audio/wav',
])

/** The room of files. */
export function filesRoom(house: House): Room {
  return {
    http: [
      keep(files, {
        list: (asked) =>
          asked.inTransaction(async ({ db, ledger }) => {
            const found = await filesIn(db, house, ledger).of(asked.query)
            asked.note({ person: asked.query.person ?? found[0]?.person ?? null, rows: found.length })
            return found
          }),
        upload: (asked) =>
          asked.inTransaction(async ({ db, ledger }) => {
            const { id, person, subject, note, takenAt } = asked.body
            const { staff } = signedIn(asked)
            if (!asked.file || (!person && !subject)) throw refuse(Homeless)
            const home = { ...(await homeOf(db, person, subject, staff.org)), note, takenAt, by: staff.id, id }
            const card = await filesIn(db, house, ledger).add(asked.file, home)
            asked.note({ person: card.person, detail: { file: card.id, sha256: card.sha256 } })
            return card
          }),
        get: (asked) =>
          asked.inTransaction(async ({ db, ledger }) => {
            const card = await filesIn(db, house, ledger).card(asked.params.id)
            asked.note({ person: card.person })
            return card
          }),
        content: (asked) =>
          asked.inTransaction(async ({ db, ledger }) => {
            const kept = filesIn(db, house, ledger)
            const card = await kept.card(asked.params.id)
            asked.note({ person: card.person, detail: { file: card.id, sha256: card.sha256 } })
            return {
              name: card.name,
              mime: card.mime,
              content: await kept.content(card.id),
              inline: asked.query.inline === true && shownInline.has(card.mime),
            }
          }),
      }),
    ],
  }
}

/** The unit a file belongs to: the person's, or the task's it was sent for; else the uploader's own. */
async function homeOf(
  db: ScopedDb,
  person: string | undefined,
  subject: string | undefined,
  own: string,
): Promise<{ org: string; person: string | null; subject: string | null }> {
  if (person) {
    const { rows } = await sql<{ org_code: string }>`select org_code from person where id = ${person}::uuid`.execute(db)
    const found = rows[0]
    if (!found) throw notFound()
    return { org: found.org_code, person, subject: subject ?? null }
  }
  const task = await db
    .selectFrom('task')
    .select(['org_code', 'person_id'])
    .where('subject_id', '=', subject ?? '')
    .executeTakeFirst()
  return { org: task?.org_code ?? own, person: task?.person_id ?? null, subject: subject ?? null }
}

/** A name without folders or control characters: it is shown to people and written into export folders. */
function plainName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? ''
  return (
    last
      .replace(/\p{Cc}/gu, '')
      .trim()
      .slice(0, 120) || 'file'
  )
}

function shown(row: FileRow & { by_name: string | null }): FileCard {
  return {
    id: row.id,
    org: row.org_code,
    person: row.person_id,
    subject: row.subject_id,
    name: row.name,
    mime: row.mime,
    size: row.size,
    sha256: row.sha256.toString('hex'),
    note: row.note ?? '',
    takenAt: row.taken_at?.toISOString() ?? null,
    uploadedBy: row.uploaded_by ? { id: row.uploaded_by, name: row.by_name ?? '' } : null,
    uploadedAt: row.uploaded_at.toISOString(),
  }
}
