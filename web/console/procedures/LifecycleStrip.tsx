import { CheckCircleFilled, ClockCircleOutlined, MinusCircleOutlined, RightCircleFilled } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { type Lifecycle, matters } from '@zhijiao/contract/matters'
import { procedureOf } from '@zhijiao/contract/procedures/all'
import { Button } from 'antd'
import { type ReactNode, useState } from 'react'
import { useAsk } from '../../ui/api.ts'
import { Cite } from '../../ui/Cite.tsx'
import { useSpoken, useWords } from '../../ui/language.ts'
import { Panel } from '../../ui/Page.tsx'
import { TroubleNotice } from '../../ui/Trouble.tsx'
import { Waiting } from '../../ui/Waiting.tsx'
import { ClockMark } from './ClockMark.tsx'
import { LinkButton } from './LinkButton.tsx'
import { useMayBegin } from './mayBegin.ts'
import './procedures.css'
import { matterWords } from './words.ts'

const icons = {
  done: <CheckCircleFilled aria-hidden className="zj-tone-green" />,
  now: <RightCircleFilled aria-hidden className="zj-tone-blue" />,
  ahead: <ClockCircleOutlined aria-hidden className="zj-tone-quiet" />,
  skipped: <MinusCircleOutlined aria-hidden className="zj-tone-quiet" />,
}
const words = { done: 'lcDone', now: 'lcNow', ahead: 'lcAhead', skipped: 'lcSkipped' } as const
/** As many as fit above the tabs; the rest is one press away. */
const shownAtOnce = 3

/** Where a person stands: stages, term, what is due next and why, what the file still lacks. */
export default function LifecycleStrip({ personId }: { personId: string }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const asked = useAsk(matters.lifecycle, { params: { personId } })
  if (asked.isPending) return <Waiting rows={2} />
  if (!asked.data) return <TroubleNotice error={asked.error} onRetry={() => void asked.refetch()} />
  const life = asked.data
  return (
    <Panel label={t('lifecycle')}>
      <ol className="zj-stages" aria-label={t('lifecycle')}>
        {life.stages.map((stage) => (
          <li
            key={stage.id}
            className={`zj-stage zj-stage-${stage.state}`}
            {...(stage.state === 'now' ? { 'aria-current': 'step' as const } : {})}
          >
            <span className="zj-stage-name">
              {icons[stage.state]} <StageName of={stage} />
            </span>
            <span className="zj-small zj-muted">
              {t(words[stage.state])}
              {stage.on ? ` · ${stage.on}` : ''}
            </span>
          </li>
        ))}
      </ol>
      <Term of={life.term} />
      <div className="zj-life">
        <Due of={life.due} />
        {life.missing.length > 0 ? <Missing of={life.missing} personId={personId} /> : null}
      </div>
    </Panel>
  )

  function StageName({ of: stage }: { of: Lifecycle['stages'][number] }) {
    // The page of a matter finds its business by itself.
    return stage.matter ? <Link to={`/matters/${stage.id}/${stage.matter}`}>{say(stage.said)}</Link> : say(stage.said)
  }
}

function Term({ of }: { of: Lifecycle['term'] }) {
  const t = useWords(matterWords)
  const percent = Math.round(of.done * 100)
  const left = of.daysLeft >= 0 ? t('termLeft', { n: of.daysLeft }) : t('termOver', { n: -of.daysLeft })
  return (
    <div className="zj-term">
      <span>{t('termBar', { start: of.start, end: of.end })}</span>
      <div
        className="zj-term-bar"
        role="progressbar"
        aria-valuenow={percent}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-label={left}
      >
        <i style={{ width: `${percent}%` }} />
      </div>
      <strong>{left}</strong>
    </div>
  )
}

function Due({ of }: { of: Lifecycle['due'] }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  return (
    <section aria-label={t('dueList')}>
      <h3>{t('dueList')}</h3>
      {of.length === 0 ? <p className="zj-muted zj-tight">{t('dueNone')}</p> : null}
      <Folded of={of}>
        {(one) => (
          <li key={one.id}>
            <ClockMark of={one} />
            {one.what === 'matter' ? (
              <Link to={`/matters/${one.kind}/${one.id}`}>{say(one.said)}</Link>
            ) : (
              <Link to="/tasks">{say(one.said)}</Link>
            )}
          </li>
        )}
      </Folded>
    </section>
  )
}

function Missing({ of, personId }: { of: Lifecycle['missing']; personId: string }) {
  const t = useWords(matterWords)
  const say = useSpoken()
  const mayBegin = useMayBegin()
  return (
    <section aria-label={t('missingList')}>
      <h3>{t('missingList')}</h3>
      <Folded of={of}>
        {(one) => {
          const procedure = procedureOf(one.kind)
          return (
            <li key={one.kind}>
              <span>{say(one.said)}</span> {one.citation ? <Cite of={one.citation} /> : null}
              {procedure && mayBegin(procedure) ? (
                <LinkButton
                  to={`/matters/${one.kind}/new`}
                  search={{ person: personId }}
                  aria-label={t('startOf', { name: say(procedure) })}
                >
                  {t('start')}
                </LinkButton>
              ) : null}
            </li>
          )
        }}
      </Folded>
    </section>
  )
}

/** The first few of a list, and the rest on a press. */
function Folded<T>({ of, children }: { of: readonly T[]; children: (one: T) => ReactNode }) {
  const t = useWords(matterWords)
  const [all, setAll] = useState(false)
  return (
    <>
      <ul className="zj-life-list">{(all ? of : of.slice(0, shownAtOnce)).map(children)}</ul>
      {of.length > shownAtOnce ? (
        <Button type="link" size="small" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t('dueLess') : t('dueMore', { n: of.length })}
        </Button>
      ) : null}
    </>
  )
}
