import type { Entrustment } from '@zhijiao/contract/entrustments'
import type { ApprovalStep } from '../../ui/ApprovalSteps.tsx'

/** Sent back, or ended without an opinion (codes of `assessmentState`). */
export const isFruitless = ({ state, opinion }: Entrustment): boolean =>
  opinion === null && (state === '03' || state === '06')

/** The county still owes something. */
export const isRunning = (one: Entrustment): boolean => one.opinion === null && !isFruitless(one)

export const annexesOf = ({ form }: Entrustment): string[] =>
  Array.isArray(form.annexes) ? form.annexes.map(String) : []

export type Stage = 'pSent' | 'pInstructed' | 'pAssess' | 'pOpinion' | 'pAdoption'

/** The five stages an organ is told of; where it ended early, the stage it ended at is marked as returned. */
export function stagesOf(one: Entrustment): { stage: Stage; state: ApprovalStep['state']; at: string | null }[] {
  const { receivedAt, instructedAt, opinionAt } = one.times
  const stated = one.adoption !== null && one.adoption.state !== 'silent'
  const done = [true, instructedAt !== null, opinionAt !== null, opinionAt !== null, stated]
  const current = done.indexOf(false)
  const here = isFruitless(one) ? 'returned' : 'now'
  const stages = [
    { stage: 'pSent', at: receivedAt },
    { stage: 'pInstructed', at: instructedAt },
    { stage: 'pAssess', at: null },
    { stage: 'pOpinion', at: opinionAt },
    { stage: 'pAdoption', at: stated ? (one.adoption?.at ?? null) : null },
  ] as const
  return stages.map((s, i) => ({ ...s, state: done[i] ? 'done' : i === current ? here : 'wait' }))
}
