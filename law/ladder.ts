/**
 * The ladder of sanctions (惩处阶梯): what the facts support, mildest lawful step first. It proposes; the county decides
 * (IM 32), and nothing here counts as a decision. "Still unreformed" (仍不改正) is a finding that a person makes and
 * signs, never the sum of a counter: without it the ladder asks for it and proposes no more.
 *
 * `ladder-file.ts` documents the file of `npx zhijiao law propose --facts FILE`.
 */
import type { Act } from './competence.ts'
import { type Citation, type Law, lawInForce } from './in-force.ts'
import type { LadderFacts } from './ladder-facts.ts'
import { type Opening, openings, type Question } from './ladder-grounds.ts'
import { type LadderStep, ladderSteps } from './ladder-steps.ts'
import { dutiesFor } from './minors.ts'
import { isRefusal, type LawRefusal } from './refusals.ts'

/** Why a step is open: the rule, the article and clause, and the facts. */
export interface Ground {
  /** Null where the ground stands in the article but not among the numbered rules. */
  readonly citation: Citation | null
  /** Article with its clause, e.g. `实施办法 35(2)`. */
  readonly article: string
  readonly zh: string
  readonly en: string
  readonly restsOn: readonly string[]
}

export interface Proposal {
  readonly step: LadderStep
  readonly code: string
  readonly severity: number
  readonly zh: string
  readonly en: string
  /** Articles and clauses of its grounds. */
  readonly article: string
  readonly grounds: readonly Ground[]
  /** Ids of every fact it rests on. */
  readonly restsOn: readonly string[]
  /** Row of the permission matrix that says who proposes and decides. */
  readonly act: Act
  /** Form to use. */
  readonly document: string
  /** May be announced publicly: never for a minor (MIN-05) nor of a sealed record (MIN-04). */
  readonly public: boolean
  readonly guardianPresent: boolean
}

export interface LadderAnswer {
  /** Mildest lawful first. Steps milder than the gravest fact allows are left out. */
  readonly proposals: readonly Proposal[]
  readonly questions: readonly Question[]
  /** The state of the law that answered. */
  readonly revision: string
}

/**
 * What the facts support. The gravest fact sets the mildest lawful step, so adding facts never makes the mildest proposal
 * milder; stricter steps that the facts also open follow it. Refused with ZJ_LAW_FACTS_INVALID where a fact cannot occur
 * in the category, such as the breach of an injunction by a parolee.
 */
export function propose(facts: LadderFacts, law: Law = lawInForce(facts.on, '')): LadderAnswer | LawRefusal {
  const weighed = openings(facts, law)
  if (isRefusal(weighed)) return weighed
  const severityOf = ({ step }: Opening) => ladderSteps[step].severity
  const floor = Math.max(0, ...weighed.openings.filter((opening) => opening.floor).map(severityOf))
  const open = weighed.openings.filter((opening) => severityOf(opening) >= floor)
  const steps = [...new Set(open.map(({ step }) => step))].sort(
    (a, b) => ladderSteps[a].severity - ladderSteps[b].severity,
  )
  const { public: isPublic, guardianPresent } = dutiesFor({ minor: facts.minor, sealed: facts.sealed ?? false })
  return {
    proposals: steps.map((step): Proposal => {
      const grounds = open
        .filter((opening) => opening.step === step)
        .map(
          ({ rule, article, zh, en, restsOn }): Ground => ({
            citation: rule && law.cite(rule),
            article,
            zh,
            en,
            restsOn,
          }),
        )
      return {
        step,
        ...ladderSteps[step],
        article: grounds.map(({ article }) => article).join('；'),
        grounds,
        restsOn: [...new Set(grounds.flatMap(({ restsOn }) => restsOn))],
        public: isPublic,
        guardianPresent,
      }
    }),
    questions: weighed.questions,
    revision: law.revision,
  }
}
