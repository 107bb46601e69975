import type { ContestableDecision, OriginKind } from '@zhijiao/contract/matters'
import { originKinds } from '@zhijiao/contract/matters'

/** Which decision a matter is against: that of another matter, or of a room's own. */
export type Against = Pick<ContestableDecision, 'what' | 'id'>

const isOrigin = (what: string): what is OriginKind => (originKinds as readonly string[]).includes(what)

/** As the address writes it: `?cause=` for a matter, `?origin=leave.…` for a decision of a room. */
export const searchOf = ({ what, id }: Against): Record<string, string> =>
  what === 'matter' ? { cause: id } : { origin: `${what}.${id}` }

export function againstIn({ cause, origin }: { cause?: string; origin?: string }): Against | null {
  if (cause) return { what: 'matter', id: cause }
  const [what = '', id = ''] = (origin ?? '').split('.')
  return isOrigin(what) && id ? { what, id } : null
}

/** As the server takes it. */
export const wishOf = (against: Against | null) =>
  against === null
    ? {}
    : against.what === 'matter'
      ? { cause: against.id }
      : { origin: { kind: against.what, id: against.id } }
