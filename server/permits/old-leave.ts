import type { OldLeave } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, isCivilDate } from '@zhijiao/law/civil-date'
import { refuse as lawRefuses } from '@zhijiao/law/refusals'
import { type Refusal, refuse } from '../core/refusals.ts'
import { type Earlier, type LeaveState, ofLaw, type Wish } from './domain.ts'
import * as says from './refusals.ts'

/** What became of a leave of an old file: it was refused, the person is back, or he is still away. */
export const stateOfOld = ({ verdict, returnedOn }: Pick<OldLeave, 'verdict' | 'returnedOn'>): LeaveState =>
  verdict === 'refused' ? 'refused' : returnedOn === undefined ? 'approved' : 'returned'

/** Why a row is left out, and the field that is to be corrected; null: the row as a whole. */
export interface Fault {
  readonly why: Refusal
  readonly field: string | null
}
const at = (field: string, why: Refusal): Fault => ({ why, field })

/**
 * Why a leave of an old file cannot have been so, or null. One that ran out without a return is refused: whether somebody
 * overstayed is for the county to say, not for an import.
 */
export function faultOfOld(
  old: OldLeave,
  earlier: readonly Earlier[],
  { now, today }: { readonly now: number; readonly today: CivilDate },
): Fault | null {
  for (const field of ['from', 'until', 'returnedOn'] as const) {
    const day = old[field]
    if (day !== undefined && !isCivilDate(day))
      return at(field, ofLaw(lawRefuses('ZJ_LAW_DATE_INVALID', { given: day })))
  }
  const [asked, decided] = [Date.parse(old.askedAt), Date.parse(old.decidedAt)]
  if (!(asked <= now)) return at('askedAt', refuse(says.OldTimes))
  if (!(asked <= decided && decided <= now)) return at('decidedAt', refuse(says.OldTimes))
  if (old.verdict === 'refused') return old.returnedOn === undefined ? null : at('returnedOn', refuse(says.OldRefused))
  const [from, until] = [civilDate(old.from), civilDate(old.until)]
  const back = old.returnedOn === undefined ? null : civilDate(old.returnedOn)
  if (back === null && until < today) return at('returnedOn', refuse(says.OldReturn, { until }))
  if (back !== null && (back < from || back > today)) return at('returnedOn', refuse(says.ReturnDay, { from }))
  const other = earlier.find(
    (l) =>
      (l.state === 'approved' || l.state === 'returned') &&
      l.from <= (back ?? until) &&
      from <= (l.returnedOn ?? l.until),
  )
  return other ? at('from', refuse(says.OldOverlap, { from: other.from, until: other.until })) : null
}

/** What the law says against the wish itself, at the field it is about. */
export const faultOfWish = (why: Refusal, { destination }: Pick<Wish, 'destination'>): Fault =>
  at(
    why.kind.code === 'ZJ_LAW_LEAVE_DATES'
      ? 'until'
      : why.kind.code === 'ZJ_LAW_LEAVE_ABROAD' && destination.country !== undefined && destination.country !== 'CN'
        ? 'destination.country'
        : 'destination.area',
    why,
  )
