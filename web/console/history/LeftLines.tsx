import { history, reportLines } from '@zhijiao/contract/history'
import { App, Button, Table } from 'antd'
import { useMemo, useState } from 'react'
import { call, saveFile } from '../../ui/api.ts'
import { useBusy } from '../../ui/busy.ts'
import type { Column } from '../../ui/columns.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { useNarrow } from '../../ui/narrow.ts'
import { RowCards } from '../../ui/RowCards.tsx'
import { halves } from './left.ts'
import type { Run } from './runs.ts'
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

/** Every line that was left out: which, why, and what to do about it. */
export function LeftLines({ run }: { run: Run }) {
  const t = useWords(historyWords)
  const say = useSpoken()
  const narrow = useNarrow()
  const { message } = App.useApp()
  const [busy, doing] = useBusy()
  const [card, setCard] = useState(1)
  const rows = useMemo(
    () =>
      run.left.map(({ line, of, field, code, why }, i): Row => {
        const { reason, remedy } = halves(why)
        return { key: String(i), line, of, field, code, reason: say(reason), remedy: say(remedy) }
      }),
    [run.left, say],
  )
  const unnamed = run.leftLines - new Set(run.left.map((l) => l.line)).size
  const columns: readonly (Column<Row> & { readonly by: (a: Row, b: Row) => number })[] = [
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
  const exportThem = () =>
    void doing(async () => {
      const lines = rows.slice(0, reportLines).map(({ key: _, ...row }) => ({
        ...row,
        field: row.field.slice(0, 120),
        reason: row.reason.slice(0, 600),
        remedy: row.remedy.slice(0, 600),
      }))
      const answer = await call(history.report, {
        body: { kind: run.kind, file: run.file.name.slice(0, 200), source: run.source, lines },
      })
      void message.success(t('exported', { name: await saveFile(answer, 'history.xlsx') }))
    })
  return (
    <section aria-label={t('refusedLines')}>
      <header className="zj-panel-head">
        <h3>{t(run.trial ? 'leftTitleTrial' : 'leftTitle', { n: run.leftLines })}</h3>
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
