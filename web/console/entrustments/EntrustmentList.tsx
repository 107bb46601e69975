import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { type Entrustment, entrustments, entrustmentViews } from '@zhijiao/contract/entrustments'
import { Button, Input, Space } from 'antd'
import { call, useAsk } from '../../ui/api.ts'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { SearchTable } from '../../ui/SearchTable.tsx'
import '../procedures/procedures.css'
import { ListExport } from '../ListExport.tsx'
import { Screen } from '../Screen.tsx'
import { Due } from './Due.tsx'
import { Signs } from './Signs.tsx'
import { isFruitless } from './stands.ts'
import { entrustWords } from './words.ts'

const views = ['all', ...entrustmentViews] as const
type View = (typeof views)[number]
const emptyOf = { all: 'empty', fresh: 'emptyFresh', asked: 'emptyAsked', unstated: 'emptyUnstated' } as const

/** What this organ asked of the counties, newest first; `?only=` what waits for it. */
export default function EntrustmentList() {
  const t = useWords(entrustWords)
  const navigate = useNavigate()
  const search = useSearch({ strict: false }) as { only?: string }
  const view: View = views.find((v) => v === search.only) ?? 'all'
  const counts = useAsk(entrustments.counts, {}, { every: 60_000 })
  const add = (
    <Button type="primary" onClick={() => void navigate({ to: '/entrustments/new' })}>
      {t('add')}
    </Button>
  )
  const columns = useColumns()
  return (
    <Screen title={t('title')} note={t('note')}>
      <nav className="zj-views" aria-label={t('views')}>
        {views.map((v) => (
          <button
            key={v}
            type="button"
            {...(v === view ? { 'aria-current': 'page' as const } : {})}
            onClick={() => void navigate({ to: '/entrustments', search: (v === 'all' ? {} : { only: v }) as never })}
          >
            {t(v)}
            {v === 'all' || !counts.data ? null : <b> {counts.data[v]}</b>}
          </button>
        ))}
      </nav>
      <SearchTable
        key={view}
        name={view === 'all' ? 'entrustments' : `entrustments.${view}`}
        label={t('title')}
        kept={entrustments.list}
        fixed={view === 'all' ? {} : { only: view }}
        rowKey={(e) => e.id}
        conditions={[
          {
            name: 'q',
            label: t('q'),
            first: true,
            field: <Input allowClear maxLength={40} placeholder={t('qHint')} />,
          },
        ]}
        every={60_000}
        empty={view === 'all' ? { what: t('empty'), hint: t('emptyHint'), action: add } : { what: t(emptyOf[view]) }}
        tools={({ asked, total }) => (
          <Space wrap>
            <ListExport
              name={t('title')}
              total={total}
              fetch={(reason) => call(entrustments.export, { query: { ...asked, reason } })}
            />
            {total > 0 || view !== 'all' ? add : null}
          </Space>
        )}
        columns={columns}
      />
    </Screen>
  )
}

function useColumns() {
  const t = useWords(entrustWords)
  const say = useSpoken()
  return [
    {
      key: 'who',
      title: t('who'),
      sort: 'who',
      width: 170,
      render: (e: Entrustment) => (
        <>
          <Link to={`/entrustments/${e.id}`}>{e.who}</Link> <Signs of={e} />
        </>
      ),
    },
    { key: 'letter', title: t('letter'), width: 220, render: (e: Entrustment) => String(e.form.letter ?? '—') },
    { key: 'county', title: t('county'), render: (e: Entrustment) => e.countyName },
    {
      key: 'state',
      title: t('state'),
      width: 90,
      render: (e: Entrustment) => <Mark tone={isFruitless(e) ? 'yellow' : 'quiet'}>{say(e.said)}</Mark>,
    },
    {
      key: 'received',
      title: t('received'),
      sort: 'received',
      width: 140,
      render: (e: Entrustment) => minute(e.times.receivedAt),
    },
    { key: 'due', title: t('due'), sort: 'due', width: 140, render: (e: Entrustment) => <Due of={e} /> },
    {
      key: 'opinion',
      title: t('opinion'),
      width: 110,
      render: (e: Entrustment) =>
        e.opinion ? (
          <Mark tone="green">{t('opinionReady')}</Mark>
        ) : (
          <span className="zj-muted">{isFruitless(e) ? '—' : t('opinionNone')}</span>
        ),
    },
    {
      key: 'adoption',
      title: t('adoption'),
      width: 100,
      render: (e: Entrustment) =>
        e.adoption ? say(e.adoption.said) : <span className="zj-muted">{e.opinion ? t('unstated') : '—'}</span>,
    },
  ]
}
