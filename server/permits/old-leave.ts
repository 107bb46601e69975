import type { OldLeave } from '@zhijiao/contract/permits'
import { type CivilDate, civilDate, isCivilDate } from '@zhijiao/law/civil-date'
import { refuse as lawRefuses } from '@zhijiao/law/refusals'
import { type Refusal, refuse } from '../core/refusals.ts'
import { type Earlier, type LeaveState, ofLaw } from './domain.ts'
import * as says from './refusals.ts'

/** What became of a leave of an old file: it was refused, the person is back, or he is still away. */
export const stateOfOld = ({ verdict, returnedOn }: Pick<OldLeave, 'verdict' | 'returnedOn'>): LeaveState =>
  verdict === 'refused' ? 'refused' : returnedOn === undefined ? 'approved' : 'returned'

/**
 * Why a leave of an old file cannot have been so, or null. One that ran out without a return is refused: whether somebody
 * overstayed is for the county to say, not for an import.
 */
export function faultOfOld(
  old: OldLeave,
  earlier: readonly Earlier[],
  { now, today }: { readonly now: number; readonly today: CivilDate },
): Refusal | null {
  for (const day of [old.from, old.until, old.returnedOn])
    if (day !== undefined && !isCivilDate(day)) return ofLaw(lawRefuses('ZJ_LAW_DATE_INVALID', { given: day }))
  const [asked, decided] = [Date.parse(old.askedAt), Date.parse(old.decidedAt)]
  if (!(asked <= decided && decided <= now)) return refuse(says.OldTimes)
  if (old.verdict === 'refused') return old.returnedOn === undefined ? null : refuse(says.NotAway)
  const [from, until] = [civilDate(old.from), civilDate(old.until)]
  const back = old.returnedOn === undefined ? null : civilDate(old.returnedOn)
  if (back === null && until < today) return refuse(says.OldReturn, { until })
  if (back !== null && (back < from || back > today)) return refuse(says.ReturnDay, { from })
  const other = earlier.find(
    (l) =>
      (l.state === 'approved' || l.state === 'returned') &&
      l.from <= (back ?? until) &&
      from <= (l.returnedOn ?? l.until),
  )
  return other ? refuse(says.Overlap, { from: other.from, until: other.until }) : null
}
