import { Link } from '@tanstack/react-router'
import { alarms } from '@zhijiao/contract/alarms'
import { rowsOf } from '@zhijiao/contract/columns'
import { people } from '@zhijiao/contract/people'
import { positions } from '@zhijiao/contract/positions'
import { dueGroups, tasks } from '@zhijiao/contract/tasks'
import { useAsk } from '../../ui/api.ts'
import { Countdown } from '../../ui/Countdown.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { AsOf } from '../../ui/Freshness.tsx'
import { addDays, dayOf, short } from '../../ui/format.ts'
import { LevelMark } from '../../ui/LevelMark.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { now, useNow } from '../../ui/time.ts'
import { Waiting } from '../../ui/Waiting.tsx'
import { common } from '../../ui/words.ts'
import { personsIn } from '../map/fresh.ts'
import { useMay, useMe } from '../me.ts'
import { DutiesSoon } from '../obligations/DutiesSoon.tsx'
import { StateMark } from '../people/marks.tsx'
import { stillHeld, termOver } from '../people/termOver.ts'
import { Screen } from '../Screen.tsx'
import { DueCell } from '../tasks/DueCell.tsx'
import { placeOf } from '../tasks/places.ts'
import { taskWords } from '../tasks/words.ts'
import '../tasks/tasks.css'
import { Figure } from './Figure.tsx'
import { Notices } from './Notices.tsx'
import { homeWords } from './words.ts'

/** C04 工作台 of somebody with a caseload: what must be done, what rings, what ends soon. */
export function OfficerHome() {
  const t = useWords(homeWords)
  const me = useMe()
  const may = useMay()
  const day = dayOf(useNow(60_000))
  const counts = useAsk(tasks.counts, { query: { whose: 'mine' } }, { enabled: may('task.see') })
  const ringing = useAsk(alarms.counts, { query: {} }, { enabled: may('alarm.see') })
  const located = useAsk(positions.live, { query: {} }, { enabled: may('position.live'), staleTime: 60_000 })
  const inCorrection = useAsk(
    people.list,
    { query: { state: ['inCorrection'], size: 1 } },
    { enabled: may('person.see'), staleTime: 60_000 },
  )
  const over = useAsk(people.list, { query: { ...termOver(day), size: 1 } }, { enabled: may('person.see') })
  return (
    <Screen
      title={t('title')}
      note={t('greeting', { name: me.name, day })}
      actions={<AsOf at={counts.dataUpdatedAt || null} />}
    >
      <div className="zj-figures">
        {over.data && over.data.total > 0 ? (
          <Figure name={t('termOver')} n={over.data.total} to="/people" search={{ term: 'over' }} act />
        ) : null}
        <Figure name={t('todo')} n={counts.data?.todo} to="/tasks" />
        <Figure name={t('overdue')} n={counts.data?.overdue} to="/tasks" act />
        {may('alarm.see') ? (
          <>
            <Figure
              name={t('openAlarms')}
              n={ringing.data ? ringing.data.raised + ringing.data.claimed : undefined}
              to="/alarms"
              act
            />
            <Figure name={t('awaitReview')} n={ringing.data?.submitted} to="/alarms" />
          </>
        ) : null}
        {may('person.see') ? <Figure name={t('inCorrection')} n={inCorrection.data?.total} to="/people" /> : null}
        {may('position.live') ? (
          <>
            <Figure
              name={t('positioned')}
              n={
                located.data &&
                personsIn(
                  rowsOf(located.data.items).filter(
                    (p) => !p.mock && (p.freshness === 'live' || p.freshness === 'recent'),
                  ),
                )
              }
              to="/map"
            />
            <Figure name={t('noPosition')} n={located.data?.without} to="/map" />
          </>
        ) : null}
      </div>
      {over.data && over.data.total > 0 ? <TermOverPanel day={day} /> : null}
      <div className="zj-columns-2">
        <div>
          <TaskPanel />
          {may('alarm.see') ? <AlarmPanel /> : null}
        </div>
        <div>
          <Notices />
          {may('person.see') ? <DutiesSoon /> : null}
          {may('person.see') ? <EndingPanel day={day} /> : null}
        </div>
      </div>
    </Screen>
  )
}

