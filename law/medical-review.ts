/**
 * Who lets the medical review of a person on medical parole wait longer (病情复查延期, IM 24): under one month the county,
 * from one month to under three the next level up, from three months the province.
 */

import type { Act } from './competence.ts'
import type { Law } from './in-force.ts'
import type { Range, RuleId } from './rule.ts'

export type ReviewLevel = 'county' | 'city' | 'province'

export interface ReviewCompetence {
  readonly level: ReviewLevel
  readonly act: Act
  readonly rule: RuleId
}

/** From how many months on the next level up decides, and from how many the province, as the law in force says. */
export function reviewThresholds(law: Law): { readonly city: number; readonly province: number } {
  return { city: (law.read('REP-05').value as Range).min, province: Number(law.read('REP-06').value) }
}

/** The level competent to defer a review by so many months (fractions count), by the law in force. Months are above 0. */
export function medicalReviewCompetence(months: number, law: Law): ReviewCompetence {
  const { city, province } = reviewThresholds(law)
  if (months >= province) return { level: 'province', act: 'medicalReviewFrom3Months', rule: 'REP-06' }
  if (months >= city) return { level: 'city', act: 'medicalReviewUnder3Months', rule: 'REP-05' }
  return { level: 'county', act: 'medicalReviewUnder1Month', rule: 'REP-04' }
}
