import type { Procedure } from './describe.ts'

export const conductProcedures: readonly Procedure[] = []