function TaskPanel() {
  const t = useWords(homeWords)
  const d = useWords(taskWords)
  const c = useWords(common)
  const say = useSpoken()
  const me = useMe()
  const counts = useAsk(tasks.counts, { query: { whose: 'mine' } })
  const next = useAsk(tasks.list, { query: { view: 'todo', whose: 'mine', sort: 'due', size: 6 } })
  return (
    <Panel title={t('tasksByKind')} extra={<Link to="/tasks">{c('showAll')}</Link>}>
      {counts.isPending ? <Waiting rows={3} /> : null}
      {counts.error ? <TroubleNotice error={counts.error} onRetry={() => void counts.refetch()} /> : null}
      {counts.data && counts.data.byKind.length === 0 ? (
        <EmptyState
          why="nothing"
          what={t('noTasks')}
          hint={t(me.reach === 'handed' ? 'noTasksHanded' : 'noTasksHint')}
        />
      ) : null}
      {counts.data && counts.data.todo > 0 ? (
        <p className="zj-due-when">
          {dueGroups
            .filter((group) => (counts.data?.byDue[group] ?? 0) > 0)
            .map((group) => (
              <span key={group} className={group === 'overdue' ? 'zj-tone-red' : ''}>
                {d(`due_${group}`)} <b>{counts.data?.byDue[group]}</b>
              </span>
            ))}
        </p>
      ) : null}
      {counts.data && counts.data.byKind.length > 0 ? (
        <ul className="zj-rows">
          {counts.data.byKind.map((kind) => (
            <li key={kind.kind}>
              <span>{say(kind.kindName)}</span>
              <span>
                {kind.overdue > 0 ? (
                  <strong className="zj-tone-red">{`${t('overdue')} ${kind.overdue} · `}</strong>
                ) : null}
                {kind.todo}
              </span>
            </li>
          ))}
        </ul>
      ) : null}
      {next.data && next.data.items.length > 0 ? (
        <>
          <h3>{t('nearest')}</h3>
          <ul className="zj-rows">
            {next.data.items.map((task) => (
              <li key={task.id}>
                <span>
                  <LevelMark level={task.level} word={false} />{' '}
                  <Link to={placeOf(task) ?? '/tasks'}>{say(task.title)}</Link>
                </span>
                <DueCell clock={task.clock} paused={task.paused !== null} />
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </Panel>
  )
}

function AlarmPanel() {
  const t = useWords(homeWords)
  const c = useWords(common)
  const say = useSpoken()
  const open = useAsk(alarms.list, { query: { state: ['raised', 'claimed'], size: 6, sort: 'due' } })
  return (
    <Panel title={t('alarmsNow')} extra={<Link to="/alarms">{c('showAll')}</Link>}>
      {open.isPending ? <Waiting rows={3} /> : null}
      {open.error ? <TroubleNotice error={open.error} onRetry={() => void open.refetch()} /> : null}
      {open.data?.items.length === 0 ? <EmptyState why="nothing" what={t('noAlarms')} /> : null}
      <ul className="zj-rows">
        {open.data?.items.map((alarm) => (
          <li key={alarm.id}>
            <span>
              <LevelMark level={alarm.level} word={false} /> <Link to={`/alarms/${alarm.id}`}>{say(alarm.said)}</Link>{' '}
              <span className="zj-muted zj-small">{short(alarm.detectedAt, now())}</span>
            </span>
            <Countdown until={alarm.clock.dueAt} />
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** Whose last day has passed without a release or another end: before everything else, the longest first. */
function TermOverPanel({ day }: { day: string }) {
  const t = useWords(homeWords)
  const c = useWords(common)
  const over = useAsk(people.list, { query: { ...termOver(day), sort: 'termEnd', size: 8 } })
  return (
    <Panel
      title={t('termOver')}
      extra={
        <Link to="/people" search={{ term: 'over' } as never}>
          {c('showAll')}
        </Link>
      }
    >
      <p className="zj-muted zj-small">{t('termOverHint')}</p>
      {over.isPending ? <Waiting rows={3} /> : null}
      {over.error ? <TroubleNotice error={over.error} onRetry={() => void over.refetch()} /> : null}
      <ul className="zj-rows">
        {over.data?.items.map((p) => (
          <li key={p.id}>
            <span>
              <Link to={`/people/${p.id}`} search={{ tab: 'matters' } as never}>
                {p.name} <span className="zj-muted">{p.number}</span>
              </Link>{' '}
              {p.state === 'inCorrection' ? null : <StateMark state={p.state} />}
            </span>
            <strong className="zj-tone-red">
              {p.termEnd} · {t('daysOver', { n: -p.daysLeft })}
            </strong>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function EndingPanel({ day }: { day: string }) {
  const t = useWords(homeWords)
  const ending = useAsk(people.list, {
    query: { state: stillHeld, termEndFrom: day, termEndUntil: addDays(day, 30), sort: 'termEnd', size: 8 },
  })
  return (
    <Panel title={t('ending')}>
      {ending.isPending ? <Waiting rows={3} /> : null}
      {ending.error ? <TroubleNotice error={ending.error} onRetry={() => void ending.refetch()} /> : null}
      {ending.data?.items.length === 0 ? <EmptyState why="nothing" what={t('noEnding')} /> : null}
      <ul className="zj-rows">
        {ending.data?.items.map((p) => (
          <li key={p.id}>
            <Link to={`/people/${p.id}`}>
              {p.name} <span className="zj-muted">{p.number}</span>
            </Link>
            <span>
              {p.state === 'inCorrection' ? null : <StateMark state={p.state} />} {p.termEnd} ·{' '}
              {p.daysLeft <= 0 ? t('endsToday') : t('daysLeft', { n: p.daysLeft })}
            </span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}
