import { type CodeItem, type CodeSetName, codeSets } from '@zhijiao/law/codes'
import { levelNamed } from '@zhijiao/law/levels'
import { useMemo } from 'react'
import { type Language, useLanguage } from './language.ts'
import { levelsNow, useLevels } from './levels.ts'

/** What may be chosen of a set; which levels there are the province sets. */
export const itemsOf = (set: CodeSetName): readonly CodeItem[] =>
  set === 'supervisionLevel' ? levelsNow().offered : codeSets[set].items

/** A code in words; what the set does not know stays as it came. */
export function codeSaid(set: CodeSetName, value: string, language: Language): string {
  if (set === 'supervisionLevel') return levelNamed(levelsNow(), value)[language]
  return codeSets[set].items.find((item) => item.code === value)?.[language] ?? value
}

/** Choices of a code set in the language of the screen. */
export function useCodes(set: CodeSetName): { value: string; label: string }[] {
  const language = useLanguage()
  const levels = useLevels()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `itemsOf` reads the levels
  return useMemo(
    () => itemsOf(set).map((item) => ({ value: item.code, label: item[language] })),
    [set, language, levels],
  )
}

/** Reads codes of a set aloud. */
export function useCode(): (set: CodeSetName, value: string | null | undefined) => string {
  const language = useLanguage()
  const levels = useLevels()
  // biome-ignore lint/correctness/useExhaustiveDependencies: `codeSaid` reads the levels
  return useMemo(() => (set, value) => (value ? codeSaid(set, value, language) : '—'), [language, levels])
}
