import { type PartName, partCards } from '@zhijiao/contract/parts'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import { canonical } from '../core/ledger/canonical.ts'
import type { Inside } from '../core/room.ts'
import type { Filing } from './filing.ts'
import { partData } from './parts.ts'

/** What a business settled, for the group of the file where everybody looks for it. */
export interface Settled extends Omit<Filing, 'by' | 'now'> {
  readonly source: { readonly kind: 'matter' | 'leave'; readonly id: string }
  /** Staff id of whoever settled it; null: an old file, or nobody. */
  readonly by: string | null
  /** When it was settled, milliseconds UTC. */
  readonly at: number
  readonly imported?: boolean
}

/** What of two rows of a group must agree for them to tell of the same thing. */
const sameBy: Partial<Record<PartName, readonly string[]>> = {
  rewards: ['kind', 'on'],
  violations: ['kind', 'on'],
  moves: ['decidedOn'],
  leave: ['from'],
  end: [],
}

/**
 * Files what businesses settled: a row of its own that leads back to each. Filing the same again brings its row up to date
 * and adds none; a row that was typed into the file before about the same thing is taken for it. Of a person merged into
 * another nothing is filed.
 */
export async function fileSettled({ db, ledger }: Inside, house: Pick<House, 'chance'>, all: readonly Settled[]) {
  if (all.length === 0) return
  const people = new Map(
    (
      await db
        .selectFrom('person')
        .select(['id', 'org_code'])
        .where('id', 'in', [...new Set(all.map((s) => s.person))])
        .where('merged_into', 'is', null)
        .execute()
    ).map((p) => [p.id, p.org_code]),
  )
  const rows = await db
    .selectFrom('person_part')
    .selectAll()
    .where('person_id', 'in', [...people.keys(), ''].filter(Boolean))
    .where('part', 'in', [...new Set(all.map((s) => s.part))])
    .where((eb) =>
      eb.or([
        eb.and([eb('source_id', 'is', null), eb('ended_at', 'is', null)]),
        eb(
          'source_id',
          'in',
          all.map((s) => s.source.id),
        ),
      ]),
    )
    .execute()
  const typed = rows.filter((r) => r.source_id === null)
  for (const one of all) {
    const org = people.get(one.person)
    if (org === undefined) continue
    const { part, source } = one
    const data = partData(part, Object.fromEntries(Object.entries(one.data).filter(([, v]) => v !== undefined)))
    const about = {
      org,
      person: one.person,
      occurredAt: one.at,
      ...(one.imported ? { imported: true } : {}),
    }
    const there = rows.find((r) => r.source_id === source.id && r.part === part)
    if (there) {
      if (canonical(there.data) === canonical(JSON.parse(JSON.stringify(data)))) continue
      await db
        .updateTable('person_part')
        .set({ data: sql`${JSON.stringify(data)}::jsonb`, revision: there.revision + 1 })
        .where('id', '=', there.id)
        .execute()
      await ledger.append({
        ...about,
        kind: 'part.corrected',
        subject: there.id,
        payload: { part, from: there.data, to: data, source: source.id },
      })
      continue
    }
    const same = typed.findIndex(
      (r) =>
        r.person_id === one.person &&
        r.part === part &&
        sameBy[part]?.every((field) => (r.data as Settled['data'])[field] === data[field]),
    )
    const [known] = same < 0 ? [] : typed.splice(same, 1)
    if (known) {
      await db
        .updateTable('person_part')
        .set({ source_kind: source.kind, source_id: source.id, revision: known.revision + 1 })
        .where('id', '=', known.id)
        .execute()
      await ledger.append({ ...about, kind: 'part.linked', subject: known.id, payload: { part, source: source.id } })
      continue
    }
    if (partCards[part].one) await endOthers(db, one, new Date(house.chance.now()))
    const id = house.chance.id()
    await db
      .insertInto('person_part')
      .values({
        id,
        person_id: one.person,
        org_code: org,
        part,
        data: sql`${JSON.stringify(data)}::jsonb`,
        added_by: one.by,
        added_at: new Date(one.at),
        source_kind: source.kind,
        source_id: source.id,
        revision: 1,
      })
      .execute()
    await ledger.append({ ...about, kind: 'part.added', subject: id, payload: { part, data, source: source.id } })
  }
}

const endOthers = (db: ScopedDb, { person, part, by }: Settled, at: Date) =>
  db
    .updateTable('person_part')
    .set((eb) => ({ ended_at: at, ended_by: by, revision: eb('revision', '+', 1) }))
    .where('person_id', '=', person)
    .where('part', '=', part)
    .where('ended_at', 'is', null)
    .execute()

/** What was filed holds no more and was nobody's decision against it, such as an approval taken back: its row ends. */
export async function endSettled(
  { db, ledger }: Inside,
  source: string,
  by: string | null,
  at: number,
  reason: string,
) {
  const ended = await db
    .updateTable('person_part')
    .set((eb) => ({ ended_at: new Date(at), ended_by: by, revision: eb('revision', '+', 1) }))
    .where('source_id', '=', source)
    .where('ended_at', 'is', null)
    .returning(['id', 'part', 'person_id', 'org_code'])
    .execute()
  for (const { id, part, person_id, org_code } of ended)
    await ledger.append({
      kind: 'part.ended',
      org: org_code,
      person: person_id,
      subject: id,
      payload: { part, reason, source },
    })
}

/** An answer to an objection set the decision aside: its row stays, marked, and leads to the answer (IM 32). */
export async function markSetAside({ db, ledger }: Inside, source: string, objection: string, at: number) {
  const marked = await db
    .updateTable('person_part')
    .set((eb) => ({ set_aside_by: objection, set_aside_at: new Date(at), revision: eb('revision', '+', 1) }))
    .where('source_id', '=', source)
    .where('set_aside_by', 'is', null)
    .returning(['id', 'part', 'person_id', 'org_code'])
    .execute()
  for (const { id, part, person_id, org_code } of marked)
    await ledger.append({
      kind: 'part.setAside',
      org: org_code,
      person: person_id,
      subject: id,
      cites: ['PEN-10'],
      payload: { part, source, objection },
    })
}
