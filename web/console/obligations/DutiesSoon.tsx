import { Link } from '@tanstack/react-router'
import { obligations } from '@zhijiao/contract/obligations'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { useMay } from '../me.ts'
import { DueCell } from '../tasks/DueCell.tsx'
import { obligationWords } from './words.ts'
import '../tasks/tasks.css'
import './obligations.css'

/**
 * Whose duties fall due this week or were not done. For the workbench: an officer's of the own caseload, of whoever answers
 * for a unit everybody's in reach.
 */
export function DutiesSoon() {
  const t = useWords(obligationWords)
  const say = useSpoken()
  const may = useMay()
  const whose = may('counts.see') ? {} : { mine: true }
  const upcoming = useAsk(obligations.upcoming, { query: { ...whose, days: 7 } })
  const until = upcoming.data?.until
  const list = useAsk(
    obligations.list,
    { query: { ...whose, state: ['due', 'missed'], ...(until ? { dueUntil: until } : {}), size: 8 } },
    { enabled: until !== undefined },
  )
  const { data } = upcoming
  return (
    <Panel title={t('dueSoon')} extra={data ? <span className="zj-muted">{data.due + data.missed}</span> : null}>
      {upcoming.isPending ? <Waiting rows={3} /> : null}
      {upcoming.error ? <TroubleNotice error={upcoming.error} onRetry={() => void upcoming.refetch()} /> : null}
      {data && data.due + data.missed === 0 ? <EmptyState why="nothing" what={t('nothingSoon')} /> : null}
      {data && data.byKind.length > 0 ? (
        <p className="zj-duty-what">
          {data.byKind.map((kind) => (
            <span key={kind.kind}>
              {say(kind.kindName)} {kind.due}
              {kind.missed > 0 ? (
                <>
                  {' '}
                  <Mark tone="red">{t('missedN', { n: kind.missed })}</Mark>
                </>
              ) : null}
            </span>
          ))}
        </p>
      ) : null}
      <ul className="zj-rows">
        {list.data?.items.map((duty) => (
          <li key={duty.id}>
            <span>
              <Link to={`/people/${duty.person.id}`}>{duty.person.name}</Link>{' '}
              <span className="zj-muted">{say(duty.kindName)}</span>{' '}
              {duty.state === 'missed' ? <Mark tone="red">{t('missedOn')}</Mark> : null}
            </span>
            <DueCell clock={duty.clock} paused={duty.paused} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}
