import type { Hint } from '@zhijiao/contract/matters'
import type { Law } from '@zhijiao/law/in-force'
import type { RuleId } from '@zhijiao/law/rule'
import { citationOf } from '../core/tasks/shown.ts'

/** What the law (`must`) or the file (`careful`, `good`) has to say, with the article where there is one. */
export const hint = (law: Law, tone: Hint['tone'], zh: string, en: string, rule: RuleId | null = null): Hint => ({
  tone,
  said: { zh, en },
  citation: citationOf(law, rule),
})
