import { Link, useLocation } from '@tanstack/react-router'
import { matters } from '@zhijiao/contract/matters'
import { procedureRooms, procedures } from '@zhijiao/contract/procedures/all'
import type { Procedure, ProcedureRoom as Room } from '@zhijiao/contract/procedures/describe'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AsOf } from '../../ui/Freshness.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Figure } from '../home/Figure.tsx'
import { Screen } from '../Screen.tsx'
import { LinkButton } from './LinkButton.tsx'
import type { View } from './MatterTable.tsx'
import { useMayBegin } from './mayBegin.ts'
import './procedures.css'
import { beginSaid } from './said.ts'
import { matterWords } from './words.ts'

/** One room of the county's work: all its businesses, how many wait, and the door to begin another. */
export default function ProcedureRoom() {
  const t = useWords(matterWords)
  const say = useSpoken()
  const language = useLanguage()
  const mayBegin = useMayBegin()
  const { pathname } = useLocation()
  // While another page is coming the address is already its own.
  const [, place, named] = pathname.split('/')
  const room = (place === 'rooms' && named && named in procedureRooms ? named : 'intake') as Room
  const mine = procedures.filter((p) => p.room === room)
  const counts = useAsk(matters.counts, { query: { room } }, { every: 60_000 })
  const of = (p: Procedure) => counts.data?.byKind.find((k) => k.kind === p.id)
  const number = (p: Procedure, view: Extract<View, 'todo' | 'running' | 'overdue'>) => {
    if (!counts.data) return '—'
    const n = of(p)?.[view] ?? 0
    return n === 0 ? (
      <span className="zj-muted">0</span>
    ) : (
      <Link to={`/matters/${p.id}`} search={{ view } as never} className={view === 'overdue' ? 'zj-tone-red' : ''}>
        <strong>{n}</strong>
      </Link>
    )
  }
  return (
    <Screen title={say(procedureRooms[room])} actions={<AsOf at={counts.dataUpdatedAt || null} />}>
      {counts.error ? <TroubleNotice error={counts.error} onRetry={() => void counts.refetch()} /> : null}
      <div className="zj-figures">
        <Figure name={t('todo')} n={counts.data?.todo} />
        <Figure name={t('running')} n={counts.data?.running} />
        <Figure name={t('overdue')} n={counts.data?.overdue} act />
        <Figure name={t('ended')} n={counts.data?.ended} />
      </div>
      {mine.length === 0 ? (
        <EmptyState why="nothing" what={t('roomEmpty')} hint={t('roomEmptyHint')} />
      ) : (
        <section className="zj-panel zj-panel-flush">
          <table className="zj-plain zj-businesses">
            <thead>
              <tr>
                <th scope="col">{t('business')}</th>
                <th scope="col">{t('todo')}</th>
                <th scope="col">{t('running')}</th>
                <th scope="col">{t('overdue')}</th>
                <td />
              </tr>
            </thead>
            <tbody>
              {mine.map((p) => (
                <tr key={p.id}>
                  <th scope="row">
                    <Link to={`/matters/${p.id}`}>{say(p)}</Link>
                    <div className="zj-muted zj-small">{say(p.says)}</div>
                  </th>
                  <td data-name={t('todo')}>{number(p, 'todo')}</td>
                  <td data-name={t('running')}>{number(p, 'running')}</td>
                  <td data-name={t('overdue')}>{number(p, 'overdue')}</td>
                  <td>
                    <div className="zj-businesses-acts">
                      {mayBegin(p) ? (
                        <LinkButton
                          to={`/matters/${p.id}/new`}
                          type="primary"
                          ghost
                          aria-label={beginSaid(p, language)}
                        >
                          {t('register')}
                        </LinkButton>
                      ) : null}
                      <LinkButton to={`/matters/${p.id}`} aria-label={t('openListOf', { name: say(p) })}>
                        {t('openList')}
                      </LinkButton>
                    </div>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
    </Screen>
  )
}
