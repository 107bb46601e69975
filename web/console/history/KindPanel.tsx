import type { HistoryKind } from '@zhijiao/contract/history'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { Preparing } from './Preparing.tsx'
import { RunProgress } from './RunProgress.tsx'
import { RunResult } from './RunResult.tsx'
import type { Run } from './runs.ts'
import { SendForm } from './SendForm.tsx'
import { historyWords } from './words.ts'

/** One kind of old files: what it is for, what to prepare, sending it, and what came of it. */
export function KindPanel({ kind, run, busy }: { kind: HistoryKind; run: Run | null; busy: HistoryKind | null }) {
  const t = useWords(historyWords)
  return (
    <>
      <Panel title={t('prepare')}>
        <p>{t(`${kind}For`)}</p>
        <Preparing kind={kind} />
      </Panel>
      <Panel title={t('send')}>
        <SendForm kind={kind} run={run} busy={busy} />
      </Panel>
      <Panel title={t('result')}>
        {run === null ? (
          <EmptyState why="nothing" what={t('nothing')} hint={t('nothingHint')} />
        ) : run.state === 'running' ? (
          <RunProgress run={run} />
        ) : (
          <RunResult run={run} />
        )}
      </Panel>
    </>
  )
}
