import { type Call, Refused } from '@zhijiao/contract/client'

/** Gives the desk of a demonstration account, or null where somebody sits. */
export type Desks = (login: string) => Promise<Call | null>
/** Does something at somebody's desk under his session; where he sits himself it is left undone. */
export type AtDesk = (login: string, work: (call: Call) => Promise<void>) => Promise<void>

/** Desks taken once and kept until somebody signs in there: then the twin leaves, and what was to be done stays undone. */
export function atDesks(desks: Desks, stopped: () => boolean): AtDesk {
  const at = new Map<string, Call | null>()
  return async (login, work) => {
    if (!at.has(login)) at.set(login, await desks(login))
    const call = at.get(login)
    if (!call || stopped()) return
    try {
      await work(call)
    } catch (error) {
      if (!(error instanceof Refused)) throw error
      if (error.problem.code === 'ZJ_NOT_SIGNED_IN') at.set(login, null)
      else {
        const [field] = error.problem.fields ?? []
        process.stderr.write(
          `twin: ${login} was refused: ${error.problem.code} ${field ? `${field.path} ${field.en}` : error.problem.en}\n`,
        )
      }
    }
  }
}
