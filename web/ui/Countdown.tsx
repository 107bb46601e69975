import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { duration, minute } from './format.ts'
import { useLanguage, useWords } from './language.ts'
import { useNow } from './time.ts'
import { common } from './words.ts'

/** A running clock towards a deadline. Red only once it is overdue, and then also by word and sign. */
export function Countdown({ until, soonMs = 15 * 60_000 }: { until: string | null | undefined; soonMs?: number }) {
  const t = useWords(common)
  const language = useLanguage()
  const far = until ? new Date(until).getTime() - Date.now() > 3_600_000 : true
  const now = useNow(far ? 10_000 : 1000)
  if (!until) return <span className="zj-muted">—</span>
  const left = new Date(until).getTime() - now
  const state = left < 0 ? 'over' : left < soonMs ? 'soon' : 'calm'
  const text =
    left < 0 ? t('overdueBy', { time: duration(left, language) }) : t('dueIn', { time: precise(left, language) })
  return (
    <Tooltip title={minute(until)}>
      <span className={`zj-count zj-count-${state}`}>
        {state === 'over' ? <ExclamationCircleFilled aria-hidden /> : <ClockCircleOutlined aria-hidden />} {text}
      </span>
    </Tooltip>
  )
}

/** Below a quarter of an hour the seconds matter. */
function precise(left: number, language: 'zh' | 'en'): string {
  if (left >= 15 * 60_000) return duration(left, language)
  const s = Math.floor(left / 1000)
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}
