import { sql } from 'kysely'
import { codesUnder, type ScopedDb } from '../core/db.ts'
import { notFound } from '../core/refusals.ts'

declare module '../core/tables.ts' {
  interface Tables {
    organ: { id: string; org_code: string; name: string; created_at: Date; created_by: string | null }
  }
}

/** Partner organs (协作机关): courts, procuratorates, police bureaus and prisons that have accounts here. */
export const organStore = (db: ScopedDb) => ({
  async under(unit: string) {
    const { rows } = await sql<{ id: string; org: string; name: string; accounts: number }>`
      select o.id, o.org_code as org, o.name,
        (select count(*) from staff s where s.organ_id = o.id and s.active)::int as accounts
      from organ o where ${codesUnder('o.org_code', unit)} order by o.org_code, o.name`.execute(db)
    return rows
  },

  one: (id: string) =>
    db.selectFrom('organ').select(['id', 'org_code', 'name']).where('id', '=', id).executeTakeFirstOrThrow(notFound),

  /** Accounts and requests of the first go over to the second. */
  async join(from: string, into: string): Promise<{ accounts: number; requests: number }> {
    const { rows } = await sql<{ accounts: number; requests: number }>`
      select accounts, requests from zj_join_organs(${from}::uuid, ${into}::uuid)`.execute(db)
    return rows[0] ?? { accounts: 0, requests: 0 }
  },

  /** The organ of this name within a unit; added where there is none. */
  async named(wish: { id: string; org: string; name: string; by: string; at: Date }): Promise<string> {
    await db
      .insertInto('organ')
      .values({ id: wish.id, org_code: wish.org, name: wish.name, created_by: wish.by, created_at: wish.at })
      .onConflict((c) => c.columns(['org_code', 'name']).doNothing())
      .execute()
    const found = await db
      .selectFrom('organ')
      .select('id')
      .where('org_code', '=', wish.org)
      .where('name', '=', wish.name)
      .executeTakeFirstOrThrow()
    return found.id
  },
})
