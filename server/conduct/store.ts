import { type CivilDate, civilDate } from '@zhijiao/law/civil-date'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import type { Form } from '../procedures/index.ts'

/** A matter of conduct as it was lived: what was registered and what each hand filled in. */
export interface Lived {
  readonly id: string
  readonly kind: string
  readonly end: string | null
  /** The matter it came of. */
  readonly cause: string | null
  readonly on: string
  readonly forms: Readonly<Record<string, Form>>
}

const kinds = ['violation', 'admonition', 'warning', 'policePenalty'] as const

export const conductStore = (db: ScopedDb) => ({
  /** Violations and sanctions of one person, oldest first; what was taken back on an objection (PEN-10) is left out. */
  async ofPerson(person: string): Promise<readonly Lived[]> {
    const rows = await db
      .selectFrom('matter')
      .select(['id', 'kind', 'end_id', 'cause_id', 'on_day', 'register'])
      .where('person_id', '=', person)
      .where('kind', 'in', kinds)
      .where(
        sql<boolean>`not exists (select 1 from matter o where o.cause_id = matter.id and o.kind = 'objection' and o.end_id in ('changed', 'revoked'))`,
      )
      .orderBy('on_day')
      .orderBy('opened_at')
      .execute()
    if (rows.length === 0) return []
    const passages = await db
      .selectFrom('matter_passage')
      .select(['matter_id', 'step', 'form'])
      .where(
        'matter_id',
        'in',
        rows.map((r) => r.id),
      )
      .orderBy('n')
      .execute()
    return rows.map((row) => ({
      id: row.id,
      kind: row.kind,
      end: row.end_id,
      cause: row.cause_id,
      on: row.on_day,
      forms: {
        register: row.register,
        ...Object.fromEntries(passages.filter((p) => p.matter_id === row.id).map((p) => [p.step, p.form])),
      },
    }))
  },

  /** Episodes and ledger entries of this person among these ids, in words, with when each began. */
  async facts(person: string, ids: readonly string[]) {
    if (ids.length === 0) return []
    const [episodes, entries] = [
      (
        await sql<{ id: string; said_zh: string; said_en: string; began_at: Date }>`
          select id, said_zh, said_en, began_at from episode
          where person_id = ${person} and id = any(${[...ids]}::uuid[])`.execute(db)
      ).rows,
      await db
        .selectFrom('ledger_entry')
        .select(['id', 'kind', 'occurred_at'])
        .where('person_id', '=', person)
        .where('id', 'in', [...ids])
        .execute(),
    ]
    return [
      ...episodes.map((e) => ({ id: e.id, zh: e.said_zh, en: e.said_en, from: e.began_at })),
      ...entries.map((e) => ({ id: e.id, kind: e.kind, from: e.occurred_at })),
    ]
  },

  matter: (id: string) =>
    db
      .selectFrom('matter')
      .select(['id', 'kind', 'person_id', 'end_id'])
      .where(sql<string>`id::text`, '=', id)
      .executeTakeFirst(),

  /** The day from which the correction is lived: that of the reception on file, of an old file without one the first of the term. */
  async takenIn(person: string): Promise<CivilDate> {
    const { rows } = await sql<{ on: string }>`
      select coalesce((select min((x.data ->> 'receivedOn')::date) from person_part x
        where x.person_id = p.id and x.part = 'correction' and x.ended_at is null), p.term_start)::text as on
      from person p where p.id = ${person}::uuid`.execute(db)
    return civilDate(rows[0]?.on ?? '')
  },

  /** The state that the person was in before a matter first changed it; null where it changed none. */
  async stateBefore(matter: string): Promise<string | null> {
    const { rows } = await sql<{ before: string }>`
      select p.payload #>> '{changes,state,from}' as before
      from ledger_entry e join ledger_payload p on p.entry_id = e.id
      where e.kind = 'person.changedBy' and e.subject = ${matter} and p.payload #>> '{changes,state,from}' is not null
      order by e.recorded_at limit 1`.execute(db)
    return rows[0]?.before ?? null
  },

  /** When the court received the proposal of commutation from whoever submitted it; of old ones the city's own form says it. */
  async commutationSent(matter: string): Promise<string | null> {
    const { rows } = await sql<{ at: string | null }>`
      select form->>'sentAt' as at from matter_passage
      where matter_id = ${matter}::uuid and step in ('citySend', 'provinceSend', 'city') and form->>'sentAt' is not null
      order by n desc limit 1`.execute(db)
    return rows[0]?.at ?? null
  },

  /** The paper of a matter as far as sending it needs: whether it is numbered and sealed. */
  async paperOf(matter: string, template: string): Promise<{ number: string | null; sealed: boolean } | undefined> {
    const { rows } = await sql<{ number: string | null; sealed: boolean }>`
      select number, sealed_file_id is not null as sealed from document
      where subject_id = ${matter} and template = ${template} and state <> 'void'
      order by (state = 'issued') desc, drafted_at desc limit 1`.execute(db)
    return rows[0]
  },

  /** Since when the person was lost when he was last searched for, as registered; null where nobody searched. */
  async lostSince(person: string): Promise<string | null> {
    const { rows } = await sql<{ lost: string | null }>`
      select register->>'lostSince' as lost from matter
      where person_id = ${person}::uuid and kind = 'search' and end_id is distinct from 'withdrawn'
      order by opened_at desc limit 1`.execute(db)
    return rows[0]?.lost ?? null
  },

  /** Whether another matter of the person says that he is held. */
  async heldElsewhere(person: string, matter: string): Promise<boolean> {
    const { rows } = await sql<{ held: boolean }>`
      select exists (
        select 1 from matter where person_id = ${person}::uuid and id <> ${matter}::uuid and end_id is null
          and (kind = 'detention' or (kind = 'arrest' and step = 'custody') or (kind = 'pursuit' and step = 'handover'))
      ) as held`.execute(db)
    return rows[0]?.held ?? false
  },

  /**
   * The custody to which the arrest under a proposal led, from the day he was taken until it ended; undefined without one,
   * also where the court decided and nobody caught him. Of before the execution was a step, the day of the decision counts.
   */
  async arrestUnder(proposal: string): Promise<{ from: string; until: string | null } | undefined> {
    const { rows } = await sql<{ from: string; until: string | null }>`
      select coalesce(taken.form->>'takenOn', decided.form->>'decidedOn') as "from", held.form->>'endedOn' as until
      from matter m join matter_passage decided on decided.matter_id = m.id and decided.way = 'arrested'
      left join lateral (select form from matter_passage where matter_id = m.id and step = 'execute' and way = 'taken'
        order by n desc limit 1) taken on true
      left join lateral (select form from matter_passage where matter_id = m.id and step = 'custody'
        order by n desc limit 1) held on true
      where m.kind = 'arrest' and m.register->>'proposal' = ${proposal} and m.end_id is distinct from 'withdrawn'
        and (taken.form is not null or held.form is not null or decided.to_step = 'custody')
      order by decided.n desc limit 1`.execute(db)
    return rows[0]
  },
})
