import type { entrustmentViews } from '@zhijiao/contract/entrustments'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'
import type { Form } from '../procedures/index.ts'

declare module '../core/tables.ts' {
  interface Tables {
    assessment_identity: { matter_id: string; identity_cipher: Buffer; identity_blind: Buffer }
  }
}

export interface Entrusted {
  id: string
  org_code: string
  county_name: string
  who: string
  register: Form
  opened_at: Date
  step: string | null
  end_id: string | null
  due_at: Date | null
  instructed_at: Date | null
  signed_at: Date | null
  opinion: { opinion?: string; conclusion?: string } | null
  reason: string | null
  fetched_at: Date | null
  /** What was said of the adoption last; `own`: by the organ itself. */
  answer: { way: string; form: Form; own: boolean; at: Date } | null
}

/** What of an organ's own requests is read, and in which order. */
export interface Wanted {
  readonly id?: string
  readonly only?: (typeof entrustmentViews)[number]
  /** In the name of the person or the number of the letter. */
  readonly q?: string
  readonly sort?: string
}

const like = (word: string) => `%${word.replace(/[\\%_]/g, (c) => `\\${c}`)}%`
const newestFirst = sql`e.opened_at desc, e.id desc`
const orders = new Map([
  ['received', sql`e.opened_at, e.id`],
  ['due', sql`e.due_at nulls last, e.id`],
  ['-due', sql`e.due_at desc nulls last, e.id`],
  ['who', sql`e.who, e.id`],
  ['-who', sql`e.who desc, e.id`],
])

export const intakeStore = (db: ScopedDb) => ({
  /** The last matter of a kind that came to one of these ends. */
  last: (person: string, kind: string, ends: readonly string[]) =>
    db
      .selectFrom('matter')
      .selectAll()
      .where('person_id', '=', person)
      .where('kind', '=', kind)
      .where('end_id', 'in', [...ends])
      .orderBy('ended_at', 'desc')
      .limit(1)
      .executeTakeFirst(),

  /** Approved plans of a person, oldest first. */
  plans: (person: string) =>
    db
      .selectFrom('matter')
      .select(['id', 'register', 'opened_name', 'ended_at'])
      .where('person_id', '=', person)
      .where('kind', '=', 'plan')
      .where('end_id', '=', 'approved')
      .orderBy('ended_at')
      .execute(),

  formOf: async (matter: string, step: string): Promise<Form | null> =>
    (
      await db
        .selectFrom('matter_passage')
        .select('form')
        .where('matter_id', '=', matter)
        .where('step', '=', step)
        .orderBy('n', 'desc')
        .limit(1)
        .executeTakeFirst()
    )?.form ?? null,

  passedAt: async (matter: string, step: string, way: string): Promise<Date | null> =>
    (
      await db
        .selectFrom('matter_passage')
        .select('at')
        .where('matter_id', '=', matter)
        .where('step', '=', step)
        .where('way', '=', way)
        .orderBy('n')
        .limit(1)
        .executeTakeFirst()
    )?.at ?? null,

  /** The matter follows the unit that has it in hand. */
  async moveMatter(id: string, org: string): Promise<void> {
    await db.updateTable('matter').set({ org_code: org }).where('id', '=', id).execute()
  },

  unit: (code: string) =>
    db.selectFrom('org').select(['code', 'level', 'active', 'name']).where('code', '=', code).executeTakeFirst(),

  staff: (id: string) =>
    db.selectFrom('staff').select(['id', 'org_code', 'active']).where('id', '=', id).executeTakeFirst(),

  async keepIdentity(matter: string, cipher: Buffer, blind: Buffer): Promise<void> {
    await db
      .insertInto('assessment_identity')
      .values({ matter_id: matter, identity_cipher: cipher, identity_blind: blind })
      .execute()
  },

  /** Assessments of somebody with this identity that belong to no file yet. */
  assessmentsOf: (blinds: readonly Buffer[]) =>
    db
      .selectFrom('assessment_identity')
      .innerJoin('matter', 'matter.id', 'assessment_identity.matter_id')
      .select(['matter.id', 'matter.register', 'matter.end_id', 'matter.opened_at'])
      .where('identity_blind', 'in', [...blinds])
      .where('matter.person_id', 'is', null)
      .orderBy('matter.opened_at')
      .execute(),

  /** Into the file; it keeps the code of the office that made it, which goes on seeing it. */
  async takeIn(matter: string, person: string): Promise<void> {
    await db.updateTable('matter').set({ person_id: person }).where('id', '=', matter).execute()
  },

  counties: (prefix: string) =>
    db
      .selectFrom('org')
      .select(['code', 'name'])
      .where('level', '=', 'county')
      .where('active', '=', true)
      .where(sql<boolean>`starts_with(code, ${prefix})`)
      .orderBy('code')
      .execute(),

  /** An assessment that the caller sees. */
  assessment: (id: string) =>
    db
      .selectFrom('matter')
      .select(['id', 'org_code', 'organ_id', 'register'])
      .where('id', '=', id)
      .where('kind', '=', 'assessment')
      .executeTakeFirstOrThrow(notFound),

  async entrusted(page: { number: number; size: number }, { id, only, q, sort = '-received' }: Wanted = {}) {
    interface Row extends Omit<Entrusted, 'answer'> {
      way: string | null
      answer_form: Form
      own: boolean
      answered_at: Date
      total: number
    }
    const { rows } = await sql<Row>`
      select e.*, coalesce(o.name, left(e.org_code, 6)) as county_name, f.at as fetched_at,
        a.way, a.form as answer_form, a.own, a.at as answered_at, count(*) over ()::int as total
      from zj_entrusted() e
        left join org o on o.code = left(e.org_code, 6)
        left join entrustment_fetch f on f.matter_id = e.id
        left join zj_entrusted_answer() a on a.id = e.id
      where ${id ? sql`e.id = ${id}::uuid` : sql`true`}
        and ${q ? sql`(e.who ilike ${like(q)} or e.register ->> 'letter' ilike ${like(q)})` : sql`true`}
        and case ${only ?? null}::text
          when 'fresh' then exists (select 1 from entrustment_news n where n.matter_id = e.id and n.seen_at is null)
          when 'asked' then exists (select 1 from entrustment_ask k where k.matter_id = e.id and k.state = 'open')
          when 'unstated' then e.signed_at is not null and (a.way is null or a.way = 'silent')
          else true end
      order by ${orders.get(sort) ?? newestFirst}
      limit ${page.size} offset ${(page.number - 1) * page.size}`.execute(db)
    return {
      rows: rows.map(
        ({ way, answer_form: form, own, answered_at: at, ...row }): Entrusted => ({
          ...row,
          answer: way === null ? null : { way, form, own, at },
        }),
      ),
      total: rows[0]?.total ?? 0,
    }
  },
})
