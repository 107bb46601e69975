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

/**
 * Half-filled forms. Unlike the shelf they outlive a reload and a lost session, in this tab only; they belong to one
 * account and go when it signs out or another one signs in.
 */
const prefix = 'zj.draft.'
const unwritten = new Map<string, string>()
const keyOf = (owner: string, name: string) => `${prefix}${owner}.${name}`

export function draftOf<T>(owner: string, name: string): T | null {
  const key = keyOf(owner, name)
  try {
    const text = unwritten.get(key) ?? sessionStorage.getItem(key)
    return text ? (JSON.parse(text) as T) : null
  } catch {
    return null
  }
}

export function keepDraft(owner: string, name: string, draft: unknown): void {
  const key = keyOf(owner, name)
  const text = JSON.stringify(draft)
  try {
    sessionStorage.setItem(key, text)
    unwritten.delete(key)
  } catch {
    // A browser that forbids storage keeps it until the page is reloaded.
    unwritten.set(key, text)
  }
}

export function dropDraft(owner: string, name: string): void {
  unwritten.delete(keyOf(owner, name))
  try {
    sessionStorage.removeItem(keyOf(owner, name))
  } catch {
    // Nothing was stored there.
  }
}

/** Drops the drafts of everybody but `owner`. */
export function dropDrafts(owner?: string): void {
  const goes = (key: string) => key.startsWith(prefix) && !(owner && key.startsWith(`${prefix}${owner}.`))
  for (const key of [...unwritten.keys()]) if (goes(key)) unwritten.delete(key)
  try {
    for (const key of Object.keys(sessionStorage)) if (goes(key)) sessionStorage.removeItem(key)
  } catch {
    // Nothing was stored there.
  }
}
