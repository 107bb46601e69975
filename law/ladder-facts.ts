/** The facts that the ladder of sanctions weighs. Each was established by a person; a lead or an alarm is none. */
import type { CivilDate } from './civil-date.ts'
import type { CorrectionCategory } from './codes.ts'

/** Something established, with the id under which its evidence is kept. */
export type LadderFact = { readonly id: string } & (
  | {
      /** Out of supervision (脱管), or late to report in; first and last day both missed. `to` absent: still absent. */
      readonly kind: 'absence'
      readonly from: CivilDate
      readonly to?: CivilDate
      /** Whether there was a proper reason (正当理由). Revocation needs `none`; `unknown` is to be asked. */
      readonly reason: 'none' | 'proper' | 'unknown'
    }
  | {
      /**
       * Breach of an injunction (禁止令). Three make it serious, so do graver harm and a breach by somebody whom the police
       * penalised for breaching it before (Rules on injunctions 2011, 12(2)); a penalty for something else does not.
       */
      readonly kind: 'injunctionBreach'
      readonly graverHarm?: boolean
      /** Penalised for breaching the injunction before this breach; left out, the penalties among the facts say it. */
      readonly afterPolicePenalty?: boolean
    }
  | {
      /** Breach of the rules on reporting, contact, leave, change of place, or others; the weight is a human judgement. */
      readonly kind: 'breach'
      readonly of: 'report' | 'contact' | 'leave' | 'changeOfPlace' | 'other'
      readonly weight: 'minor' | 'heavier' | 'serious'
    }
  | { readonly kind: 'educationRefused'; readonly afterReproof: boolean }
  | {
      /** Medical review of a person on medical parole not filed: nothing yet, after reproof, after a warning in vain. */
      readonly kind: 'medicalReviewUnfiled'
      readonly after: 'nothing' | 'reproof' | 'warning'
    }
  /** Sanctions already given. */
  | { readonly kind: 'admonition' }
  | { readonly kind: 'warning' }
  | {
      readonly kind: 'policePenalty'
      /** What the police penalised; left out, something else than the breach of an injunction. */
      readonly for?: 'injunctionBreach' | 'other'
    }
  /** Grounds that only end temporary service outside prison (IM 49, SPC 516). */
  | { readonly kind: 'notEligible' }
  | { readonly kind: 'leftAndWarnedInVain' }
  | { readonly kind: 'untraceable' }
  | { readonly kind: 'causeGoneTermLeft' }
  | { readonly kind: 'guarantorLost' }
)

/** A named person's finding that the earlier sanctions did not work (仍不改正). */
export interface StillUnreformed {
  readonly by: string
  readonly on: CivilDate
  readonly grounds: string
}

export interface LadderFacts {
  readonly category: CorrectionCategory
  /** The flag frozen at entry. */
  readonly minor: boolean
  /** The record is sealed (犯罪记录封存), whatever the age today. */
  readonly sealed?: boolean
  /** The day on which the facts are weighed. */
  readonly on: CivilDate
  readonly facts: readonly LadderFact[]
  readonly stillUnreformed?: StillUnreformed
}
