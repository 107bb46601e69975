import type { Procedure } from './describe.ts'

export const intakeProcedures: readonly Procedure[] = []
