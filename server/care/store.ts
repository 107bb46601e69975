import { sql } from 'kysely'
import type { ScopedDb } from '../core/db.ts'

/** Kinds of episode that say there was no position. */
const silences = ['lostContact', 'noPosition', 'powerOff', 'lowBattery', 'deviceDamaged'] as const

export const careStore = (db: ScopedDb) => ({
  /** What the positioning side noted of this person in a stretch of time. */
  async silencesOf(person: string, from: Date, until: Date) {
    const { rows } = await sql<{ id: string; kind: string; began_at: Date; said_zh: string; said_en: string }>`
      select id, kind, began_at, said_zh, said_en from episode
      where person_id = ${person}::uuid and kind = any(${[...silences]}::text[]) and state <> 'gathering'
        and began_at <= ${until} and coalesce(settled_at, 'infinity') >= ${from}
      order by began_at limit 20`.execute(db)
    return rows
  },

  /** The oldest duty of a kind that a report of this day answers; missed ones are answered late. */
  dutyDue: (person: string, kind: 'report' | 'injunctionReport' | 'bodyReport' | 'medicalReview', on: string) =>
    db
      .selectFrom('obligation')
      .selectAll()
      .where('person_id', '=', person)
      .where('kind', '=', kind)
      .where('state', 'in', ['due', 'missed'])
      .where('from_day', '<=', on)
      .orderBy('due_on')
      .limit(1)
      .forUpdate()
      .executeTakeFirst(),

  /** How many fences of forbidden places bind a person on a day. */
  async forbiddenFences(person: string, day: string): Promise<number> {
    const { rows } = await sql<{ n: number }>`
      select count(distinct f.id)::int as n from fence f join fence_person a on a.fence_id = f.id
      where a.person_id = ${person}::uuid and f.active and f.kind = 'forbidden' and a.from_day <= ${day}::date
        and (a.until_day is null or a.until_day >= ${day}::date)`.execute(db)
    return rows[0]?.n ?? 0
  },

  /** Declared or detected faults of the platform that touch the stretch; an empty unit is the whole platform. */
  async outagesIn(org: string, from: Date, until: Date) {
    const { rows } = await sql<{ reason: string; starts_at: Date; ends_at: Date | null }>`
      select reason, starts_at, ends_at from outage
      where starts_with(${org}, org_code) and starts_at <= ${until} and coalesce(ends_at, 'infinity') >= ${from}
      order by starts_at limit 10`.execute(db)
    return rows
  },
})
