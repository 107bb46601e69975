import { type Refusal, refuse } from '../core/refusals.ts'
import type { Moment } from '../procedures/index.ts'
import { OtherHand } from './refusals.ts'
import { conductStore } from './store.ts'

/** Two pairs of eyes where the county signs for another organ to decide: whoever prepared it does not sign it. */
export async function preparedByHimself(m: Moment): Promise<Refusal | undefined> {
  const hands = await conductStore(m.db).hands(m.matter.id)
  return m.matter.opened_by === m.by.id || hands.includes(m.by.id) ? refuse(OtherHand) : undefined
}
