import { Button, Progress, Space } from 'antd'
import { duration } from '../../ui/format.ts'
import { useLanguage, useWords } from '../../ui/language.ts'
import { useNow } from '../../ui/time.ts'
import { type Run, stopRun } from './runs.ts'
import { Tally } from './Tally.tsx'
import { historyWords } from './words.ts'

/** How far an import is. */
export function RunProgress({ run }: { run: Run }) {
  const t = useWords(historyWords)
  const language = useLanguage()
  // Against the browser's own clock, which began it.
  useNow(1_000)
  const { total, done } = run
  const elapsed = t('elapsed', { time: duration(Date.now() - run.startedAt, language) })
  return (
    <div>
      <p className="zj-tight">
        {run.kind === 'tracks'
          ? t('whole')
          : total === null
            ? t('reading')
            : t(run.trial ? 'trying' : 'importing', { done, total })}{' '}
        <span className="zj-muted" aria-hidden="true">
          {elapsed}
        </span>
      </p>
      <Progress
        percent={total ? Math.floor((done / total) * 100) : total === 0 ? 100 : 0}
        status="active"
        showInfo={total !== null}
        aria-label={t('progress')}
      />
      <Tally run={run} />
      <Space wrap>
        {run.kind === 'tracks' ? null : <Button onClick={() => stopRun(run.kind)}>{t('stop')}</Button>}
        <span className="zj-muted zj-small">{t('mayLeave')}</span>
      </Space>
    </div>
  )
}
