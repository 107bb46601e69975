import { useQuery } from '@tanstack/react-query'
import { system } from '@zhijiao/contract/system'
import { Checkbox, Table } from 'antd'
import { useState } from 'react'
import { call, keyOf, useAsk } from '../../ui/api.ts'
import { AsOf } from '../../ui/Freshness.tsx'
import { count, duration, instant } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useStringing, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { Screen } from '../Screen.tsx'
import { type Sample, samplesOf } from './metrics.ts'
import { healthWords } from './words.ts'

const refreshMs = 15_000
/** More unsealed entries than this means that nobody seals. */
const manyUnsealed = 5000
/** The answer itself takes this long; less is no difference of clocks. */
const tolerableMs = 5000

/** C117: whether the process can do its work, and its own figures; no personal data. */
export default function HealthPage() {
  const t = useWords(healthWords)
  const { list } = useStringing()
  const language = useLanguage()
  const ready = useAsk(system.ready, {}, { every: refreshMs, keep: true })
  const health = useAsk(system.health, {}, { every: refreshMs, keep: true })
  if (ready.isPending && health.isPending) return <Waiting />
  const is = ready.data
  const skew = health.data ? Date.parse(health.data.at) - health.dataUpdatedAt : 0
  return (
    <Screen title={t('title')} actions={<AsOf at={ready.dataUpdatedAt || null} />}>
      {ready.error ? <TroubleNotice error={ready.error} onRetry={() => void ready.refetch()} /> : null}
      <Panel
        title={
          is && !ready.error ? (
            <Mark tone={is.ready ? 'green' : 'red'}>{t(is.ready ? 'ready' : 'notReady')}</Mark>
          ) : (
            <Mark tone="red">{t('notReady')}</Mark>
          )
        }
      >
        <dl className="zj-facts">
          <Fact name={t('database')}>{is ? t(is.database) : '—'}</Fact>
          <Fact name={t('parts')}>{is ? list(is.parts.map((p) => t(p))) : '—'}</Fact>
          <Fact name={t('unsealed')}>
            {is?.unsealed == null ? '—' : count(is.unsealed)}{' '}
            {(is?.unsealed ?? 0) > manyUnsealed ? <Mark tone="yellow">{t('unsealedLate')}</Mark> : null}
          </Fact>
          <Fact name={t('migration')}>{is?.migration ?? '—'}</Fact>
          <Fact name={t('version')}>{health.data?.version ?? '—'}</Fact>
          <Fact name={t('mode')}>{is ? t(is.mode) : '—'}</Fact>
          <Fact name={t('clock')}>
            {health.data ? instant(health.data.at) : '—'}{' '}
            <span className={Math.abs(skew) > tolerableMs ? 'zj-stale' : 'zj-muted'}>
              {Math.abs(skew) > tolerableMs ? t('skew', { time: duration(skew, language) }) : t('skewNone')}
            </span>
          </Fact>
        </dl>
      </Panel>
      <Metrics />
    </Screen>
  )
}

function Metrics() {
  const t = useWords(healthWords)
  const [all, setAll] = useState(false)
  const asked = useQuery<readonly Sample[]>({
    queryKey: keyOf(system.metrics),
    queryFn: async () => samplesOf(await (await call(system.metrics, {})).text()),
    refetchInterval: refreshMs,
  })
  if (asked.isPending) return <Waiting />
  if (asked.error) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const shown = asked.data.filter((s) => all || s.name.startsWith('zj_'))
  return (
    <Panel
      title={t('metrics')}
      flush
      extra={
        <Checkbox checked={all} onChange={(e) => setAll(e.target.checked)}>
          {t('all')}
        </Checkbox>
      }
    >
      <Table<Sample>
        size="small"
        rowKey="key"
        dataSource={shown}
        scroll={{ x: 'max-content' }}
        pagination={shown.length > 50 ? { pageSize: 50, size: 'small', showSizeChanger: false } : false}
        locale={{ emptyText: t('none') }}
        columns={[
          {
            title: t('metric'),
            render: (_, s) => (
              <>
                <span className="zj-mono">{s.name}</span>
                <div className="zj-muted zj-small" lang="en">
                  {s.help}
                </div>
              </>
            ),
          },
          { title: t('labels'), render: (_, s) => <span className="zj-mono">{s.labels || '—'}</span> },
          {
            title: t('value'),
            align: 'right',
            render: (_, s) => (
              <span className="zj-mono">{Number.isInteger(s.value) ? count(s.value) : s.value.toPrecision(4)}</span>
            ),
          },
        ]}
      />
    </Panel>
  )
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
