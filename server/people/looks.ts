import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import { NoReason, notFound, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { LookNotNeeded } from './refusals.ts'
import './tables.ts'

/** A superior opens one file by its exact number; the file itself records it, so the county and later the person see it. */
export async function openLook(
  { db, ledger }: Inside,
  wish: { number: string; reason: string },
  who: Session,
  minutes: number,
  circumstances: Circumstances,
): Promise<{ person: string; number: string; until: string }> {
  if (who.eyes.reach !== 'counts') throw refuse(LookNotNeeded)
  const reason = wish.reason.trim()
  if (reason.length < 4) throw refuse(NoReason)
  const number = wish.number.trim()
  const now = new Date(circumstances.now)
  const until = new Date(circumstances.now + minutes * 60_000)
  const { rows } = await sql<{ person: string | null }>`
    select zj_look(${circumstances.id()}::uuid, ${number}, ${reason}, ${now}, ${until}) as person`.execute(db)
  const person = rows[0]?.person
  if (!person) throw notFound()
  const row = await db
    .selectFrom('person')
    .select('org_code')
    .where('id', '=', person)
    .executeTakeFirstOrThrow(notFound)
  await ledger.append({
    kind: 'person.lookedAt',
    org: row.org_code,
    person,
    subject: person,
    payload: { reason, by: who.staff.name, unit: who.staff.org, until: until.toISOString() },
  })
  return { person, number, until: until.toISOString() }
}

/** The look that lets the caller read a file now; the database asks the same again on every row. */
export async function refuseWithoutLook({ db }: Inside, personId: string, who: Session, now: number): Promise<void> {
  await db
    .selectFrom('look')
    .select('id')
    .where('staff_id', '=', who.staff.id)
    .where('person_id', '=', personId)
    .where('until', '>', new Date(now))
    .executeTakeFirstOrThrow(notFound)
}

export async function openLooks({ db }: Inside, who: Session, now: number) {
  const rows = await db
    .selectFrom('look')
    .innerJoin('person', 'person.id', 'look.person_id')
    .select(['person.id', 'person.number', 'look.reason', 'look.until'])
    .where('look.staff_id', '=', who.staff.id)
    .where('look.until', '>', new Date(now))
    .orderBy('look.until', 'desc')
    .limit(100)
    .execute()
  return rows.map((r) => ({ person: r.id, number: r.number, reason: r.reason, until: r.until.toISOString() }))
}
