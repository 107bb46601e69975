import { alarms } from '@zhijiao/contract/alarms'
import { rowsOf } from '@zhijiao/contract/columns'
import { type LivePosition, positions } from '@zhijiao/contract/positions'
import { Checkbox, Input, Select } from 'antd'
import { useMemo, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AsOf } from '../../ui/Freshness.tsx'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import GeoMap from '../../ui/map/GeoMap.tsx'
import { Legend } from '../../ui/map/Legend.tsx'
import type { LonLat, MapPoint } from '../../ui/map/model.ts'
import { useFacts } from '../../ui/map/tiles.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { OrgPick } from '../pick.tsx'
import { Screen } from '../Screen.tsx'
import { freshWord, personsIn } from './fresh.ts'
import { gravestOf } from './gravest.ts'
import { useOutlines } from './outlines.ts'
import { PositionCard } from './PositionCard.tsx'
import { PositionList } from './PositionList.tsx'
import { mapWords } from './words.ts'

interface Filter {
  org: string | undefined
  freshness: LivePosition['freshness'] | undefined
  q: string
  outlines: boolean
}

/** C30 实时地图: everyone under a running term where last seen, and how long ago; with no tiles it still works. */
export default function LiveMap() {
  const t = useWords(mapWords)
  const may = useMay()
  const [filter, setFilter] = useKept<Filter>('map', { org: undefined, freshness: undefined, q: '', outlines: true })
  const [picked, setPicked] = useState<string | null>(null)
  const [focus, setFocus] = useState<LonLat | null>(null)
  const live = useAsk(positions.live, { query: filter.org ? { org: filter.org } : {} }, { keep: true, every: 30_000 })
  const ringing = useAsk(
    alarms.list,
    // The gravest first: what lies beyond one page is milder than what is shown.
    { query: { state: ['raised', 'claimed'], sort: 'level', size: 200 } },
    { enabled: may('alarm.see'), every: 60_000 },
  ).data
  const areas = useOutlines(filter.outlines && may('fence.see'))
  const facts = useFacts().data
  const alarmed = useMemo(() => gravestOf(ringing?.items ?? []), [ringing])
  const everyone = useMemo(() => (live.data ? rowsOf(live.data.items) : []), [live.data])
  const shown = useMemo(
    () =>
      everyone.filter(
        (p) => (!filter.freshness || p.freshness === filter.freshness) && (!filter.q || p.name.includes(filter.q)),
      ),
    [everyone, filter.freshness, filter.q],
  )
  const content = useMemo(
    () => ({
      points: shown.map((p) => pointOf(p, alarmed.get(p.personId), p.mock ? t('mockName', { name: p.name }) : p.name)),
      areas,
    }),
    [shown, alarmed, areas, t],
  )
  const card = shown.find((p) => markOf(p) === picked)
  return (
    <Screen
      title={t('title')}
      note={
        <>
          {live.data ? t('shown', { n: personsIn(shown) }) : ''}{' '}
          {live.data && live.data.without > 0 ? `· ${t('without', { n: live.data.without })}` : ''}{' '}
          <AsOf at={live.data?.asOf} />
        </>
      }
      actions={
        <>
          <Input.Search
            allowClear
            aria-label={t('search')}
            placeholder={t('search')}
            style={{ width: 150 }}
            defaultValue={filter.q}
            onSearch={(q) => setFilter({ ...filter, q: q.trim() })}
          />
          <OrgPick
            aria-label={t('org')}
            placeholder={t('org')}
            {...(filter.org ? { value: filter.org } : {})}
            onChange={(org) => setFilter({ ...filter, org })}
          />
          <Select
            allowClear
            aria-label={t('freshness')}
            placeholder={t('freshness')}
            style={{ width: 130 }}
            value={filter.freshness ?? null}
            onChange={(freshness) => setFilter({ ...filter, freshness: freshness ?? undefined })}
            options={Object.entries(freshWord).map(([value, word]) => ({
              value: value as LivePosition['freshness'],
              label: t(word),
            }))}
          />
          <Checkbox checked={filter.outlines} onChange={(e) => setFilter({ ...filter, outlines: e.target.checked })}>
            {t('outlines')}
          </Checkbox>
        </>
      }
    >
      {live.isPending ? <Waiting rows={10} /> : null}
      {live.error && !live.data ? <TroubleNotice error={live.error} onRetry={() => void live.refetch()} /> : null}
      {live.data ? (
        <div className="zj-live">
          <GeoMap
            content={content}
            cluster
            focus={focus}
            fitKey={`${filter.org ?? ''}.${filter.freshness ?? ''}.${filter.q}.${shown.length > 0}.${areas.length > 0}`}
            label={t('title')}
            onPick={setPicked}
          >
            {facts && !facts.tiles ? <span className="zj-map-note">{t('noTiles')}</span> : null}
            <Legend
              items={[
                { shape: 'dot', tone: 'blue', text: t('fLive') },
                { shape: 'dot', tone: 'quiet', text: t('fRecent') },
                { shape: 'ring', tone: 'quiet', text: t('fStale') },
                { shape: 'ring', tone: 'yellow', text: t('fLostOrMock') },
                { shape: 'octagon', tone: 'red', text: t('alarmGrave') },
                { shape: 'triangle', tone: 'yellow', text: t('alarmMild') },
              ]}
              note={t('circle')}
            />
          </GeoMap>
          <aside className="zj-live-side" aria-label={t('list')}>
            {card ? <PositionCard position={card} onClose={() => setPicked(null)} /> : null}
            {live.data.total > everyone.length ? (
              <p>{t('cut', { total: live.data.total, n: everyone.length })}</p>
            ) : null}
            {shown.length === 0 ? (
              filter.q || filter.freshness || filter.org ? (
                <EmptyState
                  why="noMatch"
                  onClear={() => setFilter({ ...filter, q: '', freshness: undefined, org: undefined })}
                />
              ) : (
                <EmptyState why="nothing" what={t('noPositions')} hint={t('noPositionsHint')} />
              )
            ) : (
              <PositionList
                positions={shown}
                alarmed={alarmed}
                onPick={(p) => {
                  setPicked(markOf(p))
                  setFocus([p.lon, p.lat])
                }}
              />
            )}
          </aside>
        </div>
      ) : null}
    </Screen>
  )
}

/** A person under two terms (phone and band) has two marks. */
const markOf = (p: LivePosition) => `${p.personId}.${p.id}`

/** Fresh is filled, old or not believed is hollow, an open alarm is an octagon: shape says it without colour, the label in words. */
function pointOf(p: LivePosition, level: number | undefined, label: string): MapPoint {
  const base = {
    id: markOf(p),
    at: [p.lon, p.lat] as LonLat,
    label,
    accuracyM: Math.min(p.accuracyM, 20_000),
  }
  if (level !== undefined)
    return { ...base, shape: level <= 2 ? 'octagon' : 'triangle', tone: level <= 2 ? 'red' : 'yellow' }
  if (p.mock) return { ...base, shape: 'ring', tone: 'yellow' }
  if (p.freshness === 'live') return { ...base, shape: 'dot', tone: 'blue' }
  if (p.freshness === 'recent') return { ...base, shape: 'dot', tone: 'quiet' }
  return { ...base, shape: 'ring', tone: p.freshness === 'lost' ? 'yellow' : 'quiet' }
}
