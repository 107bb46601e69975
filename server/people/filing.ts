import { type PartName, partCards } from '@zhijiao/contract/parts'
import type { House } from '../core/house.ts'
import type { Json } from '../core/ledger/canonical.ts'
import type { Inside } from '../core/room.ts'
import { keepingOf } from './keeping.ts'
import { addPart } from './parts.ts'

export interface Filing {
  readonly person: string
  readonly part: PartName
  readonly data: { readonly [field: string]: Json | undefined }
  /** Staff id of whoever did what is filed. */
  readonly by: string
  /** Milliseconds UTC. */
  readonly now: number
}

/**
 * Files what a business brought (一人一档): the group's own row, as if it had been typed into the file. Of a group that
 * holds one row only, what is not said again stays as it was. Answers the id of the row.
 */
export async function fileAway(inside: Inside, house: House, filing: Filing): Promise<string> {
  const { person, part, by, now } = filing
  const before = partCards[part].one
    ? await inside.db
        .selectFrom('person_part')
        .select('data')
        .where('person_id', '=', person)
        .where('part', '=', part)
        .where('ended_at', 'is', null)
        .executeTakeFirst()
    : undefined
  const given = Object.entries(filing.data).filter(([, value]) => value !== undefined)
  const data = { ...((before?.data as object | undefined) ?? {}), ...Object.fromEntries(given) }
  const at = { now, id: () => house.chance.id() }
  return (await addPart(inside, keepingOf(house.vault), person, { part, data }, by, at)).id
}

/** Ends the rows of a group that new ones replace. */
export async function clearAway(
  { db }: Inside,
  person: string,
  part: PartName,
  by: string,
  now: number,
): Promise<void> {
  await db
    .updateTable('person_part')
    .set((eb) => ({ ended_at: new Date(now), ended_by: by, revision: eb('revision', '+', 1) }))
    .where('person_id', '=', person)
    .where('part', '=', part)
    .where('ended_at', 'is', null)
    .execute()
}
