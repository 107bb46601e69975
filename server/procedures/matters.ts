import { createHash } from 'node:crypto'
import type { Hint } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { type Procedure, registerStep, type Step, type Way } from '@zhijiao/contract/procedures/describe'
import { type CivilDate, civilDate, endOfLegalDay, isCivilDate, legalDayOf, plusDays } from '@zhijiao/law/civil-date'
import { ruleToCite } from '@zhijiao/law/rule'
import { lawFor } from '../core/circumstances.ts'
import type { ScopedDb } from '../core/db.ts'
import type { House } from '../core/house.ts'
import type { Ledger } from '../core/ledger/append.ts'
import { canonical } from '../core/ledger/canonical.ts'
import { announce } from '../core/live.ts'
import { Changed, notFound, Refusal, refuse, settled } from '../core/refusals.ts'
import { tasksIn } from '../core/tasks.ts'
import { keepAgreedTime } from './agreed.ts'
import {
  clockRuleOf,
  columnsOf,
  type Hand,
  holderOf,
  inHand,
  mayWithdraw,
  type Standing,
  stepOf,
  take,
  valueAt,
} from './domain.ts'
import { type Form, readForm } from './form.ts'
import { draftPapers } from './papers.ts'
import { type Moment, type Person, practiceOf, type Weighing } from './practice.ts'
import { KindUnknown, NotNow, PersonNeeded, Running } from './refusals.ts'
import { type MatterRow, matterStore, type PassageRow } from './store.ts'

/** Who acts, with his name for the record; a part of the program has no id. */
export interface Actor extends Hand {
  readonly name: string
}

export interface Wish {
  readonly kind: string
  readonly person?: string | null
  readonly org?: string
  readonly form: unknown
  readonly cause?: string | null
  /** Chosen by the caller, so that asking twice begins one matter. */
  readonly id?: string
}

const stateWords: Readonly<Record<string, { zh: string; en: string }>> = {
  awaiting: { zh: '待报到', en: 'awaiting' },
  inCorrection: { zh: '在矫', en: 'in correction' },
  missing: { zh: '脱管', en: 'missing' },
  detained: { zh: '被羁押', en: 'detained' },
  released: { zh: '已解除', en: 'released' },
  terminated: { zh: '已终止', en: 'terminated' },
  transferred: { zh: '已转出', en: 'transferred' },
}
const usualStates = ['awaiting', 'inCorrection', 'missing', 'detained']

/** The task kind of a procedure: what its workbench group is called. */
export const taskKindOf = (procedure: string) => `matter.${procedure}`

/**
 * Matters inside one transaction: each passage, its ledger entry, its task, its papers and whatever its practice changes
 * stand or fall together.
 */
