import { people } from '@zhijiao/contract/people'
import { Pagination } from 'antd'
import { useState } from 'react'
import { useActor } from '../../ui/actor.ts'
import { useAsk } from '../../ui/api.ts'
import { Cites } from '../../ui/Cite.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { History } from '../../ui/History.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { recorded } from './recorded.ts'
import { peopleWords } from './words.ts'

/** The ledger of one person, newest first. `looked`: through an open look of a superior. */
export default function TimelineTab({ personId, looked = false }: { personId: string; looked?: boolean }) {
  const t = useWords(peopleWords)
  const say = useSpoken()
  const language = useLanguage()
  const actor = useActor()
  const [page, setPage] = useState(1)
  // Both promise the same timeline; only the way in differs.
  const promise = (looked ? people.lookedTimeline : people.timeline) as typeof people.timeline
  const asked = useAsk(promise, { params: { personId }, query: { page, size: 30 } }, { keep: true })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  if (asked.data.total === 0) return <EmptyState why="nothing" what={t('noTimeline')} />
  return (
    <Panel>
      <History
        of={asked.data.items.map((entry) => ({
          key: entry.id,
          at: entry.occurredAt,
          by: actor(entry.actor),
          title: (
            <>
              {say(entry.says)} {entry.imported ? <Mark>{t('imported')}</Mark> : null}{' '}
              {entry.of ? <Mark>{entry.of}</Mark> : null}{' '}
              <span className="zj-muted zj-small">{entry.sealed ? t('sealedMark') : t('unsealedMark')}</span>
            </>
          ),
          more: (
            <span className="zj-small">
              {entry.payload === null ? t('purged') : recorded(entry.kind, entry.payload, language).join(' · ')}{' '}
              <Cites of={entry.cites} />
            </span>
          ),
        }))}
      />
      <Pagination
        size="small"
        current={page}
        pageSize={30}
        total={asked.data.total}
        showSizeChanger={false}
        onChange={setPage}
      />
    </Panel>
  )
}
