/**
 * Which clocks may stop, and which may be given more time: by whose word and on what paper. What is not listed runs on;
 * nobody prolongs a time limit that the law does not let anyone prolong.
 */
import type { CivilDate } from './civil-date.ts'
import { plusDays, plusMonths } from './civil-date.ts'
import type { Law } from './in-force.ts'
import { reviewThresholds } from './medical-review.ts'
import type { RuleId } from './rule.ts'

interface Said {
  readonly zh: string
  readonly en: string
}

/** Where a permission to stop a clock comes from when no rule of the table says it. */
export interface PauseGround extends Said {
  readonly source: string
  readonly article: string
  /** Not read in a source: to be confirmed by the operator. */
  readonly recalled: boolean
}

/** `agreement`: with the other side, in writing. `approval`: of the level that the length asks for. */
export interface Extension {
  readonly by: 'agreement' | 'approval'
  readonly whose: Said
  /** The rule that allows it; its article is cited with every extension. */
  readonly basis: RuleId
}

export const pauseCauses = ['custody', 'away', 'hospital'] as const
export type PauseCause = (typeof pauseCauses)[number]

export interface ClockTerms {
  readonly extension: Extension | null
  readonly pause: { readonly causes: readonly PauseCause[]; readonly ground: PauseGround } | null
}

const investigation: ClockTerms = {
  // 「需延长调查评估时限的,应当与委托机关协商,并在协商确定的期限内完成」(实施办法 14, recalled as INV-03).
  extension: { by: 'agreement', whose: { zh: '委托机关', en: 'the principal' }, basis: 'INV-03' },
  pause: null,
}
/** No article says that a duty to report rests; who is held or in hospital cannot do it, and ought not to be blamed. */
const impossible: PauseGround = {
  source: '社区矫正法实施办法',
  article: '24',
  zh: '被羁押、经批准外出或住院期间客观上不能履行，须有相应记录',
  en: 'in custody, on approved leave or in hospital it cannot be done; there must be a record of it',
  recalled: true,
}

const terms: Partial<Record<RuleId, ClockTerms>> = {
  'INV-01': investigation,
  'INV-02': investigation,
  'REP-01': { extension: null, pause: { causes: ['custody', 'away', 'hospital'], ground: impossible } },
  'REP-07': { extension: null, pause: { causes: ['custody'], ground: impossible } },
  'REP-03': {
    extension: { by: 'approval', whose: { zh: '上级社区矫正机构', en: 'the superior agency' }, basis: 'REP-05' },
    pause: { causes: ['custody'], ground: impossible },
  },
  'REP-04': {
    extension: { by: 'approval', whose: { zh: '上级社区矫正机构', en: 'the superior agency' }, basis: 'REP-05' },
    pause: { causes: ['custody'], ground: impossible },
  },
}

const fixed: ClockTerms = { extension: null, pause: null }

/** What may be done to the clock that a rule counts; nothing when the table does not list it. */
export const clockTermsOf = (rule: RuleId): ClockTerms => terms[rule] ?? fixed

export const approvalLevels = ['county', 'city', 'province'] as const
export type ApprovalLevel = (typeof approvalLevels)[number]

/** The day so many months later; a part of a month is so much of thirty days. */
export const putOffBy = (day: CivilDate, months: number): CivilDate =>
  plusDays(plusMonths(day, Math.floor(months)), Math.round((months % 1) * 30))

/** Whose approval a longer time for a medical report or review takes (REP-05: one to three months the next level up, REP-06: more, the province). */
export function approvalFor(due: CivilDate, newDue: CivilDate, law: Law): { level: ApprovalLevel; rule: RuleId } {
  const { city, province } = reviewThresholds(law)
  if (newDue >= putOffBy(due, province)) return { level: 'province', rule: 'REP-06' }
  return { level: newDue >= putOffBy(due, city) ? 'city' : 'county', rule: 'REP-05' }
}
