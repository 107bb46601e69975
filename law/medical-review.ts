/**
 * Who lets the medical review of a person on medical parole wait longer (病情复查延期, IM 24): under one month the county,
 * from one month to under three the next level up, from three months the province.
 */

import type { CivilDate } from './civil-date.ts'
import type { Act } from './competence.ts'
import { type Range, type RuleId, ruleToCite } from './rule.ts'

export type ReviewLevel = 'county' | 'city' | 'province'

export interface ReviewCompetence {
  readonly level: ReviewLevel
  readonly act: Act
  readonly rule: RuleId
}

/** The level competent to defer a review by so many months (fractions count), on the law of `on`. Months are above 0. */
export function medicalReviewCompetence(months: number, on: CivilDate): ReviewCompetence {
  const { min: from } = ruleToCite('REP-05', on).value as Range
  if (months >= Number(ruleToCite('REP-06', on).value))
    return { level: 'province', act: 'medicalReviewFrom3Months', rule: 'REP-06' }
  if (months >= from) return { level: 'city', act: 'medicalReviewUnder3Months', rule: 'REP-05' }
  return { level: 'county', act: 'medicalReviewUnder1Month', rule: 'REP-04' }
}
