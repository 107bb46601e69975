import type { Static } from '@zhijiao/contract/kernel'
import { orgs, type RoleCard } from '@zhijiao/contract/orgs'
import { useMemo } from 'react'
import { useAsk } from '../../ui/api.ts'
import { useLanguage } from '../../ui/language.ts'

export type Card = Static<typeof RoleCard>

/** The posts with their names, as the server knows them; asked once an hour. */
export function useRoles(): { cards: readonly Card[]; name: (role: string) => string } {
  const language = useLanguage()
  const { data } = useAsk(orgs.roles, {}, { staleTime: 3_600_000 })
  return useMemo(() => {
    const cards = data?.items ?? []
    const names = new Map(cards.map((card) => [card.role, card[language]]))
    return { cards, name: (role) => names.get(role) ?? role }
  }, [data, language])
}
