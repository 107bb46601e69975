import { type AlarmFile, followOns } from '@zhijiao/contract/alarms'
import { minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useLanguage, useSpoken, useWords } from '../../ui/language.ts'
import { alarmWords } from './words.ts'

/** The closure as it was submitted and what the review said. */
export function ClosureCard({ alarm: { closure } }: { alarm: AlarmFile }) {
  const t = useWords(alarmWords)
  const say = useSpoken()
  const language = useLanguage()
  if (!closure) return null
  const next = followOns.find((f) => f.code === closure.followOn)
  return (
    <section aria-label={t('closeTitle')}>
      <h3>{t('closureOf', { way: t(closure.way), cause: say(closure.causeName) })}</h3>
      <p className="zj-tight">{closure.finding}</p>
      {closure.measures ? (
        <p className="zj-tight">
          {t('measures')}: {closure.measures}
        </p>
      ) : null}
      {next ? (
        <p className="zj-tight">
          {t('followOn')}: {next[language]}
        </p>
      ) : null}
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
    </section>
  )
}
