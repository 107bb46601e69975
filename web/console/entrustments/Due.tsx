import type { Entrustment } from '@zhijiao/contract/entrustments'
import { Mark } from '../../ui/LevelMark.tsx'
import { useWords } from '../../ui/language.ts'
import { ClockMark } from '../procedures/ClockMark.tsx'
import { isRunning } from './stands.ts'
import { entrustWords } from './words.ts'

/** The legal clock of the county, with its article; quiet once the county owes nothing more. */
export function Due({ of }: { of: Entrustment }) {
  const t = useWords(entrustWords)
  if (isRunning(of) && of.clockWaits) return <Mark tone="yellow">{t('clockWaits')}</Mark>
  return isRunning(of) ? (
    <ClockMark of={{ dueAt: of.dueAt, citation: of.citation }} />
  ) : (
    <span className="zj-muted">{t('clockOver')}</span>
  )
}
