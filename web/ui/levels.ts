import type { Me } from '@zhijiao/contract/account'
import { codeSets } from '@zhijiao/law/codes'
import { useSyncExternalStore } from 'react'

/**
 * The classification levels of the unit (管理级别): they come with whoever is signed in, before the first screen is drawn,
 * and again when a publication changes them. Until then they are called as the code table names them.
 */
export type Levels = Me['levels']

let current: Levels = { offered: [...codeSets.supervisionLevel.items], former: [] }
const listeners = new Set<() => void>()

export const levelsNow = (): Levels => current

export function levelsAre(levels: Levels): void {
  current = levels
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLevels = (): Levels => useSyncExternalStore(subscribe, levelsNow, levelsNow)
