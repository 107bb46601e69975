/** Small preferences of this browser (language, columns, sound). Never personal data; works where storage is forbidden. */
const fallback = new Map<string, string>()

export function recall(key: string): string | null {
  try {
    return globalThis.localStorage?.getItem(`zj.${key}`) ?? fallback.get(key) ?? null
  } catch {
    return fallback.get(key) ?? null
  }
}

export function remember(key: string, value: string): void {
  fallback.set(key, value)
  try {
    globalThis.localStorage?.setItem(`zj.${key}`, value)
  } catch {
    // A browser that forbids storage keeps the choice until the tab closes.
  }
}
