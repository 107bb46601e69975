import { type CivilDate, plusDays, plusMonths } from '@zhijiao/law/civil-date'

/**
 * How long what is kept (保存期限). The statute names no number for tracks after the end of correction; they have no purpose
 * then (法 29, 34; PIPL 19, 47), so the default is short and a province may set its own.
 */
export interface RetentionPolicy {
  /** Days after the end of correction until a person's tracks go; positions of running terms are never touched. */
  readonly tracksAfterEndDays: number
  /** Months of audit kept; the database itself refuses fewer than six (DAT-07). */
  readonly auditMonths: number
  /** Years after the end of correction until the contents of ledger entries go, their proofs staying; 0 keeps them. */
  readonly payloadsAfterEndYears: number
  /** Days that unknown devices, refusal counts and delivered messages are kept. */
  readonly tracesDays: number
}

/** The last day of correction on or before which each kind may go today; null: nothing of the kind goes. */
export interface Limits {
  readonly tracksOfEndedBy: CivilDate
  readonly auditBefore: CivilDate
  readonly payloadsOfEndedBy: CivilDate | null
  readonly tracesBefore: CivilDate
  /** Sessions that ended before it are forgotten; what was done in them stands in the audit. */
  readonly sessionsBefore: CivilDate
}

/** @throws RangeError when a policy would keep less than the law asks for */
export function limitsOn(today: CivilDate, policy: RetentionPolicy): Limits {
  if (policy.auditMonths < 6) throw new RangeError('auditMonths must be at least 6 (DAT-07)')
  if (policy.tracksAfterEndDays < 0 || policy.payloadsAfterEndYears < 0 || policy.tracesDays < 1)
    throw new RangeError('a retention period cannot be negative')
  return {
    tracksOfEndedBy: plusDays(today, -policy.tracksAfterEndDays - 1),
    // One day more than the months, so that no hour of the last kept day is lost to a time zone.
    auditBefore: plusDays(plusMonths(today, -policy.auditMonths), -1),
    payloadsOfEndedBy:
      policy.payloadsAfterEndYears === 0 ? null : plusMonths(today, -12 * policy.payloadsAfterEndYears),
    tracesBefore: plusDays(today, -policy.tracesDays),
    sessionsBefore: plusDays(today, -1),
  }
}
