import { useSyncExternalStore } from 'react'

/** Whether the server still knows this tab. `lost` opens the sign-in dialog over the page, so that nothing typed is lost. */
export type Standing = 'fine' | 'lost'

let standing: Standing = 'fine'
/** Somebody is (or was) signed in here; without that a 401 belongs to the sign-in page, not to the dialog. */
let known = false
const listeners = new Set<() => void>()
const tell = () => {
  for (const listener of listeners) listener()
}

export function signedIn(): void {
  known = true
  standing = 'fine'
  tell()
}
export function signedOut(): void {
  if (!known || standing === 'lost') return
  standing = 'lost'
  tell()
}
export function forgotten(): void {
  known = false
  standing = 'fine'
  tell()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const useStanding = (): Standing => useSyncExternalStore(subscribe, () => standing)
