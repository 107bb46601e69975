import { type CorrectionCategory, correctionCategoryOf } from './codes.ts'

/**
 * Grounds of termination (终止事由, codes of set `endReason2020`) that have their ruling, each with the one category it ends
 * (Law 45, END-03); control (管制) knows none. Death is a business of its own, the others are no termination.
 */
export const terminationGrounds: Readonly<Record<string, CorrectionCategory>> = {
  T1: 'suspendedSentence',
  T2: 'parole',
  T3: 'temporaryServiceOutsidePrison',
}

/** The grounds that end a category, given by its code 01–04 or its name; none for control and for what is no category. */
export function groundsFor(category: string): readonly string[] {
  const of = correctionCategoryOf(category)
  return Object.keys(terminationGrounds).filter((ground) => terminationGrounds[ground] === of)
}
