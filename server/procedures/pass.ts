import type { Procedure, Step, Way } from '@zhijiao/contract/procedures/describe'
import { clockRuleOf, stepOf } from './domain.ts'
import { enter, finish } from './duty.ts'
import { fileEnded } from './filing.ts'
import { draftPapers } from './papers.ts'
import { type Moment, practiceOf } from './practice.ts'
import { tell, write } from './record.ts'
import type { Work } from './work.ts'

/** From one step to the next, or to the end: its entry, its papers, what its practice changes, the next hand's duty. */
export async function pass(
  work: Work,
  moment: Moment,
  procedure: Procedure,
  { step, way, to }: { readonly step: Step; readonly way: Way; readonly to: string },
): Promise<void> {
  const { matter, form, note, by } = moment
  const next = stepOf(procedure, to)
  const cites = [...new Set([...(way.cites ?? []), clockRuleOf(step, moment.forms) ?? []].flat())]
  if (!next) return end(work, moment, procedure, { step: step.id, way: way.id, to, cites }, way)
  await write(work, moment, procedure, { step: step.id, way: way.id, to, cites })
  await finish(work, matter, way.id, by)
  await draftPapers(moment, procedure, way.papers ?? [], way, step)
  await practiceOf(procedure.id).on?.[`${step.id}:${way.id}`]?.(moment)
  await enter(work, await work.store.hold(matter.id), procedure, next, { ...moment.forms, [step.id]: form })
  await tell(work, matter, note ? 'returned' : 'passed', [matter.opened_by, by.id])
}

/** The end of a matter: nobody has it in hand any more. `way` is the description's, where it was one. */
export async function end(
  work: Work,
  moment: Moment,
  procedure: Procedure,
  passage: Parameters<typeof write>[3],
  way?: Way,
): Promise<void> {
  const { matter, by } = moment
  const { to } = passage
  await write(work, moment, procedure, passage)
  await work.store.change(matter.id, {
    step: null,
    end_id: to,
    ended_at: new Date(work.house.chance.now()),
    holder_role: null,
    holder_unit: null,
    holder_id: null,
    due_at: null,
    draft: {},
  })
  await finish(work, matter, to, by)
  await draftPapers(moment, procedure, way?.papers ?? [], way)
  const on = practiceOf(procedure.id).on ?? {}
  await on[`${passage.step}:${passage.way}`]?.(moment)
  await on[`end:${to}`]?.(moment)
  await fileEnded(work, work.house, [{ ...matter, end_id: to, ended_at: new Date(work.house.chance.now()) }])
  await tell(work, matter, 'ended', [matter.opened_by, by.id])
}
