import { useNavigate, useParams } from '@tanstack/react-router'
import { alarms } from '@zhijiao/contract/alarms'
import { useEffect } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { Screen } from '../Screen.tsx'
import { AlarmDetail } from './AlarmDetail.tsx'
import { DeskList } from './DeskList.tsx'
import { type DeskView, DeskViews } from './DeskViews.tsx'
import { SettledList } from './SettledList.tsx'
import { alarmWords } from './words.ts'

/** C40 报警中心: what rings on the left, one alarm and everything known of it on the right; what is settled in a list of its own. */
export default function AlarmDesk() {
  const t = useWords(alarmWords)
  const { id } = useParams({ strict: false }) as { id?: string }
  const navigate = useNavigate()
  const [view, setView] = useKept<DeskView>('alarms.view', 'open')
  const go = (next: DeskView) => {
    setView(next)
    // The list of the settled takes the whole width: choosing it leaves the alarm that is open.
    if (next === 'settled' && id) void navigate({ to: '/alarms' })
  }
  return (
    <Screen title={t('title')}>
      {view === 'settled' ? (
        <Archive id={id} onView={go} />
      ) : (
        <div className={id ? 'zj-desk zj-desk-has-open' : 'zj-desk'}>
          <DeskList openId={id} view={view} onView={go} />
          <div>
            {id ? (
              <AlarmDetail key={id} id={id} />
            ) : (
              <div className="zj-panel">
                <EmptyState why="nothing" what={t('choose')} hint={t('chooseHint')} />
              </div>
            )}
          </div>
        </div>
      )}
    </Screen>
  )
}

/** Where an alarm in this state is listed; null: here. */
const viewOf = { gathering: 'gathering', raised: 'open', claimed: 'open', submitted: 'review', settled: null } as const

/** 已结: any of them found again by its conditions, and one of them with all that is known of it. */
function Archive({ id, onView }: { id: string | undefined; onView: (view: DeskView) => void }) {
  const counts = useAsk(alarms.counts, { query: {} }, { keep: true, every: 60_000 }).data
  const state = useAsk(alarms.get, { params: { id: id ?? '' } }, { enabled: id !== undefined }).data?.state
  // Whoever comes from the bell or a link to one that still goes on belongs beside the list of those.
  const elsewhere = state === undefined ? null : viewOf[state]
  useEffect(() => {
    if (elsewhere) onView(elsewhere)
  }, [elsewhere, onView])
  return (
    <>
      <div className="zj-desk-views">
        <DeskViews view="settled" counts={counts} onView={onView} />
      </div>
      <div className="zj-desk-alone">{id ? <AlarmDetail key={id} id={id} /> : <SettledList />}</div>
    </>
  )
}
