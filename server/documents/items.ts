import type { Values } from '@zhijiao/contract/paper'
import { articlesWritten } from '@zhijiao/law/article'
import type { CivilDate } from '@zhijiao/law/civil-date'
import { itemOn, type QuotedItem } from '@zhijiao/law/items'
import type { RuleId } from '@zhijiao/law/rule'
import { clauseOf } from './clause.ts'

/**
 * How a blank says the items of an article: `listed` with their words, `quoted` by instrument and place, `described` as
 * words with the place behind them, `words` alone.
 */
const ways = ['listed', 'quoted', 'described', 'words'] as const
type How = (typeof ways)[number]

/** What a room gives for such a blank: the paper writes it in the law of its own day, as long as it is a draft. */
export const itemsSaid = (how: How, ids: readonly string[]): string => `{{items.${how}:${ids.join(',')}}}`

const variable = /\{\{items\.(\w+):([\d.,]+)\}\}/g
const isHow = (word: string | undefined): word is How => (ways as readonly (string | undefined)[]).includes(word)
/** Words that go on in a sentence: 超过十日的 → 超过十日. */
const within = (words: string) => words.replace(/的$/, '')

function clauses(items: readonly QuotedItem[]): string {
  const bySource = new Map<string, Set<string>>()
  for (const { source, article } of items.flatMap(({ places }) => places))
    bySource.set(source, (bySource.get(source) ?? new Set()).add(article))
  return [...bySource].map(([source, articles]) => clauseOf({ source, article: [...articles].join(',') })).join('、')
}

function say(how: How, items: readonly QuotedItem[]): string {
  switch (how) {
    case 'listed':
      return items.map(({ zh, own }) => `${articlesWritten(own.article)}：${zh}`).join('；')
    case 'quoted':
      return clauses(items)
    case 'described':
      return items.map((item) => `${within(item.zh)}（${clauseOf(item.own)}）`).join('；')
    case 'words':
      return items.map(({ zh }) => within(zh)).join('；')
  }
}

/**
 * Values with their items written in the law of a day, and the rules these rest on. Where no item was in force then,
 * nothing is written: the law of an older day is entered by hand.
 */
export function withItems(
  values: Values,
  on: CivilDate,
): { readonly values: Values; readonly rules: readonly RuleId[] } {
  const rules = new Set<RuleId>()
  const written = (text: string) =>
    text
      .replace(variable, (whole, how: string, ids: string) => {
        if (!isHow(how)) return whole
        const items = ids.split(',').flatMap((id) => itemOn(id, on) ?? [])
        for (const { rule } of items) if (rule) rules.add(rule)
        return say(how, items)
      })
      .replace(/^；+|；+$/g, '')
  return {
    values: Object.fromEntries(
      Object.entries(values).map(([name, given]) => [
        name,
        typeof given === 'string' && given.includes('{{items.') ? written(given) : given,
      ]),
    ),
    rules: [...rules],
  }
}
