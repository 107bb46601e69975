import { useNavigate, useSearch } from '@tanstack/react-router'
import { matters } from '@zhijiao/contract/matters'
import { useAsk } from '../../ui/api.ts'
import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import { MatterTable, type View } from './MatterTable.tsx'
import './procedures.css'
import { ViewTabs } from './ViewTabs.tsx'
import { matterWords } from './words.ts'

const views: readonly View[] = ['todo', 'running', 'mine', 'passed', 'ended', 'overdue']

/** C05 办理事项: every business at once, by what it has to do with the reader. */
export default function MattersRoom() {
  const t = useWords(matterWords)
  const navigate = useNavigate()
  const { view: wanted } = useSearch({ strict: false }) as { view?: string }
  const view = views.find((v) => v === wanted) ?? 'todo'
  const counts = useAsk(matters.counts, { query: {} }, { every: 60_000 }).data
  return (
    <Screen title={t('matters')}>
      <ViewTabs
        views={views}
        view={view}
        counts={counts}
        onChange={(next) => void navigate({ to: '/matters', search: { view: next }, replace: true } as never)}
      />
      <MatterTable
        view={view}
        empty={
          view === 'todo'
            ? { what: t('emptyTodo'), hint: t('emptyTodoHint') }
            : { what: t('emptyView', { view: t(view) }), hint: t('emptyAnyHint') }
        }
      />
    </Screen>
  )
}
