import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { people } from '@zhijiao/contract/people'
import { lazy, Suspense } from 'react'
import { useAsk } from '../../ui/api.ts'
import { DetailTabs } from '../../ui/DetailTabs.tsx'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { useNamedPage } from '../shell/pageNames.ts'
import { Trail } from '../shell/Trail.tsx'
import { BasicsTab } from './BasicsTab.tsx'
import { FileHead } from './FileHead.tsx'
import { peopleWords } from './words.ts'

const TrackTab = lazy(() => import('../track/TrackTab.tsx'))
const DevicesTab = lazy(() => import('./DevicesTab.tsx'))
const AlarmsTab = lazy(() => import('./AlarmsTab.tsx'))
const FencesTab = lazy(() => import('./FencesTab.tsx'))
const LeaveTab = lazy(() => import('./LeaveTab.tsx'))
const DocumentsTab = lazy(() => import('../documents/PersonTab.tsx'))
const FilesTab = lazy(() => import('./FilesTab.tsx'))
const TimelineTab = lazy(() => import('./TimelineTab.tsx'))
const MattersTab = lazy(() => import('../procedures/MattersTab.tsx'))
const DutiesTab = lazy(() => import('../obligations/DutiesTab.tsx'))
const LifecycleStrip = lazy(() => import('../procedures/LifecycleStrip.tsx'))
const LookersTab = lazy(() => import('./LookersTab.tsx'))

/** C21 一人一档. */
export default function PersonPage() {
  const t = useWords(peopleWords)
  const may = useMay()
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const { tab } = useSearch({ strict: false }) as { tab?: string }
  const navigate = useNavigate()
  const file = useAsk(people.get, { params: { personId: id } })
  useNamedPage(`/people/${id}`, file.data?.name)
  if (file.isPending) return <Waiting rows={10} />
  if (!file.data)
    return (
      <Screen title={t('fileClosed')}>
        <TroubleNotice error={file.error} onRetry={() => void file.refetch()} />
        {may('person.look') ? (
          <p>
            {t('lookInstead')} <Link to="/look">{t('lookTitle')}</Link>
          </p>
        ) : null}
      </Screen>
    )
  const person = file.data
  const tabs = [
    { key: 'basics', label: t('basics'), render: () => <BasicsTab person={person} />, may: true },
    { key: 'matters', label: t('mattersTab'), render: () => <MattersTab person={person} />, may: may('matter.see') },
    { key: 'duties', label: t('dutiesTab'), render: () => <DutiesTab personId={id} />, may: true },
    {
      key: 'devices',
      label: t('devicesTab'),
      render: () => <DevicesTab person={person} />,
      may: may('activation.see'),
    },
    { key: 'track', label: t('track'), render: () => <TrackTab personId={id} />, may: may('position.track') },
    { key: 'alarms', label: t('alarmsTab'), render: () => <AlarmsTab personId={id} />, may: may('alarm.see') },
    { key: 'fences', label: t('fencesTab'), render: () => <FencesTab personId={id} />, may: may('fence.see') },
    { key: 'leave', label: t('leaveTab'), render: () => <LeaveTab person={person} />, may: may('leave.see') },
    {
      key: 'documents',
      label: t('documentsTab'),
      render: () => <DocumentsTab personId={id} />,
      may: may('document.see'),
    },
    { key: 'files', label: t('filesTab'), render: () => <FilesTab personId={id} />, may: may('file.see') },
    { key: 'timeline', label: t('timelineTab'), render: () => <TimelineTab personId={id} />, may: true },
    { key: 'lookers', label: t('lookersTab'), render: () => <LookersTab personId={id} />, may: may('ledger.see') },
  ].filter((one) => one.may)
  return (
    <>
      <Trail last={person.name} />
      <FileHead person={person} />
      {may('matter.see') ? (
        <Suspense fallback={<Waiting rows={2} />}>
          <LifecycleStrip personId={id} />
        </Suspense>
      ) : null}
      <DetailTabs
        tabs={tabs}
        active={tab ?? 'basics'}
        onChange={(key) =>
          void navigate({ to: `/people/${id}`, search: key === 'basics' ? {} : { tab: key }, replace: true } as never)
        }
      />
    </>
  )
}
