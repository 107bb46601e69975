/**
 * Which version of the rules and numbers judged each entry of an inbox blob. Nearly every flush has one, and then it stands
 * once for all of them; where units under other publications are mixed, `ruled` says by one byte an entry which it was.
 */
export interface Ruled {
  /** Versions, comma between. */
  readonly rules: string
  /** Byte i: place in `rules` of what judged entry i of the blob's directory. Null: there is but one. */
  readonly ruled: Uint8Array | null
}

/** More versions at once than a byte can name are not told apart: the entry then names the last. */
const mostVersions = 256

export function ruledBy(entries: readonly string[]): Ruled {
  const [first = ''] = entries
  if (entries.every((rules) => rules === first)) return { rules: first, ruled: null }
  const versions = [...new Set(entries)].slice(0, mostVersions)
  return {
    rules: versions.join(','),
    ruled: Uint8Array.from(entries, (rules) => {
      const at = versions.indexOf(rules)
      return at < 0 ? versions.length - 1 : at
    }),
  }
}

/** The version that judged an entry of a stored flush, as `ruledBy` wrote it. */
export function rulesOf({ rules, ruled }: Ruled): (entry: number) => string {
  if (!ruled) return () => rules
  const versions = rules.split(',')
  return (entry) => versions[ruled[entry] ?? 0] ?? rules
}
