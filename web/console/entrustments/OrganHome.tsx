import { Link, useNavigate } from '@tanstack/react-router'
import { entrustments } from '@zhijiao/contract/entrustments'
import { Button } from 'antd'
import { useAsk } from '../../ui/api.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { dayOf } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { useNow } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { Figure } from '../home/Figure.tsx'
import { Notices } from '../home/Notices.tsx'
import { useMe } from '../me.ts'
import { Screen } from '../Screen.tsx'
import { Due } from './Due.tsx'
import { Signs } from './Signs.tsx'
import { isRunning } from './stands.ts'
import { entrustWords } from './words.ts'

/** The workbench of a court, procuratorate, police or prison: its requests, and nothing of anybody's caseload. */
export function OrganHome() {
  const t = useWords(entrustWords)
  const c = useWords(common)
  const say = useSpoken()
  const me = useMe()
  const navigate = useNavigate()
  const day = dayOf(useNow(60_000))
  const counts = useAsk(entrustments.counts, {}, { every: 60_000 })
  const latest = useAsk(entrustments.list, { query: { size: 8 } }, { every: 60_000 })
  const add = (
    <Button type="primary" onClick={() => void navigate({ to: '/entrustments/new' })}>
      {t('add')}
    </Button>
  )
  return (
    <Screen
      title={t('homeTitle')}
      note={t('greeting', { name: !me.organ || me.organ === me.name ? me.name : `${me.organ} ${me.name}`, day })}
      actions={add}
    >
      <div className="zj-figures">
        <Figure name={t('fresh')} n={counts.data?.fresh} to="/entrustments" search={{ only: 'fresh' }} act />
        <Figure name={t('asked')} n={counts.data?.asked} to="/entrustments" search={{ only: 'asked' }} act />
        <Figure name={t('unstated')} n={counts.data?.unstated} to="/entrustments" search={{ only: 'unstated' }} />
        <Figure name={t('allOf')} n={latest.data?.total} to="/entrustments" />
      </div>
      <div className="zj-columns-2">
        <Panel title={t('latest')} extra={<Link to="/entrustments">{c('showAll')}</Link>}>
          {latest.isPending ? <Waiting rows={3} /> : null}
          {latest.error ? <TroubleNotice error={latest.error} onRetry={() => void latest.refetch()} /> : null}
          {latest.data?.items.length === 0 ? (
            <EmptyState why="nothing" what={t('empty')} hint={t('emptyHint')} />
          ) : null}
          <ul className="zj-rows">
            {latest.data?.items.map((one) => (
              <li key={one.id}>
                <span>
                  <Link to={`/entrustments/${one.id}`}>{one.who}</Link> <Signs of={one} />{' '}
                  <span className="zj-muted zj-small">
                    {one.countyName} · {String(one.form.letter ?? '')}
                  </span>
                </span>
                <span>
                  {one.opinion && !one.adoption ? <Mark tone="green">{t('opinionReady')}</Mark> : say(one.said)}{' '}
                  {isRunning(one) ? <Due of={one} /> : null}
                </span>
              </li>
            ))}
          </ul>
        </Panel>
        <Notices />
      </div>
    </Screen>
  )
}
