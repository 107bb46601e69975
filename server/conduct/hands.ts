import { type Refusal, refuse } from '../core/refusals.ts'
import { type Moment, type Practice, spokeFor } from '../procedures/index.ts'
import { OtherHand } from './refusals.ts'

/** Two pairs of eyes where nobody but the opener had it in hand before. */
export const openedByHimself = (m: Moment): Refusal | undefined =>
  m.matter.opened_by === m.by.id ? refuse(OtherHand) : undefined

/**
 * Two pairs of eyes where the county signs for another organ to decide: whoever prepared it, since it last came back, does
 * not sign it. What another matter led to was registered by whoever decided there; he prepared nothing by that.
 */
async function preparedByHimself(m: Moment): Promise<Refusal | undefined> {
  if (await spokeFor(m.db, m.matter, m.by.id)) return refuse(OtherHand)
  return m.matter.cause_id === null ? openedByHimself(m) : undefined
}

/** As the check of a step where the head signs (县级签发). */
export const signedByAnother: NonNullable<Practice['check']> = async (m, step, way) =>
  step === 'sign' && way === 'sign' ? preparedByHimself(m) : undefined
