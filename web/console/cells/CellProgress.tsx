import { Progress } from 'antd'
import { duration } from '../../ui/format.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { useNow } from '../../ui/time.ts'
import { cellWords } from './words.ts'

/** The file goes in one piece: that it is under way, and since when. */
export function CellProgress({ startedAt }: { startedAt: number }) {
  const t = useWords(cellWords)
  const language = useLanguage()
  // Against the browser's own clock, which began it.
  useNow(1_000)
  return (
    <div>
      <p className="zj-tight" role="status">
        {t('running')}{' '}
        <span className="zj-muted" aria-hidden="true">
          {t('elapsed', { time: duration(Date.now() - startedAt, language) })}
        </span>
      </p>
      <Progress percent={100} status="active" showInfo={false} aria-label={t('progress')} />
      <p className="zj-muted zj-small">{t('mayLeave')}</p>
    </div>
  )
}
