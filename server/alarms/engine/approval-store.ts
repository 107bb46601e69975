import { sql } from 'kysely'
import type { Db, ScopedDb } from '../../core/db.ts'
import type { AlarmKindName } from '../kinds.ts'
import type { Approval } from '../trip.ts'

/** What was approved for a person that excuses being past a line: leave, recurrent travel, entry into a forbidden place. */
export const approvalsIn = (db: ScopedDb | Db) => ({
  /** Approved leave and recurrent travel that cover a legal day, not yet reported back from, by person. */
  async approvals(persons: readonly string[], day: string): Promise<ReadonlyMap<string, readonly Approval[]>> {
    const found = await sql<Approval & { person: string }>`
      select person_id as person, id, what, from_day as "from", until_day as "until", destination as places, areas from away
      where person_id = any(${[...persons]}::uuid[]) and state = 'approved' and from_day <= ${day} and until_day >= ${day}
      order by from_day, id`.execute(db)
    const byPerson = new Map<string, Approval[]>()
    for (const { person, ...approval } of found.rows) byPerson.set(person, [...(byPerson.get(person) ?? []), approval])
    return byPerson
  },

  /** Which of these legal days a leave covered, reported back from since or not. */
  async daysAway(person: string, days: readonly string[]): Promise<ReadonlySet<string>> {
    const found = await sql<{ day: string }>`
      select d.day from unnest(${[...days]}::date[]) as d(day)
      where exists (select 1 from away where person_id = ${person} and state in ('approved', 'returned')
        and from_day <= d.day and coalesce(returned_on, until_day) >= d.day)`.execute(db)
    return new Set(found.rows.map((r) => r.day))
  },

  /** An approval to be in a forbidden place at this instant (进入特定区域(场所), INJ-02). */
  async entryOn(person: string, fence: string, at: number): Promise<{ until: Date; places: string } | null> {
    const found = await sql<{ until: Date; places: string }>`
      select until_at as until, places from permit_pass
      where person_id = ${person} and fence_id = ${fence} and from_at <= ${new Date(at)} and until_at > ${new Date(at)} limit 1`.execute(
      db,
    )
    return found.rows[0] ?? null
  },

  /** `person fence` of the entries that are approved at this instant. */
  async entries(persons: readonly string[], at: number): Promise<ReadonlySet<string>> {
    const found = await sql<{ person_id: string; fence_id: string }>`
      select person_id, fence_id from permit_pass
      where person_id = any(${[...persons]}::uuid[]) and fence_id is not null and from_at <= ${new Date(at)} and until_at > ${new Date(at)}`.execute(
      db,
    )
    return new Set(found.rows.map((r) => `${r.person_id} ${r.fence_id}`))
  },

  /** Open matters of persons whom an approved leave, travel or entry covers. */
  async excusable(
    day: string,
    at: number,
  ): Promise<{ person: string; kind: AlarmKindName; activationNo: number | null; fence: string }[]> {
    const found = await sql<{ person: string; kind: AlarmKindName; activationNo: number | null; fence: string }>`
      select e.person_id as person, e.kind, e.activation_no as "activationNo", e.fence_id as fence from episode e
      where e.state in ('gathering', 'raised') and e.fence_id is not null and (
        e.kind in ('boundaryOut', 'requiredAbsent')
          and exists (select 1 from away l where l.person_id = e.person_id and l.state = 'approved' and l.from_day <= ${day} and l.until_day >= ${day})
        or e.kind = 'forbiddenIn'
          and exists (select 1 from permit_pass x where x.person_id = e.person_id and x.fence_id = e.fence_id and x.from_at <= ${new Date(at)} and x.until_at > ${new Date(at)}))`.execute(
      db,
    )
    return found.rows
  },

  /** Fences of persons whose last matter there was settled as leave: they may still be past the line. */
  async settledByLeave(): Promise<{ activationNo: number; fence: string }[]> {
    const found = await sql<{ activationNo: number; fence: string; as: string }>`
      select distinct on (person_id, fence_id) activation_no as "activationNo", fence_id as fence, settled_as as "as"
      from episode where fence_id is not null and activation_no is not null order by person_id, fence_id, detected_at desc`.execute(
      db,
    )
    return found.rows.filter((r) => r.as === 'leave')
  },
})
