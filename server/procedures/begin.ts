import type { Hint } from '@zhijiao/contract/matters'
import { type Procedure, registerStep } from '@zhijiao/contract/procedures/describe'
import { legalDayOf } from '@zhijiao/law/civil-date'
import { notFound, refuse, settled } from '../core/refusals.ts'
import { columnsOf, stepOf } from './domain.ts'
import { enter } from './duty.ts'
import { type Form, readForm } from './form.ts'
import { momentOf, weighing } from './moment.ts'
import { originWished } from './origin.ts'
import { draftPapers } from './papers.ts'
import { practiceOf, type Weighing } from './practice.ts'
import { forLedger, tell } from './record.ts'
import { NotNow, PersonNeeded, Running } from './refusals.ts'
import type { MatterRow } from './store.ts'
import { type Actor, type Begun, described, type Wish, type Work } from './work.ts'

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

/** Whether it may begin at all, and what the practice says to it. */
export async function weigh({ store }: Work, procedure: Procedure, w: Weighing): Promise<readonly Hint[]> {
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
    const running = procedure.once && (await store.runningOf(w.person.id, procedure.id))
    if (running) throw refuse(Running, { name, nameEn, id: running.id })
  }
  return settled((await practiceOf(procedure.id).weigh?.(w)) ?? [])
}

/** Registers a matter and puts it into the hands of its first step; one without steps has ended with that. */
export async function begin(work: Work, wish: Wish, by: Actor): Promise<Begun> {
  const { house, ledger, store } = work
  const procedure = described(wish.kind)
  if (wish.id) {
    const there = await store.find(wish.id)
    if (there) return { id: there.id, begun: false }
  }
  const now = house.chance.now()
  const today = legalDayOf(now)
  const practice = practiceOf(procedure.id)
  const read = settled(readForm(procedure.form, wish.form, { today, now }))
  const { form, apart } = settled(practice.seal?.(read, house) ?? { form: read, apart: {} })
  const w = await weighing(work, wish, form, by)
  if (originWished(wish) && !w.origin) throw notFound()
  await weigh(work, procedure, w)
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
    origin_kind: w.origin?.kind ?? null,
    origin_id: w.origin?.id ?? null,
    opened_at: new Date(now),
    opened_by: by.id || null,
    opened_name: by.name,
    organ_id: by.organ ?? null,
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
    payload: {
      form: forLedger(procedure, form),
      who: row.person_id ? null : row.who,
      cause: row.cause_id,
      ...(w.origin ? { origin: { kind: w.origin.kind, id: w.origin.id, said: w.origin.said.zh } } : {}),
    },
  })
  const moment = { ...(await momentOf(work, row, form, [], by, '')), apart }
  await draftPapers(moment, procedure, procedure.papers ?? [])
  await practice.on?.registered?.(moment)
  if (first) {
    const to = practice.route?.(moment, registerStep, 'registered') ?? first.id
    await enter(work, row, procedure, stepOf(procedure, to) ?? first, { [registerStep]: form })
  } else await practice.on?.[`end:${row.end_id}`]?.(moment)
  await tell(work, row, 'begun', [by.id])
  return { id: row.id, begun: true }
}
