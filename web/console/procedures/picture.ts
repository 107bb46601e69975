import type { Matter } from '@zhijiao/contract/matters'
import type { Procedure } from '@zhijiao/contract/procedures/describe'
import { registerStep } from '@zhijiao/contract/procedures/describe'
import { wayOf } from './said.ts'

type State = 'done' | 'now' | 'ahead' | 'passedOver' | 'end'

/** A box of the picture. */
export interface Box {
  readonly step: string
  readonly state: State
  readonly by: string | null
  readonly at: string | null
  readonly way: string | null
}
/** A way back that was taken, from one box to an earlier one, by their places in the row. */
export interface Return {
  readonly id: string
  readonly from: number
  readonly to: number
  readonly step: string
  readonly way: string
  readonly toStep: string
  readonly by: string
  readonly at: string
}

/** The row of boxes of a matter: its registration, its steps as the server draws their path, its end; and the returns. */
export function pictureOf(
  procedure: Procedure,
  m: Pick<Matter, 'path' | 'passages' | 'end' | 'endedAt' | 'openedBy' | 'openedAt'>,
): { boxes: readonly Box[]; returns: readonly Return[] } {
  const last = (step: string) => m.passages.findLast((p) => p.step === step)
  const boxes: Box[] = [
    { step: registerStep, state: 'done', by: m.openedBy, at: m.openedAt, way: null },
    ...m.path.map(({ step, state }): Box => {
      const passed = state === 'done' ? last(step) : undefined
      return { step, state, by: passed?.byName ?? null, at: passed?.at ?? null, way: passed?.way ?? null }
    }),
  ]
  // Whoever took it back passed no step of it.
  const left = m.passages.at(-1)
  const by = left && !wayOf(procedure, left.step, left.way) ? left.byName : null
  if (m.end) boxes.push({ step: m.end, state: 'end', by, at: m.endedAt, way: null })
  const place = new Map(boxes.map((box, at) => [box.step, at]))
  const returns = m.passages.flatMap((p): Return[] => {
    if (wayOf(procedure, p.step, p.way)?.tone !== 'back') return []
    const [from, to] = [place.get(p.step), place.get(p.to)]
    return [
      {
        id: p.id,
        from: from ?? -1,
        to: to ?? -1,
        step: p.step,
        way: p.way,
        toStep: p.to,
        by: p.byName,
        at: p.at,
      },
    ]
  })
  return { boxes, returns }
}
