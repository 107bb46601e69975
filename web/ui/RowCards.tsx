import { Button, Checkbox, Pagination, Select, Spin } from 'antd'
import { type ReactNode, useState } from 'react'
import { useWords } from './language.ts'
import type { Column } from './SearchTable.tsx'
import { common } from './words.ts'

/** The same rows on a phone: one card each, nothing beyond the edge of the screen. */
export function RowCards<T>({
  label,
  rows,
  columns,
  rowKey,
  nameOf,
  tone,
  expand,
  chosen,
  onChoose,
  empty,
  loading,
  page,
  sort,
  onSort,
}: {
  label: string
  rows: readonly T[]
  columns: readonly Column<T>[]
  rowKey: (row: T) => string
  /** What the box beside a row says. */
  nameOf?: (row: T) => string
  tone?: (row: T) => string
  expand?: (row: T) => ReactNode
  /** Given: rows can be chosen. */
  chosen?: readonly T[]
  onChoose: (rows: readonly T[]) => void
  empty: ReactNode
  loading: boolean
  page: { current: number; size: number; total: number; onChange: (page: number) => void }
  sort: string
  onSort: (sort: string) => void
}) {
  const t = useWords(common)
  const [open, setOpen] = useState<readonly string[]>([])
  const acts = columns.find((c) => c.key === 'actions')
  const [head, ...rest] = columns.filter((c) => c.key !== 'actions')
  const sorts = columns.flatMap((c) =>
    c.sort
      ? [
          { value: c.sort, label: `${c.title} ↑` },
          { value: `-${c.sort}`, label: `${c.title} ↓` },
        ]
      : [],
  )
  if (!head) return null
  return (
    <Spin spinning={loading}>
      <div className="zj-cards-frame">
        {sorts.length > 0 && rows.length > 1 ? (
          <Select
            className="zj-cards-sort"
            size="small"
            allowClear
            aria-label={t('sortBy')}
            placeholder={t('sortBy')}
            options={sorts}
            {...(sort ? { value: sort } : {})}
            onChange={(next?: string) => onSort(next ?? '')}
          />
        ) : null}
        {rows.length === 0 ? empty : null}
        <ul className="zj-cards" aria-label={label}>
          {rows.map((row) => {
            const key = rowKey(row)
            const shown = open.includes(key)
            return (
              <li key={key} className={tone?.(row) ?? ''}>
                <div className="zj-cards-head">
                  {chosen ? (
                    <Checkbox
                      aria-label={nameOf?.(row)}
                      checked={chosen.some((c) => rowKey(c) === key)}
                      onChange={(e) =>
                        onChoose(e.target.checked ? [...chosen, row] : chosen.filter((c) => rowKey(c) !== key))
                      }
                    />
                  ) : null}
                  {head.render(row)}
                </div>
                <dl>
                  {rest.map((c) => (
                    <div key={c.key}>
                      <dt>{c.title}</dt>
                      <dd>{c.render(row)}</dd>
                    </div>
                  ))}
                </dl>
                {acts || expand ? (
                  <div className="zj-cards-acts">
                    {expand ? (
                      <Button
                        size="small"
                        type="link"
                        aria-expanded={shown}
                        onClick={() => setOpen(shown ? open.filter((k) => k !== key) : [...open, key])}
                      >
                        {shown ? t('detailsLess') : t('details')}
                      </Button>
                    ) : null}
                    {acts?.render(row)}
                  </div>
                ) : null}
                {shown ? expand?.(row) : null}
              </li>
            )
          })}
        </ul>
        <Pagination
          size="small"
          align="center"
          simple
          current={page.current}
          pageSize={page.size}
          total={page.total}
          hideOnSinglePage
          onChange={page.onChange}
        />
      </div>
    </Spin>
  )
}
