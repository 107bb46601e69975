import { useNavigate } from '@tanstack/react-router'
import { type Alarm, alarmKinds, alarms } from '@zhijiao/contract/alarms'
import { Button, Checkbox, Input, Select, Space } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { Countdown } from '../../ui/Countdown.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AsOf } from '../../ui/Freshness.tsx'
import { short } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { useMay } from '../me.ts'
import { BatchBar } from './BatchBar.tsx'
import { type DeskView, DeskViews, type LiveView } from './DeskViews.tsx'
import { alarmWords } from './words.ts'

const statesOf = {
  open: ['raised', 'claimed'],
  review: ['submitted'],
  gathering: ['gathering'],
} as const
const emptyOf = { open: 'none', review: 'noneReview', gathering: 'noneGathering' } as const
interface Filter {
  level: number[]
  kind: string[]
  q: string
  overdue: boolean
  size: number
}
const start: Filter = { level: [], kind: [], q: '', overdue: false, size: 50 }

/** The live list: gravest and most urgent first, kept fresh by the live line. */
export function DeskList({
  openId,
  view,
  onView,
}: {
  openId: string | undefined
  view: LiveView
  onView: (view: DeskView) => void
}) {
  const t = useWords(alarmWords)
  const c = useWords(common)
  const say = useSpoken()
  const may = useMay()
  const [filter, setFilter] = useKept<Filter>('alarms.desk', start)
  const [picked, setPicked] = useState<readonly string[]>([])
  const conditions = {
    ...(filter.level.length > 0 ? { level: filter.level } : {}),
    ...(filter.kind.length > 0 ? { kind: filter.kind } : {}),
    ...(filter.q ? { q: filter.q } : {}),
  }
  // The box stands over the open ones only; what is out of sight narrows nothing.
  const overdue = view === 'open' && filter.overdue
  const list = useAsk(
    alarms.list,
    {
      query: {
        ...conditions,
        state: [...statesOf[view]],
        ...(overdue ? { overdue: true } : {}),
        sort: 'due',
        size: filter.size,
      },
    },
    { keep: true, every: 60_000 },
  )
  const counts = useAsk(alarms.counts, { query: conditions }, { keep: true, every: 60_000 }).data
  const kinds = useAsk(alarmKinds.list, {}, { staleTime: 600_000 }).data
  // Only what is still on the screen counts as chosen: an alarm that settled meanwhile is not acted upon unseen.
  const items = list.data?.items ?? []
  const choosing = view === 'open' && may('alarm.handle')
  const chosen = choosing ? items.filter((a) => picked.includes(a.id)) : []
  return (
    <section className="zj-desk-list" aria-label={t('title')}>
      <div style={{ padding: '10px 14px' }}>
        <DeskViews view={view} counts={counts} onView={onView} />
        <Space wrap size={6} style={{ marginTop: 8 }}>
          <Input.Search
            allowClear
            size="small"
            style={{ width: 150 }}
            placeholder={t('search')}
            aria-label={t('search')}
            defaultValue={filter.q}
            onSearch={(q) => setFilter({ ...filter, q: q.trim() })}
          />
          <Select
            mode="multiple"
            size="small"
            maxTagCount={1}
            style={{ minWidth: 100 }}
            placeholder={t('level')}
            aria-label={t('level')}
            value={filter.level}
            onChange={(level) => setFilter({ ...filter, level })}
            options={([1, 2, 3, 4] as const).map((n) => ({ value: n, label: c(`level${n}`) }))}
          />
          <Select
            mode="multiple"
            size="small"
            maxTagCount={1}
            style={{ minWidth: 110 }}
            placeholder={t('kind')}
            aria-label={t('kind')}
            value={filter.kind}
            onChange={(kind) => setFilter({ ...filter, kind })}
            options={kinds?.map((k) => ({ value: k.kind, label: say(k.name) })) ?? []}
          />
          {view === 'open' ? (
            <Checkbox checked={filter.overdue} onChange={(e) => setFilter({ ...filter, overdue: e.target.checked })}>
              {t('onlyOverdue')}
            </Checkbox>
          ) : null}
          <AsOf at={list.dataUpdatedAt || null} />
        </Space>
      </div>
      {choosing && items.length > 1 ? (
        <div className="zj-batch-line">
          <Checkbox
            checked={chosen.length === items.length}
            indeterminate={chosen.length > 0 && chosen.length < items.length}
            onChange={(e) => setPicked(e.target.checked ? items.map((a) => a.id) : [])}
          >
            {chosen.length > 0 ? null : t('pickAll')}
          </Checkbox>
          {chosen.length > 0 ? <BatchBar chosen={chosen} onDone={() => setPicked([])} /> : null}
        </div>
      ) : null}
      {list.isPending ? <Waiting /> : null}
      {list.error && !list.data ? <TroubleNotice error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.data?.items.length === 0 ? (
        Object.keys(conditions).length > 0 || overdue ? (
          <EmptyState why="noMatch" onClear={() => setFilter(start)} />
        ) : (
          <EmptyState why="nothing" what={t(emptyOf[view])} {...(view === 'open' ? { hint: t('noneHint') } : {})} />
        )
      ) : null}
      <ul onKeyDown={walk}>
        {items.map((alarm) => (
          <li key={alarm.id} className={choosing ? 'zj-desk-pick' : ''}>
            {choosing ? (
              <Checkbox
                aria-label={t('pick', { who: `${alarm.person.name} ${alarm.number}` })}
                checked={picked.includes(alarm.id)}
                onChange={(e) =>
                  setPicked(e.target.checked ? [...picked, alarm.id] : picked.filter((id) => id !== alarm.id))
                }
              />
            ) : null}
            <DeskItem alarm={alarm} here={alarm.id === openId} />
          </li>
        ))}
      </ul>
      {list.data && list.data.total > list.data.items.length ? (
        <Button type="link" block onClick={() => setFilter({ ...filter, size: Math.min(200, filter.size + 50) })}>
          {t('moreBelow', { n: list.data.total })}
        </Button>
      ) : null}
    </section>
  )
}

