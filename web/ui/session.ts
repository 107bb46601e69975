import { useSyncExternalStore } from 'react'

/** Whether the server still knows this tab. `lost` opens the sign-in dialog over the page, so that nothing typed is lost. */
export type Standing = 'fine' | 'lost'

let standing: Standing = 'fine'
/** Somebody is (or was) signed in here; without that a 401 belongs to the sign-in page, not to the dialog. */
let known = false
let prove = (): Promise<boolean> => Promise.resolve(false)
let proving: Promise<boolean> | null = null
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
/** How this tab asks the server who is signed in: true when it is still the person whose page this is. */
export function provedBy(ask: () => Promise<boolean>): void {
  prove = ask
}
/** Asks once however many want to know; a broken connection proves nothing. */
function proved(): Promise<boolean> {
  proving ??= prove()
    .catch(() => false)
    .finally(() => {
      proving = null
    })
  return proving
}
/**
 * Something said that the session is over. It may speak of a former one: another tab of this browser signed in again in
 * between, and its cookie is ours. Answers whether this tab is still known.
 */
export async function doubted(): Promise<boolean> {
  if (!known || standing === 'lost') return false
  const still = await proved()
  if (!still) signedOut()
  return still
}
/** Another tab signed in. Answers whether that brought this one back. */
export const broughtBack = async (): Promise<boolean> => known && standing === 'lost' && (await proved())
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
