import type { Org } from '@zhijiao/contract/orgs'

export interface UnitNode {
  readonly key: string
  readonly title: string
  readonly org: Org
  readonly children: UnitNode[]
}

/** The flat list, parents first, as a tree. A unit whose parent is not in the list stands at the top. */
export function treeOf(items: readonly Org[]): UnitNode[] {
  const nodes = new Map<string, UnitNode>(
    items.map((org) => [org.code, { key: org.code, title: org.name, org, children: [] }]),
  )
  const tops: UnitNode[] = []
  for (const org of items) {
    const node = nodes.get(org.code)
    const above = org.parent === null ? undefined : nodes.get(org.parent)
    if (!node) continue
    if (above && above !== node) above.children.push(node)
    else tops.push(node)
  }
  return tops
}

/** Units that match, with those above them, so that a match is never without its place. */
export function matching(items: readonly Org[], text: string): readonly Org[] {
  const wanted = text.trim()
  if (!wanted) return items
  const hits = items.filter((o) => o.name.includes(wanted) || o.code.startsWith(wanted))
  const kept = new Set(hits.map((o) => o.code))
  return items.filter((o) => kept.has(o.code) || hits.some((hit) => hit.code.startsWith(o.code)))
}

/** Digits of a code directly below one: 2, 4, 6, 9; null below an office. */
export const lengthBelow = (code: string): number | null =>
  code.length >= 9 ? null : code.length === 6 ? 9 : code.length + 2
