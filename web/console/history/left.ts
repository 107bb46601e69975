import type { Problem } from '@zhijiao/contract/common'

export interface Said {
  readonly zh: string
  readonly en: string
}

/** One thing that is wrong with a line, and why the line was left out. */
export interface Left {
  readonly line: number
  /** Number or id of what the line tells, where it could be read. */
  readonly of: string
  readonly field: string
  readonly code: string
  readonly why: Said
}

/** What to do where the refusal itself does not say it: of a field that does not fit its schema. */
const correct: Said = {
  zh: '对照“字段说明”改正这一项，再导入。',
  en: 'Correct it by the list of fields and import again.',
}

/** A refusal says what is wrong, then what to do about it: its first sentence and the rest. */
export function halves({ zh, en }: Said): { readonly reason: Said; readonly remedy: Said } {
  const [zhReason, zhRest] = cut(zh, /。/)
  const [enReason, enRest] = cut(en, /\. /)
  return {
    reason: { zh: zhReason, en: enReason },
    remedy: { zh: zhRest || correct.zh, en: enRest || correct.en },
  }
}

function cut(text: string, end: RegExp): readonly [string, string] {
  const at = text.search(end)
  return at < 0 ? [text.replace(/\.$/, ''), ''] : [text.slice(0, at), text.slice(at + 1).trim()]
}

/**
 * Faults of a request that was refused whole, by the place of the row they lie in (`files.3.person.name`). Null: some
 * fault lies in no row, so that leaving rows out would not help.
 */
export function faultsByRow(
  { fields = [] }: Pick<Problem, 'fields'>,
  list: string,
): ReadonlyMap<number, readonly { readonly field: string; readonly why: Said }[]> | null {
  const rows = new Map<number, { field: string; why: Said }[]>()
  for (const { path, zh, en } of fields) {
    const [head, row, ...rest] = path.split('.')
    if (head !== list || row === undefined || !/^\d+$/.test(row)) return null
    const at = Number(row)
    const faults = rows.get(at) ?? []
    faults.push({ field: rest.join('.'), why: { zh, en } })
    rows.set(at, faults)
  }
  return rows.size > 0 ? rows : null
}
