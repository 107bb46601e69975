import type { AnswerOf, BodyOf, SpecOf } from '@zhijiao/contract/kernel'
import type { lawDesk } from '@zhijiao/contract/settings'
import { readCalendar } from '@zhijiao/law/calendar'
import { readHours } from '@zhijiao/law/hours'
import { type Correction, lawInForce, type ParameterValue } from '@zhijiao/law/in-force'
import { levelsOf, readLevels } from '@zhijiao/law/level-setting'
import { levelNamed, levelsSetting } from '@zhijiao/law/levels'
import { isRefusal } from '@zhijiao/law/refusals'
import { isRuleId, type Rule, ruleToCite } from '@zhijiao/law/rule'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import type { Db } from '../core/db.ts'
import { notFound, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { ofLaw } from '../core/tasks/civil.ts'
import {
  DraftBounds,
  DraftChecked,
  DraftEmpty,
  DraftHours,
  DraftLevel,
  DraftSame,
  DraftShape,
  DraftUnknown,
  DraftValue,
  LawSettled,
  LevelHeld,
  LevelsAbove,
  SamePerson,
} from './refusals.ts'

type Draft = BodyOf<SpecOf<(typeof lawDesk)['draft']>>
type Shown = AnswerOf<SpecOf<(typeof lawDesk)['draft']>>

const kindOf = (value: ParameterValue) => (typeof value === 'object' ? 'range' : typeof value)

const nightHours = 'LOC-07'
const outOf = (id: string, { min, max }: { min: number; max: number }) => ({
  path: `values.${id}`,
  zh: `应在 ${min} 至 ${max} 之间`,
  en: `must lie between ${min} and ${max}`,
})

const every = (unit: string) => `\\d{1,3}[${unit}]`
const list = (one: string) => new RegExp(`^${one}(,${one})*$`)
const byLevel = 'level=number and d, w or m; - none'
/** How settings that are texts are written, by their unit; an unreadable one would quietly ask for nothing. */
const shapes: Readonly<Record<string, { readonly reads: (text: string) => boolean; readonly like: string }>> = {
  [byLevel]: {
    reads: (text) => text === '-' || list(`[1-9]=(?:${every('dwm')}|-)`).test(text),
    like: '1=1m,2=2w,3=1w',
  },
  'number and d or m, comma between': { reads: (text) => list(every('dm')).test(text), like: '3m,30d' },
  'days, comma between': { reads: (text) => list('\\d{1,3}').test(text), like: '3,1' },
  'hours, comma between': { reads: (text) => list('\\d{1,3}').test(text), like: '24,2' },
  'both | departure': { reads: (text) => text === 'both' || text === 'departure', like: 'both / departure' },
}

/** Levels that cannot be read, and periods of levels that there are not: of the draft itself, else of the law in force. */
function refuseWrongLevels({ values }: Draft, law: Circumstances['law']): void {
  const text = values[levelsSetting]
  const read = typeof text === 'string' ? readLevels(text) : levelsOf(law).offered
  if (isRefusal(read)) {
    const { zh, en } = read
    throw new Refusal(ofLaw(read).kind, read.detail, [{ path: `values.${levelsSetting}`, zh, en }])
  }
  for (const { id, unit } of law.parameters) {
    const periods = values[id]
    if (unit !== byLevel || typeof periods !== 'string' || periods === '-') continue
    const level = periods
      .split(',')
      .map((part) => part.slice(0, 1))
      .find((code) => !read.some((l) => l.code === code))
    if (level === undefined) continue
    const known = read.map((l) => `${l.code} ${l.zh}`).join('、')
    const knownEn = read.map((l) => `${l.code} ${l.en}`).join(', ')
    throw refuse(DraftLevel, { id, level, known, knownEn }, [
      { path: `values.${id}`, zh: `没有级别 ${level}`, en: `there is no level ${level}` },
    ])
  }
}

/**
 * Levels are one for a whole province: a list of it could not say otherwise what a level is. @throws Refusal where a
 * unit of the province or city above keeps them.
 */
export async function refuseLevelsBelow(db: Db, unit: string): Promise<void> {
  const above = await db
    .selectFrom('org')
    .select('name')
    .where(sql<boolean>`starts_with(${unit}, code) and length(code) between 2 and 4 and code <> ${unit}`)
    .orderBy(sql`length(code)`)
    .executeTakeFirst()
  if (above) throw refuse(LevelsAbove, { unit: above.name })
}

/**
 * A level that somebody still has cannot be dropped: his file would bear a level that is none and, with it, no periods,
 * and nobody would have decided that. Counted over the whole unit, seen by nobody's eyes in particular.
 */
export async function refuseHeldLevels(db: Db, unit: string, text: string, law: Circumstances['law']): Promise<void> {
  const kept = readLevels(text)
  if (isRefusal(kept)) throw ofLaw(kept)
  const held = await db
    .selectFrom('person')
    .select(['level', sql<number>`count(*)::int`.as('people')])
    .where(sql<boolean>`starts_with(org_code, ${unit})`)
    .where('state', 'not in', ['released', 'terminated', 'transferred'])
    .where('merged_into', 'is', null)
    .where(
      'level',
      'not in',
      kept.map((l) => l.code),
    )
    .groupBy('level')
    .orderBy('level')
    .execute()
  if (held.length === 0) return
  const levels = levelsOf(law)
  const said = held.map(({ level, people }) => ({ ...levelNamed(levels, level), people }))
  throw refuse(LevelHeld, {
    held: said.map((l) => `${l.zh} ${l.people} 人`).join('、'),
    heldEn: said.map((l) => `${l.people} ${l.en}`).join(', '),
  })
}

/** Whether the text of a rule may be corrected: it was recalled when it shipped. */
export const correctable = (rule: Rule): boolean => ruleToCite(rule.id, rule.from).confidence === 'recalled'

/** Whether a rule reads otherwise than it shipped. */
export function isCorrected(rule: Rule): boolean {
  const shipped = ruleToCite(rule.id, rule.from)
  return says(rule) !== says(shipped)
}
const says = ({ value, article, zh, en }: Pick<Rule, 'value' | 'article' | 'zh' | 'en'>) =>
  JSON.stringify([value === null || typeof value === 'number' ? value : [value.min, value.max], article, zh, en])

/** A correction of the same kind as what it corrects, of a rule that was only recalled, and really another text. */
function refuseWrongCorrection(
  id: string,
  correction: NonNullable<Draft['corrects']>[string],
  law: Circumstances['law'],
) {
  if (!isRuleId(id)) throw refuse(DraftUnknown, { id })
  const now = law.read(id)
  if (!correctable(now)) throw refuse(DraftChecked, { id })
  const { value } = correction
  if (value !== undefined && (now.value === null || kindOf(value) !== kindOf(now.value)))
    throw refuse(DraftValue, { id }, [
      {
        path: `corrects.${id}.value`,
        zh: '与原规则的数值类型不同',
        en: 'is of another kind than the number it corrects',
      },
    ])
  if (typeof value === 'object' && value.min >= value.max)
    throw refuse(DraftValue, { id }, [
      { path: `corrects.${id}.value`, zh: '下限须小于上限', en: 'the least must lie below the greatest' },
    ])
  if (says({ ...now, ...correction }) === says(now)) throw refuse(DraftSame, { id })
}

/** A draft of parameters and confirmations that could be published as it stands. @throws Refusal */
export function refuseWrongDraft(draft: Draft, { law, today }: Pick<Circumstances, 'law' | 'today'>): void {
  const ids = Object.keys(draft.values)
  const holidays = draft.holidays ?? {}
  const corrects = Object.entries(draft.corrects ?? {})
  if (ids.length + draft.confirms.length + corrects.length + Object.keys(holidays).length === 0)
    throw refuse(DraftEmpty)
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
  for (const id of ids) {
    const { unit } = law.parameters.find((p) => p.id === id) ?? { unit: null }
    const [value, shape] = [draft.values[id], shapes[unit ?? '']]
    if (shape && typeof value === 'string' && !shape.reads(value))
      throw refuse(DraftShape, { id, like: shape.like }, [
        { path: `values.${id}`, zh: `请写成 ${shape.like} 的形式`, en: `write it like ${shape.like}` },
      ])
  }
  refuseWrongLevels(draft, law)
  for (const [id, correction] of corrects) refuseWrongCorrection(id, correction, law)
  if (draft.from < today)
    throw refuse(DraftValue, { id: 'from' }, [{ path: 'from', zh: '不能早于今天', en: 'must not be before today' }])
}

/** What ships, whatever anybody published. */
export const shippedParameters = (on: Circumstances['today']) =>
  new Map(lawInForce(on, '').parameters.map((p) => [p.id, p.value]))

const correctionShown = ({ value, ...words }: Correction) => ({
  ...words,
  ...(value === undefined ? {} : { value: typeof value === 'number' ? value : { ...value } }),
})

/** Running duties of a unit and below by the rule that counts them; a count, seen by nobody's eyes in particular. */
export const runningBy = (db: Db, unit: string, rules: readonly string[]) =>
  db
    .selectFrom('task')
    .select(['clock_rule as rule', sql<number>`count(*)::int`.as('running')])
    .where('state', 'in', ['open', 'claimed', 'submitted'])
    .where('clock_rule', 'in', rules)
    .where(sql<boolean>`starts_with(org_code, ${unit})`)
    .groupBy('clock_rule')
    .execute()

export const revisionStore = ({ db }: Inside) => {
  const select = () =>
    db
      .selectFrom('law_revision')
      .leftJoin('staff as drafter', 'drafter.id', 'law_revision.drafted_by')
      .leftJoin('staff as publisher', 'publisher.id', 'law_revision.published_by')
      .leftJoin('org', 'org.code', 'law_revision.org_code')
      .selectAll('law_revision')
      .select(['drafter.name as drafter_name', 'publisher.name as publisher_name', 'org.name as org_name'])
  const shown = (r: Awaited<ReturnType<ReturnType<typeof select>['executeTakeFirstOrThrow']>>): Shown => ({
    id: r.id,
    org: r.org_code,
    orgName: r.org_name ?? r.org_code,
    state: r.state,
    from: r.effective_from,
    source: r.source,
    values: { ...(r.change.values ?? {}) },
    confirms: [...(r.change.confirms ?? [])],
    corrects: Object.fromEntries(Object.entries(r.change.corrects ?? {}).map(([id, c]) => [id, correctionShown(c)])),
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
      const corrects = draft.corrects ?? {}
      const change = { values: draft.values, confirms: draft.confirms.filter(isRuleId), corrects, holidays }
      await db
        .insertInto('law_revision')
        .values({
          id,
          org_code: who.staff.org,
          rule: [
            ...Object.keys(draft.values),
            ...draft.confirms,
            ...Object.keys(corrects),
            ...Object.keys(holidays),
          ].join(','),
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
