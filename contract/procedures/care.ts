import { report, talk, visit } from './care/contacts.ts'
import { gapCheck, incident } from './care/happenings.ts'
import { coordination, helpPlan } from './care/help.ts'
import { injunction, injunctionLetter } from './care/injunction.ts'
import type { Procedure } from './describe.ts'

/** What happens between the plan and the release: seen, heard, noted, helped. */
export const careProcedures: readonly Procedure[] = [
  visit,
  report,
  talk,
  incident,
  gapCheck,
  coordination,
  helpPlan,
  injunction,
  injunctionLetter,
]
