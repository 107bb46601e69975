import { type Procedure, type Step, withdrawn } from '@zhijiao/contract/procedures/describe'
import { type CivilDate, civilDate, endOfLegalDay, isCivilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { ruleToCite } from '@zhijiao/law/rule'
import { apartOf, deskOf, halfNamed, handsFor, unnamed } from '../core/apart.ts'
import { lawFor } from '../core/circumstances.ts'
import type { SetDay } from '../core/tasks/clock.ts'
import { keepAgreedTime } from './agreed.ts'
import { clockRuleOf, holderOf, valueAt } from './domain.ts'
import type { Form } from './form.ts'
import { personOf } from './moment.ts'
import { type Person, practiceOf } from './practice.ts'
import type { MatterRow } from './store.ts'
import type { Actor, Work } from './work.ts'

/** The task kind of a procedure: what its workbench group is called. */
export const taskKindOf = (procedure: string) => `matter.${procedure}`

/** Puts the matter into the hands of a step: its clock starts, its task is delivered. */
export async function enter(
  work: Work,
  row: MatterRow,
  procedure: Procedure,
  step: Step,
  forms: Readonly<Record<string, Form>>,
): Promise<void> {
  const { house, store, tasks } = work
  const { post, unit } = holderOf(step, row.org_code, row.other_org)
  const now = house.chance.now()
  const person = row.person_id ? await personOf(work, row.person_id).catch(() => null) : null
  const elsewhere = step.elsewhere && row.other_org
  const set = await daySet(work, row, step, forms, person)
  const from = set ? null : await clockStart(work, row, step, forms, legalDayOf(now))
  const rule = set ? undefined : clockRuleOf(step, forms)
  const basis = set?.rule ?? rule ?? step.within?.rule ?? null
  // The other county's duty bears no person: whom only the named staff there may know, its title must not name.
  const apart = elsewhere ? await apartOf(work.db, row.id) : []
  // Whoever is not on file yet is kept apart by nobody; of a minor the title says no more than that there is one.
  const title = row.person_id === null && valueAt('register.minor', forms) === true ? halfNamed(row.who) : row.who
  const who = apart.length > 0 ? unnamed : { zh: title, en: title }
  const desk = apart.length > 0 && post === 'county' ? deskOf(await handsFor(work.db, unit, apart), unit) : null
  const task = await tasks.open({
    kind: taskKindOf(row.kind),
    org: elsewhere ? unit : row.org_code,
    // The other county has no file of this person; it sees the matter and no more.
    person: elsewhere ? null : row.person_id,
    subject: row.id,
    title: { zh: `${who.zh}：${procedure.zh}·${step.zh}`, en: `${who.en}: ${procedure.en}, ${step.en}` },
    ...(rule && from ? { due: { rule, from, inCustody: person?.state === 'detained' } } : {}),
    ...(rule && from === null ? { waits: rule } : {}),
    ...(set ? { dueDay: set } : {}),
    ...(step.within && !set ? { dueAt: await endOfDaysSet(work, row, step.within, forms, now) } : {}),
    rule: basis ?? procedure.cites[0] ?? null,
    ...(post === 'officer' && person?.officer_id ? { owner: person.officer_id } : {}),
    ...(desk ?? { ownerRole: post }),
    unit,
  })
  const agreed = rule ? await keepAgreedTime(work, house, task, { rule, subject: row.id }) : null
  await store.change(row.id, {
    step: step.id,
    holder_role: post,
    holder_unit: unit,
    holder_id: task.owner?.id ?? null,
    due_at: agreed ?? (task.dueAt === null ? null : new Date(task.dueAt)),
    rule: basis,
    entered_at: new Date(now),
    draft: {},
  })
}

/** Counts the clock of the running step anew, when the day it is counted from has turned out to be another. */
export async function recount(
  work: Work,
  row: MatterRow,
  step: Step,
  forms: Readonly<Record<string, Form>>,
  why: { readonly by: Actor; readonly reason: string },
): Promise<void> {
  const task = await work.tasks.of(taskKindOf(row.kind), row.id)
  if (!task) return
  const person = row.person_id ? await personOf(work, row.person_id).catch(() => null) : null
  const set = await daySet(work, row, step, forms, person)
  const basis = set?.rule
  if (set && basis) {
    await work.tasks.recount(task, why.by, { day: set, basis, reason: why.reason })
    return work.store.change(row.id, { rule: basis })
  }
  const rule = clockRuleOf(step, forms)
  if (!rule) return
  const from = await clockStart(work, row, step, forms, legalDayOf(work.house.chance.now()))
  await work.tasks.recount(task, why.by, { due: from ? { rule, from } : null, basis: rule, reason: why.reason })
}

/** The last day of a step where an event sets it. */
async function daySet(
  { house }: Work,
  row: MatterRow,
  step: Step,
  forms: Readonly<Record<string, Form>>,
  person: Person | null,
): Promise<SetDay | undefined> {
  const { dueDay } = practiceOf(row.kind)
  if (!dueDay) return undefined
  const now = house.chance.now()
  const law = await lawFor(house, row.org_code, now)
  return dueDay({ step: step.id, forms, person, today: legalDayOf(now), law })
}

/** The day a step's clock counts from: what its room says, a field of a form, or the day it is entered. Null: not begun. */
async function clockStart(
  { db }: Work,
  matter: MatterRow,
  step: Step,
  forms: Readonly<Record<string, Form>>,
  today: CivilDate,
): Promise<CivilDate | string | null> {
  if (!step.clock) return null
  const said = await practiceOf(matter.kind).clockFrom?.({ db, matter })
  if (said !== undefined) return said
  const { from, rule } = step.clock
  if (!from) return today
  const value = [from]
    .flat()
    .map((path) => valueAt(path, forms))
    .find((v) => typeof v === 'string')
  if (typeof value !== 'string') return today
  const day = value.slice(0, 10)
  // Hours run from the instant (REV-02), days from the legal day it lies in.
  if (value.length > 10) return ruleToCite(rule, today).unit === 'hour' ? value : legalDayOf(Date.parse(value))
  return isCivilDate(day) ? civilDate(day) : today
}

/**
 * The last instant of a period that the operator sets, counted from the day its room says, from the opening of the matter
 * or from today; or of the day that a form names instead. Milliseconds UTC.
 */
async function endOfDaysSet(
  { db, house }: Work,
  row: MatterRow,
  within: NonNullable<Step['within']>,
  forms: Readonly<Record<string, Form>>,
  now: number,
): Promise<number> {
  const said = await practiceOf(row.kind).clockFrom?.({ db, matter: row })
  // A day that a form named was for the round it began; where the room counts from a later one, it is over.
  const named = within.until && !said ? valueAt(within.until, forms) : undefined
  if (typeof named === 'string' && isCivilDate(named)) return endOfLegalDay(civilDate(named)) - 1
  const law = await lawFor(house, row.org_code, now)
  const from = said ?? legalDayOf(within.opening ? row.opened_at.getTime() : now)
  return endOfLegalDay(plusDays(from, law.number(within.setting, within.days))) - 1
}

/**
 * Ends the duty in the name of who did it. For a level above the county it is this very duty that shows it the person,
 * so a duty that nobody had claimed is his before it ends. Another organ that answers has no duty here.
 */
export async function finish({ db, tasks }: Work, matter: MatterRow, outcome: string, by: Actor): Promise<void> {
  const task = await tasks.of(taskKindOf(matter.kind), matter.id)
  if (!task) return
  // Nobody here did it: it was taken away from him.
  if (outcome === 'takenBack' || outcome === withdrawn.id) return tasks.cancel(task, outcome)
  if (!task.owner_id && by.id && !by.roles.includes('partnerOrgan'))
    await db.updateTable('task').set({ owner_id: by.id }).where('id', '=', task.id).execute()
  await tasks.finish(task, outcome)
}
