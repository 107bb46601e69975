import type { Brings, Gets } from '@zhijiao/contract/client'
import type { Kept } from '@zhijiao/contract/kernel'
import { Button, Form, Space, Table, type TableColumnType } from 'antd'
import { type ReactNode, useEffect, useMemo, useRef, useState } from 'react'
import { useAsk } from './api.ts'
import { ColumnSettings } from './ColumnSettings.tsx'
import { type Column, useColumns } from './columns.ts'
import { EmptyState } from './EmptyState.tsx'
import { AsOf } from './Freshness.tsx'
import { useKept } from './kept.ts'
import { useWords } from './language.ts'
import { useNarrow } from './media.ts'
import { type Condition, type Query, QueryBar } from './QueryBar.tsx'
import { RowCards } from './RowCards.tsx'
import { SavedQueries } from './SavedQueries.tsx'
import { Saying } from './Saying.tsx'
import { TroubleNotice } from './Trouble.tsx'
import { common } from './words.ts'

export type { Column } from './columns.ts'
export type { Condition } from './QueryBar.tsx'

/** The row of a list, as its contract promises it. */
export type RowOf<S> = Gets<S> extends { items: readonly (infer R)[] } ? R & object : never

export interface PageOfRows<T> {
  readonly items: readonly T[]
  readonly total: number
  readonly page: number
  readonly size: number
}

/** A list as it stands on the screen. */
export interface Listed {
  readonly conditions: Query
  /** The conditions and the order that was chosen: all of the query but its page. */
  readonly asked: Query
  readonly total: number
}

interface State {
  readonly conditions: Query
  readonly page: number
  readonly size: number
  readonly sort: string
}

export interface SearchTableProps<S, T = RowOf<S>> {
  /** Remembers columns and conditions under this name. */
  readonly name: string
  readonly label: string
  readonly kept: Kept<S>
  readonly columns: readonly Column<T>[]
  readonly rowKey: (row: T) => string
  readonly conditions?: readonly Condition[]
  /** Always asked beside the conditions. */
  readonly fixed?: Query
  readonly params?: Record<string, string>
  readonly size?: number
  readonly empty: { what: string; hint?: string; action?: ReactNode }
  /** Buttons right of the count; gets what is asked for, for an export of exactly this list. */
  readonly tools?: (now: Listed) => ReactNode
  readonly batch?: (chosen: readonly T[], clear: () => void) => ReactNode
  /** What a row is called where it is chosen; without it, by its place on the page. */
  readonly rowName?: (row: T) => string
  readonly rowTone?: (row: T) => string
  readonly expand?: (row: T) => ReactNode
  readonly every?: number
  readonly enabled?: boolean
  /** Conditions can be kept under a name (常用查询); they follow the account. */
  readonly saves?: true
  /** A first column counts the rows through all pages. */
  readonly numbered?: true
}

/**
 * The one list of the console: conditions with visible 查询 and 重置 and Enter, the server's pages with their true total,
 * sorting, column settings, selection, a sticky head. What was asked stays while the next page loads.
 */
