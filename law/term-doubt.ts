/**
 * Whether the term on file can be what the judgment gives (TRM-01 … TRM-07). A doubt is no refusal: the judgment rules, and
 * somebody looks into it.
 */
import { type CivilDate, daysBetween, plusDays } from './civil-date.ts'
import type { CorrectionCategory } from './codes.ts'
import { monthsInWords } from './length.ts'
import { isRefusal } from './refusals.ts'
import type { RuleId } from './rule.ts'
import { correctionTerm, lastDayOfTerm } from './term.ts'

/** A term as the file states it; words as they were typed from the judgment. */
export interface TermOnFile {
  readonly category: CorrectionCategory
  readonly start: CivilDate
  readonly lastDay: CivilDate
  /** Term of correction (矫正期限): 一年六个月. */
  readonly length: string
  /** Original penalty (原判刑罚): 有期徒刑八个月，缓刑一年; and its length (原判刑期): 八个月. */
  readonly penalty: string
  readonly penaltyLength: string
}

export type TermDoubt =
  /** Counted from the start, the length ends on another day. */
  | { readonly kind: 'otherDay'; readonly months: number; readonly expected: CivilDate; readonly cites: RuleId }
  /** It ends on an anniversary of its start: probably counted one day too long. */
  | { readonly kind: 'dayTooLong'; readonly expected: CivilDate; readonly cites: RuleId }
  /** No judgment may give this length. */
  | { readonly kind: 'length'; readonly months: number; readonly cites: RuleId }

/** The longest term of correction in whole months that is counted from its start (CL 69, 73). */
const longestMonths = 60

export function doubtOfTerm(file: TermOnFile): TermDoubt | null {
  if (file.category !== 'control' && file.category !== 'suspendedSentence') return null
  const months = monthsInWords(file.length)
  return months === null ? onAnniversary(file) : (lengthAllowed(file, months) ?? countedOtherwise(file, months))
}

function onAnniversary({ start, lastDay }: TermOnFile): TermDoubt | null {
  for (let months = 1; months <= longestMonths; months++)
    if (plusDays(lastDayOfTerm(start, months), 1) === lastDay)
      return { kind: 'dayTooLong', expected: plusDays(lastDay, -1), cites: 'TRM-07' }
  return null
}

function lengthAllowed({ category, start, penalty, penaltyLength }: TermOnFile, months: number): TermDoubt | null {
  if (category === 'control') {
    const term = correctionTerm({ category, start, months, severalCrimes: true })
    return isRefusal(term) ? { kind: 'length', months, cites: 'TRM-01' } : null
  }
  const detention = penalty.includes('拘役')
  const term = correctionTerm({
    category: 'suspendedSentence',
    start,
    sentence: detention ? 'criminalDetention' : 'imprisonment',
    sentenceMonths: monthsInWords(penaltyLength) ?? 0,
    months,
  })
  return isRefusal(term) ? { kind: 'length', months, cites: detention ? 'TRM-03' : 'TRM-04' } : null
}

function countedOtherwise({ category, start, lastDay }: TermOnFile, months: number): TermDoubt | null {
  const expected = lastDayOfTerm(start, months)
  const early = daysBetween(lastDay, expected)
  // Custody before control counts double, so that it ends an even number of days sooner (TRM-02).
  const credited = category === 'control' && early > 0 && early % 2 === 0
  return early === 0 || credited ? null : { kind: 'otherDay', months, expected, cites: 'TRM-07' }
}
