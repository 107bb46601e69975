import type { PersonConditions } from '@zhijiao/contract/people'
import { type Insertable, sql, type Updateable } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { Changed, notFound, refuse } from '../core/refusals.ts'
import type { Tables } from '../core/tables.ts'
import type { Keeping } from './keeping.ts'
import { matches, orderBy, sortOf } from './query.ts'
import type { Listed } from './row.ts'

/** From here on a list counts as long. */
const manyRows = 1000

/** The person table through the caller's eyes: what he must not see is not there. */
export const personStore = (db: ScopedDb, keeping: Keeping) => {
  /** Who last wrote about a row, and when: named to whoever comes too late. */
  const lastHand = async (subject: string): Promise<{ by: string; at: string } | Record<string, never>> => {
    const last = await db
      .selectFrom('ledger_entry')
      .select(['actor', 'recorded_at'])
      .where('subject', '=', subject)
      .orderBy('id', 'desc')
      .limit(1)
      .executeTakeFirst()
    return last ? { by: last.actor, at: last.recorded_at.toISOString() } : {}
  }
  const listed = () =>
    db
      .selectFrom('person')
      .leftJoin('org', 'org.code', 'person.org_code')
      .leftJoin('staff', 'staff.id', 'person.officer_id')
      .selectAll('person')
      .select(['org.name as org_name', 'staff.name as officer_name'])
  const count = async (given: PersonConditions) =>
    Number(
      (
        await db
          .selectFrom('person')
          .select(sql<number>`count(*)`.as('n'))
          .where((e) => matches(e, given, keeping))
          .executeTakeFirstOrThrow()
      ).n,
    )
  const some = (ids: readonly string[]): Promise<Listed[]> =>
    ids.length === 0
      ? Promise.resolve([])
      : listed()
          .where('person.id', 'in', [...ids])
          .execute()
  /**
   * A short list is found and ordered in one pass. A long one is counted in the index and its page found by a walk along
   * the sorted index: the planner takes every scope for a handful of rows and would sort all of it.
   */
  const pageIds = async (given: PersonConditions, sort: string | undefined, size: number, skip: number) => {
    const order = orderBy(sortOf(sort))
    const few = await db
      .selectFrom(
        db
          .selectFrom('person')
          .select([
            'person.id',
            'person.name',
            'person.number',
            'person.term_start',
            'person.term_end',
            'person.created_at',
          ])
          .where((e) => matches(e, given, keeping))
          .limit(manyRows)
          .as('person'),
      )
      .select('person.id')
      .orderBy(order)
      .execute()
    if (few.length < manyRows) return { ids: few.slice(skip, skip + size).map((r) => r.id), total: few.length }
    const total = await count(given)
    const sorting = (on: 'on' | 'off') =>
      sql`select set_config('enable_sort', ${on}, true), set_config('enable_bitmapscan', ${on}, true)`.execute(db)
    await sorting('off')
    const rows = await db
      .selectFrom('person')
      .select('person.id')
      .where((e) => matches(e, given, keeping))
      .orderBy(order)
      .limit(size)
      .offset(skip)
      .execute()
    await sorting('on')
    return { ids: rows.map((r) => r.id), total }
  }
  return {
    count,
    async page(
      given: PersonConditions,
      page: number,
      size: number,
      sort?: string,
    ): Promise<{ rows: Listed[]; total: number }> {
      const order = sortOf(sort)
      const { ids, total } = await pageIds(given, sort, size, (page - 1) * size)
      const byId = new Map((await some(ids)).map((r) => [r.id, r]))
      const rows = ids.flatMap((id) => byId.get(id) ?? [])
      // Chinese names in the order of the dictionary, where all of them are here to be ordered.
      if (order.field === 'name' && total <= size) {
        const zh = new Intl.Collator('zh-CN')
        rows.sort((a, b) => (order.down ? -1 : 1) * zh.compare(a.name, b.name))
      }
      return { rows, total }
    },
    ids: async (given: PersonConditions, sort: string | undefined, limit: number) =>
      (
        await db
          .selectFrom('person')
          .select('person.id')
          .where((e) => matches(e, given, keeping))
          .orderBy(orderBy(sortOf(sort)))
          .limit(limit)
          .execute()
      ).map((r) => r.id),
    some,
    phone: (id: string) => db.selectFrom('person').select('phone_cipher').where('id', '=', id).executeTakeFirst(),
    get: (id: string): Promise<Listed> => listed().where('person.id', '=', id).executeTakeFirstOrThrow(notFound),
    /** Held until the transaction ends. */
    hold: (id: string) =>
      db.selectFrom('person').selectAll().where('id', '=', id).forUpdate().executeTakeFirstOrThrow(notFound),
    byIdentity: (number: string) =>
      db
        .selectFrom('person')
        .select(['id', 'number'])
        .where('identity_blind', 'in', keeping.blindsIdentity(number))
        .where('merged_into', 'is', null)
        .executeTakeFirst(),
    /** Which of these identity numbers have a file in any unit. */
    knownAnywhere: async (numbers: readonly string[]): Promise<ReadonlySet<string>> => {
      const of = new Map(numbers.flatMap((n) => keeping.blindsIdentity(n).map((blind) => [blind.toString('hex'), n])))
      const blinds = [...of.keys()].map((hex) => Buffer.from(hex, 'hex'))
      const { rows } = await sql<{
        blind: Buffer
      }>`select zj_identities_known(${blinds}::bytea[]) as blind`.execute(db)
      return new Set(rows.flatMap(({ blind }) => of.get(blind.toString('hex')) ?? []))
    },
    lastHand,
    insert: (row: Insertable<Tables['person']>) => db.insertInto('person').values(row).execute(),
    /** @throws Refusal Changed when the revision is not the present one */
    async update(id: string, revision: number, set: Updateable<Tables['person']>, at: Date) {
      const done = await db
        .updateTable('person')
        .set({ ...set, updated_at: at, revision: revision + 1 })
        .where('id', '=', id)
        .where('revision', '=', revision)
        .executeTakeFirst()
      if (Number(done.numUpdatedRows) === 1) return
      const now = await db
        .selectFrom('person')
        .select('revision')
        .where('id', '=', id)
        .executeTakeFirstOrThrow(notFound)
      throw refuse(Changed, { revision: now.revision, ...(await lastHand(id)) })
    },
    /** The file and those merged into it, directly or through another. */
    family: async (id: string): Promise<{ id: string; number: string; self: boolean }[]> =>
      (
        await sql<{ id: string; number: string }>`
          with recursive one (id, number) as (
            select id, number from person where id = ${id}
            union select p.id, p.number from person p join one on p.merged_into = one.id
          ) select id, number from one`.execute(db)
      ).rows.map((r) => ({ ...r, self: r.id === id })),
    likely: (row: {
      id: string
      identity_cipher: Buffer
      name: string
      birth_date: string
      phone_cipher: Buffer | null
    }) =>
      listed()
        .where('person.id', '<>', row.id)
        .where('person.merged_into', 'is', null)
        .where((e) =>
          e.or([
            e('person.identity_blind', 'in', keeping.blindsIdentity(keeping.openIdentity(row.identity_cipher))),
            e.and([e('person.birth_date', '=', row.birth_date), e('person.name', '=', row.name)]),
            ...(row.phone_cipher
              ? [e('person.phone_blind', 'in', keeping.blindsPhone(keeping.openPhone(row.phone_cipher) ?? ''))]
              : []),
          ]),
        )
        .limit(50)
        .execute(),
    /** A block of running numbers of a county and a year: the first of them. */
    takeNumbers: async (county: string, year: number, count: number) =>
      (
        await db
          .insertInto('person_number')
          .values({ county, year, last: count })
          .onConflict((c) => c.columns(['county', 'year']).doUpdateSet({ last: sql`person_number.last + ${count}` }))
          .returning('last')
          .executeTakeFirstOrThrow()
      ).last -
      count +
      1,
    unit: (code: string) => db.selectFrom('org').selectAll().where('code', '=', code).executeTakeFirst(),
    officer: (id: string) =>
      db
        .selectFrom('staff')
        .select(['id', 'name', 'org_code', 'active', 'designations'])
        .where('id', '=', id)
        .executeTakeFirst(),
    rolesOf: async (id: string) =>
      (await db.selectFrom('staff_role').select('role').where('staff_id', '=', id).execute()).map((r) => r.role),
    counts: async () =>
      (
        await sql<{ org_code: string; state: string; category: string; level: string; colour: string; people: number }>`
          select * from zj_person_counts()`.execute(db)
      ).rows,
    children: (under: string) =>
      db
        .selectFrom('org')
        .select(['code', 'name'])
        .where('parent', '=', under)
        .where('active', '=', true)
        .orderBy('code')
        .execute(),
    busy: async (id: string) =>
      (
        await sql<{
          busy: boolean
        }>`select exists (select 1 from activation where person_id = ${id} and state in ('proposed', 'running'))
          or exists (select 1 from episode where person_id = ${id} and state <> 'settled') as busy`.execute(db)
      ).rows[0]?.busy ?? false,
    partCounts: async (ids: readonly string[]) =>
      db
        .selectFrom('person_part')
        .select(['part', sql<number>`count(*)`.as('n')])
        .where('person_id', 'in', [...ids])
        .where('ended_at', 'is', null)
        .groupBy('part')
        .execute(),
    lookUntil: async (id: string, staff: string, now: Date) =>
      (
        await db
          .selectFrom('look')
          .select('until')
          .where('staff_id', '=', staff)
          .where('person_id', '=', id)
          .where('until', '>', now)
          .orderBy('until', 'desc')
          .limit(1)
          .executeTakeFirst()
      )?.until ?? null,
  }
}
export type PersonStore = ReturnType<typeof personStore>
