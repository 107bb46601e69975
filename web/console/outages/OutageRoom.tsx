import { type Outage, outages } from '@zhijiao/contract/outages'
import { Button, Segmented } from 'antd'
import { useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AsOf } from '../../ui/Freshness.tsx'
import { addDays, dayOf, startOfDay } from '../../ui/format.ts'
import { useKept } from '../../ui/kept.ts'
import { useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { now } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay, useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { DeclareOutage } from './DeclareOutage.tsx'
import { EndOutage } from './EndOutage.tsx'
import { OutageTable } from './OutageTable.tsx'
import { outageWords } from './words.ts'

/** Times in which silence proves nothing: seen by all, declared and ended by those who answer for it. */
export default function OutageRoom() {
  const t = useWords(outageWords)
  const me = useMe()
  const may = useMay()
  const [show, setShow] = useKept<'recent' | 'running'>('outages.show', 'recent')
  const [declaring, setDeclaring] = useState(false)
  const [ending, setEnding] = useState<Outage | null>(null)
  const since = startOfDay(addDays(dayOf(now()), -90))
  const asked = useAsk(
    outages.list,
    { query: show === 'running' ? { running: true } : { since } },
    { every: 60_000, keep: true },
  )
  const mayEnd = (outage: Outage) =>
    may('outage.declare') && outage.endsAt === null && outage.org.startsWith(me.org.code)
  const declare = may('outage.declare') ? (
    <Button type="primary" onClick={() => setDeclaring(true)}>
      {t('declare')}
    </Button>
  ) : null
  return (
    <Screen title={t('title')} note={<span className="zj-muted">{t('note')}</span>} actions={declare}>
      <div className="zj-list">
        <div className="zj-list-bar">
          <Segmented
            value={show}
            onChange={setShow}
            aria-label={t('show')}
            options={[
              { value: 'recent', label: t('recent') },
              { value: 'running', label: t('runningOnly') },
            ]}
          />
          <AsOf at={asked.dataUpdatedAt || null} />
        </div>
        {asked.isPending ? (
          <Waiting />
        ) : asked.error && !asked.data ? (
          <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
        ) : asked.data && asked.data.length > 0 ? (
          <OutageTable of={asked.data} mayEnd={mayEnd} onEnd={setEnding} />
        ) : (
          <div className="zj-panel">
            <EmptyState why="nothing" what={t(show === 'running' ? 'emptyRunning' : 'empty')} hint={t('emptyHint')} />
          </div>
        )}
      </div>
      {declaring ? <DeclareOutage onClose={() => setDeclaring(false)} /> : null}
      {ending ? <EndOutage outage={ending} onClose={() => setEnding(null)} /> : null}
    </Screen>
  )
}
