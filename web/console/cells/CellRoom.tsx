import { cellColumns, positions } from '@zhijiao/contract/positions'
import { Button } from 'antd'
import { saveFile, useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { count, instant } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { CellForm } from './CellForm.tsx'
import { CellProgress } from './CellProgress.tsx'
import { CellResult } from './CellResult.tsx'
import { useCellRun } from './run.ts'
import { cellWords } from './words.ts'

/** Comes in as it stands: invented towers of a place that is none. */
const example = `${cellColumns.join(',')}\n460,0,9763,3791,24.3264,109.4281,600\n460,1,41024,8812033,24.3312,109.4405,350\n`

/** 基站库: how many towers are known and whence, and bringing a table in. */
export default function CellRoom() {
  const t = useWords(cellWords)
  const me = useMe()
  const run = useCellRun(me.id)
  const asked = useAsk(positions.cells, {})
  const table = asked.data
  return (
    <Screen title={t('title')} note={<span className="zj-muted">{t('note')}</span>}>
      <Panel title={t('known')}>
        {asked.isPending ? (
          <Waiting />
        ) : !table ? (
          <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
        ) : table.importedAt === null && table.towers === 0 ? (
          <EmptyState why="nothing" what={t('none')} hint={t('noneHint')} />
        ) : (
          <dl className="zj-facts">
            <div>
              <dt>{t('towers')}</dt>
              <dd>{count(table.towers)}</dd>
            </div>
            <div>
              <dt>{t('importedAt')}</dt>
              <dd>{table.importedAt === null ? '—' : instant(table.importedAt)}</dd>
            </div>
            <div>
              <dt>{t('lastSource')}</dt>
              <dd>{table.source || t('noSource')}</dd>
            </div>
          </dl>
        )}
      </Panel>
      <Panel title={t('prepare')}>
        <p className="zj-wrap">{t('prepareText', { columns: cellColumns.join(',') })}</p>
        <p className="zj-muted zj-small">{t('datum')}</p>
        <Button onClick={() => void saveFile(new Response(example), `${t('exampleFile')}.csv`)}>{t('example')}</Button>
      </Panel>
      <Panel title={t('send')}>
        <CellForm table={table ?? null} run={run} />
      </Panel>
      <Panel title={t('result')}>
        {run === null ? (
          <EmptyState why="nothing" what={t('nothing')} hint={t('nothingHint')} />
        ) : run.endedAt === null ? (
          <CellProgress startedAt={run.startedAt} />
        ) : (
          <CellResult run={run} endedAt={run.endedAt} />
        )}
      </Panel>
    </Screen>
  )
}
