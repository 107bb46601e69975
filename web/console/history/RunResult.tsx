import { Link } from '@tanstack/react-router'
import { history, type ReportLine } from '@zhijiao/contract/history'
import { Alert } from 'antd'
import { call } from '../../ui/api.ts'
import { duration } from '../../ui/format.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { seenAt } from './kinds.ts'
import { LeftLines } from './LeftLines.tsx'
import { FileFault } from './lines.ts'
import type { Run } from './runs.ts'
import { Tally } from './Tally.tsx'
import { historyWords } from './words.ts'

const placeNames: Readonly<
  Record<string, 'toPeople' | 'toAlarms' | 'toActivations' | 'toMap' | 'toMatters' | 'toLeaves' | 'toDocuments'>
> = {
  '/people': 'toPeople',
  '/alarms': 'toAlarms',
  '/activations': 'toActivations',
  '/map': 'toMap',
  '/matters': 'toMatters',
  '/leaves': 'toLeaves',
  '/documents': 'toDocuments',
}

/** What came of an import: in numbers, where it is seen, and every line that was left out. */
export function RunResult({ run }: { run: Run }) {
  const t = useWords(historyWords)
  const say = useSpoken()
  const language = useLanguage()
  const about = t('resultOf', {
    file: run.file.name,
    source: run.source,
    time: duration((run.endedAt ?? run.startedAt) - run.startedAt, language),
  })
  const clean = run.leftLines === 0
  const exportLeft = (lines: ReportLine[]) =>
    call(history.report, {
      body: { kind: run.kind, file: run.file.name.slice(0, 200), source: run.source, lines },
    })
  return (
    <>
      {run.state === 'failed' ? (
        <div className="zj-gap">
          {run.error instanceof FileFault ? (
            <Alert type="error" showIcon role="alert" title={t('failed')} description={say(run.error.says)} />
          ) : (
            <TroubleNotice error={run.error} />
          )}
          <p className="zj-tight">
            {run.done > 0 && !run.trial ? t('failedStands', { done: run.done }) : t('failedWhole')}
          </p>
        </div>
      ) : (
        <Alert
          className="zj-gap"
          showIcon
          role="status"
          type={run.state === 'done' && clean ? 'success' : 'warning'}
          title={t(run.state === 'stopped' ? 'stopped' : run.trial ? 'tried' : 'done')}
          description={about}
        />
      )}
      {run.state === 'failed' && run.done === 0 ? null : <Tally run={run} />}
      {!run.trial && run.created > 0 ? (
        <p>
          {t('seeIt')}
          {seenAt[run.kind].map((path) => {
            const name = placeNames[path]
            return (
              <Link key={path} to={path} className="zj-seen">
                {name ? t(name) : path}
              </Link>
            )
          })}
        </p>
      ) : null}
      {run.left.length > 0 ? (
        <LeftLines left={run.left} leftLines={run.leftLines} trial={run.trial} onExport={exportLeft} />
      ) : null}
    </>
  )
}
