import { Refused } from '@zhijiao/contract/client'
import type { Problem } from '@zhijiao/contract/common'

/** The coded problem of a call that must be refused. */
export async function refusedWith(call: Promise<unknown>): Promise<Problem> {
  try {
    await call
  } catch (error) {
    if (error instanceof Refused) return error.problem
    throw error
  }
  throw new Error('this should have been refused')
}
export const codeOf = async (call: Promise<unknown>): Promise<string> => (await refusedWith(call)).code
