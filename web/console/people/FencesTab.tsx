import { Link } from '@tanstack/react-router'
import { fences } from '@zhijiao/contract/fences'
import { Alert } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { Cites } from '../../ui/Cite.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { fenceWords, kindWord } from '../fences/words.ts'
import { peopleWords } from './words.ts'

/** The living area with its article, and every fence that binds this person. */
export default function FencesTab({ personId }: { personId: string }) {
  const t = useWords(peopleWords)
  const f = useWords(fenceWords)
  const say = useSpoken()
  const asked = useAsk(fences.ofPerson, { params: { personId } })
  if (asked.isPending) return <Waiting />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const { livingArea } = asked.data
  return (
    <>
      <Panel title={t('livingArea')}>
        {/* What is not watched is said by the names of the places, once. */}
        {livingArea.missing.length > 0 ? (
          <Alert type="warning" showIcon title={say(livingArea.says)} />
        ) : (
          <p>{say(livingArea.says)}</p>
        )}
        <Cites of={livingArea.cites} />
      </Panel>
      <Panel title={t('fencesTab')}>
        {asked.data.fences.length === 0 ? <EmptyState why="nothing" what={t('noFences')} /> : null}
        <ul className="zj-rows">
          {asked.data.fences.map((one) => (
            <li key={`${one.fence.id}${one.from}`}>
              <span>
                <Link to={`/fences/${one.fence.id}`}>{one.fence.name}</Link> · {f(kindWord[one.fence.kind])} ·{' '}
                {one.basis}
              </span>
              <span>
                {one.from} — {one.until ?? '…'}{' '}
                <Mark tone={one.inForceNow ? 'blue' : 'quiet'}>{one.inForceNow ? t('inForce') : t('notInForce')}</Mark>
              </span>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  )
}
