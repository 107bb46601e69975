import { problemOf, Refusal } from '../core/refusals.ts'
import type { Asked, Inside } from '../core/room.ts'

/** What became of several: each stands or falls alone, and says why. */
export interface EachDone {
  done: string[]
  refused: { id: string; code: string; zh: string; en: string }[]
}

/** Does one thing to several rows, each in a transaction of its own. What is no refusal ends it all. */
export async function eachForItself(
  asked: Pick<Asked, 'inTransaction' | 'request'>,
  ids: readonly string[],
  act: (inside: Inside, id: string) => Promise<unknown>,
): Promise<EachDone> {
  const answer: EachDone = { done: [], refused: [] }
  for (const id of ids)
    try {
      await asked.inTransaction((inside) => act(inside, id))
      answer.done.push(id)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const { code, zh, en } = problemOf(error, asked.request)
      answer.refused.push({ id, code, zh, en })
    }
  return answer
}
