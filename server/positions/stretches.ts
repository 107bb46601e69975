/**
 * What was received from one instant to another, both among it (milliseconds UTC), was judged by this version of the rules;
 * several with a comma between where nobody knows any more which of them it was.
 */
export type Stretch = readonly [from: number, until: number, rules: string]

/** What arrived together, as far as stretches look at it. */
interface Judged {
  readonly receivedAt: number
  readonly rules: string
}

/** Joins what is known of a day with what came to it. Where versions took turns, stretches may overlap and are both kept. */
export function stretchesOf(known: readonly Stretch[], arrived: Iterable<Judged>): Stretch[] {
  const all = [...known, ...Array.from(arrived, ({ receivedAt, rules }): Stretch => [receivedAt, receivedAt, rules])]
  const joined: Stretch[] = []
  for (const [from, until, rules] of all.sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    const last = joined.at(-1)
    if (last && last[2] === rules) joined[joined.length - 1] = [last[0], Math.max(last[1], until), rules]
    else joined.push([from, until, rules])
  }
  return joined
}

/** A day of which only the versions are known: together they judged all that it holds. */
export function undivided(fixes: readonly { readonly receivedAt: number }[], rules: string): Stretch[] {
  let [from, until] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
  for (const { receivedAt } of fixes) {
    from = Math.min(from, receivedAt)
    until = Math.max(until, receivedAt)
  }
  return from <= until ? [[from, until, rules]] : []
}

/** The version that judged what was received then; more than one only where that is not known better. */
export function judgedBy(stretches: readonly Stretch[], receivedAt: number): string[] {
  return versionsOf(stretches.filter(([from, until]) => receivedAt >= from && receivedAt <= until))
}

/** Every version of these stretches once, in their order. */
export function versionsOf(stretches: readonly Stretch[]): string[] {
  return [...new Set(stretches.flatMap(([, , rules]) => rules.split(',')))]
}