export function mattersIn({ db, ledger }: { db: ScopedDb; ledger: Ledger }, house: House) {
  const store = matterStore(db)
  const tasks = tasksIn(db, house, ledger)

  const describe = (kind: string): Procedure => {
    const procedure = procedureOf(kind)
    if (!procedure) throw refuse(KindUnknown, { kind })
    return procedure
  }
  const personOf = async (id: string | null | undefined): Promise<Person | null> =>
    id ? await db.selectFrom('person').selectAll().where('id', '=', id).executeTakeFirstOrThrow(notFound) : null

  async function weighing(
    wish: Omit<Wish, 'id'>,
    form: Form,
    by: Actor,
    elsewhere: string | null = null,
  ): Promise<Weighing> {
    // The other county of a matter has it in hand without a file of the person.
    const person = await personOf(wish.person).catch((error) => {
      if (elsewhere && by.unit.startsWith(elsewhere)) return null
      throw error
    })
    const org = person?.org_code ?? wish.org ?? by.unit
    const now = house.chance.now()
    return {
      db,
      house,
      person,
      org,
      form,
      now,
      today: legalDayOf(now),
      law: await lawFor(house, org, now),
      cause: wish.cause ? ((await store.find(wish.cause)) ?? null) : null,
      by,
    }
  }

  /** Whether it may begin at all, and what the practice says to it. */
  async function weigh(procedure: Procedure, w: Weighing): Promise<readonly Hint[]> {
    const { zh: name, en: nameEn } = procedure
    if (procedure.about === 'person') {
      if (!w.person) throw refuse(PersonNeeded, { name, nameEn })
      const { state } = w.person
      if (!(procedure.whileIn ?? usualStates).includes(state))
        throw refuse(NotNow, {
          name,
          nameEn,
          state: stateWords[state]?.zh ?? state,
          stateEn: stateWords[state]?.en ?? state,
        })
      if (procedure.once && (await store.runningOf(w.person.id, procedure.id)))
        throw refuse(Running, { name, nameEn, id: (await store.runningOf(w.person.id, procedure.id))?.id })
    }
    return settled((await practiceOf(procedure.id).weigh?.(w)) ?? [])
  }

  async function standingOf(
    row: MatterRow,
  ): Promise<Standing & { passages: readonly PassageRow[]; rows: readonly PassageRow[] }> {
    const rows = await store.passages(row.id)
    return {
      org: row.org_code,
      otherOrg: row.other_org,
      step: row.step,
      end: row.end_id,
      openedBy: row.opened_by,
      rows,
      passages: rows.map((p) => ({ ...p, by: p.by_id })),
    }
  }

  const formsOf = (row: MatterRow, passages: readonly PassageRow[]): Record<string, Form> => ({
    [registerStep]: row.register,
    ...Object.fromEntries(passages.map((p) => [p.step, p.form])),
  })

  async function momentOf(
    row: MatterRow,
    form: Form,
    passages: readonly PassageRow[],
    by: Actor,
    note: string,
  ): Promise<Moment> {
    const base = await weighing(
      { kind: row.kind, person: row.person_id, org: row.org_code, form, cause: row.cause_id },
      form,
      by,
      row.other_org,
    )
    return {
      ...base,
      org: row.org_code,
      ledger,
      matter: row,
      forms: formsOf(row, passages),
      note,
      apart: {},
      start: async (kind, begun, options = {}) =>
        (
          await begin(
            {
              kind,
              form: begun,
              cause: row.id,
              person: options.person === undefined ? row.person_id : options.person,
              org: options.org ?? row.org_code,
            },
            by,
          )
        ).id,
      changePerson: async (set) => {
        const { person } = base
        if (!person) return
        await db
          .updateTable('person')
          .set((eb) => ({ ...set, updated_at: new Date(house.chance.now()), revision: eb('revision', '+', 1) }))
          .where('id', '=', person.id)
          .execute()
        const before = person as unknown as Record<string, string | null>
        await ledger.append({
          kind: 'person.changedBy',
          org: person.org_code,
          person: person.id,
          subject: row.id,
          payload: {
            by: row.kind,
            changes: Object.fromEntries(
              Object.entries(set).map(([field, to]) => [field, { from: before[field] ?? null, to: to ?? null }]),
            ),
          },
        })
        Object.assign(person, set)
        await announce(db, { topic: 'person', id: person.id, org: person.org_code, person: person.id, what: 'changed' })
      },
    }
  }

  /** Puts the matter into the hands of a step: its clock starts, its task is delivered. */
  async function enter(row: MatterRow, procedure: Procedure, step: Step, forms: Record<string, Form>): Promise<void> {
    const { post, unit } = holderOf(step, row.org_code, row.other_org)
    const now = house.chance.now()
    const person = row.person_id ? await personOf(row.person_id).catch(() => null) : null
    const elsewhere = step.elsewhere && row.other_org
    const from = clockStart(step, forms, legalDayOf(now))
    const rule = clockRuleOf(step, forms)
    const task = await tasks.open({
      kind: taskKindOf(row.kind),
      org: elsewhere ? unit : row.org_code,
      // The other county has no file of this person; it sees the matter and no more.
      person: elsewhere ? null : row.person_id,
      subject: row.id,
      title: { zh: `${row.who}：${procedure.zh}·${step.zh}`, en: `${row.who}: ${procedure.en}, ${step.en}` },
      ...(rule && from ? { due: { rule, from, inCustody: person?.state === 'detained' } } : {}),
      ...(step.within ? { dueAt: await endOfDaysSet(row.org_code, step.within, now) } : {}),
      rule: rule ?? step.within?.rule ?? procedure.cites[0] ?? null,
      ...(post === 'officer' && person?.officer_id ? { owner: person.officer_id } : {}),
      ownerRole: post,
      unit,
    })
    const agreed = rule ? await keepAgreedTime({ db, ledger }, house, task, { rule, subject: row.id }) : null
    await store.change(row.id, {
      step: step.id,
      holder_role: post,
      holder_unit: unit,
      holder_id: task.owner?.id ?? null,
      due_at: agreed ?? (task.dueAt === null ? null : new Date(task.dueAt)),
      rule: rule ?? step.within?.rule ?? null,
      entered_at: new Date(now),
      draft: {},
    })
  }

  /** The last instant of a period that the operator sets, milliseconds UTC. */
  async function endOfDaysSet(org: string, { setting, days }: NonNullable<Step['within']>, now: number) {
    const law = await lawFor(house, org, now)
    return endOfLegalDay(plusDays(legalDayOf(now), law.number(setting, days))) - 1
  }

  async function tell(row: MatterRow, what: string, staff: readonly (string | null)[] = []): Promise<void> {
    await announce(db, { topic: 'matter', id: row.id, org: row.org_code, person: row.person_id, what, staff })
  }

  async function begin(wish: Wish, by: Actor): Promise<{ id: string; begun: boolean }> {
    const procedure = describe(wish.kind)
    if (wish.id) {
      const there = await store.find(wish.id)
      if (there) return { id: there.id, begun: false }
    }
    const now = house.chance.now()
    const today = legalDayOf(now)
    const practice = practiceOf(procedure.id)
    const read = settled(readForm(procedure.form, wish.form, { today, now }))
    const { form, apart } = settled(practice.seal?.(read, house) ?? { form: read, apart: {} })
    const w = await weighing(wish, form, by)
    await weigh(procedure, w)
    const [first] = procedure.steps
    const row: MatterRow = {
      id: wish.id ?? house.chance.id(),
      kind: procedure.id,
      room: procedure.room,
      org_code: w.org,
      other_org: practice.otherOrg?.(form) ?? null,
      person_id: w.person?.id ?? null,
      who: w.person?.name ?? String(form.name ?? form.who ?? procedure.zh),
      class: procedure.class ?? null,
      once: procedure.once ?? false,
      step: first?.id ?? null,
      end_id: first ? null : (procedure.ends[0]?.id ?? 'recorded'),
      holder_role: null,
      holder_unit: null,
      holder_id: null,
      due_at: null,
      rule: null,
      on_day: today,
      register: form,
      draft: {},
      shown: columnsOf(procedure, form) as Form,
      cause_id: wish.cause ?? null,
      opened_at: new Date(now),
      opened_by: by.id || null,
      opened_name: by.name,
      entered_at: new Date(now),
      ended_at: first ? null : new Date(now),
      imported: false,
      law_revision: w.law.revision,
      revision: 1,
    }
    if (!(await store.add(row))) {
      // Somebody was quicker by a moment: the same id, or the one running matter of this person.
      const there = wish.id ? await store.find(wish.id) : undefined
      if (there) return { id: there.id, begun: false }
      throw refuse(Running, { name: procedure.zh, nameEn: procedure.en })
    }
    await ledger.append({
      kind: `${procedure.id}.begun`,
      org: row.org_code,
      person: row.person_id,
      subject: row.id,
      cites: [...procedure.cites],
      payload: { form: forLedger(procedure, form), who: row.person_id ? null : row.who, cause: row.cause_id },
    })
    const moment = { ...(await momentOf(row, form, [], by, '')), apart }
    await draftPapers(moment, procedure, procedure.papers ?? [])
    await practice.on?.registered?.(moment)
    if (first) {
      const to = (await practice.route?.(moment, registerStep, 'registered')) ?? first.id
      await enter(row, procedure, stepOf(procedure, to) ?? first, { [registerStep]: form })
    } else await practice.on?.[`end:${row.end_id}`]?.(moment)
    await tell(row, 'begun', [by.id])
    return { id: row.id, begun: true }
  }

  return {
    describe,

    /** What the law and the file say to a matter before it begins; writes nothing. */
    async weigh(wish: Wish, by: Actor): Promise<readonly Hint[]> {
      const procedure = describe(wish.kind)
      const now = house.chance.now()
      const form = settled(readForm(procedure.form, wish.form, { today: legalDayOf(now), now, partial: true }))
      return weigh(procedure, await weighing(wish, form, by))
    },

    begin,

    /** Keeps the half-filled form of the step that is in hand. */
    async keep(id: string, form: unknown, revision: number, by: Actor): Promise<void> {
      const row = await store.hold(id)
      const procedure = describe(row.kind)
      const step = settled(inHand(procedure, await standingOf(row), by))
      if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
      const now = house.chance.now()
      await store.change(id, {
        draft: settled(readForm(step.form ?? [], form, { today: legalDayOf(now), now, partial: true })),
      })
    },

    /** Takes a way out of the present step. */
    async act(
      id: string,
      wish: { way: string; form: unknown; note: string; revision: number },
      by: Actor,
    ): Promise<void> {
      const row = await store.hold(id)
      const procedure = describe(row.kind)
      const standing = await standingOf(row)
      const { step, way } = settled(take(procedure, standing, by, wish))
      if (row.revision !== wish.revision) throw refuse(Changed, { revision: row.revision })
      const now = house.chance.now()
      const form = settled(
        readForm(step.form ?? [], wish.form, { today: legalDayOf(now), now, partial: way.tone === 'back' }),
      )
      const practice = practiceOf(procedure.id)
      const before = await momentOf(row, form, standing.rows, by, wish.note)
      const moment: Moment = { ...before, forms: { ...before.forms, [step.id]: form } }
      const shut = moment.person && practice.shuts?.(moment.person, step.id)[way.id]
      if (shut) throw shut
      const unfit = await practice.check?.(moment, step.id, way.id)
      if (unfit) throw unfit
      const to = (await practice.route?.(moment, step.id, way.id)) ?? way.to
      await pass(moment, procedure, step, way, to)
    },

    /** Taken back by whoever began it. */
    async withdraw(id: string, reason: string, revision: number, by: Actor): Promise<void> {
      const row = await store.hold(id)
      const procedure = describe(row.kind)
      const standing = await standingOf(row)
      settled(mayWithdraw(procedure, standing, by, row.opened_name))
      if (row.revision !== revision) throw refuse(Changed, { revision: row.revision })
      const moment = await momentOf(row, {}, standing.rows, by, reason)
      await end(moment, procedure, 'withdrawn', row.step ?? registerStep, 'withdraw', [])
    },

    /** Ends a running matter because something else settled it, such as the person's release; nobody's decision. */
    async settle(id: string, endId: string, why: string, by: Actor): Promise<void> {
      const row = await store.hold(id)
      if (row.end_id) return
      const standing = await standingOf(row)
      await end(
        await momentOf(row, {}, standing.rows, by, why),
        describe(row.kind),
        endId,
        row.step ?? registerStep,
        'settle',
        [],
      )
    },
  }

  async function pass(moment: Moment, procedure: Procedure, step: Step, way: Way, to: string): Promise<void> {
    const { matter, form, note, by } = moment
    const next = stepOf(procedure, to)
    const cites = [...new Set([...(way.cites ?? []), clockRuleOf(step, moment.forms) ?? []].flat())]
    if (!next) return end(moment, procedure, to, step.id, way.id, cites, way)
    await write(moment, step.id, way.id, to, cites)
    await finishTask(matter, way.id, by)
    await draftPapers(moment, procedure, way.papers ?? [], way)
    await practiceOf(procedure.id).on?.[`${step.id}:${way.id}`]?.(moment)
    await enter(await store.hold(matter.id), procedure, next, { ...moment.forms, [step.id]: form })
    await tell(matter, note ? 'returned' : 'passed', [matter.opened_by, by.id])
  }

  async function end(
    moment: Moment,
    procedure: Procedure,
    to: string,
    step: string,
    wayId: string,
    cites: readonly string[],
    way?: Way,
  ): Promise<void> {
    const { matter, by } = moment
    await write(moment, step, wayId, to, cites)
    await store.change(matter.id, {
      step: null,
      end_id: to,
      ended_at: new Date(house.chance.now()),
      holder_role: null,
      holder_unit: null,
      holder_id: null,
      due_at: null,
      draft: {},
    })
    await finishTask(matter, to, by)
    await draftPapers(moment, procedure, way?.papers ?? [], way)
    const on = practiceOf(procedure.id).on ?? {}
    await on[`${step}:${wayId}`]?.(moment)
    await on[`end:${to}`]?.(moment)
    await tell(matter, 'ended', [matter.opened_by, by.id])
  }

  async function write(moment: Moment, step: string, way: string, to: string, cites: readonly string[]): Promise<void> {
    const { matter, form, note, by, law } = moment
    await store.pass({
      id: house.chance.id(),
      matter_id: matter.id,
      step,
      way,
      to_step: to,
      by_id: by.id || null,
      by_name: by.name,
      at: new Date(house.chance.now()),
      note,
      form,
      cites: [...cites],
      law_revision: law.revision,
    })
    await ledger.append({
      kind: `${matter.kind}.${way === 'withdraw' ? 'withdrawn' : stepOf(describe(matter.kind), to) ? 'passed' : 'ended'}`,
      org: matter.org_code,
      person: matter.person_id,
      subject: matter.id,
      cites: [...cites],
      payload: { step, way, to, note, form: forLedger(describe(matter.kind), form) },
    })
  }

  /**
   * Ends the duty in the name of who did it. For a level above the county it is this very duty that shows it the person,
   * so a duty that nobody had claimed is his before it ends.
   */
  async function finishTask(matter: MatterRow, outcome: string, by: Actor): Promise<void> {
    const task = await tasks.of(taskKindOf(matter.kind), matter.id)
    if (!task) return
    if (!task.owner_id && by.id)
      await db.updateTable('task').set({ owner_id: by.id }).where('id', '=', task.id).execute()
    await tasks.finish(task, outcome)
  }
}
export type Matters = ReturnType<typeof mattersIn>

/** What is kept apart from the ordinary file enters the ledger as its digest: it proves the form and shows nothing of it. */
const forLedger = (procedure: Procedure, form: Form): Form =>
  procedure.class ? { sha256: createHash('sha256').update(canonical(form)).digest('hex') } : form

/** The day a step's clock counts from: a field of a form, or the day it is entered. */
function clockStart(step: Step, forms: Record<string, Form>, today: CivilDate): CivilDate | string | null {
  const from = step.clock?.from
  if (!step.clock) return null
  if (!from) return today
  const value = valueAt(from, forms)
  if (typeof value !== 'string') return today
  const day = value.slice(0, 10)
  // Hours run from the instant (REV-02), days from the legal day it lies in.
  if (value.length > 10)
    return ruleToCite(step.clock.rule, today).unit === 'hour' ? value : legalDayOf(Date.parse(value))
  return isCivilDate(day) ? civilDate(day) : today
}

export { Refusal }