function DeskItem({ alarm, here }: { alarm: Alarm; here: boolean }) {
  const t = useWords(alarmWords)
  const say = useSpoken()
  const navigate = useNavigate()
  return (
    <button
      type="button"
      className={alarm.state === 'raised' && !alarm.acknowledgedAt ? 'zj-desk-item zj-desk-unseen' : 'zj-desk-item'}
      aria-current={here}
      onClick={() => void navigate({ to: `/alarms/${alarm.id}` })}
    >
      <LevelMark level={alarm.level} word={false} />
      <span className="zj-desk-who">
        {alarm.person.name} · {say(alarm.kindName)}
      </span>
      <span>
        <Countdown until={alarm.clock.dueAt} />
      </span>
      <span className="zj-desk-said">{say(alarm.said)}</span>
      <span />
      <span className="zj-muted zj-small" style={{ gridColumn: '2 / 4' }}>
        {t('number', { n: alarm.number })} · {alarm.orgName} · {short(alarm.detectedAt, now())} ·{' '}
        {alarm.owner ? (
          alarm.owner.name
        ) : alarm.nobodyOnDuty ? (
          <Mark tone="yellow">{t('nobodyOnDuty')}</Mark>
        ) : (
          t('nobody')
        )}
      </span>
    </button>
  )
}

/** Up and down move between the alarms; Enter opens as any button does. */
function walk(event: KeyboardEvent<HTMLUListElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  const items = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.zj-desk-item')]
  const at = items.indexOf(document.activeElement as HTMLButtonElement)
  const next = items[at + (event.key === 'ArrowDown' ? 1 : -1)]
  if (!next) return
  event.preventDefault()
  next.focus()
}
