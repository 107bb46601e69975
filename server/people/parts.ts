import type { AnswerOf, SpecOf } from '@zhijiao/contract/kernel'
import { isPartName, type PartName, partCards } from '@zhijiao/contract/parts'
import type { people } from '@zhijiao/contract/people'
import { maskAddress } from '@zhijiao/law/address'
import { maskIdentity, maskPhone } from '@zhijiao/law/identity'
import type { Law } from '@zhijiao/law/in-force'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { strictParser } from '../core/http/validation.ts'
import type { Json } from '../core/ledger/canonical.ts'
import { refuseUnknownLevel } from '../core/levels.ts'
import { Changed, notFound, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { refuseMerged } from './change.ts'
import type { Keeping } from './keeping.ts'
import { PartIdTaken } from './refusals.ts'
import { personStore } from './store.ts'
import { unmasked } from './unmasked.ts'

type PartRow = AnswerOf<SpecOf<(typeof people)['addPart']>>
type Data = { readonly [field: string]: Json | undefined }

const parsers = new Map(Object.entries(partCards).map(([name, card]) => [name, strictParser(card.schema)]))

/** Checks a row against the schema of its group; a fault names `data.<field>`. */
export function partData(part: PartName, data: unknown): Data {
  try {
    return parsers.get(part)?.(data) as Data
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Refusal(
      error.kind,
      error.data,
      error.fields.map((f) => ({ ...f, path: f.path ? `data.${f.path}` : 'data' })),
    )
  }
}

/** A level that somebody writes into the file must be one of the place; of an old file also one that was. */
export function refuseUnknownLevelIn(
  part: PartName,
  data: Readonly<Record<string, unknown>>,
  law: Law,
  given: { former?: boolean } = {},
): void {
  if (part === 'levels') refuseUnknownLevel(law, data.level, 'data.level', given)
}

type MaskedAs = 'phone' | 'identity' | 'address'
/** Fields of a group that are shown masked, and how. */
export const maskedFields: Readonly<Record<PartName, readonly { field: string; as: MaskedAs }[]>> = Object.fromEntries(
  Object.entries(partCards).map(([name, card]) => [
    name,
    Object.entries(card.schema.properties).flatMap(([field, schema]) => {
      const as = maskOf(schema)
      return as ? [{ field, as }] : []
    }),
  ]),
) as unknown as Record<PartName, readonly { field: string; as: MaskedAs }[]> // fromEntries forgets the keys

function maskOf(schema: unknown): MaskedAs | null {
  const { 'x-masked': own, anyOf } = schema as { 'x-masked'?: unknown; anyOf?: readonly { 'x-masked'?: unknown }[] }
  const found = own ?? anyOf?.find((s) => s['x-masked'])?.['x-masked']
  return found === 'phone' || found === 'identity' || found === 'address' ? found : null
}
const masks = { phone: maskPhone, identity: maskIdentity, address: maskAddress } as const
const mask = (as: MaskedAs, value: string) => masks[as](value)

function masked(part: PartName, data: Data): Data {
  const out: Record<string, Json | undefined> = { ...data }
  for (const { field, as } of maskedFields[part]) {
    const value = data[field]
    if (typeof value === 'string') out[field] = mask(as, value)
  }
  return out
}

/** The row as it was typed, with what stands where its mask came back. */
export function unmaskedPart(
  part: PartName,
  given: Readonly<Record<string, unknown>>,
  stands: Data = {},
): Record<string, unknown> {
  const out: Record<string, unknown> = { ...given }
  for (const { field, as } of maskedFields[part]) {
    const before = stands[field]
    out[field] = unmasked(`data.${field}`, given[field], typeof before === 'string' ? before : null, masks[as])
    if (out[field] === undefined) delete out[field]
  }
  return out
}

interface Stored {
  id: string
  part: string
  data: Json
  added_at: Date
  ended_at: Date | null
  revision: number
  source_kind: 'matter' | 'leave' | null
  source_id: string | null
  set_aside_by: string | null
  set_aside_at: Date | null
  added_by_name: string | null
  matter_kind: string | null
}
const sourceOf = ({ source_kind, source_id, matter_kind }: Stored): PartRow['source'] =>
  source_id && source_kind === 'leave'
    ? { what: 'leave', id: source_id, kind: 'leave' }
    : source_id && matter_kind
      ? { what: 'matter', id: source_id, kind: matter_kind }
      : null
const shownPart = (row: Stored): PartRow[] => {
  if (!isPartName(row.part)) return []
  return [
    {
      id: row.id,
      part: row.part,
      data: masked(row.part, row.data as Data),
      addedBy: row.added_by_name,
      addedAt: row.added_at.toISOString(),
      endedAt: row.ended_at?.toISOString() ?? null,
      source: sourceOf(row),
      setAside:
        row.set_aside_by && row.set_aside_at
          ? { objection: row.set_aside_by, at: row.set_aside_at.toISOString() }
          : null,
      revision: row.revision,
    },
  ]
}

const stored = (db: ScopedDb) =>
  db
    .selectFrom('person_part')
    .leftJoin('staff', 'staff.id', 'person_part.added_by')
    .leftJoin('matter', 'matter.id', 'person_part.source_id')
    .selectAll('person_part')
    .select(['staff.name as added_by_name', 'matter.kind as matter_kind'])

export async function listParts(
  { db }: Inside,
  keeping: Keeping,
  id: string,
  { part, ended }: { part?: PartName; ended?: boolean },
): Promise<PartRow[]> {
  const store = personStore(db, keeping)
  await store.get(id)
  const family = await store.family(id)
  let query = stored(db)
    .where(
      'person_part.person_id',
      'in',
      family.map((f) => f.id),
    )
    .orderBy('person_part.added_at', 'desc')
    .orderBy('person_part.id', 'desc')
    .limit(1000)
  if (part) query = query.where('person_part.part', '=', part)
  if (!ended) query = query.where('person_part.ended_at', 'is', null)
  return (await query.execute()).flatMap(shownPart)
}

/** Masked values in clear, for a reveal with its reason. */
export async function clearParts({ db }: Inside, ids: readonly string[]) {
  const rows = await db
    .selectFrom('person_part')
    .select(['id', 'part', 'data'])
    .where('person_id', 'in', [...ids])
    .where('ended_at', 'is', null)
    .execute()
  return rows.flatMap((row) =>
    isPartName(row.part)
      ? maskedFields[row.part].flatMap(({ field }) => {
          const value = (row.data as Data)[field]
          return typeof value === 'string' && value ? [{ id: row.id, field, value }] : []
        })
      : [],
  )
}

export async function addPart(
  { db, ledger }: Inside,
  keeping: Keeping,
  id: string,
  wish: { id?: string; part: PartName; data: unknown; occurredAt?: string },
  by: string,
  circumstances: Pick<Circumstances, 'now' | 'id'>,
): Promise<PartRow> {
  const data = partData(wish.part, wish.data)
  const store = personStore(db, keeping)
  const person = await store.hold(id)
  const known = wish.id ? await partIn(db, id, wish.id) : undefined
  // Sent twice is added once, whatever became of the row since.
  if (known?.part === wish.part) return known
  await refuseMerged(store, person)
  const now = new Date(circumstances.now)
  if (partCards[wish.part].one)
    await db
      .updateTable('person_part')
      .set({ ended_at: now, ended_by: by, revision: sql<number>`revision + 1` })
      .where('person_id', '=', id)
      .where('part', '=', wish.part)
      .where('ended_at', 'is', null)
      .execute()
  const partId = wish.id ?? circumstances.id()
  const { numInsertedOrUpdatedRows: added } = await db
    .insertInto('person_part')
    .values({
      id: partId,
      person_id: id,
      org_code: person.org_code,
      part: wish.part,
      data: sql`${JSON.stringify(data)}::jsonb`,
      added_by: by,
      added_at: now,
      revision: 1,
    })
    .onConflict((c) => c.doNothing())
    .executeTakeFirst()
  if (!added) throw refuse(PartIdTaken)
  await ledger.append({
    kind: 'part.added',
    org: person.org_code,
    person: id,
    subject: partId,
    ...(wish.occurredAt ? { occurredAt: Date.parse(wish.occurredAt) } : {}),
    payload: { part: wish.part, data: masked(wish.part, data) },
  })
  return onePart(db, partId)
}

async function onePart(db: ScopedDb, id: string): Promise<PartRow> {
  const [row] = shownPart(await stored(db).where('person_part.id', '=', id).executeTakeFirstOrThrow(notFound))
  if (!row) throw notFound()
  return row
}

/** A row of this very person by its id; undefined where there is none. */
async function partIn(db: ScopedDb, personId: string, id: string): Promise<PartRow | undefined> {
  const row = await stored(db)
    .where('person_part.id', '=', id)
    .where('person_part.person_id', '=', personId)
    .executeTakeFirst()
  return row && shownPart(row)[0]
}

/** Holds a row of the file that is still open. */
async function holdPart(db: ScopedDb, personId: string, id: string) {
  const row = await db
    .selectFrom('person_part')
    .selectAll()
    .where('id', '=', id)
    .where('person_id', '=', personId)
    .where('ended_at', 'is', null)
    .forUpdate()
    .executeTakeFirstOrThrow(notFound)
  if (!isPartName(row.part)) throw notFound()
  return { ...row, part: row.part, data: row.data as Data }
}

export async function changePart(
  { db, ledger }: Inside,
  keeping: Keeping,
  personId: string,
  id: string,
  wish: { revision: number; data: Readonly<Record<string, unknown>> },
  law: Law,
): Promise<PartRow> {
  const store = personStore(db, keeping)
  await refuseMerged(store, await store.hold(personId))
  const row = await holdPart(db, personId, id)
  if (row.revision !== wish.revision) throw refuse(Changed, { revision: row.revision, ...(await store.lastHand(id)) })
  const data = partData(row.part, unmaskedPart(row.part, wish.data, row.data))
  if (data.level !== row.data.level) refuseUnknownLevelIn(row.part, data, law)
  await db
    .updateTable('person_part')
    .set({ data: sql`${JSON.stringify(data)}::jsonb`, revision: row.revision + 1 })
    .where('id', '=', id)
    .execute()
  await ledger.append({
    kind: 'part.corrected',
    org: row.org_code,
    person: personId,
    subject: id,
    payload: { part: row.part, from: masked(row.part, row.data), to: masked(row.part, data) },
  })
  return onePart(db, id)
}

export async function endPart(
  { db, ledger }: Inside,
  keeping: Keeping,
  personId: string,
  id: string,
  wish: { reason: string },
  by: string,
  circumstances: Circumstances,
): Promise<PartRow> {
  const store = personStore(db, keeping)
  await refuseMerged(store, await store.hold(personId))
  const row = await holdPart(db, personId, id)
  await db
    .updateTable('person_part')
    .set({ ended_at: new Date(circumstances.now), ended_by: by, revision: row.revision + 1 })
    .where('id', '=', id)
    .execute()
  await ledger.append({
    kind: 'part.ended',
    org: row.org_code,
    person: personId,
    subject: id,
    payload: { part: row.part, reason: wish.reason },
  })
  return onePart(db, id)
}
