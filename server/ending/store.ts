import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'

export const endingStore = (db: ScopedDb) => ({
  /**
   * People whose term ends by a day and whose release nobody has begun: also those whom nobody can find or another organ
   * holds. One that gave way to a recommitment is begun again once that was refused or taken back; one that gave way to a
   * revocation not while the person is away.
   */
  nearEnd: (by: string, limit: number) =>
    db
      .selectFrom('person as p')
      .select(['p.id', 'p.org_code', 'p.term_end'])
      .where('p.state', 'in', ['inCorrection', 'missing', 'detained'])
      .where('p.merged_into', 'is', null)
      .where('p.term_end', '<=', by)
      .where(
        sql<boolean>`not exists (select 1 from matter m where m.person_id = p.id and m.kind = 'ending' and (m.end_id is null or m.end_id = 'released'
          or (m.end_id = 'recommitment' and exists (select 1 from matter r where r.person_id = p.id
            and r.kind in ('recommitment', 'termination') and r.end_id is null))
          or (m.end_id = 'overtaken' and p.state <> 'inCorrection')))`,
      )
      .orderBy('p.term_end')
      .limit(limit)
      .execute(),

  /** What the county decided last of a term that ran out while the person was away. */
  decidedOn: async (matter: string): Promise<string | undefined> =>
    (
      await db
        .selectFrom('matter_passage')
        .select('way')
        .where('matter_id', '=', matter)
        .where('step', '=', 'standing')
        .orderBy('n', 'desc')
        .limit(1)
        .executeTakeFirst()
    )?.way,

  /** Whether a proposal or a ruling that ends the correction is under way. */
  proposed: async (person: string): Promise<boolean> =>
    (await db
      .selectFrom('matter')
      .select('id')
      .where('person_id', '=', person)
      .where('kind', 'in', ['revokeSuspension', 'revokeParole', 'recommitment', 'termination', 'pursuit'])
      .where('end_id', 'is', null)
      .limit(1)
      .executeTakeFirst()) !== undefined,

  /** The last day of a term as the file has it. */
  termEnd: async (person: string): Promise<CivilDate> =>
    civilDate(
      (await db.selectFrom('person').select('term_end').where('id', '=', person).executeTakeFirstOrThrow()).term_end,
    ),

  /**
   * Releases on expiry whose clock was counted from another day than the term ends on now, or not at all, such as one
   * that came with old files. What was put off has an interval of its own.
   */
  moved: (limit: number) =>
    db
      .selectFrom('task as t')
      .innerJoin('person as p', 'p.id', 't.person_id')
      .select(['t.subject_id as id', 'p.org_code', 'p.term_end'])
      .where('t.kind', '=', 'matter.ending')
      .where('t.state', 'in', ['open', 'claimed', 'submitted'])
      .where(sql<boolean>`t.clock_from is distinct from p.term_end::text`)
      .where(
        sql<boolean>`exists (select 1 from matter m where m.id = t.subject_id and m.register ->> 'why' = 'expiry' and m.step <> 'hold')`,
      )
      .limit(limit)
      .execute(),

  /** The person, and his release where it has come to its last step or is done. */
  async releaseOf(person: string) {
    const { rows } = await sql<{
      name: string
      state: string
      term_start: string
      term_end: string
      matter: string | null
      why: string | null
    }>`
      select p.name, p.state, p.term_start::text, p.term_end::text, m.id as matter, m.register ->> 'why' as why
      from person p left join lateral (
        select id, register from matter
        where person_id = p.id and kind = 'ending' and (step = 'release' or end_id = 'released')
        order by opened_at desc limit 1) m on true
      where p.id = ${person}::uuid`.execute(db)
    return rows[0]
  },

  /** The number of a certificate of release that holds since the correction began, other than this draft. One asks at a time. */
  async certificateOf(person: string, since: string, other: string): Promise<string | undefined> {
    await sql`select pg_advisory_xact_lock(hashtextextended(${`certificate ${person}`}, 0))`.execute(db)
    const { rows } = await sql<{ number: string | null }>`
      select number from document
      where person_id = ${person}::uuid and template = 'D29' and state = 'issued' and decided_on >= ${since}::date
        and id <> ${other}::uuid
      order by issued_at desc limit 1`.execute(db)
    return rows[0] ? (rows[0].number ?? '—') : undefined
  },

  /** The hand-over to resettlement that is done, begun since the term began: one of an earlier correction is none of this. */
  async handedOver(person: string): Promise<{ ended_at: Date; office: string | null } | undefined> {
    const { rows } = await sql<{ ended_at: Date; office: string | null }>`
      select m.ended_at, (select s.form ->> 'office' from matter_passage s
        where s.matter_id = m.id and s.step = 'send' order by s.n desc limit 1) as office
      from matter m join person p on p.id = m.person_id
      where m.person_id = ${person}::uuid and m.kind = 'handover' and m.end_id = 'done'
        and (m.opened_at at time zone 'Asia/Shanghai')::date >= p.term_start
      order by m.ended_at desc limit 1`.execute(db)
    return rows[0]
  },

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
