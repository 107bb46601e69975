import { sql } from 'kysely'
import type { Db } from '../core/db.ts'
import type { Person } from './practice.ts'

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** What old matters rest on, a batch at a time. */
export const oldMatters = (db: Db) => ({
  /** The units of the matters that bear one of these ids. */
  async unitsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const { rows } = await sql<{ id: string; org_code: string }>`
      select id, org_code from matter where id = any (${[...ids]}::uuid[])`.execute(db)
    return new Map(rows.map((r) => [r.id, r.org_code]))
  },

  /** Files by id and by number, whichever they were named with. */
  async people(names: readonly string[]): Promise<ReadonlyMap<string, Person>> {
    if (names.length === 0) return new Map()
    const ids = names.filter((n) => uuid.test(n))
    const rows = await db
      .selectFrom('person')
      .selectAll()
      .where((is) => is.or([is('number', 'in', names), ...(ids.length > 0 ? [is('id', 'in', ids)] : [])]))
      .execute()
    return new Map(rows.flatMap((person) => [[person.id, person] as const, [person.number, person] as const]))
  },

  async units(codes: readonly string[]): Promise<ReadonlySet<string>> {
    if (codes.length === 0) return new Set()
    const { rows } = await sql<{ code: string }>`select code from org where code = any (${[...codes]}::text[])`.execute(
      db,
    )
    return new Set(rows.map((r) => r.code))
  },
})
