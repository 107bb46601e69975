import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import { HelpTable } from './HelpTable.tsx'
import { LeaveViews } from './LeaveViews.tsx'
import { leaveWords } from './words.ts'

export default function HelpRoom() {
  const t = useWords(leaveWords)
  return (
    <Screen title={t('title')}>
      <LeaveViews view="help" />
      <HelpTable />
    </Screen>
  )
}
