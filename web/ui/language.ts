import { useMemo, useSyncExternalStore } from 'react'
import { recall, remember } from './memory.ts'

/** The two languages of the product: Chinese is the source, English the switch. */
export type Language = 'zh' | 'en'
/** A text in both. A dictionary without its English is a type error. */
export type Pair = readonly [zh: string, en: string]
export type Dictionary = Readonly<Record<string, Pair>>

type Holes<S extends string> = S extends `${string}{${infer N}}${infer R}` ? N | Holes<R> : never
type Filling<P extends Pair> = [Holes<P[0]>] extends [never]
  ? []
  : [fill: Readonly<Record<Holes<P[0]>, string | number>>]
/** Says a text of one dictionary; an unknown key or an unfilled `{hole}` is a type error. */
export type Say<D extends Dictionary> = <K extends keyof D & string>(key: K, ...fill: Filling<D[K]>) => string

/** Declares a dictionary: one per room, beside its screens, so that it loads with them. */
export function dictionary<const D extends Dictionary>(words: D): D {
  return words
}

const listeners = new Set<() => void>()
let current: Language = recall('language') === 'en' ? 'en' : 'zh'

export const languageNow = (): Language => current

export function chooseLanguage(language: Language): void {
  current = language
  remember('language', language)
  apply()
  for (const listener of listeners) listener()
}

const apply = () => {
  if (typeof document !== 'undefined') document.documentElement.lang = current === 'zh' ? 'zh-CN' : 'en'
}
apply()

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export const useLanguage = (): Language => useSyncExternalStore(subscribe, languageNow, languageNow)

/** Fills `{name}` holes. */
export const fillIn = (text: string, fill: Readonly<Record<string, string | number>> = {}): string =>
  text.replace(/\{(\w+)\}/g, (hole, name: string) => String(fill[name] ?? hole))

export function sayIn<D extends Dictionary>(words: D, language: Language): Say<D> {
  return (key, ...fill) => {
    const pair = words[key]
    if (!pair) return key
    // English counts: what leaves one day says day.
    return language === 'zh'
      ? fillIn(pair[0], fill[0])
      : fillIn(pair[1], fill[0]).replace(/(?<![\d.,:-])1 days\b/g, '1 day')
  }
}

export function useWords<D extends Dictionary>(words: D): Say<D> {
  const language = useLanguage()
  return useMemo(() => sayIn(words, language), [words, language])
}

/** A text the server said in both languages. */
export const spoken = (said: { zh: string; en: string }, language: Language): string =>
  language === 'zh' ? said.zh : said.en || said.zh

export function useSpoken(): (said: { zh: string; en: string }) => string {
  const language = useLanguage()
  return useMemo(() => (said) => spoken(said, language), [language])
}

/** How a language strings words together: “甲、乙”, of unlike things “甲，乙”, “名：值”, “甲（乙）”, or “a, b”, “name: value”, “a (b)”. */
export const stringing = (language: Language) =>
  language === 'zh'
    ? {
        list: (words: readonly string[]) => words.join('、'),
        row: (parts: readonly string[]) => parts.join('，'),
        named: (name: string, text: string) => `${name}：${text}`,
        aside: (name: string, text: string) => `${name}（${text}）`,
      }
    : {
        list: (words: readonly string[]) => words.join(', '),
        row: (parts: readonly string[]) => parts.join(', '),
        named: (name: string, text: string) => `${name}: ${text}`,
        aside: (name: string, text: string) => `${name} (${text})`,
      }

export function useStringing(): ReturnType<typeof stringing> {
  const language = useLanguage()
  return useMemo(() => stringing(language), [language])
}
