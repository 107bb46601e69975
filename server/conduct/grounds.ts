import { recommitmentItem } from '@zhijiao/law/ladder-grounds'
import { type Refusal, refuse } from '../core/refusals.ts'
import { itemsSaid } from '../documents/index.ts'
import type { Form } from '../procedures/index.ts'
import * as says from './refusals.ts'

/** Items of the article that a register form rests on: those chosen, or the one that the ground of recommitment is. */
export function itemsOf(form: Form | undefined): readonly string[] {
  const chosen = Array.isArray(form?.grounds) ? form.grounds.map(String) : []
  const own = typeof form?.ground === 'string' ? recommitmentItem(form.ground) : null
  return own ? [own] : chosen
}

/** A decision names at least one item of its article, or says in words what else it rests on. */
export const resting = (form: Form | undefined, other: unknown): Refusal | undefined =>
  itemsOf(form).length > 0 || (typeof other === 'string' && other !== '') ? undefined : refuse(says.GroundNeeded)

/** The items as a blank says them, then what else was written; empty where a form of old has neither. */
export const groundsSaid = (how: Parameters<typeof itemsSaid>[0], form: Form | undefined, other?: unknown): string =>
  [
    ...(itemsOf(form).length > 0 ? [itemsSaid(how, itemsOf(form))] : []),
    ...(typeof other === 'string' && other !== '' ? [other] : []),
  ].join('；')
