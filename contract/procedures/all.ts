import { careProcedures } from './care.ts'
import { conductProcedures } from './conduct.ts'
import type { Procedure, ProcedureRoom, Words } from './describe.ts'
import { endingProcedures } from './ending.ts'
import { intakeProcedures } from './intake.ts'
import { oversightProcedures } from './oversight.ts'
import { permitProcedures } from './permits.ts'

/** Every business of the county, in the order of a file's life. */
export const procedures: readonly Procedure[] = [
  ...intakeProcedures,
  ...careProcedures,
  ...permitProcedures,
  ...conductProcedures,
  ...endingProcedures,
  ...oversightProcedures,
]

const byId = new Map(procedures.map((p) => [p.id, p]))
if (byId.size !== procedures.length) throw new Error('two procedures of one name')

export const procedureOf = (id: string): Procedure | undefined => byId.get(id)

export const procedureRooms: Readonly<Record<ProcedureRoom, Words>> = {
  intake: { zh: '接收入矫', en: 'Intake' },
  care: { zh: '日常监管', en: 'Supervision' },
  permits: { zh: '审批事项', en: 'Permits' },
  conduct: { zh: '考核奖惩', en: 'Conduct' },
  ending: { zh: '解除终止', en: 'Ending' },
  oversight: { zh: '检察监督', en: 'Oversight' },
}
