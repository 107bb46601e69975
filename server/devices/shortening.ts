import { type CivilDate, endOfLegalDay } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { Inside } from '../core/room.ts'
import { activationStore, deviceStore } from './store.ts'

/**
 * The person's correction ends sooner than it did: no term of his outlives it (EPD-03). Terms that run are cut to the new
 * last day in the caller's transaction, and the gateway is told; those still proposed are held to it when they are approved.
 * Returns how many were cut.
 */
export async function shortenTerms(inside: Inside, personId: string, lastDay: CivilDate): Promise<number> {
  const { db, ledger } = inside
  const end = new Date(endOfLegalDay(lastDay))
  const running = (await activationStore(db).running({ person: personId })).filter((term) => term.ends_at > end)
  for (const term of running) {
    await db
      .updateTable('activation')
      .set({ ends_at: end, revision: sql<number>`revision + 1` })
      .where('id', '=', term.id)
      .execute()
    await ledger.append({
      kind: 'activation.shortened',
      org: term.org_code,
      person: personId,
      subject: term.id,
      cites: ['EPD-03'],
      payload: {
        activationNo: term.no,
        regime: term.regime,
        endedBefore: term.ends_at.toISOString(),
        endsAt: end.toISOString(),
      },
    })
    await deviceStore(db).tell(term.device_id)
  }
  return running.length
}
