import { Link } from '@tanstack/react-router'
import { type HistoryKind, historyKinds } from '@zhijiao/contract/history'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { Views } from '../../ui/Views.tsx'
import { useMay, useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { KindPanel } from './KindPanel.tsx'
import { useRuns } from './runs.ts'
import { historyWords } from './words.ts'

/** 历史数据导入: what a county that moves here brings along, kind by kind in the order in which they refer to each other. */
export default function HistoryImport() {
  const t = useWords(historyWords)
  const may = useMay()
  const me = useMe()
  const runs = useRuns(me.id)
  const [kind, setKind] = useKept<HistoryKind>('history.kind', historyKinds[0])
  const busy = historyKinds.find((k) => runs.get(k)?.state === 'running') ?? null
  return (
    <Screen title={t('title')} note={<span className="zj-muted">{t('note')}</span>}>
      <Panel label={t('title')}>
        <ul className="zj-import-notes">
          <li>{t('factMarked')}</li>
          <li>{t('factOrder')}</li>
          <li>{t('factAgain')}</li>
          {may('person.import') ? (
            <li>
              {t('factSheet')} <Link to="/people/import">{t('factSheetLink')}</Link>
            </li>
          ) : null}
        </ul>
      </Panel>
      <Views
        label={t('kinds')}
        views={historyKinds.map((id, i) => ({ id, label: `${i + 1} ${t(id)}` }))}
        view={kind}
        counts={undefined}
        onChange={setKind}
      />
      <KindPanel key={kind} kind={kind} run={runs.get(kind) ?? null} busy={busy} />
    </Screen>
  )
}
