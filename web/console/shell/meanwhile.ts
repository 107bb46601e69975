import { useSyncExternalStore } from 'react'

/**
 * What rang while the session was lost: the lists cannot be read then, so that this is all there is to ring again by, and
 * to count. Level by id of the alarm, no word of whom it is about.
 */
let rung: ReadonlyMap<string, number> = new Map()
const listeners = new Set<() => void>()

function become(next: ReadonlyMap<string, number>): void {
  rung = next
  for (const listener of listeners) listener()
}

export const rangMeanwhile = (id: string, level: number): void => become(new Map(rung).set(id, level))

/** Somebody elsewhere took it in hand. */
export function seenElsewhere(id: string): void {
  if (rung.has(id)) become(new Map([...rung].filter(([other]) => other !== id)))
}
export function forgetMeanwhile(): void {
  if (rung.size > 0) become(new Map())
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useMeanwhile = (): ReadonlyMap<string, number> => useSyncExternalStore(subscribe, () => rung)
