import type { Procedure } from './describe.ts'
import { ending, handover } from './ending/release.ts'
import { death, termination } from './ending/termination.ts'

/** How a correction ends (解除终止), and who takes over. */
export const endingProcedures: readonly Procedure[] = [ending, handover, termination, death]
