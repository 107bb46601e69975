import { useEffect, useSyncExternalStore } from 'react'

/** What an opened page calls itself once it knows (a person's name, a device's number), for its tab. */
const names = new Map<string, string>()
const listeners = new Set<() => void>()
let version = 0

export const pageName = (path: string): string | undefined => names.get(path)

export function useNamedPage(path: string, name: string | undefined): void {
  useEffect(() => {
    if (!name || names.get(path) === name) return
    names.set(path, name)
    version += 1
    for (const listener of listeners) listener()
  }, [path, name])
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
export const usePageNames = (): number => useSyncExternalStore(subscribe, () => version)
