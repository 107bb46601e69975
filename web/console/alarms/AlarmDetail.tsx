import { Link } from '@tanstack/react-router'
import { type AlarmFile, alarms, settledNames } from '@zhijiao/contract/alarms'
import { Alert } from 'antd'
import { ApprovalSteps } from '../../ui/ApprovalSteps.tsx'
import { useAsk } from '../../ui/api.ts'
import { Cite } from '../../ui/Cite.tsx'
import { Countdown } from '../../ui/Countdown.tsx'
import { Freshness } from '../../ui/Freshness.tsx'
import { instant } from '../../ui/format.ts'
import { LevelMark, Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { Evidence, Sure } from '../../ui/Sureness.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ActBar } from './ActBar.tsx'
import { AlarmMapView } from './AlarmMapView.tsx'
import { AlarmTimeline } from './AlarmTimeline.tsx'
import { ClosureCard } from './ClosureCard.tsx'
import { alarmWords } from './words.ts'

export const stateWord = {
  gathering: 'stateGathering',
  raised: 'stateRaised',
  claimed: 'stateClaimed',
  submitted: 'stateSubmitted',
  settled: 'stateSettled',
} as const

/** One alarm: the sentence first, then how sure, what speaks on both sides, the map, what was done. */
export function AlarmDetail({ id }: { id: string }) {
  const file = useAsk(alarms.get, { params: { id } }, { keep: true })
  if (file.isPending)
    return (
      <div className="zj-panel">
        <Waiting rows={10} />
      </div>
    )
  if (!file.data) return <TroubleNotice error={file.error} onRetry={() => void file.refetch()} />
  return <Shown alarm={file.data} />
}

function Shown({ alarm }: { alarm: AlarmFile }) {
  const t = useWords(alarmWords)
  const say = useSpoken()
  const language = useLanguage()
  const sides = alarm.evidence.flatMap((e) =>
    e.speaks === 'neither'
      ? []
      : [{ side: e.speaks, text: wordsOf(e, language, t('unauthenticated')), when: instant(e.at) }],
  )
  const rest = alarm.evidence.filter((e) => e.speaks === 'neither')
  return (
    <article className="zj-panel" aria-labelledby="alarm-title">
      <Link to="/alarms" className="zj-alarm-back zj-small">
        {t('back')}
      </Link>
      <header className="zj-alarm-head">
        <h2 id="alarm-title">
          {alarm.person.name} · {say(alarm.kindName)}
        </h2>
        <LevelMark level={alarm.level} />
        <Mark tone={alarm.state === 'raised' ? 'red' : alarm.state === 'claimed' ? 'blue' : 'quiet'}>
          {alarm.settledAs ? say(settledNames[alarm.settledAs]) : t(stateWord[alarm.state])}
        </Mark>
        {alarm.imported ? <Mark>{t('imported')}</Mark> : null}
        {alarm.climbed > 0 ? <Mark tone="yellow">{t('climbed', { n: alarm.climbed })}</Mark> : null}
        {alarm.state === 'settled' ? null : <Countdown until={alarm.clock.dueAt} />}
        {alarm.clock.citation ? <Cite of={alarm.clock.citation} /> : null}
        <span className="zj-muted zj-small">{t('number', { n: alarm.number })}</span>
      </header>
      {alarm.mergedInto ? (
        <Alert
          className="zj-gap"
          type="info"
          title={
            <Link to={`/alarms/${alarm.mergedInto.id}`}>
              {t('mergedInto', { n: alarm.mergedInto.number, kind: say(alarm.mergedInto.kindName) })}
            </Link>
          }
        />
      ) : null}
      <p className="zj-alarm-said">{say(alarm.said)}</p>
      <p>
        {t('sureness')} <Sure of={alarm.sureness} />
        <span className="zj-muted">
          {' '}
          · {t('began')} {instant(alarm.beganAt)} (<Freshness at={alarm.beganAt} staleMs={Number.POSITIVE_INFINITY} />)
          · {t('owner')} {alarm.owner?.name ?? t('nobody')}
          {alarm.acknowledgedAt ? ` · ${t('seen')}` : ''}
        </span>
      </p>
      <ActBar alarm={alarm} />
      <div className="zj-alarm-two">
        <AlarmMapView alarm={alarm} />
        <div>
          <Evidence items={sides} />
          {rest.length > 0 ? (
            <>
              <h3>{t('neither')}</h3>
              <ul className="zj-small">
                {rest.map((e) => (
                  <li key={`${e.at}${e.zh}`}>
                    {wordsOf(e, language, t('unauthenticated'))} <span className="zj-muted">{instant(e.at)}</span>
                  </li>
                ))}
              </ul>
            </>
          ) : null}
        </div>
      </div>
      <div className="zj-alarm-two">
        <section aria-label={t('timeline')}>
          <h3>{t('timeline')}</h3>
          <AlarmTimeline alarm={alarm} />
        </section>
        <section>
          <PersonCard alarm={alarm} />
          <ClosureCard alarm={alarm} />
          {/* What settled by itself was handled and reviewed by nobody. */}
          {alarm.state === 'settled' && !alarm.closure ? null : (
            <>
              <h3>{t('reviewTitle')}</h3>
              <ApprovalSteps upright of={stepsOf(alarm, t)} />
            </>
          )}
          <p className="zj-muted zj-small">
            {t('ruleVersion')} {alarm.ruleVersion}
          </p>
        </section>
      </div>
    </article>
  )
}

const wordsOf = (e: AlarmFile['evidence'][number], language: 'zh' | 'en', unauthenticated: string) =>
  `${language === 'zh' ? e.zh : e.en || e.zh}${e.unauthenticated ? (language === 'zh' ? `（${unauthenticated}）` : ` (${unauthenticated})`) : ''}`

function stepsOf(alarm: AlarmFile, t: (key: 'stepDeliver' | 'stepHandle' | 'stepReview') => string) {
  const returned = alarm.closure?.review === 'returned'
  const over = alarm.state === 'settled'
  return [
    {
      key: 'deliver',
      title: t('stepDeliver'),
      state: alarm.raisedAt ? ('done' as const) : over ? ('done' as const) : ('now' as const),
      at: alarm.raisedAt,
    },
    {
      key: 'handle',
      title: t('stepHandle'),
      state:
        over || alarm.state === 'submitted'
          ? ('done' as const)
          : returned
            ? ('returned' as const)
            : alarm.raisedAt
              ? ('now' as const)
              : ('wait' as const),
      by: alarm.closure?.submittedBy.name,
      at: alarm.closure?.submittedAt,
    },
    {
      key: 'review',
      title: t('stepReview'),
      state: over ? ('done' as const) : alarm.state === 'submitted' ? ('now' as const) : ('wait' as const),
      by: alarm.closure?.reviewedBy?.name,
      at: alarm.closure?.reviewedAt,
    },
  ]
}

function PersonCard({ alarm }: { alarm: AlarmFile }) {
  const t = useWords(alarmWords)
  const say = useSpoken()
  return (
    <dl className="zj-facts">
      <div>
        <dt>{t('person')}</dt>
        <dd>
          <Link to={`/people/${alarm.person.id}`}>{alarm.person.name}</Link>{' '}
          <span className="zj-muted">{alarm.person.number}</span>
        </dd>
      </div>
      {alarm.mergedFrom.length > 0 ? (
        <div>
          <dt>{t('mergedFrom')}</dt>
          <dd>
            {alarm.mergedFrom.map((one) => (
              <Link key={one.id} to={`/alarms/${one.id}`}>
                {t('number', { n: one.number })} {say(one.kindName)}{' '}
              </Link>
            ))}
          </dd>
        </div>
      ) : null}
      {alarm.fence ? (
        <div>
          <dt>{t('fence')}</dt>
          <dd>
            <Link to={`/fences/${alarm.fence.id}`}>{alarm.fence.name}</Link>
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
