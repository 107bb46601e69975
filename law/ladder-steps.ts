/** The steps of the ladder of sanctions (Law 28): what each is called, who decides it, on which form. */
import type { CorrectionCategory } from './codes.ts'
import type { Act } from './competence.ts'

/** Steps of the ladder with their code in `penaltyLadder`, mildest first. */
export const ladderSteps = {
  admonition: { code: 'P1', severity: 1, zh: '训诫', en: 'Admonition', act: 'sanction', document: 'D18' },
  warning: { code: 'P2', severity: 2, zh: '警告', en: 'Warning', act: 'sanction', document: 'D19' },
  policePenalty: {
    code: 'P3',
    severity: 3,
    zh: '提请治安管理处罚',
    en: 'Proposal of a public security penalty',
    act: 'policePenalty',
    document: 'D20',
  },
  revokeSuspendedSentence: {
    code: 'P4',
    severity: 4,
    zh: '提请撤销缓刑',
    en: 'Proposal to revoke the suspended sentence',
    act: 'courtProposal',
    document: 'D21',
  },
  revokeParole: {
    code: 'P5',
    severity: 4,
    zh: '提请撤销假释',
    en: 'Proposal to revoke parole',
    act: 'courtProposal',
    document: 'D22',
  },
  recommit: {
    code: 'P6',
    severity: 4,
    zh: '提请收监执行',
    en: 'Proposal of recommitment',
    act: 'courtProposal',
    document: 'D23',
  },
} as const satisfies Record<
  string,
  { code: string; severity: number; zh: string; en: string; act: Act; document: string }
>

export type LadderStep = keyof typeof ladderSteps

/** Where each category ends badly (handbook §1). Control has no revocation: the police penalty is its last step. */
export const lastStepOf: Readonly<Record<CorrectionCategory, LadderStep>> = {
  control: 'policePenalty',
  suspendedSentence: 'revokeSuspendedSentence',
  parole: 'revokeParole',
  temporaryServiceOutsidePrison: 'recommit',
}
