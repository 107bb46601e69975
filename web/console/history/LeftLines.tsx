import { type ReportLine, reportLines } from '@zhijiao/contract/history'
import { App, Button, Table } from 'antd'
import { useMemo, useState } from 'react'
import { saveFile } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import type { Column } from '../../ui/columns.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { useNarrow } from '../../ui/media.ts'
import { RowCards } from '../../ui/RowCards.tsx'
import { halves, type Left } from './left.ts'
import { historyWords } from './words.ts'

interface Row {
  readonly key: string
  readonly line: number
  readonly of: string
  readonly field: string
  readonly reason: string
  readonly remedy: string
  readonly code: string
}
const order = (a: string, b: string) => a.localeCompare(b, 'zh-CN')
const cardsAtOnce = 10

interface Props {
  readonly left: readonly Left[]
  /** Lines that were left out, also those that nobody named. */
  readonly leftLines: number
  /** They would be left out; nothing came in. */
  readonly trial: boolean
  /** Has them written as a sheet. */
  readonly onExport: (lines: ReportLine[]) => Promise<Response>
}

/** Every line that was left out: which, why, and what to do about it. */
export function LeftLines({ left, leftLines, trial, onExport }: Props) {
  const t = useWords(historyWords)
  const say = useSpoken()
  const narrow = useNarrow()
  const { message } = App.useApp()
  const [busy, doing] = useBusy()
  const [card, setCard] = useState(1)
  const rows = useMemo(
    () =>
      left.map(({ line, of, field, code, why }, i): Row => {
        const { reason, remedy } = halves(why)
        return { key: String(i), line, of, field, code, reason: say(reason), remedy: say(remedy) }
      }),
    [left, say],
  )
  const unnamed = leftLines - new Set(left.map((l) => l.line)).size
  // Lines that call themselves nothing need no column for it.
  const nameless = left.every((l) => l.of === '')
  const all: readonly (Column<Row> & { readonly by: (a: Row, b: Row) => number })[] = [
    { key: 'line', title: t('line'), width: 84, render: (r) => r.line, by: (a, b) => a.line - b.line },
    {
      key: 'of',
      title: t('of'),
      width: 180,
      render: (r) => <span className="zj-mono zj-wrap">{r.of || '—'}</span>,
      by: (a, b) => order(a.of, b.of),
    },
    {
      key: 'field',
      title: t('field'),
      width: 170,
      render: (r) => <span className="zj-mono zj-wrap">{r.field || '—'}</span>,
      by: (a, b) => order(a.field, b.field),
    },
    { key: 'reason', title: t('reason'), render: (r) => r.reason, by: (a, b) => order(a.reason, b.reason) },
    {
      key: 'remedy',
      title: t('remedy'),
      width: '26%',
      render: (r) => r.remedy,
      by: (a, b) => order(a.remedy, b.remedy),
    },
    {
      key: 'code',
      title: t('code'),
      width: 210,
      render: (r) => <span className="zj-mono zj-small zj-wrap">{r.code}</span>,
      by: (a, b) => order(a.code, b.code),
    },
  ]
  const columns = all.filter((column) => column.key !== 'of' || !nameless)
  const exportThem = () =>
    void doing(async () => {
      const lines = rows.slice(0, reportLines).map(({ key: _, ...row }) => ({
        ...row,
        field: row.field.slice(0, 120),
        reason: row.reason.slice(0, 600),
        remedy: row.remedy.slice(0, 600),
      }))
      void message.success(t('exported', { name: await saveFile(await onExport(lines), 'left.xlsx') }))
    })
  return (
    <section aria-label={t('refusedLines')}>
      <header className="zj-panel-head">
        <h3>{t(trial ? 'leftTitleTrial' : 'leftTitle', { n: leftLines })}</h3>
        <Button size="small" loading={busy} onClick={exportThem}>
          {rows.length > reportLines ? t('exportFirst', { n: reportLines }) : t('export')}
        </Button>
      </header>
      <p className="zj-muted zj-small">{t('leftHint')}</p>
      {unnamed > 0 ? <p className="zj-tone-yellow zj-small">{t('leftUnnamed', { n: unnamed })}</p> : null}
      {narrow ? (
        <RowCards<Row>
          label={t('refusedLines')}
          rows={rows.slice((card - 1) * cardsAtOnce, card * cardsAtOnce)}
          columns={columns}
          rowKey={(r) => r.key}
          onChoose={() => undefined}
          empty={null}
          loading={false}
          page={{ current: card, size: cardsAtOnce, total: rows.length, onChange: setCard }}
          sort=""
          onSort={() => undefined}
        />
      ) : (
        <Table<Row>
          size="small"
          rowKey="key"
          dataSource={rows}
          scroll={{ x: 980 }}
          pagination={{
            defaultPageSize: 20,
            pageSizeOptions: [10, 20, 50, 100],
            showSizeChanger: true,
            size: 'small',
            hideOnSinglePage: rows.length <= 10,
          }}
          columns={columns.map(({ render, by, ...column }) => ({
            ...column,
            sorter: by,
            render: (__: unknown, row: Row) => render(row),
          }))}
        />
      )}
    </section>
  )
}
