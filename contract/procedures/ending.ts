import type { Procedure } from './describe.ts'

export const endingProcedures: readonly Procedure[] = []
