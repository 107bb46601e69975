import { system } from '@zhijiao/contract/system'
import { useAsk } from '../api.ts'

/** What the installation says of itself before anybody signs in. */
export const useFacts = () => useAsk(system.facts, {}, { staleTime: Number.POSITIVE_INFINITY })
export type Facts = NonNullable<ReturnType<typeof useFacts>['data']>
export type Tiles = NonNullable<Facts['tiles']>
