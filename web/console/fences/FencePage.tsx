import { useParams } from '@tanstack/react-router'
import { fences } from '@zhijiao/contract/fences'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { DetailTabs } from '../../ui/DetailTabs.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { FenceEditor } from './FenceEditor.tsx'
import { FencePeople } from './FencePeople.tsx'
import { FenceTrialTab } from './FenceTrialTab.tsx'
import { fenceWords } from './words.ts'

/** One fence: its outline and settings, whom it binds, and what it would have said on a past day. */
export default function FencePage() {
  const t = useWords(fenceWords)
  const may = useMay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const fresh = id === 'new'
  const [tab, setTab] = useState('form')
  const asked = useAsk(fences.get, { params: { id } }, { enabled: !fresh })
  useNamedPage(`/fences/${id}`, asked.data?.name)
  if (fresh && !may('fence.edit')) return <EmptyState why="notYours" />
  if (fresh)
    return (
      <Screen title={t('newTitle')} last={t('newTitle')}>
        <FenceEditor />
      </Screen>
    )
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const fence = asked.data
  return (
    <Screen title={t('editTitle', { name: fence.name })} last={fence.name}>
      <DetailTabs
        active={tab}
        onChange={setTab}
        tabs={[
          { key: 'form', label: t('form'), render: () => <FenceEditor key={fence.id} fence={fence} /> },
          { key: 'people', label: t('assignTab'), render: () => <FencePeople fence={fence} /> },
          ...(may('position.track')
            ? [{ key: 'trial', label: t('trialTab'), render: () => <FenceTrialTab fenceId={fence.id} /> }]
            : []),
        ]}
      />
    </Screen>
  )
}
