import { detention, pursuit, search } from './conduct/missing.ts'
import { arrest } from './conduct/proposals/arrest.ts'
import { commutation } from './conduct/proposals/commutation.ts'
import { recommitment } from './conduct/proposals/recommitment.ts'
import { revokeParole, revokeSuspension } from './conduct/proposals/revocation.ts'
import { admonition, commendation, policePenalty, warning } from './conduct/sanctions.ts'
import { violation } from './conduct/violation.ts'
import type { Procedure } from './describe.ts'

/** Conduct (考核奖惩), from what was noticed to what the court ruled. */
export const conductProcedures: readonly Procedure[] = [
  violation,
  admonition,
  warning,
  commendation,
  policePenalty,
  revokeSuspension,
  revokeParole,
  recommitment,
  arrest,
  commutation,
  search,
  pursuit,
  detention,
]
