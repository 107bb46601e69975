import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'

export const endingStore = (db: ScopedDb) => ({
  /** People in correction whose term ends by a day and whose release nobody has begun. */
  nearEnd: (by: string, limit: number) =>
    db
      .selectFrom('person as p')
      .select(['p.id', 'p.org_code', 'p.term_end'])
      .where('p.state', '=', 'inCorrection')
      .where('p.merged_into', 'is', null)
      .where('p.term_end', '<=', by)
      .where(
        sql<boolean>`not exists (select 1 from matter m where m.person_id = p.id and m.kind = 'ending' and (m.end_id is null or m.end_id in ('released', 'recommitment')))`,
      )
      .orderBy('p.term_end')
      .limit(limit)
      .execute(),

  /** Matters of a person that are still under way. */
  running: (person: string) =>
    db
      .selectFrom('matter')
      .select(['id', 'kind'])
      .where('person_id', '=', person)
      .where('end_id', 'is', null)
      .execute(),

  /** Duties about a person that no matter and no alarm stands behind: their rooms settle those themselves. */
  duties: (person: string) =>
    db
      .selectFrom('task')
      .select('id')
      .where('person_id', '=', person)
      .where('state', 'in', ['open', 'claimed', 'submitted'])
      .where('kind', 'not like', 'matter.%')
      .where('kind', 'not like', 'alarm.%')
      .execute(),
})
