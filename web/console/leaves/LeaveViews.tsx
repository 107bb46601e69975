import { useNavigate } from '@tanstack/react-router'
import { useWords } from '../../ui/language.ts'
import { Views } from '../../ui/Views.tsx'
import { useMay, useMe } from '../me.ts'
import { leaveWords } from './words.ts'

/** Own people on leave, and, for a county, what other counties ask of it about people on leave here. */
export function LeaveViews({ view }: { view: 'leaves' | 'help' }) {
  const t = useWords(leaveWords)
  const me = useMe()
  const may = useMay()
  const navigate = useNavigate()
  if (me.org.code.length !== 6 || !may('leave.approve')) return null
  return (
    <Views
      label={t('title')}
      views={[
        { id: 'leaves', label: t('viewLeaves') },
        { id: 'help', label: t('helpReceived') },
      ]}
      view={view}
      counts={undefined}
      onChange={(next) => void navigate({ to: next === 'help' ? '/leaves/help' : '/leaves' })}
    />
  )
}
