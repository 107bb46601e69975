import type { EntrustmentAsk } from '@zhijiao/contract/entrustments'
import type { ReactNode } from 'react'
import { Cite } from '../../ui/Cite.tsx'
import { dayOf, minute } from '../../ui/format.ts'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import type { Tone } from '../../ui/tokens.ts'
import { FileLinks } from '../procedures/FileLinks.tsx'
import { entrustWords } from './words.ts'

const tones: Readonly<Record<EntrustmentAsk['state'], Tone>> = {
  open: 'yellow',
  answered: 'green',
  agreed: 'green',
  declined: 'red',
  over: 'quiet',
}

/** One thing that was asked and what was answered, as both sides read it. */
export function AskItem({ of, by, acts }: { of: EntrustmentAsk; by?: string; acts?: ReactNode }) {
  const t = useWords(entrustWords)
  return (
    <li className="zj-ask">
      <header>
        <strong>{t(of.kind)}</strong>
        <Mark tone={tones[of.state]}>{t(`a_${of.state}`)}</Mark>
        <span className="zj-muted zj-small">
          <time dateTime={of.askedAt}>{minute(of.askedAt)}</time>
          {by ? ` · ${t('askedBy', { name: by })}` : ''}
        </span>
      </header>
      <p className="zj-wrap">{of.words}</p>
      {of.newDue ? (
        <p className="zj-tight">
          {t('fromTo', { from: of.dueBefore ?? '—', to: of.newDue })} {of.citation ? <Cite of={of.citation} /> : null}
        </p>
      ) : null}
      {of.kind === 'annex' ? <Counted of={of} /> : null}
      {of.repliedAt ? (
        <div className="zj-ask-reply">
          <span className="zj-muted zj-small">{t('repliedAt', { time: minute(of.repliedAt) })}</span>
          {of.reply ? <p className="zj-wrap">{of.reply}</p> : null}
          {of.files.length > 0 ? <FileLinks ids={of.files} /> : null}
        </div>
      ) : null}
      {acts}
    </li>
  )
}

/** What a missing annex does to the deadline: it waits for what the letter encloses, and for nothing else. */
function Counted({ of }: { of: EntrustmentAsk }) {
  const t = useWords(entrustWords)
  if (of.state === 'over') return null
  const said = !of.holdsClock
    ? t('runs')
    : of.repliedAt
      ? t('held', { day: dayOf(Date.parse(of.repliedAt)) })
      : t('holds')
  return (
    <p className="zj-tight zj-small">
      {said} {of.citation ? <Cite of={of.citation} /> : null}
    </p>
  )
}
