import type { DayTrack } from '@zhijiao/contract/positions'
import { isCivilDate } from '@zhijiao/law/civil-date'
import { may, needsReason } from '@zhijiao/law/permissions'
import { isRole } from '@zhijiao/law/roles'
import type { Session } from '../core/auth/session.ts'
import { NoReason, notFound, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { factsOf, readDay } from './read.ts'
import { NotADay } from './refusals.ts'
import { shownDay } from './show.ts'
import { positionStore } from './store.ts'

/** What the audit shows where the caller owes no reason. */
const casework = 'casework'

/** Whoever looks at a track: what his posts let him see, and his name for the record. */
export type Onlooker = Pick<Session, 'staff' | 'roles' | 'eyes'>

/** Refuses a look that lacks its reason or names no day, before anything is read (law/permissions.ts: who owes one). */
export function reasonFor(who: Onlooker, day: string, given: string | undefined): string {
  if (!isCivilDate(day)) throw refuse(NotADay, { given: day })
  const reason = given?.trim() ?? ''
  const carrying = who.roles.filter((r) => isRole(r) && may(r, 'position.track'))
  const owes = carrying.every((r) => isRole(r) && needsReason(r, 'position.track'))
  if (owes && reason.length < 4) throw refuse(NoReason)
  return reason
}

/**
 * One person's legal day as an onlooker may see it. A superior sees no files, so that his look is opened for this
 * transaction alone and written into the person's ledger. Whoever may not see the person hears that there is none.
 */
export async function lookAtDay(
  { db, ledger }: Inside,
  who: Onlooker,
  wish: { person: string; day: string; reason: string },
  { now, id }: Pick<Circumstances, 'now' | 'id'>,
): Promise<DayTrack> {
  const { person, day, reason } = wish
  const store = positionStore(db)
  if (who.eyes.reach === 'counts') {
    if (!(await store.look(id(), person, reason))) throw notFound()
    await ledger.append({
      kind: 'track.lookedAt',
      org: await store.orgOf(person),
      person,
      subject: person,
      payload: { day, reason, by: who.staff.name, unit: who.staff.org },
    })
  }
  const facts = await factsOf(db, person, day)
  if (!facts) throw notFound()
  const tracks = await readDay(db, person, day, reason || casework)
  return shownDay(person, day, tracks, facts, now)
}