export function SearchTable<S>(props: SearchTableProps<S>) {
  type T = RowOf<S>
  const { name, label, kept, columns, rowKey, conditions = [], fixed = {}, empty } = props
  const t = useWords(common)
  const narrow = useNarrow()
  const [form] = Form.useForm<Query>()
  const [state, setState] = useKept<State>(`table.${name}`, {
    conditions: {},
    page: 1,
    size: props.size ?? 20,
    sort: '',
  })
  const [picked, setPicked] = useState<readonly string[]>([])
  const [more, setMore] = useState(false)
  const [shown, setShown] = useColumns(name, columns)
  const standing = { ...state.conditions, ...fixed }
  const inOrder = { ...standing, ...(state.sort ? { sort: state.sort } : {}) }
  const query = { ...inOrder, page: state.page, size: state.size }
  // Every list promises the shared page query; which further conditions it knows is the caller's to get right.
  const brings = { query, ...(props.params ? { params: props.params } : {}) } as unknown as Brings<S>
  const asked = useAsk<S>(kept, brings, {
    keep: true,
    ...(props.every ? { every: props.every } : {}),
    enabled: props.enabled ?? true,
  })
  // `RowOf` has read the row out of the same promise; of an open `S` the compiler cannot see that its answer is a page of it.
  const page = asked.data as (Gets<S> & PageOfRows<T>) | undefined
  // Nothing out of sight is acted upon: what another page, another query or a colleague took off the screen is not chosen.
  const chosen = page ? page.items.filter((row) => picked.includes(rowKey(row))) : []
  const setChosen = (rows: readonly T[]) => setPicked(rows.map(rowKey))
  const nameOf = (row: T) =>
    t('pickRow', { name: props.rowName?.(row) ?? t('rowAt', { n: (page?.items.indexOf(row) ?? 0) + 1 }) })
  const active = Object.entries(state.conditions).filter(
    ([, v]) => v !== undefined && v !== null && v !== '' && !(Array.isArray(v) && v.length === 0),
  )

  const tableColumns = useMemo(
    () =>
      columns
        .filter((c) => shown.includes(c.key))
        .map(
          ({ render, sort, spare: _, ...column }): TableColumnType<T> => ({
            ellipsis: { showTitle: true },
            ...column,
            render: (__: unknown, row: T) => render(row),
            ...(sort
              ? {
                  sorter: true,
                  sortOrder: state.sort === sort ? 'ascend' : state.sort === `-${sort}` ? 'descend' : null,
                }
              : {}),
          }),
        ),
    [columns, shown, state.sort],
  )
  const before = ((page?.page ?? state.page) - 1) * (page?.size ?? state.size)
  const number: TableColumnType<T> = {
    key: 'number',
    title: t('rowNo'),
    width: 56,
    render: (_, __, at) => <span className="zj-muted">{before + at + 1}</span>,
  }
  const clearChosen = () => setPicked([])
  const clear = () => {
    form.resetFields()
    for (const c of conditions) form.setFieldValue(c.name, undefined)
    clearChosen()
    setState({ ...state, conditions: {}, page: 1 })
  }
  const nothing = asked.isLoading ? (
    ' '
  ) : active.length > 0 ? (
    <EmptyState
      why="noMatch"
      conditions={active.flatMap(([name, value]) => {
        const of = conditions.find((c) => c.name === name)
        return of ? [<Saying key={name} of={of} value={value} />] : []
      })}
      onClear={clear}
    />
  ) : (
    <EmptyState why="nothing" {...empty} />
  )
  const use = (wanted: Query) => {
    clear()
    form.setFieldsValue(wanted)
    // A condition that is out of sight would be lost with the next query.
    if (Object.keys(wanted).some((key) => !conditions.some((c) => c.first && c.name === key))) setMore(true)
    setState({ ...state, conditions: wanted, page: 1 })
  }

  // The table library leaves its wide body out of reach of the keyboard and a hidden measuring row within it.
  const frame = useRef<HTMLDivElement>(null)
  useEffect(() => {
    for (const body of frame.current?.querySelectorAll('.ant-table-body, .ant-table-content') ?? [])
      body.setAttribute('tabindex', '0')
    for (const row of frame.current?.querySelectorAll('.ant-table-measure-row') ?? []) row.setAttribute('inert', '')
  })

  return (
    <div className="zj-list" ref={frame}>
      {conditions.length > 0 ? (
        <QueryBar
          label={label}
          form={form}
          conditions={conditions}
          more={more}
          onMore={setMore}
          asked={state.conditions}
          busy={asked.isFetching && !asked.isPlaceholderData}
          onQuery={(wanted) => {
            clearChosen()
            setState({ ...state, conditions: wanted, page: 1 })
          }}
          onReset={clear}
          saved={props.saves ? <SavedQueries list={name} conditions={state.conditions} onUse={use} /> : null}
        />
      ) : null}
      <div className="zj-list-bar">
        <Space wrap>
          <span aria-live="polite">{page ? t('total', { n: page.total }) : ' '}</span>
          <AsOf at={asked.dataUpdatedAt || null} />
          {chosen.length > 0 && props.batch ? (
            <>
              <strong>{t('chosen', { n: chosen.length })}</strong>
              {props.batch(chosen, clearChosen)}
              <Button type="link" size="small" onClick={clearChosen}>
                {t('clearChosen')}
              </Button>
            </>
          ) : null}
        </Space>
        <Space wrap>
          {props.tools?.({ conditions: standing, asked: inOrder, total: page?.total ?? 0 })}
          <ColumnSettings columns={columns} shown={shown} onChange={setShown} />
        </Space>
      </div>
      {asked.error && !page ? (
        <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
      ) : narrow ? (
        <RowCards<T>
          label={label}
          rows={page ? page.items : []}
          columns={columns.filter((c) => shown.includes(c.key))}
          rowKey={rowKey}
          nameOf={nameOf}
          {...(props.rowTone ? { tone: props.rowTone } : {})}
          {...(props.expand ? { expand: props.expand } : {})}
          {...(props.batch ? { chosen } : {})}
          onChoose={setChosen}
          empty={nothing}
          loading={asked.isLoading || asked.isPlaceholderData}
          page={{
            current: page?.page ?? state.page,
            size: state.size,
            total: page?.total ?? 0,
            onChange: (next) => {
              clearChosen()
              setState({ ...state, page: next })
            },
          }}
          sort={state.sort}
          onSort={(sort) => {
            clearChosen()
            setState({ ...state, sort, page: 1 })
          }}
        />
      ) : (
        <Table<T>
          size="small"
          rowKey={rowKey}
          columns={props.numbered ? [number, ...tableColumns] : tableColumns}
          dataSource={page ? [...page.items] : []}
          loading={asked.isLoading || asked.isPlaceholderData}
          sticky
          scroll={{ x: 'max-content' }}
          {...(props.rowTone ? { rowClassName: props.rowTone } : {})}
          {...(props.expand ? { expandable: { expandedRowRender: props.expand } } : {})}
          locale={{
            emptyText: nothing,
          }}
          {...(props.batch
            ? {
                rowSelection: {
                  selectedRowKeys: chosen.map(rowKey),
                  onChange: (_: unknown, rows: T[]) => setChosen(rows),
                  getCheckboxProps: (row: T) => ({ 'aria-label': nameOf(row) }),
                },
              }
            : {})}
          pagination={{
            current: page?.page ?? state.page,
            pageSize: state.size,
            total: page?.total ?? 0,
            showSizeChanger: true,
            pageSizeOptions: [10, 20, 50, 100],
            size: 'small',
            hideOnSinglePage: (page?.total ?? 0) <= 10,
          }}
          onChange={(pagination, _, sorter) => {
            const one = Array.isArray(sorter) ? sorter[0] : sorter
            const field = columns.find((c) => c.key === one?.columnKey)?.sort
            const sort = field && one?.order ? `${one.order === 'descend' ? '-' : ''}${field}` : ''
            clearChosen()
            setState({
              ...state,
              page: sort === state.sort && pagination.pageSize === state.size ? (pagination.current ?? 1) : 1,
              size: pagination.pageSize ?? state.size,
              sort,
            })
          }}
        />
      )}
    </div>
  )
}
