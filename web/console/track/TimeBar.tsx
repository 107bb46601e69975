import type { TrackFix } from '@zhijiao/contract/positions'
import { clockTime } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import type { ShownDay } from './day.ts'
import { trackWords } from './words.ts'

const dayMs = 86_400_000
const hours = [0, 3, 6, 9, 12, 15, 18, 21, 24]

/** What says where the person was; everything else stands below the bar, so that a gap is seen to be one. */
export const counts = ({ fault, doubted, mock }: TrackFix) => !fault && !doubted && !mock

/** The legal day from left to right: solid where positioned, hatched where nothing is known, with a hand to move along it. */
export function TimeBar({
  track,
  start,
  at,
  onChange,
}: {
  track: ShownDay
  start: number
  at: number
  onChange: (at: number) => void
}) {
  const t = useWords(trackWords)
  const x = (ts: number) => Math.max(0, Math.min(1000, ((ts - start) / dayMs) * 1000))
  const of = (ts: number | string) => x(new Date(ts).getTime())
  const first = track.fixes[0]
  const last = track.fixes[track.fixes.length - 1]
  return (
    <div>
      <svg className="zj-timebar" viewBox="0 0 1000 46" preserveAspectRatio="none" role="img" aria-label={t('timeBar')}>
        <title>{t('timeBar')}</title>
        <defs>
          <pattern id="zj-hatch" width="7" height="7" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="7" height="7" fill="#f2f4f7" />
            <line x1="0" y1="0" x2="0" y2="7" stroke="#667085" strokeWidth="2.5" />
          </pattern>
        </defs>
        <rect x="0" y="6" width="1000" height="20" fill="#f2f4f7" stroke="#d0d5dd" />
        {first && last ? (
          <rect x={of(first.ts)} y="6" width={Math.max(1, of(last.ts) - of(first.ts))} height="20" fill="#a9c3ea" />
        ) : null}
        {track.gaps.map((gap) => (
          <rect
            key={gap.from}
            x={of(gap.from)}
            y="6"
            width={Math.max(2, of(gap.until) - of(gap.from))}
            height="20"
            fill="url(#zj-hatch)"
          />
        ))}
        {track.fixes.map((fix) => (
          <line
            key={`${fix.ts}${fix.activationNo}${fix.seq ?? ''}${fix.receivedAt}`}
            x1={of(fix.ts)}
            x2={of(fix.ts)}
            y1={counts(fix) ? 8 : 28}
            y2={counts(fix) ? 24 : 34}
            stroke={counts(fix) ? '#1f4e9e' : '#874d00'}
            strokeWidth="1"
          />
        ))}
        {hours.map((hour) => (
          <line key={hour} x1={(hour / 24) * 1000} x2={(hour / 24) * 1000} y1="26" y2="32" stroke="#667085" />
        ))}
        <line x1={x(at)} x2={x(at)} y1="0" y2="34" stroke="#cf1322" strokeWidth="2" />
      </svg>
      <div
        className="zj-muted zj-small"
        style={{ display: 'flex', justifyContent: 'space-between' }}
        aria-hidden="true"
      >
        {hours.map((hour) => (
          <span key={hour}>{`${String(hour).padStart(2, '0')}:00`}</span>
        ))}
      </div>
      <input
        type="range"
        min={start}
        max={start + dayMs - 1}
        step={60_000}
        value={at}
        aria-label={t('at')}
        aria-valuetext={clockTime(at)}
        style={{ width: '100%' }}
        onChange={(e) => onChange(Number(e.target.value))}
      />
    </div>
  )
}
