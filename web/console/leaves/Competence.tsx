import type { Leave } from '@zhijiao/contract/permits'
import { Cite } from '../../ui/Cite.tsx'
import { Mark } from '../../ui/LevelMark.tsx'
import { useSpoken, useStringing, useWords } from '../../ui/language.ts'
import { leaveWords, levelWord } from './words.ts'

/** Who decides and why, with the number that decided it and its article. */
export function Competence({ of }: { of: Leave['competence'] }) {
  const t = useWords(leaveWords)
  const say = useSpoken()
  const { aside } = useStringing()
  return (
    <div aria-live="polite">
      <p className="zj-tight">
        <strong>{t('weighed', { level: t(levelWord[of.level]), days: of.days, joined: of.joinedDays })}</strong> ·{' '}
        {t('applyBy', { day: of.applyBy })} {of.shortNotice ? <Mark tone="yellow">{t('short')}</Mark> : null}{' '}
        {of.filedWithCounty ? <Mark>{t('filed')}</Mark> : null}{' '}
        {of.tellProcuratorate ? <Mark>{t('procuratorate')}</Mark> : null}
      </p>
      <ul className="zj-tight">
        {of.reasons.map((r) => (
          <li key={r.rule}>
            {say(r.said)}
            <span className="zj-muted">{aside('', t('threshold', { actual: r.actual, threshold: r.threshold }))}</span>{' '}
            <Cite of={r.citation} />
          </li>
        ))}
      </ul>
    </div>
  )
}
