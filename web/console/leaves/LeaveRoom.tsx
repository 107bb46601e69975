import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import { LeaveTable } from './LeaveTable.tsx'
import { LeaveViews } from './LeaveViews.tsx'
import { leaveWords } from './words.ts'

export default function LeaveRoom() {
  const t = useWords(leaveWords)
  return (
    <Screen title={t('title')}>
      <LeaveViews view="leaves" />
      <LeaveTable />
    </Screen>
  )
}
