import { GEO_RULES } from '@zhijiao/geo/validate'
import { lawFor } from '../../core/circumstances.ts'
import type { House } from '../../core/house.ts'
import type { OnEnded } from '../../devices/index.ts'
import { endTerm } from '../domain.ts'
import { kindsFor } from '../kinds.ts'
import { howEnded } from '../words.ts'
import { carryOut } from './carry.ts'
import { engineStore } from './store.ts'

/**
 * Settles what a term leaves open in the very transaction that ends it (Z3): between the end and the engine's notice of it
 * no officer is called for a person who is no longer positioned. The engine, told later, finds nothing left.
 */
export const settlingEnded =
  (house: Pick<House, 'chance' | 'databases'>): OnEnded =>
  async (inside, ended) => {
    const store = engineStore(inside.db)
    const open = (await store.open(ended.personId)).filter((e) => e.activationNo === ended.no)
    if (open.length === 0) return
    const now = house.chance.now()
    const [who, law] = [await store.person(ended.personId), await lawFor(house, ended.org, now)]
    const kinds = await kindsFor(inside.db, ended.org)
    for (const episode of open) {
      const decision = endTerm(episode, howEnded(ended.reason), now)
      if (decision)
        await carryOut(inside, house, decision, {
          kind: kinds[episode.kind],
          who: who?.name ?? '',
          ruleVersion: `${GEO_RULES}+${law.revision}`,
          now,
          before: episode,
        })
    }
  }
