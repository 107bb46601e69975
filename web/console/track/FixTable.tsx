import type { TrackFix } from '@zhijiao/contract/positions'
import { Table } from 'antd'
import { clockTime, distance, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { trackWords } from './words.ts'

export const sourceWord = { gnss: 'sGnss', fused: 'sFused', wifi: 'sWifi', cell: 'sCell', unknown: 'sUnknown' } as const

/** The same track as rows, for whoever reads better than looks. */
export function FixTable({ fixes }: { fixes: readonly TrackFix[] }) {
  const t = useWords(trackWords)
  const say = useSpoken()
  const language = useLanguage()
  return (
    <Table
      size="small"
      rowKey={(f) => `${f.ts}${f.activationNo}${f.seq ?? ''}${f.receivedAt}`}
      dataSource={fixes}
      scroll={{ x: 'max-content' }}
      pagination={{ pageSize: 50, size: 'small', hideOnSinglePage: true }}
      columns={[
        { title: t('at'), render: (_, f) => clockTime(f.ts) },
        {
          title: t('place'),
          render: (_, f) => <span className="zj-mono">{`${f.lat.toFixed(5)}, ${f.lon.toFixed(5)}`}</span>,
        },
        { title: t('accuracy'), align: 'right', render: (_, f) => distance(f.accuracyM, language) },
        { title: t('source'), render: (_, f) => t(sourceWord[f.source]) },
        {
          title: t('speedKmh'),
          align: 'right',
          render: (_, f) => (f.speedKmh === undefined ? '—' : Math.round(f.speedKmh)),
        },
        {
          title: t('battery'),
          align: 'right',
          render: (_, f) => (f.batteryPct === undefined ? '—' : `${f.batteryPct}%`),
        },
        { title: t('received'), render: (_, f) => minute(f.receivedAt) },
        {
          title: t('marks'),
          render: (_, f) => (
            <>
              {f.blind ? <Mark>{t('blind')}</Mark> : null} {f.late ? <Mark>{t('late')}</Mark> : null}{' '}
              {f.doubted ? <Mark>{t('doubted')}</Mark> : null} {f.mock ? <Mark tone="yellow">{t('mock')}</Mark> : null}{' '}
              {f.imported ? <Mark>{t('imported')}</Mark> : null}{' '}
              {f.authenticated ? null : <Mark>{t('unauthenticated')}</Mark>}
            </>
          ),
        },
        {
          title: t('fault'),
          render: (_, f) =>
            f.fault ? (
              <>
                {say(f.fault.says)} <span className="zj-muted zj-small">{t('rules', { v: f.fault.rules })}</span>
              </>
            ) : (
              ''
            ),
        },
      ]}
    />
  )
}
