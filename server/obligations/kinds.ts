import type { RuleId } from '@zhijiao/law/rule'
import type { ObligationKind } from './domain.ts'

interface Card {
  readonly zh: string
  readonly en: string
  /** The group of the person file whose rows show that it was done. */
  readonly part: 'reports' | 'education' | 'service' | null
  /** Another room opens the officer's task when it was not done. */
  readonly elsewhere?: true
  /** What the officer's task rests on when it was not done. */
  readonly missed: RuleId | null
}

export const cards: Readonly<Record<ObligationKind, Card>> = {
  firstReport: { zh: '入矫报到', en: 'First report', part: null, missed: 'RPT-03' },
  report: { zh: '常规报告', en: 'Regular report', part: 'reports', missed: 'REP-01' },
  injunctionReport: { zh: '报告遵守禁止令情况', en: 'Report on keeping the injunction', part: null, missed: 'REP-07' },
  bodyReport: { zh: '报告身体情况', en: 'Report on health', part: null, missed: 'REP-03' },
  medicalReview: { zh: '提交病情复查', en: 'Medical review', part: null, missed: 'REP-04' },
  education: { zh: '教育学习', en: 'Education', part: 'education', missed: null },
  publicGood: { zh: '公益活动', en: 'Public-good activity', part: 'service', missed: null },
  leaveReturn: { zh: '按期返回并销假', en: 'Return from leave', part: null, elsewhere: true, missed: 'LVE-09' },
  selfSummary: { zh: '个人总结', en: 'Summary by the person', part: null, missed: 'END-01' },
}

/** The kind of task that holds the clock of a duty; of a name of its own, so that a reminder says what is due. */
export const taskKindOf = (kind: ObligationKind) => `duty.${kind}`

/** Tasks of the office about duties and files. */
export const officeTasks = { missed: 'duty.missed', termEnd: 'watch.termEnd', entry: 'watch.entry' } as const
