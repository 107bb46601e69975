import type { Procedure } from './describe.ts'
import { assessment } from './intake/assessment.ts'
import { announcement, responsibility, team, undertaking } from './intake/joining.ts'
import { movedIn } from './intake/moved-in.ts'
import { level, plan, psychology } from './intake/planning.ts'
import { missingPapers, reception } from './intake/reception.ts'
import { recordCorrection } from './intake/record-correction.ts'

/** From the question of a court to the plan, in the order of a file's life. */
export const intakeProcedures: readonly Procedure[] = [
  assessment,
  reception,
  movedIn,
  missingPapers,
  recordCorrection,
  psychology,
  team,
  responsibility,
  announcement,
  undertaking,
  plan,
  level,
]
