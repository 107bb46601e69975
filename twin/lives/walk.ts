import type { Procedure, Step, Way } from '@zhijiao/contract/procedures/describe'

/** How far a matter has come: to an end of this name or of this tone, or into the hands of a step. */
export type Goal = { readonly end: string } | { readonly step: string } | { readonly tone: 'good' | 'no' }

/** The shortest way from the beginning to the goal, by ways that go on; by others where no such way leads there. */
export function wayTo(procedure: Procedure, goal: Goal): readonly (readonly [Step, Way])[] | null {
  const first = procedure.steps[0]
  if (!first) return []
  const reached = (at: string) => {
    if ('step' in goal) return at === goal.step
    if ('end' in goal) return at === goal.end
    return procedure.ends.some((end) => end.id === at && end.tone === goal.tone)
  }
  if (reached(first.id)) return []
  for (const tones of [['on'], ['on', 'no']] as const) {
    const found = search(procedure, first, reached, tones)
    if (found) return found
  }
  return null
}

function search(
  procedure: Procedure,
  first: Step,
  reached: (at: string) => boolean,
  tones: readonly Way['tone'][],
): readonly (readonly [Step, Way])[] | null {
  const seen = new Set([first.id])
  let front: { readonly at: Step; readonly taken: readonly (readonly [Step, Way])[] }[] = [{ at: first, taken: [] }]
  while (front.length > 0) {
    const next: typeof front = []
    for (const { at, taken } of front)
      for (const way of at.ways) {
        if (!tones.includes(way.tone)) continue
        const path = [...taken, [at, way] as const]
        for (const to of [way.to, ...(way.or ?? [])]) {
          if (reached(to)) return path
          const step = procedure.steps.find((s) => s.id === to)
          if (!step || seen.has(step.id)) continue
          seen.add(step.id)
          next.push({ at: step, taken: path })
        }
      }
    front = next
  }
  return null
}
