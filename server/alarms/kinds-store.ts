import { sql } from 'kysely'
import type { Db, ScopedDb } from '../core/db.ts'

/** A row as a unit stored it. */
export interface KindOverride {
  readonly kind: string
  readonly org_code: string
  readonly level: number
  readonly enabled: boolean
  readonly clock_min: number
  readonly ladder_s: number
  readonly to_person_zh: string
  readonly to_officer_zh: string
  readonly to_person_en: string
  readonly to_officer_en: string
  readonly parameters: Readonly<Record<string, number>>
}

/** What units set over the shipped table. */
export async function readOverrides(db: Db | ScopedDb): Promise<readonly KindOverride[]> {
  const found = await sql<KindOverride>`
    select kind, org_code, level, enabled, clock_min, ladder_s, to_person_zh, to_officer_zh, to_person_en, to_officer_en, parameters
    from alarm_kind`.execute(db)
  return found.rows
}
