import { Link } from '@tanstack/react-router'
import { type AlarmFile, followOns } from '@zhijiao/contract/alarms'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { ContestButton } from '../procedures/ContestButton.tsx'
import { StateOf } from '../procedures/StateOf.tsx'
import { alarmWords } from './words.ts'

/** The closure as it was submitted, what the review said, and the objection of the person to it. */
export function ClosureCard({ alarm }: { alarm: AlarmFile }) {
  const { closure, objection } = alarm
  const t = useWords(alarmWords)
  const say = useSpoken()
  const language = useLanguage()
  const { named } = useStringing()
  if (!closure) return null
  const next = followOns.find((f) => f.code === closure.followOn)
  return (
    <section aria-label={t('closeTitle')}>
      <h3>{t('closureOf', { way: t(closure.way), cause: say(closure.causeName) })}</h3>
      <p className="zj-tight">{closure.finding}</p>
      {closure.measures ? <p className="zj-tight">{named(t('measures'), closure.measures)}</p> : null}
      {next ? <p className="zj-tight">{named(t('followOn'), next[language])}</p> : null}
      <p className="zj-muted zj-small">
        {closure.submittedBy.name} · {minute(closure.submittedAt)}
      </p>
      {closure.review ? (
        <p>
          <Mark tone={closure.review === 'returned' ? 'yellow' : 'quiet'}>
            {t(closure.review === 'approved' ? 'approve' : 'return')}
          </Mark>{' '}
          {closure.reviewNote}{' '}
          <span className="zj-muted zj-small">
            {closure.reviewedBy?.name} {closure.reviewedAt ? minute(closure.reviewedAt) : ''}
          </span>
        </p>
      ) : null}
      {closure.setAsideAt ? (
        <p className="zj-tight">
          <Mark tone="yellow">{t('setAside')}</Mark>{' '}
          <span className="zj-muted zj-small">{minute(closure.setAsideAt)}</span>
        </p>
      ) : null}
      {objection ? (
        <p className="zj-tight">
          <Link to={`/matters/objection/${objection.id}`}>{t('contested')}</Link>{' '}
          {objection.end ? <StateOf kind="objection" step={null} end={objection.end} /> : null}
        </p>
      ) : null}
      {alarm.contestable ? <ContestButton person={alarm.person.id} against={{ what: 'alarm', id: alarm.id }} /> : null}
    </section>
  )
}
