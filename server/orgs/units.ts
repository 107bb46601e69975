import type { Org } from '@zhijiao/contract/orgs'
import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'
import { Changed, notFound, refuse } from '../core/refusals.ts'
import type { Tables } from '../core/tables.ts'
import { levelOf, parentOf } from './domain.ts'
import { CodeTaken, InUse, Outside, ParentMissing } from './refusals.ts'

/** Units of one answer. */
export const unitsAtOnce = 5000

const range = (under: string) => sql<boolean>`org.code ~>=~ ${under} and org.code ~<~ ${`${under}~`}`
const shown = (row: Tables['org'] & { children: number; staff: number }): Org => ({
  code: row.code,
  level: row.level,
  parent: row.parent,
  name: row.name,
  nameEn: row.name_en,
  phone: row.phone,
  address: row.address,
  urban: row.urban,
  synthetic: row.synthetic,
  active: row.active,
  children: Number(row.children),
  staff: Number(row.staff),
  revision: row.revision,
})

export const unitStore = (db: ScopedDb) => {
  const units = () =>
    db
      .selectFrom('org')
      .selectAll('org')
      .select([
        sql<number>`(select count(*) from org below where below.parent = org.code and below.active)`.as('children'),
        sql<number>`(select count(*) from staff s where s.org_code = org.code and s.active)`.as('staff'),
      ])
  return {
    async under(code: string, depth: number | undefined, closed: boolean): Promise<{ items: Org[]; cut: boolean }> {
      let query = units()
        .where(range(code))
        .orderBy(sql`length(org.code), org.code`)
        .limit(unitsAtOnce + 1)
      if (depth !== undefined) {
        const deepest = [0, 2, 4, 6, 9].filter((length) => length >= code.length)[depth] ?? 9
        query = query.where(sql<boolean>`length(org.code) <= ${deepest}`)
      }
      if (!closed) query = query.where('active', '=', true)
      const rows = await query.execute()
      return { items: rows.slice(0, unitsAtOnce).map(shown), cut: rows.length > unitsAtOnce }
    },
    get: async (code: string): Promise<Org> =>
      shown(await units().where('code', '=', code).executeTakeFirstOrThrow(notFound)),
    above: (code: string) =>
      db
        .selectFrom('org')
        .select(['code', 'name'])
        .where(
          'code',
          'in',
          [0, 2, 4, 6].filter((n) => n < code.length).map((n) => code.slice(0, n)),
        )
        .orderBy(sql`length(code)`)
        .execute(),
    async add(
      unit: {
        code: string
        name: string
        nameEn?: string | null
        phone?: string | null
        address?: string | null
        urban?: boolean
      },
      within: string,
    ): Promise<void> {
      if (!unit.code.startsWith(within) || unit.code === within) throw refuse(Outside, { code: unit.code })
      const taken = await db.selectFrom('org').select('name').where('code', '=', unit.code).executeTakeFirst()
      if (taken) throw refuse(CodeTaken, { code: unit.code, name: taken.name })
      const parent = parentOf(unit.code)
      const above =
        parent === null
          ? undefined
          : await db.selectFrom('org').select(['active', 'synthetic']).where('code', '=', parent).executeTakeFirst()
      if (!above?.active) throw refuse(ParentMissing, { parent: parent ?? '' })
      await db
        .insertInto('org')
        .values({
          code: unit.code,
          level: levelOf(unit.code),
          parent,
          name: unit.name.trim(),
          name_en: unit.nameEn ?? null,
          phone: unit.phone ?? null,
          address: unit.address ?? null,
          urban: unit.urban ?? false,
          synthetic: above.synthetic,
          active: true,
          revision: 1,
        })
        .execute()
    },
    async change(
      code: string,
      wish: {
        revision: number
        name: string
        nameEn?: string | null
        phone?: string | null
        address?: string | null
        urban?: boolean
      },
    ): Promise<void> {
      const now = await db
        .selectFrom('org')
        .select('revision')
        .where('code', '=', code)
        .forUpdate()
        .executeTakeFirstOrThrow(notFound)
      if (now.revision !== wish.revision) throw refuse(Changed, { revision: now.revision })
      await db
        .updateTable('org')
        .set({
          name: wish.name.trim(),
          name_en: wish.nameEn,
          phone: wish.phone,
          address: wish.address,
          urban: wish.urban,
          revision: now.revision + 1,
        })
        .where('code', '=', code)
        .execute()
    },
    /** How many people and staff a unit holds, for whoever sees no person at all. */
    async refuseInUse(code: string): Promise<void> {
      const { rows } = await sql<{
        units: number
        staff: number
        people: number
      }>`select * from zj_unit_use(${code})`.execute(db)
      const use = rows[0]
      if (use && (use.units > 0 || use.staff > 0 || use.people > 0)) throw refuse(InUse, { ...use })
    },
    setActive: (code: string, active: boolean) =>
      db.updateTable('org').set({ active, revision: sql<number>`revision + 1` }).where('code', '=', code).execute(),
  }
}
