import { type CivilDate, earlier, later } from '@zhijiao/law/civil-date'
import { correctionCategoryOf } from '@zhijiao/law/codes'
import type { Law } from '@zhijiao/law/in-force'
import { appliesTo } from '@zhijiao/law/rule'

/** An injunction on file; a day that is not known is that of the term of correction. */
export interface InjunctionNoted {
  readonly from: CivilDate | null
  readonly until: CivilDate | null
}

export interface UnderInjunction {
  /** 01 control, 02 suspended sentence, 03 parole, 04 temporary service outside prison. */
  readonly category: string
  readonly termStart: CivilDate
  readonly termEnd: CivilDate
  /** Rows of the file, each with its own term. */
  readonly injunctions: readonly InjunctionNoted[]
  /** The header speaks of one, and no row of the file ever said from when until when. */
  readonly injunctionUndated: boolean
}

/**
 * The injunctions (禁止令) in force on a day as one stretch, both ends included; null without one. Each holds for its own
 * term; one of which only the words are on file, for the term of correction. Only control and suspended sentences carry any
 * (INJ-01).
 */
export function injunctionOn(
  person: UnderInjunction,
  law: Law,
  day: CivilDate,
): { readonly from: CivilDate; readonly until: CivilDate } | null {
  const category = correctionCategoryOf(person.category)
  if (!category || !appliesTo(law.read('INJ-01'), category)) return null
  const noted = person.injunctionUndated ? [{ from: null, until: null }] : person.injunctions
  const inForce = noted
    .map(({ from, until }) => ({
      from: later(from ?? person.termStart, person.termStart),
      until: earlier(until ?? person.termEnd, person.termEnd),
    }))
    .filter(({ from, until }) => from <= day && day <= until)
  const [first, ...more] = inForce
  return first
    ? more.reduce((all, one) => ({ from: earlier(all.from, one.from), until: later(all.until, one.until) }), first)
    : null
}
