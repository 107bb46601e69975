import { type CodeSetName, code, codeSets } from '@zhijiao/law/codes'
import { useMemo } from 'react'
import { useLanguage } from './language.ts'

/** Choices of a code set in the language of the screen. */
export function useCodes(set: CodeSetName): { value: string; label: string }[] {
  const language = useLanguage()
  return useMemo(
    () => codeSets[set].items.map((item) => ({ value: item.code, label: item[language] })),
    [set, language],
  )
}

/** Reads codes of a set aloud; what the set does not know stays as it came. */
export function useCode(): (set: CodeSetName, value: string | null | undefined) => string {
  const language = useLanguage()
  return useMemo(() => (set, value) => (value ? (code(set, value)?.[language] ?? value) : '—'), [language])
}
