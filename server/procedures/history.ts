import type { AnswerOf, BodyOf } from '@zhijiao/contract/kernel'
import type { matters } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { type Procedure, registerStep } from '@zhijiao/contract/procedures/describe'
import { type CivilDate, civilDate, isCivilDate, legalDayOf } from '@zhijiao/law/civil-date'
import { dueOf } from '@zhijiao/law/due'
import { levelsOf } from '@zhijiao/law/level-setting'
import type { Levels } from '@zhijiao/law/levels'
import { isRefusal } from '@zhijiao/law/refusals'
import { sql } from 'kysely'
import type { Session } from '../core/auth/session.ts'
import { type LawBook, lawBook } from '../core/circumstances.ts'
import type { House } from '../core/house.ts'
import { appendMany } from '../core/ledger/append.ts'
import type { Fact } from '../core/ledger/entry.ts'
import { unknownLevel } from '../core/levels.ts'
import { Invalid, problemOf, Refusal, refuse } from '../core/refusals.ts'
import type { Circumstances, Inside } from '../core/room.ts'
import { lastInstantOf } from '../core/tasks/civil.ts'
import { tasksIn } from '../core/tasks.ts'
import { documentsIn } from '../documents/index.ts'
import { clockRuleOf, columnsOf, holderOf, led, stepOf } from './domain.ts'
import { fileEnded } from './filing.ts'
import { type Form, readForm } from './form.ts'
import { taskKindOf } from './matters.ts'
import { oldMatters } from './old-store.ts'
import { blanksOf } from './papers.ts'
import { type Crossing, type Person, practiceOf } from './practice.ts'
import { OldDay, OldIdTaken, OldKind, OldPassage, OldPerson, OldUnit } from './refusals.ts'
import type { MatterRow, PassageRow } from './store.ts'

type SpecOf<K> = K extends { of?: infer S } ? S : never
type Spec = SpecOf<(typeof matters)['importHistory']>
type Batch = BodyOf<Spec>
type Old = Batch['matters'][number]

interface Ready {
  readonly old: Old
  readonly row: MatterRow
  readonly passages: readonly PassageRow[]
  readonly procedure: Procedure
  readonly from: string | null
}

/**
 * Brings old matters in: where each passage leads is read from the description, so that an old matter can only stand
 * where a new one could. Those still under way get their task, their legal clock and their drafts; of those that ended no
 * paper is drafted and no state of the person changed, for that happened then; what they settled stands in the groups of
 * the file with its own days.
 */
