import { CaretRightOutlined, PauseOutlined } from '@ant-design/icons'
import type { TrackFix } from '@zhijiao/contract/positions'
import { Button, Checkbox, Segmented, Select } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { AsOf } from '../../ui/Freshness.tsx'
import { clockTime, distance, duration, startOfDay } from '../../ui/format.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import GeoMap from '../../ui/map/GeoMap.tsx'
import { Legend } from '../../ui/map/Legend.tsx'
import type { LonLat, MapContent, MapLine } from '../../ui/map/model.ts'
import { common } from '../../ui/words.ts'
import type { ShownDay } from './day.ts'
import { FixTable, sourceWord } from './FixTable.tsx'
import { placePoints, Stays } from './Stays.tsx'
import { counts, TimeBar } from './TimeBar.tsx'
import { trackWords } from './words.ts'

const dayMs = 86_400_000
/** Replayed minutes a second. */
const speeds = [5, 20, 60] as const

/** Enough of a seal to compare it by; of a day in several parts, of each. */
const shortRoot = (root: string) =>
  root
    .split(' ')
    .map((one) => one.slice(0, 12))
    .join(' ')

/** The day walked through again. A gap is never drawn as a way: between its ends nothing is known. */
export function Replay({ track }: { track: ShownDay }) {
  const t = useWords(trackWords)
  const c = useWords(common)
  const language = useLanguage()
  const say = useSpoken()
  const start = new Date(startOfDay(track.day)).getTime()
  const good = useMemo(() => track.fixes.filter((f) => !f.fault), [track.fixes])
  // What is simulated or doubted is shown where it claims to be, and is on nobody's way.
  const way = useMemo(() => good.filter(counts), [good])
  const bad = track.fixes.length - good.length
  const first = good[0] ?? track.fixes[0]
  const [at, setAt] = useState(() => (first ? first.ts : start))
  const [playing, setPlaying] = useState(false)
  const [speed, setSpeed] = useState<number>(20)
  const [showBad, setShowBad] = useState(false)
  const [view, setView] = useState<'map' | 'table'>('map')
  useEffect(() => {
    if (!playing) return
    const timer = setInterval(() => setAt((was) => Math.min(start + dayMs, was + (speed * 60_000) / 5)), 200)
    return () => clearInterval(timer)
  }, [playing, speed, start])
  useEffect(() => {
    if (at >= start + dayMs) setPlaying(false)
  }, [at, start])
  const here = lastBefore(way, at)
  const gapSaid = (gap: ShownDay['gaps'][number]) =>
    [t('gap'), ...(gap.blindLater ? [t('gapBlind')] : []), ...(gap.simulated ? [t('gapSimulated')] : [])].join(
      language === 'zh' ? '，' : ', ',
    )
  const content = useMemo<MapContent>(
    () => ({
      lines: linesOf(way, track.gaps),
      points: [
        ...(showBad ? track.fixes : good)
          .filter((f) => f !== here)
          .map((f, i) => ({
            id: `f${i}`,
            small: true,
            at: [f.lon, f.lat] as LonLat,
            shape: !counts(f) ? ('ring' as const) : f.source === 'cell' ? ('square' as const) : ('dot' as const),
            tone: !counts(f) ? ('quiet' as const) : ('blue' as const),
            ...(f.fault && f.accuracyM < 20_000 ? { accuracyM: f.accuracyM } : {}),
          })),
        ...placePoints(track.places),
        ...(here
          ? [
              {
                id: 'here',
                at: [here.lon, here.lat] as LonLat,
                shape: 'dot' as const,
                tone: 'red' as const,
                accuracyM: here.accuracyM,
                label: clockTime(here.ts).slice(0, 5),
              },
            ]
          : []),
      ],
    }),
    [good, way, track.gaps, track.places, track.fixes, showBad, here],
  )
  const silent = track.gaps.reduce((sum, g) => sum + new Date(g.until).getTime() - new Date(g.from).getTime(), 0)
  return (
    <>
      <div className="zj-replay-tools">
        <Button
          type="primary"
          icon={playing ? <PauseOutlined /> : <CaretRightOutlined />}
          onClick={() => {
            if (at >= start + dayMs) setAt(start)
            setPlaying(!playing)
          }}
        >
          {playing ? c('pause') : c('play')}
        </Button>
        <Select
          aria-label={t('speed')}
          value={speed}
          onChange={setSpeed}
          options={speeds.map((n) => ({ value: n, label: t('times', { n: n * 60 }) }))}
        />
        {bad > 0 ? (
          <Checkbox checked={showBad} onChange={(e) => setShowBad(e.target.checked)}>
            {t('showBad')}
          </Checkbox>
        ) : null}
        <Segmented
          value={view}
          onChange={setView}
          options={[
            { value: 'map', label: c('map') },
            { value: 'table', label: t('table') },
          ]}
        />
        <span>{t('fixes', { n: track.fixes.length, bad: track.fixes.length - way.length })}</span>
        {track.gaps.length > 0 ? (
          <span>{t('gaps', { n: track.gaps.length, time: duration(silent, language) })}</span>
        ) : null}
        <AsOf at={track.asOf} />
      </div>
      <TimeBar track={track} start={start} at={at} onChange={setAt} />
      {view === 'table' ? (
        <FixTable fixes={showBad ? track.fixes : good} />
      ) : (
        <div className="zj-replay">
          <GeoMap content={content} fitKey={track.day} label={t('map')}>
            <Legend
              items={[
                { shape: 'dot', tone: 'blue', text: t('legendFix') },
                { shape: 'square', tone: 'blue', text: t('legendCell') },
                { shape: 'ring', tone: 'quiet', text: t('legendBad') },
                { shape: 'dot', tone: 'red', text: t('legendNow') },
                ...(track.places.length > 0
                  ? [{ shape: 'house' as const, tone: 'green' as const, text: t('legendStay') }]
                  : []),
              ]}
            />
          </GeoMap>
          <aside>
            {here ? (
              <dl className="zj-facts">
                <Line name={t('at')} value={clockTime(here.ts)} />
                <Line name={t('place')} value={`${here.lat.toFixed(5)}, ${here.lon.toFixed(5)}`} />
                <Line name={t('accuracy')} value={distance(here.accuracyM, language)} />
                <Line name={t('source')} value={t(sourceWord[here.source])} />
                <Line
                  name={t('speedKmh')}
                  value={here.speedKmh === undefined ? '—' : `${Math.round(here.speedKmh)} km/h`}
                />
                <Line name={t('battery')} value={here.batteryPct === undefined ? '—' : `${here.batteryPct}%`} />
              </dl>
            ) : null}
            <ul className="zj-small">
              {track.activations.map((a) => (
                <li key={a.no}>
                  {t('term', { no: a.no, interval: duration(a.intervalS * 1000, language) })} ·{' '}
                  <span className="zj-mono">{a.root ? t('sealed', { root: shortRoot(a.root) }) : t('unsealed')}</span>
                  {a.judged.length > 1 ? (
                    <ul aria-label={t('judged')}>
                      {a.judged.map((s) => (
                        <li key={s.from} style={{ overflowWrap: 'anywhere' }}>
                          {t('judgedLine', { from: clockTime(s.from), until: clockTime(s.until), v: s.rules })}
                        </li>
                      ))}
                    </ul>
                  ) : null}
                </li>
              ))}
            </ul>
            <Stays places={track.places} onGo={setAt} />
            {track.gaps.length > 0 ? (
              <>
                <h3>{t('gapList')}</h3>
                <ul className="zj-small" aria-label={t('gapList')}>
                  {track.gaps.map((g) => (
                    <li key={`${g.from}${g.until}`}>
                      {t('gapLine', {
                        from: clockTime(g.from),
                        until: clockTime(g.until),
                        time: duration(Date.parse(g.until) - Date.parse(g.from), language),
                        why: gapSaid(g),
                      })}
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
            {track.refusals.length > 0 ? (
              <>
                <h3>{t('refused')}</h3>
                <ul className="zj-small">
                  {track.refusals.map((r) => (
                    <li key={`${r.deviceId}${r.reason}`}>{t('refusedLine', { reason: say(r.says), n: r.count })}</li>
                  ))}
                </ul>
              </>
            ) : null}
          </aside>
        </div>
      )}
    </>
  )
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function lastBefore(fixes: readonly TrackFix[], at: number): TrackFix | undefined {
  let found: TrackFix | undefined
  for (const fix of fixes) {
    if (fix.ts > at) break
    found = fix
  }
  return found ?? fixes[0]
}

/** Solid where fixes of one device follow each other; dashed across a gap. Two devices never make one way. */
function linesOf(fixes: readonly TrackFix[], gaps: ShownDay['gaps']): MapLine[] {
  const lines: MapLine[] = []
  for (const no of new Set(fixes.map((f) => f.activationNo))) {
    // A coarse fix is a place somewhere in its circle, not a corner of a way.
    const own = fixes.filter((f) => f.activationNo === no && f.accuracyM <= 200)
    let path: LonLat[] = []
    for (const [i, fix] of own.entries()) {
      const before = own[i - 1]
      const here: LonLat = [fix.lon, fix.lat]
      if (before && gaps.some((g) => Date.parse(g.from) < fix.ts && Date.parse(g.until) > before.ts)) {
        lines.push({ id: `l${lines.length}`, path })
        lines.push({ id: `g${lines.length}`, path: [[before.lon, before.lat], here], gap: true })
        path = []
      }
      path.push(here)
    }
    lines.push({ id: `l${lines.length}`, path })
  }
  return lines
}
