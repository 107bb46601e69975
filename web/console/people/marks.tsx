import type { PersonRow } from '@zhijiao/contract/people'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { peopleWords } from './words.ts'

export const stateWords = {
  awaiting: 'sAwaiting',
  inCorrection: 'sInCorrection',
  missing: 'sMissing',
  detained: 'sDetained',
  released: 'sReleased',
  terminated: 'sTerminated',
  transferred: 'sTransferred',
} as const
export const colourWords = { none: 'cNone', red: 'cRed', yellow: 'cYellow', blue: 'cBlue', green: 'cGreen' } as const

/** Only the missing ask for an act; every other state is quiet. */
export function StateMark({ state }: { state: PersonRow['state'] }) {
  const t = useWords(peopleWords)
  return (
    <Mark tone={state === 'missing' ? 'red' : state === 'awaiting' ? 'blue' : 'quiet'}>{t(stateWords[state])}</Mark>
  )
}

/** Risk by word first; a small mark repeats it, quietly: nobody has to act on a colour. */
export function ColourMark({ colour }: { colour: PersonRow['colour'] }) {
  const t = useWords(peopleWords)
  if (colour === 'none') return <span className="zj-muted">{t('cNone')}</span>
  return (
    <span className="zj-risk">
      <i className={`zj-risk-${colour}`} aria-hidden="true" /> {t(colourWords[colour])}
    </span>
  )
}

export function DaysLeft({ days }: { days: number }) {
  const t = useWords(peopleWords)
  return days < 0 ? <Mark tone="yellow">{t('over', { n: -days })}</Mark> : <span>{t('left', { n: days })}</span>
}