export async function importMatters(
  { db, ledger }: Inside,
  house: House,
  batch: Batch,
  who: Session,
  { now, today, law }: Circumstances,
): Promise<AnswerOf<Spec>> {
  const matters = batch.matters.map((m) => ({ ...m, id: m.id.toLowerCase() }))
  const store = oldMatters(db)
  // By the whole table: an id of another unit is as taken as one of this.
  const taken = await oldMatters(house.databases.system).unitsOf(matters.map((m) => m.id))
  const people = await store.people(matters.flatMap((m) => m.person ?? []))
  const units = await store.units(matters.flatMap((m) => m.org ?? []))
  const refused: AnswerOf<Spec>['refused'] = []
  const book = await lawBook(house, now)
  const ready: Ready[] = []
  const seen = new Set<string>()
  let known = 0
  for (const [i, old] of matters.entries()) {
    const no = (why: Refusal, field: string | null = null) => {
      const [first] = why.fields
      const { code, zh, en } = problemOf(why, '')
      // Of a form that is read by its description the fault is said by the field; elsewhere the refusal says it whole.
      const words = first && why.kind === Invalid ? { zh: `${first.zh}。`, en: `${first.en}.` } : { zh, en }
      refused.push({ row: i + 1, id: old.id, code, field: first?.path ?? field, ...words })
    }
    const there = taken.get(old.id)
    if (seen.has(old.id) || there?.startsWith(who.eyes.unit)) {
      known++
      continue
    }
    seen.add(old.id)
    const procedure = procedureOf(old.kind)
    const person = old.person === undefined ? undefined : people.get(old.person)
    const org = person?.org_code ?? old.org ?? who.eyes.unit
    if (there !== undefined) no(refuse(OldIdTaken, { id: old.id }), 'id')
    else if (!procedure) no(refuse(OldKind, { kind: old.kind }), 'kind')
    else if ((procedure.about === 'person' || old.person !== undefined) && !person)
      no(refuse(OldPerson, { person: old.person ?? '—' }), 'person')
    else if (!org.startsWith(who.eyes.unit) || (!person && old.org !== undefined && !units.has(org)))
      no(refuse(OldUnit, { org }), 'org')
    else if (!isCivilDate(old.on)) no(refuse(OldDay, { on: old.on }), 'on')
    else {
      const { person: _, ...rest } = old
      const one = read(
        { ...rest, ...(person ? { person: person.id } : {}) },
        procedure,
        { org, person: person ?? null },
        { now, today, law, book },
        house,
      )
      if (one instanceof Refusal) no(one)
      else ready.push(one)
    }
  }
  for (let from = 0; from < ready.length; from += 500) {
    const some = ready.slice(from, from + 500)
    await db
      .insertInto('matter')
      .values(
        some.map(({ row }) => ({ ...row, register: json(row.register), draft: json({}), shown: json(row.shown) })),
      )
      .execute()
    const passages = some.flatMap((s) => s.passages)
    for (let at = 0; at < passages.length; at += 1000)
      await db
        .insertInto('matter_passage')
        .values(passages.slice(at, at + 1000).map((p) => ({ ...p, form: json(p.form) })))
        .execute()
  }
  await appendMany(
    db,
    house.chance,
    { id: who.staff.id, name: who.staff.name, lawRevision: law.revision },
    ready.flatMap((r) => factsOf(r, batch.source)),
  )
  // What a business would have filed then it files now, with its own days.
  await fileEnded(
    { db, ledger },
    house,
    ready.map((r) => r.row),
  )
  const tasks = tasksIn(db, house, ledger)
  for (const one of ready) {
    const { row, procedure, from } = one
    const step = stepOf(procedure, row.step)
    if (!step) continue
    const person = row.person_id ? people.get(row.person_id) : undefined
    const rule = clockRuleOf(step, { register: row.register })
    const due = rule && from ? dueOf(rule, from, { law }) : null
    const dueAt =
      due && !isRefusal(due) && due.due && isCivilDate(due.due) ? lastInstantOf(civilDate(due.due)) : undefined
    const task = await tasks.open({
      kind: taskKindOf(row.kind),
      org: row.org_code,
      person: row.person_id,
      subject: row.id,
      title: { zh: `${row.who}：${procedure.zh}·${step.zh}`, en: `${row.who}: ${procedure.en}, ${step.en}` },
      ...(dueAt === undefined ? {} : { dueAt }),
      rule: rule ?? procedure.cites[0] ?? null,
      ...(row.holder_role === 'officer' && person?.officer_id ? { owner: person.officer_id } : {}),
      ownerRole: row.holder_role ?? 'county',
      unit: row.holder_unit ?? row.org_code,
    })
    await db
      .updateTable('matter')
      .set({
        holder_id: task.owner?.id ?? null,
        due_at: dueAt === undefined ? null : new Date(dueAt),
        rule: rule ?? null,
      })
      .where('id', '=', row.id)
      .execute()
    await draftStanding({ db, ledger }, house, one, levelsOf(law))
  }
  return { created: ready.length, known, refused }
}

/**
 * Papers of a matter still under way: what its passages so far call for waits as a draft, unless it was issued then and
 * comes with the import of papers; older ones lie in the volumes.
 */
async function draftStanding(
  inside: Inside,
  house: House,
  { old, row, passages, procedure }: Ready,
  levels: Levels,
): Promise<void> {
  const documents = documentsIn(inside, house)
  const forms = { [registerStep]: row.register, ...Object.fromEntries(passages.map((p) => [p.step, p.form])) }
  const due = [
    ...(procedure.papers ?? []).map((paper) => ({ paper, at: row.opened_at, by: row.opened_name })),
    ...passages.flatMap((p) =>
      (stepOf(procedure, p.step)?.ways.find((w) => w.id === p.way)?.papers ?? []).map((paper) => ({
        paper,
        at: p.at,
        by: p.by_name,
      })),
    ),
  ]
  for (const { paper, at, by } of due.filter((one) => !old.issued?.includes(one.paper)))
    await documents.draft({
      template: paper,
      org: row.org_code,
      person: row.person_id,
      subject: row.id,
      on: legalDayOf(at.getTime()),
      values: { 事项: procedure.zh, ...blanksOf(procedure, forms, levels) },
      by: { id: null, name: by },
    })
}

const json = (value: unknown) => sql<Form>`${JSON.stringify(value)}::jsonb`

