import type { Db } from '@zhijiao/server/core/db'
import { sql } from 'kysely'

/** The release of everybody among these whose summary, appraisal and decision are done: a matter at its announcement. */
export const releaseReady = `
  insert into matter (id, kind, room, org_code, person_id, who, once, step, holder_role, holder_unit, on_day, register,
      opened_at, opened_name, entered_at, law_revision)
    select gen_random_uuid(), 'ending', 'ending', org_code, id, name, true, 'release', 'officeHead', org_code, term_end,
      jsonb_build_object('why', 'expiry', 'lastDay', term_end), now(), '系统', now(), 'test'
    from person`

/** Plants a release that waits for its announcement, the term over on `termEnd`. */
export async function plantRelease(db: Db, person: string, termEnd: string): Promise<void> {
  await sql`update person set term_end = ${termEnd}::date where id = ${person}::uuid`.execute(db)
  await sql`${sql.raw(releaseReady)} where id = ${person}::uuid`.execute(db)
}
