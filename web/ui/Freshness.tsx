import { Tooltip } from 'antd'
import { ago, clockTime, instant } from './format.ts'
import { useLanguage, useWords } from './language.ts'
import { useNow } from './time.ts'
import { common } from './words.ts'

/** How old a thing is; nothing old looks live. Older than `staleMs` it says so by word and weight, not by colour alone. */
export function Freshness({
  at,
  staleMs = 10 * 60_000,
  prefix,
}: {
  at: number | string | null | undefined
  staleMs?: number
  prefix?: string
}) {
  const t = useWords(common)
  const language = useLanguage()
  const now = useNow(10_000)
  if (!at) return <span className="zj-muted">{t('neverSeen')}</span>
  const old = now - new Date(at).getTime() > staleMs
  return (
    <Tooltip title={instant(at)}>
      <time dateTime={new Date(at).toISOString()} className={old ? 'zj-stale' : 'zj-fresh'}>
        {prefix ? `${prefix} ` : ''}
        {ago(at, now, language)}
      </time>
    </Tooltip>
  )
}

/** “数据截至 08:30:05” for a whole panel. */
export function AsOf({ at }: { at: number | string | null | undefined }) {
  const t = useWords(common)
  if (!at) return null
  return <span className="zj-muted zj-small">{t('asOf', { time: clockTime(at) })}</span>
}
