import { useCallback, useState } from 'react'

/** Screen state that survives leaving the page and coming back by the tab strip; gone on reload or sign-out. */
const shelf = new Map<string, unknown>()

export function useKept<T>(name: string, initial: T): [T, (next: T) => void] {
  const [value, setValue] = useState<T>(() => (shelf.has(name) ? (shelf.get(name) as T) : initial))
  const keep = useCallback(
    (next: T) => {
      shelf.set(name, next)
      setValue(next)
    },
    [name],
  )
  return [value, keep]
}

export const clearShelf = (): void => shelf.clear()
