import { type CivilDate, legalDayOf } from '@zhijiao/law/civil-date'
import type { ScopedDb } from '../core/db.ts'

export const oversightStore = (db: ScopedDb) => ({
  /**
   * The day on which the procuratorate last asked for another answer: the time to give it runs from there, and the day that
   * its first paper named is over. Undefined while it has not.
   */
  async askedAgain(matter: string): Promise<CivilDate | undefined> {
    const last = await db
      .selectFrom('matter_passage')
      .select('at')
      .where('matter_id', '=', matter)
      .where('way', 'in', ['again', 'uphold'])
      .orderBy('n', 'desc')
      .limit(1)
      .executeTakeFirst()
    return last && legalDayOf(last.at.getTime())
  },
})
