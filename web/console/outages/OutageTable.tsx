import type { Outage } from '@zhijiao/contract/outages'
import { Button, Grid, Table } from 'antd'
import { count, duration, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useWords } from '../../ui/language.ts'
import { useNow } from '../../ui/time.ts'
import { common } from '../../ui/words.ts'
import { protocolName } from './protocols.ts'
import { outageWords } from './words.ts'

interface TableProps {
  readonly of: readonly Outage[]
  readonly mayEnd: (outage: Outage) => boolean
  readonly onEnd: (outage: Outage) => void
}

/** One line each; on a phone, one block each. */
export function OutageTable(props: TableProps) {
  const { md } = Grid.useBreakpoint()
  return md === false ? <Blocks {...props} /> : <Lines {...props} />
}

function Lines({ of, mayEnd, onEnd }: TableProps) {
  const t = useWords(outageWords)
  const c = useWords(common)
  return (
    <Table<Outage>
      size="small"
      rowKey="id"
      dataSource={[...of]}
      sticky
      scroll={{ x: 960 }}
      pagination={of.length > 20 ? { pageSize: 20, size: 'small', showSizeChanger: false } : false}
      columns={[
        { title: t('state'), render: (_, o) => <StateMark of={o} /> },
        { title: t('unit'), dataIndex: 'orgName' },
        { title: t('what'), render: (_, o) => <What of={o} /> },
        { title: t('reason'), dataIndex: 'reason' },
        { title: t('starts'), render: (_, o) => minute(o.startsAt) },
        { title: t('ends'), render: (_, o) => (o.endsAt ? minute(o.endsAt) : '—') },
        {
          title: t('by'),
          render: (_, o) => (o.declaredBy ? `${o.declaredBy.name} ${minute(o.recordedAt)}` : t(o.way)),
        },
        { title: t('settled'), align: 'right', render: (_, o) => count(o.settled) },
        ...(of.some(mayEnd)
          ? [
              {
                title: c('actions'),
                fixed: 'right' as const,
                render: (_: unknown, o: Outage) => (mayEnd(o) ? <EndButton of={o} onEnd={onEnd} /> : null),
              },
            ]
          : []),
      ]}
    />
  )
}

function Blocks({ of, mayEnd, onEnd }: TableProps) {
  const t = useWords(outageWords)
  return (
    <div className="zj-panel">
      <ul className="zj-rows">
        {of.map((o) => (
          <li key={o.id}>
            <div>
              <StateMark of={o} /> <What of={o} />
              <div>{o.reason}</div>
              <div className="zj-small zj-muted">
                {o.orgName} · {minute(o.startsAt)} – {o.endsAt ? minute(o.endsAt) : ''} · {t('settled')}{' '}
                {count(o.settled)}
              </div>
            </div>
            {mayEnd(o) ? <EndButton of={o} onEnd={onEnd} /> : null}
          </li>
        ))}
      </ul>
    </div>
  )
}

function EndButton({ of, onEnd }: { of: Outage; onEnd: (outage: Outage) => void }) {
  const t = useWords(outageWords)
  return (
    <Button size="small" type="link" aria-label={`${t('end')} ${of.reason}`} onClick={() => onEnd(of)}>
      {t('end')}
    </Button>
  )
}

function StateMark({ of }: { of: Outage }) {
  const t = useWords(outageWords)
  const language = useLanguage()
  const at = useNow(60_000)
  const time = duration((of.endsAt ? Date.parse(of.endsAt) : at) - Date.parse(of.startsAt), language)
  return of.endsAt ? <Mark>{t('over', { time })}</Mark> : <Mark tone="yellow">{t('running', { time })}</Mark>
}

function What({ of: { scope } }: { of: Outage }) {
  const t = useWords(outageWords)
  const language = useLanguage()
  return (
    <span>
      {t(scope.of)}
      {scope.protocol ? ` · ${protocolName(scope.protocol, language)}` : ''}
      {scope.note ? <span className="zj-muted"> {scope.note}</span> : null}
    </span>
  )
}
