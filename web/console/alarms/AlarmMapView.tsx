import { type AlarmFile, alarms } from '@zhijiao/contract/alarms'
import type { Area } from '@zhijiao/geo/area'
import { useMemo } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import GeoMap from '../../ui/map/GeoMap.tsx'
import { Legend } from '../../ui/map/Legend.tsx'
import type { LonLat, MapArea, MapPoint } from '../../ui/map/model.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { alarmWords } from './words.ts'

/** The hour around the alarm on a map: believed fixes with their circles, others hollow, the fence, the home. */
export function AlarmMapView({ alarm }: { alarm: AlarmFile }) {
  const t = useWords(alarmWords)
  const drawn = useAsk(alarms.map, { params: { id: alarm.id } }, { keep: true })
  const content = useMemo(() => {
    const map = drawn.data
    if (!map) return null
    const points: MapPoint[] = map.fixes.map((f, i) => ({
      id: `fix-${i}`,
      small: true,
      at: [f.lon, f.lat],
      shape: f.fault ? 'ring' : 'dot',
      tone: f.fault ? 'quiet' : 'blue',
      ...(f.fault ? {} : { accuracyM: f.accuracyM }),
    }))
    // With a long track the circles would cover the map: only those of the last stretch are drawn.
    const circled = points.map((p, i) => (i < points.length - 8 ? { ...p, accuracyM: 0 } : p))
    if (map.home)
      circled.push({ id: 'home', at: [map.home.lon, map.home.lat], shape: 'house', tone: 'green', label: t('home') })
    if (alarm.at)
      circled.push({ id: 'alarm', at: [alarm.at.lon, alarm.at.lat], shape: 'octagon', tone: 'red', label: t('place') })
    // A coarse fix (a cell tower) is a place somewhere in its circle, not a corner of a way.
    // Each device its own: between the phone at home and the band outside nobody walked.
    const ways = new Map<number, LonLat[]>()
    for (const f of map.fixes)
      if (!f.fault && f.accuracyM <= 200)
        ways.set(f.activation, [...(ways.get(f.activation) ?? []), [f.lon, f.lat] as LonLat])
    const areas: MapArea[] = map.fence
      ? [{ id: map.fence.id, area: map.fence.area as Area, kind: kindOf(map.fence.kind), name: map.fence.name }]
      : []
    return { points: circled, lines: [...ways].map(([no, path]) => ({ id: `track-${no}`, path })), areas }
  }, [drawn.data, alarm.at, t])
  if (drawn.isPending) return <Waiting />
  if (!content || (content.points.length === 0 && content.areas.length === 0))
    return <EmptyState why="nothing" what={t('noMap')} />
  const bad = drawn.data?.fixes.filter((f) => f.fault).length ?? 0
  return (
    <div>
      <GeoMap
        content={content}
        fitKey={`${alarm.id}.${content.points.length > 0}`}
        label={t('map')}
        style={{ height: 340 }}
      >
        <Legend
          items={[
            { shape: 'octagon', tone: 'red', text: t('place') },
            { shape: 'dot', tone: 'blue', text: t('fix') },
            { shape: 'ring', tone: 'quiet', text: t('fixFault') },
            { shape: 'house', tone: 'green', text: t('home') },
          ]}
          note={t('circle')}
        />
      </GeoMap>
      <p className="zj-muted zj-small">
        {t('positions', { n: drawn.data?.fixes.length ?? 0, bad })}
        {drawn.data && !drawn.data.track ? ` · ${t('noTrack')}` : ''}
      </p>
    </div>
  )
}

export const kindOf = (kind: string): MapArea['kind'] =>
  kind === 'livingArea' || kind === 'required' || kind === 'forbidden' ? kind : 'plain'
