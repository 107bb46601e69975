import type { TableColumnType } from 'antd'
import { type ReactNode, useState } from 'react'
import { recall, remember } from './memory.ts'

/** A column of a list. */
export interface Column<T> extends Omit<TableColumnType<T>, 'render' | 'title' | 'sorter'> {
  readonly key: string
  readonly title: string
  readonly render: (row: T) => ReactNode
  /** Name the server sorts by. */
  readonly sort?: string
  /** Left out until chosen in the column settings. */
  readonly spare?: boolean
}

/** The columns somebody chose to see; the browser remembers them under the name of the list. */
export function useColumns<T>(
  name: string,
  columns: readonly Column<T>[],
): [readonly string[], (next: readonly string[]) => void] {
  const [shown, setShown] = useState<readonly string[]>(() => {
    const kept = recall(`columns.${name}`)?.split(',')
    return kept ?? columns.filter((c) => !c.spare).map((c) => c.key)
  })
  return [
    shown,
    (next) => {
      setShown(next)
      remember(`columns.${name}`, next.join(','))
    },
  ]
}
