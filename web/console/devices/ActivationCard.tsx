import type { Activation } from '@zhijiao/contract/devices'
import { ApprovalSteps } from '../../ui/ApprovalSteps.tsx'
import { Cites } from '../../ui/Cite.tsx'
import { dayOf, duration } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { ActivationActs } from './ActivationActs.tsx'
import { activationWord, deviceWords, endWord } from './words.ts'

/** One term: who is positioned with what, on which ground, by whose approval, until when. */
export function ActivationCard({ activation: a }: { activation: Activation }) {
  const t = useWords(deviceWords)
  const say = useSpoken()
  const language = useLanguage()
  const over = a.state === 'ended'
  return (
    <section className="zj-gap" style={{ borderTop: '1px solid #eaecf0', paddingTop: 10 }}>
      <header className="zj-alarm-head">
        <h3>
          {t(a.regime)} · {a.device.identity}
        </h3>
        <Mark tone={a.state === 'proposed' ? 'blue' : 'quiet'}>
          {t(activationWord[a.state])}
          {a.endReason ? ` · ${t(endWord[a.endReason])}` : ''}
        </Mark>
        {a.imported ? <Mark>{t('imported')}</Mark> : null}
        {a.departs.length > 0 ? <Mark tone="yellow">{t('departs')}</Mark> : null}
        {a.state === 'running' ? (
          <Mark tone={a.daysLeft <= 7 ? 'yellow' : 'quiet'}>{t('daysLeft', { n: a.daysLeft })}</Mark>
        ) : null}
        <ActivationActs activation={a} />
      </header>
      <p className="zj-tight">
        {say(a.groundSays)} <Cites of={a.cites} />
      </p>
      {a.departs.length > 0 ? (
        <p className="zj-tight">
          {t('departsNote')} <Cites of={a.departs} />
        </p>
      ) : null}
      <dl className="zj-facts zj-gap">
        <div>
          <dt>{t('starts')}</dt>
          <dd>{dayOf(a.startsAt)}</dd>
        </div>
        <div>
          <dt>{t('lastDay')}</dt>
          <dd>{a.lastDay}</dd>
        </div>
        <div>
          <dt>{t('interval')}</dt>
          <dd>
            {duration(a.intervalS * 1000, language)}
            {a.ceilingS ? ` · ${t('ceiling', { time: duration(a.ceilingS * 1000, language) })}` : ''}
          </dd>
        </div>
        {a.document ? (
          <div>
            <dt>{t('document')}</dt>
            <dd>{a.document}</dd>
          </div>
        ) : null}
        {a.assessment ? (
          <div>
            <dt>{t('assessment')}</dt>
            <dd>{a.assessment}</dd>
          </div>
        ) : null}
      </dl>
      <ApprovalSteps
        of={[
          { key: 'p', title: t('stepPropose'), state: 'done', by: a.proposedBy ?? undefined, at: a.proposedAt },
          {
            key: 'a',
            title: t('stepApprove'),
            state: a.state === 'proposed' ? 'now' : a.state === 'refused' ? 'returned' : 'done',
            by: a.approver || undefined,
            at: a.approvedAt,
          },
          { key: 'r', title: t('stepRun'), state: a.state === 'running' ? 'now' : over ? 'done' : 'wait' },
          { key: 'e', title: t('stepEnd'), state: over ? 'done' : 'wait', at: a.endedAt },
        ]}
      />
    </section>
  )
}