function read(
  old: Old,
  procedure: Procedure,
  home: { readonly org: string; readonly person: Person | null },
  {
    now,
    today,
    law,
    book,
  }: { readonly now: number; readonly today: CivilDate; readonly law: Circumstances['law']; readonly book: LawBook },
  house: House,
): Ready | Refusal {
  // What lay ahead when it was written down may lie behind now: an old form is read as it stands.
  const loose = { today, now, partial: true } as const
  const written = readForm(past(procedure.form), old.register, loose)
  if (written instanceof Refusal) return below('register', written)
  for (const field of procedure.form) {
    const given = field.kind === 'code' && field.set === 'supervisionLevel' ? written[field.id] : undefined
    const unknown = given === undefined ? null : unknownLevel(law, given, field.id, { former: true })
    if (unknown) return below('register', unknown)
  }
  const sealed = practiceOf(procedure.id).seal?.(written, house) ?? { form: written }
  if (sealed instanceof Refusal) return below('register', sealed)
  const register = sealed.form
  const { route } = practiceOf(procedure.id)
  const forms: Record<string, Form> = { [registerStep]: register }
  // Competence is asked as of then: an old matter stands where the law of its day had led it.
  const crossing = (form: Form, at: string): Crossing => {
    const day = legalDayOf(Date.parse(at))
    return { form, forms, person: home.person, today: day, law: book.on(day, home.org) }
  }
  let at: string | null = procedure.steps[0]
    ? (route?.(crossing(register, old.openedAt), registerStep, 'registered') ?? procedure.steps[0].id)
    : null
  let end: string | null = at ? null : (procedure.ends[0]?.id ?? 'recorded')
  let entered = old.openedAt
  const passages: PassageRow[] = []
  for (const [n, passage] of old.passages.entries()) {
    const step = stepOf(procedure, passage.step)
    const way = step?.ways.find((w) => w.id === passage.way)
    if (!step || !way || end)
      return refuse(
        OldPassage,
        { n: n + 1, step: passage.step, way: passage.way, name: procedure.zh, nameEn: procedure.en },
        [{ path: `passages.${n}`, zh: '没有这一步', en: 'there is no such step' }],
      )
    const form = readForm(past(step.form ?? []), passage.form ?? {}, loose)
    if (form instanceof Refusal) return below(`passages.${n}.form`, form)
    forms[step.id] = form
    const to = led(way, route?.(crossing(form, passage.at), step.id, way.id))
    passages.push({
      id: house.chance.id(),
      matter_id: old.id,
      n: n + 1,
      step: step.id,
      way: way.id,
      to_step: to,
      by_id: null,
      by_name: passage.by,
      at: new Date(passage.at),
      note: passage.note ?? '',
      form,
      cites: [...(way.cites ?? [])],
      law_revision: law.revision,
    })
    at = stepOf(procedure, to)?.id ?? null
    end = at ? null : to
    entered = passage.at
  }
  const step = stepOf(procedure, at)
  const holder = step ? holderOf(step, home.org, null) : null
  const given = [step?.clock?.from ?? []].flat().flatMap((path) => {
    const [form, field = ''] = path.split('.')
    const filled = form === 'register' ? register : passages.findLast((p) => p.step === form)?.form
    return filled?.[field] ?? []
  })[0]
  return {
    old,
    procedure,
    passages,
    from: step?.clock ? String(given ?? entered).slice(0, 10) : null,
    row: {
      id: old.id,
      kind: procedure.id,
      room: procedure.room,
      org_code: home.org,
      other_org: null,
      person_id: old.person ?? null,
      who: home.person?.name ?? String(register.name ?? register.who ?? procedure.zh),
      class: procedure.class ?? null,
      once: false,
      step: at,
      end_id: end,
      holder_role: holder?.post ?? null,
      holder_unit: holder?.unit ?? null,
      holder_id: null,
      due_at: null,
      rule: null,
      on_day: old.on,
      register,
      draft: {},
      shown: columnsOf(procedure, register) as Form,
      cause_id: null,
      origin_kind: null,
      origin_id: null,
      opened_at: new Date(old.openedAt),
      opened_by: null,
      opened_name: old.openedBy,
      organ_id: null,
      entered_at: new Date(entered),
      ended_at: end ? new Date(entered) : null,
      imported: true,
      law_revision: law.revision,
      revision: 1,
    },
  }
}

/** A refusal whose fields lie deeper in the row. */
const below = (path: string, { kind, data, fields }: Refusal): Refusal =>
  refuse(
    kind,
    data,
    fields.map((f) => ({ ...f, path: f.path ? `${path}.${f.path}` : path })),
  )

/** The same fields without the limits that hold for what is written today. */
const past = (fields: Procedure['form']): Procedure['form'] =>
  fields.map((field) =>
    field.kind === 'day' || field.kind === 'moment' ? { ...field, limit: undefined, after: undefined } : field,
  ) as Procedure['form']

function factsOf({ row, passages, procedure }: Ready, source: string): Fact[] {
  const about = { org: row.org_code, person: row.person_id, subject: row.id, imported: true }
  return [
    {
      ...about,
      kind: `${row.kind}.begun`,
      occurredAt: row.opened_at.getTime(),
      payload: { form: row.register, by: row.opened_name, source },
    },
    ...passages.map((p) => ({
      ...about,
      kind: `${row.kind}.${stepOf(procedure, p.to_step) ? 'passed' : 'ended'}`,
      occurredAt: p.at.getTime(),
      cites: p.cites,
      payload: { step: p.step, way: p.way, to: p.to_step, note: p.note, form: p.form, by: p.by_name, source },
    })),
  ]
}
