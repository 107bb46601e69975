import type { ReportLine } from '@zhijiao/contract/history'
import { positions } from '@zhijiao/contract/positions'
import { Alert } from 'antd'
import { useMemo } from 'react'
import { call } from '../../ui/api.ts'
import { duration } from '../../ui/format.ts'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Figures } from '../history/Figures.tsx'
import { LeftLines } from '../history/LeftLines.tsx'
import { FileFault } from '../history/lines.ts'
import type { CellRun } from './run.ts'
import { cellWords } from './words.ts'

/** What came of an import: in numbers, and every line that was left out. */
export function CellResult({ run, endedAt }: { run: CellRun; endedAt: number }) {
  const t = useWords(cellWords)
  const say = useSpoken()
  const language = useLanguage()
  const { answer, error, file, source, mode, trial, startedAt } = run
  const left = useMemo(
    () =>
      answer?.refused.map(({ line, says, code, field }) => ({ line, of: '', field: field ?? '', code, why: says })) ??
      [],
    [answer],
  )
  if (answer === null)
    return (
      <>
        {error instanceof FileFault ? (
          <Alert type="error" showIcon role="alert" title={t('failed')} description={say(error.says)} />
        ) : (
          <TroubleNotice error={error} />
        )}
        <p className="zj-tight">{t('failedText')}</p>
      </>
    )
  const { imported, before, total, leftOut } = answer
  const changed = before + imported - total
  const exportLeft = (lines: ReportLine[]) =>
    call(positions.cellsReport, { body: { file: file.name.slice(0, 200), source, lines } })
  return (
    <>
      <Alert
        className="zj-gap"
        showIcon
        role="status"
        type={leftOut === 0 ? 'success' : 'warning'}
        title={t(trial ? 'tried' : 'done')}
        description={t('resultOf', {
          file: file.name,
          source,
          mode: t(mode),
          time: duration(endedAt - startedAt, language),
        })}
      />
      <Figures
        figures={
          mode === 'replace'
            ? [
                [t('read'), imported],
                [t('gone'), before],
                [t('total'), total],
                [t('leftOut'), leftOut],
              ]
            : [
                [t('fresh'), imported - changed],
                [t('changed'), changed],
                [t('total'), total],
                [t('leftOut'), leftOut],
              ]
        }
      />
      {left.length > 0 ? <LeftLines left={left} leftLines={leftOut} trial={trial} onExport={exportLeft} /> : null}
    </>
  )
}
