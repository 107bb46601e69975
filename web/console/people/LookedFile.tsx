import { useParams } from '@tanstack/react-router'
import { people } from '@zhijiao/contract/people'
import { lazy, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { DetailTabs } from '../../ui/DetailTabs.tsx'
import { minute } from '../../ui/format.ts'
import { useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { HeaderFacts } from './BasicsTab.tsx'
import { PartList } from './PartGroups.tsx'
import TimelineTab from './TimelineTab.tsx'
import { peopleWords } from './words.ts'

const TrackTab = lazy(() => import('../track/TrackTab.tsx'))

/** The file of an open look: to read, not to change. */
export default function LookedFile() {
  const t = useWords(peopleWords)
  const may = useMay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const [tab, setTab] = useState('basics')
  const file = useAsk(people.looked, { params: { personId: id } })
  const parts = useAsk(people.lookedParts, { params: { personId: id }, query: {} }, { enabled: file.isSuccess })
  if (file.isPending) return <Waiting />
  if (!file.data) return <TroubleNotice error={file.error} onRetry={() => void file.refetch()} />
  const person = file.data
  return (
    <Screen
      title={`${person.name} ${person.number}`}
      last={person.name}
      note={person.lookUntil ? t('lookUntil', { time: minute(person.lookUntil) }) : null}
    >
      <DetailTabs
        active={tab}
        onChange={setTab}
        tabs={[
          {
            key: 'basics',
            label: t('basics'),
            render: () => (
              <>
                <Panel>
                  <HeaderFacts person={person} />
                </Panel>
                <Panel title={t('groups')}>
                  {parts.data ? <PartList rows={parts.data.items} personId={person.id} /> : <Waiting />}
                </Panel>
              </>
            ),
          },
          ...(may('position.track')
            ? [{ key: 'track', label: t('track'), render: () => <TrackTab personId={id} /> }]
            : []),
          { key: 'timeline', label: t('timelineTab'), render: () => <TimelineTab personId={id} looked /> },
        ]}
      />
    </Screen>
  )
}
