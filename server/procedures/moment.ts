import { legalDayOf } from '@zhijiao/law/civil-date'
import { lawFor } from '../core/circumstances.ts'
import { announce } from '../core/live.ts'
import { notFound } from '../core/refusals.ts'
import type { Form } from './form.ts'
import { originIn, originOf, originWished } from './origin.ts'
import type { Moment, Person, Weighing } from './practice.ts'
import { formsOf } from './standing.ts'
import type { MatterRow, PassageRow } from './store.ts'
import type { Actor, Wish, Work } from './work.ts'

export async function personOf({ db }: Work, id: string | null | undefined): Promise<Person | null> {
  return id ? await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirstOrThrow(notFound) : null
}

/** What a practice may look at. `elsewhere` is the other county of a matter that is under way. */
export async function weighing(
  work: Work,
  wish: Omit<Wish, 'id'>,
  form: Form,
  by: Actor,
  elsewhere: string | null = null,
): Promise<Weighing> {
  const { db, house, store } = work
  // The other county of a matter has it in hand without a file of the person.
  const person = await personOf(work, wish.person).catch((error) => {
    if (elsewhere && by.unit.startsWith(elsewhere)) return null
    throw error
  })
  const org = person?.org_code ?? wish.org ?? by.unit
  const now = house.chance.now()
  const origin = originWished(wish)
  return {
    db,
    house,
    person,
    org,
    form,
    now,
    today: legalDayOf(now),
    law: await lawFor(house, org, now),
    cause: wish.cause ? ((await store.find(wish.cause)) ?? null) : null,
    origin: origin ? await originOf(db, origin) : null,
    by,
  }
}

/** A passage about to be made from `row`, with everything filled in before it. */
export async function momentOf(
  work: Work,
  row: MatterRow,
  form: Form,
  passages: readonly PassageRow[],
  by: Actor,
  note: string,
): Promise<Moment> {
  const base = await weighing(
    work,
    { kind: row.kind, person: row.person_id, org: row.org_code, form, cause: row.cause_id, origin: originIn(row) },
    form,
    by,
    row.other_org,
  )
  const { person } = base
  return {
    ...base,
    org: row.org_code,
    ledger: work.ledger,
    matter: row,
    forms: formsOf(row, passages),
    note,
    apart: {},
    async start(kind, begun, { person = row.person_id, org = row.org_code } = {}) {
      const { id } = await work.begin({ kind, form: begun, cause: row.id, person, org }, by)
      return id
    },
    async changePerson(set) {
      if (person) await changePerson(work, row, person, set)
    },
  }
}

type Changes = Parameters<Moment['changePerson']>[0]

/** Changes the row of the person and `person` with it; the ledger says which business changed what. */
async function changePerson({ db, ledger, house }: Work, row: MatterRow, person: Person, set: Changes): Promise<void> {
  await db
    .updateTable('person')
    .set((eb) => ({ ...set, updated_at: new Date(house.chance.now()), revision: eb('revision', '+', 1) }))
    .where('id', '=', person.id)
    .execute()
  // Only columns that `set` may name are read from it, and those are text or marks.
  const before = person as unknown as Record<string, string | boolean | null>
  await ledger.append({
    kind: 'person.changedBy',
    org: person.org_code,
    person: person.id,
    subject: row.id,
    payload: {
      by: row.kind,
      changes: Object.fromEntries(
        Object.entries(set).map(([field, to]) => [field, { from: before[field] ?? null, to: to ?? null }]),
      ),
    },
  })
  Object.assign(person, set)
  await announce(db, { topic: 'person', id: person.id, org: person.org_code, person: person.id, what: 'changed' })
}
