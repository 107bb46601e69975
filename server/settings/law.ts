import type { AnswerOf, BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import type { lawDesk } from '@zhijiao/contract/settings'
import { readCalendar } from '@zhijiao/law/calendar'
import { readHours } from '@zhijiao/law/hours'
import { lawInForce, type ParameterValue } from '@zhijiao/law/in-force'
import { isRefusal } from '@zhijiao/law/refusals'
import { isRuleId } from '@zhijiao/law/rule'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import { notFound, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { ofLaw } from '../core/tasks/civil.ts'
import { DraftBounds, DraftEmpty, DraftHours, DraftUnknown, DraftValue, LawSettled, SamePerson } from './refusals.ts'

type Draft = BodyOf<SpecOf<(typeof lawDesk)['draft']>>
type Shown = AnswerOf<SpecOf<(typeof lawDesk)['draft']>>

const kindOf = (value: ParameterValue) => (typeof value === 'object' ? 'range' : typeof value)

const nightHours = 'LOC-07'
const outOf = (id: string, { min, max }: { min: number; max: number }) => ({
  path: `values.${id}`,
  zh: `应在 ${min} 至 ${max} 之间`,
  en: `must lie between ${min} and ${max}`,
})

/** A draft of parameters and confirmations that could be published as it stands. @throws Refusal */
export function refuseWrongDraft(draft: Draft, { law, today }: Pick<Circumstances, 'law' | 'today'>): void {
  const ids = Object.keys(draft.values)
  const holidays = draft.holidays ?? {}
  if (ids.length + draft.confirms.length + Object.keys(holidays).length === 0) throw refuse(DraftEmpty)
  const read = readCalendar(holidays)
  if (isRefusal(read)) throw ofLaw(read)
  for (const id of ids) {
    const known = law.parameters.find((p) => p.id === id)
    const value = draft.values[id]
    if (!known) throw refuse(DraftUnknown, { id })
    if (value === undefined || kindOf(value) !== kindOf(known.value)) throw refuse(DraftValue, { id })
    if (typeof value === 'number' && known.bounds && (value < known.bounds.min || value > known.bounds.max))
      throw refuse(DraftBounds, { id, ...known.bounds }, [outOf(id, known.bounds)])
    if (id === nightHours && typeof value === 'string' && readHours(value) === null)
      throw refuse(DraftHours, { id }, [
        { path: `values.${id}`, zh: '请写成 22:00-08:00 的形式', en: 'write it as 22:00-08:00' },
      ])
  }
  for (const id of draft.confirms) if (!isRuleId(id) || !law.cite(id).recalled) throw refuse(DraftUnknown, { id })
  if (draft.from < today)
    throw refuse(DraftValue, { id: 'from' }, [{ path: 'from', zh: '不能早于今天', en: 'must not be before today' }])
}

/** What ships, whatever anybody published. */
export const shippedParameters = (on: Circumstances['today']) =>
  new Map(lawInForce(on, '').parameters.map((p) => [p.id, p.value]))

export const revisionStore = ({ db }: Inside) => {
  const select = () =>
    db
      .selectFrom('law_revision')
      .leftJoin('staff as drafter', 'drafter.id', 'law_revision.drafted_by')
      .leftJoin('staff as publisher', 'publisher.id', 'law_revision.published_by')
      .selectAll('law_revision')
      .select(['drafter.name as drafter_name', 'publisher.name as publisher_name'])
  const shown = (r: Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>): Shown => ({
    id: r.id,
    org: r.org_code,
    state: r.state,
    from: r.effective_from,
    source: r.source,
    values: { ...(r.change.values ?? {}) },
    confirms: [...(r.change.confirms ?? [])],
    holidays: Object.fromEntries(
      Object.entries(r.change.holidays ?? {}).map(([year, { off, work }]) => [
        year,
        { off: [...off], work: [...work] },
      ]),
    ),
    draftedBy: r.drafter_name ?? '—',
    draftedById: r.drafted_by,
    draftedAt: r.drafted_at.toISOString(),
    publishedBy: r.publisher_name,
    publishedAt: r.published_at?.toISOString() ?? null,
  })
  const get = async (id: string) =>
    shown(await select().where('law_revision.id', '=', id).executeTakeFirstOrThrow(notFound))
  const hold = async (id: string, unit: string) => {
    const row = await db.selectFrom('law_revision').selectAll().where('id', '=', id).executeTakeFirstOrThrow(notFound)
    if (!row.org_code.startsWith(unit)) throw notFound()
    if (row.state !== 'draft') throw refuse(LawSettled)
    return row
  }
  return {
    get,
    async page(unit: string, state: Shown['state'] | undefined, page: number, size: number) {
      const bearing = sql<boolean>`(starts_with(law_revision.org_code, ${unit}) or starts_with(${unit}, law_revision.org_code))`
      let all = select().where(bearing)
      let count = db.selectFrom('law_revision').where(bearing)
      if (state) {
        all = all.where('law_revision.state', '=', state)
        count = count.where('state', '=', state)
      }
      const { n } = await count.select(sql<number>`count(*)`.as('n')).executeTakeFirstOrThrow()
      const rows = await all
        .orderBy('drafted_at', 'desc')
        .limit(size)
        .offset((page - 1) * size)
        .execute()
      return { items: rows.map(shown), total: Number(n), page, size }
    },
    async draft(draft: Draft, who: Session, circumstances: Circumstances): Promise<string> {
      const id = circumstances.id()
      const holidays = draft.holidays ?? {}
      const change = { values: draft.values, confirms: draft.confirms.filter(isRuleId), holidays }
      await db
        .insertInto('law_revision')
        .values({
          id,
          org_code: who.staff.org,
          rule: [...Object.keys(draft.values), ...draft.confirms, ...Object.keys(holidays)].join(','),
          change: sql`${JSON.stringify(change)}::jsonb`,
          source: draft.source,
          effective_from: draft.from,
          state: 'draft',
          drafted_by: who.staff.id,
          drafted_at: new Date(circumstances.now),
          published_by: null,
          published_at: null,
        })
        .execute()
      return id
    },
    /** Holds from its day, and never backwards: a day already past becomes today. */
    async publish(id: string, who: Session, circumstances: Circumstances): Promise<void> {
      const row = await hold(id, who.eyes.unit)
      if (row.drafted_by === who.staff.id) throw refuse(SamePerson)
      const done = await db
        .updateTable('law_revision')
        .set({
          state: 'published',
          published_by: who.staff.id,
          published_at: new Date(circumstances.now),
          effective_from: row.effective_from < circumstances.today ? circumstances.today : row.effective_from,
        })
        .where('id', '=', id)
        .where('state', '=', 'draft')
        .executeTakeFirst()
      if (Number(done.numUpdatedRows) !== 1) throw refuse(LawSettled)
    },
    async withdraw(id: string, who: Session): Promise<void> {
      const row = await hold(id, who.eyes.unit)
      if (row.drafted_by !== who.staff.id && !who.permissions.has('law.publish')) throw notFound()
      await db.updateTable('law_revision').set({ state: 'withdrawn' }).where('id', '=', id).execute()
    },
  }
}
