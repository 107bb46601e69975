import { alarmStatistics } from '@zhijiao/contract/alarms'
import { Table } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { AsOf } from '../../ui/Freshness.tsx'
import { percent } from '../../ui/format.ts'
import { useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { alarmWords } from './words.ts'

/** How often each kind was right, printed as it is. */
export default function Precision() {
  const t = useWords(alarmWords)
  const say = useSpoken()
  const asked = useAsk(alarmStatistics.precision, { query: {} })
  if (asked.isPending) return <Waiting />
  if (asked.error) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const number = (n: number | null) => (n === null ? '—' : Math.round(n))
  return (
    <Screen
      title={t('precisionTitle')}
      note={<span className="zj-muted">{t('precisionNote')}</span>}
      actions={<AsOf at={asked.dataUpdatedAt} />}
    >
      <div className="zj-panel zj-panel-flush">
        <Table
          size="small"
          rowKey="kind"
          dataSource={asked.data.kinds}
          pagination={false}
          scroll={{ x: 'max-content' }}
          columns={[
            { title: t('kind'), render: (_, k) => say(k.name) },
            { title: t('raised'), align: 'right', dataIndex: 'raised' },
            { title: t('openNow'), align: 'right', dataIndex: 'open' },
            { title: t('breach'), align: 'right', dataIndex: 'breach' },
            { title: t('excused'), align: 'right', dataIndex: 'excused' },
            { title: t('falseAlarm'), align: 'right', dataIndex: 'falseAlarm' },
            { title: t('fault'), align: 'right', dataIndex: 'fault' },
            { title: t('bySelf'), align: 'right', dataIndex: 'bySelf' },
            {
              title: t('precision'),
              align: 'right',
              render: (_, k) =>
                k.precision === null ? <span className="zj-muted">{t('tooFew')}</span> : percent(k.precision),
            },
            { title: t('medianClaim'), align: 'right', render: (_, k) => number(k.medianClaimMin) },
            { title: t('medianClose'), align: 'right', render: (_, k) => number(k.medianCloseMin) },
            { title: t('overdue'), align: 'right', dataIndex: 'overdue' },
          ]}
        />
      </div>
    </Screen>
  )
}
