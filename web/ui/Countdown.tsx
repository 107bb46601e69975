import { ClockCircleOutlined, ExclamationCircleFilled } from '@ant-design/icons'
import { Tooltip } from 'antd'
import { minute } from './format.ts'
import { useLanguage, useWords } from './language.ts'
import { leftUntil } from './left.ts'
import { useNow } from './time.ts'
import { common } from './words.ts'

/** Below a quarter of an hour the seconds matter. */
const minutesMs = 15 * 60_000

/** A running clock towards a deadline. Red only once it is overdue, and then also by word and sign. */
export function Countdown({ until, soonMs = minutesMs }: { until: string | null | undefined; soonMs?: number }) {
  const t = useWords(common)
  const language = useLanguage()
  const far = until ? new Date(until).getTime() - Date.now() > 3_600_000 : true
  const now = useNow(far ? 10_000 : 1000)
  if (!until) return <span className="zj-muted">—</span>
  const left = new Date(until).getTime() - now
  const state = left < 0 ? 'over' : left < soonMs ? 'soon' : 'calm'
  const text =
    left > 0 && left < minutesMs ? t('dueInTime', { time: toTheSecond(left) }) : leftUntil(until, now, language).text
  return (
    <Tooltip title={minute(until)}>
      <span className={`zj-count zj-count-${state}`}>
        {state === 'over' ? <ExclamationCircleFilled aria-hidden /> : <ClockCircleOutlined aria-hidden />} {text}
      </span>
    </Tooltip>
  )
}

const toTheSecond = (left: number) => {
  const s = Math.floor(left / 1000)
  return `${Math.floor(s / 60)}:${String(s % 60).padStart(2, '0')}`
}
